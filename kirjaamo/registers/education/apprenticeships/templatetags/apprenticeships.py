"""What a draft lacks, for its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from kirjaamo.registers.education.apprenticeships import reading
from kirjaamo.registers.education.apprenticeships.actions.telling import refusal
from kirjaamo.registers.education.apprenticeships.choices import ApprenticeshipState
from kirjaamo.registers.education.apprenticeships.rules.preconditions import problems
from kirjaamo.registers.education.apprenticeships.rules.problems import RuleError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kirjaamo.registers.education.apprenticeships.models import Apprenticeship

register = template.Library()


@register.simple_tag
def lacking(row: Apprenticeship) -> Sequence[str]:
    """The sentences of what keeps a draft from being confirmed, each with its section; none for another state."""
    if row.state != ApprenticeshipState.DRAFT:
        return ()
    try:
        return [refusal(one).told() for one in problems(reading.draft_of(row), reading.rates())]
    except RuleError as error:
        return [refusal(error.problem).told()]
