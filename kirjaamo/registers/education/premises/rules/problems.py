"""What a rule refuses: a stable code, the sentence in three languages, the field it concerns and the decision behind it."""

from __future__ import annotations

from dataclasses import dataclass

from kirjaamo.values.language import Text3


@dataclass(frozen=True, slots=True)
class Problem:
    """A rule that says no: the sentence names the rule and the values."""

    code: str
    sentence: Text3
    field: str = ""
    source: str = ""


class RuleError(ValueError):
    """A rule cannot give a result; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        """Keep the problem."""
        super().__init__(problem.code)
        self.problem = problem
