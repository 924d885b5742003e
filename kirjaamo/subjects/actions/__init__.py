"""What may be done to parties: added, changed, opened with a trace, represented, merged; and the rotation of their keys."""

from __future__ import annotations

from kirjaamo.subjects.actions.keys import keep_check, seal_anew
from kirjaamo.subjects.actions.mandates import NewMandate, Representative, end_mandate, give_mandate, represent
from kirjaamo.subjects.actions.merging import merge, undo_merge
from kirjaamo.subjects.actions.opening import open_contacts, open_personal_id
from kirjaamo.subjects.actions.subjects import add_subject, change_subject, identify, set_non_disclosure

__all__ = [
    "NewMandate",
    "Representative",
    "add_subject",
    "change_subject",
    "end_mandate",
    "give_mandate",
    "identify",
    "keep_check",
    "merge",
    "open_contacts",
    "open_personal_id",
    "represent",
    "seal_anew",
    "set_non_disclosure",
    "undo_merge",
]
