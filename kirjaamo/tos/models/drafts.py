"""What goes on around a draft: its history, comments, packages of many drafts, and imports that wait for review."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from kirjaamo.kernel.rows import Row
from kirjaamo.tos.models.classes import ClassRevision


class StepKind(models.TextChoices):
    """What happened to a revision."""

    CREATED = "created", _("Luonnos tehtiin")
    SUBMITTED = "submitted", _("Lähetettiin tarkastettavaksi")
    REJECTED = "rejected", _("Palautettiin luonnokseksi")
    APPROVED = "approved", _("Hyväksyttiin")
    SUPERSEDED = "superseded", _("Korvattiin uudella")
    RETIRED = "retired", _("Poistettiin käytöstä")


class RevisionStep(Row):
    """A step in the life of a revision. Append-only (trigger)."""

    revision = models.ForeignKey(ClassRevision, models.CASCADE, related_name="steps")
    at = models.DateTimeField()
    actor = models.CharField(max_length=60)
    kind = models.CharField(max_length=20, choices=StepKind)
    note = models.TextField(blank=True)

    class Meta:
        """As it happened."""

        ordering = ("id",)


class Comment(Row):
    """A remark on a draft or on one of its nodes; it stays with the revision after approval."""

    revision = models.ForeignKey(ClassRevision, models.CASCADE, related_name="comments")
    node_key = models.UUIDField(null=True, blank=True)
    text = models.TextField()
    at = models.DateTimeField()
    author = models.CharField(max_length=60)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.CharField(max_length=60, blank=True)

    class Meta:
        """The oldest first."""

        ordering = ("id",)


class PackageState(models.TextChoices):
    """The life of a package."""

    DRAFT = "draft", _("Luonnos")
    IN_REVIEW = "in_review", _("Tarkastettavana")
    APPROVED = "approved", _("Hyväksytty")
    DISCARDED = "discarded", _("Hylätty")


class Package(Row):
    """A change over many classes that is reviewed and approved as one."""

    title = models.CharField(max_length=200)
    note = models.TextField(blank=True)
    state = models.CharField(max_length=20, choices=PackageState, default=PackageState.DRAFT)
    change = models.JSONField(default=dict, blank=True)
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    decided_by = models.CharField(max_length=60, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """The newest first."""

        ordering = ("-id",)

    def __str__(self) -> str:
        """The title."""
        return self.title


class ImportKind(models.TextChoices):
    """What kind of file was brought."""

    TREE = "tree", _("Luokitus (tunnus ja nimi)")
    WORKBOOK = "workbook", _("TOS-työkirja (Excel)")
    TABLE = "table", _("Oma taulukko (CSV tai Excel)")


class PlanImport(Row):
    """A file brought to the plan: what was found in it, and whether it was taken. Nothing of it is in force by being here."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=20, choices=ImportKind)
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    content = models.JSONField(default=dict)
    findings = models.JSONField(default=list)
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, blank=True)
    taken_by = models.CharField(max_length=60, blank=True)
    package = models.ForeignKey(Package, models.PROTECT, null=True, blank=True, related_name="imports")

    class Meta:
        """The newest first."""

        ordering = ("-id",)
