"""The demo's invented data can be made on the loaded pack, and shows what a demo is to show."""

from __future__ import annotations

import pytest

from kirjaamo.organisation import demo as people
from kirjaamo.requests import demo
from kirjaamo.requests.models import InformationRequest, Outcome, RequestKind

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("helsinki")]


def told(_done: int, _all: int, _what: str) -> None:
    """A report that nobody reads."""


def test_the_demo_shows_every_kind_and_state_of_a_request() -> None:
    people.make(told)
    demo.make(told)
    requests = InformationRequest.objects.all()
    assert {one.kind for one in requests} == set(RequestKind)
    outcomes = {one.outcome for one in requests}
    assert {"", *Outcome} - outcomes == {Outcome.PARTLY_GIVEN}
    assert {one.language for one in requests} == {"fi", "sv", "en"}
    assert any(len(one.deadlines) == 2 and not one.outcome for one in requests)
    assert requests.filter(needs_identity=True, identified_at=None).exists()
    assert requests.exclude(refusals__decision_wanted_at=None).exists()
    assert requests.exclude(asker_wrote_at=None).exists()
