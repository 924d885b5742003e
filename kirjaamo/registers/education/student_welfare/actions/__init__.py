"""The verbs of student welfare, by what they are done to."""

from __future__ import annotations

from kirjaamo.registers.education.student_welfare.actions.contacts import (
    GROUP,
    PSYCHOLOGY,
    SOCIAL,
    NewClient,
    NewContact,
    add_contact,
    client_of,
    give_appointment,
    record_talk,
    take_psychology_contact,
    take_social_contact,
)
from kirjaamo.registers.education.student_welfare.actions.disclosures import disclose
from kirjaamo.registers.education.student_welfare.actions.notes import add_note, correct_note, log_use, open_assessment, open_story
from kirjaamo.registers.education.student_welfare.actions.reference import (
    add_school_days,
    count_students,
    load_reference,
    staff_school,
)
from kirjaamo.registers.education.student_welfare.actions.relations import close_client, end_relation, give_relation, open_relation, take
from kirjaamo.registers.education.student_welfare.actions.wills import add_member, bar_guardian, consent, convene, withdraw

__all__ = [
    "GROUP",
    "PSYCHOLOGY",
    "SOCIAL",
    "NewClient",
    "NewContact",
    "add_contact",
    "add_member",
    "add_note",
    "add_school_days",
    "bar_guardian",
    "client_of",
    "close_client",
    "consent",
    "convene",
    "correct_note",
    "count_students",
    "disclose",
    "end_relation",
    "give_appointment",
    "give_relation",
    "load_reference",
    "log_use",
    "open_assessment",
    "open_relation",
    "open_story",
    "record_talk",
    "staff_school",
    "take",
    "take_psychology_contact",
    "take_social_contact",
    "withdraw",
]
