"""Worklists: whose work stands where, by whom it is done while someone is away, paged by keys, in few statements."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kirjaamo.cases import actions
from kirjaamo.cases.models import EnquiryKind
from kirjaamo.cases.tests import made
from kirjaamo.cases.worklists import AWAITED, FREE, MINE, PAGE, UNIT, first_rows, page_of
from kirjaamo.documents.models import Way
from kirjaamo.organisation.models import User
from kirjaamo.organisation.roles import Role
from kirjaamo.testing import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("helsinki")]
UNIT_SLUG = "kulttuurin-ja-vapaa-ajan-toimiala"


def titles(name: str, user: User) -> list[str]:
    """The titles of the rows of a list."""
    return [
        str(row["title"]["fi"] if isinstance(row["title"], dict) else row["title"]) for row in page_of(name, user, today(), "", "").rows
    ]


def today() -> dt.date:
    """The day."""
    return timezone.localdate()


def test_a_deputy_sees_the_work_of_who_is_away_and_only_then(handler: User) -> None:
    """From the first to the last day of the time the tasks and cases of the one are in the list of the other."""
    other = make_user(Role.HANDLER, unit="oikeuspalvelut", name="sijainen")
    case = made.open_case(unit=UNIT_SLUG, handler=handler)
    actions.assign(case, kind="other", title={"fi": "Poissaolevan tehtävä"}, unit=case.unit, user=handler, actor=handler)
    assert titles(MINE, other) == []
    actions.appoint_deputy(other, valid_from=today(), valid_to=today() + dt.timedelta(days=2), actor=handler)
    assert titles(MINE, other) == ["Poissaolevan tehtävä"]
    after = today() + dt.timedelta(days=3)
    assert page_of(MINE, other, after, "", "").rows == []


def test_a_request_waits_in_its_own_list_until_its_day_has_passed(handler: User) -> None:
    """What others have to answer is not my work before the day is over; then it is."""
    case = made.open_case(unit=UNIT_SLUG, handler=handler)
    due = today() + dt.timedelta(days=5)
    question = actions.Question(EnquiryKind.SUPPLEMENT, "Lisää", due, Way.POST, case.parties.get())
    actions.enquire(case, question, actor=handler, key=uuid.uuid4())
    assert (titles(AWAITED, handler), titles(MINE, handler)) == (["Täydennyspyyntö"], [])
    late = due + dt.timedelta(days=1)
    assert [len(page_of(name, handler, late, "", "").rows) for name in (AWAITED, MINE)] == [0, 1]


def test_a_list_is_walked_once_in_both_directions(handler: User) -> None:
    """Pages by keys give every row once, what has no due day last, also backwards."""
    case = made.open_case(unit=UNIT_SLUG)
    for number in range(2 * PAGE + 5):
        due = today() + dt.timedelta(days=number % 7) if number % 3 else None
        actions.assign(case, kind="other", title={"fi": f"Tehtävä {number}"}, unit=case.unit, due_on=due, actor=handler)
    seen, after = [], ""
    while True:
        found = page_of(UNIT, handler, today(), after, "")
        seen += [row["id"] for row in found.rows]
        if not found.after:
            break
        after = found.after
    assert len(seen) == len(set(seen)) == 2 * PAGE + 5
    back = page_of(UNIT, handler, today(), "", found.before)
    assert [row["id"] for row in back.rows] == seen[PAGE : 2 * PAGE]
    assert page_of(UNIT, handler, today(), "nonsense~x", "").rows[0]["id"] == seen[0]


def test_every_list_has_its_page_and_keeps_to_its_statements(handler: User) -> None:
    """The start page takes two statements for all lists, a page of one list takes one, beside those of the session."""
    for number in range(4):
        case = made.open_case(unit=UNIT_SLUG, title=f"Asia {number}", due_on=today())
        actions.assign(case, kind="other", title={"fi": "Selvitä"}, unit=case.unit, actor=handler)
    client = Client()
    client.force_login(handler)
    for url, most in {
        "/tyo/": 4,
        **{f"/tyo/lista/{name}/": 3 for name in ("omat", "yksikon", "vastaukset", "maarapaivat", "odottavat")},
    }.items():
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200, url
        assert len(queries) <= most, f"{url}: {len(queries)}"
    assert client.get("/tyo/lista/muu/").status_code == 404
    assert {name: len(rows) for name, rows in first_rows(handler, today(), 20).items()}[FREE] == 4


def test_a_part_in_another_division_is_its_work_and_not_the_handlers(handler: User) -> None:
    """Who handles the case does not see the other division's part among own tasks; the division does."""
    lawyer = make_user(Role.HANDLER, unit="oikeuspalvelut", name="lakimies")
    case = made.open_case(unit=UNIT_SLUG, handler=handler)
    unit = lawyer.unit
    assert unit is not None
    actions.divide(case, unit=unit, what="Sopimuksen tarkistus", due_on=None, key=uuid.uuid4(), actor=handler)
    assert (titles(MINE, handler), titles(UNIT, lawyer)) == ([], ["Sopimuksen tarkistus"])
