"""Which ways of appeal a decision of a class may have: dated rows chosen by the class, never a constant."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db.models import Q

from kirjaamo.norms.models import AppealRoute

if TYPE_CHECKING:
    from kirjaamo.tos.models import ClassRevision


def routes_for(revision: ClassRevision, on: dt.date) -> list[AppealRoute]:
    """The ways in force on a day for a class: its own rows first, then those of every class."""
    prefixes = [revision.code[:end] for end in range(len(revision.code) + 1) if end == len(revision.code) or revision.code[end] == " "]
    held = Q(valid_from=None) | Q(valid_from__lte=on), Q(valid_to=None) | Q(valid_to__gte=on)
    rows = AppealRoute.objects.filter(*held, class_prefix__in=["", *prefixes])
    return sorted(rows, key=lambda row: (-len(row.class_prefix), row.order))


def usual(rows: Sequence[AppealRoute]) -> list[AppealRoute]:
    """Those that are offered first: the usual ones of the narrowest class that names any."""
    for prefix in sorted({row.class_prefix for row in rows}, key=len, reverse=True):
        found = [row for row in rows if row.usual and row.class_prefix == prefix]
        if found:
            return found
    return []
