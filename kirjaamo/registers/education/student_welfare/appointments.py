"""Appointments (ajanvaraukset) of each register: when, where, what for and what became of them; a follow-up is the next one."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kirjaamo.contract.record import Record
from kirjaamo.kernel import fields
from kirjaamo.registers.education.student_welfare.bases import GROUNDS, SECRET, SPECIAL, STUDENT, care_data, of_client
from kirjaamo.registers.education.student_welfare.choices import MeetingKind, MeetingState
from kirjaamo.ui import wording


class AppointmentBase(Record):
    """An appointment (aika): of a client, with whom it was agreed, at a moment and a place."""

    label = _("Ajanvaraus")
    plural = _("Ajanvaraukset")
    list_columns = (STUDENT, "at", "kind", "place", "worker_name", "state")
    list_filters = ("state", "kind")
    list_also = ("client__student",)
    at = fields.Moment(_("Aika"), publicity=SECRET, grounds=GROUNDS, personal=SPECIAL)
    kind = fields.Choice(_("Mitä varten"), MeetingKind, publicity=SECRET, grounds=GROUNDS, personal=SPECIAL)
    place = fields.Text(_("Paikka"), blank=True, publicity=SECRET, grounds=GROUNDS, personal=SPECIAL)
    worker_name = fields.Text(_("Työntekijä"), publicity=SECRET, grounds=GROUNDS, personal=SPECIAL)
    state = fields.Choice(_("Tilanne"), MeetingState, default=MeetingState.AGREED, publicity=SECRET, grounds=GROUNDS, personal=SPECIAL)

    class Meta:
        """The nearest first."""

        abstract = True
        indexes = (models.Index(fields=("at",), condition=Q(state="agreed"), name="%(class)s_agreed"),)

    def __str__(self) -> str:
        """When and what for."""
        return f"{wording.moment(timezone.localtime(self.at))}, {self.get_kind_display()}"


@care_data
class SocialAppointment(AppointmentBase):
    """An appointment with a school social worker."""

    client = of_client("student_welfare.SocialClient", "appointments")
    contact = fields.Link(
        _("Yhteydenotto"), "student_welfare.SocialContact", null=True, blank=True, related_name="appointments",
        publicity=SECRET, grounds=GROUNDS, personal=SPECIAL,
    )  # fmt: skip


@care_data
class PsychologyAppointment(AppointmentBase):
    """An appointment with a psychologist."""

    client = of_client("student_welfare.PsychologyClient", "appointments")
    contact = fields.Link(
        _("Yhteydenotto"), "student_welfare.PsychologyContact", null=True, blank=True, related_name="appointments",
        publicity=SECRET, grounds=GROUNDS, personal=SPECIAL,
    )  # fmt: skip


class GroupAppointment(AppointmentBase):
    """A meeting of a multi-professional group."""

    label = _("Ryhmän kokous")
    plural = _("Ryhmien kokoukset")
    client = of_client("student_welfare.GroupClient", "appointments")
