"""What happened in a case and which documents it holds: append-only beside the case."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kirjaamo.cases.models.case import Case
from kirjaamo.documents.models import Document
from kirjaamo.kernel.rows import Row
from kirjaamo.tos.models import ClassRevision


class CaseEvent(Row):
    """One step of a case's history: which node of the plan, when, who, why. Append-only (trigger)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="events")
    at = models.DateTimeField()
    actor = models.CharField(max_length=60)
    kind = models.CharField(max_length=40)
    node_key = models.UUIDField(null=True, blank=True)
    stage = models.CharField(max_length=60, blank=True)
    label = models.JSONField(default=dict)
    note = models.TextField(blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="events")
    revision = models.ForeignKey(ClassRevision, models.PROTECT, null=True, blank=True, related_name="moves")
    """On a move (`MOVED`) or a correction of the class (`CORRECTED`): the plan revision that the case follows from then on."""

    MOVED = "moved_to_revision"
    CORRECTED = "class_corrected"

    class Meta:
        """As it happened."""

        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=(Q(kind__in=("moved_to_revision", "class_corrected")) & ~Q(revision=None))
                | (~Q(kind__in=("moved_to_revision", "class_corrected")) & Q(revision=None)),
                name="a_move_names_its_revision",
                violation_error_message=_("Siirrosta uudempaan suunnitelmaan on kirjattava, mihin versioon asia siirtyi."),
            ),
        )


class CaseDocument(Row):
    """A document in a case, with the stage in which it was handled (TiHL 906/2019 § 26.5 item 3)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="case_documents")
    document = models.ForeignKey(Document, models.PROTECT, related_name="in_cases")
    stage = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()

    class Meta:
        """Once in a case."""

        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("case", "document"), name="one_document_once_per_case"),)
