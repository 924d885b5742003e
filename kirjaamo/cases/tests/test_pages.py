"""The pages of the case register, walked by a registrar, a handler and a visitor."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kirjaamo.cases import actions, parts
from kirjaamo.cases.models import Case, CaseState, ClosingGround, Task, TaskState
from kirjaamo.cases.parts import CasePart, case_part
from kirjaamo.cases.reading import MOST, PAGE, Asked, list_cases
from kirjaamo.cases.tests import made
from kirjaamo.documents.models import Document, File
from kirjaamo.kernel.actors import VISITOR
from kirjaamo.kernel.models import JournalEntry, SearchRow
from kirjaamo.kernel.registry import SOURCES, Found
from kirjaamo.organisation.models import Unit, User
from kirjaamo.subjects.models import Subject
from kirjaamo.ui.parts import Deadline, DeadlineStep
from kirjaamo.values.publicity import PersonalData, Publicity

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("helsinki")]
NEW = "/tyo/asiat/uusi/?luokka=07+01+04"
HETU = "010190-900P"


@pytest.fixture
def desk(registrar: User) -> Client:
    """A browser in which the registrar is signed in."""
    client = Client()
    client.force_login(registrar)
    return client


@pytest.fixture
def work(handler: User) -> Client:
    """A browser in which the handler is signed in."""
    client = Client()
    client.force_login(handler)
    return client


def arrival(**changes: Any) -> dict[str, Any]:
    """What a registrar types of an arrival."""
    now = timezone.localtime() - dt.timedelta(hours=2)
    told = {
        "key": str(uuid.uuid4()),
        "way": "email",
        "arrived_on": f"{now:%d.%m.%Y}",
        "arrived_time": f"{now:%H.%M}",
        "sender_kind": "person",
        "sender": "Aino Esimerkki",
        "title": "Uimarannan laiturin korjaus",
        "title_open": "yes",
        "unit": str(Unit.objects.get(slug="kirjaamo").pk),
        "language": "fi",
        "type": "request",
        "publicity": "plan",
    }
    return told | changes


def errors(response: Any) -> dict[str, list[str]]:
    """The errors of the form of an answer, by field."""
    assert response.status_code == 422, response.status_code
    return {name: [str(one) for one in told] for name, told in response.context["form"].errors.items()}


def test_a_registrar_registers_an_arrival_with_its_documents(desk: Client) -> None:
    """One form makes the case, its parties and one document for each file; the same form again makes nothing new."""
    files = [SimpleUploadedFile("aloite.txt", b"Laituri on rikki."), SimpleUploadedFile("kuva.png", b"\x89PNG\r\n\x1a\n" + b"0" * 20)]
    told = arrival()
    first = desk.post(NEW, told | {"uploads": files})
    case = Case.objects.get()
    assert first.headers["Location"] == case.get_absolute_url()
    again = desk.post(NEW, told | {"uploads": [SimpleUploadedFile("aloite.txt", b"Laituri on rikki.")]})
    assert again.headers["Location"] == first.headers["Location"]
    assert Case.objects.count() == 1
    assert [f.name for f in File.objects.order_by("pk")] == ["aloite.txt", "kuva.png"]
    document = Document.objects.first()
    assert document is not None
    assert (document.publicity, document.decided_from, document.sender) == ("partly_secret", "plan", "Aino Esimerkki")
    page = desk.get(first.headers["Location"])
    assert "Uimarannan laiturin korjaus" in page.content.decode()
    assert "aloite.txt" in page.content.decode()


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"title": f"Asia {HETU}"}, "title", "henkilötunnus"),
        ({"title": "Asia 010190-9007"}, "title", "näyttää olevan"),
        ({"title": "\u202e\x00 "}, "title", ""),
        ({"title": "a" * 301}, "title", "300"),
        ({"title_open": ""}, "title_open", "Valitse"),
        ({"sender": ""}, "sender", "Nimetön"),
        ({"arrived_on": "31.2.2026"}, "arrived_on", "pp.kk.vvvv"),
        ({"arrived_on": "1.1.2099"}, "arrived_on", "tulevaisuudessa"),
        ({"personal_id": "010190-9007"}, "personal_id", "tarkistusmerk"),
        ({"business_id": "0201256-7"}, "business_id", "Y-tunnu"),
        ({"type": "other"}, "publicity", "suunnitelma"),
        ({"type": "other", "publicity": "secret"}, "ground", "peruste"),
        ({"publicity": "public"}, "reason", "poikkeaa"),
        ({"unit": ""}, "unit", ""),
        ({"key": "ei avain"}, "key", ""),
    ],
)
def test_what_is_wrong_is_told_at_its_field(desk: Client, changes: dict[str, str], field: str, words: str) -> None:
    """Each mistake names its field and the remedy, and nothing is registered."""
    told = errors(desk.post(NEW, arrival(**changes)))
    assert words in " ".join(told[field])
    assert not Case.objects.exists()
    assert not Document.objects.exists()


def test_a_title_that_only_looks_like_a_code_may_be_confirmed(desk: Client) -> None:
    """A number of eleven characters that is no identity code is let through after a second look."""
    assert desk.post(NEW, arrival(title="Sarja 010190-9007", title_checked="on")).status_code == 302


def test_an_anonymous_arrival_has_no_name_and_a_hostile_file_is_refused(desk: Client) -> None:
    """What the sender did not want to tell is not stored; a file that is none of the kinds is refused before it is stored."""
    told = errors(desk.post(NEW, arrival() | {"uploads": [SimpleUploadedFile("virus.pdf", b"MZ\x90\x00")]}))
    assert "virus.pdf" in " ".join(told["uploads"])
    assert desk.post(NEW, arrival(sender_kind="anonymous", sender="Joku", email="joku@esimerkki.example")).status_code == 302
    assert not Subject.objects.exists()
    assert Case.objects.get().parties.get().anonymous


def test_a_masked_title_keeps_the_row_in_the_public_register(desk: Client) -> None:
    """The secret title is nowhere in the public pages, and its words find nothing; the row and its class are there."""
    desk.post(NEW, arrival(title="Mirumaru Vantterin perheen asia", title_open="no"))
    case = Case.objects.get()
    visitor = Client()
    for url in ("/asiat/", case.get_public_url(), "/asiat/?q=Vantterin", "/asiat/?q=Mirumaru", "/sv/asiat/", f"/asiat/?q={case.number}"):
        page = visitor.get(url, follow=True).content.decode()
        assert "Mirumaru" not in page.replace("q=Mirumaru", "").replace('value="Mirumaru"', "")
        assert "Aino" not in page
    assert case.identifier in visitor.get("/asiat/").content.decode()
    assert case.identifier not in visitor.get("/asiat/?q=Mirumaru").content.decode()
    assert case.identifier in desk.get("/tyo/asiat/?q=mirumaru").content.decode()
    assert not SearchRow.objects.filter(open=True, title__contains="Mirumaru").exists()


def test_an_identity_code_is_never_shown(desk: Client) -> None:
    """The code of a party is masked on the case page and absent from everything public."""
    desk.post(NEW, arrival(personal_id=HETU))
    case = Case.objects.get()
    page = desk.get(case.get_absolute_url()).content.decode()
    assert "******-****" in page
    assert HETU not in page
    assert "900P" not in Client().get(case.get_public_url()).content.decode()


def test_classes_are_found_by_code_and_by_everyday_words(desk: Client) -> None:
    """A code picks its class, its beginning and inflected words give a list."""
    assert 'value="07 01 04" id="luokka-1" checked' in desk.get("/tyo/asiat/uusi/?haku=07+01+04").content.decode()
    for text in ("tietopyyntö", "tietopyynnön", "07 01"):
        assert "07 01 04" in desk.get("/tyo/asiat/uusi/", {"haku": text}).content.decode(), text
    assert "ei löytynyt" in desk.get("/tyo/asiat/uusi/", {"haku": "xyzzy"}).content.decode()


@pytest.mark.parametrize("typed", ["{identifier}", "hel-{year}-{number}", "HEL {year} {number}", "hel{year}-{number}"])
def test_an_identifier_is_found_however_it_is_typed(work: Client, typed: str) -> None:
    """An identifier in the search box leads straight to the case; an address with it too."""
    case = made.open_case()
    text = typed.format(identifier=case.identifier, year=case.initiated_at.year, number=case.number)
    assert work.get("/tyo/asiat/", {"q": text}).headers["Location"] == case.get_absolute_url()
    assert Client().get("/asiat/", {"q": text}).headers["Location"] == case.get_public_url()
    assert work.get(f"/tyo/asiat/{case.address.lower()}/").headers["Location"] == case.get_absolute_url()
    assert work.get("/tyo/asiat/HEL-2026-999999/").status_code == 404


def test_filters_narrow_the_list(work: Client, handler: User) -> None:
    """Class, unit, handler, state and due day each leave what they say."""
    today = timezone.localdate()
    late = made.open_case(title="Myöhässä oleva", due_on=today - dt.timedelta(days=1))
    card = made.open_case(made.CARD_CLASS, "kulttuurin-ja-vapaa-ajan-toimiala", title="Korttiasia", handler=handler)
    closed = made.open_case(title="Loppunut")
    actions.close(closed, ground=ClosingGround.WITHDRAWN, actor=handler)

    def found(**query: str) -> set[str]:
        return set(re.findall(r"Myöhässä oleva|Korttiasia|Loppunut", work.get("/tyo/asiat/", query).content.decode()))

    assert found() == {"Myöhässä oleva", "Korttiasia", "Loppunut"}
    assert found(luokka="12") == {"Korttiasia"}
    assert found(yksikko="kirjaamo") == {"Myöhässä oleva", "Loppunut"}
    assert found(yksikko="mine") == {"Korttiasia"}
    assert found(kasittelija="mine") == {"Korttiasia"}
    assert found(tila="closed") == {"Loppunut"}
    assert found(tila="open", kasittelija="none") == {"Myöhässä oleva"}
    assert found(erapaiva="late") == {"Myöhässä oleva"}
    assert found(q="loppunutta") <= {"Loppunut"}
    assert found(q="korttiasian") == {"Korttiasia"} or found(q="Korttiasia") == {"Korttiasia"}
    assert found(tila="rikki", after="x", before="9" * 40, luokka="\x00'") == set()
    assert late.pk < card.pk


def test_paging_walks_every_row_once_in_both_directions(handler: User) -> None:
    """Keyset pages neither repeat nor lose a row, by age and by due day, and count honestly."""
    today, at = timezone.localdate(), timezone.now() + dt.timedelta(minutes=1)
    cases = [made.open_case(due_on=today + dt.timedelta(days=n % 4)) for n in range(PAGE * 2 + 3)]
    for sort in ("-id", "due"):
        seen: list[int] = []
        page = list_cases(Asked(sort=sort), handler, at)
        assert page.total == len(cases) <= MOST
        while True:
            seen += [row["id"] for row in page.rows]
            if not page.after:
                break
            page = list_cases(Asked(sort=sort, after=page.after), handler, at)
        assert len(seen) == len(set(seen)) == len(cases)
        back = list_cases(Asked(sort=sort, before=page.before), handler, at)
        assert [row["id"] for row in back.rows] == seen[PAGE : PAGE * 2]


def test_a_handler_works_a_case_from_taking_it_to_its_end(work: Client, handler: User) -> None:
    """Take, record a measure and a stage, add a document, give and finish a task, close: each by its own page."""
    case = made.open_case()
    base = case.get_absolute_url()

    def send(page: str, **told: Any) -> None:
        response = work.post(f"{base}{page}", told)
        assert response.headers.get("Location") == base, page

    send("ota/")
    send("kirjaa/", measure="search", stage="preparation", note="Haettu arkistosta.")
    own = {"title": "Muistio", "type": "material", "publicity": "plan", "direction": "own"}
    send("asiakirja/", **own, uploads=SimpleUploadedFile("muistio.txt", b"Hei"), key=str(uuid.uuid4()))
    send("tehtava/", title="Tarkista julkisuus", unit=str(case.unit_id), user="", due_on="")
    task = Task.objects.get()
    assert "avoimia tehtäviä" in str(errors(work.post(f"{base}paata/", {"how": "answered"})))
    send(f"tehtava/{task.pk}/", outcome="Kaikki on julkista.")
    assert "ratkaistiin" in str(errors(work.post(f"{base}paata/", {"how": "resolved"})))
    day = f"{timezone.localdate():%d.%m.%Y}"
    too_early = errors(work.post(f"{base}paata/", {"how": "resolved", "resolved_on": day, "resolved_time": "0.00"}))
    assert "vireilletulon jälkeen" in str(too_early)
    send("paata/", how="answered")
    case.refresh_from_db()
    task.refresh_from_db()
    assert (case.state, case.handler, case.stage, task.state) == (CaseState.CLOSED, handler, "service", TaskState.DONE)
    assert list(case.events.values_list("kind", flat=True)) == ["opened", "taken", "search", "document_added", "closed"]
    page = work.get(base).content.decode()
    assert "kirjaa/" not in page
    assert "päättynyt" in str(errors(work.post(f"{base}tehtava/", {"title": "Vielä", "unit": str(case.unit_id)})))


def test_a_measure_sent_twice_is_recorded_once(work: Client) -> None:
    """A retried form leaves one event, one document, one task."""
    case = made.open_case()
    base = case.get_absolute_url()
    key = str(uuid.uuid4())
    for _turn in range(2):
        assert work.post(f"{base}kirjaa/", {"note": "Soitettu.", "stage": "initiation", "key": key}).status_code == 302
    other = str(uuid.uuid4())
    for _turn in range(2):
        work.post(f"{base}tehtava/", {"title": "Soita", "unit": str(case.unit_id), "key": other})
    assert case.events.filter(kind="note").count() == 1
    assert case.tasks.count() == 1


def test_a_file_is_given_with_a_log_entry_and_only_of_its_own_case(work: Client, handler: User) -> None:
    """Opening a file is in the journal with the case as its reason; a file of another case is not there."""
    case, other = made.open_case(), made.open_case()
    made.add_document(case, made.draft(data=b"Terve"), handler)
    file = File.objects.get()
    response = work.get(f"{case.get_absolute_url()}tiedosto/{file.pk}/")
    assert response.content == b"Terve"
    assert response.headers["Content-Disposition"].startswith("attachment")
    entry = JournalEntry.objects.latest("id")
    assert (entry.action, entry.actor, entry.salt.reason) == ("documents.open_file", handler.actor_ref, case.identifier)
    assert work.get(f"{other.get_absolute_url()}tiedosto/{file.pk}/").status_code == 404


def test_the_public_page_lists_public_documents_only(handler: User) -> None:
    """Secret, not yet public and future documents are not there; a title that may hold a name gives way to the type."""
    case = made.open_case()
    now = timezone.now()
    made.add_document(case, made.draft("Meluselvitys"), handler)
    made.add_document(case, made.draft("Aino Esimerkin kirje", personal=PersonalData.CONTAINS), handler)
    made.add_document(case, made.draft("Salainen liite", Publicity.SECRET), handler)
    made.add_document(case, made.draft("Luonnos päätökseksi", Publicity.NOT_YET_PUBLIC), handler)
    made.add_document(case, replace(made.draft("Huominen"), opens_at=now + dt.timedelta(days=1)), handler)
    page = Client().get(case.get_public_url()).content.decode()
    assert "Meluselvitys" in page
    assert not re.search("Esimerkin|Salainen|Luonnos|Huominen", page)


def test_rooms_above_add_their_part_and_registers_their_records(work: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """A deadline with its reckoning and a record come to the case page without cases knowing who tells them."""
    case = made.open_case(due_on=timezone.localdate())
    monkeypatch.setattr(parts, "TELLERS", {})
    reckoned = Deadline("Vastattava", case.due_on, [DeadlineStep(case.due_on, "Kaksi viikkoa saapumisesta", "JulkL 14 §")])
    case_part("pyynnot")(
        lambda told, refs, actor: (
            CasePart("Tietopyyntö", "/tyo/pyynnot/1/", deadline=reckoned)
            if told.case == case and refs == [1] and actor.may("cases.read")
            else None
        )
    )
    actions.belongs(case, "pyynnot", "request", 1, actor=made.MACHINE)
    actions.belongs(case, "kortit", "card", 7, actor=made.MACHINE)

    class Cards:
        """A register of the test."""

        slug = "kortit"

        def held(self, refs: list[tuple[str, int]], *, actor: Any) -> list[Found]:
            """Show the records that the case holds."""
            del actor
            return [
                Found("kortit", str(ref), f"Kortti {ref}", (("Tila", "voimassa"),), f"/rekisterit/kortit/{ref}/") for _kind, ref in refs
            ]

    monkeypatch.setitem(SOURCES, "kortit", Cards())
    page = work.get(case.get_absolute_url()).content.decode()
    for words in ("Kaksi viikkoa saapumisesta", "/tyo/pyynnot/1/", "Kortti 7"):
        assert words in page


def test_pages_keep_to_their_statements(work: Client, handler: User) -> None:
    """Lists, work and case page stay within their ceilings however many rows there are."""
    case = made.open_case()
    for _turn in range(6):
        case = made.open_case(unit="kulttuurin-ja-vapaa-ajan-toimiala", due_on=timezone.localdate())
        actions.assign(case, kind="other", title={"fi": "Selvitä"}, unit=case.unit, actor=handler)
        made.add_document(case, made.draft(), handler)
    ceilings = {"/tyo/": 4, "/tyo/asiat/": 5, "/tyo/asiat/?q=meluaita": 5, case.get_absolute_url(): 9}
    for url, most in ceilings.items():
        work.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert work.get(url).status_code == 200
        assert len(queries) <= most, f"{url}: {len(queries)}\n" + "\n".join(q["sql"][:150] for q in queries)
    with CaptureQueriesContext(connection) as queries:
        Client().get("/asiat/")
    assert len(queries) <= 3


def test_the_start_page_of_work_shows_what_is_mine_and_due(work: Client, handler: User) -> None:
    """Own tasks, those of the unit, due cases and cases that nobody has taken stand each in their list."""
    unit = "kulttuurin-ja-vapaa-ajan-toimiala"
    mine = made.open_case(unit=unit, title="Minun asiani", handler=handler)
    actions.assign(mine, kind="other", title={"fi": "Oma tehtävä"}, unit=mine.unit, user=handler, actor=handler)
    waiting = made.open_case(unit=unit, title="Odottava asia", due_on=timezone.localdate())
    actions.assign(waiting, kind="other", title={"fi": "Yksikön tehtävä"}, unit=waiting.unit, actor=handler)
    made.open_case(unit="oikeuspalvelut", title="Toisten asia", due_on=timezone.localdate())
    lists = {told["id"]: [str(row.title) for row in told["rows"]] for told in work.get("/tyo/").context["lists"]}
    assert "Oma tehtävä" in lists["omat"][0]
    assert "Yksikön tehtävä" in lists["yksikon"][0]
    assert lists["maarapaivat"] == lists["odottavat"] == ["Odottava asia"]


def test_someone_who_reads_no_cases_gets_a_word_and_no_titles(administrator: User) -> None:
    """An administrator manages accounts; the content of cases is not theirs to read."""
    made.open_case(unit="kirjaamo", title="Salainen nimike", public_title="")
    client = Client()
    client.force_login(administrator)
    page = client.get("/tyo/").content.decode()
    assert "Salainen" not in page
    assert client.get("/tyo/asiat/").status_code == 403
    assert list_cases(Asked(), VISITOR, timezone.now()).rows


@pytest.mark.parametrize("language", ["sv", "en"])
def test_forms_speak_the_language_of_the_page(desk: Client, language: str) -> None:
    """No text of a form was fixed in Finnish when the program started."""
    page = desk.get(f"/{language}{NEW}").content.decode()
    assert not re.search("Saapumispäivä|enintään|Nimetön|Vastuuyksikkö|Salassapito", page)
