"""The one base error of the values: a stable code and a text that says what to do."""

from __future__ import annotations

from kirjaamo.values.language import pick
from kirjaamo.values.problem_texts import PROBLEM_TEXTS


class ValueProblem(ValueError):
    """Something that was given cannot be the value that was asked for.

    `code` is stable and has a row in PROBLEM_TEXTS. `params` fill the text and never
    hold what a person typed, so neither a log line nor a page can repeat a secret.
    """

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.params = params

    def message(self, language: str = "fi") -> str:
        """Say in the language what is wrong and what to do about it."""
        return pick(PROBLEM_TEXTS[self.code], language).format(**self.params)

    def __str__(self) -> str:
        return f"{self.code}: {self.message('en')}"
