"""Rights hold where they are given: unit, class, register. Confidential cases are read only by those who are tied to them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kirjaamo.cases import actions
from kirjaamo.cases.actions import Plea, break_glass, grant, review_exception
from kirjaamo.cases.models import Case, CaseGrant, GrantLevel, LinkKind
from kirjaamo.cases.need_to_know import may_read, readable_by
from kirjaamo.cases.reading import Asked, list_cases
from kirjaamo.cases.tests import made
from kirjaamo.contract.register import REGISTERS
from kirjaamo.kernel.actions import action
from kirjaamo.kernel.actors import Actor, Machine
from kirjaamo.kernel.errors import NotAllowed, Refused
from kirjaamo.kernel.models import JournalSalt, Purpose, SearchRow, UseEntry
from kirjaamo.notices.models import Notice, NoticeKind
from kirjaamo.organisation.models import RoleAssignment, Unit, User
from kirjaamo.organisation.roles import Role
from kirjaamo.requests.tests.asking import request_of, send
from kirjaamo.testing import SINCE, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("helsinki")]
CHILDREN = "05 02 08"
REASON = "Päivystys: asiakas soitti ja käsittelijä on poissa."
KUVA, KASKO, KYMP = "kulttuurin-ja-vapaa-ajan-toimiala", "kasvatuksen-ja-koulutuksen-toimiala", "kaupunkiympariston-toimiala"


def worker(role: Role = Role.HANDLER, unit: str = KUVA, name: str = "") -> User:
    """Someone whose role holds in their own unit."""
    return make_user(role, unit=unit, name=name, everywhere=False)


def secret(unit: str = KASKO, **facts: Any) -> Case:
    """A case of a confidential class."""
    return made.open_case(CHILDREN, unit=unit, title="Elatusasia", public_title="", stage=None, **facts)


@action("Anna rooli testissä", needs="organisation.manage")
def give(user: User, role: Role, *, actor: Actor, **place: Any) -> None:
    """One more role of a person."""
    del actor
    RoleAssignment.of(user=user, role=role, valid_from=SINCE, **place)


def again(user: User) -> User:
    """The person as the next request reads them."""
    return User.objects.get(pk=user.pk)


def signed_in(user: User) -> Client:
    """A browser of a person."""
    client = Client()
    client.force_login(user)
    return client


# Where a right holds ------------------------------------------------------------------------------------------------------


def test_a_handler_acts_in_their_own_unit_and_those_below_it_only() -> None:
    below, other = made.open_case(unit="tyovaenopisto"), made.open_case(unit=KUVA)
    handler = worker(unit=KASKO)
    actions.take(below, user=handler, actor=handler)
    with pytest.raises(NotAllowed):
        actions.take(other, user=handler, actor=handler)
    page = signed_in(handler)
    assert page.get(f"{other.get_absolute_url()}kirjaa/").status_code == 403
    assert page.get(other.get_absolute_url()).status_code == 200  # what is not confidential may be read
    assert "Ota käsittelyyn" not in page.get(other.get_absolute_url()).content.decode()


def test_a_task_lets_its_doer_act_on_the_case_of_another_unit() -> None:
    case, handler = made.open_case(unit=KUVA), worker(unit=KASKO)
    assert not handler.may("cases.handle", case)
    task = actions.assign(case, kind="other", title={"fi": "Lausu"}, unit=case.unit, user=handler, actor=made.MACHINE)
    assert task is not None
    assert handler.may("cases.handle", case)
    actions.finish(task, outcome="Lausuttu", actor=handler)
    assert not handler.may("cases.handle", case)


def test_a_role_given_for_a_class_holds_in_it_and_below() -> None:
    user = make_user(name="luokka")
    give(user, Role.HANDLER, class_code="07 01", actor=Machine("t"))
    user = again(user)
    assert user.may("cases.handle", made.open_case("07 01 04", unit=KUVA))
    assert not user.may("cases.handle", made.open_case("12 03 01", unit=KUVA))


def test_a_role_ends_with_its_last_day() -> None:
    user, case = make_user(name="päättynyt"), made.open_case()
    give(user, Role.HANDLER, valid_to=timezone.localdate() - dt.timedelta(days=1), actor=Machine("t"))
    assert not again(user).may("cases.handle", case)


def test_a_worker_works_in_the_registers_they_are_given() -> None:
    given, other = REGISTERS["erityisuimakortit"], REGISTERS["hitas"]
    user = worker(Role.REGISTER_WORKER)
    assert not user.may("registers.read", given)
    give(user, Role.REGISTER_WORKER, register=given.slug, actor=Machine("t"))
    user = again(user)
    assert user.may("registers.write", given)
    assert not user.may("registers.read", other)
    page = signed_in(user)
    assert page.get(reverse("register", args=[given.slug])).status_code == 200
    assert page.get(reverse("register", args=[other.slug])).status_code == 403


def test_an_answer_to_a_request_belongs_to_its_unit(client: Client) -> None:
    item = request_of(send(client))
    outsider = worker(unit="oikeuspalvelut")
    page = signed_in(outsider)
    assert page.get(f"/tyo/tietopyynnot/{item.pk}/").status_code == 200
    assert page.get(f"/tyo/tietopyynnot/{item.pk}/ota/").status_code == 403
    insider = make_user(Role.HANDLER, unit=item.case.unit.slug, name="oma", everywhere=False)
    assert signed_in(insider).get(f"/tyo/tietopyynnot/{item.pk}/ota/").status_code == 200


# Need to know ---------------------------------------------------------------------------------------------------------------


def people(case: Case) -> dict[str, User]:
    """One person for each tie to a case, and some without."""
    told = {
        "own unit": worker(unit=KASKO, name="oma"),
        "unit above nobody": worker(unit="kaupunginkanslia", name="kanslia"),
        "other unit": worker(unit=KYMP, name="muu"),
        "everywhere": make_user(Role.HANDLER, unit=KYMP, name="kaikkialla"),
        "officer": worker(Role.DATA_PROTECTION_OFFICER, unit="hallinto-osasto", name="tsv"),
        "administrator": worker(Role.ADMINISTRATOR, unit="kaupunginkanslia", name="pää"),
        "task": worker(unit=KYMP, name="tehtävä"),
        "unit of a task": worker(unit="oikeuspalvelut", name="lakimies"),
        "granted": worker(unit=KYMP, name="lupa"),
        "grant over": worker(unit=KYMP, name="vanha"),
        "class": make_user(unit=KYMP, name="luokka"),
        "other class": make_user(unit=KYMP, name="toinen"),
        "registered": worker(Role.REGISTRAR, unit="kirjaamo", name="kirjaaja"),
        "deputy": worker(unit=KYMP, name="sijainen"),
        "deputy of a task": worker(unit=KYMP, name="tehtävän sijainen"),
        "deputy next week": worker(unit=KYMP, name="tuleva"),
        "deputy before": worker(unit=KYMP, name="entinen"),
    }
    handler, today = worker(unit=KASKO, name="käsittelijä"), timezone.localdate()
    actions.take(case, user=handler, actor=made.MACHINE)
    actions.appoint_deputy(told["deputy"], valid_from=today, valid_to=today, actor=handler)
    week = today + dt.timedelta(days=7)
    actions.appoint_deputy(told["deputy next week"], valid_from=week, valid_to=week, actor=handler)
    actions.end_deputy(actions.appoint_deputy(told["deputy before"], valid_from=today, valid_to=week, actor=handler), actor=handler)
    actions.appoint_deputy(told["deputy of a task"], valid_from=today, valid_to=today, actor=told["task"])
    actions.assign(case, kind="other", title={"fi": "Lausu"}, unit=case.unit, user=told["task"], actor=made.MACHINE)
    actions.assign(case, kind="other", title={"fi": "Lausu"}, unit=Unit.objects.get(slug="oikeuspalvelut"), actor=made.MACHINE)
    soon = timezone.now() + dt.timedelta(hours=1)
    grant(case, told["granted"], level=GrantLevel.READ, reason="Sijaistaa käsittelijää", ends_at=soon, actor=made.MACHINE)
    over = grant(case, told["grant over"], level=GrantLevel.READ, reason="Sijaistaa käsittelijää", ends_at=soon, actor=made.MACHINE)
    actions.end_grant(over, actor=made.MACHINE)
    give(told["class"], Role.HANDLER, class_code="05 02", actor=Machine("t"))
    give(told["other class"], Role.HANDLER, class_code="12", actor=Machine("t"))
    return {name: again(user) for name, user in told.items()}


READERS = {"own unit", "task", "unit of a task", "granted", "class", "deputy", "deputy of a task"}


def test_only_those_who_are_tied_read_a_confidential_case_and_database_and_function_agree() -> None:
    registrar = worker(Role.REGISTRAR, unit="kirjaamo", name="avaaja")
    case = secret(actor=registrar)
    told = people(case) | {"registered": again(registrar)}
    found = {name for name, user in told.items() if user.may("cases.read") and Case.objects.filter(readable_by(user), pk=case.pk).exists()}
    assert found == {name for name, user in told.items() if may_read(case, user)} == READERS
    listed = {name for name, user in told.items() if user.may("cases.read") and list_cases(Asked(), user, timezone.now()).rows}
    assert listed == READERS


def test_a_deputy_of_the_handler_acts_for_them_with_a_trace_and_only_as_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """The confidential case opens to the deputy, whose acts and looks say that they were a deputy's; it shuts with the last day."""
    case, handler, deputy = secret(), worker(unit=KASKO, name="poissa"), worker(unit=KYMP, name="sijainen")
    actions.take(case, user=handler, actor=handler)
    today = timezone.localdate()
    page = signed_in(deputy)
    assert page.get(f"{case.get_absolute_url()}kirjaa/").status_code == 302
    row = actions.appoint_deputy(deputy, valid_from=today, valid_to=today + dt.timedelta(days=2), actor=handler)
    assert Notice.objects.get(user=deputy).kind == NoticeKind.DEPUTY
    assert "Elatusasia" in page.get(case.get_absolute_url()).content.decode()
    assert UseEntry.objects.latest("id").purpose == Purpose.DEPUTY
    actions.record(case, kind="note", label={"fi": "Merkintä"}, note="Soitettu", actor=deputy)
    assert case.events.get(kind="note").note == "Käsittelijän sijaisena\nSoitettu"
    with monkeypatch.context() as later:
        later.setattr("kirjaamo.cases.models.case.timezone.localdate", lambda: today + dt.timedelta(days=3))
        assert not again(deputy).may("cases.handle", case)
    actions.end_deputy(row, actor=handler)
    assert page.get(f"{case.get_absolute_url()}kirjaa/").status_code == 302
    row.refresh_from_db()
    assert row.ended_at is not None


def test_whoever_registered_it_loses_it_when_it_is_taken() -> None:
    registrar, handler = worker(Role.REGISTRAR, unit="kirjaamo", name="avaaja"), worker(unit=KASKO)
    case = secret(actor=registrar)
    assert may_read(case, registrar)
    assert Case.objects.filter(readable_by(registrar), pk=case.pk).exists()
    actions.take(case, user=handler, actor=handler)
    assert not may_read(case, registrar)
    assert not Case.objects.filter(readable_by(registrar), pk=case.pk).exists()


def test_every_door_of_a_confidential_case_is_shut_to_others_and_leads_to_telling_why() -> None:
    case, other = secret(), worker(unit=KYMP)
    page = signed_in(other)
    door = f"{case.get_absolute_url()}poikkeuslupa/"
    for way in ("", "kirjaa/", "asiakirja/", "tehtava/", "paata/", "oikeudet/"):
        response = page.get(f"{case.get_absolute_url()}{way}")
        assert (response.status_code, response.headers.get("Location")) == (302, door), way
    assert page.get(door).status_code == 403
    assert "Elatusasia" not in page.get(door).content.decode()
    for address in (reverse("cases"), f"{reverse('cases')}?q=elatusasia", f"{reverse('cases')}?q={case.identifier}", reverse("work")):
        assert "Elatusasia" not in page.get(address, follow=True).content.decode(), address
    assert SearchRow.objects.get(source="cases", key=case.identifier).needs == "cases.confidential"


def test_a_page_asks_once_what_ties_its_reader_to_the_case_and_offers_what_the_tie_gives() -> None:
    case, other = made.open_case(unit=KASKO), worker(unit=KYMP, name="muu")
    page, act = signed_in(other), f"{case.get_absolute_url()}kirjaa/"
    page.get(case.get_absolute_url())
    with CaptureQueriesContext(connection) as told:
        assert act not in page.get(case.get_absolute_url()).content.decode()
    assert sum("cases_casegrant" in query["sql"] for query in told) == 1
    soon = timezone.now() + dt.timedelta(days=1)
    grant(case, other, level=GrantLevel.HANDLE, reason="Sijaistaa käsittelijää", ends_at=soon, actor=made.MACHINE)
    assert act in page.get(case.get_absolute_url()).content.decode()


def test_a_link_to_a_confidential_case_is_shown_only_to_those_who_are_tied_to_that_case() -> None:
    plain, case = made.open_case(unit=KYMP, title="Katusuunnitelma"), secret()
    actions.link(plain, case, kind=LinkKind.AFFECTS, reason="", actor=Machine("t"))
    for person, sees in ((worker(unit=KYMP, name="muu"), False), (worker(unit=KASKO, name="oma"), True)):
        shown = signed_in(person).get(plain.get_absolute_url()).content.decode()
        assert ("Elatusasia" in shown, f'href="{case.get_absolute_url()}"' in shown) == (sees, sees)


def test_break_glass_opens_for_reading_is_told_of_and_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    case, other, officer = secret(), worker(unit=KYMP), worker(Role.DATA_PROTECTION_OFFICER, unit="hallinto-osasto")
    page = signed_in(other)
    door = f"{case.get_absolute_url()}poikkeuslupa/"
    assert page.post(door, {"reason": "koska"}).status_code == 422
    assert page.post(door, {"reason": REASON}).headers["Location"] == case.get_absolute_url()
    shown = page.get(case.get_absolute_url()).content.decode()
    assert "Elatusasia" in shown
    assert f"{case.get_absolute_url()}seuraava/" not in shown  # no act is offered that would be refused
    assert "Salassa pidettävää luokkaa" in shown
    assert UseEntry.objects.latest("id").purpose == Purpose.EXCEPTION
    assert page.get(f"{case.get_absolute_url()}kirjaa/").status_code == 403  # reading and nothing more
    assert Notice.objects.get(user=officer).kind == NoticeKind.BREAK_GLASS
    assert JournalSalt.objects.filter(reason=REASON, entry__actor=other.actor_ref).exists()
    assert case.events.filter(kind="exception", actor=other.actor_ref).exists()
    later = timezone.now() + dt.timedelta(hours=9)
    monkeypatch.setattr("kirjaamo.cases.models.case.timezone.now", lambda: later)
    assert not may_read(case, again(other))


def test_an_exception_is_reviewed_by_the_officer_and_by_nobody_else() -> None:
    case, other, officer = secret(), worker(unit=KYMP), worker(Role.DATA_PROTECTION_OFFICER, unit="hallinto-osasto")
    taken = break_glass(Plea(case, REASON), actor=other)
    with pytest.raises(NotAllowed):
        review_exception(taken, "Aiheellinen", actor=other)
    assert review_exception(taken, "Aiheellinen", actor=officer).reviewed_by == officer.actor_ref


def test_a_visitor_cannot_break_the_glass() -> None:
    case = secret()
    assert Client().post(f"{case.get_absolute_url()}poikkeuslupa/", {"reason": REASON}).status_code == 302
    with pytest.raises(NotAllowed):
        break_glass(Plea(case, REASON), actor=make_user(name="rooliton"))
    assert not CaseGrant.objects.exists()


def test_a_grant_lets_in_for_what_it_says_until_it_ends() -> None:
    case, other, handler = secret(), worker(unit=KYMP, name="muu"), worker(unit=KASKO, name="oma")
    page = signed_in(handler)
    told = {"user": other.pk, "level": "handle", "ends_on": "31.12.2030", "reason": "Sijaistaa loman ajan"}
    assert page.post(f"{case.get_absolute_url()}oikeudet/", told).status_code == 302
    assert other.may("cases.handle", case)
    given = CaseGrant.objects.get()
    assert page.post(f"{case.get_absolute_url()}oikeudet/{given.pk}/").status_code == 302
    assert not other.may("cases.handle", case)
    with pytest.raises(Refused):
        grant(case, other, level=GrantLevel.READ, reason=REASON, ends_at=timezone.now(), actor=handler)


def test_a_class_that_is_marked_shuts_its_open_cases_too() -> None:
    case, other = made.open_case("12 03 01", unit=KASKO), worker(unit=KYMP)
    assert may_read(case, other)
    actions.mark_class("12 03", source="testi", since=timezone.localdate(), actor=Machine("t"))
    case.refresh_from_db()
    assert not may_read(case, other)
    assert made.open_case("12 03 01", unit=KASKO).confidential
