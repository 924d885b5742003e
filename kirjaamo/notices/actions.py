"""What is told to people, in the transaction of what it tells about. Sending is the worker's (`notices.sending`)."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import F
from django.urls import reverse
from django.utils import translation

from kirjaamo.kernel import vault
from kirjaamo.kernel.actions import action, running
from kirjaamo.kernel.errors import NotAllowed
from kirjaamo.notices.models import Mail, MailKind, MailState, MailTime, Notice, NoticeKind
from kirjaamo.organisation.models import User
from kirjaamo.ui.access import STAFF
from kirjaamo.values.language import base_language

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor

PAUSES = (60, 300, 900, 3600, 3 * 3600, 6 * 3600, 12 * 3600, 24 * 3600)
"""Seconds to the next try after each that failed; after the last one the message is given up."""


@action("Kuittaa saapuminen", needs=STAFF)
def acknowledge(
    email: str,
    *,
    actor: Actor,
    about: str,
    arrived_at: dt.datetime,
    language: str = "fi",
    link: str = "",
    key: uuid.UUID | None = None,
) -> None:
    """Put an acknowledgement of receipt into the outbox, within the action that took the arrival or the request.

    `about` is the case identifier, `link` a path of this site (or a whole address), `key` that of the form: one form is
    acknowledged once. An empty e-mail address, or a site that sends no mail, makes none. # 13/2003 § 12
    """
    del actor
    if email:
        _post([_mail(MailKind.ACKNOWLEDGEMENT, email, language, about, link, told_at=arrived_at, key=key)])


@action("Ilmoita", needs=STAFF)
def tell(users: Iterable[User], kind: NoticeKind, *, actor: Actor, about: str, url: str) -> None:
    """Give people a notice, and an e-mail that says so to those who want one. Who acts is not told of their own act.

    `about` is an identifier that is no secret, `url` the path that the notice leads to. At most four statements.
    """
    at = running().at
    told = [user for user in {user.pk: user for user in users}.values() if user.is_active and user.actor_ref != actor.actor_ref]
    if not told:
        return
    Notice.objects.bulk_create([Notice(user=user, kind=kind, about=about, url=url, at=at) for user in told])
    User.objects.filter(pk__in=[user.pk for user in told]).update(unread_notices=F("unread_notices") + 1)
    at_once = [user for user in told if user.email and mail_time(user, kind) == MailTime.AT_ONCE]
    _post([_mail(MailKind.NOTICE, user.email, user.language, "", _list_of(user)) for user in at_once])


def mail_time(user: User, kind: str) -> MailTime:
    """When the person wants to be told by e-mail of notices of a kind."""
    return MailTime(user.mail_times.get(kind, MailTime.AT_ONCE)) if user.wants_mail else MailTime.NEVER


def _list_of(user: User) -> str:
    with translation.override(user.language):
        return reverse("notices")


def _mail(
    kind: MailKind, email: str, language: str, about: str, link: str, *, told_at: dt.datetime | None = None, key: uuid.UUID | None = None
) -> Mail:
    at = running().at
    whole = f"{settings.KIRJAAMO_ADDRESS}{link}" if link.startswith("/") else link
    sealed = vault.seal(json.dumps({"to": email, "link": whole}))
    return Mail(
        key=key or uuid.uuid4(), kind=kind, language=base_language(language), about=about, told_at=told_at or at, sealed=sealed, next_at=at
    )


def _post(mails: Sequence[Mail]) -> None:
    if mails and settings.KIRJAAMO_SENDS_MAIL:
        Mail.objects.bulk_create(mails, ignore_conflicts=True)


@action("Merkitse luetuiksi", needs=STAFF)
def mark_read(user: User, *, actor: Actor, notice: Notice | None = None) -> None:
    """Mark one's own notice read, or all of them."""
    if user.actor_ref != actor.actor_ref:
        raise NotAllowed(STAFF)
    unread = Notice.objects.filter(user=user, read_at=None)
    unread = unread.filter(pk=notice.pk) if notice else unread
    if unread.update(read_at=running().at):
        left = Notice.objects.filter(user=user, read_at=None).count()
        User.objects.filter(pk=user.pk).update(unread_notices=left)


@action("Valitse ilmoitusten lajit", needs=STAFF)
def choose_mail_times(user: User, times: Mapping[NoticeKind, MailTime], *, email: str, actor: Actor) -> None:
    """Choose for each kind of notice when an e-mail tells of it, and the address it goes to (empty: none)."""
    if user.actor_ref != actor.actor_ref:
        raise NotAllowed(STAFF)
    user.mail_times = {kind.value: time.value for kind, time in times.items() if time != MailTime.AT_ONCE}
    user.wants_mail = any(time != MailTime.NEVER for time in times.values())
    user.email = email
    user.save(update_fields=["email", "mail_times", "wants_mail"])


DIGESTS = uuid.UUID("0d5ce4d5-6a0b-4e26-9f7d-2f6a4b6f3a11")
"""The name space of the keys of digests."""


@action("Lähetä päivän ilmoitukset", needs="organisation.manage")
def send_digests(*, actor: Actor) -> int:
    """Tell those who want it once a day that unread notices wait; return how many messages were made.

    The key of a message is that of its newest notice: a notice is told of once, however often this is run or missed.
    """
    del actor
    people = User.objects.filter(is_active=True, wants_mail=True, unread_notices__gt=0).exclude(email="").exclude(mail_times={})
    mails = []
    for user in people:
        daily = [kind for kind in NoticeKind if mail_time(user, kind) == MailTime.DAILY]
        newest = Notice.objects.filter(user=user, kind__in=daily, read_at=None).order_by("-pk").values_list("pk", flat=True).first()
        if newest is not None:
            key = uuid.uuid5(DIGESTS, f"{user.pk}:{newest}")
            mails.append(_mail(MailKind.DIGEST, user.email, user.language, "", _list_of(user), key=key))
    _post(mails)
    return len(mails)


@dataclass(frozen=True)
class Due:
    """A message to be sent now."""

    mail: Mail
    to: str
    link: str


@action("Ota viesti lähetettäväksi", needs="organisation.manage")
def take_due(*, actor: Actor) -> Due | None:
    """Take the next message that is due, and put its next try off, so that a worker that falls does not stop it for good."""
    del actor
    now = running().at
    waiting = Mail.objects.filter(state=MailState.WAITING, next_at__lte=now).order_by("next_at")
    mail = waiting.select_for_update(skip_locked=True).first()
    if mail is None:
        return None
    mail.next_at = now + dt.timedelta(seconds=PAUSES[min(mail.tries, len(PAUSES) - 1)])
    mail.tries += 1
    mail.save(update_fields=["next_at", "tries"])
    told = json.loads(vault.unseal(bytes(mail.sealed)))
    return Due(mail, told["to"], told["link"])


@action("Kirjaa lähetyksen tulos", needs="organisation.manage")
def settle(mail: Mail, *, actor: Actor, fault: str = "", final: bool = False) -> None:
    """Note that a message left, and forget its address; or what went wrong. Whoever manages accounts is told of a given up one."""
    given_up = bool(fault) and (final or mail.tries >= len(PAUSES))
    mail.fault = fault[:80]
    if not fault:
        mail.state, mail.sealed, mail.ended_at = MailState.SENT, b"", running().at
    elif given_up:
        mail.state, mail.ended_at = MailState.FAILED, running().at
    mail.save(update_fields=["fault", "state", "sealed", "ended_at"])
    if given_up:
        keepers = User.objects.filter(is_active=True, roles__role="registrar", roles__valid_to=None).distinct()[:20]
        tell(list(keepers), NoticeKind.MAIL, about=mail.about, url=reverse("notices"), actor=actor)
