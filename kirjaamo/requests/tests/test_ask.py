"""Asking on the public pages: every kind, hostile input, one form is one request, and what the case register then holds."""

from __future__ import annotations

import logging
import re
import threading

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from kirjaamo.cases.models import Case, CaseParty, PartyRole
from kirjaamo.catalog.actions import reindex
from kirjaamo.catalog.models import InformationResource, InformationSystem
from kirjaamo.documents import blobs
from kirjaamo.kernel.actors import Machine
from kirjaamo.requests import sealed, terms
from kirjaamo.requests.kinds import BY_WORD, KINDS
from kirjaamo.requests.models import InformationRequest, Message
from kirjaamo.requests.tests.asking import SWIM, SYSTEM, at, form_of, new_key, request_of, send, token_of

pytestmark = pytest.mark.django_db
HETU = "010100A900F"


@pytest.mark.parametrize("word", list(BY_WORD))
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_kind_is_taken_without_a_name(client: Client, word: str, language: str) -> None:
    token = send(client, word=word, language=language)
    found = request_of(token)
    kind = BY_WORD[word]
    assert found.kind == kind.kind
    assert found.anonymous
    assert found.language == language
    assert found.needs_identity == kind.needs_identity
    due = terms.first(found.kind, "", found.received_at)
    assert found.deadlines[0]["legal"] == due.legal_last_day.isoformat()
    assert found.case.due_on == due.strict_due
    page = client.get(at(language, "request_sent", token)).content.decode()
    assert found.case.identifier in page
    assert token in page
    assert due.legal_last_day.isoformat() in page


def test_the_request_is_a_case_of_its_class_with_the_facts_of_the_law(client: Client) -> None:
    token = send(client, name="Maija Meikäläinen", email="maija@example.org")
    case = request_of(token).case
    assert case.revision.code == "07 01 04"
    assert re.fullmatch(r"HEL \d{4}-\d{6}", case.identifier)
    assert case.authority.identifier
    assert case.management_unit.business_id == "0201256-6"
    assert case.initiated_at <= case.registered_at <= timezone.now()
    assert case.stage == "initiation"
    initiator = CaseParty.objects.get(case=case, role=PartyRole.INITIATOR)
    assert initiator.subject is not None
    assert initiator.subject.name == "Maija Meikäläinen"
    document = case.case_documents.get().document
    assert (document.direction, document.way, document.sender) == ("incoming", "e_service", "Maija Meikäläinen")
    assert document.arrived_at == case.initiated_at
    assert document.publicity == "partly_secret"
    assert document.grounds
    assert blobs.read(document.files.get().sha256).startswith(b"%PDF-1.7")
    assert case.tasks.filter(kind="search").count() == 1
    assert case.events.first().kind == "opened"  # type: ignore[union-attr]


def test_an_anonymous_request_has_an_anonymous_initiator_and_no_subject(client: Client) -> None:
    party = CaseParty.objects.get(case=request_of(send(client)).case)
    assert party.anonymous
    assert party.subject is None


def test_what_the_asker_wrote_stays_out_of_titles_and_readable_columns(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        token = send(
            client, what="Salainen suunnitelma Zyxwv", name="Veikko Uniikki", email="veikko@example.org", address="Katu 7", q0="AKT-77123"
        )
        client.get(at("fi", "request_follow", token))
    case = request_of(token).case
    secrets_ = ("Zyxwv", "Uniikki", "veikko@example.org", "AKT-77123")
    assert not any(word in case.title + case.public_title for word in secrets_)
    assert not any(word in caplog.text for word in (*secrets_, token))
    with connection.cursor() as cursor:
        for table in (
            "requests_informationrequest",
            "requests_searchtask",
            "cases_case",
            "cases_caseevent",
            "cases_task",
            "kernel_submission",
            "kernel_searchrow",
        ):
            # A party is found by name by those who may open the case (search, condition of `cases.searched.People`), and by nobody else.
            rest = " WHERE source <> 'parties'" if table == "kernel_searchrow" else ""
            cursor.execute(f"SELECT string_agg(t::text, ' ') FROM {table} t{rest}")  # noqa: S608 - names of our own tables
            held = cursor.fetchone()[0] or ""
            assert not any(word in held for word in (*secrets_, token)), table
        cursor.execute("SELECT string_agg(title || text || facets::text, ' ') FROM kernel_searchrow WHERE source = 'parties' AND NOT open")
        assert cursor.fetchone()[0].strip("{} ") == "Veikko Uniikki"
    assert sealed.unseal(request_of(token).sealed)["what"] == "Salainen suunnitelma Zyxwv"


HOSTILE = [
    pytest.param("Kopio 😀👩\u200d👩\u200d👧 asiakirjasta", id="emoji"),
    pytest.param("مرحبا שלום", id="right-to-left"),
    pytest.param("a\u202eb\x00c\x07d\x1b[31m", id="control"),
    pytest.param("<script>alert(1)</script> {{ 7*7 }} {% load x %}", id="markup"),
    pytest.param("x" * 20_000, id="long"),
    pytest.param('#emph[x] #read("/etc/passwd")', id="typst"),
    pytest.param("'; DROP TABLE cases_case; --", id="sql"),
]


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_is_taken_and_read_again(client: Client, text: str, handler: object) -> None:
    token = send(client, what=text, name=text[:150], q0=text[:300])
    staff = Client()
    staff.force_login(handler)  # type: ignore[arg-type]
    page = staff.get(at("fi", "request_case", request_of(token).pk))
    assert page.status_code == 200
    body = page.content.decode()
    assert "<script>alert" not in body
    assert not set(body) & set("\x00\x07\x1b\u202e")
    told = sealed.unseal(request_of(token).sealed)
    assert "\x00" not in str(told)
    assert blobs.read(request_of(token).case.case_documents.get().document.files.get().sha256).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"what": ""}, "Kerro, mitä pyydät"),
        ({"what": "\x00\u202e \n"}, "Kerro, mitä pyydät"),
        ({"what": "x" * 20_001}, "20000"),
        ({"email": "ei osoite"}, "sähköposti"),
        ({"name": "x" * 201}, "200"),
        ({"what": f"Tunnukseni on {HETU}"}, "Älä kirjoita henkilötunnusta"),
        ({"q0": HETU}, "Älä kirjoita henkilötunnusta"),
    ],
)
def test_a_faulty_form_names_the_field_and_loses_nothing(client: Client, fields: dict[str, str], says: str) -> None:
    data = form_of(client) | {"what": "Pyyntö", "name": "Kalle Säilyvä", "address": "Pitkäkatu 1"} | fields
    answer = client.post(at("fi", "ask_form", "system", SYSTEM, "asiakirja"), data)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert says.lower() in page.lower()
    assert "error-summary" in page
    assert f'value="{data["key"]}"' in page
    assert "Pitkäkatu 1" in page
    assert InformationRequest.objects.count() == 0


def test_own_data_may_be_asked_without_a_word(client: Client) -> None:
    assert request_of(send(client, word="omat-tiedot", slug=SWIM, what="")).kind == "own_data"


def test_secret_keys_are_not_asked_on_the_open_form(client: Client) -> None:
    page = client.get(at("fi", "ask_form", "system", SWIM, "omat-tiedot")).content.decode()
    form = page[page.index("data-main") : page.index("</form>", page.index("data-main"))]
    entry = InformationSystem.objects.get(slug=SWIM)
    for key in entry.searchkeys.all():
        asked = key.question.get("fi") or key.label["fi"]
        assert (asked in form) is not key.secret
        if key.secret:
            assert key.label["fi"] in page


@pytest.mark.parametrize("slug", ["ymparistoterveys", "elainten-ja-kasvien-jaljitettavyys"])
def test_what_another_controls_gives_a_route_card_and_no_form(client: Client, slug: str) -> None:
    page = client.get(at("fi", "ask", "system", slug)).content.decode()
    assert "Näitä tietoja ei pyydetä täältä" in page
    assert "https://www.ruokavirasto.fi" in page
    assert "/asiakirja/" not in page
    form = client.get(at("fi", "ask_form", "system", slug, "asiakirja"))
    assert form.status_code == 302
    assert client.post(at("fi", "ask_form", "system", slug, "asiakirja"), {"what": "x"}).status_code == 302
    assert InformationRequest.objects.count() == 0


def test_the_page_tells_before_asking(client: Client) -> None:
    reindex(actor=Machine("test"))
    page = client.get(at("fi", "ask", "system", SYSTEM)).content.decode()
    due = terms.first("document", "", timezone.now()).legal_last_day
    for told in (
        "Julkisuus",
        "Salassapitoperusteet",
        "Säilytysaika",
        "Tietoja alkaen",
        "Päättää tiedon antamisesta",
        due.isoformat(),
        "Mitä pyyntö maksaa",
        "Ehdotus",
    ):
        assert told in page, told
    assert "Miten päivä on laskettu?" in page
    assert "0,50" in page
    assert "2.50" not in page
    for facts in KINDS.values():
        assert f"/{facts.word}/" in page


def test_every_entry_of_the_city_has_its_page_and_form(client: Client) -> None:
    for system in InformationSystem.objects.all():
        assert client.get(at("fi", "ask", "system", system.slug)).status_code == 200, system.slug
    resource = InformationResource.objects.filter(city_wide=True).first()
    assert resource is not None
    assert client.get(at("fi", "ask_form", "resource", resource.slug, "asiakirja")).status_code == 200


def test_a_city_wide_resource_goes_through_the_registry_office(client: Client) -> None:
    entry = InformationResource.objects.filter(city_wide=True, route={}).first()
    assert entry is not None
    data = form_of(client, kind="resource", slug=entry.slug) | {"what": "Pöytäkirja"}
    answer = client.post(at("fi", "ask_form", "resource", entry.slug, "asiakirja"), data)
    found = request_of(token_of(answer))
    assert found.case.unit.is_registry_office
    assert found.searches.count() == max(1, entry.systems.distinct().count())


@pytest.mark.parametrize(
    "path", ["/pyyda/tietojarjestelma/ei-ole/", "/pyyda/yksikko/kirjaamo/", "/pyyda/tietojarjestelma/pysakointi/kaikki/"]
)
def test_an_unknown_address_is_not_found(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_same_form_twice_is_one_request(client: Client) -> None:
    data = form_of(client) | {"what": "Kerran"}
    url = at("fi", "ask_form", "system", SYSTEM, "asiakirja")
    first, second = client.post(url, data), client.post(url, data)
    assert first["Location"] == second["Location"]
    assert Case.objects.count() == 1


def test_a_missing_or_broken_key_does_not_stop_a_request(client: Client) -> None:
    url = at("fi", "ask_form", "system", SYSTEM, "asiakirja")
    assert client.post(url, {"what": "Ilman avainta"}).status_code == 302
    assert client.post(url, {"what": "Rikki", "key": "ei-avain"}).status_code == 302
    assert Case.objects.count() == 2


def test_a_form_from_elsewhere_is_refused() -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(at("fi", "ask_form", "system", SYSTEM, "asiakirja"), {"what": "x", "key": new_key()})
    assert answer.status_code == 403


@pytest.mark.django_db(transaction=True)
def test_two_sends_at_the_same_moment_are_one_request(client: Client) -> None:
    data = form_of(client) | {"what": "Yhtä aikaa"}
    url = at("fi", "ask_form", "system", SYSTEM, "asiakirja")
    start, found = threading.Barrier(4), []

    def post() -> None:
        start.wait()
        try:
            found.append(Client().post(url, data)["Location"])
        finally:
            connection.close()

    threads = [threading.Thread(target=post) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert len(set(found)) == 1
    assert Case.objects.count() == 1
    assert InformationRequest.objects.count() == 1
    assert Message.objects.count() == 0
