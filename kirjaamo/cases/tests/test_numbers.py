"""Every number of a series is a case's or void with its reason; none is given again, and none is missing."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from kirjaamo.cases import actions, numbers
from kirjaamo.cases.models import Case, CaseState, ClosingGround, NumberSeries, VoidNumber, WebLevel
from kirjaamo.cases.tests import made
from kirjaamo.kernel.errors import NotAllowed, Refused
from kirjaamo.organisation.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("helsinki")]
WHY = "Sama viesti kirjattiin kahdesti"


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_mistaken_registration_is_made_void_with_its_reason_and_its_number_is_never_given_again(registrar: User) -> None:
    """By its page: the case ends void, leaves the web, cannot be opened again, and the next case gets the next number."""
    first, mistaken = made.open_case(), made.open_case()
    page = browser(registrar)
    address = f"{mistaken.get_absolute_url()}mitatoi/"
    assert "Mitätöi kirjaus" in page.get(mistaken.get_absolute_url()).content.decode()
    assert page.post(address, {"reason": " "}).status_code == 422
    assert page.post(address, {"reason": WHY}).status_code == 302
    mistaken.refresh_from_db()
    assert (mistaken.state, mistaken.closing_ground, mistaken.web) == (CaseState.CLOSED, ClosingGround.VOID, WebLevel.NONE)
    assert WHY in mistaken.events.get(kind="voided").note
    with pytest.raises(Refused, match="Mitätöityä"):
        actions.reopen(mistaken, reason="Sittenkin", actor=made.MACHINE)
    assert made.open_case().number == mistaken.number + 1 == first.number + 2
    assert Client().get(mistaken.get_public_url()).status_code == 404


def test_the_account_tells_of_every_number_on_the_page_and_in_the_file(registrar: User) -> None:
    made.open_case()
    actions.void_case(made.open_case(), reason=WHY, actor=registrar)
    (account,) = numbers.accounts()
    assert (account.last, account.used, account.void, account.missing) == (2, 1, 1, 0)
    page = browser(registrar).get("/tyo/numerot/").content.decode()
    assert WHY in page
    assert "Täsmää" in page
    exported = browser(registrar).get(f"/tyo/numerot/tili.csv?sarja={account.key}")
    lines = b"".join(exported.streaming_content).decode().splitlines()  # type: ignore[attr-defined]
    assert len(lines) == 3
    assert "Mitätöity" in lines[2]
    assert WHY in lines[2]
    assert "Meluaita" not in "".join(lines)


def test_what_has_documents_or_an_end_is_not_void(handler: User, registrar: User) -> None:
    """A document is first put where it belongs; a resolved or ended case was no mistake."""
    case = made.open_case()
    made.add_document(case, made.draft(), handler)
    with pytest.raises(Refused, match="asiakirjoja"):
        actions.void_case(case, reason=WHY, actor=registrar)
    ended = made.open_case()
    actions.close(ended, ground=ClosingGround.WITHDRAWN, actor=made.MACHINE)
    with pytest.raises(Refused, match="päättynyt"):
        actions.void_case(ended, reason=WHY, actor=registrar)
    with pytest.raises(NotAllowed):
        actions.void_case(made.open_case(), reason=WHY, actor=handler)
    assert not VoidNumber.objects.exists()


def test_a_missing_number_is_seen_and_accounted_for(registrar: User) -> None:
    """A number that went past the program, as in data of an older system, shows until someone tells why no case has it."""
    case = made.open_case()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_numberseries SET last = last + 1")
    (account,) = numbers.accounts()
    assert (account.missing, numbers.missing_of(account.series)) == (1, [case.number + 1])
    page = browser(registrar)
    assert "Numeroita puuttuu" in page.get("/tyo/numerot/").content.decode()
    told = {"number": case.number, "reason": WHY}
    assert "Numerolla on asia" in page.post(f"/tyo/numerot/?sarja={account.key}", told).content.decode()
    assert page.post(f"/tyo/numerot/?sarja={account.key}", told | {"number": case.number + 1}).status_code == 302
    (account,) = numbers.accounts()
    assert (account.used, account.void, account.missing) == (1, 1, 0)
    series = NumberSeries.objects.get()
    for number in (0, case.number + 1, 900):
        with pytest.raises(Refused):
            actions.void_number(series, number, reason=WHY, actor=registrar)


@pytest.mark.parametrize(
    "sql", ["UPDATE cases_voidnumber SET reason = 'x'", "DELETE FROM cases_voidnumber", "UPDATE cases_numberseries SET last = 0"]
)
def test_the_database_keeps_the_account(registrar: User, sql: str) -> None:
    actions.void_case(made.open_case(), reason=WHY, actor=registrar)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert Case.objects.get().void_number.reason == WHY
