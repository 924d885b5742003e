"""Superuser, operator, registrar and workers of another register meet the narrative at no door; who has a relation at one."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kirjaamo.api import actions as api
from kirjaamo.api import values
from kirjaamo.api.models import Scope
from kirjaamo.catalog.actions import reindex
from kirjaamo.contract.register import REGISTERS
from kirjaamo.face.models import ArrivalKey
from kirjaamo.kernel.actors import VISITOR, Machine
from kirjaamo.kernel.errors import NotAllowed, Refused
from kirjaamo.kernel.models import JournalEntry, KeyCheck
from kirjaamo.kernel.registry import SOURCES
from kirjaamo.organisation.models import User
from kirjaamo.organisation.roles import Role
from kirjaamo.registers.education.student_welfare import actions
from kirjaamo.registers.education.student_welfare.choices import GivenBy, Profession, StatementKind
from kirjaamo.registers.education.student_welfare.models import GroupStatement, GroupUse, PsychologyUse, SocialClient, SocialNote, SocialUse
from kirjaamo.registers.education.student_welfare.tests import made
from kirjaamo.subjects import rotation
from kirjaamo.testing import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("helsinki")]
SLUG = "opiskeluhuolto-kuraattorit"
WELFARE = {Role.SCHOOL_SOCIAL_WORKER, Role.SCHOOL_PSYCHOLOGIST, Role.STUDENT_WELFARE_MEMBER, Role.STUDENT_WELFARE_LEAD}
OUTSIDERS = [role for role in Role if role not in WELFARE]
WORDS = ("uskalla", "perjantaina", made.SECRET)


@pytest.fixture
def curator() -> User:
    """The school social worker who has the relation."""
    return made.worker(Role.SCHOOL_SOCIAL_WORKER, "kuraattori")


@pytest.fixture
def client_row(curator: User) -> SocialClient:
    """A client with an entry."""
    made.made_days()
    row = made.social_client(curator)
    made.write(row, curator)
    row.refresh_from_db()
    return row


def signed_in(user: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def addresses(row: SocialClient) -> list[str]:
    """Every address by which something of the client could come out."""
    note = row.notes.get()
    listed = [reverse("register", args=[SLUG])]
    listed += [f"{listed[0]}?laji={model._meta.model_name}" for model in REGISTERS[SLUG].models]
    listed += [
        reverse("register-export", args=[SLUG, form]) + f"?laji={kind}" for form in ("csv", "json", "xlsx") for kind in ("", "socialnote")
    ]
    listed += [row.get_absolute_url(), note.get_absolute_url()]
    listed += [reverse(name, args=[SLUG, row.pk]) for name in ("welfare-story", "welfare-log")]
    listed += [reverse("record-act", args=[SLUG, "correct_note", note.pk]), reverse("record-act", args=[SLUG, "disclose", row.pk])]
    return listed


def content(answer: Any) -> str:
    """What an answer holds as text; of a workbook the text of its parts."""
    body: bytes = b"".join(answer) if answer.streaming else answer.content
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            body = b"".join(book.read(name) for name in book.namelist())
    return body.decode("utf-8", "replace")


@pytest.mark.parametrize("role", OUTSIDERS)
def test_no_role_outside_student_welfare_sees_a_client_or_an_entry_at_any_door(client_row: SocialClient, role: Role) -> None:
    client = signed_in(made.worker(role, f"ulkopuolinen-{role.value}"))
    for address in addresses(client_row):
        answer = client.get(address)
        assert answer.status_code in {403, 404}, address
        text = content(answer)
        assert not [word for word in (*WORDS, made.NAME, client_row.number) if word in text], address


def test_a_visitor_is_sent_to_sign_in(client_row: SocialClient) -> None:
    for address in addresses(client_row):
        assert Client().get(address).status_code == 302, address


def test_an_account_of_every_other_role_at_once_sees_nothing(client_row: SocialClient) -> None:
    """The operator who holds everything else of the program still holds nothing here."""
    super_user = make_user(*OUTSIDERS, unit=made.UNIT, name="kaikki")
    for address in addresses(client_row):
        assert signed_in(super_user).get(address).status_code in {403, 404}, address
    found = REGISTERS[SLUG].find({"client": made.NAME}, actor=super_user)
    assert len(found) == 1
    assert found[0].masked
    assert not [word for word in (*WORDS, made.NAME, client_row.number) if word in str(found)]


def test_workers_of_the_other_registers_see_nothing(client_row: SocialClient) -> None:
    """Three registers that never merge: the psychologist and a group member do not even learn that the student is a client."""
    for role in (Role.SCHOOL_PSYCHOLOGIST, Role.STUDENT_WELFARE_MEMBER):
        client = signed_in(made.worker(role, f"toinen-{role.value}"))
        for address in addresses(client_row):
            answer = client.get(address)
            assert answer.status_code in {403, 404}, address
            assert not [word for word in (*WORDS, made.NAME) if word in content(answer)]


def test_a_colleague_without_a_relation_sees_neither_client_nor_entry(client_row: SocialClient) -> None:
    colleague = made.worker(Role.SCHOOL_SOCIAL_WORKER, "kollega")
    client = signed_in(colleague)
    for address in addresses(client_row):
        assert not [word for word in (*WORDS, client_row.number) if word in content(client.get(address))], address
    with pytest.raises(Refused, match="asiakassuhde"):
        actions.open_story(client_row, actor=colleague)


def test_the_responsible_person_sees_who_handles_it_and_no_entry(client_row: SocialClient) -> None:
    lead = made.worker(Role.STUDENT_WELFARE_LEAD, "vastuuhenkilö")
    client = signed_in(lead)
    assert made.NAME in content(client.get(reverse("register", args=[SLUG])))
    for address in addresses(client_row):
        assert not [word for word in WORDS if word in content(client.get(address))], address
    assert client.get(reverse("welfare-story", args=[SLUG, client_row.pk])).status_code == 403
    assert SocialUse.objects.count() == 0


def test_even_the_worker_meets_the_text_at_one_door_only_and_it_is_logged(client_row: SocialClient, curator: User) -> None:
    client = signed_in(curator)
    story = reverse("welfare-story", args=[SLUG, client_row.pk])
    for address in addresses(client_row):
        if address != story:
            assert not [word for word in WORDS if word in content(client.get(address))], address
    assert SocialUse.objects.count() == 0
    assert made.SECRET in content(client.get(story))
    used = SocialUse.objects.get()
    assert (used.actor, used.purpose, used.what) == (curator.actor_ref, "care", "Kertomus")
    assert curator.name in content(client.get(reverse("welfare-log", args=[SLUG, client_row.pk])))


def test_no_search_looks_into_the_entries(client_row: SocialClient, curator: User) -> None:
    """Neither the list's search nor the keys of a request find a client by a word of the narrative: a hit would tell it."""
    text = content(signed_in(curator).get(reverse("register", args=[SLUG]), {"q": "perjantaina"}))
    assert client_row.get_absolute_url() not in text
    assert client_row.get_absolute_url() in content(signed_in(curator).get(reverse("register", args=[SLUG]), {"q": made.NAME}))
    for key in REGISTERS[SLUG].search_keys:
        assert REGISTERS[SLUG].find({key.name: "perjantaina"}, actor=curator) == []


def test_a_relation_that_has_ended_closes_the_narrative(client_row: SocialClient, curator: User) -> None:
    relation = client_row.relations.get()
    yesterday = relation.valid_from.replace(year=relation.valid_from.year - 1)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE student_welfare_socialrelation SET valid_from = %s, valid_to = %s", [yesterday, yesterday])
    assert signed_in(curator).get(reverse("welfare-story", args=[SLUG, client_row.pk])).status_code == 404
    with pytest.raises(Refused):
        actions.open_story(client_row, actor=curator)


def test_the_database_holds_the_text_in_no_column_of_any_table(client_row: SocialClient) -> None:
    """Whoever reads the database, its copy or its search table finds ciphertext: every text column of every table is looked at."""
    reindex(actor=Machine("test"))
    assert client_row.notes.get().body.reveal() == made.SECRET
    with connection.cursor() as cursor:
        for model in apps.get_models():
            cursor.execute(f'SELECT count(*) FROM "{model._meta.db_table}" t WHERE t::text LIKE %s', ["%perjantaina%"])  # noqa: S608 - our names
            assert cursor.fetchone() == (0,), model.__name__
    assert made.SECRET not in json.dumps(list(JournalEntry.objects.values_list("body", flat=True)))


def test_the_public_face_tells_how_many_and_nothing_of_anyone(client_row: SocialClient) -> None:
    reindex(actor=Machine("test"))
    for address in ("/kuvaus/tietojarjestelmat/oppilas-ja-opiskelijahuolto/", "/kuvaus/?q=perjantaina", f"/kuvaus/?q={made.NAME}"):
        text = content(Client().get(address))
        assert not [word for word in (made.SECRET, client_row.number, "Mallilan") if word in text], address
    for slug in (SLUG, "opiskeluhuolto-psykologit", "opiskeluhuoltorekisteri"):
        told = SOURCES[slug].find({"client": made.NAME}, actor=VISITOR)
        assert not [word for word in (*WORDS, made.NAME) if word in str(told)]


@pytest.mark.parametrize("role", [Role.SCHOOL_SOCIAL_WORKER, Role.STUDENT_WELFARE_LEAD, Role.REGISTER_WORKER, Role.ADMINISTRATOR])
def test_programs_are_given_no_client_and_no_entry(client_row: SocialClient, curator: User, role: Role) -> None:
    """A token of whoever it is: the interface has no row of a confidential register, and a sealed text is a mask in it."""
    owner = curator if role == Role.SCHOOL_SOCIAL_WORKER else make_user(role, unit=made.UNIT, name=f"rajapinta-{role.value}")
    _token, text = api.create_token(owner, "testi", scope=Scope.READ, valid_to=timezone.localdate() + dt.timedelta(days=9), actor=owner)
    note = client_row.notes.get()
    here = f"/api/v1/registers/{SLUG}"
    addresses = [here, *(f"{here}/{model._meta.model_name}" for model in REGISTERS[SLUG].models)]
    for address in [*addresses, f"{here}/socialclient/{client_row.pk}", f"{here}/socialnote/{note.pk}", "/api/v1/open/" + SLUG]:
        answer = Client(raise_request_exception=False).get(address, HTTP_AUTHORIZATION=f"Bearer {text}")
        assert answer.status_code in {200, 403, 404}, address
        assert not [word for word in (*WORDS, made.NAME, client_row.number) if word in content(answer)], address
    assert values.plain(note, SocialNote._meta.get_field("body")) == "•••"


def test_a_plain_text_never_reaches_the_column() -> None:
    with pytest.raises(TypeError, match="sealed"):
        SocialNote._meta.get_field("body").get_db_prep_value("selväkieli", connection)


def test_a_client_of_both_is_two_clients(curator: User) -> None:
    """The same student with a social worker and a psychologist: two rows in two tables, neither knows of the other."""
    made.made_days()
    psychologist = made.worker(Role.SCHOOL_PSYCHOLOGIST, "psykologi")
    social, psychology = made.social_client(curator), made.psychology_client(psychologist)
    made.write(psychology, psychologist, "Toinen teksti")
    with pytest.raises(NotAllowed):
        actions.open_story(psychology, actor=curator)
    with pytest.raises(NotAllowed):
        actions.open_story(social, actor=psychologist)
    group = made.group_client(curator)
    made.write(group, curator, "Kolmas teksti")
    assert [one.text for one in actions.open_story(group, actor=curator)] == ["Kolmas teksti"]
    assert (SocialUse.objects.count(), PsychologyUse.objects.count(), GroupUse.objects.count()) == (0, 0, 1)


def test_a_principal_without_membership_sees_nothing_of_a_group(curator: User) -> None:
    """The acceptance of § 19: the post of principal opens nothing; membership with the student's consent does."""
    made.made_days()
    group = made.group_client(curator)
    made.write(group, curator)
    principal = made.worker(Role.STUDENT_WELFARE_MEMBER, "rehtori")
    here = reverse("register", args=["opiskeluhuoltorekisteri"])
    text = content(signed_in(principal).get(here))
    assert made.NAME not in text
    assert signed_in(principal).get(group.get_absolute_url()).status_code == 404
    today = timezone.localdate()
    given = actions.consent(group, StatementKind.GROUP_CONSENT, GivenBy.STUDENT, today, "Rehtori Malli", actor=curator)
    assert isinstance(given, GroupStatement)
    member = actions.add_member(given, "Rehtori Malli", Profession.PRINCIPAL, principal.username, actor=curator)
    assert made.SECRET in content(signed_in(principal).get(reverse("welfare-story", args=["opiskeluhuoltorekisteri", group.pk])))
    actions.withdraw(given, today, actor=curator)
    member.refresh_from_db()
    assert member.valid_to == today


def test_a_narrative_opens_after_the_keys_were_rotated(client_row: SocialClient, curator: User) -> None:
    """An entry never changes, so it keeps the key that it was sealed with, and that key stays for opening."""
    models.QuerySet(ArrivalKey).delete()  # of the template, whose key file is another worker's
    models.QuerySet(KeyCheck).delete()
    made.write(client_row, curator)
    rotation.begin()
    rotation.rotate(lambda *_told: None)
    assert rotation.end()
    assert SocialNote.objects.latest("pk").body.reveal() == made.SECRET
