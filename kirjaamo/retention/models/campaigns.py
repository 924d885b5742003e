"""Campaigns (muutosajo): rules of a newer revision are laid on the cases of older ones, by two people (records.md § 7.3)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kirjaamo.kernel.rows import Row
from kirjaamo.retention.models.spreading import Spreading
from kirjaamo.tos.models import ClassRevision, Node


class CampaignState(models.TextChoices):
    """The life of a campaign. From its approval it binds; its clocks follow a batch at a time."""

    PROPOSED = "proposed", _("Odottaa hyväksyntää")
    APPROVED = "approved", _("Hyväksytty")
    WITHDRAWN = "withdrawn", _("Peruttu")


class Effect(models.TextChoices):
    """What a newer rule does to documents that follow an older one."""

    PERMANENT = "permanent", _("Säilytys muuttuu pysyväksi")
    LONGER = "longer", _("Säilytysaika pitenee")
    ARCHIVING = "archiving", _("Arkistoinnista on päätös")
    SHORTER = "shorter", _("Säilytysaika lyhenee")
    OTHER = "other", _("Säilytysaika lasketaan toisin")


class Campaign(Spreading):
    """A decision that chosen rules of `revision` bind also the cases that follow older revisions of its class."""

    revision = models.ForeignKey(ClassRevision, models.PROTECT, related_name="campaigns")
    state = models.CharField(max_length=20, choices=CampaignState, default=CampaignState.PROPOSED)
    reason = models.TextField()
    norm = models.CharField(max_length=120, blank=True)
    drafted_by = models.CharField(max_length=60)
    drafted_at = models.DateTimeField()
    decided_by = models.CharField(max_length=60, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_note = models.TextField(blank=True)

    class Meta:
        """The newest first. A trigger holds that what was approved does not change."""

        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                condition=~Q(state="approved") | ~Q(decided_by=F("drafted_by")),
                name="another_person_approves_a_campaign",
                violation_error_message=_("Muutosajon laatija ei voi hyväksyä sitä itse. Pyydä toista henkilöä hyväksymään."),
            ),
            models.CheckConstraint(
                condition=Q(state="proposed", decided_by="", decided_at=None)
                | (~Q(state="proposed") & ~Q(decided_by="") & Q(decided_at__isnull=False)),
                name="a_decided_campaign_tells_who_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="a_campaign_has_its_reason",
                violation_error_message=_("Kerro, miksi uudet säännöt koskevat myös vanhoja asioita."),
            ),
            models.UniqueConstraint(
                fields=("revision",),
                condition=Q(state="proposed"),
                name="one_proposed_campaign_of_a_revision",
                violation_error_message=_("Tästä versiosta on jo muutosajo, joka odottaa hyväksyntää."),
            ),
        )

    def __str__(self) -> str:
        """Key and state."""
        return f"{self.pk} {self.state}"


class CampaignRule(Row):
    """A node of the newer revision whose rule the campaign lays on documents of the same key. Append-only (trigger).

    Without `shortens` a document that would be kept for a shorter time than before keeps its own rule.
    """

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="rules")
    node = models.ForeignKey(Node, models.PROTECT, related_name="+")
    effect = models.CharField(max_length=20, choices=Effect)
    shortens = models.BooleanField(default=False)

    class Meta:
        """In the order of the process."""

        ordering = ("node__order",)
        constraints = (
            models.UniqueConstraint(fields=("campaign", "node"), name="a_campaign_names_a_rule_once"),
            models.CheckConstraint(condition=~Q(effect="shorter") | Q(shortens=True), name="a_shorter_rule_is_named_as_such"),
        )
