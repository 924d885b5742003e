"""The facts of a party that an action may be given."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from kirjaamo.subjects.models import Subject


class SubjectFacts(TypedDict, total=False):
    """Contact and other facts; absent means not known."""

    business_id: str
    birth_date: dt.date
    death_date: dt.date
    email: str
    telephone: str
    address: str
    municipality: str
    language: str
    safety_non_disclosure: bool
    deceased: Subject
