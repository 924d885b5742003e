"""The invented data is made by the verbs themselves, and shows every state that a worker meets."""

from __future__ import annotations

import pytest

from kirjaamo.kernel import journal
from kirjaamo.registers.education.apprenticeships import demo
from kirjaamo.registers.education.apprenticeships.models import Apprenticeship, BenefitClaim, CompensationPayment, EndingNotice


@pytest.mark.django_db
def test_the_demo_looks_like_a_register_in_use(monkeypatch: pytest.MonkeyPatch) -> None:
    """Contracts in every state, payments done and waiting, claims, notices that wait."""
    monkeypatch.setattr(demo, "CONTRACTS", 14)
    monkeypatch.setattr(demo, "EMPLOYERS", 5)
    demo.make(lambda _done, _all, _what: None)
    assert set(Apprenticeship.objects.values_list("state", flat=True)) == {"draft", "in_force", "ended"}
    assert set(CompensationPayment.objects.values_list("state", flat=True)) == {"draft", "confirmed"}
    assert set(BenefitClaim.objects.values_list("state", flat=True)) == {"draft", "confirmed"}
    assert EndingNotice.objects.filter(sent_on=None).exists()
    assert journal.verify().whole
