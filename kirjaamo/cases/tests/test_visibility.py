"""The condition of the database and the function for a row say the same of every actor, moment, case and document."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kirjaamo.cases.actions import NewParty
from kirjaamo.cases.models import Case, CaseDocument, PartyRole
from kirjaamo.cases.tests import made
from kirjaamo.cases.visibility import (
    documents_visible_to,
    is_document_visible,
    is_paper_open_to_party,
    is_visible,
    open_document_title,
    open_title,
    papers_open_to_party,
    shown_title,
    visible_to,
)
from kirjaamo.documents.models import Direction, Document, DocumentState
from kirjaamo.kernel.actors import VISITOR
from kirjaamo.organisation.models import User
from kirjaamo.organisation.roles import Role
from kirjaamo.subjects.actions import add_subject
from kirjaamo.subjects.models import Subject
from kirjaamo.testing import make_user
from kirjaamo.values.openness import Harm
from kirjaamo.values.publicity import ClauseType, PersonalData, Publicity

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("helsinki")]
ACTORS = ("visitor", *(role.value for role in Role))
NOW = dt.datetime(2026, 5, 4, 9, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)
MIDNIGHT = dt.datetime(2026, 5, 3, 21, 0, tzinfo=dt.UTC)
"""When the fourth of May begins in Finland."""


def moments() -> st.SearchStrategy[dt.datetime]:
    """Moments near the interesting one and near the turn of its day, on both sides and on it."""
    near = st.integers(-2, 2).map(lambda hours: NOW + hours * HOUR)
    return near | st.integers(-1, 1).map(lambda step: MIDNIGHT + step * dt.timedelta(microseconds=1))


def days() -> st.SearchStrategy[dt.date]:
    """Days around the one of the moments, which is another day in Helsinki than in Greenwich for the first of them."""
    return st.integers(-2, 2).map(lambda shift: NOW.date() + shift * DAY)


WITHHELD: tuple[list[str], ...] = ([], ["memo"], ["tender_secret"], ["memo", "contacts"])


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Any document that the constraints let stand: every class, clause, judgement, exception, and dates on both sides of now."""
    publicity = draw(st.sampled_from(list(Publicity)))
    secret = publicity.needs_ground
    return Document(
        title="Kirje",
        type_code="other",
        direction=draw(st.sampled_from(Direction.values)),
        state=draw(st.sampled_from([DocumentState.DRAFT, DocumentState.READY, DocumentState.SIGNED])),
        way="post",
        sender="A",
        arrived_at=NOW,
        author="K",
        made_at=NOW,
        registered_at=NOW,
        publicity=publicity.value,
        grounds=["JulkL-24-1-32"] if secret else [],
        secrecy_end="years" if secret else "",
        clause=draw(st.sampled_from(["", *ClauseType])) if secret else "",
        harm=draw(st.sampled_from(list(Harm))).value,
        secret_until=draw(st.none() | days()),
        confirm_end=draw(st.booleans()),
        withheld=draw(st.sampled_from(WITHHELD)),
        personal=draw(st.sampled_from(list(PersonalData))).value,
        public_from=draw(st.none() | moments()),
        sealed_until=draw(st.none() | moments()),
    )


@pytest.fixture
def papers(handler: User) -> CaseDocument:
    """A document in a case that has an anonymous initiator and a party known by name."""
    subject = add_subject("Aino Esimerkki", actor=made.MACHINE)
    case = made.open_case(parties=[NewParty(PartyRole.INITIATOR), NewParty(PartyRole.PARTY, subject)])
    made.add_document(case, made.draft(), handler)
    return case.case_documents.get()


@pytest.fixture
def actors() -> dict[str, Any]:
    """A visitor and one account of each role."""
    return {"visitor": VISITOR} | {role.value: make_user(role) for role in Role}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(documents(), min_size=1, max_size=6), name=st.sampled_from(ACTORS), at=moments())
def test_condition_and_function_agree_on_documents(actors: dict[str, Any], rows: list[Document], name: str, at: dt.datetime) -> None:
    """What the database finds for an actor at a moment is what the function lets through, row by row, also across a join."""
    for row in rows:
        row.pk, row.identifier = None, f"ASK-{id(row)}-{Document.objects.count()}"
        row.save_base(raw=True, force_insert=True)
    keys = [row.pk for row in rows]
    found = set(Document.objects.filter(documents_visible_to(actors[name], at), pk__in=keys).values_list("pk", flat=True))
    assert found == {row.pk for row in rows if is_document_visible(row, actors[name], at)}
    joined = CaseDocument.objects.filter(documents_visible_to(actors[name], at, "document__"), document__in=keys)
    assert not joined.exists()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(row=documents(), at=moments(), role=st.sampled_from(PartyRole.values), ended=st.none() | moments(), own=st.booleans())
def test_condition_and_function_agree_on_parties(
    papers: CaseDocument, row: Document, at: dt.datetime, role: str, ended: dt.datetime | None, own: bool
) -> None:
    """A party's access (§ 11) is the same asked of the database and of the function, for every exception, role and end of the case."""
    row.pk, row.identifier = None, f"ASK-{id(row)}-{Document.objects.count()}"
    row.save_base(raw=True, force_insert=True)
    subject = papers.case.parties.exclude(subject=None).get().subject
    assert subject is not None
    state, ground = ("closed", "answered") if ended else ("pending", "")
    with connection.cursor() as cursor:
        told = [state, ground, ended, papers.case_id]
        cursor.execute("UPDATE cases_case SET state = %s, closing_ground = %s, closed_at = %s WHERE id = %s", told)
        cursor.execute("UPDATE cases_casedocument SET document_id = %s WHERE id = %s", [row.pk, papers.pk])
        cursor.execute("UPDATE cases_caseparty SET role = %s WHERE subject_id = %s", [role, subject.pk])
    paper = CaseDocument.objects.select_related("case", "document").get(pk=papers.pk)
    asker = subject if own else Subject(pk=0)
    found = CaseDocument.objects.filter(papers_open_to_party(asker, at), pk=paper.pk).exists()
    assert found is is_paper_open_to_party(paper, list(paper.case.parties.all()), asker, at)
    if is_document_visible(row, VISITOR, at) and own and role != PartyRole.MEMBER:
        assert found


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(ACTORS), shift=st.integers(-2, 2), publicity=st.sampled_from(list(Publicity)))
def test_condition_and_function_agree_on_cases(actors: dict[str, Any], name: str, shift: int, publicity: Publicity) -> None:
    """The same for the rows of cases; a secret title never shows without the right to read cases."""
    case = made.open_case(title="Salainen nimi", public_title="Julkinen nimi", publicity=publicity)
    at = case.registered_at + shift * HOUR
    actor = actors[name]
    found = Case.objects.filter(visible_to(actor, at), pk=case.pk).exists()
    assert found is is_visible(case, actor, at)
    reads = actor.may("cases.read")
    assert found is (reads or shift >= 0)
    assert shown_title(case, actor) == ("Salainen nimi" if reads else open_title(case))
    masked = publicity in {Publicity.SECRET, Publicity.NOT_YET_PUBLIC}
    assert open_title(case) == ("" if masked else "Julkinen nimi")


def test_a_public_document_may_still_keep_its_title_off_the_web(handler: User) -> None:
    """Public is not the same as fit for the web: a title that may hold a name is not shown to everyone."""
    case = made.open_case()
    plain = made.add_document(case, made.draft("Meluselvitys"), handler)
    named = made.add_document(case, made.draft("Aino Esimerkin kirje", personal=PersonalData.CONTAINS), handler)
    assert (open_document_title(plain), open_document_title(named)) == ("Meluselvitys", "")
    assert is_document_visible(named, VISITOR, timezone.now())
