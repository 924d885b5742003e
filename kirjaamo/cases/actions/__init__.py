"""What may be done to cases. Each act writes the case, its history and the journal in one transaction."""

from __future__ import annotations

from kirjaamo.cases.actions.belonging import belongs
from kirjaamo.cases.actions.enquiries import Question, answered, enquire, leave_unheard, may_decide, missed, prolong, withdraw
from kirjaamo.cases.actions.handing import (
    appoint_deputy,
    declare_disqualified,
    end_deputy,
    hand_over,
    link,
    reopen,
    reschedule,
    transfer,
)
from kirjaamo.cases.actions.moving import Moved, move, move_all
from kirjaamo.cases.actions.opening import NewCase, NewParty, index_cases, open_case
from kirjaamo.cases.actions.papers import Incoming, add_document, metadata_in, send_letter
from kirjaamo.cases.actions.paperwork import (
    add_version,
    copy_document,
    decide_document,
    move_document,
    place_document,
    rewrite_letter,
    send_document,
    write_letter,
)
from kirjaamo.cases.actions.parties import PartyTold, add_party
from kirjaamo.cases.actions.registering import Arrival, Sender, register
from kirjaamo.cases.actions.steps import changed, close, hold, may_work, record, take
from kirjaamo.cases.actions.tasks import HANDLING, assign, divide, finish, start

__all__ = [
    "HANDLING",
    "Arrival",
    "Incoming",
    "Moved",
    "NewCase",
    "NewParty",
    "PartyTold",
    "Question",
    "Sender",
    "add_document",
    "add_party",
    "add_version",
    "answered",
    "appoint_deputy",
    "assign",
    "belongs",
    "changed",
    "close",
    "copy_document",
    "decide_document",
    "declare_disqualified",
    "divide",
    "end_deputy",
    "enquire",
    "finish",
    "hand_over",
    "hold",
    "index_cases",
    "leave_unheard",
    "link",
    "may_decide",
    "may_work",
    "metadata_in",
    "missed",
    "move",
    "move_all",
    "move_document",
    "open_case",
    "place_document",
    "prolong",
    "record",
    "register",
    "reopen",
    "reschedule",
    "rewrite_letter",
    "send_document",
    "send_letter",
    "start",
    "take",
    "transfer",
    "withdraw",
    "write_letter",
]
