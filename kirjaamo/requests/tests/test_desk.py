"""The desk: who may do what, searches with their proof, identification, the own-data package, uploads, answers and ends."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kirjaamo.documents import blobs
from kirjaamo.documents.models import Document, File
from kirjaamo.kernel.actors import Machine
from kirjaamo.kernel.models import UseEntry
from kirjaamo.kernel.registry import SOURCES
from kirjaamo.organisation.models import Unit, User
from kirjaamo.organisation.roles import Role
from kirjaamo.requests import actions
from kirjaamo.requests.arrivals import NewRequest
from kirjaamo.requests.models import InformationRequest, SearchTask
from kirjaamo.requests.pages import desk as desk_page
from kirjaamo.requests.plan import find_entry
from kirjaamo.requests.tests.asking import SWIM, SYSTEM, at, desk, new_key, request_of, send
from kirjaamo.subjects.models import Subject
from kirjaamo.testing import make_user

pytestmark = pytest.mark.django_db
HETU = "010100A900F"
PDF = b"%PDF-1.7 aineisto"


@pytest.fixture
def decider() -> User:
    """Someone who decides for the authority."""
    return make_user(Role.DECIDER, unit="kulttuurin-ja-vapaa-ajan-toimiala")


def text(answer: Any) -> str:
    """The page of an answer."""
    return str(answer.content.decode())


def search_of(token: str) -> SearchTask:
    """The first search of a request."""
    found = request_of(token).searches.first()
    assert found is not None
    return found


def hand_search(client: Client, user: User, token: str) -> None:
    """Record every search as made by hand."""
    for one in request_of(token).searches.all():
        assert "Haun tulos on kirjattu" in text(desk(client, user, token, "hakutulos", one.pk, keys="osoite", hits="1", note=""))


def upload(**fields: Any) -> dict[str, Any]:
    """The form of a document."""
    file = SimpleUploadedFile("aineisto.pdf", PDF)
    return {
        "file": file,
        "title": "Päätösluettelo",
        "publicity": "public",
        "personal": "none",
        "reason": "Julkinen",
        "key": new_key(),
    } | fields


@pytest.mark.parametrize(
    ("roles", "read", "answer", "route", "decide", "receive"),
    [
        ((), 403, 403, 403, 403, 403),
        ((Role.REGISTER_WORKER,), 403, 403, 403, 403, 403),
        ((Role.ADMINISTRATOR,), 403, 403, 403, 403, 403),
        ((Role.DATA_PROTECTION_OFFICER,), 200, 403, 403, 403, 403),
        ((Role.REGISTRAR,), 200, 403, 200, 403, 200),
        ((Role.HANDLER,), 200, 200, 403, 403, 200),
        ((Role.DECIDER,), 200, 200, 403, 404, 200),
    ],
)
def test_each_page_asks_for_its_right(
    client: Client, roles: tuple[Role, ...], read: int, answer: int, route: int, decide: int, receive: int
) -> None:
    number = request_of(send(client)).pk
    client.force_login(make_user(*roles, name="x"))
    assert client.get(at("fi", "requests_desk")).status_code == read
    assert client.get(at("fi", "request_case", number)).status_code == read
    assert client.get(at("fi", "request_act", number, "vastaa")).status_code == answer
    assert client.get(at("fi", "request_refuse", number)).status_code == answer
    assert client.get(at("fi", "request_route", number)).status_code == route
    assert client.get(at("fi", "request_decide", number)).status_code == decide
    assert client.get(at("fi", "request_choose")).status_code == receive


def test_a_visitor_is_sent_to_sign_in(client: Client) -> None:
    number = request_of(send(client)).pk
    for address in (at("fi", "requests_desk"), at("fi", "request_case", number), at("fi", "request_act", number, "ota")):
        answer = Client().get(address)
        assert answer.status_code == 302
        assert "kirjaudu" in answer["Location"]


def test_reading_the_askers_words_stays_in_the_use_log(client: Client, handler: User) -> None:
    item = request_of(send(client))
    client.force_login(handler)
    client.get(at("fi", "request_case", item.pk))
    noted = UseEntry.objects.get(place="request_case")
    assert (noted.actor, noted.about, noted.purpose) == (handler.actor_ref, item.case.identifier, "request")


def test_the_whole_way_from_taking_to_the_fetched_answer(client: Client, handler: User) -> None:
    token = send(client)
    assert "Olet nyt pyynnön käsittelijä" in text(desk(client, handler, token, "ota"))
    assert "tekemätön tehtävä" in text(desk(client, handler, token, "vastaa", text="x", outcome="answered", way="e_service", key=new_key()))
    hand_search(client, handler, token)
    assert "Yhtään asiakirjaa ei ole annettu" in text(
        desk(client, handler, token, "vastaa", text="x", outcome="given", way="e_service", key=new_key())
    )
    assert "Asiakirja on lisätty" in text(desk(client, handler, token, "asiakirja", **upload()))
    item = request_of(token)
    document = Document.objects.get(type_code="material")
    assert "Asiakirja on annettu" in text(client.post(at("fi", "request_give", item.pk, document.pk), {"way": "e_service"}, follow=True))
    assert "Asiakirja on jo annettu" in text(client.post(at("fi", "request_give", item.pk, document.pk), {"way": "e_service"}, follow=True))
    assert "Pyyntöön on vastattu" in text(
        desk(client, handler, token, "vastaa", text="Tässä.", outcome="given", way="e_service", public="on", key=new_key())
    )
    item = request_of(token)
    assert (item.outcome, item.case.state, item.case.closing_ground, item.case.service_way) == ("given", "closed", "answered", "e_service")
    assert item.case.closed_at is not None
    assert item.case.case_documents.filter(document__type_code="answer", document__sent_at__isnull=False).exists()
    page = text(Client().get(at("fi", "request_follow", token)))
    assert "Tässä." in page
    assert Client().get(at("fi", "request_file", token, item.deliveries.get().pk)).content == PDF
    for verb in ("vastaa", "viesti", "jatka", "paata", "asiakirja"):
        assert (
            desk(client, handler, token, verb, **upload(text="x", outcome="given", way="post", reason="r", ground="withdrawn")).status_code
            == 200
        )
    assert item.case.case_documents.filter(document__type_code="material").count() == 1


def test_a_hand_search_proves_keys_hits_time_and_person_without_values(client: Client, handler: User) -> None:
    token = send(client)
    desk(client, handler, token, "hakutulos", search_of(token).pk, keys="nimi, osoite", hits="0", note="Ei vuosilta 2020–2025")
    one = search_of(token)
    assert [key["label"] for key in one.keys] == ["nimi", "osoite"]
    assert (one.hits, one.searched_by, one.note) == (0, handler.actor_ref, "Ei vuosilta 2020–2025")
    assert one.searched_at is not None
    assert one.task.state == "done"
    assert request_of(token).case.stage == "preparation"


@pytest.mark.parametrize("fields", [{"hits": "-1"}, {"hits": ""}, {"hits": "x"}, {"keys": ""}, {"keys": "\x00"}])
def test_a_faulty_search_result_is_told_at_its_field(client: Client, handler: User, fields: dict[str, str]) -> None:
    token = send(client)
    page = desk(client, handler, token, "hakutulos", search_of(token).pk, **({"keys": "nimi", "hits": "1", "note": ""} | fields))
    assert "error-summary" in text(page)
    assert search_of(token).searched_at is None


def test_the_keys_of_a_home_register_are_run_from_the_request(client: Client, handler: User) -> None:
    assert SWIM in SOURCES
    token = send(client, slug=SWIM)
    one = search_of(token)
    assert one.connection == "home"
    client.force_login(handler)
    address = at("fi", "request_search", request_of(token).pk, one.pk)
    assert "Anna ainakin yksi hakutekijä" in text(client.post(address, {}))
    assert "Kirjoita päivämäärä muodossa" in text(client.post(address, {"key2": "kesäkuu"}))
    assert search_of(token).searched_at is None
    page = text(client.post(address, {"key0": "EI-OLE-99"}))
    assert "Näillä hakutekijöillä ei löytynyt mitään" in page
    one.refresh_from_db()
    assert one.hits == 0
    assert "EI-OLE-99" not in json.dumps(one.keys)
    assert len(one.keys) == 1


@pytest.mark.parametrize(
    ("code", "says"), [("", "Täytä"), ("010100A900", "merkki"), ("010100A900X", "tarkist"), ("310200A900F", ""), ("010199-900\x00", "")]
)
def test_a_wrong_identity_code_is_refused_and_not_kept(client: Client, handler: User, code: str, says: str) -> None:
    token = send(client, word="omat-tiedot", slug=SWIM)
    page = text(desk(client, handler, token, "tunnista", name="Maija", personal_id=code, how="id_card"))
    assert "error-summary" in page
    assert says.lower() in page.lower()
    assert request_of(token).identified_at is None
    assert Subject.objects.filter(personal_id_hash__isnull=False).count() == 0


def test_own_data_goes_to_the_identified_by_a_safe_way_only(client: Client, handler: User) -> None:
    token = send(client, word="omat-tiedot", slug=SWIM, what="")
    assert "tunnistetulle" in text(desk(client, handler, token, "paketti", key=new_key()))
    assert "Pyytäjä on tunnistettu" in text(
        desk(client, handler, token, "tunnista", name="Maija Meikäläinen", personal_id=HETU.lower(), how="id_card")
    )
    item = request_of(token)
    page = text(client.get(at("fi", "request_case", item.pk)))
    assert HETU not in page
    assert "1.1.2000" in page
    key = new_key()
    for _ in range(2):
        assert "Paketti on koottu" in text(desk(client, handler, token, "paketti", key=key))
    document = Document.objects.get(type_code="material")
    files = {file.media_type: blobs.read(file.sha256) for file in document.files.all()}
    assert files["application/pdf"].startswith(b"%PDF-1.7")
    told = json.loads(files["application/json"])
    assert {one["register"] for one in told["registers"]} == set(SOURCES)
    assert document.publicity == "partly_secret"
    assert search_of(token).hits is not None
    give = at("fi", "request_give", item.pk, document.pk)
    assert "kokonaan julkisen" in text(client.post(give, {"way": "e_service"}, follow=True))
    assert "Asiakirja on annettu" in text(client.post(give, {"way": "counter"}, follow=True))
    page = text(Client().get(at("fi", "request_follow", token)))
    assert "Omien tietojen kooste" not in page
    assert "muulla tavalla" in page
    assert Client().get(at("fi", "request_file", token, item.deliveries.get().pk)).status_code == 404


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("haitta.exe", b"MZ\x90", "exe"),
        ("vale.pdf", b"MZ\x90 not a pdf", "tiedostomuotoa"),
        ("sivu.html", b"<script>", "html"),
        ("tyhja.pdf", b"", "tyhjä"),
        ("kuva.svg", b"<svg onload=alert(1)>", "svg"),
    ],
)
def test_a_forbidden_upload_is_refused_before_anything_is_stored(client: Client, handler: User, name: str, data: bytes, says: str) -> None:
    token = send(client)
    files, stored = File.objects.count(), len(list(blobs.folder().rglob("*")))
    page = text(desk(client, handler, token, "asiakirja", **upload(file=SimpleUploadedFile(name, data))))
    assert "error-summary" in page
    assert says in page
    assert "Päätösluettelo" in page
    assert File.objects.count() == files
    assert len(list(blobs.folder().rglob("*"))) == stored


def test_a_too_large_upload_is_refused_before_anything_is_stored(client: Client, handler: User, settings: Any) -> None:
    settings.UPLOAD_LIMIT_MB = 1
    token = send(client)
    files = File.objects.count()
    page = text(desk(client, handler, token, "asiakirja", **upload(file=SimpleUploadedFile("iso.pdf", b"%PDF-" + b"x" * 1_100_000))))
    assert "liian suuri" in page
    assert File.objects.count() == files


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"publicity": "secret"}, "Valitse salassapitoperuste"),
        ({"publicity": "public", "grounds": ["JulkL-24-1-25"]}, "ei ole salassapitoperustetta"),
        ({"publicity": ""}, "Valitse vaihtoehto"),
        ({"title": "\u202e\x00"}, "Täytä tämä kohta"),
        ({"grounds": ["Keksitty"], "publicity": "secret"}, "Keksitty"),
    ],
)
def test_a_documents_publicity_and_grounds_agree(client: Client, handler: User, fields: dict[str, Any], says: str) -> None:
    token = send(client)
    assert says in text(desk(client, handler, token, "asiakirja", **upload(**fields)))
    assert not Document.objects.filter(type_code="material").exists()


def test_the_same_document_form_twice_adds_one(client: Client, handler: User) -> None:
    token, key = send(client), new_key()
    for _ in range(2):
        desk(client, handler, token, "asiakirja", **upload(key=key))
    assert Document.objects.filter(type_code="material").count() == 1


REFUSAL = {
    "basis": "secret",
    "ground_1": "JulkL-24-1-25",
    "what": "Lausunto",
    "reason": "Terveystieto",
    "partial_reason": "Kaikki on salaista",
    "party": "Ei asianosainen",
    "fee": "Maksutta",
    "way": "e_service",
    "public": "on",
}


def refuse(client: Client, user: User, token: str, **fields: str) -> str:
    """Send the form of a refusal."""
    client.force_login(user)
    return text(client.post(at("fi", "request_refuse", request_of(token).pk), REFUSAL | fields, follow=True))


def test_a_refusal_leaves_the_case_open_until_the_asker_or_a_reason_ends_it(client: Client, handler: User) -> None:
    token = send(client)
    assert "Asia jää auki" in refuse(client, handler, token)
    item = request_of(token)
    assert (item.outcome, item.case.state, item.case.stage) == ("refused", "handling", "decision")
    assert "error-summary" in text(desk(client, handler, token, "paata", ground="lapsed", reason=""))
    assert "Käsittely on päättynyt" in text(desk(client, handler, token, "paata", ground="lapsed", reason="Ei halunnut päätöstä"))
    item = request_of(token)
    assert (item.case.state, item.case.closing_ground) == ("closed", "lapsed")
    assert item.case.events.last().note == "Ei halunnut päätöstä"  # type: ignore[union-attr]


def test_an_unanswered_request_does_not_lapse(client: Client, handler: User) -> None:
    token = send(client)
    assert "ei ole vastattu" in text(desk(client, handler, token, "paata", ground="lapsed", reason="x"))
    assert "Käsittely on päättynyt" in text(desk(client, handler, token, "paata", ground="withdrawn", reason="Perui puhelimessa"))
    assert request_of(token).outcome == "withdrawn"


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"ground_1": ""}, "Valitse salassapitoperuste"),
        ({"ground_1": "JulkL-24-1-7"}, "vahinkoedellytys"),
        ({"partial_reason": ""}, "miksi julkistakaan osaa"),
        ({"reason": ""}, "Täytä tämä kohta"),
        ({"fee": ""}, "Täytä tämä kohta"),
        ({"basis": "restricted"}, "restricted"),
        ({"basis": "not_found", "ground_1": ""}, "tekemätön tehtävä"),
    ],
)
def test_a_refusal_without_its_parts_is_not_given(client: Client, handler: User, fields: dict[str, str], says: str) -> None:
    token = send(client)
    page = refuse(client, handler, token, **fields)
    assert "error-summary" in page
    assert says in page
    assert request_of(token).outcome == ""


def test_the_preview_shows_the_letter_and_sends_nothing(client: Client, handler: User) -> None:
    token = send(client)
    client.force_login(handler)
    address = at("fi", "request_refuse", request_of(token).pk)
    live = text(client.post(address, {"what": "Lausunto"}, headers={"hx-request": "true"}))
    assert "Lausunto" in live
    assert "<html" not in live
    assert "viranomaisen ratkaistavaksi" in live
    assert "Terveystieto" in text(client.post(address, REFUSAL | {"preview": "1"}))
    assert request_of(token).refusals.count() == 0


def test_the_authority_decides_and_the_case_is_resolved(client: Client, handler: User, decider: User) -> None:
    token = send(client)
    refuse(client, handler, token)
    Client().post(at("fi", "request_decision", token))
    assert "Tee päätös" in text(desk(client, handler, token, "paata", ground="lapsed", reason="x"))
    client.force_login(decider)
    data = {"file": SimpleUploadedFile("paatos.pdf", PDF), "text": "Päätös postissa", "way": "post", "public": "on", "key": new_key()}
    address = at("fi", "request_decide", request_of(token).pk)
    assert "Hyväksy tämä" in text(client.post(address, data, follow=True))
    data["file"] = SimpleUploadedFile("paatos.pdf", PDF)
    assert "Päätös on kirjattu" in text(client.post(address, data | {"appeal": "on"}, follow=True))
    item = request_of(token)
    assert item.case.state == "closed"
    assert item.case.resolved_at is not None
    assert item.case.closing_ground == ""


def test_a_lengthened_request_keeps_both_dates_and_tells_the_asker(client: Client, handler: User) -> None:
    token = send(client)
    assert "Määräaikaa on jatkettu" in text(desk(client, handler, token, "jatka", reason="secret_parts"))
    item = request_of(token)
    assert [data["code"] for data in item.deadlines] == ["julkl-14-ordinary", "julkl-14-extended"]
    assert item.case.due_on == dt.date.fromisoformat(item.deadlines[1]["strict"])
    assert "määräaikaa on jatkettu" in text(Client().get(at("fi", "request_follow", token)))
    assert "jo jatkettu" in text(desk(client, handler, token, "jatka", reason="secret_parts"))
    assert "error-summary" in text(desk(client, handler, token, "jatka", reason="kiire"))


def test_a_part_under_another_controller_is_transferred_and_told(client: Client, handler: User) -> None:
    token = send(client)
    one = search_of(token)
    assert "Siirto on kirjattu" in text(desk(client, handler, token, "siirto", one.pk, body="Ruokavirasto", note=""))
    assert "Ruokavirasto" in text(Client().get(at("fi", "request_follow", token)))
    assert "jo käsitelty" in text(desk(client, handler, token, "siirto", one.pk, body="Toinen", note=""))
    assert "Pyyntöön on vastattu" in text(
        desk(client, handler, token, "vastaa", text="Siirretty.", outcome="transferred", way="e_service", public="on", key=new_key())
    )
    assert request_of(token).case.closing_ground == "transferred"


def test_a_registrar_moves_a_request_to_another_unit(client: Client, registrar: User) -> None:
    token = send(client)
    unit = Unit.objects.get(slug="kirjaamo")
    client.force_login(registrar)
    due = request_of(token).case.due_on
    page = text(
        client.post(at("fi", "request_route", request_of(token).pk), {"unit": unit.pk, "reason": "Koskee koko kaupunkia"}, follow=True)
    )
    assert "Pyyntö on siirretty" in page
    case = request_of(token).case
    assert (case.unit_id, case.due_on) == (unit.pk, due)


@pytest.mark.parametrize("way", ["telephone", "post", "email", "counter", "secure_mail"])
def test_a_request_that_came_another_way_is_recorded_with_its_day(client: Client, registrar: User, way: str) -> None:
    client.force_login(registrar)
    day = timezone.localdate() - dt.timedelta(days=3)
    data = {
        "kind": "document",
        "way": way,
        "received_on": f"{day:%d.%m.%Y}",
        "language": "sv",
        "what": "Avtal",
        "name": "Kalle Kirje",
        "key": new_key(),
    }
    address = at("fi", "request_record", "system", SYSTEM)
    for _ in range(2):
        page = text(client.post(address, data))
        assert "Anna tämä osoite pyytäjälle" in page
    item = InformationRequest.objects.get()
    assert (item.way, item.language, timezone.localdate(item.received_at)) == (way, "sv", day)
    assert item.case.case_documents.get().document.way == way
    assert item.deadlines[0]["strict"] == (day + dt.timedelta(days=14)).isoformat()


@pytest.mark.parametrize("day", ["1.1.2999", "31.2.2026", "eilen", "1.1.1999", ""])
def test_an_impossible_day_of_arrival_is_refused(client: Client, registrar: User, day: str) -> None:
    client.force_login(registrar)
    data = {"kind": "document", "way": "post", "received_on": day, "language": "fi", "what": "Sopimus", "key": new_key()}
    assert "error-summary" in text(client.post(at("fi", "request_record", "system", SYSTEM), data))
    assert not InformationRequest.objects.exists()


def test_the_list_is_narrowed_and_paged_by_keys(client: Client, handler: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk_page, "PAGE", 2)
    identifiers = [
        request_of(send(client, word=word)).case.identifier for word in ("asiakirja", "koottava", "omat-tiedot", "vaihe", "asiakirja")
    ]
    client.force_login(handler)
    seen: list[str] = []
    address = at("fi", "requests_desk") + "?scope=all"
    for _ in range(3):
        page = text(client.get(address))
        seen += [one for one in identifiers if one in page]
        after = page.split("after=")
        if len(after) < 2:
            break
        address = at("fi", "requests_desk") + "?scope=all&after=" + after[-1].split('"')[0].split("&")[0]
    assert sorted(seen) == sorted(identifiers)
    assert len(seen) == len(set(seen))
    narrowed = text(client.get(at("fi", "requests_desk") + "?scope=all&kind=own_data"))
    assert [one for one in identifiers if one in narrowed] == [identifiers[2]]
    assert identifiers[0] not in text(client.get(at("fi", "requests_desk") + "?scope=mine"))
    assert identifiers[0] not in text(client.get(at("fi", "requests_desk") + "?scope=all&overdue=1"))


@pytest.mark.parametrize(
    "query",
    [
        "scope=x",
        "after=x_y",
        "after=2026-01-01_99999999999999999999",
        "before=-_1",
        "unit=99999999999",
        "unit=%00",
        "q=%00%F0%9F%98%80",
        "kind=<b>",
    ],
)
def test_a_broken_address_of_the_list_shows_the_list(client: Client, handler: User, query: str) -> None:
    client.force_login(handler)
    assert client.get(f"{at('fi', 'requests_desk')}?{query}").status_code == 200


def test_the_list_takes_few_statements_whatever_its_length(client: Client, handler: User, django_assert_max_num_queries: Any) -> None:
    for _ in range(4):
        send(client)
    client.force_login(handler)
    with django_assert_max_num_queries(5):
        client.get(at("fi", "requests_desk") + "?scope=all")


def test_an_overdue_request_says_so(client: Client, handler: User) -> None:
    new = NewRequest("document", find_entry("system", SYSTEM), "x", received_at=timezone.now() - dt.timedelta(days=20))  # type: ignore[arg-type]
    actions.send_request(new, actor=Machine("test"))
    client.force_login(handler)
    assert "Myöhässä 6 pv" in text(client.get(at("fi", "requests_desk") + "?scope=all&overdue=1"))


@pytest.mark.parametrize("verb", ["ei-ole", "hakutulos", "siirto"])
def test_an_unknown_act_is_not_found(client: Client, handler: User, verb: str) -> None:
    number = request_of(send(client)).pk
    client.force_login(handler)
    assert client.get(at("fi", "request_act", number, verb)).status_code == 404
    assert client.get(at("fi", "request_case", number + 999)).status_code == 404
    assert client.get(at("fi", "request_task_act", number, "hakutulos", 999999)).status_code == 404


def test_the_case_page_tells_how_the_due_day_was_reckoned(client: Client, handler: User) -> None:
    """From the case one comes to the desk, and the day explains itself."""
    request = request_of(send(client))
    client.force_login(handler)
    page = text(client.get(request.case.get_absolute_url()))
    assert reverse("request_case", args=[request.pk]) in page
    assert "JulkL 621/1999 14 §" in page
