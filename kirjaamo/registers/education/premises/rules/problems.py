"""What a rule refuses: a stable code, the sentence in three languages, the field it concerns and the decision behind it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kirjaamo.values.language import Text3


class Because(StrEnum):
    """Why something cannot be done: a rule says no, a dated row is not there yet, or what was given cannot be used."""

    RULE = "rule"
    ORDER = "order"
    INPUT = "input"


@dataclass(frozen=True, slots=True)
class Problem:
    """A rule that says no: the sentence names the rule and the values, `source` the section or dated row behind it."""

    code: str
    sentence: Text3
    field: str = ""
    source: str = ""
    because: Because = Because.RULE

    def __post_init__(self) -> None:
        if self.because is Because.RULE and not self.source:
            message = f"The rule {self.code} refuses without naming its source"
            raise ValueError(message)


class RuleError(ValueError):
    """A rule cannot give a result; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        """Keep the problem."""
        super().__init__(problem.code)
        self.problem = problem
