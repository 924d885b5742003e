"""What TiHL 906/2019 § 25–26 (with 488/2023) demands of the case register, refused by the database itself and told in words."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, IntegrityError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kirjaamo.cases import actions
from kirjaamo.cases.broken import name_of, sentence_of
from kirjaamo.cases.models import Case, CaseEvent, CaseParty, CaseState, ClosingGround, NumberSeries, Task
from kirjaamo.cases.numbers import accounts as number_accounts
from kirjaamo.cases.tests import made
from kirjaamo.documents.models import Direction, Document, Way
from kirjaamo.kernel.actions import ACTIONS
from kirjaamo.kernel.errors import Refused
from kirjaamo.kernel.models import JournalEntry
from kirjaamo.organisation.models import Unit, User
from kirjaamo.tos.reading import in_force
from kirjaamo.values.publicity import Publicity

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("helsinki")]


def run(statement: str, *values: int) -> None:
    """Write past the program, as a defect of it or an operator would."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(statement, list(values))
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def broken(act: Callable[[], object]) -> tuple[str, str]:
    """The name of the constraint that an act breaks and the sentence that a person is told."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        act()
    return name_of(caught.value), sentence_of(caught.value)


CASE_LAW = {
    "a_case_has_a_title": "UPDATE cases_case SET title = '' WHERE id = %s",
    "a_case_is_resolved_after_it_starts": "UPDATE cases_case SET state = 'resolved', resolved_at = '2000-01-01' WHERE id = %s",
    "a_closed_case_has_a_resolution_or_a_ground": "UPDATE cases_case SET state = 'closed', closed_at = now() WHERE id = %s",
    "an_open_case_has_no_end": "UPDATE cases_case SET resolved_at = now() + interval '1 day' WHERE id = %s",
    "a_party_is_someone_or_anonymous": "UPDATE cases_caseparty SET anonymous = false WHERE case_id = %s",
    "a_case_has_an_initiator": "UPDATE cases_caseparty SET role = 'party' WHERE case_id = %s",
    "a_case_stays": "DELETE FROM cases_case WHERE id = %s",
}


COPY = (
    "INSERT INTO cases_case (identifier, series, number, management_unit_id, authority_id, revision_id, title, public_title, publicity,"
    " language, initiated_at, registered_at, state, stage, unit_id, closing_ground, service_way, web)"
    " SELECT {identifier}, series, {number}, management_unit_id, authority_id, revision_id, title, '', publicity, language, {initiated_at},"
    " registered_at, state, stage, unit_id, '', '', web FROM cases_case WHERE id = %s"
)


def copy(case: Case, identifier: str = "'X 1'", number: str = "number + 1", initiated_at: str = "initiated_at") -> None:
    """Insert a copy of a case with some columns changed (SQL)."""
    run(COPY.format(identifier=identifier, number=number, initiated_at=initiated_at), case.pk)


@pytest.mark.parametrize("constraint", CASE_LAW)
def test_a_case_without_what_the_law_demands_is_refused_in_a_named_sentence(constraint: str) -> None:
    """Each missing field of a case breaks a constraint whose name and message say which."""
    case = made.open_case()
    name, sentence = broken(lambda: run(CASE_LAW[constraint], case.pk))
    assert name == constraint
    assert sentence.endswith((".", ").")), f"{constraint} tells a person nothing: {sentence!r}"


def test_a_case_has_an_identifier() -> None:
    """An empty identifier, or a number below one, is refused."""
    case = made.open_case()
    assert broken(lambda: copy(case, identifier="''")) == ("a_case_has_an_identifier", "Asialla on oltava asiatunnus (TiHL 26 §).")
    assert broken(lambda: copy(case, number="0"))[0] == "a_case_has_an_identifier"


def test_a_case_starts_before_it_is_registered() -> None:
    """The database refuses a start after the registration, and the program says so before."""
    case = made.open_case()
    name, sentence = broken(lambda: copy(case, initiated_at="registered_at + interval '1 second'"))
    assert name == "a_case_starts_before_it_is_registered"
    assert "vireille" in sentence
    with pytest.raises(Refused) as refusal:
        made.open_case(initiated_at=timezone.now() + dt.timedelta(hours=1))
    assert refusal.value.section == "TiHL 906/2019 26 §"


DOCUMENT_LAW: dict[str, tuple[dict[str, object], str]] = {
    "an_incoming_document_has_way_sender_and_arrival": (
        {"direction": Direction.INCOMING, "way": Way.POST, "sender": "Aino Esimerkki"},
        "arrived_at",
    ),
    "an_own_document_has_author_and_time": ({"direction": Direction.OWN, "author": "Kaisa Kirjola"}, "made_at"),
    "a_sent_document_has_time_and_way": ({"direction": Direction.OWN, "author": "K", "state": "sent", "sent_way": Way.POST}, "sent_at"),
    "a_secret_document_has_a_ground": (
        {"direction": Direction.OWN, "author": "K", "publicity": Publicity.SECRET.value, "grounds": []},
        "grounds",
    ),
    "a_secret_document_has_an_end_rule": (
        {"direction": Direction.OWN, "author": "K", "publicity": Publicity.SECRET.value, "secrecy_end": ""},
        "secrecy_end",
    ),
}


@pytest.mark.parametrize("constraint", DOCUMENT_LAW)
def test_a_document_without_what_the_law_demands_is_refused_in_a_named_sentence(constraint: str) -> None:
    """What is missing of § 26.3–4, or a ground of secrecy, breaks a constraint whose name and message say which."""
    facts, missing = DOCUMENT_LAW[constraint]
    now = timezone.now()
    whole: dict[str, object] = {
        "identifier": "ASK-1",
        "title": "Kirje",
        "type_code": "other",
        "grounds": ["JulkL-24-1-32"],
        "secrecy_end": "from_death",
        "registered_at": now,
    }
    times = {"arrived_at": now, "made_at": now, "sent_at": now}
    told = whole | {name: value for name, value in times.items() if name != missing} | facts
    if told.get("state") != "sent":
        del told["sent_at"]

    def write() -> None:
        Document.objects.model(**told).save_base(raw=True)

    name, sentence = broken(write)
    assert name == constraint
    assert sentence.endswith(".")


@pytest.mark.parametrize("column", ["identifier", "series", "number", "initiated_at", "registered_at"])
def test_what_identifies_a_case_never_changes(column: str) -> None:
    """Identifier, number and times of start and registration stand as they were first written (the plan revision: `test_moving`)."""
    case = made.open_case()
    change = {"identifier": "'X'", "series": "'x'", "number": "number + 1"}.get(column, f"{column} - interval '1 day'")
    with pytest.raises(IntegrityError, match="immutable"), transaction.atomic():
        run(f"UPDATE cases_case SET {column} = {change} WHERE id = %s", case.pk)  # noqa: S608 - a column of the list above


def test_two_cases_never_share_an_identifier_or_a_number() -> None:
    """A second case with a used number, or with a used identifier, is refused."""
    case = made.open_case()
    assert broken(lambda: copy(case, number="number"))[0] == "one_case_per_number"
    assert "identifier" in broken(lambda: copy(case, identifier="identifier"))[0]


@pytest.mark.parametrize(
    "statement",
    ["UPDATE cases_numberseries SET last = last - 1", "UPDATE cases_numberseries SET last = last + 2", "DELETE FROM cases_numberseries"],
)
def test_a_series_of_numbers_only_grows_one_by_one(statement: str) -> None:
    """No number is given twice and none is skipped."""
    made.open_case()
    assert broken(lambda: run(statement))[0] == "a_series_only_grows"


@pytest.mark.parametrize(
    "statement", ["UPDATE cases_caseevent SET note = 'toinen'", "DELETE FROM cases_caseevent", "TRUNCATE cases_caseevent"]
)
def test_history_is_append_only(statement: str) -> None:
    """Nothing of a case's history changes or goes, whoever asks."""
    made.open_case()
    with pytest.raises(DatabaseError, match="append_only"), transaction.atomic():
        run(statement)


def test_a_case_that_nobody_brought_up_is_refused() -> None:
    """A case has its initiator, by name or anonymous (§ 26.5 item 1)."""
    with pytest.raises(Refused) as refusal:
        made.open_case(parties=[])
    assert refusal.value.code == "cases.no_initiator"
    assert not Case.objects.exists()


def test_a_case_ends_with_a_resolution_or_a_ground(handler: User) -> None:
    """Without either the program refuses in words; with one the case is closed with its time (§ 26.5 item 4)."""
    case = made.open_case()
    with pytest.raises(Refused) as refusal:
        actions.close(case, actor=handler)
    assert refusal.value.section == "TiHL 906/2019 26 §"
    with pytest.raises(Refused, match="Ratkaisun"):
        actions.close(case, resolved_at=timezone.now() + dt.timedelta(days=1), actor=handler)
    actions.close(case, ground=ClosingGround.WITHDRAWN, actor=handler)
    case.refresh_from_db()
    assert (case.state, case.closing_ground, case.resolved_at) == (CaseState.CLOSED, "withdrawn", None)
    assert case.closed_at is not None
    with pytest.raises(Refused, match="päättynyt"):
        actions.close(case, ground=ClosingGround.ANSWERED, actor=handler)


def test_a_case_with_open_tasks_does_not_close(handler: User) -> None:
    """What waits to be done keeps the case open; when it is done, the case ends with the time of its resolution."""
    case = made.open_case()
    task = actions.assign(case, kind="other", title={"fi": "Selvitä"}, unit=case.unit, actor=handler)
    assert task is not None
    with pytest.raises(Refused, match="avoimia tehtäviä"):
        actions.close(case, resolved_at=timezone.now(), actor=handler)
    actions.finish(task, outcome="selvitetty", actor=handler)
    resolved = case.initiated_at
    actions.close(case, resolved_at=resolved, service_way=Way.POST, actor=handler)
    case.refresh_from_db()
    assert (case.resolved_at, case.service_way) == (resolved, "post")


def test_a_done_task_tells_when_and_by_whom(handler: User) -> None:
    """The database refuses a done task without time."""
    actions.assign(made.open_case(), kind="other", title={"fi": "Selvitä"}, unit=Unit.objects.get(slug="kirjaamo"), actor=handler)
    assert broken(lambda: run("UPDATE cases_task SET state = 'done'"))[0] == "a_done_task_tells_when_and_by_whom"


def test_every_act_on_a_case_is_in_the_journal(handler: User) -> None:
    """Each action appends one entry that names it and its actor."""
    case = made.open_case()
    task = actions.assign(case, kind="other", title={"fi": "Selvitä"}, unit=case.unit, actor=handler)
    assert task is not None
    acts: dict[str, Callable[[], object]] = {
        "cases.take": lambda: actions.take(case, user=handler, actor=handler),
        "cases.record": lambda: actions.record(case, kind="note", label={"fi": "Merkintä"}, note="Soitettu.", actor=handler),
        "cases.add_document": lambda: made.add_document(case, made.draft(), handler),
        "cases.finish": lambda: actions.finish(task, outcome="tehty", actor=handler),
        "cases.close": lambda: actions.close(case, ground=ClosingGround.ANSWERED, actor=handler),
    }
    for name, act in acts.items():
        before = JournalEntry.objects.count()
        act()
        entry = JournalEntry.objects.latest("id")
        assert (entry.action, entry.actor, JournalEntry.objects.count()) == (name, handler.actor_ref, before + 1)
    assert JournalEntry.objects.filter(action="cases.open_case", actor="machine:test").exists()
    assert {"cases.assign", "cases.register", "cases.open_case", *acts} <= set(ACTIONS)


def test_history_tells_every_measure_with_its_stage(handler: User) -> None:
    """Measures and the documents handled in them stand by stage (§ 26.5 item 3)."""
    case = made.open_case()
    document = made.add_document(case, made.draft(), handler)
    actions.close(case, ground=ClosingGround.ANSWERED, actor=handler)
    rows = list(CaseEvent.objects.filter(case=case).values_list("kind", "stage", "document"))
    assert rows == [("opened", "initiation", None), ("document_added", "initiation", document.pk), ("closed", "initiation", None)]


def test_opening_a_case_takes_at_most_twelve_statements(handler: User) -> None:
    """One whole case with a party and two documents is one short transaction; the number is taken next to the end."""
    made.open_case()
    first = made.open_case()
    documents = [made.add_document(first, made.draft(), handler) for _ in range(2)]
    with CaptureQueriesContext(connection) as queries:
        opened = made.open_case(documents=documents)
    told = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
    own = told[next(place for place, sql in enumerate(told) if "nextval" in sql) :]
    assert opened.case_documents.count() == 2
    assert len(own) <= 10, "\n".join(own)  # begin and commit make twelve
    number = next(place for place, sql in enumerate(own) if "cases_numberseries" in sql)
    assert len(own) - number <= 4  # number, case, index, journal


def test_a_form_sent_twice_makes_one_case(registrar: User) -> None:
    """The key of a form opens one case however often it is sent; the second send finds the first identifier."""
    revision = in_force(made.REQUEST_CLASS, timezone.localdate())
    arrival = actions.Registration(
        revision=revision,
        unit=Unit.objects.get(slug="kirjaamo"),
        title="Aloite uimarannasta",
        way=Way.COUNTER,
        arrived_at=timezone.now() - dt.timedelta(hours=3),
        document=made.draft(),
        key=uuid.uuid4(),
        sender=actions.Sender(name="Aino Esimerkki"),
    )
    first = actions.register(arrival, actor=registrar)
    assert actions.register(arrival, actor=registrar) == first
    case = Case.objects.get()
    document = case.case_documents.get().document
    assert (document.sender, document.way, document.arrived_at) == ("Aino Esimerkki", "counter", arrival.arrived_at)
    assert case.initiated_at == arrival.arrived_at < case.registered_at
    party = CaseParty.objects.get(case=case)
    assert (party.role, str(party.subject)) == ("initiator", "Aino Esimerkki")


@pytest.fixture
def own_connections() -> Iterator[None]:
    """Close what threads opened."""
    yield
    connections.close_all()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("own_connections")
def test_eight_threads_get_eight_series_of_numbers_without_gap_or_repeat() -> None:
    """Numbers taken at once are unique, and also those of undone registrations are given to the next: every number is one case's."""

    class UndoneError(Exception):
        """Undo the registration after its number was taken."""

    @transaction.atomic
    def undone() -> None:
        made.open_case(title="Tämä perutaan")
        raise UndoneError

    def work(worker: int) -> list[str]:
        names = []
        try:
            for turn in range(6):
                if turn == worker % 6:
                    with pytest.raises(UndoneError):
                        undone()
                names.append(made.open_case(title=f"Asia {worker}.{turn}").identifier)
        finally:
            connections["default"].close()
        return names

    with ThreadPoolExecutor(8) as pool:
        names = [name for told in pool.map(work, range(8)) for name in told]
    assert len(set(names)) == 48
    numbers = sorted(Case.objects.values_list("number", flat=True))
    assert numbers == list(range(1, 49))
    assert NumberSeries.objects.get().last == 48
    (account,) = number_accounts()
    assert (account.used, account.void, account.missing) == (48, 0, 0)
    assert Task.objects.count() == 0
