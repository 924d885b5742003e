"""Files on their way into a register: what was read, what is wrong in it, whether it was loaded. The rows themselves are sealed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kirjaamo.kernel.rows import Row
from kirjaamo.kernel.sealed import Sealed


class ImportState(models.TextChoices):
    """How far a file has come."""

    READ = "read", _("Luettu")
    CHECKING = "checking", _("Tarkistetaan")
    CHECKED = "checked", _("Tarkistettu")
    LOADING = "loading", _("Ladataan")
    LOADED = "loaded", _("Ladattu")
    FAILED = "failed", _("Keskeytyi")


class Import(Row):
    """A file for one kind of record: its heads, which field each is, and how its rows were judged."""

    register = models.CharField(max_length=80)
    kind = models.CharField(max_length=80)
    sha256 = models.CharField(max_length=64)
    heads = models.JSONField()
    mapping = models.JSONField(default=dict)
    language = models.CharField(max_length=2, default="fi")
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.READ)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    bad = models.PositiveIntegerField(default=0)
    loaded = models.PositiveIntegerField(default=0)
    loaded_at = models.DateTimeField(null=True, blank=True)
    failure = models.TextField(blank=True)

    class Meta:
        """One load of a file into a kind of record: a retry never doubles."""

        indexes = (models.Index(fields=("register", "kind", "-id")),)
        constraints = (
            models.UniqueConstraint(
                fields=("register", "kind", "sha256"),
                condition=Q(state="loaded"),
                name="a_file_is_loaded_once",
                violation_error_message=_("Sama tiedosto on jo ladattu tähän rekisteriin."),
            ),
        )

    @property
    def good(self) -> int:
        """How many rows may be loaded."""
        return self.total - self.bad


class ImportChunk(Row):
    """Some hundreds of rows of a file, sealed: a file may hold identity codes. Gone when the file is loaded or thrown away."""

    batch = models.ForeignKey(Import, models.CASCADE, related_name="chunks")
    first = models.PositiveIntegerField()
    sealed = Sealed()

    class Meta:
        """In the order of the file."""

        ordering = ("first",)


class ImportFault(Row):
    """What is wrong in one row of a file: the row as a spreadsheet numbers it, the column, the reason. No value of the file."""

    batch = models.ForeignKey(Import, models.CASCADE, related_name="faults")
    line = models.PositiveIntegerField()
    column = models.CharField(max_length=200, blank=True)
    reason = models.TextField()

    class Meta:
        """In the order of the file."""

        ordering = ("line", "id")
        indexes = (models.Index(fields=("batch", "line")),)
