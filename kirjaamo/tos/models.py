"""The plan as rows: a class is an identity; what it is called and how its cases run is an approved revision.

Rules stand resolved on each node (inheritance happens once, at approval), so that a running case never walks the tree.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kirjaamo.kernel.fields import Translated
from kirjaamo.kernel.rows import Row
from kirjaamo.organisation.models import Unit


class FunctionClass(Row):
    """A function class (tehtäväluokka): an identity that outlives its codes and titles."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    successors = models.ManyToManyField("self", symmetrical=False, blank=True)


class RevisionState(models.TextChoices):
    """The life of a revision."""

    DRAFT = "draft", _("Luonnos")
    IN_REVIEW = "in_review", _("Tarkastettavana")
    APPROVED = "approved", _("Hyväksytty")
    RETIRED = "retired", _("Poistettu käytöstä")


class ClassRevision(Row):
    """One revision of a class: code, title, place in the tree, stages and rules, from a day to a day."""

    function_class = models.ForeignKey(FunctionClass, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=20, choices=RevisionState, default=RevisionState.DRAFT)
    code = models.CharField(max_length=40)
    title = Translated()
    description = Translated()
    parent = models.ForeignKey(FunctionClass, models.PROTECT, null=True, blank=True, related_name="child_revisions")
    origin = models.CharField(max_length=20, default="added")
    note = Translated()
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    drafted_by = models.CharField(max_length=60)
    approved_by = models.CharField(max_length=60, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    content_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        """In the order of the codes."""

        ordering = ("code", "number")
        constraints = (
            models.UniqueConstraint(fields=("function_class", "number"), name="one_revision_per_number"),
            models.CheckConstraint(
                condition=Q(approved_by="") | ~Q(approved_by=F("drafted_by")),
                name="another_person_approves",
                violation_error_message=_("Suunnitelman laatija ei voi hyväksyä sitä itse. Pyydä toista henkilöä hyväksymään."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=("draft", "in_review")) | (~Q(approved_by="") & ~Q(approved_at=None) & ~Q(valid_from=None)),
                name="an_approved_revision_has_its_approver_and_start",
            ),
            models.CheckConstraint(condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="revision_validity_runs_forward"),
        )

    def __str__(self) -> str:
        """Code and Finnish title."""
        return f"{self.code} {self.title.get('fi', '')}"


class NodeKind(models.TextChoices):
    """What stands in a class's process."""

    STAGE = "stage", _("Käsittelyvaihe")
    MEASURE = "measure", _("Toimenpide")
    DOCUMENT = "document", _("Asiakirjatyyppi")
    ATTACHMENT = "attachment", _("Liitetyyppi")


class Node(Row):
    """A stage, measure, document type or attachment type. `key` is constant over revisions; the rule columns are resolved."""

    revision = models.ForeignKey(ClassRevision, models.PROTECT, related_name="nodes")
    key = models.UUIDField(default=uuid.uuid4)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    kind = models.CharField(max_length=20, choices=NodeKind)
    order = models.PositiveIntegerField()
    code = models.CharField(max_length=60)
    title = Translated()
    terminal = models.BooleanField(default=False)
    publicity = models.CharField(max_length=20, blank=True)
    grounds = models.JSONField(default=list)
    personal = models.CharField(max_length=20, blank=True)
    retention_mode = models.CharField(max_length=20, blank=True)
    retention_years = models.PositiveSmallIntegerField(null=True, blank=True)
    retention_trigger = models.CharField(max_length=40, blank=True)
    retention_basis = models.CharField(max_length=200, blank=True)
    archiving = models.CharField(max_length=20, default="undecided")

    class Meta:
        """In the order of the process."""

        ordering = ("revision", "order")
        constraints = (
            models.UniqueConstraint(fields=("revision", "key"), name="one_node_per_key_and_revision"),
            models.UniqueConstraint(fields=("revision", "kind", "code"), name="one_node_per_code_and_revision"),
            models.CheckConstraint(
                condition=~Q(retention_mode="years") | (Q(retention_years__gt=0) & ~Q(retention_trigger="")),
                name="years_need_a_trigger",
            ),
            models.CheckConstraint(condition=~Q(publicity="secret") | ~Q(grounds=[]), name="a_secret_node_has_a_ground"),
        )


class Responsible(Row):
    """A unit under which the published description lists a class."""

    function_class = models.ForeignKey(FunctionClass, models.CASCADE, related_name="responsible")
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="function_classes")

    class Meta:
        """Once for a class and a unit."""

        constraints = (models.UniqueConstraint(fields=("function_class", "unit"), name="one_row_per_class_and_unit"),)
