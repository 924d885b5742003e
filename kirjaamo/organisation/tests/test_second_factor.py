"""The second factor, sessions and the language of an account, as a person meets them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from kirjaamo.kernel.actors import Machine
from kirjaamo.kernel.errors import NotAllowed
from kirjaamo.organisation import actions, second_factor
from kirjaamo.organisation.models import SecondFactor, Session, User
from kirjaamo.organisation.roles import Role
from kirjaamo.testing import PASSWORD, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("helsinki")]
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"


def code_of(user: User, later: int = 0) -> str:
    """The code that the person's phone shows, some steps from now."""
    secret = second_factor.unseal(SecondFactor.objects.get(user=user).sealed)
    at = int(timezone.now().timestamp()) + later * second_factor.STEP
    return second_factor._totp(secret).generate(at).decode()


def password(client: Client, user: User, **more: str) -> str:
    """Give the password; return where it leads."""
    return client.post("/kirjaudu/", {"username": user.username, "password": PASSWORD, **more}).headers.get("Location", "")


def with_factor(role: Role = Role.HANDLER) -> tuple[User, list[str]]:
    """A person with a second factor, and their recovery codes."""
    user = make_user(role)
    actions.begin_second_factor(user, actor=user)
    codes = actions.confirm_second_factor(user, code_of(user, -1), "::1", actor=user)
    assert codes is not None
    return user, codes


def test_a_password_alone_opens_nothing_when_there_is_a_second_factor(client: Client) -> None:
    user, _codes = with_factor()
    assert password(client, user).startswith("/kirjaudu/koodi/")
    assert client.get("/tyo/").status_code == 302
    assert client.post("/kirjaudu/koodi/", {"code": "000000"}).status_code == 422
    assert client.post("/kirjaudu/koodi/", {"code": code_of(user)}).headers["Location"] == "/tyo/"
    assert client.get("/tyo/").status_code == 200


def test_a_code_works_once() -> None:
    user, _codes = with_factor()
    used = code_of(user)
    for expected in (302, 422):
        again = Client()
        password(again, user)
        assert again.post("/kirjaudu/koodi/", {"code": used}).status_code == expected


def test_a_recovery_code_opens_once() -> None:
    user, codes = with_factor()
    for expected in (302, 422):
        again = Client()
        password(again, user)
        assert again.post("/kirjaudu/koodi/", {"code": codes[0]}).status_code == expected
    assert len(SecondFactor.objects.get(user=user).recovery) == second_factor.RECOVERY_CODES - 1


def test_guessing_codes_locks_the_account_as_guessing_passwords_does(client: Client) -> None:
    user, _codes = with_factor()
    password(client, user)
    for _ in range(5):
        client.post("/kirjaudu/koodi/", {"code": "000000"})
    page = client.post("/kirjaudu/koodi/", {"code": code_of(user)})
    assert page.status_code == 422
    assert "liian monta kertaa" in page.content.decode()


def test_the_code_page_without_a_password_says_what_comes_first_and_keeps_the_way(client: Client) -> None:
    for address in ("/kirjaudu/koodi/", "/kirjaudu/toinen-tunniste/"):
        page = client.get(address, {"next": "/tyo/asiat/"}).content.decode()
        assert "Anna ensin salasana" in page
        assert "/kirjaudu/?next=%2Ftyo%2Fasiat%2F" in page
        assert client.post(address, {"code": "000000"}).status_code == 422


def test_who_is_signed_in_needs_no_code(client: Client) -> None:
    client.force_login(make_user(Role.HANDLER))
    assert client.get("/kirjaudu/koodi/").headers["Location"] == "/tyo/"


def test_a_role_that_must_have_one_sets_it_up_before_the_first_session(client: Client, settings: Any) -> None:
    settings.KIRJAAMO_SECOND_FACTOR = ["administrator"]
    user, other = make_user(Role.ADMINISTRATOR), make_user(Role.HANDLER)
    assert password(Client(), other) == "/tyo/"
    assert password(client, user).startswith("/kirjaudu/toinen-tunniste/")
    page = client.get("/kirjaudu/toinen-tunniste/").content.decode()
    assert "<svg" in page
    assert client.get("/tyo/").status_code == 302
    done = client.post("/kirjaudu/toinen-tunniste/", {"code": code_of(user)}).content.decode()
    assert "palautuskoodit" in done
    assert client.get("/tyo/").status_code == 200
    assert "palautuskoodit" not in client.get("/kirjaudu/toinen-tunniste/", follow=True).content.decode()


def test_the_secret_is_sealed_and_recovery_codes_are_kept_as_hashes() -> None:
    user, codes = with_factor()
    kept = SecondFactor.objects.get(user=user)
    assert second_factor.typed(second_factor.unseal(kept.sealed)).replace(" ", "").encode() not in bytes(kept.sealed)
    assert not set(codes) & set(kept.recovery)


def test_whoever_manages_accounts_removes_a_lost_factor_and_nobody_else(administrator: User) -> None:
    user, _codes = with_factor()
    with pytest.raises(NotAllowed):
        actions.remove_second_factor(user, actor=make_user(Role.HANDLER, name="muu"))
    actions.remove_second_factor(user, actor=administrator)
    assert not SecondFactor.objects.filter(user=user).exists()


# Sessions -------------------------------------------------------------------------------------------------------------------


def test_a_session_ends_when_idle_and_when_old(handler: User, settings: Any) -> None:
    client = Client(headers={"user-agent": FIREFOX})
    password(client, handler)
    row = Session.objects.get(user=handler)
    assert row.device == "Firefox, Linux"
    assert row.expire_date <= timezone.now() + dt.timedelta(minutes=settings.KIRJAAMO_IDLE_MINUTES)
    Session.objects.filter(pk=row.pk).update(seen_at=timezone.now() - dt.timedelta(minutes=30))
    assert client.get("/tyo/").status_code == 200
    row.refresh_from_db()
    assert timezone.now() - row.seen_at < dt.timedelta(minutes=1)  # use keeps it
    began = timezone.now() - dt.timedelta(seconds=settings.SESSION_COOKIE_AGE - 60)
    Session.objects.filter(pk=row.pk).update(started_at=began, seen_at=timezone.now() - dt.timedelta(minutes=5))
    client.get("/tyo/")
    row.refresh_from_db()
    assert row.expire_date <= timezone.now() + dt.timedelta(minutes=1)  # but not for ever
    Session.objects.filter(pk=row.pk).update(expire_date=timezone.now())
    assert client.get("/tyo/").status_code == 302


def test_one_sees_and_ends_ones_own_sessions(handler: User) -> None:
    here, there = Client(), Client(headers={"user-agent": FIREFOX})
    password(here, handler)
    password(there, handler)
    page = here.get("/tyo/oma-tunnus/").content.decode()
    assert "Firefox, Linux" in page
    assert not [one.pk for one in Session.objects.all() if one.pk in page]  # the key itself is on no page
    here.post("/tyo/oma-tunnus/", {"others": "1"})
    assert here.get("/tyo/").status_code == 200
    assert there.get("/tyo/").status_code == 302


def test_nobody_ends_the_sessions_of_another(handler: User) -> None:
    password(Client(), handler)
    with pytest.raises(NotAllowed):
        actions.end_sessions(handler, [one.mark for one in handler.sessions.all()], actor=make_user(Role.HANDLER, name="muu"))


def test_an_account_out_of_use_loses_its_sessions_at_once(handler: User) -> None:
    client = Client()
    password(client, handler)
    actions.set_active(handler, active=False, actor=Machine("t"))
    assert client.get("/tyo/").status_code == 302
    assert not handler.sessions.exists()


# Language -------------------------------------------------------------------------------------------------------------------


def test_one_works_in_the_language_of_ones_account(client: Client, handler: User) -> None:
    actions.choose_language(handler, "sv", actor=handler)
    assert password(client, handler) == "/sv/tyo/"
    assert password(Client(), handler, next="/tyo/asiat/") == "/sv/tyo/asiat/"
    assert client.post("/sv/tyo/oma-tunnus/", {"language": "en"}).headers["Location"] == "/en/tyo/oma-tunnus/"
