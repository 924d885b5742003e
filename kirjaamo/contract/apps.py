"""What a register is made of."""

from __future__ import annotations

from django.apps import AppConfig


class ContractConfig(AppConfig):
    """What a register is made of."""

    name = "kirjaamo.contract"
    label = "contract"
    verbose_name = "Rekisterisopimus"
