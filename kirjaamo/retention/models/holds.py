"""Holds (hävittämiskielto): while one is in force, nothing of what it covers falls due, is listed or is destroyed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kirjaamo.cases.models import Case
from kirjaamo.documents.models import Document
from kirjaamo.kernel.rows import Row
from kirjaamo.retention.models.spreading import Spreading
from kirjaamo.tos.models import FunctionClass


class HoldKind(models.TextChoices):
    """Why things must not be destroyed now (records.md § 7.1)."""

    INFORMATION_REQUEST = "information_request", _("Tietopyyntö")
    APPEAL = "appeal", _("Muutoksenhaku")
    COURT = "court", _("Oikeudenkäynti")
    AUDIT = "audit", _("Tarkastus tai valvonta")
    RECTIFICATION = "rectification", _("Oikaisu- tai vastustamispyyntö")
    APPRAISAL = "appraisal", _("Arvonmääritys kesken")
    OTHER = "other", _("Muu peruste")


class Hold(Spreading):
    """One hold: of all cases of a class and below it, or of the named cases and documents (`items`). It is lifted, never deleted.

    `source` says what it is for: the identifier of a request, an appeal or a court case.
    """

    kind = models.CharField(max_length=20, choices=HoldKind)
    function_class = models.ForeignKey(FunctionClass, models.PROTECT, null=True, blank=True, related_name="holds")
    ground = models.TextField()
    source = models.CharField(max_length=120, blank=True)
    placed_at = models.DateTimeField()
    placed_by = models.CharField(max_length=60)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.CharField(max_length=60, blank=True)
    lifted_reason = models.TextField(blank=True)

    class Meta:
        """The newest first. Triggers hold what one row cannot: its scope, and that it changes only by being lifted."""

        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                condition=~Q(ground=""),
                name="a_hold_has_its_ground",
                violation_error_message=_("Kerro, millä perusteella hävittäminen kielletään."),
            ),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by="", lifted_reason="")
                | (Q(lifted_at__isnull=False) & ~Q(lifted_by="") & ~Q(lifted_reason="")),
                name="a_lifted_hold_tells_who_and_why",
                violation_error_message=_("Kerro, miksi hävittämiskielto kumotaan."),
            ),
        )
        indexes = (models.Index(fields=("id",), condition=Q(lifted_at=None), name="retention_hold_in_force"),)

    def __str__(self) -> str:
        """Kind and key: the ground may tell of a person."""
        return f"{self.kind} {self.pk}"

    @property
    def in_force(self) -> bool:
        """Whether it has not been lifted."""
        return self.lifted_at is None


class HoldItem(Row):
    """A case or a document that a hold names. Append-only (trigger)."""

    hold = models.ForeignKey(Hold, models.PROTECT, related_name="items")
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="hold_items")
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="hold_items")

    class Meta:
        """One thing a row."""

        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(document=None) ^ Q(case=None),
                name="a_hold_names_a_case_or_a_document",
                violation_error_message=_("Hävittämiskielto koskee joko asiaa tai asiakirjaa."),
            ),
            models.UniqueConstraint(fields=("hold", "case"), name="a_hold_names_a_case_once"),
            models.UniqueConstraint(fields=("hold", "document"), name="a_hold_names_a_document_once"),
        )
