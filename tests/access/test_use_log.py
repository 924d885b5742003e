"""Whatever answer shows secret or personal data, a row of the use log stands behind it: a walk over every exit.

The world holds one word that stands nowhere else: in a confidential case, its party, its documents and their file, a decision being
prepared, an arrival with its file, and a record of a register. Whoever may see everything opens every address; each answer in which
the word stands must have left a row. A planted page that reads past the gate is found by the same walk.
"""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Iterable, Iterator

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path
from django.utils import timezone

from kirjaamo.api.actions import create_token
from kirjaamo.api.models import Scope
from kirjaamo.cases.models import Case
from kirjaamo.cases.tests.test_arrivals import message, taken
from kirjaamo.config import urls
from kirjaamo.decisions import actions as decisions
from kirjaamo.documents.models import Document
from kirjaamo.kernel.models import UseEntry, UseVerb
from kirjaamo.organisation.models import User
from kirjaamo.organisation.roles import Role
from kirjaamo.registers.leisure.swim_cards import actions as cards
from kirjaamo.registers.leisure.swim_cards.models import Proof
from kirjaamo.registers.leisure.swim_cards.tests.made import terms
from kirjaamo.subjects.models import Subject
from kirjaamo.testing import make_user
from kirjaamo.ui.access import page
from kirjaamo.values.personal_id import PersonalId
from tests.access.test_exits import WORD, addresses, secret

__all__ = ["secret"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("helsinki")]
SHOWN = re.compile(rf"(Aino|Veera|Elatusapu|Sopimus|Soita|Terveisiä|Tässä) {WORD}|{WORD}\.(txt|pdf)|^{WORD}$")
PAST_THE_GATE, THROUGH_IT = "/istutettu/ohi/", "/istutettu/kautta/"


@page(needs="cases.read")
def past_the_gate(request: HttpRequest) -> HttpResponse:
    """A page whose maker forgot: it reads titles without their rows."""
    del request
    return HttpResponse(" ".join(Case.objects.values_list("title", flat=True)))


@page(needs="cases.read")
def through_it(request: HttpRequest) -> HttpResponse:
    """A page whose maker thought of nothing, but reads rows."""
    del request
    return HttpResponse(" ".join(case.title for case in Case.objects.all()))


urlpatterns = [
    path(PAST_THE_GATE.strip("/") + "/", past_the_gate),
    path(THROUGH_IT.strip("/") + "/", through_it),
    *urls.urlpatterns,
]


@pytest.fixture
def reader() -> User:
    """Someone who may see everything."""
    return make_user(*Role, unit="kasvatuksen-ja-koulutuksen-toimiala", name="Kaikki Näkevä")


@pytest.fixture
def world(secret: dict[str, str], reader: User) -> dict[str, str]:
    """More of the word: a decision, an arrival, a record; the parameters that lead to all of it."""
    case = Case.objects.get()
    text = decisions.Text(title=f"Elatusapu {WORD}", operative=f"Sopimus {WORD} vahvistetaan.", reasons="", provisions="", power="")
    draft = decisions.prepare(case, text, routes=[], actor=reader, key=uuid.uuid4())
    arrival = taken(message(subject=f"Terveisiä {WORD}", text=f"Tässä {WORD}", files={f"{WORD}.pdf": b"%PDF-1.7\n"}))
    worker = make_user(Role.REGISTER_WORKER, unit="kulttuurin-ja-vapaa-ajan-toimiala", name="tekijä")
    terms()
    cards.apply(PersonalId.parse("150594Y9022"), f"Veera {WORD}", Proof.EU_CARD, dt.date(2026, 5, 5), resident=True, actor=worker)
    of_arrival = {"arrival": arrival.pk, "file": arrival.files.get(order=1).pk}
    return secret | {"decision": str(draft.pk), "key": str(Subject.objects.get(name=f"Aino {WORD}").pk)} | {
        f"arrival.{name}": str(value) for name, value in of_arrival.items()
    }  # fmt: skip


def told(parameters: dict[str, str]) -> Iterator[str]:
    """The addresses of the case, its decision and its party, and those of the arrival and of the register."""
    plain = {name: value for name, value in parameters.items() if "." not in name}
    yield from addresses(plain)
    yield from ("/tyo/asiat/", "/tyo/osapuolet/", "/rekisterit/erityisuimakortit/")
    yield from (one for one in addresses({n.partition(".")[2]: v for n, v in parameters.items() if "." in n}) if "saapuneet/" in one)
    yield from (
        one
        for one in addresses({"slug": "erityisuimakortit", "kind": "application", "form": "csv"})
        if "rekisterit/erityisuimakortit" in one
    )


def unnoted(reader: User, walked: Iterable[str]) -> tuple[list[str], set[str]]:
    """The addresses that showed the word and left no row of the log, and the kinds of use that were noted on the way."""
    client = Client(raise_request_exception=False)
    client.force_login(reader)
    missing: list[str] = []
    verbs: set[str] = set()
    for address in dict.fromkeys(walked):
        before = UseEntry.objects.count()
        response = client.get(address)
        if not 200 <= response.status_code < 300:
            continue
        body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
        shown = (body + str(response.headers).encode()).replace("\u00ad".encode(), b"").replace(b"&shy;", b"").decode("utf-8", "replace")
        file = not response.headers["Content-Type"].startswith(("text/html", "application/json"))
        secret_file = file and address.startswith("/tyo/") and "/suunnitelma/" not in address  # of a case: the word may be packed in it
        rows = list(UseEntry.objects.order_by("id")[before:])
        verbs.update(row.verb for row in rows if row.actor == reader.actor_ref)
        if not rows and (secret_file or SHOWN.search(shown)):
            missing.append(address)
    return missing, verbs


def test_no_exit_shows_what_is_not_everyones_without_a_row_of_the_log(world: dict[str, str], reader: User) -> None:
    """Every address: pages, lists, searches, files, exports, parts of pages."""
    missing, verbs = unnoted(reader, told(world))
    assert missing == [], "\n".join(missing)
    assert {UseVerb.VIEW, UseVerb.LIST, UseVerb.SEARCH, UseVerb.FILE, UseVerb.EXPORT} <= verbs


@override_settings(ROOT_URLCONF=__name__)
def test_a_planted_page_that_reads_past_the_gate_is_found(secret: dict[str, str], reader: User) -> None:
    """The walk is not blind; and a page that reads rows is noted though its maker did nothing for it."""
    del secret
    assert unnoted(reader, [PAST_THE_GATE, THROUGH_IT])[0] == [PAST_THE_GATE]


def test_the_people_of_a_file_are_named_by_key(world: dict[str, str], reader: User) -> None:
    """Who is a party of the case is found in the log of a file of it, whatever page gave the file."""
    del world
    person = Subject.objects.get(name__startswith="Aino").pk
    case, document = Case.objects.get(title__contains=WORD), Document.objects.filter(title__contains=WORD).first()
    assert document is not None
    client = Client()
    client.force_login(reader)
    for address in (f"{case.get_absolute_url()}asiakirjat/{document.identifier}/versio/1/", f"{case.get_absolute_url()}tiedosto/1/"):
        before = UseEntry.objects.count()
        if client.get(address).status_code == 200:
            assert [row.subjects for row in UseEntry.objects.order_by("id")[before:]] == [[person]]
    assert UseEntry.objects.filter(verb=UseVerb.FILE).exists()


def test_the_interface_is_noted_as_the_account_of_its_token(world: dict[str, str], reader: User) -> None:
    """A program that lists records by a token reads them as the person whose token it is."""
    del world
    until = timezone.localdate() + dt.timedelta(days=30)
    _row, text = create_token(reader, "siirto", scope=Scope.READ, valid_to=until, actor=reader)
    before = UseEntry.objects.count()
    answer = Client(headers={"Authorization": f"Bearer {text}"}).get("/api/v1/registers/erityisuimakortit/application")
    assert answer.status_code == 200
    (row,) = UseEntry.objects.order_by("id")[before:]
    assert (row.actor, row.area, row.verb) == (reader.actor_ref, "erityisuimakortit", UseVerb.LIST)
    assert row.subjects == [Subject.objects.get(name__startswith="Veera").pk]
