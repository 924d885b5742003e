"""What the plan costs grows with what is shown, not with what there is: statements stay the same over more rows."""

from __future__ import annotations

import pytest

from benchmarks import planning


@pytest.mark.django_db
def test_statements_do_not_grow_with_nodes_classes_or_cases() -> None:
    few = planning.measure(nodes=30, classes=100, cases=50)
    many = planning.measure(nodes=90, classes=300, cases=500)
    assert [row["statements"] for row in few.values()] == [row["statements"] for row in many.values()]
    assert all(row["statements"] <= 25 for row in many.values()), many
