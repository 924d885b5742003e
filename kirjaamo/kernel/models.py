"""The kernel's own tables: journal, search table, known word forms, submissions that were already taken."""

from __future__ import annotations

import uuid

from django.db import models

from kirjaamo.kernel.rows import Row


class JournalEntry(models.Model):
    """One action that wrote something. Appended by `journal.append`, never changed (trigger)."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True)
    at = models.DateTimeField(db_index=True)
    at_text = models.TextField()
    action = models.TextField()
    actor = models.TextField()
    body = models.JSONField()
    leaf = models.BinaryField()

    class Meta:
        """Newest last."""

        ordering = ("id",)


class JournalSalt(models.Model):
    """The salt of an entry's commitments and its reason in words; may be erased when the law asks for it."""

    entry = models.OneToOneField(JournalEntry, models.PROTECT, primary_key=True, related_name="salt")
    salt = models.TextField()
    reason = models.TextField(blank=True)


class JournalBlock(models.Model):
    """A sealed block of entries, chained to the one before."""

    sealed_at = models.DateTimeField()
    count = models.PositiveIntegerField()
    merkle = models.BinaryField()
    previous = models.BinaryField()
    root = models.BinaryField()


class JournalSeal(models.Model):
    """The place of an entry in its block."""

    entry = models.OneToOneField(JournalEntry, models.PROTECT, primary_key=True, related_name="seal")
    block = models.ForeignKey(JournalBlock, models.PROTECT)
    position = models.PositiveIntegerField()


class Submission(Row):
    """A form that was taken: a second send of the same form finds the first result instead of doubling it."""

    key = models.UUIDField(unique=True)
    result = models.TextField()
    at = models.DateTimeField(auto_now_add=True)


class TsVectorField(models.Field[str, str]):
    """A PostgreSQL ``tsvector`` written by the program as text (no database text configuration is trusted with Finnish)."""

    def db_type(self, connection: object) -> str:
        """The column type."""
        del connection
        return "tsvector"

    def get_placeholder(self, value: object, compiler: object, connection: object) -> str:
        """Cast the written text."""
        del value, compiler, connection
        return "%s::tsvector"


class SearchRow(Row):
    """One findable thing in one language. `open` rows may be found by everyone; the others by who holds `needs`."""

    source = models.CharField(max_length=60)
    key = models.CharField(max_length=120)
    ref = models.BigIntegerField(null=True)
    """The row that the thing is, where its room decides by it who may find it."""
    language = models.CharField(max_length=2)
    kind = models.CharField(max_length=40)
    title = models.TextField()
    text = models.TextField(blank=True)
    url = models.TextField(blank=True)
    """Where it is opened; empty when its room tells that (`finding.Searched.addresses`)."""
    open = models.BooleanField(default=False)
    needs = models.CharField(max_length=60, blank=True)
    facets = models.JSONField(default=dict)
    weight = models.FloatField(default=1.0)
    at = models.DateTimeField(null=True)
    """When the thing came to be; what has no time of its own comes last among the newest."""
    vector = TsVectorField()

    class Meta:
        """One row for a thing and a language."""

        constraints = (models.UniqueConstraint(fields=("source", "key", "language"), name="one_search_row_per_thing_and_language"),)
        indexes = (models.Index(fields=("kind", "language")),)


class WordForm(models.Model):
    """A word form already analysed. A cache, rebuilt when the dictionary changes; written outside of actions on purpose."""

    form = models.CharField(max_length=200)
    language = models.CharField(max_length=2)
    analyser = models.CharField(max_length=60)
    lexemes = models.JSONField()

    class Meta:
        """One row for a form, a language and an analyser."""

        constraints = (models.UniqueConstraint(fields=("form", "language", "analyser"), name="one_row_per_word_form"),)


class KeyCheck(Row):
    """A known value sealed and hashed with the keys of this database: whether a key file belongs to it is asked of this row."""

    sealed = models.BinaryField()
    hashed = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now=True)
