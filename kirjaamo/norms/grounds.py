"""The grounds of secrecy, which every form of a document offers: kept by a process until one changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from kirjaamo.kernel.kept import Kept
from kirjaamo.norms.models import SecrecyGround


def _grounds() -> tuple[SecrecyGround, ...]:
    return tuple(SecrecyGround.objects.all())


GROUNDS = Kept("grounds", {"norms.secrecyground"}, _grounds)
"""Every dated row, in the order of the law."""


def in_force(on: dt.date) -> list[SecrecyGround]:
    """The grounds of a day, by their order in the law."""
    return [row for row in GROUNDS() if (row.valid_from is None or row.valid_from <= on) and (row.valid_to is None or row.valid_to >= on)]


def by_code(codes: Collection[str]) -> dict[str, SecrecyGround]:
    """The dated rows of some grounds."""
    return {row.code: row for row in GROUNDS() if row.code in codes}
