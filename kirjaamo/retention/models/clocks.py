"""Clocks of retention with the values that they had before, and the events from which they count (records.md § 7.4)."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kirjaamo.cases.models import Case
from kirjaamo.documents.models import Document
from kirjaamo.kernel.rows import Row
from kirjaamo.tos.models import Node


class ClockKind(models.TextChoices):
    """What a stored clock says. That a running one is due is told by the day and never stored, so no timer can be late with it."""

    WAITING = "waiting", _("Odottaa")
    RUNNING = "running", _("Kulkee")
    PERMANENT = "permanent", _("Pysyvä")


class ClockReason(models.TextChoices):
    """Why a clock has the value that it has."""

    DOCUMENT_ADDED = "document_added", _("Asiakirja lisättiin asiaan")
    DOCUMENT_CHANGED = "document_changed", _("Asiakirjan tiedot muuttuivat")
    CASE_CLOSED = "case_closed", _("Asian käsittely päättyi")
    CASE_REOPENED = "case_reopened", _("Asia on taas käsittelyssä")
    CASE_CHANGED = "case_changed", _("Asian tiedot muuttuivat")
    MOVED = "moved", _("Asia siirtyi uudempaan suunnitelmaan")
    EVENT_TOLD = "event_told", _("Säilytysajan alkava tapahtuma kerrottiin")
    CAMPAIGN = "campaign", _("Muutosajo")
    HOLD_PLACED = "hold_placed", _("Hävittämiskielto asetettiin")
    HOLD_LIFTED = "hold_lifted", _("Hävittämiskielto kumottiin")
    CHECKED = "checked", _("Säännöllinen tarkistus")


class ClockFacts(Row):
    """The value of a clock: from what it counts, from which day, and the last day of retention; by whom and why it was reckoned."""

    state = models.CharField(max_length=20, choices=ClockKind)
    node = models.ForeignKey(Node, models.PROTECT, null=True, blank=True, related_name="+")
    """The node of the plan whose rule it follows; None for a document outside of the plan."""
    trigger = models.CharField(max_length=40, blank=True)
    trigger_on = models.DateField(null=True, blank=True)
    start_on = models.DateField(null=True, blank=True)
    last_day = models.DateField(null=True, blank=True)
    longest = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    """Of the clock of a case: the document that is kept longest."""
    held = models.BooleanField(default=False)
    """Whether a hold keeps the thing from being destroyed or transferred, whatever the state says."""
    campaign = models.ForeignKey("retention.Campaign", models.PROTECT, null=True, blank=True, related_name="+")
    """The campaign by which it follows a newer rule than that of the revision which its case has pinned."""
    reason = models.CharField(max_length=20, choices=ClockReason)
    reckoned_at = models.DateTimeField()
    reckoned_by = models.CharField(max_length=60)

    class Meta:
        """No table of its own."""

        abstract = True


class RetentionClock(ClockFacts):
    """The clock of a document, or of a case: that of the longest of its documents. A trigger of the database keeps what it said before."""

    document = models.OneToOneField(Document, models.PROTECT, null=True, blank=True, related_name="retention_clock")
    case = models.OneToOneField(Case, models.PROTECT, null=True, blank=True, related_name="retention_clock")

    class Meta:
        """One clock of a thing; days stand where they are known and nowhere else."""

        constraints = (
            models.CheckConstraint(
                condition=Q(document=None) ^ Q(case=None),
                name="a_clock_is_of_a_document_or_of_a_case",
                violation_error_message=_("Säilytysaika koskee joko asiakirjaa tai asiaa."),
            ),
            models.CheckConstraint(
                condition=Q(state="running", trigger_on__isnull=False, start_on__isnull=False, last_day__isnull=False)
                | (~Q(state="running") & Q(trigger_on=None, start_on=None, last_day=None)),
                name="only_a_running_clock_has_days",
                violation_error_message=_("Odottavalla tai pysyvällä säilytysajalla ei ole päättymispäivää."),
            ),
            models.CheckConstraint(
                condition=Q(last_day=None) | Q(last_day__gte=models.F("start_on")),
                name="retention_ends_after_it_starts",
                violation_error_message=_("Säilytysaika ei voi päättyä ennen kuin se alkaa."),
            ),
        )
        indexes = (
            models.Index(fields=("last_day", "id"), condition=Q(state="running") & ~Q(document=None), name="retention_clock_due"),
            models.Index(fields=("trigger", "id"), condition=Q(state="waiting") & ~Q(document=None), name="retention_clock_waiting"),
            models.Index(fields=("id",), condition=Q(held=True) & ~Q(document=None), name="retention_clock_held"),
        )

    def __str__(self) -> str:
        """State and last day."""
        return f"{self.state} {self.last_day or ''}".strip()

    @property
    def may_go_from(self) -> dt.date | None:
        """The first day on which the thing may be destroyed or transferred: the day after the last one."""
        return self.last_day + dt.timedelta(days=1) if self.last_day else None

    def is_due(self, on: dt.date) -> bool:
        """Whether retention has ended on a day and nothing holds the thing."""
        return not self.held and self.last_day is not None and self.last_day < on


class ClockValue(ClockFacts):
    """A value that a clock had before, written by the database when the clock changes. Append-only (trigger)."""

    clock = models.ForeignKey(RetentionClock, models.PROTECT, related_name="before")
    replaced_at = models.DateTimeField()

    class Meta:
        """The newest first."""

        ordering = ("-id",)


class TriggerEvent(Row):
    """A happening from which retention counts and that the case register does not know itself: told by a person or a register.

    Append-only (trigger): the newest of a case, a trigger and a document holds; one without a day takes the ones before it back.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="trigger_events")
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="trigger_events")
    trigger = models.CharField(max_length=40)
    happened_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=120, blank=True)
    note = models.TextField(blank=True)
    told_at = models.DateTimeField()
    told_by = models.CharField(max_length=60)

    class Meta:
        """The newest first."""

        ordering = ("-id",)
        indexes = (models.Index(fields=("case", "trigger", "-id"), name="retention_event_of_case"),)
