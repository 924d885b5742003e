"""The kernel's own tables: journal, search table, known word forms, submissions that were already taken."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

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


class UseVerb(models.TextChoices):
    """What was done with secret or personal data, without changing it."""

    VIEW = "view", _("Katsottu")
    LIST = "list", _("Luettelossa")
    SEARCH = "search", _("Haettu")
    FILE = "file", _("Tiedosto avattu")
    EXPORT = "export", _("Viety tiedostoksi")
    EXTRACT = "extract", _("Koottu omien tietojen antamiseksi")
    LOG = "log", _("Käyttölokia tutkittu")


class Purpose(models.TextChoices):
    """For what the data was needed: what is told to the person whom it concerns."""

    HANDLING = "handling", _("Asian käsittely")
    DEPUTY = "deputy", _("Asian käsittely käsittelijän sijaisena")
    REGISTERING = "registering", _("Asian kirjaaminen ja neuvonta")
    REGISTER = "register", _("Rekisterin hoitaminen")
    REQUEST = "request", _("Tietopyyntöön vastaaminen")
    OVERSIGHT = "oversight", _("Valvonta ja tietosuojatehtävä")
    EXCEPTION = "exception", _("Poikkeuslupa, jonka syy on kirjattu")
    OTHER = "other", _("Muu virkatehtävä")


class UseEntry(models.Model):
    """One use of secret or personal data: who, when, what, why (TiHL 906/2019 § 17). Appended by `use_log.note`, never changed.

    It names people by key and things by identifier: no name, no identity code, nothing secret. `area` is the room or register,
    `place` the page, `subjects` the parties whose data was in sight.
    """

    at = models.DateTimeField()
    actor = models.CharField(max_length=60)
    verb = models.CharField(max_length=10, choices=UseVerb)
    area = models.CharField(max_length=60)
    place = models.CharField(max_length=60, blank=True)
    about = models.CharField(max_length=120, blank=True)
    subjects = ArrayField(models.BigIntegerField(), default=list)
    count = models.PositiveIntegerField(default=1)
    purpose = models.CharField(max_length=20, choices=Purpose)
    reason = models.TextField(blank=True)

    class Meta:
        """Newest last; found by time, by person, by user and by thing."""

        ordering = ("id",)
        indexes = (
            models.Index(fields=("at",), name="kernel_use_at"),
            models.Index(fields=("actor", "-id"), name="kernel_use_actor"),
            models.Index(fields=("about",), name="kernel_use_about"),
            GinIndex(fields=("subjects",), name="kernel_use_subjects"),
        )


class Submission(Row):
    """A form that was taken: a second send of the same form finds the first result instead of doubling it."""

    key = models.UUIDField(unique=True)
    result = models.TextField()
    at = models.DateTimeField(auto_now_add=True)


class Mark(Row):
    """The mark under which processes keep something that seldom changes (`kernel.kept`); another one when it changed."""

    name = models.CharField(max_length=60, unique=True)
    mark = models.UUIDField()


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
