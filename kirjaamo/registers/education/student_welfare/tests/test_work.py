"""The day of a worker: appointments and follow-up, guardians, the log that the student gets, what waits for the responsible person."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kirjaamo.contract.actions import change
from kirjaamo.kernel.facts import facts_of
from kirjaamo.organisation.models import User
from kirjaamo.organisation.roles import Role
from kirjaamo.registers.education.student_welfare import actions
from kirjaamo.registers.education.student_welfare import models as tables
from kirjaamo.registers.education.student_welfare.choices import (
    GivenBy,
    Level,
    MeetingKind,
    MeetingState,
    Profession,
    Purpose,
    Recipient,
    StatementKind,
)  # fmt: skip
from kirjaamo.registers.education.student_welfare.tests import made
from kirjaamo.ui import wording

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("helsinki")]
SLUG, GROUP = "opiskeluhuolto-kuraattorit", "opiskeluhuoltorekisteri"
TODAY = timezone.localdate()


@pytest.fixture
def curator() -> User:
    made.made_days()
    return made.worker(Role.SCHOOL_SOCIAL_WORKER, "kuraattori")


@pytest.fixture
def row(curator: User) -> tables.SocialClient:
    found = made.social_client(curator)
    made.write(found, curator)
    found.refresh_from_db()
    return found


def page(user: User, address: str) -> str:
    client = Client()
    client.force_login(user)
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode().replace("\u00ad", "")


def test_a_held_first_talk_stops_the_clock_of_its_contact(row: tables.SocialClient, curator: User) -> None:
    contact = row.contacts.get()
    actions.give_appointment(contact, TODAY, "0.00", "Kuraattorin huone", actor=curator)
    start = page(curator, reverse("register", args=[SLUG]))
    assert "Sovitut ajat" in start
    assert "Kuraattorin huone" in start
    actions.settle_meeting(tables.SocialAppointment.objects.get(), MeetingState.HELD, actor=curator)
    contact.refresh_from_db()
    assert contact.met_on == TODAY


def test_a_new_time_takes_the_place_of_the_one_before(row: tables.SocialClient, curator: User) -> None:
    for typed in ("9", "klo 13:15"):
        actions.give_appointment(row.contacts.get(), TODAY, typed, actor=curator)
    states = list(tables.SocialAppointment.objects.order_by("pk").values_list("state", flat=True))
    assert states == ["cancelled", "agreed"]
    at = timezone.localtime(tables.SocialAppointment.objects.latest("pk").at)
    assert (at.hour, at.minute) == (13, 15)


def test_a_time_after_the_last_day_is_told_on_the_contact(row: tables.SocialClient, curator: User) -> None:
    contact = row.contacts.get()
    late = contact.due_on + dt.timedelta(days=3)
    actions.give_appointment(contact, late, "9", actor=curator)
    assert f"{wording.day(late)} on määräpäivän jälkeen" in page(curator, contact.get_absolute_url())


def test_the_assessment_of_a_bar_opens_for_who_has_a_relation_and_each_opening_is_logged(row: tables.SocialClient, curator: User) -> None:
    assessment = "16-vuotias ymmärtää kiellon; painava syy on kotona."
    bar = actions.bar_guardian(row, TODAY, "Kuraattori Malli", assessment, actor=curator)
    here = reverse("welfare-assessment", args=[SLUG, bar.pk])
    told = page(curator, bar.get_absolute_url())
    assert here in told
    assert assessment not in told
    assert assessment in page(curator, here)
    assert row.uses.get().what == "Kielto antaa tietoja huoltajalle"
    for role in (Role.SCHOOL_PSYCHOLOGIST, Role.SCHOOL_SOCIAL_WORKER, Role.STUDENT_WELFARE_LEAD, Role.ADMINISTRATOR):
        client = Client(raise_request_exception=False)
        client.force_login(made.worker(role, f"muu-{role.value}"))
        answer = client.get(here)
        assert answer.status_code in {403, 404}
        assert "painava" not in answer.content.decode()


def test_the_log_tells_the_student_who_read_and_to_whom_data_was_given(row: tables.SocialClient, curator: User) -> None:
    """703/2023 § 11: who has used it, to whom it was given and on which ground, of two years."""
    actions.open_story(row, actor=curator)
    actions.disclose(row, Recipient.STUDENT, made.NAME, "kertomus", actor=curator)
    told = page(curator, reverse("welfare-log", args=[SLUG, row.pk]) + "?opiskelijalle")
    assert [one for one in (curator.name, made.NAME, "JulkL 621/1999 12 §", "kahdelta vuodelta") if one not in told] == []
    assert row.uses.order_by("pk")[0].retention_due == TODAY.replace(year=TODAY.year + 12)


def test_the_log_of_a_group_names_no_member_to_the_student(curator: User) -> None:
    """The student welfare register of the education provider is under no such act."""
    group = made.group_client(curator)
    actions.open_story(group, actor=curator)
    here = reverse("welfare-log", args=[GROUP, group.pk])
    header = curator.name  # stands in the head of every page of the one who is signed in
    assert page(curator, here).count(header) == page(curator, f"{here}?opiskelijalle").count(header) + 1


def test_a_withdrawn_consent_closes_the_report_at_once(curator: User) -> None:
    """Not at the end of the day: the student's will is what opens it (§ 14 and 19)."""
    group = made.group_client(curator)
    made.write(group, curator)
    principal = made.worker(Role.STUDENT_WELFARE_MEMBER, "rehtori")
    given = actions.consent(group, StatementKind.GROUP_CONSENT, GivenBy.STUDENT, TODAY, "Rehtori Malli", actor=curator)
    assert isinstance(given, tables.GroupStatement)
    actions.add_member(given, "Rehtori Malli", Profession.PRINCIPAL, principal.username, actor=curator)
    story = reverse("welfare-story", args=[GROUP, group.pk])
    assert made.SECRET in page(principal, story)
    actions.withdraw(given, TODAY, actor=curator)
    client = Client()
    client.force_login(principal)
    assert client.get(story).status_code == 404
    assert made.NAME not in page(principal, reverse("register", args=[GROUP]))


def test_a_pre_primary_childs_group_rests_on_the_guardians_consent(curator: User) -> None:
    code, told = made.code(made.born(6)), {"name": "Pieni Oppilas", "school": "Mallila"}
    group = actions.convene(
        TODAY,
        code,
        **told,
        level=Level.PRE_PRIMARY,
        profession=Profession.SOCIAL_WORKER,
        consent_on=TODAY,
        given_by=GivenBy.GUARDIAN,
        assessed_by="Psykologi",
        assessment="6-vuotias ei ymmärrä merkitystä.",
        actor=curator,
    )
    given = group.statements.get()
    assert (given.given_by, given.assessed_by) == ("guardian", "Psykologi")
    assert given.assessment.reveal() == "6-vuotias ei ymmärrä merkitystä."


def test_a_client_whose_worker_leaves_waits_for_another(row: tables.SocialClient, curator: User) -> None:
    colleague = made.worker(Role.SCHOOL_SOCIAL_WORKER, "kollega")
    actions.end_relation(row.relations.get(), TODAY, actor=curator)
    row.refresh_from_db()
    assert (row.state, row.worker_name) == ("waiting", "")
    actions.take(row, Profession.SOCIAL_WORKER, actor=colleague)
    row.refresh_from_db()
    assert (row.state, row.worker_name) == ("open", colleague.name)


def test_the_responsible_person_sees_open_clients_whom_nobody_has(row: tables.SocialClient, curator: User) -> None:
    lead = made.worker(Role.STUDENT_WELFARE_LEAD, "vastuu")
    relation = row.relations.get()
    start = reverse("register", args=[SLUG])
    heading = "Avoimet asiakkaat, joilla ei ole työntekijää"
    assert heading not in page(curator, start)
    assert row.number not in page(lead, start).split(heading)[-1].split("</section>")[0]
    with connection.cursor() as cursor:  # its last day was yesterday
        cursor.execute(
            "UPDATE student_welfare_socialrelation SET valid_from = current_date - 9, valid_to = current_date - 1 WHERE id = %s",
            [relation.pk],
        )
    assert row.number in page(lead, start).split(heading)[1].split("<h2")[0]
    del curator


def test_a_waiting_client_given_to_a_worker_is_open(curator: User) -> None:
    lead = made.worker(Role.STUDENT_WELFARE_LEAD, "vastuu")
    waiting = made.social_client(curator, number=909, name="Toinen Oppilas", take=False)
    given = actions.give_relation(waiting, curator.username, Profession.SOCIAL_WORKER, Purpose.CARE, None, "jaettu", actor=lead)
    assert (given.state, given.worker_name) == ("open", curator.name)


def test_the_end_of_the_recorded_school_days_is_told_in_time(curator: User) -> None:
    """Without school days no contact can be taken; the start page says so before they run out."""
    assert "Kirjaa seuraava lukukausi" not in page(curator, reverse("register", args=[SLUG]))
    term = tables.SchoolDays.objects.get(kind="term")
    ends = TODAY + dt.timedelta(days=20)
    change(term, {"days": DateRange(term.days.lower, ends)}, version=term.version, actor=made.CLERK)
    told = page(curator, reverse("register", args=[SLUG]))
    assert wording.day(ends - dt.timedelta(days=1)) in told
    assert "Kirjaa seuraava lukukausi" in told


def test_client_data_of_care_is_secret_for_good_and_the_education_providers_is_not_said_to_be() -> None:
    told = ((tables.SocialNote, True), (tables.PsychologyClient, True), (tables.SocialAppointment, True), (tables.GroupReport, False))
    for model, care in told:
        grounds = [facts_of(field).grounds for field in model._meta.local_fields if getattr(field, "facts", None)]
        assert grounds
        assert all(("703-2023-4-1" in one) is care for one in grounds)


def test_a_follow_up_stands_on_the_start_page_until_it_is_told_of(row: tables.SocialClient, curator: User) -> None:
    meeting = actions.plan_meeting(row, TODAY, "00.00", MeetingKind.FOLLOW_UP, "Verkossa", actor=curator)
    start = page(curator, reverse("register", args=[SLUG]))
    assert "Kirjaa, mitä ajasta tuli" in start
    actions.settle_meeting(meeting, MeetingState.MISSED, actor=curator)
    assert "Verkossa" not in page(curator, reverse("register", args=[SLUG]))
