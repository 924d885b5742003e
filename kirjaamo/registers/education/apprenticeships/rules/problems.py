"""What a rule refuses: a stable code, the sentence in three languages with the values, the field and the section."""

from __future__ import annotations

from dataclasses import dataclass

from kirjaamo.values.language import Text3


@dataclass(frozen=True, slots=True)
class Problem:
    """A rule that says no. `section` is the law or the source of the dated row behind it; empty: no rule says no, something is missing."""

    code: str
    sentence: Text3
    section: str
    field: str = ""


class RuleError(ValueError):
    """A rule cannot give a result; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        """Keep the problem."""
        super().__init__(problem.code)
        self.problem = problem
