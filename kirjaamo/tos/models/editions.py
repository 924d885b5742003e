"""Editions of the whole plan: what was in force on a day, and editions of others to compare with."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kirjaamo.kernel.fields import Translated
from kirjaamo.kernel.rows import Row
from kirjaamo.tos.models.classes import ClassRevision


class EditionKind(models.TextChoices):
    """Whose edition it is."""

    OWN = "own", _("Oma julkaistu laitos")
    COMPARED = "compared", _("Vertailtava luokitus")


class PlanEdition(Row):
    """A numbered list of classes with a hash over all of it. Append-only (trigger)."""

    number = models.PositiveIntegerField(unique=True)
    kind = models.CharField(max_length=20, choices=EditionKind, default=EditionKind.OWN)
    slug = models.SlugField(max_length=60, unique=True)
    title = Translated()
    source = models.CharField(max_length=300, blank=True)
    licence = models.CharField(max_length=60, blank=True)
    on = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)
    content_hash = models.CharField(max_length=64)

    class Meta:
        """The newest first."""

        ordering = ("-number",)

    def __str__(self) -> str:
        """The slug."""
        return self.slug


class EditionRow(Row):
    """A class in an edition: its code and title, and in an own edition the revision that was in force."""

    edition = models.ForeignKey(PlanEdition, models.PROTECT, related_name="rows")
    code = models.CharField(max_length=40)
    title = Translated()
    revision = models.ForeignKey(ClassRevision, models.PROTECT, null=True, blank=True, related_name="edition_rows")
    content_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        """In the order of codes; a code once."""

        ordering = ("code",)
        constraints = (models.UniqueConstraint(fields=("edition", "code"), name="one_row_per_edition_and_code"),)
