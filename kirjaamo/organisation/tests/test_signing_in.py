"""Signing in: what is told, what is counted, when one has to wait, and what the session is worth."""

from __future__ import annotations

import argparse
import datetime as dt
import io

import pytest
from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection
from django.test import Client
from django.utils import timezone

from kirjaamo.kernel.actors import VISITOR, Machine
from kirjaamo.kernel.models import JournalEntry
from kirjaamo.organisation import actions, commands, demo, signing_in
from kirjaamo.organisation.models import RoleAssignment, SignInFailure, Unit, User
from kirjaamo.organisation.roles import RIGHTS, Role
from kirjaamo.testing import PASSWORD, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("helsinki")]
LOGIN, LOGOUT, WORK = "/kirjaudu/", "/kirjaudu/ulos/", "/tyo/"


def fail(client: Client, username: str, times: int = 1) -> list[str]:
    """Fail to sign in; return the errors that were told."""
    told = []
    for _turn in range(times):
        response = client.post(LOGIN, {"username": username, "password": "väärä salasana"})
        assert response.status_code == 422
        told.append(" ".join(response.context["form"].non_field_errors()))
    return told


def test_right_password_opens_a_session_with_a_new_key(client: Client, handler: User) -> None:
    """The key of the session before signing in is worth nothing after it; the time is noted in the journal."""
    client.get(LOGIN)
    session = client.session
    session["before"] = True
    session.save()
    before = session.session_key
    client.cookies[settings.SESSION_COOKIE_NAME] = str(before)
    response = client.post(LOGIN, {"username": handler.username.upper(), "password": PASSWORD})
    assert (response.status_code, response.headers["Location"]) == (302, WORK)
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != before
    handler.refresh_from_db()
    assert handler.signed_in_at is not None
    assert JournalEntry.objects.latest("id").action == "organisation.sign_in"
    assert client.get(WORK).status_code == 200


def test_a_wrong_password_and_an_unknown_account_are_told_in_the_same_words(client: Client, handler: User) -> None:
    """Nobody learns from the answer whether an account exists, not even by being locked out of it."""
    times = signing_in.ACCOUNT_FAILURES
    known, unknown = fail(client, handler.username, times + 1), fail(client, "eiole", times + 1)
    assert known == unknown
    assert known[0] != known[-1]
    assert "Odota 15 minuuttia" in known[-1]


def test_five_failures_lock_the_account_for_a_while_even_with_the_right_password(client: Client, handler: User) -> None:
    """The lockout holds from any address, ends with the window, and a success clears the count."""
    fail(client, handler.username, signing_in.ACCOUNT_FAILURES)
    elsewhere = Client(REMOTE_ADDR="198.51.100.7")
    assert elsewhere.post(LOGIN, {"username": handler.username, "password": PASSWORD}).status_code == 422
    past = timezone.now() - signing_in.WINDOW - dt.timedelta(seconds=1)
    age(past)
    assert elsewhere.post(LOGIN, {"username": handler.username, "password": PASSWORD}).status_code == 302
    fail(client, handler.username, signing_in.ACCOUNT_FAILURES - 1)
    assert client.post(LOGIN, {"username": handler.username, "password": PASSWORD}).status_code == 302
    assert SignInFailure.objects.filter(at__gt=past).count() == 0


def age(at: dt.datetime) -> None:
    """Let the failures so far have happened at a moment."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE organisation_signinfailure SET at = %s", [at])


def test_an_address_that_tries_many_accounts_has_to_wait(handler: User) -> None:
    """One address guessing one password at many accounts is locked; another address is not."""
    for number in range(signing_in.ADDRESS_FAILURES):
        assert actions.sign_in(f"arvaus{number}", "x", "203.0.113.5", actor=VISITOR).user is None
    assert actions.sign_in(handler.username, PASSWORD, "203.0.113.5", actor=VISITOR).locked_until is not None
    assert actions.sign_in(handler.username, PASSWORD, "203.0.113.6", actor=VISITOR).user == handler


def test_neither_names_nor_addresses_of_failures_are_stored(client: Client) -> None:
    """A password typed into the wrong field leaves no trace that can be read."""
    fail(client, "salainen-salasanani")
    row = SignInFailure.objects.get()
    assert "salainen" not in f"{row.account_hash}{row.address_hash}"
    assert "127.0.0.1" not in f"{row.account_hash}{row.address_hash}"


@pytest.mark.parametrize(
    ("wanted", "leads"),
    [("/tyo/asiat/?q=a", "/tyo/asiat/?q=a"), ("https://paha.example/", WORK), ("//paha.example", WORK), ("javascript:x", WORK)],
)
def test_after_signing_in_one_goes_where_one_was_going_but_never_elsewhere(client: Client, handler: User, wanted: str, leads: str) -> None:
    """The address to go on to is only ever our own."""
    response = client.post(LOGIN, {"username": handler.username, "password": PASSWORD, "next": wanted})
    assert response.headers["Location"] == leads


def test_signing_out_ends_the_session_and_needs_a_form(client: Client, handler: User) -> None:
    """A link alone signs nobody out; after signing out the work pages ask to sign in."""
    client.force_login(handler)
    assert client.get(LOGOUT).status_code == 405
    assert client.post(LOGOUT).status_code == 302
    assert client.get(WORK).headers["Location"].startswith(LOGIN)
    assert JournalEntry.objects.latest("id").action == "organisation.sign_out"


def test_a_role_that_ends_takes_its_rights_the_same_day(client: Client, handler: User) -> None:
    """Rights are read at each request (TiHL 906/2019 § 16)."""
    client.force_login(handler)
    assert client.get("/tyo/asiat/").status_code == 200
    actions.end_role(RoleAssignment.objects.get(user=handler), on=timezone.localdate() - dt.timedelta(days=1), actor=Machine("test"))
    assert client.get("/tyo/asiat/").status_code == 403


def test_a_new_password_ends_the_sessions_of_the_old_one(client: Client, handler: User) -> None:
    """A session is bound to the password with which it was opened."""
    client.force_login(handler)
    actions.set_password(handler, "uusi hevonen niitti paristo", actor=Machine("test"))
    assert client.get(WORK).status_code == 302


def test_an_account_out_of_use_neither_signs_in_nor_goes_on(client: Client, handler: User) -> None:
    """Taking an account out of use ends its open session at the next request."""
    client.force_login(handler)
    User.objects.filter(pk=handler.pk).update(is_active=False)
    assert client.get(WORK).status_code == 302
    assert actions.sign_in(handler.username, PASSWORD, "::1", actor=VISITOR).user is None


def test_the_address_of_a_visitor_is_believed_only_from_our_own_proxies(rf: object, settings: object) -> None:
    """A header that the visitor wrote does not help to dodge the lockout."""
    request = rf.get("/", HTTP_X_FORWARDED_FOR="6.6.6.6, 203.0.113.9", REMOTE_ADDR="10.0.0.1")  # type: ignore[attr-defined]
    assert signing_in.address_of(request) == "10.0.0.1"
    settings.KIRJAAMO_PROXIES = 1  # type: ignore[attr-defined]
    assert signing_in.address_of(request) == "203.0.113.9"


def created(monkeypatch: pytest.MonkeyPatch, password: str, *words: str) -> int:
    """Run the command `create-user`."""
    parser = argparse.ArgumentParser()
    commands.create_user_arguments(parser)
    monkeypatch.setattr("sys.stdin", io.StringIO(password + "\n"))
    return commands.create_user(parser.parse_args([*words, "--password-stdin"]))


def test_the_command_makes_an_account_that_can_sign_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """The operator makes the first account; a weak password and an unknown unit are refused with the remedy."""
    assert created(monkeypatch, PASSWORD, "Ossi", "--name", "Ossi Operaattori", "--role", "administrator", "--unit", "kirjaamo") == 0
    outcome = actions.sign_in("ossi", PASSWORD, "::1", actor=VISITOR)
    assert outcome.user is not None
    assert outcome.user.may("organisation.manage")
    with pytest.raises(CommandError, match="already"):
        created(monkeypatch, PASSWORD, "OSSI", "--name", "Toinen")
    with pytest.raises(CommandError, match="unit"):
        created(monkeypatch, PASSWORD, "toinen", "--name", "Toinen", "--unit", "eiole")
    with pytest.raises(CommandError):
        created(monkeypatch, "lyhyt", "kolmas", "--name", "Kolmas")
    assert not User.objects.filter(username="kolmas").exists()


def test_demo_accounts_are_made_once_and_cover_every_role() -> None:
    """Every role has someone (a role of one register alone: in that register's own demo), everyone has a unit, a second run adds nobody."""
    first = demo.make_accounts(Machine("demo"))
    assert demo.make_accounts(Machine("demo")) == first
    assert User.objects.filter(username__in=[row[0] for row in first], unit__isnull=False).count() == len(first)
    of_one_register = {role for role in Role if all(right.startswith("student_welfare.") for right in RIGHTS[role])}
    assert {role for row in first for role in row[3]} == set(Role) - of_one_register
    assert actions.sign_in("kaisa", demo.PASSWORD, "::1", actor=VISITOR).user is not None


def test_units_of_a_person_are_their_own_and_those_of_their_roles() -> None:
    """A mixed post sees the work of both units."""
    user = make_user(Role.HANDLER, unit="kirjaamo")
    other = Unit.objects.get(slug="oikeuspalvelut")
    actions.create_user("moni", "Moni", PASSWORD, roles=[Role.HANDLER], unit=other, since=timezone.localdate(), actor=Machine("t"))
    assert user.units() == {user.unit_id}
    assert User.objects.get(username="moni").units() == {other.pk}
