"""The invented register is whole: every kind of record, every state, shares that sum to one."""

from __future__ import annotations

from collections import Counter

import pytest
from django.db import connection
from django.utils import timezone

from kirjaamo.registers.urban.hitas import actions, demo, due
from kirjaamo.registers.urban.hitas.models import IndexValue, MaximumPriceCalculation, RegulationOutcome, Sale


@pytest.mark.django_db
def test_the_demo_is_made_whole() -> None:
    seen: list[tuple[int, int, str]] = []
    demo.make(lambda *told: seen.append(told))
    assert seen[-1][:2] == (8, 8)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    states = Counter(MaximumPriceCalculation.objects.values_list("state", flat=True))
    assert states == {"confirmed": 26, "draft": 9}
    assert Sale.objects.filter(checked_against__isnull=False).count() == 18
    assert (due.deeds().count(), due.redemptions().count(), due.requests().count()) == (10, 10, 3)
    assert [one.grace for one in due.conditions()] == ["none", "six"]
    assert {letter.outcome for letter in due.letters()} == {"released", "stays"}
    assert set(IndexValue.objects.values_list("source", flat=True)) == {"keksitty (demo)"}
    run = actions.prepare_run(timezone.localdate(), actor=demo.CLERK)
    outcomes = {verdict.company.name: verdict.outcome for verdict in run.verdicts.select_related("company")}
    assert outcomes["As Oy Helsingin Tuulimylly"] == RegulationOutcome.STAYS
    assert "As Oy Helsingin Vanhakulma" not in outcomes
