"""What may be done to cases. Each act writes the case, its history and the journal in one transaction."""

from __future__ import annotations

from kirjaamo.cases.actions.moving import Moved, move, move_all
from kirjaamo.cases.actions.opening import NewCase, NewParty, index_cases, open_case
from kirjaamo.cases.actions.papers import Incoming, add_document
from kirjaamo.cases.actions.paperwork import (
    add_version,
    copy_document,
    decide_document,
    move_document,
    place_document,
    send_document,
)
from kirjaamo.cases.actions.registering import Arrival, Sender, register
from kirjaamo.cases.actions.steps import close, record, take
from kirjaamo.cases.actions.tasks import assign, finish

__all__ = [
    "Arrival",
    "Incoming",
    "Moved",
    "NewCase",
    "NewParty",
    "Sender",
    "add_document",
    "add_version",
    "assign",
    "close",
    "copy_document",
    "decide_document",
    "finish",
    "index_cases",
    "move",
    "move_all",
    "move_document",
    "open_case",
    "place_document",
    "record",
    "register",
    "send_document",
    "take",
]
