"""The data protection officer's door: what was opened by break-glass, and the search of the use log."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from kirjaamo.cases.actions import Plea, break_glass, review_exception
from kirjaamo.cases.models import CaseGrant
from kirjaamo.cases.tests import made
from kirjaamo.kernel.actors import Machine
from kirjaamo.kernel.errors import Refused
from kirjaamo.kernel.models import UseEntry
from kirjaamo.kernel.use_log import Purpose, Use, UseVerb, note
from kirjaamo.notices.models import Notice
from kirjaamo.organisation import oversight
from kirjaamo.organisation.actions import give_role
from kirjaamo.organisation.models import User
from kirjaamo.organisation.roles import Role
from kirjaamo.testing import SINCE, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("helsinki")]
CLASS, UNIT, REASON = "05 02 08", "kasvatuksen-ja-koulutuksen-toimiala", "Kiireellinen puhelu asiakkaalta"
SEARCH, FOUND, EXCEPTIONS = "/tyo/kayttoloki/", "/tyo/kayttoloki/osumat/", "/tyo/kayttoloki/poikkeusluvat/"


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def officer() -> User:
    """The data protection officer."""
    return make_user(Role.DATA_PROTECTION_OFFICER)


@pytest.fixture
def taken(officer: User) -> CaseGrant:
    """A case that someone opened by break-glass."""
    del officer  # who is told of it is there first
    case = made.open_case(CLASS, unit=UNIT, title="Elatusapu", public_title="", stage=None)
    return break_glass(Plea(case, REASON), actor=make_user(Role.HANDLER, name="tuija", unit="kaupunkiympariston-toimiala"))


def test_the_notice_leads_to_the_opening_and_its_review_is_written_down(officer: User, taken: CaseGrant) -> None:
    client = client_of(officer)
    notice = Notice.objects.get(user=officer)
    page = client.get(notice.get_absolute_url(), follow=True).content.decode()
    assert all(text in page for text in (taken.case.identifier, "Tuija", REASON))
    assert "Elatusapu" not in page
    address = f"{EXCEPTIONS}{taken.pk}/"
    assert client.post(address, {"verdict": ""}).status_code == 422
    assert client.post(address, {"verdict": "Peruste oli."}).headers["Location"] == EXCEPTIONS
    assert taken.case.identifier not in client.get(EXCEPTIONS).content.decode()
    assert taken.case.identifier in client.get(f"{EXCEPTIONS}?kaikki=1").content.decode()
    assert "Peruste oli." in client.get(address).content.decode()


def test_a_review_is_made_once_and_by_another(officer: User, taken: CaseGrant) -> None:
    give_role(taken.user, Role.DATA_PROTECTION_OFFICER, since=SINCE, actor=Machine("test"))
    with pytest.raises(Refused, match="omaa"):
        review_exception(taken, "Hyvä.", actor=User.objects.get(pk=taken.user.pk))
    review_exception(taken, "Hyvä.", actor=officer)
    with pytest.raises(Refused, match="jo tarkastettu"):
        review_exception(taken, "Toinen.", actor=officer)


def test_the_log_is_found_by_who_what_and_when_and_the_search_is_noted_with_its_reason(officer: User, handler: User) -> None:
    note(Use(UseVerb.VIEW, "cases", Purpose.HANDLING, about="HEL 2026-000001", place="case"), actor=handler)
    note(Use(UseVerb.VIEW, "cases", Purpose.HANDLING, about="HEL 2026-000002", place="case"), actor=officer)
    client, today = client_of(officer), timezone.localdate().strftime("%d.%m.%Y")
    asked = {"person": handler.username, "about": "", "first": today, "last": today, "reason": "Asukkaan selvityspyyntö"}
    assert client.post(SEARCH, asked).headers["Location"] == FOUND
    page = client.get(FOUND).content.decode()
    assert "HEL 2026-000001" in page
    assert handler.name in page
    assert "HEL 2026-000002" not in page
    noted = UseEntry.objects.get(verb=UseVerb.LOG)
    assert (noted.actor, noted.reason) == (officer.actor_ref, "Asukkaan selvityspyyntö")
    client.post(SEARCH, {"about": "HEL 2026-000002", "reason": "Asukkaan selvityspyyntö"})
    assert "HEL 2026-000001" not in client.get(FOUND).content.decode()


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"person": "ei-ole", "reason": "Asukkaan selvityspyyntö"}, "Tällaista käyttäjää ei ole"),
        ({"about": "HEL 2026-000001", "reason": "siksi"}, "Kerro syy niin"),
        ({"reason": "Asukkaan selvityspyyntö"}, "Anna ainakin yksi hakuehto"),
        ({"first": "2.1.2026", "last": "1.1.2026", "reason": "Asukkaan selvityspyyntö"}, "ennen ensimmäistä"),
    ],
)
def test_a_search_that_cannot_be_made_says_why_and_finds_nothing(officer: User, asked: dict[str, str], sentence: str) -> None:
    client = client_of(officer)
    page = client.post(SEARCH, asked)
    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert client.get(FOUND).headers["Location"] == SEARCH


def test_the_log_comes_a_page_at_a_time(officer: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(oversight, "PAGE", 2)
    for number in range(3):
        note(Use(UseVerb.VIEW, "cases", Purpose.OTHER, about=f"HEL 2026-00000{number}"), actor=officer)
    criteria = oversight.Criteria("Asukkaan selvityspyyntö", actor=officer.actor_ref)
    first = oversight.page_of(criteria, None, actor=officer)[:2]
    (second, *_rest) = oversight.page_of(criteria, first[-1].pk, actor=officer)
    assert [one.about for one in (*first, second)] == [f"HEL 2026-00000{number}" for number in (2, 1, 0)]


@pytest.mark.parametrize("address", [SEARCH, FOUND, EXCEPTIONS])
def test_nobody_else_looks_into_the_log(handler: User, address: str) -> None:
    assert client_of(handler).get(address).status_code == 403
