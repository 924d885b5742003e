"""The condition of the database and the function for a row say the same of every actor, moment, case and document."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kirjaamo.cases.models import Case, CaseDocument
from kirjaamo.cases.tests import made
from kirjaamo.cases.visibility import (
    documents_visible_to,
    is_document_visible,
    is_visible,
    open_document_title,
    open_title,
    shown_title,
    visible_to,
)
from kirjaamo.documents.models import Direction, Document, DocumentState
from kirjaamo.kernel.actors import VISITOR
from kirjaamo.organisation.models import User
from kirjaamo.organisation.roles import Role
from kirjaamo.testing import make_user
from kirjaamo.values.publicity import PersonalData, Publicity

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("helsinki")]
ACTORS = ("visitor", *(role.value for role in Role))
NOW = dt.datetime(2026, 5, 4, 9, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


def moments() -> st.SearchStrategy[dt.datetime]:
    """Moments near the interesting one, on both sides and on it."""
    return st.integers(-2, 2).map(lambda hours: NOW + hours * HOUR)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Any document that the constraints let stand."""
    publicity = draw(st.sampled_from(list(Publicity)))
    direction = draw(st.sampled_from(Direction.values))
    return Document(
        title="Kirje",
        type_code="other",
        direction=direction,
        state=draw(st.sampled_from([DocumentState.DRAFT, DocumentState.READY, DocumentState.SIGNED])),
        way="post",
        sender="A",
        arrived_at=NOW,
        author="K",
        made_at=NOW,
        registered_at=NOW,
        publicity=publicity.value,
        grounds=["JulkL-24-1-32"] if publicity.needs_ground else [],
        personal=draw(st.sampled_from(list(PersonalData))).value,
        public_from=draw(st.none() | moments()),
    )


@pytest.fixture
def actors() -> dict[str, Any]:
    """A visitor and one account of each role."""
    return {"visitor": VISITOR} | {role.value: make_user(role) for role in Role}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
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
