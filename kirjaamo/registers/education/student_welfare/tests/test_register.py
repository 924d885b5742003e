"""The three registers: the contract of each, and from the contact to the closing, the bar, the disclosure and the request."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kirjaamo.contract.actions import create
from kirjaamo.contract.importing import actions as imports
from kirjaamo.contract.record import Record
from kirjaamo.contract.register import REGISTERS, Register
from kirjaamo.contract.testing import RegisterTestCase
from kirjaamo.kernel.actors import VISITOR
from kirjaamo.kernel.errors import BadInput, NotAllowed, OutOfOrder, Refused
from kirjaamo.mechanisms.dated import RowKnown
from kirjaamo.organisation.models import User
from kirjaamo.organisation.roles import Role
from kirjaamo.registers.education.student_welfare import actions
from kirjaamo.registers.education.student_welfare import models as tables
from kirjaamo.registers.education.student_welfare.bases import ClientBase
from kirjaamo.registers.education.student_welfare.calendar import talk_by
from kirjaamo.registers.education.student_welfare.choices import (
    ClosingReason,
    DayKind,
    GivenBy,
    Holding,
    NoteKind,
    Profession,
    Purpose,
    Recipient,
    StatementKind,
)
from kirjaamo.registers.education.student_welfare.report import school_ratios
from kirjaamo.registers.education.student_welfare.tests import made
from kirjaamo.requests import actions as requests
from kirjaamo.requests.arrivals import NewRequest
from kirjaamo.requests.models import InformationRequest, RequestKind
from kirjaamo.requests.plan import find_entry, searches
from kirjaamo.subjects.models import Subject
from kirjaamo.testing import make_user
from kirjaamo.ui import wording
from kirjaamo.values.clock import HELSINKI

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("helsinki")]
SLUG = "opiskeluhuolto-kuraattorit"


class Contract(RegisterTestCase):
    """The contract for a register that opens to its own worker with a relation."""

    __test__ = False
    role: ClassVar[Role]

    def client(self, *roles: Role) -> Client:
        """The worker of this register; other roles as they are."""
        client = Client()
        client.force_login(self.worker() if roles == (Role.REGISTER_WORKER,) else make_user(*roles, unit=made.UNIT))
        return client

    def secret_texts(self, row: Record) -> list[str]:
        """Without today's date: the example begins today, and every page prints the day in its head."""
        return [text for text in super().secret_texts(row) if text != wording.day(timezone.localdate())]

    def test_the_api_tells_a_reader_what_the_page_tells_and_sorts_and_pages_it(self) -> None:
        """Programs are given no row of a confidential register, not even by the token of its worker."""
        row = self.example()
        caller = Caller(self.worker())
        for model in self.register.models:
            if any(field.name in {"client", "student"} for field in model._meta.concrete_fields):
                assert not self.register.rows(model, caller).exists()
        assert not self.register.sees(row, caller)

    def worker(self) -> User:
        """The one worker of the tests."""
        return User.objects.filter(name="Kurki-Kuusama").first() or make_user(self.role, unit=made.UNIT, name="kurki-kuusama")


class TestSocialWork(Contract):
    """School social workers."""

    __test__ = True
    register: ClassVar[Register] = REGISTERS[SLUG]
    role = Role.SCHOOL_SOCIAL_WORKER

    def example(self) -> tables.SocialClient:
        """A client with an entry."""
        made.made_days()
        row = made.social_client(self.worker())
        made.write(row, self.worker())
        row.refresh_from_db()
        return row


class TestPsychology(Contract):
    """Psychologists."""

    __test__ = True
    register: ClassVar[Register] = REGISTERS["opiskeluhuolto-psykologit"]
    role = Role.SCHOOL_PSYCHOLOGIST

    def example(self) -> tables.PsychologyClient:
        """A client with an entry."""
        made.made_days()
        row = made.psychology_client(self.worker())
        made.write(row, self.worker())
        row.refresh_from_db()
        return row


class TestGroup(Contract):
    """Groups."""

    __test__ = True
    register: ClassVar[Register] = REGISTERS["opiskeluhuoltorekisteri"]
    role = Role.STUDENT_WELFARE_MEMBER

    def example(self) -> tables.GroupClient:
        """A group with an entry."""
        row = made.group_client(self.worker())
        made.write(row, self.worker())
        row.refresh_from_db()
        return row


class Caller:
    """An account as a token presents it: its rights, and not itself."""

    def __init__(self, user: User) -> None:
        self.user, self.pk = user, user.pk

    @property
    def actor_ref(self) -> str:
        return self.user.actor_ref

    def may(self, need: str, on: object | None = None) -> bool:
        return self.user.may(need, on)


@pytest.fixture
def curator() -> User:
    return made.worker(Role.SCHOOL_SOCIAL_WORKER, "kuraattori")


@pytest.fixture
def row(curator: User) -> tables.SocialClient:
    made.made_days()
    found = made.social_client(curator)
    made.write(found, curator)
    found.refresh_from_db()
    return found


def bar(row: ClientBase, by: User) -> None:
    actions.bar_guardian(row, timezone.localdate(), "Kuraattori Malli", "16-vuotias ymmärtää kiellon; painava syy on kotona.", actor=by)


# The clock ---------------------------------------------------------------------------------------------------------------


def test_the_autumn_break_of_2026_moves_the_last_day() -> None:
    """Request Friday 9 October 2026, autumn break 12–16 October: latest Tuesday 27 October."""
    made.made_days()
    came = dt.datetime(2026, 10, 9, 10, tzinfo=HELSINKI)
    found = talk_by(came, "Mallilan peruskoulu", urgent=False)
    assert found.strict_due == dt.date(2026, 10, 27)
    assert talk_by(came, "Mallilan peruskoulu", urgent=True).strict_due == dt.date(2026, 10, 19)


def test_a_break_of_one_school_moves_only_its_own_clock() -> None:
    made.made_days()
    lead = made.worker(Role.STUDENT_WELFARE_LEAD, "vastuu")
    actions.add_school_days(
        DayKind.BREAK, "Remontti", dt.date(2026, 10, 19), dt.date(2026, 10, 20), "Päätös", "Tarulan ala-aste", actor=lead
    )
    came = dt.datetime(2026, 10, 9, 10, tzinfo=HELSINKI)
    assert talk_by(came, "Tarulan ala-aste", urgent=False).strict_due == dt.date(2026, 10, 29)
    assert talk_by(came, "Mallilan peruskoulu", urgent=False).strict_due == dt.date(2026, 10, 27)


def test_without_school_days_no_day_is_guessed(curator: User) -> None:
    with pytest.raises(Refused, match="Kirjaa lukukausi") as refused:
        made.social_client(curator)
    assert refused.value.section == "1287/2013 15 §"
    assert not tables.SocialClient.objects.exists()


def test_a_talk_stops_the_clock_and_cannot_be_before_its_contact(row: tables.SocialClient, curator: User) -> None:
    contact = row.contacts.get()
    assert contact.steps
    with pytest.raises(Refused, match="ei ole yhteydenoton"):
        actions.record_talk(contact, timezone.localdate() - dt.timedelta(days=1), actor=curator)
    done = actions.record_talk(contact, timezone.localdate(), actor=curator)
    assert not done.late


def test_the_page_of_a_contact_explains_its_last_day(row: tables.SocialClient, curator: User) -> None:
    client = Client()
    client.force_login(curator)
    text = client.get(row.contacts.get().get_absolute_url()).content.decode()
    assert "1287/2013 15 §" in text
    start = client.get(reverse("register", args=[SLUG])).content.decode()
    assert "703/2023 79–81 §" in start
    assert made.NAME in start


# Entries -----------------------------------------------------------------------------------------------------------------


def test_an_entry_is_corrected_by_a_new_one_and_the_database_refuses_a_change(row: tables.SocialClient, curator: User) -> None:
    note = row.notes.get()
    corrected = actions.correct_note(note, "Oikaisu: lauantaina.", actor=curator)
    assert getattr(corrected, "corrects", None) == note
    assert [one.text for one in actions.open_story(row, actor=curator)] == [made.SECRET, "Oikaisu: lauantaina."]
    for sentence in (
        "UPDATE student_welfare_socialnote SET body = 'x'",
        "UPDATE student_welfare_socialnote SET author = 'toinen'",
        "DELETE FROM student_welfare_socialnote",
        "UPDATE student_welfare_socialuse SET user_name = 'toinen'",
        "DELETE FROM student_welfare_socialuse",
    ):
        with pytest.raises(IntegrityError, match="only_added_to"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sentence)


def test_an_entry_goes_only_when_its_retention_has_ended(row: tables.SocialClient) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE student_welfare_socialnote SET retention_due = current_date - 1")
        cursor.execute("DELETE FROM student_welfare_socialnote")
    assert not row.notes.exists()


def test_an_entry_of_tomorrow_is_refused(row: tables.SocialClient, curator: User) -> None:
    with pytest.raises(Refused, match="tulevaisuudessa"):
        actions.add_note(row, timezone.localdate() + dt.timedelta(days=1), NoteKind.TALK, "huomenna", actor=curator)


# Statements of will and disclosure ----------------------------------------------------------------------------------------


def test_a_bar_needs_a_minor_and_an_assessment(row: tables.SocialClient, curator: User) -> None:
    with pytest.raises(Refused, match="arvio") as refused:
        actions.bar_guardian(row, timezone.localdate(), "Kuraattori", " ", actor=curator)
    assert refused.value.section == "1287/2013 18 § 2 mom."
    grown = made.social_client(curator, years=19, number=906, name="Aikuinen Aaro")
    with pytest.raises(Refused, match="19-vuotias"):
        bar(grown, curator)


def test_the_database_refuses_a_bar_without_its_assessment(row: tables.SocialClient) -> None:
    statement = tables.SocialStatement(
        client=row, kind=StatementKind.GUARDIAN_BAR, given_by=GivenBy.STUDENT, given_on=timezone.localdate(), assessed_by="K"
    )
    with pytest.raises(Refused, match="18 §"):
        create(statement, actor=made.CLERK)


def test_a_barred_guardian_gets_nothing_and_the_answer_states_the_ground(row: tables.SocialClient, curator: User) -> None:
    """A 16-year-old has barred the guardian: the disclosure leaves the records out and says why."""
    before = actions.disclose(row, Recipient.GUARDIAN, made.GUARDIAN_NAME, "kertomus", actor=curator)
    assert (before.given, before.left_out) == (1, 0)
    bar(row, curator)
    after = actions.disclose(row, Recipient.GUARDIAN, made.GUARDIAN_NAME, "kertomus", actor=curator)
    assert (after.given, after.left_out) == (0, 1)
    assert "1287/2013 18 § 2 mom." in after.reason
    assert after.notes == []
    client = Client()
    client.force_login(curator)
    page = client.get(reverse("welfare-handover", args=[SLUG, after.pk])).content.decode()
    assert made.SECRET not in page
    assert "18 § 2 mom." in page
    given = client.get(reverse("welfare-handover", args=[SLUG, before.pk])).content.decode()
    assert made.SECRET in given
    own = actions.disclose(row, Recipient.STUDENT, made.NAME, "kertomus", actor=curator)
    assert own.given == 1


def test_a_bar_that_is_withdrawn_no_longer_holds(row: tables.SocialClient, curator: User) -> None:
    bar(row, curator)
    actions.withdraw(row.statements.get(), timezone.localdate(), actor=curator)
    assert actions.disclose(row, Recipient.GUARDIAN, made.GUARDIAN_NAME, "kertomus", actor=curator).given == 1


def test_others_are_given_data_by_consent_or_by_a_section_only(row: tables.SocialClient, curator: User) -> None:
    with pytest.raises(Refused, match="suostumuksella") as refused:
        actions.disclose(row, Recipient.SCHOOL, "Rehtori Malli", "yhteenveto", actor=curator)
    assert "24 §" in refused.value.section
    actions.consent(
        row, StatementKind.DISCLOSURE_CONSENT, GivenBy.STUDENT, timezone.localdate(), "Rehtori Malli: yhteenveto", actor=curator
    )
    given = actions.disclose(row, Recipient.SCHOOL, "Rehtori Malli", "yhteenveto", actor=curator)
    assert given.ground == "1287/2013 19 §"
    by_law = actions.disclose(row, Recipient.AUTHORITY, "Lastensuojelu", "ilmoitus", "417/2007 25 §", actor=curator)
    assert by_law.ground == "417/2007 25 §"


def test_what_is_left_out_needs_its_reason(row: tables.SocialClient, curator: User) -> None:
    today = wording.day(timezone.localdate())
    with pytest.raises(BadInput, match="Jätät pois 1 merkintää") as refused:
        actions.disclose(row, Recipient.STUDENT, made.NAME, "kertomus", leave_out=today, actor=curator)
    assert "14 §" in refused.value.told()
    given = actions.disclose(row, Recipient.STUDENT, made.NAME, "kertomus", leave_out=today, reason="JulkL 11 § 2 mom.", actor=curator)
    assert (given.given, given.left_out, given.reason) == (0, 1, "JulkL 11 § 2 mom.")


def test_a_guardians_consent_needs_the_assessment(row: tables.SocialClient, curator: User) -> None:
    with pytest.raises(Refused, match="arvioimaan"):
        actions.consent(row, StatementKind.GROUP_CONSENT, GivenBy.GUARDIAN, timezone.localdate(), "Rehtori", actor=curator)


# Relations ---------------------------------------------------------------------------------------------------------------


def test_a_waiting_client_is_taken_once(curator: User) -> None:
    made.made_days()
    waiting = made.social_client(curator, take=False)
    colleague = made.worker(Role.SCHOOL_SOCIAL_WORKER, "kollega")
    assert REGISTERS[SLUG].sees(waiting, colleague)
    taken = actions.take(waiting, Profession.SOCIAL_WORKER, actor=curator)
    assert (taken.state, taken.worker_name) == ("open", curator.name)
    assert not REGISTERS[SLUG].sees(taken, colleague)
    with pytest.raises(OutOfOrder, match="tilanne on avoin"):
        actions.take(taken, Profession.SOCIAL_WORKER, actor=colleague)


def test_a_relation_for_a_request_has_its_reason_and_its_end(row: tables.SocialClient) -> None:
    lead = made.worker(Role.STUDENT_WELFARE_LEAD, "vastuu")
    colleague = made.worker(Role.SCHOOL_SOCIAL_WORKER, "kollega")
    psychologist = made.worker(Role.SCHOOL_PSYCHOLOGIST, "psykologi")
    today = timezone.localdate()
    with pytest.raises(Refused, match="enintään 30 päiväksi"):
        actions.give_relation(row, colleague.username, Profession.SOCIAL_WORKER, Purpose.REQUEST, None, "HEL 2026-1", actor=lead)
    with pytest.raises(Refused, match="erilliset"):
        actions.give_relation(row, psychologist.username, Profession.PSYCHOLOGIST, Purpose.CARE, None, "sijainen", actor=lead)
    until = today + dt.timedelta(days=14)
    actions.give_relation(row, colleague.username, Profession.SOCIAL_WORKER, Purpose.REQUEST, until, "HEL 2026-1", actor=lead)
    assert actions.open_story(row, actor=colleague)
    assert row.uses.get().purpose == Purpose.REQUEST


def test_closing_ends_relations_and_counts_the_day_of_destruction(row: tables.SocialClient, curator: User) -> None:
    today = timezone.localdate()
    with pytest.raises(OutOfOrder, match="odottaa vielä keskustelua"):
        actions.close_client(row, today, ClosingReason.HELPED, actor=curator)
    actions.record_talk(row.contacts.get(), today, actor=curator)
    closed = actions.close_client(row, today, ClosingReason.HELPED, actor=curator)
    assert closed.retention_due == today.replace(year=today.year + 30)
    assert set(row.notes.values_list("retention_due", flat=True)) == {closed.retention_due}
    assert row.relations.get().valid_to == today
    gone = REGISTERS[SLUG].purge(closed.retention_due + dt.timedelta(days=1), actor=made.CLERK)
    assert [ref for ref in gone if ":" not in ref] == [str(row.pk)]
    assert len([ref for ref in gone if "note:" in ref]) == row.notes.count() > 0
    assert REGISTERS[SLUG].purge(closed.retention_due, actor=made.CLERK) == []


# Moved elsewhere ----------------------------------------------------------------------------------------------------------


def test_a_moved_register_takes_no_new_entries_and_still_answers(row: tables.SocialClient, curator: User) -> None:
    """Read-only from the day of the move: contacts and entries are refused with the place, all else goes on."""
    move = tables.Move(
        holding=Holding.SOCIAL_WORK, moved_on=timezone.localdate(), moved_to="Apotti", source="Kaupungin tiedote", known=RowKnown.READ
    )
    create(move, actor=made.CLERK)
    with pytest.raises(Refused, match="Apotti"):
        made.write(row, curator)
    with pytest.raises(Refused, match="Apotti"):
        made.social_client(curator, number=907, name="Uusi")
    actions.add_note(row, timezone.localdate() - dt.timedelta(days=1), NoteKind.TALK, "eilen kirjaamatta jäänyt", actor=curator)
    assert actions.disclose(row, Recipient.STUDENT, made.NAME, "kertomus", actor=curator).given == 2
    actions.correct_note(row.notes.order_by("pk")[0], "oikaisu", actor=curator)
    psychologist = made.worker(Role.SCHOOL_PSYCHOLOGIST, "psykologi")
    made.write(made.psychology_client(psychologist), psychologist)
    client = Client()
    client.force_login(curator)
    assert "Suljettu uusilta kirjauksilta" in client.get(reverse("register", args=[SLUG])).content.decode()


def test_the_rows_of_the_pack_say_that_social_workers_write_elsewhere() -> None:
    lead = made.worker(Role.STUDENT_WELFARE_LEAD, "vastuu")
    assert actions.load_reference(actor=lead) > 10
    assert actions.load_reference(actor=lead) == 0
    move = tables.Move.objects.get()
    assert (move.holding, move.moved_on, move.moved_to) == (Holding.SOCIAL_WORK, dt.date(2025, 1, 7), "Apotti")
    assert dict(tables.StaffingNorm.objects.values_list("profession", "most")) == {"social_worker": 670, "psychologist": 780}


# Requests ----------------------------------------------------------------------------------------------------------------


def test_the_request_of_the_citys_page_reaches_the_division_register_by_register() -> None:
    """The first worked example: the unit that decides gets a task for each of the three, with the published keys."""
    entry = find_entry("system", "oppilas-ja-opiskelijahuolto")
    assert entry is not None
    found = searches(entry)
    assert [one.slug for one in found] == ["opiskeluhuolto-kuraattorit", "opiskeluhuolto-psykologit", "opiskeluhuoltorekisteri"]
    assert {one.unit.slug for one in found} == {made.UNIT}
    only = find_entry("register", "oppilashuollon-kuraattorien-rekisteri")
    assert only is not None
    assert [one.slug for one in searches(only)] == [SLUG]
    labels = [str(key.label) for key in REGISTERS[SLUG].search_keys]
    assert [label.split(" (")[0] for label in labels] == [
        "Työntekijän nimi",
        "Asiakkaan henkilötiedot",
        "Huoltajien tiedot",
        "Koulunkäyntitiedot",
        "Yhteistyötahot",
        "Asiakirjaliikenne",
        "Asiakaskertomus",
    ]


def sent(kind: RequestKind, slug: str = "oppilas-ja-opiskelijahuolto") -> InformationRequest:
    entry = find_entry("system", slug)
    assert entry is not None
    told = requests.send_request(NewRequest(kind, entry, "Lapseni tiedot", name=made.GUARDIAN_NAME), actor=VISITOR)
    return InformationRequest.objects.get(case__identifier=told.identifier)


def test_the_worked_example_is_answered(row: tables.SocialClient, curator: User) -> None:
    """The official finds by the keys that there is a client and that a bar holds; the worker of the register gives what may be given."""
    bar(row, curator)
    request = sent(RequestKind.DOCUMENT)
    official = make_user(Role.HANDLER, unit=made.UNIT, name="virkailija")
    task = request.searches.get(system_slug=SLUG)
    for keys in ({"client": made.NAME}, {"guardians": made.GUARDIAN_NAME}, {"worker": curator.name, "schooling": "Mallilan"}):
        hits = requests.search(task, keys, actor=official)
        assert len(hits) == 1
        assert hits[0].masked > 5
        assert "1287/2013 18 §" in hits[0].notice
        assert made.NAME not in str(hits)
    client = Client()
    client.force_login(official)
    page = client.post(reverse("request_search", args=[request.pk, task.pk]), {"key1": made.NAME}).content.decode()
    assert "alaikäisen kielto" in page
    made_one = actions.disclose(row, Recipient.GUARDIAN, made.GUARDIAN_NAME, "kertomus", request=request.case.identifier, actor=curator)
    event = request.case.events.filter(kind="disclosed").get()
    assert "18 § 2 mom." in event.note
    assert made.SECRET not in event.note
    assert made_one.request == request.case.identifier
    answer = client.get(reverse("request_act", args=[request.pk, "vastaa"])).content.decode()
    assert "18 § 2 mom." in answer  # the reply begins with what was left out and on which ground
    assert "merkintöjä annettu 0, jätetty pois 1" in answer
    found = REGISTERS[SLUG].find({"correspondence": request.case.identifier}, actor=official)
    assert len(found) == 1


def test_a_students_own_data_holds_everything_but_texts_that_the_collector_may_not_read(row: tables.SocialClient, curator: User) -> None:
    actions.open_story(row, actor=curator)
    student = Subject.objects.get(name=made.NAME)
    official = make_user(Role.HANDLER, unit=made.UNIT, name="virkailija")
    told = REGISTERS[SLUG].extract(student.pk, actor=official)
    kinds = [str(one["record"]) for one in told.records]
    assert kinds == ["Asiakas", "Yhteydenotto", "Asiakassuhde", "Merkintä", "Käyttö"]
    assert made.SECRET not in str(told)
    assert "rekisterin työntekijä" in str(told)
    assert curator.name in str(told.records[-1])  # 703/2023 § 11: who has used it


def test_a_guardians_own_data_leaves_out_what_the_minor_barred(row: tables.SocialClient, curator: User) -> None:
    guardian = Subject.by_personal_id(made.GUARDIAN)
    assert guardian is not None
    assert made.NAME in str(REGISTERS[SLUG].extract(guardian.pk, actor=made.CLERK))
    bar(row, curator)
    told = REGISTERS[SLUG].extract(guardian.pk, actor=made.CLERK)
    assert made.NAME not in str(told.records)
    assert "1287/2013 18 § 2 mom." in str(told.records)


def test_a_student_who_comes_of_age_needs_no_bar(row: tables.SocialClient, curator: User) -> None:
    """The bar ends with minority; from then on the guardian gets nothing without the student's consent."""
    bar(row, curator)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE subjects_subject SET birth_date = %s WHERE id = %s", [made.born(19), row.student_id])
    row.refresh_from_db()
    with pytest.raises(Refused, match="täysi-ikäinen"):
        actions.disclose(row, Recipient.GUARDIAN, made.GUARDIAN_NAME, "kertomus", actor=curator)


# Staffing ----------------------------------------------------------------------------------------------------------------


def test_the_staffing_report_counts_schools_and_their_sum(curator: User) -> None:
    lead = made.worker(Role.STUDENT_WELFARE_LEAD, "vastuu")
    actions.load_reference(actor=lead)
    today = timezone.localdate()
    for school, students in (("Mallila", 700), ("Tarula", 400)):
        actions.count_students(school, students, today, actor=lead)
        actions.staff_school(school, Profession.SOCIAL_WORKER, 100, today, actor=lead)
    found = {(one.school, one.profession): one.calculation for one in school_ratios(today)}
    assert str(found["Mallila", "Kuraattori"].result) == "0.05"
    assert found["Tarula", "Kuraattori"].result == 0
    assert found["Kaikki koulut", "Kuraattori"].step("students").value == 1100
    assert str(found["Tarula", "Psykologi"].result) == "0.52"
    client = Client()
    client.force_login(curator)
    page = client.get(reverse("welfare-staffing")).content.decode()
    assert "Ei täyty" in page
    assert "9 a §" in page


def test_the_responsible_person_writes_schools_and_days_from_a_file_and_nobody_else_does() -> None:
    """A city counts its schools at once. A right to the register alone writes none of it, and no file brings a client or an entry."""
    lead, member = made.worker(Role.STUDENT_WELFARE_LEAD, "vastuu"), made.worker(Role.STUDENT_WELFARE_MEMBER, "rehtori")
    rows = [["school", "students", "counted_on"], ["Mallilan peruskoulu", "512", "20.9.2026"], ["Tarulan ala-aste", "-1", "20.9.2026"]]
    batch = imports.stage(tables.Headcount, rows, "a" * 64, language="fi", actor=lead)
    checked = imports.check(imports.map_columns(batch, batch.mapping, actor=lead), actor=lead)
    assert [(fault.line, fault.reason) for fault in checked.faults.all()] == [(3, "Määrä ei voi olla negatiivinen.")]
    imports.load(checked, actor=lead)
    assert list(tables.Headcount.objects.values_list("school", "students")) == [("Mallilan peruskoulu", 512)]
    with pytest.raises(NotAllowed):
        imports.stage(tables.Headcount, rows, "b" * 64, language="fi", actor=member)
    client = Client()
    for who, kind, status in (
        (lead, "headcount", 200),
        (member, "headcount", 403),
        (lead, "groupclient", 404),
        (member, "groupreport", 404),
    ):
        client.force_login(who)
        assert client.get(reverse("import-start", args=["opiskeluhuoltorekisteri", kind])).status_code == status, (who, kind)
