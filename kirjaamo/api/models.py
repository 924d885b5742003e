"""Tokens of accounts, how often each was used this minute, and what other systems reported."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kirjaamo.cases.models import Case
from kirjaamo.catalog.models import InformationSystem
from kirjaamo.kernel.rows import Row
from kirjaamo.organisation.models import User


class Scope(models.TextChoices):
    """What a token may be used for; the rights of its account bound it besides."""

    READ = "read", _("Lukea rekistereitä")
    WRITE = "write", _("Lukea ja muuttaa rekistereitä")
    FEED = "feed", _("Ilmoittaa järjestelmän asioista")


class Token(Row):
    """A token of an account: only a keyed hash of it is kept. It ends on a day, or when it is revoked."""

    user = models.ForeignKey(User, models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=100)
    start = models.CharField(max_length=12)
    hash = models.CharField(max_length=64, unique=True)
    scope = models.CharField(max_length=10, choices=Scope)
    registers = models.JSONField(default=list)
    per_minute = models.PositiveIntegerField(default=600)
    made_at = models.DateTimeField(auto_now_add=True)
    valid_to = models.DateField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Newest first."""

        ordering = ("-id",)


class CallCount(models.Model):
    """How many calls a caller has made in a minute: a token, or an address as a keyed hash. A counter, written outside of actions."""

    caller = models.CharField(max_length=64)
    minute = models.DateTimeField()
    calls = models.PositiveIntegerField(default=0)

    class Meta:
        """One counter for a caller and a minute."""

        constraints = (models.UniqueConstraint(fields=("caller", "minute"), name="one_counter_per_caller_and_minute"),)


class EventKind(models.TextChoices):
    """What another system reports."""

    CASE = "case", _("Asia tuli vireille")
    MEASURE = "measure", _("Toimenpide")
    CLOSED = "closed", _("Käsittely päättyi")


class SystemEvent(Row):
    """An event that another system reported, once: its own key of the event, its own key of the case, and our case."""

    system = models.ForeignKey(InformationSystem, models.PROTECT, related_name="events")
    key = models.CharField(max_length=100)
    kind = models.CharField(max_length=10, choices=EventKind)
    foreign_case = models.CharField(max_length=100)
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    happened_at = models.DateTimeField()
    received_at = models.DateTimeField(auto_now_add=True)
    token = models.ForeignKey(Token, models.PROTECT, related_name="+")

    class Meta:
        """One row for an event, however often it is sent."""

        indexes = (models.Index(fields=("system", "foreign_case")), models.Index(fields=("system", "-happened_at")))
        constraints = (models.UniqueConstraint(fields=("system", "key"), name="an_event_of_a_system_is_taken_once"),)
