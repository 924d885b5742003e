"""A small plan of three classes beside the city's own, and the people who draft and approve."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from kirjaamo.kernel.actors import Machine
from kirjaamo.kernel.packs import Item, Pack

TODAY = dt.date(2026, 11, 22)
RULES = {
    "publicity": "public",
    "personal": "contains",
    "retention_mode": "years",
    "retention_years": 10,
    "retention_trigger": "case_resolved",
}


@dataclass(frozen=True)
class Official:
    """An account as far as the plan knows one."""

    number: int
    rights: frozenset[str] = frozenset({"tos.read", "tos.edit", "tos.approve"})

    @property
    def actor_ref(self) -> str:
        """As accounts answer."""
        return f"user:{self.number}"

    def may(self, need: str, on: object | None = None) -> bool:
        """By the rights given."""
        del on
        return need in self.rights


DRAFTER, APPROVER, READER = Official(1), Official(2), Official(3, frozenset({"tos.read"}))
LOADER = Machine("tests")


Entry = Mapping[str, object]


def pack_of(*classes: Entry, processes: Sequence[Entry] = (), templates: Sequence[Entry] = ()) -> Pack:
    """A pack of plain dictionaries."""
    tables = {"class": classes, "process": processes, "template": templates}
    return Pack(Path(), {kind: tuple(Item("test.toml", row) for row in rows) for kind, rows in tables.items()}, {})


CLASSES: tuple[Entry, ...] = (
    {"code": "90", "title": {"fi": "Tiedon hallinta"}},
    {"code": "90 01", "title": {"fi": "Tietopalvelu"}, "parent": "90"},
    {"code": "90 01 04", "title": {"fi": "Tietopyynnöt"}, "parent": "90 01"},
)
PROCESS: dict[str, object] = {
    "class": "90 01 04",
    "description": {"fi": "Pyyntö tulee ja siihen vastataan."},
    "rules": RULES,
    "node": [
        {"kind": "stage", "code": "initiation", "title": {"fi": "Vireilletulo"}, "type": "initiation"},
        {"kind": "measure", "code": "arrival", "stage": "initiation", "title": {"fi": "Pyynnön saapuminen"}},
        {"kind": "document", "code": "request", "measure": "arrival", "title": {"fi": "Tietopyyntö"}, "type": "request"},
        {
            "kind": "attachment",
            "code": "mandate",
            "document": "request",
            "title": {"fi": "Valtakirja"},
            "rules": {"publicity": "secret", "grounds": ["JulkL-24-1-32"]},
        },
        {"kind": "stage", "code": "decision", "title": {"fi": "Päätöksenteko"}, "type": "decision", "terminal": True},
        {"kind": "document", "code": "decision", "stage": "decision", "title": {"fi": "Päätös"}, "rules": {"retention_mode": "permanent"}},
    ],
}


@pytest.fixture
def plan(db: None) -> None:
    """The three classes in force from the start of 2020, under a main class that no city has."""
    from kirjaamo.tos.actions import load_plan  # noqa: PLC0415 - models are ready only now

    del db
    load_plan(pack_of(*CLASSES, processes=(PROCESS,)), actor=LOADER, on=dt.date(2020, 1, 1))
