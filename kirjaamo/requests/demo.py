"""Invented information requests: every kind, every state that the desk and the asker's page can show. All through the actions."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from kirjaamo.cases.models import ClosingGround, TaskState
from kirjaamo.documents.actions import Metadata
from kirjaamo.documents.letter import Letter, prose, table
from kirjaamo.documents.models import Document, Way
from kirjaamo.documents.policy import Upload
from kirjaamo.kernel import receipts
from kirjaamo.kernel.actors import VISITOR
from kirjaamo.organisation.models import User
from kirjaamo.requests import actions, letters
from kirjaamo.requests.arrivals import NewRequest
from kirjaamo.requests.models import InformationRequest, Outcome, RefusalBasis, RequestKind, SearchTask
from kirjaamo.requests.plan import find_entry, questions
from kirjaamo.values.personal_id import PersonalId
from kirjaamo.values.publicity import PersonalData, Publicity

KEY = uuid.UUID("0e4b9a52-5f3c-4b0e-8a64-3c1d7f2a9e11")
OPEN_DOCUMENT = Metadata(Publicity.PUBLIC, (), PersonalData.NONE.value, source="decision", reason="Esimerkkiaineisto")
PERSON = ("130279-975U", "Lyyli Esimerkki")
"""An identity code of the artificial range and an invented name."""


@dataclass(frozen=True)
class Demo:
    """One request to be: what, of whom, how many days ago, and how it was handled."""

    kind: RequestKind
    place: tuple[str, str]
    what: str
    ago: int
    then: Callable[[InformationRequest, User], object] | None = None
    name: str = ""
    language: str = "fi"
    by: str = "taina"


def make(report: Callable[[int, int, str], None]) -> None:
    """Send each request as its asker did, then handle it as its official did."""
    for number, one in enumerate(DEMOS, start=1):
        request = _send(one, number)
        if one.then:
            one.then(request, User.objects.get(username=one.by))
        report(number, len(DEMOS), "requests")


def _send(one: Demo, number: int) -> InformationRequest:
    entry = find_entry(*one.place)
    if entry is None:
        message = f"The demo asks about {one.place}, which is not in the catalog."
        raise LookupError(message)
    answers: list[Mapping[str, Any]] = [
        {"kind": key.kind, "label": key.label, "value": "2025"} for key in questions(entry) if key.kind in {"year", "date_range"}
    ]
    sent = actions.send_request(
        NewRequest(
            kind=one.kind.value,
            entry=entry,
            what=one.what,
            answers=answers,
            name=one.name,
            email=f"{one.name.split()[0].lower()}@example.org" if one.name else "",
            language=one.language,
            key=uuid.uuid5(KEY, str(number)),
            received_at=timezone.now() - dt.timedelta(days=one.ago, hours=1),
        ),
        actor=VISITOR,
    )
    return InformationRequest.objects.select_related("case").get(token_hash=receipts.token_hash(sent.token))


def _fresh(request: InformationRequest) -> InformationRequest:
    return InformationRequest.objects.select_related("case").get(pk=request.pk)


def _waiting(request: InformationRequest) -> list[SearchTask]:
    return list(request.searches.exclude(task__state=TaskState.DONE).select_related("task", "request__case__revision"))


def _search(request: InformationRequest, official: User, hits: int = 1) -> InformationRequest:
    actions.take(request, actor=official)
    for task in _waiting(request):
        actions.record_search(task, hits=hits, keys=["Vuosi"], note="", actor=official)
    return _fresh(request)


def _paper(title: str, rows: list[tuple[str, str]], language: str) -> Upload:
    """A small public list as PDF."""
    parts = [prose("Esimerkkiaineisto. Luvut ovat keksittyjä."), table(["Kohde", "Määrä"], rows)]
    letter = Letter(language, timezone.now(), title, letters.authority_name(language), parts)
    return Upload("aineisto.pdf", letter.pdf(), "application/pdf")


def _add(request: InformationRequest, official: User) -> Document:
    title = "Päätösluettelo 2025"
    paper = _paper(title, [("Alppiharju", "12"), ("Kallio", "34"), ("Vallila", "21")], request.language)
    made = actions.add_document(request, [paper], title=title, metadata=OPEN_DOCUMENT, actor=official)
    if made is None:
        raise LookupError(title)
    return made


def _take(request: InformationRequest, official: User) -> None:
    actions.take(request, actor=official)


def _give(request: InformationRequest, official: User) -> None:
    request = _search(request, official)
    actions.give(request, _add(request, official), way=Way.E_SERVICE, actor=official)
    text = {
        "fi": "Pyytämäsi luettelo on ohessa. Luettelo on julkinen ja maksuton.",
        "sv": "Förteckningen som du begärde finns bifogad. Den är offentlig och avgiftsfri.",
        "en": "The list that you asked for is attached. It is public and free of charge.",
    }
    actions.answer(_fresh(request), text[request.language], outcome=Outcome.GIVEN, actor=official)


def _add_only(request: InformationRequest, official: User) -> None:
    _add(_search(request, official), official)


def _lengthen(request: InformationRequest, official: User) -> None:
    actions.take(request, actor=official)
    actions.lengthen(_fresh(request), "many_documents", actor=official)


def _told_stage(request: InformationRequest, official: User) -> None:
    request = _search(request, official)
    text = "Asia on valmistelussa. Päätös on tarkoitus tehdä ensi kuussa."
    actions.answer(request, text, outcome=Outcome.ANSWERED, actor=official)


def _refuse(request: InformationRequest, official: User) -> None:
    told = letters.RefusalFacts(
        basis=RefusalBasis.SECRET.value,
        what="Tarjouksen hinnoittelumalli ja alihankkijoiden yksikköhinnat.",
        reason="Tieto on yksityinen liikesalaisuus, ja muut tarjoajat saisivat siitä kilpailuetua.",
        grounds=["JulkL-24-1-20"],
        tests={"JulkL-24-1-20": "Hinnoittelun antaminen aiheuttaisi tarjoajalle taloudellista vahinkoa."},
        party="Pyytäjä ei ole hankinnan asianosainen.",
        partial_reason="Tarjousten kokonaishinnat ovat hankintapäätöksessä, joka on julkinen. Muuta osaa ei voi antaa.",
        fee="Vastauksesta ei peritä maksua.",
    )
    actions.refuse(_search(request, official), told, actor=official)


def _want_decision(request: InformationRequest, official: User) -> None:
    _refuse(request, official)
    actions.want_decision(_fresh(request).refusals.get(), actor=VISITOR)


def _lapse(request: InformationRequest, official: User) -> None:
    _refuse(request, official)
    actions.close(_fresh(request), ground=ClosingGround.LAPSED, reason="Pyytäjä ei halunnut viranomaisen päätöstä.", actor=official)


def _withdraw(request: InformationRequest, official: User) -> None:
    reason = "Pyytäjä löysi tiedon avoimesta datasta ja perui pyynnön puhelimitse."
    actions.close(request, ground=ClosingGround.WITHDRAWN, reason=reason, actor=official)


def _ask_to_come(request: InformationRequest, official: User) -> None:
    actions.take(request, actor=official)
    text = "Tarvitsemme tunnistautumisesi ennen kuin voimme antaa omia tietojasi. Käy palvelupisteessä henkilöllisyystodistuksen kanssa."
    actions.write(_fresh(request), text, actor=official)


def _identify(request: InformationRequest, official: User) -> None:
    """A holder of a card (the register's demo gives her one) who has proved who she is: the package waits to be collected."""
    actions.take(request, actor=official)
    code, name = PERSON
    actions.identify(_fresh(request), PersonalId.parse(code), name, how="Ajokortti palvelupisteessä", actor=official)


def _conversation(request: InformationRequest, official: User) -> None:
    actions.take(request, actor=official)
    actions.write(_fresh(request), "Minkä vuoden tiedot haluat? Aineisto kattaa vuodet 2015–2025.", actor=official)
    actions.reply(_fresh(request), "Vuodet 2023–2025 riittävät, kiitos.", key=uuid.uuid5(KEY, "reply"), actor=VISITOR)


def _transfer(request: InformationRequest, official: User) -> None:
    actions.take(request, actor=official)
    for task in _waiting(request):
        actions.transfer(task, "Opetushallitus", note="Tieto on Opetushallituksen rekisterissä.", actor=official)
    text = "Pyydetty tieto kuuluu toiselle viranomaiselle, jolle pyyntösi on siirretty."
    actions.answer(_fresh(request), text, outcome=Outcome.TRANSFERRED, actor=official)


def _not_found(request: InformationRequest, official: User) -> None:
    text = "Haimme kohteen tiedot vuosilta 2010–2025. Pyytämääsi asiakirjaa ei ole laadittu."
    actions.answer(_search(request, official, hits=0), text, outcome=Outcome.NOT_FOUND, actor=official)


K = RequestKind
DEMOS = (
    Demo(K.DOCUMENT, ("system", "hankintojen-kilpailutus"), "Koulukalusteiden kilpailutuksen tarjousten hintaliitteet", 140, _lapse),
    Demo(K.DOCUMENT, ("system", "pysakointi"), "Virhemaksut kaupunginosittain vuonna 2025", 95, _give, by="henna"),
    Demo(K.DOCUMENT, ("system", "palotarkastukset"), "Palotarkastuspöytäkirja purettavasta varastosta", 80, _not_found, by="pirkko"),
    Demo(K.STAGE, ("system", "asemakaavatiedot"), "Missä vaiheessa Lauttasaaren kaavamuutos on?", 60, _told_stage, by="henna"),
    Demo(K.DOCUMENT, ("system", "rakennusluvat"), "Bygglov för ett radhus i Baggböle", 45, _give, "Elsa Exempel", "sv", "henna"),
    Demo(K.DOCUMENT, ("system", "koulumatkat"), "Koululaisen matkakortin myöntämisen tiedot toisesta kunnasta", 40, _transfer, by="kimmo"),
    Demo(K.DOCUMENT, ("system", "avustukset"), "Myönnetyt liikunta-avustukset", 32, _withdraw, "Oiva Keksitty"),
    Demo(
        K.COMPILED,
        ("system", "vuokra-asunnot"),
        "Hakijamäärät kaupunginosittain ja huoneistotyypeittäin 2020–2025",
        19,
        None,
        "Impi Tarunen",
    ),
    Demo(K.DOCUMENT, ("system", "hankintojen-kilpailutus"), "Skannauspalvelun tarjousten yksikköhinnat", 16, _want_decision, "Reino Näyte"),
    Demo(K.COMPILED, ("system", "nuorten-kesaseteli"), "Kesäsetelien määrät kouluittain", 12, _lengthen, "Sylvi Mallikas", by="heikki"),
    Demo(K.DOCUMENT, ("system", "hankintojen-kilpailutus"), "Ilmakuvien hankinnan hintaerittely", 11, _refuse),
    Demo(K.OWN_DATA, ("system", "erityisuimakortit"), "Kaikki uimakorttiini liittyvät tiedot", 10, _identify, PERSON[1], by="heikki"),
    Demo(K.DOCUMENT, ("system", "aluevuokraus-ja-tapahtumat"), "Joulutorin aluevuokrauspäätös", 8, _add_only, by="henna"),
    Demo(K.OWN_DATA, ("system", "varhaiskasvatus"), "Lapseni päivähoidon tiedot", 7, _ask_to_come, "Alma Satunen", by="kimmo"),
    Demo(K.LOG_DATA, ("system", "perusopetus-ja-lukio-opintohallinto"), "Kuka on katsonut tietojani vuonna 2025", 6, None, "Eino Luomanen"),
    Demo(K.DOCUMENT, ("system", "maanvuokraus"), "Kioskipaikan vuokrasopimus", 5, _conversation, by="henna"),
    Demo(K.RECTIFICATION, ("system", "osoiterekisteri"), "Osoitteeni porraskirjain on väärin", 4, None, "Helmi Harjoitus"),
    Demo(K.PARTY, ("system", "asumisoikeusasunnot"), "Oman hakemukseni käsittelyn asiakirjat", 3, _take, "Toivo Testinen", by="henna"),
    Demo(K.DOCUMENT, ("system", "kulttuurikeskukset"), "Hyresavtal för lokaler 2025", 2, None, "", "sv"),
    Demo(K.DOCUMENT, ("system", "nuorten-aloitteet"), "Youth initiatives of last year", 1, None, "", "en"),
    Demo(K.DOCUMENT, ("system", "asianhallinta"), "Puistojen nimistön valmistelun asiakirjat", 0),
)
