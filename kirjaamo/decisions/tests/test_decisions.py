"""A decision of an office holder from its draft to its legal force, and what the law refuses on the way."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from kirjaamo.cases import actions as cases
from kirjaamo.cases.models import Case, CaseState, EnquiryKind
from kirjaamo.cases.tests import made
from kirjaamo.decisions import actions
from kirjaamo.decisions.models import AppealTime, Decision, DecisionState
from kirjaamo.decisions.routes import routes_for, usual
from kirjaamo.decisions.times import has_legal_force, legal_force_from, reckon
from kirjaamo.documents import blobs
from kirjaamo.documents.models import Way
from kirjaamo.kernel.errors import NotAllowed, Refused
from kirjaamo.norms.models import AppealRoute, DeadlineTerm, ProcedureGround
from kirjaamo.organisation.models import User
from kirjaamo.organisation.roles import Role
from kirjaamo.testing import make_user
from kirjaamo.tos.reading import in_force

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("helsinki")]
CLASS = "10 01 01 04"
TEXT = actions.Text(
    title="Aluevuokraus Hakaniementorilla",
    operative="Alue vuokrataan hakemuksen mukaisesti.",
    reasons="Alue on vapaa haettuna aikana, ja tapahtuma sopii paikalle.",
    provisions="Hallintolaki 434/2003 44–45 §",
    power="Hallintosääntö 16 luku 1 §",
)


@pytest.fixture
def decider(db: None) -> User:
    """Someone who may decide."""
    del db
    return make_user(Role.DECIDER, unit="kaupunkiympariston-toimiala", name="päättäjä")


def browser(user: User) -> Client:
    """A browser in which someone is signed in."""
    client = Client()
    client.force_login(user)
    return client


def routes(case: Case) -> list[AppealRoute]:
    """The usual instruction of the class."""
    return usual(routes_for(case.revision, timezone.localdate()))


def draft(actor: User, text: actions.Text = TEXT, **facts: Any) -> Decision:
    """A draft in a new case."""
    case = made.open_case(CLASS, unit="kaupunkiympariston-toimiala", **facts)
    return actions.prepare(case, text, routes(case), actor=actor, key=uuid.uuid4())


def words(decision: Decision) -> str:
    """What the decision's document says."""
    assert decision.document is not None
    data = blobs.read(decision.document.files.get().sha256)
    pdf = pypdfium2.PdfDocument(BytesIO(data))
    return " ".join(" ".join(page.get_textpage().get_text_bounded().replace("\x02", "").split()) for page in pdf)


def test_a_decision_resolves_its_case_and_says_what_the_law_asks(decider: User) -> None:
    """Number, document with reasons, provisions, power and the instruction; the case is resolved at that time and closes with it."""
    made_ = actions.decide(draft(decider), version=1, actor=decider)
    case = Case.objects.get(pk=made_.case_id)
    assert (made_.number, made_.year) == (1, timezone.localdate().year)
    assert (case.state, case.resolved_at, case.stage) == (CaseState.RESOLVED, made_.made_at, "decision")
    told = words(made_)
    for part in (
        TEXT.operative,
        TEXT.reasons,
        "Hallintosääntö",
        "Oikaisuvaatimus",
        "14 päivää",
        "7. päivänä",
        "Kuntalaki 410/2015 134",
        "Kirjaamo",
    ):
        assert part in told, part
    assert "Valitus" not in told
    second = actions.decide(draft(decider), version=1, actor=decider)
    assert second.number == 2
    cases.close(case, resolved_at=None, actor=decider)
    assert (case.state, case.resolved_at) == (CaseState.CLOSED, made_.made_at)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_document_speaks_the_language_of_the_case(decider: User, language: str) -> None:
    """The headings and the instruction are in the case's language."""
    told = words(actions.decide(draft(decider, language=language), version=1, actor=decider))
    assert {"sv": "Begäran om omprövning", "en": "Request for review"}[language] in told
    assert "Oikaisuvaatimus" not in told


@pytest.mark.parametrize(("field", "section"), [("reasons", "45 §"), ("provisions", "45 §"), ("power", "410/2015")])
def test_a_decision_without_what_the_law_asks_is_refused_by_section(decider: User, field: str, section: str) -> None:
    """Reasons, provisions and power are asked for, each with its section, and the draft stays."""
    decision = draft(decider, actions.Text(**{**TEXT.__dict__, field: ""}))
    with pytest.raises(Refused) as refusal:
        actions.decide(decision, version=1, actor=decider)
    assert section in refusal.value.section
    decision.refresh_from_db()
    assert decision.is_draft


def test_a_decision_without_an_instruction_is_refused(decider: User) -> None:
    """Exactly what may be done against it must be told, or that nothing may (HL § 46–48)."""
    decision = draft(decider)
    actions.revise(decision, TEXT, [], version=1, actor=decider)
    with pytest.raises(Refused, match="muutoksenhakuohje"):
        actions.decide(decision, version=2, actor=decider)


def test_deciding_waits_for_a_hearing_and_needs_the_right(decider: User, handler: User) -> None:
    """An open hearing blocks; a handler without the right prepares and does not decide; the disqualified does not either."""
    decision = draft(handler)
    with pytest.raises(NotAllowed):
        actions.decide(decision, version=1, actor=handler)
    party = decision.case.parties.get()
    question = cases.Question(EnquiryKind.HEARING, "Mielipide?", timezone.localdate() + dt.timedelta(days=9), Way.POST, party)
    enquiry = cases.enquire(decision.case, question, actor=handler, key=uuid.uuid4())
    assert enquiry is not None
    with pytest.raises(Refused) as refusal:
        actions.decide(decision, version=1, actor=decider)
    assert refusal.value.section == "HL 434/2003 34 §"
    cases.answered(enquiry, note="Ei huomautettavaa", actor=handler)
    ground = ProcedureGround.objects.filter(kind="disqualification").earliest("order")
    cases.declare_disqualified(decision.case, ground=ground, note="", actor=decider)
    with pytest.raises(Refused, match="esteellinen"):
        actions.decide(decision, version=1, actor=decider)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("10 01 01 04", ["review-municipal"]),
        ("07 01 04", ["document-refusal"]),
        ("02 08 01 00", ["procurement-rectification", "procurement-appeal"]),
    ],
)
def test_the_instruction_follows_the_class(code: str, expected: list[str]) -> None:
    """A refusal of a document goes to the court, a procurement has two ways, everything else is reviewed by the municipality."""
    assert [row.code for row in usual(routes_for(in_force(code, timezone.localdate()), timezone.localdate()))] == expected


def test_a_route_out_of_force_is_not_offered() -> None:
    """The rows are dated: what is not in force on the day is not there."""
    revision = in_force(CLASS, timezone.localdate())
    assert "review-municipal" not in {row.code for row in routes_for(revision, dt.date(2016, 1, 1))}


@pytest.mark.parametrize(
    ("way", "sent", "shown", "known", "last"),
    [
        (Way.POST, dt.date(2026, 3, 2), None, dt.date(2026, 3, 9), dt.date(2026, 3, 23)),
        (Way.EMAIL, dt.date(2026, 3, 2), None, dt.date(2026, 3, 5), dt.date(2026, 3, 19)),
        (Way.COUNTER, dt.date(2026, 3, 2), None, dt.date(2026, 3, 2), dt.date(2026, 3, 16)),
        (Way.POST, dt.date(2026, 3, 2), dt.date(2026, 3, 12), dt.date(2026, 3, 12), dt.date(2026, 3, 26)),
        (Way.POST, dt.date(2026, 3, 13), None, dt.date(2026, 3, 20), dt.date(2026, 4, 7)),
    ],
)
def test_the_time_of_appeal_runs_from_presumed_or_shown_knowledge(
    way: Way, sent: dt.date, shown: dt.date | None, known: dt.date, last: dt.date
) -> None:
    """A letter is known on the 7th day, a message on the 3rd, what is handed over at once; the 14th day rolls over Easter."""
    counted = reckon(AppealRoute.objects.get(code="review-municipal"), way, sent, shown)
    assert (counted.starts_on, counted.legal_last_day) == (known, last)


def test_a_changed_row_changes_the_next_decision_only(decider: User) -> None:
    """The time is counted once from the row of the day; a row that changes later leaves what was counted."""
    decision = actions.decide(draft(decider), version=1, actor=decider)
    party = decision.case.parties.get()
    actions.serve(decision, party, way=Way.POST, sent_on=timezone.localdate(), actor=decider)
    before = AppealTime.objects.get()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE norms_deadlineterm SET amount = 30 WHERE code = 'oikaisuvaatimus-kunta'")
    assert DeadlineTerm.objects.get(code="oikaisuvaatimus-kunta").amount == 30
    assert AppealTime.objects.get().last_day == before.last_day
    assert (before.strict_due - before.known_on).days == 14
    route = AppealRoute.objects.get(code="review-municipal")
    assert (reckon(route, Way.POST, timezone.localdate(), None).strict_due - before.known_on).days == 30


def test_legal_force_follows_the_last_time_and_waits_for_an_appeal(decider: User) -> None:
    """The day after the last day of the last party; an appeal stops it; nobody served, no time."""
    decision = actions.decide(draft(decider), version=1, actor=decider)
    assert legal_force_from(decision, []) is None
    actions.serve(decision, decision.case.parties.get(), way=Way.EMAIL, sent_on=timezone.localdate(), actor=decider)
    times = list(AppealTime.objects.all())
    day = times[0].last_day + dt.timedelta(days=1)
    assert legal_force_from(decision, times) == day
    assert has_legal_force(decision, times, day)
    assert not has_legal_force(decision, times, times[0].last_day)
    appealed = actions.record_appeal(decision, note="Naapuri haki oikaisua", version=decision.version, actor=decider)
    assert appealed.state == DecisionState.APPEALED
    assert not has_legal_force(appealed, times, day)


def test_a_made_decision_never_changes(decider: User) -> None:
    """The program refuses with the section, and the database refuses whoever asks."""
    decision = actions.decide(draft(decider), version=1, actor=decider)
    with pytest.raises(Refused) as refusal:
        actions.revise(decision, TEXT, [], version=decision.version, actor=decider)
    assert refusal.value.section == "HL 434/2003 50 §"
    for statement in ("UPDATE decisions_decision SET operative = 'Toisin'", "DELETE FROM decisions_decision"):
        with pytest.raises(IntegrityError, match="a_made_decision_stays"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_two_people_edit_a_draft_and_neither_text_is_lost(decider: User, handler: User) -> None:
    """The second sees what the first saved beside what they typed, and saves again knowing it."""
    decision = draft(handler)
    url = f"{decision.get_absolute_url()}muokkaa/"
    client = browser(handler)
    page = client.get(url).content.decode()
    fields = dict(re.findall(r'<input type="hidden" name="(version|key)" value="([^"]*)"', page))
    told = {**TEXT.__dict__, **fields, "routes": [str(row.pk) for row in routes(decision.case)]}
    actions.revise(
        decision, actions.Text(**{**TEXT.__dict__, "reasons": "Päättäjän lisäys"}), routes(decision.case), version=1, actor=decider
    )
    answer = client.post(url, told | {"reasons": "Valmistelijan lisäys"})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "Päättäjän lisäys" in shown
    assert "Valmistelijan lisäys" in shown
    version = dict(re.findall(r'<input type="hidden" name="(version)" value="([^"]*)"', shown))
    assert client.post(url, told | version | {"reasons": "Molempien lisäys"}).status_code == 302
    decision.refresh_from_db()
    assert decision.reasons == "Molempien lisäys"


def test_the_way_from_the_case_page_to_legal_force(decider: User) -> None:
    """Prepare, preview, decide, serve and appeal, each by its own page; a second send of the first form makes one draft."""
    case = made.open_case(CLASS, unit="kaupunkiympariston-toimiala")
    client = browser(decider)
    assert "Valmistele päätös" in client.get(case.get_absolute_url()).content.decode()
    url = f"{case.get_absolute_url()}paatos/"
    told: dict[str, Any] = {**TEXT.__dict__, "routes": [str(row.pk) for row in routes(case)], "key": str(uuid.uuid4())}
    for _turn in range(2):
        assert client.post(url, told).status_code == 302
    decision = Decision.objects.get()
    base = decision.get_absolute_url()
    assert client.get(f"{base}luonnos.pdf").content.startswith(b"%PDF")
    assert "Tee päätös" in client.get(base).content.decode()
    assert client.post(f"{base}tee/", {"version": "1"}).headers["Location"] == base
    assert "Ei vielä annettu tiedoksi" in client.get(base).content.decode()
    party = case.parties.get()
    served = {"party": str(party.pk), "way": "post", "sent_on": f"{timezone.localdate():%d.%m.%Y}"}
    assert client.post(f"{base}tiedoksi/", served).status_code == 302
    page = client.get(base).content.decode()
    assert "lainvoima aikaisintaan" in page
    assert "hallintolaki 434/2003 59 §" in page
    assert "jo annettu tiedoksi" in client.post(f"{base}tiedoksi/", served).content.decode() or Decision.objects.get().services.count() == 1
    decision.refresh_from_db()
    assert client.post(f"{base}muutoksenhaku/", {"version": decision.version, "note": "Oikaisuvaatimus 3.3."}).status_code == 302
    assert "Muutosta haettu" in client.get(base).content.decode()
    assert "Aluevuokraus" in client.get(case.get_absolute_url()).content.decode()
