"""The unguessable address: it shows status, and of content only what is wholly public; any other address says nothing."""

from __future__ import annotations

import datetime as dt
import re
import secrets

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from kirjaamo.cases.models import Case, ClosingGround
from kirjaamo.documents.actions import Metadata, decide
from kirjaamo.documents.models import Document, Way
from kirjaamo.documents.policy import Upload
from kirjaamo.kernel.actions import action
from kirjaamo.kernel.actors import Actor, Machine
from kirjaamo.kernel.errors import Refused
from kirjaamo.organisation.models import User
from kirjaamo.requests import actions
from kirjaamo.requests.models import InformationRequest
from kirjaamo.requests.tests.asking import SWIM, at, new_key, request_of, send
from kirjaamo.requests.tests.test_letters import FACTS
from kirjaamo.values.publicity import Publicity

pytestmark = pytest.mark.django_db
PDF = Upload("aineisto.pdf", b"%PDF-1.7 aineisto", "application/pdf")


def document(item: InformationRequest, user: User, publicity: Publicity = Publicity.PUBLIC, personal: str = "none") -> Document:
    """A document in the request's case."""
    grounds = ("JulkL-24-1-25",) if publicity.needs_ground else ()
    made = actions.add_document(
        item, [PDF], title="Aineisto XYZ", metadata=Metadata(publicity, grounds, personal, "decision", "syy"), actor=user
    )
    assert made is not None
    return made


@action("Siirrä testin päättymistä", needs="test")
def end_long_ago(case: Case, *, actor: Actor) -> None:
    """Let a case have ended half a year and a day ago."""
    del actor
    case.closed_at = timezone.now() - dt.timedelta(days=181)
    case.save(update_fields=["closed_at"])


def plain(body: bytes) -> str:
    """A page without what differs by its own address."""
    return re.sub(r'href="[^"]*"|value="[^"]*"', "", body.decode())


def test_every_wrong_address_gives_the_same_page(client: Client, handler: User) -> None:
    token = send(client)
    item = request_of(token)
    actions.close(item, ground=ClosingGround.WITHDRAWN, reason="perui", actor=handler)
    end_long_ago(item.case, actor=Machine("test"))
    wrong = [token, secrets.token_urlsafe(24), token[:-1], token + "x", "x", "..", "%00", "ä" * 50, "a" * 5000, "' OR 1=1", token.upper()]
    pages = []
    for one in wrong:
        for tail in ("", "lahetetty/", "viesti/", "paatos/", "asiakirja/1/"):
            for answer in (client.get(f"/pyynto/{one}/{tail}"), client.post(f"/pyynto/{one}/{tail}", {"text": "x"})):
                assert answer.status_code == 404
                assert answer["Cache-Control"] == "no-store, private"
                assert answer["Referrer-Policy"] == "no-referrer"
                assert "noindex" in answer["X-Robots-Tag"]
                pages.append(plain(answer.content))
    assert len(set(pages)) == 1
    assert item.case.identifier not in pages[0]


def test_a_wrong_address_takes_as_many_statements_as_a_right_one_to_find(client: Client, django_assert_num_queries: object) -> None:
    for token in (secrets.token_urlsafe(24), "x", "a" * 3000):
        with django_assert_num_queries(1):  # type: ignore[operator]
            client.get(f"/pyynto/{token}/")


def test_the_page_is_kept_out_of_stores_and_indexes_and_shows_no_words_of_the_asker(client: Client) -> None:
    token = send(client, what="Hyvin yksityinen asia", name="Maija Meikäläinen", email="maija@example.org", address="Katu 7", q0="AKT-1")
    for name in ("request_follow", "request_sent"):
        answer = client.get(at("fi", name, token))
        assert answer["Cache-Control"] == "no-store, private"
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "noindex" in answer["X-Robots-Tag"]
        page = answer.content.decode()
        for word in ("Hyvin yksityinen", "Meikäläinen", "maija@example.org", "Katu 7", "AKT-1"):
            assert word not in page


def test_a_public_document_is_fetched_as_it_was_given(client: Client, handler: User) -> None:
    token = send(client)
    item = request_of(token)
    delivery = actions.give(item, document(item, handler), way=Way.E_SERVICE, actor=handler)
    assert "Aineisto XYZ" in client.get(at("fi", "request_follow", token)).content.decode()
    answer = client.get(at("fi", "request_file", token, delivery.pk))
    assert answer.content == PDF.data
    assert answer["Content-Disposition"].startswith('attachment; filename="ASK-')
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "no-store, private"
    assert "sandbox" in answer["Content-Security-Policy"]
    delivery.refresh_from_db()
    assert delivery.fetched_at is not None


@pytest.mark.parametrize("publicity", [Publicity.SECRET, Publicity.PARTLY_SECRET, Publicity.NOT_YET_PUBLIC])
def test_what_is_not_wholly_public_never_opens_by_the_address(client: Client, handler: User, publicity: Publicity) -> None:
    token = send(client)
    item = request_of(token)
    found = document(item, handler, publicity)
    for way in (Way.E_SERVICE, Way.EMAIL, Way.TELEPHONE, Way.FEED):
        with pytest.raises(Refused):
            actions.give(item, found, way=way, actor=handler)
    assert item.deliveries.count() == 0
    page = client.get(at("fi", "request_follow", token)).content.decode()
    assert "Aineisto XYZ" not in page
    assert found.identifier not in page
    for number in range(found.pk + 2):
        assert client.get(at("fi", "request_file", token, number)).status_code == 404


def test_secret_content_is_given_to_someone_known_only(client: Client, handler: User) -> None:
    item = request_of(send(client))
    found = document(item, handler, Publicity.PARTLY_SECRET)
    with pytest.raises(Refused) as refused:
        actions.give(item, found, way=Way.POST, actor=handler)
    assert refused.value.code == "requests.not_identified"


def test_a_document_made_secret_afterwards_closes(client: Client, handler: User) -> None:
    token = send(client)
    item = request_of(token)
    delivery = actions.give(item, document(item, handler), way=Way.E_SERVICE, actor=handler)
    decide(delivery.document, {"publicity": "secret", "grounds": ["JulkL-24-1-25"]}, reason="Uusi arvio", actor=handler)
    assert client.get(at("fi", "request_file", token, delivery.pk)).status_code == 404
    page = client.get(at("fi", "request_follow", token)).content.decode()
    assert "Aineisto XYZ" not in page
    assert "muulla tavalla" in page


def test_a_document_of_another_request_is_not_found(client: Client, handler: User) -> None:
    first, second = send(client), send(client)
    item = request_of(first)
    delivery = actions.give(item, document(item, handler), way=Way.E_SERVICE, actor=handler)
    assert client.get(at("fi", "request_file", second, delivery.pk)).status_code == 404


def test_personal_data_needs_the_receivers_right(client: Client, handler: User) -> None:
    item = request_of(send(client))
    found = document(item, handler, personal="contains")
    with pytest.raises(Refused) as refused:
        actions.give(item, found, way=Way.E_SERVICE, actor=handler)
    assert refused.value.section == "JulkL 621/1999 16 § 3 mom."
    assert actions.give(item, found, way=Way.E_SERVICE, may_process=True, actor=handler).open


def test_messages_show_only_what_the_official_opened(client: Client, handler: User) -> None:
    token = send(client)
    item = request_of(token)
    actions.write(item, "AVOIN VIESTI", public=True, actor=handler)
    actions.write(item, "SULJETTU VIESTI", public=False, actor=handler)
    actions.reply(item, "OMA VIESTI", key=__import__("uuid").uuid4(), actor=Machine("asker"))
    page = client.get(at("fi", "request_follow", token)).content.decode()
    assert "AVOIN VIESTI" in page
    assert "SULJETTU VIESTI" not in page
    assert "OMA VIESTI" not in page
    assert "Yksi viesti ei ole luettavissa tässä" in page


def test_a_reply_reaches_the_desk_once(client: Client, handler: User) -> None:
    token = send(client)
    data = {"text": "Tarkoitan vuotta 2025 😀", "key": new_key()}
    for _ in range(2):
        answer = client.post(at("fi", "request_reply", token), data)
        assert answer.status_code == 302
        assert answer["Location"] == at("fi", "request_follow", token)
    item = request_of(token)
    assert item.messages.count() == 1
    assert item.asker_wrote_at is not None
    client.force_login(handler)
    assert "Tarkoitan vuotta 2025 😀" in client.get(at("fi", "request_case", item.pk)).content.decode()


@pytest.mark.parametrize(("text", "says"), [("", "Täytä tämä kohta"), ("x" * 10_001, "10000"), ("Olen 010100A900F", "henkilötunnusta")])
def test_a_faulty_reply_keeps_what_was_typed(client: Client, text: str, says: str) -> None:
    token = send(client)
    answer = client.post(at("fi", "request_reply", token), {"text": text, "key": new_key()})
    assert answer.status_code == 200
    assert says in answer.content.decode()
    assert text in answer.content.decode()
    assert request_of(token).messages.count() == 0


def test_an_own_data_request_waits_for_identification(client: Client) -> None:
    page = client.get(at("fi", "request_follow", send(client, word="omat-tiedot", slug=SWIM))).content.decode()
    assert "Odottaa tunnistautumistasi" in page


def test_the_asker_takes_a_refusal_to_the_authority(client: Client, handler: User) -> None:
    token = send(client)
    item = request_of(token)
    assert "Haluan viranomaisen päätöksen" not in client.get(at("fi", "request_follow", token)).content.decode()
    actions.refuse(item, FACTS, actor=handler)
    assert item.case.state != "closed"
    assert "Haluan viranomaisen päätöksen" in client.get(at("fi", "request_follow", token)).content.decode()
    for _ in range(2):
        assert client.post(at("fi", "request_decision", token)).status_code == 302
    refusal = item.refusals.get()
    assert refusal.decision_wanted_at is not None
    assert item.case.tasks.filter(kind="decision").count() == 1
    page = client.get(at("fi", "request_follow", token)).content.decode()
    assert "Viranomainen ratkaisee asian" in page


def test_a_real_browser_form_needs_no_cookie_or_origin(client: Client) -> None:
    token = send(client)
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(at("fi", "request_reply", token), {"text": "Viesti", "key": new_key()}, headers={"origin": "null"})
    assert answer.status_code == 302


def test_an_upload_cannot_be_smuggled_in_by_the_address(client: Client) -> None:
    token = send(client)
    client.post(at("fi", "request_reply", token), {"text": "x", "key": new_key(), "file": SimpleUploadedFile("x.pdf", b"%PDF-1.7")})
    assert Document.objects.count() == 1
