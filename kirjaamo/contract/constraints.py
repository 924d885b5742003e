"""Constraints that registers share, each named as the sentence that is broken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, RangeOperators
from django.db.models import F, Func, Q, Value

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise


class OneKey(Func):
    """A number as a range of one, so that core range types compare it within an exclusion (no extension is needed)."""

    function = "int8range"
    output_field = BigIntegerRangeField()


def no_overlap(of: str, period: str, *, name: str, message: StrOrPromise) -> ExclusionConstraint:
    """Refuse two records of one thing (`of`, a link) whose periods overlap; void records do not count."""
    return ExclusionConstraint(
        name=name,
        expressions=[(OneKey(F(of), F(of), Value("[]")), RangeOperators.OVERLAPS), (period, RangeOperators.OVERLAPS)],
        condition=Q(voided_at=None),
        violation_error_message=message,
    )
