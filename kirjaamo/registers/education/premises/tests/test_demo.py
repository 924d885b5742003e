"""The invented data is made by the verbs themselves, and shows every state that a worker meets."""

from __future__ import annotations

import pytest

from kirjaamo.kernel import journal
from kirjaamo.registers.education.premises import demo
from kirjaamo.registers.education.premises.models import Agreement, Booking, Customer, Room, Wish


@pytest.mark.django_db
def test_the_demo_looks_like_a_register_in_use(monkeypatch: pytest.MonkeyPatch) -> None:
    """Schools, clubs and people, turns given and lost with reasons, requests that wait."""
    monkeypatch.setattr(demo, "APPLICATIONS", 6)
    monkeypatch.setattr(demo, "NEXT", 3)
    monkeypatch.setattr(demo, "REQUESTS", 3)
    told: list[str] = []
    demo.make(lambda _done, _all, what: told.append(what))
    assert (Room.objects.count(), Customer.objects.count()) == (36, 36)
    assert Agreement.objects.exists()
    assert Booking.objects.filter(state="requested").exists()
    assert set(Wish.objects.filter(outcome="pending").values_list("application__season__state", flat=True)) == {"open"}
    assert not Wish.objects.filter(outcome="lost", reason="").exists()
    assert set(told) == {"standing turns", "requests"}
    assert journal.verify().whole
