"""Function classes and their revisions. Triggers of migration 0002 hold what a constraint of one row cannot."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kirjaamo.kernel.fields import Translated
from kirjaamo.kernel.rows import Row, RowQuerySet
from kirjaamo.organisation.models import Unit


class FunctionClass(Row):
    """A function class (tehtäväluokka): an identity that outlives its codes and titles."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    successors = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="predecessors")


class RevisionState(models.TextChoices):
    """The life of a revision."""

    DRAFT = "draft", _("Luonnos")
    IN_REVIEW = "in_review", _("Tarkastettavana")
    APPROVED = "approved", _("Hyväksytty")
    RETIRED = "retired", _("Poistettu käytöstä")


FIXED = (RevisionState.APPROVED, RevisionState.RETIRED)
"""The states in which a revision has been approved and may be what a case follows."""


class RevisionQuerySet(RowQuerySet["ClassRevision"]):
    """Revisions by the days on which they hold."""

    def in_force(self, on: dt.date) -> RevisionQuerySet:
        """The revisions that hold on a day: at most one of a class, at most one of a code."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=on), state__in=FIXED, valid_from__lte=on)


class ClassRevision(Row):
    """One revision of a class: code, title, place in the tree, stages and rules, from a day to a day.

    `valid_to` is the last day in force; the day before `valid_from` marks a revision that was replaced on its own first day.
    `rules` is what is said of all documents of the class; a node inherits what it does not say itself.
    `edited_by` names everyone who wrote in the draft: none of them may approve it.
    """

    function_class = models.ForeignKey(FunctionClass, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=20, choices=RevisionState, default=RevisionState.DRAFT)
    code = models.CharField(max_length=40)
    title = Translated()
    description = Translated()
    internal = models.TextField(blank=True)
    parent = models.ForeignKey(FunctionClass, models.PROTECT, null=True, blank=True, related_name="child_revisions")
    origin = models.CharField(max_length=20, default="added")
    note = Translated()
    rules = models.JSONField(default=dict, blank=True)
    template = models.CharField(max_length=60, blank=True)
    sources = models.JSONField(default=list, blank=True)
    proposed = models.BooleanField(default=False)
    law_change = models.BooleanField(default=False)
    change_note = models.TextField(blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    drafted_by = models.CharField(max_length=60)
    edited_by = models.JSONField(default=list, blank=True)
    approved_by = models.CharField(max_length=60, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    content_hash = models.CharField(max_length=64, blank=True)
    package = models.ForeignKey("tos.Package", models.PROTECT, null=True, blank=True, related_name="revisions")

    objects = RevisionQuerySet.as_manager()  # type: ignore[misc]  # the base has the plain one

    class Meta:
        """In the order of the codes."""

        ordering = ("code", "number")
        constraints = (
            models.UniqueConstraint(fields=("function_class", "number"), name="one_revision_per_number"),
            models.UniqueConstraint(
                fields=("function_class",),
                condition=Q(state__in=("draft", "in_review")),
                name="one_draft_of_a_class_at_a_time",
                violation_error_message=_("Luokasta on jo luonnos. Jatka sitä tai poista se ensin."),
            ),
            models.CheckConstraint(
                condition=Q(approved_by="") | ~Q(approved_by=F("drafted_by")),
                name="another_person_approves",
                violation_error_message=_("Suunnitelman laatija ei voi hyväksyä sitä itse. Pyydä toista henkilöä hyväksymään."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=("draft", "in_review"))
                | (~Q(approved_by="") & ~Q(approved_at=None) & ~Q(valid_from=None) & ~Q(content_hash="")),
                name="an_approved_revision_has_its_approver_and_start",
                violation_error_message=_("Hyväksytyllä suunnitelmalla on oltava hyväksyjä, hyväksymisaika ja voimaantulopäivä."),
            ),
            models.CheckConstraint(
                condition=~Q(state="retired") | ~Q(valid_to=None),
                name="a_retired_revision_has_its_last_day",
                violation_error_message=_("Käytöstä poistetulla luokalla on oltava viimeinen voimassaolopäivä."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from") - dt.timedelta(days=1)),
                name="revision_validity_runs_forward",
                violation_error_message=_("Voimassaolo ei voi päättyä ennen kuin se alkaa."),
            ),
        )
        indexes = (models.Index(fields=("state", "code"), name="tos_revision_state_code"),)

    def __str__(self) -> str:
        """Code and Finnish title."""
        return f"{self.code} {self.title.get('fi', '')}"

    def holds_on(self, on: dt.date) -> bool:
        """Whether it is in force on a day."""
        begun = self.valid_from is not None and self.valid_from <= on
        return self.is_fixed and begun and (self.valid_to is None or self.valid_to >= on)

    @property
    def is_fixed(self) -> bool:
        """Whether the revision has been approved: nothing of it changes any more."""
        return self.state in FIXED

    @property
    def slug(self) -> str:
        """The code as it stands in addresses: `07-01-04`."""
        return self.code.replace(" ", "-")


class Responsible(Row):
    """A unit under which the published description lists a class."""

    function_class = models.ForeignKey(FunctionClass, models.CASCADE, related_name="responsible")
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="function_classes")

    class Meta:
        """Once for a class and a unit."""

        constraints = (models.UniqueConstraint(fields=("function_class", "unit"), name="one_row_per_class_and_unit"),)
