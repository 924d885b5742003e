"""The contract as a Django application: at start it takes the registers in use."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.conf import settings


class ContractConfig(AppConfig):
    """What a register is made of."""

    name = "kirjaamo.contract"
    label = "contract"
    verbose_name = "Rekisterisopimus"

    def ready(self) -> None:
        """Import each register in use; tell search and parties what records say, and the public face what its pages read of them."""
        from kirjaamo.contract.dwelling import dwellings_of  # noqa: PLC0415 - models are ready only now
        from kirjaamo.contract.on_site import put_on_site  # noqa: PLC0415 - models are ready only now
        from kirjaamo.contract.register import REGISTERS  # noqa: PLC0415 - as above
        from kirjaamo.contract.searched import Records  # noqa: PLC0415 - models are ready only now
        from kirjaamo.kernel.finding import searched  # noqa: PLC0415 - as above
        from kirjaamo.subjects.parts import party_places  # noqa: PLC0415 - as above

        for package in settings.KIRJAAMO_REGISTERS:
            import_module(f"{package}.register")
        searched(Records(REGISTERS))
        party_places(dwellings_of)
        put_on_site({kind: kind.on_site for register in REGISTERS.values() for kind in register.models if kind.on_site})
