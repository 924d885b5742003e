"""A decision, the ways in which it may be appealed, whom it was served on, and when each time of appeal ends."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kirjaamo.cases.models import Case, CaseParty
from kirjaamo.documents.models import Document, Way
from kirjaamo.kernel.rows import Row
from kirjaamo.kernel.sight import InSight
from kirjaamo.norms.models import AppealRoute
from kirjaamo.organisation.models import Unit, User

SOURCE = "decisions"
"""Under which name a decision stands beside its case."""


class DecisionState(models.TextChoices):
    """How far a decision is."""

    DRAFT = "draft", _("Luonnos")
    MADE = "made", pgettext_lazy("päätös", "Tehty")
    APPEALED = "appealed", _("Muutosta haettu")


class Decision(InSight, Row):
    """A decision of an office holder (viranhaltijapäätös). Once made it never changes; an error is corrected by another one (HL § 50)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="decisions")
    state = models.CharField(max_length=20, choices=DecisionState, default=DecisionState.DRAFT)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="decisions")
    language = models.CharField(max_length=2, default="fi")
    title = models.CharField(max_length=300)
    operative = models.TextField()
    reasons = models.TextField(blank=True)
    provisions = models.TextField(blank=True)
    power = models.CharField(max_length=300, blank=True)
    prepared_by = models.ForeignKey(User, models.PROTECT, related_name="prepared_decisions")
    decider = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="made_decisions")
    made_at = models.DateTimeField(null=True, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    number = models.PositiveIntegerField(null=True, blank=True)
    document = models.OneToOneField(Document, models.PROTECT, null=True, blank=True, related_name="decision")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """What HL 434/2003 § 43–45 and KuntaL 410/2015 § 90–91 ask of a made decision."""

        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("unit", "year", "number"),
                name="one_decision_per_section_number",
                violation_error_message=_("Pykälän numero on jo käytössä."),
            ),
            models.CheckConstraint(
                condition=Q(state="draft")
                | (Q(made_at__isnull=False, decider__isnull=False, number__isnull=False, document__isnull=False)),
                name="a_made_decision_has_decider_time_number_and_document",
                violation_error_message=_("Päätöksellä on oltava tekijä, aika, numero ja asiakirja (HL 43–44 §)."),
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | (~Q(operative="") & ~Q(reasons="") & ~Q(provisions="") & ~Q(power="")),
                name="a_made_decision_has_reasons_provisions_and_power",
                violation_error_message=_("Päätöksessä on oltava ratkaisu, perustelut, sovelletut säännökset ja toimivalta (HL 44–45 §)."),
            ),
        )

    def __str__(self) -> str:
        """The section number; a draft has none."""
        return f"§ {self.number}/{self.year}" if self.number else ""

    def is_kept(self) -> bool:
        """What is being prepared (JulkL 621/1999 § 6); of a made one its document tells."""
        return self.__dict__.get("state") == DecisionState.DRAFT

    def get_absolute_url(self) -> str:
        """The page of the decision."""
        return reverse("decision", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        """Whether it is still being prepared."""
        return self.state == DecisionState.DRAFT


class DecisionRoute(Row):
    """A way in which a decision may be appealed, whose instruction goes with it (HL 434/2003 § 46–49)."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="routes")
    route = models.ForeignKey(AppealRoute, models.PROTECT)

    class Meta:
        """Each once, in the order of the rows."""

        ordering = ("route__order", "id")
        constraints = (models.UniqueConstraint(fields=("decision", "route"), name="one_instruction_once_per_decision"),)


class Service(Row):
    """That a decision was served on a party: how, when, and from when it is held to be known (HL 434/2003 § 54–63)."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="services")
    party = models.ForeignKey(CaseParty, models.PROTECT, related_name="+")
    way = models.CharField(max_length=20, choices=Way)
    sent_on = models.DateField()
    shown_on = models.DateField(null=True, blank=True)

    class Meta:
        """Once for a party; nobody knows before it was sent."""

        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("decision", "party"),
                name="one_service_per_party",
                violation_error_message=_("Päätös on jo annettu tiedoksi osapuolelle."),
            ),
            models.CheckConstraint(
                condition=Q(shown_on=None) | Q(shown_on__gte=F("sent_on")),
                name="a_decision_is_known_after_it_is_sent",
                violation_error_message=_("Tiedoksisaanti ei voi olla ennen lähettämistä."),
            ),
        )


class AppealTime(Row):
    """The time in which a party may appeal in one way: counted once with its steps, from the dated rows of that day."""

    service = models.ForeignKey(Service, models.PROTECT, related_name="times")
    route = models.ForeignKey(AppealRoute, models.PROTECT)
    known_on = models.DateField()
    strict_due = models.DateField()
    last_day = models.DateField()
    steps = models.JSONField(default=list)

    class Meta:
        """Each way once for a service."""

        ordering = ("last_day", "id")
        constraints = (models.UniqueConstraint(fields=("service", "route"), name="one_appeal_time_per_way"),)


class Publication(Row):
    """A decision put on view on the public network, by which members of the municipality are served (KuntaL 410/2015 § 140).

    `title` and `text` are written for the web, with no more personal data than is needed to know what was decided. It is on view
    from `published_on` through `until`, the last day of appeal, and is then taken away; the row stays. `ways` holds each way of
    appeal with its counted time as it was shown.
    """

    decision = models.OneToOneField(Decision, models.PROTECT, related_name="publication")
    title = models.CharField(max_length=300)
    text = models.TextField()
    language = models.CharField(max_length=2, default="fi")
    published_on = models.DateField()
    known_on = models.DateField()
    until = models.DateField()
    ways = models.JSONField(default=list)
    by = models.CharField(max_length=60)
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.CharField(max_length=60, blank=True)
    removed_why = models.CharField(max_length=300, blank=True)

    class Meta:
        """The newest first; known after it is on view, and on view until the time of appeal has ended."""

        ordering = ("-published_on", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(known_on__gte=F("published_on")) & Q(until__gte=F("known_on")),
                name="what_is_on_view_is_known_before_it_is_removed",
                violation_error_message=_("Nähtävilläolon on jatkuttava muutoksenhakuajan loppuun (kuntalaki 140 §)."),
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_by="") | (~Q(removed_at=None) & ~Q(removed_by="")),
                name="what_was_removed_tells_when_and_by_whom",
                violation_error_message=_("Poistosta on kirjattava, milloin ja kuka sen teki."),
            ),
        )

    @property
    def on_view(self) -> bool:
        """Whether it has not been taken away."""
        return self.removed_at is None
