"""The verbs of student welfare, by what they are done to."""

from __future__ import annotations

from kirjaamo.registers.education.student_welfare.actions.appointments import give_appointment, plan_meeting, settle_meeting
from kirjaamo.registers.education.student_welfare.actions.contacts import (
    GROUP,
    PSYCHOLOGY,
    SOCIAL,
    NewClient,
    NewContact,
    add_contact,
    client_of,
    drop_contact,
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
    load_rows,
    staff_school,
)
from kirjaamo.registers.education.student_welfare.actions.relations import (
    close_client,
    drop_guardian,
    end_relation,
    give_relation,
    name_guardian,
    open_relation,
    take,
)
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
    "drop_contact",
    "drop_guardian",
    "end_relation",
    "give_appointment",
    "give_relation",
    "load_reference",
    "load_rows",
    "log_use",
    "name_guardian",
    "open_assessment",
    "open_relation",
    "open_story",
    "plan_meeting",
    "record_talk",
    "settle_meeting",
    "staff_school",
    "take",
    "take_psychology_contact",
    "take_social_contact",
    "withdraw",
]
