"""What a field says of itself once: label, publicity, ground, personal-data nature."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kirjaamo.values.publicity import PersonalData, Publicity

if TYPE_CHECKING:
    from django.db import models


@dataclass(frozen=True)
class Facts:
    """The facts of one field. A field that declares nothing is secret."""

    publicity: Publicity = Publicity.SECRET
    grounds: tuple[str, ...] = ()
    personal: PersonalData = PersonalData.NONE
    declared: bool = False

    @property
    def open(self) -> bool:
        """Whether anyone may see the field."""
        return self.publicity == Publicity.PUBLIC


UNDECLARED = Facts()


def facts_of(field: models.Field[object, object]) -> Facts:
    """Read the facts of a field from the live model; migrations never rely on them."""
    found = getattr(field, "facts", UNDECLARED)
    return found if isinstance(found, Facts) else UNDECLARED
