"""What the record pages of student welfare ask of a row: the bar in force, the clock of a contact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.translation import gettext as _

from kirjaamo.registers.education.student_welfare.confidential import barred
from kirjaamo.requests.showing import due_badge
from kirjaamo.ui import wording
from kirjaamo.ui.parts import Deadline, explained
from kirjaamo.values.dated_step import DatedStep

if TYPE_CHECKING:
    from kirjaamo.registers.education.student_welfare.bases import ClientBase, ContactBase

register = template.Library()


@register.simple_tag
def bar_of(client: ClientBase) -> bool:
    """Whether a minor's bar on the guardian is in force."""
    return barred(client)


@register.simple_tag
def clock_of(contact: ContactBase) -> Deadline:
    """The last day of the talk, and how it was reckoned when the contact was taken."""
    steps = explained(DatedStep.from_data(step) for step in contact.steps)
    waits = contact.met_on is None and contact.voided_at is None
    badge = due_badge(contact.due_on) if waits else None
    note = _("Keskustelu on pidetty.") if contact.met_on else _("Yhteydenotto on peruttu.") if contact.voided_at else ""
    if waits and contact.appointment_on and contact.appointment_on > contact.due_on:
        note = _("Sovittu aika %(day)s on määräpäivän jälkeen. Etsi aikaisempi aika.") % {"day": wording.day(contact.appointment_on)}
    return Deadline(_("Keskustelu viimeistään"), contact.due_on, steps, note, tone=badge.tone if badge else "neutral", badge=badge)
