"""How the value of a search key becomes a condition, by its kind."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from kirjaamo.kernel import vault
from kirjaamo.values.personal_id import PersonalId, PersonalIdError
from kirjaamo.values.text import sort_words

BETWEEN = ".."
DIGITS = 9
"""What a column of whole numbers surely holds."""


def match(kind: str, path: str, value: str) -> Q | None:
    """The condition that a value puts on a path; None when it can match nothing."""
    if kind == "person":
        return _person(path, value)
    if BETWEEN in path:
        return _between(path, value)
    if kind == "text":
        return Q(**{f"{path}__icontains": value})
    if kind == "date":
        day = _day(value)
        return Q(**{path: day}) if day else None
    if kind == "period":
        day = _day(value)
        return Q(**{f"{path}__contains": day}) if day else None
    return Q(**{f"{path}__iexact": value})


def _person(path: str, value: str) -> Q | None:
    """An identity code finds exactly one person; anything else the words of a name, in any order; no word finds nothing."""
    try:
        code = PersonalId.parse(value)
    except PersonalIdError:
        words = sort_words(value)
        return Q(**{f"{path}__name_sort__begins": words}) if words else None
    return Q(**{f"{path}__personal_id_hash": vault.fingerprint(code.reveal())})


def _between(path: str, value: str) -> Q | None:
    """A number that lies between those of two fields of the same record (``share_first..share_last``), both in."""
    head, _dots, last = path.partition(BETWEEN)
    if not (value.isascii() and value.isdigit() and len(value) <= DIGITS):
        return None
    place, step, _first = head.rpartition("__")
    return Q(**{f"{head}__lte": int(value), f"{place}{step}{last}__gte": int(value)})


def _day(value: str) -> dt.date | None:
    for pattern in ("%d.%m.%Y", "%Y-%m-%d"):
        try:
            return dt.datetime.strptime(value, pattern).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None
