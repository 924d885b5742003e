"""Notices of people who work here, and e-mail that waits to be sent.

Neither says what a thing is about: a kind, the identifier of the case and where to look. Secret content never travels by
plain e-mail (TiHL 906/2019 § 14), nor in a subject, a title or a log (JulkL 621/1999 § 22–23).
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kirjaamo.kernel.rows import Row
from kirjaamo.kernel.sealed import Sealed
from kirjaamo.organisation.models import User


class NoticeKind(models.TextChoices):
    """What a notice is of."""

    TASK = "task", _("Sinulle on annettu tehtävä")
    CASE = "case", _("Asia on siirretty sinulle")
    REQUEST = "request", _("Pyytäjä on kirjoittanut")
    ROUTED = "routed", _("Tietopyyntö on annettu yksiköllesi")
    ANSWER = "answer", _("Pyyntöön on vastattu")
    DEPUTY = "deputy", _("Sinut on nimetty sijaiseksi")
    DEADLINE = "deadline", _("Määräaika lähestyy")
    ARRIVAL = "arrival", _("Asiaan on saapunut asiakirja")
    RIGHTS = "rights", _("Käyttöoikeutesi ovat muuttuneet")
    BREAK_GLASS = "break_glass", _("Salassa pidettävä asia on avattu poikkeusluvalla")
    MAIL = "mail", _("Sähköpostin lähettäminen ei onnistunut")
    BOX = "box", _("Julkisen sivuston lähetystä ei voitu kirjata")


class MailTime(models.TextChoices):
    """When an e-mail tells of notices of a kind."""

    AT_ONCE = "at_once", _("Heti")
    DAILY = "daily", _("Kerran päivässä")
    NEVER = "never", _("Ei sähköpostia")


class Notice(Row):
    """One notice of one person: its kind, what it is about by identifier, and where to look."""

    user = models.ForeignKey(User, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=20, choices=NoticeKind)
    about = models.CharField(max_length=80, blank=True)
    url = models.CharField(max_length=300)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Newest first."""

        ordering = ("-id",)
        indexes = (models.Index(fields=("user", "-id")),)

    def get_absolute_url(self) -> str:
        """The address that marks the notice read and leads on."""
        return reverse("notice_open", args=[self.pk])


class MailKind(models.TextChoices):
    """What an e-mail is for."""

    ACKNOWLEDGEMENT = "acknowledgement", _("Vastaanottokuittaus")
    NOTICE = "notice", _("Ilmoitus")
    DIGEST = "digest", _("Päivän ilmoitukset")


class MailState(models.TextChoices):
    """How far an e-mail is."""

    WAITING = "waiting", _("Odottaa lähettämistä")
    SENT = "sent", _("Lähetetty")
    FAILED = "failed", _("Ei lähetetty")


class Mail(Row):
    """An e-mail of the outbox, written in the transaction of what it tells about and sent by the worker.

    Recipient and link are sealed, and erased when the message has left. `key` makes one message of a form that was sent twice.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True)
    kind = models.CharField(max_length=20, choices=MailKind)
    language = models.CharField(max_length=2, default="fi")
    about = models.CharField(max_length=80, blank=True)
    told_at = models.DateTimeField()
    sealed = Sealed()
    state = models.CharField(max_length=10, choices=MailState, default=MailState.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    fault = models.CharField(max_length=80, blank=True)

    class Meta:
        """As written; what waits is found at once."""

        ordering = ("id",)
        indexes = (models.Index(fields=("next_at",), condition=Q(state="waiting"), name="notices_mail_waiting"),)
        constraints = (
            models.CheckConstraint(condition=Q(state="waiting") | ~Q(ended_at=None), name="an_ended_mail_tells_when"),
            models.CheckConstraint(condition=~Q(state="sent") | Q(sealed=b""), name="a_sent_mail_keeps_no_address"),
        )
