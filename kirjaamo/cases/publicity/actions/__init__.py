"""What may be done to the publicity of documents in cases: what time opens, what a person confirms, records, weighs and gives."""

from __future__ import annotations

from kirjaamo.cases.publicity.actions.giving import Access, give_access, withhold
from kirjaamo.cases.publicity.actions.judging import judge, record_event, seal_until
from kirjaamo.cases.publicity.actions.masking import Masked, add_masked_copy
from kirjaamo.cases.publicity.actions.reviewing import review_for_law
from kirjaamo.cases.publicity.actions.web import confirm_end, load_web_rules, open_by_time, set_web_rule

__all__ = [
    "Access",
    "Masked",
    "add_masked_copy",
    "confirm_end",
    "give_access",
    "judge",
    "load_web_rules",
    "open_by_time",
    "record_event",
    "review_for_law",
    "seal_until",
    "set_web_rule",
    "withhold",
]
