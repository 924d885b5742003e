"""How records are found by the one search: within the registers that a person may read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse

from kirjaamo.contract.indexing import SOURCE

if TYPE_CHECKING:
    from kirjaamo.contract.register import Register
    from kirjaamo.kernel.actors import Actor


class Records:
    """The records of the registers in use."""

    source = SOURCE
    translated = False
    everyones = True
    of_people = False

    def __init__(self, registers: Mapping[str, Register]) -> None:
        self.registers = registers

    @property
    def kinds(self) -> Mapping[str, object]:
        """Each register by its title."""
        return {slug: register.title for slug, register in self.registers.items()}

    def addresses(self, keys: Sequence[str]) -> Mapping[str, str]:
        """The pages of records."""
        return {key: reverse("record", args=key.split("/")) for key in keys}

    def findable(self, actor: Actor, at: dt.datetime) -> Q | None:
        """The registers that the actor may read."""
        del at
        open_to = [slug for slug, register in self.registers.items() if actor.may(register.read, register)]
        return Q(kind__in=open_to) if open_to else None
