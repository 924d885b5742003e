"""Notices and e-mail as a person meets them: what waits, what a message says and does not, and what happens when it cannot leave."""

from __future__ import annotations

import datetime as dt
import smtplib
import uuid

import pytest
from django.conf import settings
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone

from kirjaamo.kernel.actions import action
from kirjaamo.kernel.actors import PUBLIC, VISITOR, Actor, Machine
from kirjaamo.kernel.errors import NotAllowed
from kirjaamo.notices.actions import PAUSES, acknowledge, tell
from kirjaamo.notices.jobs import digest
from kirjaamo.notices.models import Mail, MailState, MailTime, Notice, NoticeKind
from kirjaamo.notices.sending import send_next
from kirjaamo.organisation.models import User
from kirjaamo.organisation.roles import Role
from kirjaamo.testing import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("helsinki")]
ARRIVED = dt.datetime(2026, 11, 20, 9, 30, tzinfo=dt.UTC)
ASKER = "aino.esimerkki@example.fi"


@action("Ota vastaan", needs=PUBLIC)
def take(email: str, *, actor: Actor, key: uuid.UUID | None = None, language: str = "fi") -> None:
    """An arrival that a visitor sends, with its acknowledgement in the same transaction."""
    acknowledge(email, about="HEL 2026-000123", arrived_at=ARRIVED, language=language, link="/asiat/HEL-2026-000123/", key=key, actor=actor)


def due_again() -> None:
    """Let the pause before the next try pass."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE notices_mail SET next_at = now() - interval '1 second'")


def test_an_arrival_is_acknowledged_with_identifier_time_and_link() -> None:
    take(ASKER, actor=VISITOR)
    assert send_next()
    assert not send_next()
    (sent,) = mail.outbox
    assert sent.to == [ASKER]
    assert sent.subject.startswith("Lähetyksesi on saapunut: ")
    assert "HEL 2026-000123" in sent.body
    assert "20.11.2026 klo\u00a011.30" in sent.body
    assert f"{settings.KIRJAAMO_ADDRESS}/asiat/HEL-2026-000123/" in sent.body
    assert "13/2003" in sent.body
    assert "HEL 2026-000123" not in sent.subject


@pytest.mark.parametrize(("language", "words"), [("sv", "Din försändelse"), ("en", "We have received")])
def test_the_acknowledgement_speaks_the_language_of_the_sender(language: str, words: str) -> None:
    take(ASKER, language=language, actor=VISITOR)
    send_next()
    assert mail.outbox[0].subject.startswith(words)


def test_a_form_sent_twice_is_acknowledged_once_and_no_address_makes_no_message() -> None:
    key = uuid.uuid4()
    take(ASKER, key=key, actor=VISITOR)
    take(ASKER, key=key, actor=VISITOR)
    take("", actor=VISITOR)
    assert Mail.objects.count() == 1


def test_an_address_is_sealed_while_it_waits_and_forgotten_when_the_message_has_left() -> None:
    take(ASKER, actor=VISITOR)
    waiting = Mail.objects.get()
    assert b"example.fi" not in bytes(waiting.sealed)
    send_next()
    sent = Mail.objects.get()
    assert (sent.state, bytes(sent.sealed)) == (MailState.SENT, b"")


def test_a_message_waits_for_a_server_that_is_away_and_leaves_once_it_is_back(monkeypatch: pytest.MonkeyPatch) -> None:
    take(ASKER, actor=VISITOR)
    with monkeypatch.context() as away:
        away.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", _away)
        assert send_next()
        assert not send_next()  # put off, not tried in a circle
    assert Mail.objects.get().state == MailState.WAITING
    due_again()
    send_next()
    assert len(mail.outbox) == 1


def _away(*_args: object) -> int:
    raise ConnectionRefusedError


def test_a_message_that_never_leaves_is_given_up_and_told_of(monkeypatch: pytest.MonkeyPatch, registrar: User) -> None:
    take(ASKER, actor=VISITOR)
    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", _away)
    for _ in PAUSES:
        due_again()
        assert send_next()
    due_again()
    assert not send_next()
    given_up = Mail.objects.get()
    assert (given_up.state, given_up.fault) == (MailState.FAILED, "ConnectionRefusedError")
    assert Notice.objects.get(user=registrar).kind == NoticeKind.MAIL


def test_a_refused_recipient_is_not_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object) -> int:
        raise smtplib.SMTPRecipientsRefused({ASKER: (550, b"no such user")})

    take(ASKER, actor=VISITOR)
    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
    send_next()
    assert Mail.objects.get().state == MailState.FAILED


def test_a_visitor_cannot_send_mail_through_us() -> None:
    with pytest.raises(NotAllowed):
        acknowledge(ASKER, about="x", arrived_at=timezone.now(), actor=VISITOR)


def test_a_notice_waits_in_the_bell_until_it_is_opened() -> None:
    person, other = make_user(Role.HANDLER, name="saaja"), make_user(Role.HANDLER, name="toinen")
    tell([person, other], NoticeKind.TASK, about="HEL 2026-000123", url="/tyo/", actor=other)
    client = Client()
    client.force_login(person)
    assert "lukematta" in client.get("/tyo/").content.decode()
    page = client.get("/tyo/ilmoitukset/").content.decode()
    assert "Sinulle on annettu tehtävä" in page
    assert "HEL 2026-000123" in page
    mine = Notice.objects.get()
    assert mine.user == person  # who acts is not told of their own act
    assert client.get(f"/tyo/ilmoitukset/{mine.pk}/").headers["Location"] == "/tyo/"
    assert "lukematta" not in client.get("/tyo/").content.decode()


def test_nobody_opens_or_reads_the_notices_of_another() -> None:
    person, other = make_user(Role.HANDLER, name="saaja"), make_user(Role.HANDLER, name="toinen")
    tell([person], NoticeKind.TASK, about="HEL 2026-000123", url="/tyo/", actor=Machine("test"))
    client = Client()
    client.force_login(other)
    assert client.get(f"/tyo/ilmoitukset/{Notice.objects.get().pk}/").status_code == 404
    assert "HEL 2026-000123" not in client.get("/tyo/ilmoitukset/").content.decode()


def test_a_mail_of_a_notice_says_that_something_waits_and_nothing_of_what() -> None:
    person = make_user(Role.HANDLER, name="saaja")
    person.email = "saaja@example.fi"
    tell([person], NoticeKind.BREAK_GLASS, about="HEL 2026-000123", url="/tyo/asiat/HEL-2026-000123/", actor=Machine("test"))
    send_next()
    (sent,) = mail.outbox
    assert "HEL" not in f"{sent.subject}{sent.body}"
    assert "/tyo/ilmoitukset/" in sent.body


def test_mail_can_be_turned_off(registrar: User) -> None:
    client = Client()
    client.force_login(registrar)
    client.post("/tyo/ilmoitukset/sahkoposti/", chosen(MailTime.NEVER))
    registrar.refresh_from_db()
    assert registrar.email == ADDRESS
    tell([registrar], NoticeKind.TASK, about="", url="/tyo/", actor=Machine("test"))
    assert not Mail.objects.exists()


ADDRESS = "kirjaaja@example.fi"


def chosen(time: MailTime, **kinds: MailTime) -> dict[str, str]:
    """The form of the times of e-mail: one time for all kinds but those named."""
    return {"email": ADDRESS, **{kind.value: kinds.get(kind.value, time).value for kind in NoticeKind}}


def test_each_kind_of_notice_has_its_own_time_of_mail(registrar: User) -> None:
    client = Client()
    client.force_login(registrar)
    told = chosen(MailTime.AT_ONCE, task=MailTime.NEVER, deadline=MailTime.DAILY)
    assert client.post("/tyo/ilmoitukset/sahkoposti/", told | {"email": "ei osoite"}).status_code == 422
    assert client.post("/tyo/ilmoitukset/sahkoposti/", told).status_code == 302
    assert "Osasta ilmoituksia" in client.get("/tyo/ilmoitukset/").content.decode()
    registrar.refresh_from_db()
    for kind in (NoticeKind.TASK, NoticeKind.DEADLINE, NoticeKind.CASE):
        tell([registrar], kind, about="HEL 2026-000123", url="/tyo/", actor=Machine("test"))
    assert (Notice.objects.count(), Mail.objects.count()) == (3, 1)


def test_the_daily_message_tells_once_of_what_is_unread_and_nothing_of_what_it_is(registrar: User) -> None:
    client = Client()
    client.force_login(registrar)
    client.post("/tyo/ilmoitukset/sahkoposti/", chosen(MailTime.DAILY))
    registrar.refresh_from_db()
    tell([registrar], NoticeKind.TASK, about="HEL 2026-000123", url="/tyo/", actor=Machine("test"))
    assert not Mail.objects.exists()
    for _day in range(2):
        digest(0)
    assert send_next()
    assert not send_next()
    (sent,) = mail.outbox
    assert (sent.to, "HEL" in f"{sent.subject}{sent.body}") == ([ADDRESS], False)
    assert "/tyo/ilmoitukset/" in sent.body
    tell([registrar], NoticeKind.CASE, about="HEL 2026-000124", url="/tyo/", actor=Machine("test"))
    client.post("/tyo/ilmoitukset/")
    digest(0)
    assert not send_next()  # everything was read before the morning
