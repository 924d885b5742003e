"""The demo's invented cases can be made on the loaded pack, and look like a register in use."""

from __future__ import annotations

import pytest
from django.utils import timezone

from kirjaamo.cases import demo
from kirjaamo.cases.models import Case, CaseState
from kirjaamo.cases.visibility import open_title
from kirjaamo.documents.models import Document, File
from kirjaamo.organisation import demo as people
from kirjaamo.subjects.models import Subject

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("helsinki")]


def told(_done: int, _all: int, _what: str) -> None:
    """A report that nobody reads."""


def test_the_demo_fills_the_case_register_over_a_year() -> None:
    people.make(told)
    demo.make(told)
    cases = list(Case.objects.select_related("revision", "unit"))
    assert len(cases) >= 60
    assert len({one.revision.code for one in cases}) >= 12
    assert len({one.unit for one in cases}) >= 6
    assert {one.state for one in cases} >= {CaseState.PENDING, CaseState.HANDLING, CaseState.CLOSED}
    assert any(not open_title(one) for one in cases)
    assert File.objects.filter(media_type="application/pdf").exists()
    assert len({one.initiated_at.date() for one in cases}) > 40
    assert Document.objects.filter(sealed_until__gt=timezone.now()).exists()
    assert Document.objects.exclude(masks=None).exists()
    assert Subject.objects.filter(safety_non_disclosure=True).exists()
    assert any(one.revision.code.startswith("05 02") for one in cases)
