"""The demo's description is published once, and the published pages wait for their review."""

from __future__ import annotations

import pytest

from kirjaamo.catalog import demo
from kirjaamo.catalog.models import Draft, Publication

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("helsinki")]


def told(_done: int, _all: int, _what: str) -> None:
    """A report that nobody reads."""


def test_the_demo_publishes_once_and_reads_every_page() -> None:
    for _ in range(2):
        demo.make(told)
    assert [one.number for one in Publication.objects.all()] == [1]
    assert {draft.name for draft in Draft.objects.all()} == {path.name for path in demo.published_pages()}
    assert all(draft.items.exists() for draft in Draft.objects.all())
