"""How far the plan has drifted from an edition: same, renamed, new or left out, each by its code (records.md § 6)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from kirjaamo.tos.models import ClassRevision

if TYPE_CHECKING:
    from kirjaamo.tos.models import PlanEdition


class Mark(StrEnum):
    """What became of a code."""

    SAME = "same"
    RENAMED = "renamed"
    NEW = "new"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class Drift:
    """A code: its title in the plan and in the edition, and where the edition has the plan's title instead."""

    code: str
    mark: Mark
    title: str
    before: str
    near: Sequence[str]
    published: bool
    """Whether the authority's own published description names the class."""
    missing_parent: bool = False
    """Whether the published description leaves its parent out."""


def drift(edition: PlanEdition, on: dt.date) -> list[Drift]:
    """Compare the plan in force on a day with an edition (two statements)."""
    rows = ClassRevision.objects.in_force(on).order_by("code").values_list("code", "title", "origin")
    plan = {code: (title.get("fi", ""), origin) for code, title, origin in rows}
    old: Mapping[str, str] = {code: title.get("fi", "") for code, title in edition.rows.values_list("code", "title")}
    by_title: dict[str, list[str]] = defaultdict(list)
    for code, title in old.items():
        by_title[_plain(title)].append(code)
    published = {code for code, (_title, origin) in plan.items() if origin == "published"}
    told = [
        Drift(
            code=code,
            mark=_mark(title, old.get(code)),
            title=title,
            before=old.get(code, ""),
            near=[other for other in by_title[_plain(title)] if other != code],
            published=code in published,
            missing_parent=code in published and bool(parent := code.rpartition(" ")[0]) and parent not in published,
        )
        for code, (title, _origin) in plan.items()
    ]
    left = [Drift(code, Mark.LEFT_OUT, "", title, (), published=False) for code, title in old.items() if code not in plan]
    return sorted([*told, *left], key=lambda one: one.code)


def _mark(title: str, before: str | None) -> Mark:
    if before is None:
        return Mark.NEW
    return Mark.SAME if _plain(title) == _plain(before) else Mark.RENAMED


def _plain(title: str) -> str:
    return " ".join(title.split()).casefold()
