"""The API as a program uses it: tokens, writing, verbs, errors, limits, open data, its own description."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from kirjaamo.api import actions
from kirjaamo.api.models import Scope, Token
from kirjaamo.cases.models import Case
from kirjaamo.catalog.kinds import entry_address
from kirjaamo.catalog.models import Connection, InformationSystem
from kirjaamo.documents import actions as documents
from kirjaamo.kernel import journal
from kirjaamo.kernel.errors import Refused
from kirjaamo.kernel.models import JournalEntry
from kirjaamo.organisation.models import User
from kirjaamo.organisation.roles import Role
from kirjaamo.registers.education.premises.models import Room
from kirjaamo.registers.leisure.swim_cards.models import Application, SwimCard
from kirjaamo.registers.leisure.swim_cards.tests.made import terms
from kirjaamo.testing import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("helsinki")]
CARDS, ROOMS = "/api/v1/registers/erityisuimakortit", "/api/v1/registers/tilavaraukset"
TODAY = timezone.localdate
Call = Callable[..., Any]


@pytest.fixture
def call() -> Call:
    """Call the API with the token of an account."""

    def made(method: str, url: str, user: User, body: object = None, *, scope: Scope = Scope.WRITE, **more: Any) -> Any:
        token = Token.objects.filter(user=user, scope=scope).first()
        if token is None:
            token, text = actions.create_token(user, "testi", scope=scope, valid_to=TODAY() + dt.timedelta(days=30), actor=user)
            user.__dict__[f"text-{scope}"] = text
        headers = {"HTTP_AUTHORIZATION": f"Bearer {user.__dict__[f'text-{scope}']}", **more}
        return Client().generic(method, url, json.dumps(body or {}), "application/json", **headers)

    return made


def rooms_url() -> str:
    return f"/api/v1/registers/{Room.register.slug}/room"


def room(code: str = "A-1", **more: object) -> dict[str, object]:
    kind = Room._meta.get_field("kind").flatchoices[0][0]
    return {"code": code, "school": "Alppilan koulu", "name": "Sali", "kind": kind, "capacity": 30, "step_free": True, **more}


APPLICATION = {
    "personal_id": "150594Y9022",
    "name": "Maija Meikäläinen",
    "proof": "eu_card",
    "seen_on": "2026-05-05",
    "resident": True,
    "assistants": 0,
}


def test_a_verb_does_what_its_form_does_and_a_second_send_finds_the_first(call: Call, register_worker: User) -> None:
    terms()
    key = str(uuid.uuid4())
    first = call("POST", f"{CARDS}/actions/apply", register_worker, APPLICATION, HTTP_IDEMPOTENCY_KEY=key)
    assert first.status_code == 200, first.content
    again = call("POST", f"{CARDS}/actions/apply", register_worker, APPLICATION, HTTP_IDEMPOTENCY_KEY=key)
    assert (again.json()["id"], Application.objects.count()) == (first.json()["id"], 1)
    decided = call("POST", f"{CARDS}/application/{first.json()['id']}/actions/decide", register_worker)
    assert decided.json()["fields"]["outcome"] == "granted"
    assert SwimCard.objects.count() == 1
    refused = call("POST", f"{CARDS}/application/{first.json()['id']}/actions/decide", register_worker)
    assert (refused.status_code, refused.json()["code"]) == (422, "swim_cards.already_decided")
    assert journal.verify().whole


def test_a_wrong_value_is_told_by_its_field_in_the_callers_language(call: Call, register_worker: User) -> None:
    body = {**APPLICATION, "personal_id": "150594Y9023"}
    told = call("POST", f"{CARDS}/actions/apply", register_worker, body, HTTP_ACCEPT_LANGUAGE="en").json()
    assert told["field"] == "personal_id"
    assert "check character" in told["sentence"]
    assert "150594" not in json.dumps(told)


def test_records_are_added_and_changed_as_the_register_allows(call: Call, register_worker: User) -> None:
    made = call("POST", rooms_url(), register_worker, room())
    assert made.status_code == 201, made.content
    url = f"{rooms_url()}/{made.json()['id']}"
    assert call("PATCH", url, register_worker, {"version": 1, "capacity": 40}).json()["fields"]["capacity"] == 40
    conflict = call("PATCH", url, register_worker, {"version": 1, "capacity": 50})
    assert (conflict.status_code, conflict.json()["code"]) == (409, "kernel.conflict")
    refused = call("PATCH", url, register_worker, {"version": 2, "capacity": 0}).json()
    assert "vähintään 1" in refused["sentence"]
    assert call("POST", rooms_url(), register_worker, room()).status_code == 422
    closed = call("POST", f"{CARDS}/application", register_worker, {"outcome": "granted"})
    assert (closed.status_code, closed.json()["code"]) == (422, "contract.closed_field")
    assert JournalEntry.objects.latest("id").actor == register_worker.actor_ref


def test_lists_are_filtered_searched_sorted_and_paged_by_key(call: Call, register_worker: User) -> None:
    for number in range(5):
        call("POST", rooms_url(), register_worker, room(f"A-{number}", capacity=10 * number + 10))
    first = call("GET", f"{rooms_url()}?sort=-capacity&limit=2", register_worker).json()
    assert [one["fields"]["capacity"] for one in first["items"]] == [50, 40]
    second = call("GET", f"{rooms_url()}?sort=-capacity&limit=2&after={first['next']}", register_worker).json()
    assert [one["fields"]["capacity"] for one in second["items"]] == [30, 20]
    last = call("GET", f"{rooms_url()}?sort=-capacity&limit=2&after={second['next']}", register_worker).json()
    assert ([one["fields"]["capacity"] for one in last["items"]], last["next"]) == ([10], None)


def test_open_data_needs_no_token_and_tells_public_fields_only(call: Call, register_worker: User) -> None:
    call("POST", rooms_url(), register_worker, room())
    told = Client().get(f"/api/v1/open/{Room.register.slug}/room").json()
    assert told["items"][0]["fields"]["school"] == "Alppilan koulu"
    assert Client().get("/api/v1/open/erityisuimakortit/swimcard").status_code == 404


def test_a_token_ends_by_its_day_and_by_revoking(call: Call, register_worker: User) -> None:
    assert call("GET", CARDS, register_worker).status_code == 200
    actions.revoke_token(Token.objects.get(), actor=register_worker)
    assert call("GET", CARDS, register_worker).json()["code"] == "api.token"
    with pytest.raises(Refused):
        actions.create_token(register_worker, "x", scope=Scope.READ, valid_to=TODAY() + dt.timedelta(days=800), actor=register_worker)
    other = make_user(Role.REGISTER_WORKER, name="toinen")
    with pytest.raises(Refused):
        actions.create_token(register_worker, "x", scope=Scope.READ, valid_to=TODAY() + dt.timedelta(days=8), actor=other)


def test_only_a_hash_of_a_token_is_kept_and_it_reaches_its_registers_only(register_worker: User) -> None:
    told = {"scope": Scope.READ, "valid_to": TODAY() + dt.timedelta(days=8), "actor": register_worker}
    token, text = actions.create_token(register_worker, "x", registers=["hitas"], **told)  # type: ignore[arg-type]
    assert text not in str(Token.objects.values().get())
    headers = {"HTTP_AUTHORIZATION": f"Bearer {text}"}
    assert Client().get(CARDS, **headers).status_code == 403  # type: ignore[arg-type]
    listed = Client().get("/api/v1/registers", **headers).json()  # type: ignore[arg-type]
    assert [one["slug"] for one in listed["items"]] == ["hitas"]
    Token.objects.filter(pk=token.pk)._raw_delete("default")
    assert Client().get(CARDS, **headers).status_code == 401  # type: ignore[arg-type]


def test_a_caller_over_its_calls_is_told_when_to_come_again(call: Call, register_worker: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kirjaamo.api.access.count_call", lambda _caller, _minute: 601)
    answer = call("GET", CARDS, register_worker)
    assert (answer.status_code, answer.json()["code"]) == (429, "api.too_many")
    assert 0 < int(answer.headers["Retry-After"]) <= 60


def test_visitors_behind_a_proxy_are_counted_apart_and_none_by_what_it_writes_itself(
    settings: Any, register_worker: User, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the header only what the trusted proxies wrote counts: each visitor has calls of its own, and cannot make more by lying."""
    call("POST", rooms_url(), register_worker, room())
    settings.KIRJAAMO_PROXIES = 1
    monkeypatch.setattr("kirjaamo.api.calls.OPEN_PER_MINUTE", 2)
    address = f"/api/v1/open/{Room.register.slug}/room"

    def asked(told: str) -> int:
        return Client().get(address, HTTP_X_FORWARDED_FOR=told, REMOTE_ADDR="10.0.0.1").status_code

    assert [asked("203.0.113.9") for _ in range(3)] == [200, 200, 429]
    assert asked("203.0.113.10") == 200
    assert asked("198.51.100.1, 203.0.113.9") == 429


def test_calls_are_counted_by_minute() -> None:
    minute = timezone.now().replace(second=0, microsecond=0)
    assert [actions.count_call("token:1", minute) for _ in range(3)] == [1, 2, 3]
    assert actions.count_call("token:1", minute + dt.timedelta(hours=2)) == 1
    assert actions.count_call("token:1", minute) == 1  # the old counter went


def test_a_session_of_a_browser_opens_no_call(register_worker: User) -> None:
    client = Client()
    client.force_login(register_worker)
    assert client.get(CARDS).status_code == 401


def test_the_openapi_document_names_every_verb_and_the_page_shows_it() -> None:
    told = Client().get("/api/v1/openapi.json").json()
    assert told["openapi"].startswith("3.1")
    apply = told["paths"]["/registers/erityisuimakortit/actions/apply"]["post"]
    schema = apply["requestBody"]["content"]["application/json"]["schema"]
    assert "personal_id" in schema["required"]
    assert "/registers/erityisuimakortit/swimcard" in told["paths"]
    assert f"/open/{Room.register.slug}/room" in told["paths"]
    page = Client().get("/rajapinta/")
    assert "POST /api/v1/registers/erityisuimakortit/actions/apply" in page.content.decode()
    assert Client().get("/en/rajapinta/").status_code == 200


# Events of other systems ------------------------------------------------------------------------------------------------------------


def system() -> InformationSystem:
    found = next(one for one in InformationSystem.objects.filter(connection="hand").prefetch_related("classes") if _class_of(one))
    assert isinstance(found, InformationSystem)
    return found


def _class_of(one: InformationSystem) -> str:
    revisions = (c.revisions.in_force(TODAY()).first() for c in one.classes.all())
    return next((r.code for r in revisions if r is not None and r.nodes.exists()), "")


def test_an_existing_system_reports_its_cases_once(call: Call, registrar: User) -> None:
    one = system()
    url = f"/api/v1/systems/{one.slug}/events"
    at = (timezone.now() - dt.timedelta(hours=1)).isoformat()
    body = {
        "key": "e-1",
        "kind": "case",
        "case": "X-17",
        "at": at,
        "title": "Hakemus",
        "class_code": _class_of(one),
        "initiator": "Matti Mallikas",
    }
    first = call("POST", url, registrar, body, scope=Scope.FEED)
    assert first.status_code == 201, first.content
    count = Case.objects.count()
    assert call("POST", url, registrar, body, scope=Scope.FEED).json()["case"] == first.json()["case"]
    assert Case.objects.count() == count
    one.refresh_from_db()
    assert (one.connection, one.feeder) == (Connection.FED, registrar.name)
    measure = {"key": "e-2", "kind": "measure", "case": "X-17", "at": timezone.now().isoformat(), "label": {"fi": "Lausunto pyydettiin"}}
    assert call("POST", url, registrar, measure, scope=Scope.FEED).status_code == 201
    case = Case.objects.get(identifier=first.json()["case"])
    assert case.events.filter(label__fi="Lausunto pyydettiin").count() == 1
    unknown = call("POST", url, registrar, {**measure, "key": "e-3", "case": "X-99"}, scope=Scope.FEED)
    assert unknown.json()["code"] == "api.case_unknown"
    one.refresh_from_db()
    assert one.last_event_at is not None


def feeding_headers(registrar: User) -> dict[str, str]:
    _token, text = actions.create_token(registrar, "syöttö", scope=Scope.FEED, valid_to=TODAY() + dt.timedelta(days=8), actor=registrar)
    return {"HTTP_AUTHORIZATION": f"Bearer {text}"}


def fed_with(one: InformationSystem, registrar: User, told: list[dict[str, str]], *files: SimpleUploadedFile) -> Any:
    """Report a new case with documents, as a form of several parts."""
    at = (timezone.now() - dt.timedelta(hours=1)).isoformat()
    event = {
        "key": "d-1",
        "kind": "case",
        "case": "X-18",
        "at": at,
        "title": "Hakemus",
        "class_code": _class_of(one),
        "documents": told,
    }
    body = {"event": json.dumps(event), "file": list(files)}
    return Client().post(f"/api/v1/systems/{one.slug}/events", body, **feeding_headers(registrar))  # type: ignore[arg-type]


def test_an_event_brings_its_documents_with_what_the_plan_says_of_their_type(registrar: User) -> None:
    one = system()
    revision = next(r for c in one.classes.all() if (r := c.revisions.in_force(TODAY()).first()) is not None and r.code == _class_of(one))
    node = revision.nodes.filter(kind="document").order_by("order")[0]
    told = [{"title": "Hakemus liitteineen", "type": node.code, "sender": "Matti Mallikas"}]
    file = SimpleUploadedFile("hakemus.pdf", b"%PDF-1.7 hakemus")
    made = fed_with(one, registrar, told, file)
    assert made.status_code == 201, made.content
    case = Case.objects.get(identifier=made.json()["case"])
    document = case.case_documents.get().document
    assert (document.title, document.type_code, document.publicity, document.way) == (
        "Hakemus liitteineen",
        node.code,
        documents.Metadata.of(node).publicity.value,
        "feed",
    )
    again = fed_with(one, registrar, told, SimpleUploadedFile("hakemus.pdf", b"%PDF-1.7 hakemus"))
    assert again.json()["case"] == case.identifier
    assert case.case_documents.count() == 1


@pytest.mark.parametrize(
    ("kind", "name", "code"),
    [("ei-ole", "hakemus.pdf", "api.document_type"), ("", "hakemus.exe", "documents.kind_refused"), (None, "", "api.documents")],
)
def test_a_document_that_cannot_be_taken_is_named_and_nothing_of_the_event_stays(
    registrar: User, kind: str | None, name: str, code: str
) -> None:
    one, before = system(), Case.objects.count()
    files = [SimpleUploadedFile(name, b"%PDF-1.7 x" if name.endswith("pdf") else b"MZ\x90")] if kind is not None else []
    answer = fed_with(one, registrar, [{"title": "Liite", "type": kind or ""}], *files)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert Case.objects.count() == before


def test_a_fed_system_says_so_at_once_with_its_feeder_and_last_event(registrar: User) -> None:
    one = system()
    address = entry_address("system", one.slug)
    assert "Pyynnöstä tulee tehtävä" in Client().get(address).content.decode().replace("\u00ad", "")
    assert fed_with(one, registrar, []).status_code == 201
    page = Client().get(address).content.decode().replace("\u00ad", "")
    assert "Järjestelmä lähettää asiat" in page
    assert "Viimeisin tapahtuma" in page
    assert registrar.name not in page
    staff = Client()
    staff.force_login(registrar)
    assert registrar.name in staff.get(address).content.decode().partition("<main")[2]


def test_only_a_feeding_token_of_who_registers_reports(call: Call, registrar: User, register_worker: User) -> None:
    one = system()
    url = f"/api/v1/systems/{one.slug}/events"
    body = {"key": "e-1", "kind": "case", "case": "X-17", "at": timezone.now().isoformat()}
    assert call("POST", url, registrar, body, scope=Scope.READ).json()["code"] == "api.scope"
    assert call("POST", url, register_worker, body, scope=Scope.FEED).status_code == 403
    assert call("POST", url, registrar, {**body, "at": "eilen"}, scope=Scope.FEED).json()["field"] == "at"
    one.refresh_from_db()
    assert one.connection == Connection.HAND
