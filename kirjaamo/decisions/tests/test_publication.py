"""A decision on view: from when members of the municipality know, until when they may appeal, and that it goes then."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kirjaamo.cases.actions import NewParty
from kirjaamo.cases.models import PartyRole
from kirjaamo.cases.tests import made
from kirjaamo.decisions import actions
from kirjaamo.decisions.jobs import remove_what_has_ended
from kirjaamo.decisions.models import Decision, Publication
from kirjaamo.decisions.publication.actions import OnView, publish
from kirjaamo.decisions.routes import routes_for
from kirjaamo.face.comparing import compare
from kirjaamo.face.jobs import compare_public_face
from kirjaamo.face.models import FaceNotice
from kirjaamo.kernel.actions import action
from kirjaamo.kernel.actors import Actor
from kirjaamo.organisation.models import User
from kirjaamo.organisation.roles import Role
from kirjaamo.subjects.actions import add_subject
from kirjaamo.testing import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("helsinki")]
TEXT = actions.Text("Päätös penkeistä", "Penkit hankitaan.", "Tarve on todettu.", "Kuntalaki 7 §", "Hallintosääntö 3 luku")


@pytest.fixture
def decider() -> User:
    """Who handles and decides."""
    return make_user(Role.HANDLER, Role.DECIDER, name="päättäjä")


@pytest.fixture
def decision(decider: User) -> Decision:
    """A made decision of a case with a named party."""
    party = add_subject("Aino Esimerkki", actor=made.MACHINE)
    case = made.open_case(title="Penkit rannalle", parties=[NewParty(PartyRole.INITIATOR, party)])
    ways = [one for one in routes_for(case.revision, timezone.localdate()) if one.term][:1]
    draft = actions.prepare(case, TEXT, ways, actor=decider, key=uuid.uuid4())
    return actions.decide(draft, version=draft.version, actor=decider)


def on_view(**more: Any) -> dict[str, str]:
    today = timezone.localdate()
    return {"title": "Penkit rannalle", "text": "Penkit hankitaan.", "published_on": f"{today:%d.%m.%Y}", **more}


@action("Siirrä nähtävilläolo menneeseen", needs="test")
def long_ago(row: Publication, *, actor: Actor) -> None:
    """Let the time of appeal have ended yesterday."""
    del actor
    row.until = timezone.localdate() - dt.timedelta(days=1)
    row.known_on = row.published_on = row.until - dt.timedelta(days=30)
    row.save(update_fields=["until", "known_on", "published_on"])


def test_it_stands_on_the_public_site_and_goes_when_its_time_has_ended(client: Client, decider: User, decision: Decision) -> None:
    work, today = Client(), timezone.localdate()
    work.force_login(decider)
    assert work.post(reverse("decision_publish", args=[decision.pk]), on_view()).status_code == 302
    row = Publication.objects.get()
    assert row.known_on == today + dt.timedelta(days=7)
    assert row.until > row.known_on
    page = client.get(reverse("public_notice", args=[row.pk])).content.decode().replace("\u00ad", "")
    assert "Penkit hankitaan." in page
    assert "Aino" not in page
    assert f"{row.until.day}.{row.until.month}.{row.until.year}" in page
    assert "Penkit rannalle" in client.get(reverse("public_notices")).content.decode()
    assert compare(timezone.now()) == []
    long_ago(row, actor=made.MACHINE)
    assert client.get(reverse("public_notice", args=[row.pk])).status_code == 404
    assert remove_what_has_ended(0) == 1
    row.refresh_from_db()
    assert (row.removed_by, row.removed_why) == ("machine:publication", "Kuntalaki 410/2015 140 §")
    assert not FaceNotice.objects.exists()
    assert compare(timezone.now()) == []


def test_a_partys_name_and_an_identity_code_stay_off_the_web(decider: User, decision: Decision) -> None:
    work, url = Client(), reverse("decision_publish", args=[decision.pk])
    work.force_login(decider)
    answer = work.post(url, on_view(text="Aino Esimerkki saa penkit."))
    assert answer.status_code == 422
    assert "asianosaisen nimi" in answer.content.decode()
    assert work.post(url, on_view(text="Hakija 010190-999E saa penkit.")).status_code == 422
    assert not Publication.objects.exists()
    assert work.post(url, on_view(text="Aino Esimerkki saa penkit.", named="on")).status_code == 302


def test_of_a_secret_decision_only_a_mention_stands_there(client: Client, decider: User, decision: Decision) -> None:
    assert decision.document is not None
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE documents_document SET publicity = 'secret', grounds = '[\"JulkL-24-1-25\"]', secrecy_end = 'years' WHERE id = %s",
            [decision.document.pk],
        )
    row = publish(Decision.objects.get(pk=decision.pk), OnView("Salainen nimi", "Salainen sisältö", timezone.localdate()), actor=decider)
    page = client.get(reverse("public_notice", args=[row.pk])).content.decode()
    assert "Salassa pidettävä asia" in page
    assert "Salainen" not in page


def test_it_is_taken_off_before_its_time_with_a_reason(decider: User, decision: Decision) -> None:
    row = publish(decision, OnView("Otsikko", "Teksti", timezone.localdate()), actor=decider)
    work = Client()
    work.force_login(decider)
    assert work.post(reverse("decision_unpublish", args=[decision.pk]), {"reason": "Nimi jäi tekstiin"}).status_code == 302
    row.refresh_from_db()
    assert row.removed_why == "Nimi jäi tekstiin"
    assert not FaceNotice.objects.exists()
    assert "Nimi jäi tekstiin" in work.get(reverse("decision", args=[decision.pk])).content.decode()


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("UPDATE public_face.face_notice SET text = 'Aino Esimerkki'", "differs"),
        ("UPDATE public_face.face_notice SET publication_id = 999", "leak"),
        ("DELETE FROM public_face.face_notice", "missing"),
    ],
)
def test_a_leak_planted_on_view_is_named_and_mended(decider: User, decision: Decision, statement: str, kind: str) -> None:
    publish(decision, OnView("Otsikko", "Teksti", timezone.localdate()), actor=decider)
    with connection.cursor() as cursor:
        cursor.execute(statement)
    assert kind in {one.kind for one in compare(timezone.now())}
    compare_public_face(0)
    assert compare(timezone.now()) == []
