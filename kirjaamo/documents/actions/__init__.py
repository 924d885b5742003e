"""What may be done to documents: registered, versioned, decided on, read, opened, copied, checked."""

from __future__ import annotations

from kirjaamo.documents.actions.copies import Giving, give_copy, open_copy
from kirjaamo.documents.actions.deciding import decide, keep, note_ruling, put_outside, retype, take_inside
from kirjaamo.documents.actions.letters import rewrite_letter, write_letter
from kirjaamo.documents.actions.opening import SEALED, draw, is_sealed, open_file, open_text, sealed
from kirjaamo.documents.actions.publicity import (
    case_ended,
    confirm_end,
    end_secrecy,
    judge_harm,
    make_public,
    open_by_time,
    seal_until,
    withhold,
)
from kirjaamo.documents.actions.registering import Draft, Metadata, compose, each_file, new_identifier, receive, receive_each, send
from kirjaamo.documents.actions.texts import keep_check, queue_waiting, read_again, read_file
from kirjaamo.documents.actions.versions import add_version, back_to_draft, make_ready, sign

__all__ = [
    "SEALED",
    "Draft",
    "Giving",
    "Metadata",
    "add_version",
    "back_to_draft",
    "case_ended",
    "compose",
    "confirm_end",
    "decide",
    "draw",
    "each_file",
    "end_secrecy",
    "give_copy",
    "is_sealed",
    "judge_harm",
    "keep",
    "keep_check",
    "make_public",
    "make_ready",
    "new_identifier",
    "note_ruling",
    "open_by_time",
    "open_copy",
    "open_file",
    "open_text",
    "put_outside",
    "queue_waiting",
    "read_again",
    "read_file",
    "receive",
    "receive_each",
    "retype",
    "rewrite_letter",
    "seal_until",
    "sealed",
    "send",
    "sign",
    "take_inside",
    "withhold",
    "write_letter",
]
