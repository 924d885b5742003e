"""What the registers refuse, at the door of their worker: the sentence holds the values, and the section or the row stands behind it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kirjaamo.contract.actions import create
from kirjaamo.contract.testing import at_once
from kirjaamo.kernel.errors import BadInput, OutOfOrder, Refused
from kirjaamo.mechanisms.dated import RowKnown
from kirjaamo.organisation.models import User
from kirjaamo.organisation.roles import Role
from kirjaamo.registers.education.student_welfare import actions
from kirjaamo.registers.education.student_welfare import models as tables
from kirjaamo.registers.education.student_welfare.choices import (
    ClosingReason,
    GivenBy,
    Holding,
    MeetingKind,
    MeetingState,
    NoteKind,
    Profession,
    Recipient,
    StatementKind,
)
from kirjaamo.registers.education.student_welfare.tests import made
from kirjaamo.ui import wording

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("helsinki")]
SLUG, GROUP = "opiskeluhuolto-kuraattorit", "opiskeluhuoltorekisteri"
TODAY = timezone.localdate()
YESTERDAY, TOMORROW = TODAY - dt.timedelta(days=1), TODAY + dt.timedelta(days=1)
DAY, BEFORE, AFTER = wording.day(TODAY), wording.day(YESTERDAY), wording.day(TOMORROW)
CONTACT = {
    "came_on": DAY, "personal_id": str(made.code(made.born(16)).reveal()), "name": made.NAME, "school": "Mallilan peruskoulu",
    "level": "basic", "made_by": "student", "channel": "in_person",
}  # fmt: skip


@pytest.fixture
def curator() -> User:
    made.made_days()
    return made.worker(Role.SCHOOL_SOCIAL_WORKER, "kuraattori")


@pytest.fixture
def lead() -> User:
    return made.worker(Role.STUDENT_WELFARE_LEAD, "vastuu")


@pytest.fixture
def row(curator: User) -> tables.SocialClient:
    found = made.social_client(curator)
    made.write(found, curator)
    found.refresh_from_db()
    return found


def words(user: User, slug: str, verb: str, key: int | None, data: Mapping[str, str], *told: str) -> None:
    """The page of a verb refuses, and every one of the words stands on it."""
    client = Client()
    client.force_login(user)
    address = reverse("register-act", args=[slug, verb]) if key is None else reverse("record-act", args=[slug, verb, key])
    answer = client.post(address, {"sent": "1", **data})
    text = answer.content.decode().replace("\u00ad", "")
    assert answer.status_code == 422, text
    assert [one for one in told if one not in text] == []


# Of a client ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verb", "data", "told"),
    [
        ("add_note", {"written_on": AFTER, "kind": "talk", "text": "x"}, (AFTER, DAY)),
        ("add_note", {"written_on": DAY, "kind": "correction", "text": "x"}, ("oikaisu",)),
        ("bar_guardian", {"given_on": AFTER, "assessed_by": "K", "assessment": "arvio"}, (AFTER, DAY)),
        ("consent", {"kind": "group_consent", "given_by": "guardian", "given_on": DAY, "scope": "Rehtori"}, ("huoltaja", "1287/2013 19 §")),
        ("consent", {"kind": "group_consent", "given_by": "student", "given_on": AFTER, "scope": "Rehtori"}, (AFTER, DAY)),
        ("consent", {"kind": "guardian_bar", "given_by": "student", "given_on": DAY, "scope": "x"}, ("kielto",)),
        ("close_client", {"closed_on": DAY, "reason": "helped"}, (DAY, "odottaa vielä keskustelua")),
        ("disclose", {"recipient": "guardian", "recipient_name": "Sakari Setä", "what": "kertomus"},
         ("Sakari Setä", made.GUARDIAN_NAME, "24 § 1 mom. 30 kohta")),
        ("disclose", {"recipient": "school", "recipient_name": "Rehtori Malli", "what": "x"}, ("Rehtori Malli", "24 § 1 mom. 30 kohta")),
        ("disclose", {"recipient": "student", "recipient_name": made.NAME, "what": "x", "leave_out": DAY},
         ("1 merkintää", "JulkL 621/1999 14 §")),
        ("disclose", {"recipient": "student", "recipient_name": made.NAME, "what": "x", "leave_out": BEFORE}, (BEFORE, "14 §")),
        ("disclose", {"recipient": "student", "recipient_name": made.NAME, "what": "x", "leave_out": "eilen"}, ("eilen ei ole päivä",)),
        ("disclose", {"recipient": "student", "recipient_name": made.NAME, "what": "x", "first": DAY, "last": BEFORE}, (DAY, BEFORE)),
        ("disclose", {"recipient": "student", "recipient_name": made.NAME, "what": "x", "request": "HEL 1999-1"}, ("HEL 1999-1",)),
        ("plan_meeting", {"on": DAY, "at": "puoli kymmenen", "kind": "follow_up"}, ("puoli kymmenen", "9.30")),
        ("name_guardian", {"guardian_id": str(made.GUARDIAN.reveal()), "guardian_name": made.GUARDIAN_NAME},
         (made.GUARDIAN_NAME, "jo kirjattu")),
        ("drop_guardian", {"guardian_name": "Sakari Setä"}, ("Sakari Setä", made.GUARDIAN_NAME)),
    ],
)  # fmt: skip
def test_of_a_client(row: tables.SocialClient, curator: User, verb: str, data: Mapping[str, str], told: tuple[str, ...]) -> None:
    words(curator, SLUG, verb, row.pk, data, *told)


def test_a_bar_without_its_assessment_and_one_of_a_grown_student(row: tables.SocialClient, curator: User) -> None:
    with pytest.raises(BadInput) as refused:
        actions.bar_guardian(row, TODAY, "K", " ", actor=curator)
    assert refused.value.section == "1287/2013 18 § 2 mom."
    grown = made.social_client(curator, years=19, number=906, name="Aikuinen Aaro")
    data = {"given_on": DAY, "assessed_by": "K", "assessment": "arvio"}
    words(curator, SLUG, "bar_guardian", grown.pk, data, "19-vuotias", "1287/2013 18 § 2 mom.")
    guardian = {"recipient": "guardian", "recipient_name": made.GUARDIAN_NAME, "what": "kertomus"}
    words(curator, SLUG, "disclose", grown.pk, guardian, "19-vuotias", made.GUARDIAN_NAME, "24 § 1 mom. 30 kohta")


def test_a_third_guardian(row: tables.SocialClient, curator: User) -> None:
    second = made.code(dt.date(1981, 4, 4), 907)
    actions.name_guardian(row, second, "Isä Malli", actor=curator)
    row.refresh_from_db()
    third = {"guardian_id": str(made.code(dt.date(1982, 5, 5), 908).reveal()), "guardian_name": "Kolmas"}
    words(curator, SLUG, "name_guardian", row.pk, third, made.GUARDIAN_NAME, "Isä Malli", "kaksi huoltajaa")
    actions.drop_guardian(row, "isä malli", actor=curator)
    row.refresh_from_db()
    assert row.second_guardian is None


def test_a_client_without_a_relation_is_named_with_the_section(row: tables.SocialClient) -> None:
    colleague = made.worker(Role.SCHOOL_SOCIAL_WORKER, "kollega")
    with pytest.raises(Refused) as refused:
        actions.open_story(row, actor=colleague)
    assert [one for one in (row.number, DAY, "703/2023 9 §") if one not in refused.value.told()] == []


def test_the_end_of_a_client_relation_is_after_its_start_and_no_appointment_waits(row: tables.SocialClient, curator: User) -> None:
    actions.record_talk(row.contacts.get(), TODAY, actor=curator)
    words(curator, SLUG, "close_client", row.pk, {"closed_on": BEFORE, "reason": "helped"}, BEFORE, DAY)
    words(curator, SLUG, "close_client", row.pk, {"closed_on": AFTER, "reason": "helped"}, AFTER, DAY)
    meeting = actions.plan_meeting(row, TODAY, "9.30", MeetingKind.FOLLOW_UP, actor=curator)
    words(curator, SLUG, "close_client", row.pk, {"closed_on": DAY, "reason": "helped"}, DAY, "sovittuna")
    actions.settle_meeting(meeting, MeetingState.CANCELLED, actor=curator)
    with pytest.raises(OutOfOrder, match="peruttu"):
        actions.settle_meeting(tables.SocialAppointment.objects.get(), MeetingState.HELD, actor=curator)
    assert actions.close_client(row, TODAY, ClosingReason.HELPED, actor=curator).state == "closed"


def test_a_relation_ends_after_it_began_and_lasts_as_long_as_its_purpose(row: tables.SocialClient, curator: User, lead: User) -> None:
    relation = row.relations.get()
    words(curator, SLUG, "end_relation", relation.pk, {"last": BEFORE}, BEFORE, DAY, "703/2023 9 §")
    far = TODAY + dt.timedelta(days=31)
    data = {"username": curator.username, "profession": "social_worker", "purpose": "request", "until": wording.day(far), "basis": "HEL 1"}
    latest = wording.day(TODAY + dt.timedelta(days=30))
    words(lead, SLUG, "give_relation", row.pk, data, "30 päiväksi", latest, wording.day(far), "703/2023 9 §")
    other = made.worker(Role.SCHOOL_PSYCHOLOGIST, "psykologi")
    data |= {"username": other.username, "until": DAY}
    words(lead, SLUG, "give_relation", row.pk, data, other.username, "Kuraattorien asiakasrekisteri", "1287/2013 20–22 §")


# Contacts and appointments -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"came_on": AFTER}, (AFTER, DAY, "1287/2013 15 §")),
        ({"guardian_id": str(made.GUARDIAN.reveal())}, ("nimi puuttuu",)),
    ],
)
def test_of_a_contact(curator: User, change: Mapping[str, str], told: tuple[str, ...]) -> None:
    words(curator, SLUG, "take_social_contact", None, {**CONTACT, **change}, *told)
    assert not tables.SocialClient.objects.exists()


def test_without_school_days_the_day_and_the_school_are_told() -> None:
    curator = made.worker(Role.SCHOOL_SOCIAL_WORKER, "kuraattori")
    words(curator, SLUG, "take_social_contact", None, CONTACT, DAY, "Mallilan peruskoulu", "1287/2013 15 §")


def test_a_moved_register_tells_both_days_and_its_source(curator: User) -> None:
    move = tables.Move(holding=Holding.SOCIAL_WORK, moved_on=YESTERDAY, moved_to="Apotti", source="Kaupungin tiedote", known=RowKnown.READ)
    create(move, actor=made.CLERK)
    words(curator, SLUG, "take_social_contact", None, CONTACT, BEFORE, DAY, "Apotti", "Kaupungin tiedote")


def test_of_the_talk_and_its_appointment(row: tables.SocialClient, curator: User) -> None:
    contact = row.contacts.get()
    words(curator, SLUG, "record_talk", contact.pk, {"met_on": BEFORE}, BEFORE, DAY, "1287/2013 15 §")
    words(curator, SLUG, "give_appointment", contact.pk, {"appointment_on": BEFORE, "at": "9"}, BEFORE, DAY, "1287/2013 15 §")
    words(curator, SLUG, "give_appointment", contact.pk, {"appointment_on": DAY, "at": "25.00"}, "25.00 ei ole kellonaika")
    actions.give_appointment(contact, TOMORROW, "9.30", "K-huone", actor=curator)
    meeting = tables.SocialAppointment.objects.get()
    words(curator, SLUG, "settle_meeting", meeting.pk, {"state": "held"}, AFTER, DAY)
    contact.refresh_from_db()
    done = actions.record_talk(contact, TODAY, actor=curator)
    with pytest.raises(OutOfOrder, match=DAY):
        actions.record_talk(done, TODAY, actor=curator)


def test_a_dropped_contact_is_not_recorded_as_held(row: tables.SocialClient, curator: User) -> None:
    dropped = actions.drop_contact(row.contacts.get(), "kirjattu kahdesti", actor=curator)
    with pytest.raises(OutOfOrder, match="kirjattu kahdesti"):
        actions.record_talk(dropped, TODAY, actor=curator)
    assert actions.close_client(row, TODAY, ClosingReason.HELPED, actor=curator).state == "closed"


# Groups and statements -----------------------------------------------------------------------------------------------------


def member(group: tables.GroupClient, curator: User, scope: str = "Rehtori Malli, rehtori") -> tables.GroupStatement:
    given = actions.consent(group, StatementKind.GROUP_CONSENT, GivenBy.STUDENT, TODAY, scope, actor=curator)
    assert isinstance(given, tables.GroupStatement)
    return given


def test_of_a_member(curator: User) -> None:
    group = made.group_client(curator)
    given = member(group, curator)
    words(curator, GROUP, "add_member", given.pk, {"member_name": "Toinen Henkilö", "profession": "teacher"},
          "Rehtori Malli", "Toinen Henkilö", "1287/2013 14 ja 19 §")  # fmt: skip
    stranger = {"member_name": "Rehtori Malli", "profession": "principal", "username": "ei-ole"}
    words(curator, GROUP, "add_member", given.pk, stranger, "ei-ole", "Opiskeluhuoltorekisteri", "1287/2013 20–22 §")
    actions.add_member(given, "Rehtori Malli", Profession.PRINCIPAL, actor=curator)
    with pytest.raises(Refused, match="on jo jäsen Rehtori Malli"):
        actions.add_member(given, "Rehtori Malli", Profession.PRINCIPAL, actor=curator)
    words(curator, GROUP, "withdraw", given.pk, {"withdrawn_on": BEFORE}, BEFORE, DAY)
    words(curator, GROUP, "withdraw", given.pk, {"withdrawn_on": AFTER}, AFTER, DAY)
    actions.withdraw(given, TODAY, actor=curator)
    withdrawn = tables.GroupStatement.objects.get(pk=given.pk)
    with pytest.raises(Refused, match=f"peruttu {DAY}") as refused:
        actions.add_member(withdrawn, "Rehtori Malli", Profession.PRINCIPAL, actor=curator)
    assert refused.value.section == "1287/2013 19 §"


def test_a_group_is_convened_by_a_guardians_consent_only_with_its_assessment(curator: User) -> None:
    data = {
        "opened_on": DAY, "personal_id": CONTACT["personal_id"], "name": made.NAME, "school": "Mallila", "level": "basic",
        "profession": "social_worker", "consent_on": DAY, "given_by": "guardian",
    }  # fmt: skip
    words(curator, GROUP, "convene", None, data, "huoltaja", "1287/2013 19 §")
    words(curator, GROUP, "convene", None, {**data, "given_by": "student", "consent_on": AFTER}, AFTER, DAY, "1287/2013 19 §")


# The dated rows ------------------------------------------------------------------------------------------------------------


def test_of_the_dated_rows(curator: User, lead: User) -> None:
    del curator
    days = {"kind": "break", "title": "Loma", "first": DAY, "last": BEFORE, "source": "Päätös"}
    words(lead, GROUP, "add_school_days", None, days, DAY, BEFORE)
    taken = {**days, "first": "14.10.2026", "last": "20.10.2026"}
    words(lead, GROUP, "add_school_days", None, taken, "Syysloma 2026", "12.10.2026–16.10.2026", "14.10.2026–20.10.2026", "testi")
    actions.count_students("Mallila", 512, TODAY, actor=lead)
    words(lead, GROUP, "count_students", None, {"school": "Mallila", "students": "9", "counted_on": DAY}, "Mallila", "512", DAY)
    shares = {"school": "Mallila", "profession": "psychologist", "percent": "50", "first": DAY, "last": BEFORE}
    words(lead, GROUP, "staff_school", None, shares, DAY, BEFORE)
    actions.load_rows(actor=lead)
    words(lead, GROUP, "load_rows", None, {}, "jo ladattu")


# Decided by the database ---------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_a_client_at_once_the_second_is_told(curator: User) -> None:
    waiting = made.social_client(curator, take=False)
    colleague = made.worker(Role.SCHOOL_SOCIAL_WORKER, "kollega")
    takes: list[Callable[[], Any]] = [
        lambda: actions.take(waiting, Profession.SOCIAL_WORKER, actor=curator),
        lambda: actions.take(waiting, Profession.SOCIAL_WORKER, actor=colleague),
    ]
    told = at_once(takes)
    assert told.count("ok") == 1
    (refused,) = [one for one in told if one != "ok"]
    assert waiting.number in refused
    assert "avoin" in refused
    assert tables.SocialRelation.objects.count() == 1


def test_what_the_entries_of_a_disclosure_are_is_chosen_by_day(row: tables.SocialClient, curator: User) -> None:
    """Not the newest are left out but those that the worker names, and only the days asked for are given."""
    for number, text in enumerate(("a", "b"), start=1):
        actions.add_note(row, TODAY - dt.timedelta(days=number), NoteKind.TALK, text, actor=curator)
    asked = actions.disclose(row, Recipient.STUDENT, made.NAME, "kertomus", first=YESTERDAY, actor=curator)
    assert (asked.given, asked.left_out) == (2, 0)
    kept = actions.disclose(row, Recipient.STUDENT, made.NAME, "kertomus", leave_out=BEFORE, reason="JulkL 11 § 2 mom.", actor=curator)
    assert (kept.given, kept.left_out) == (2, 1)
    assert set(kept.notes) == set(row.notes.exclude(written_on=YESTERDAY).values_list("pk", flat=True))
