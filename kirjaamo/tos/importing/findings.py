"""What an import found: errors that stop it and remarks that do not, each with its place in the file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from django.utils import translation

from kirjaamo.ui.languages import LANGUAGES, pick

Severity = Literal["error", "remark"]


@dataclass(frozen=True, slots=True)
class Found:
    """One finding: the row of the file as people count it (from 1; 0: the file as a whole), the column, and the words in each language."""

    row: int
    text: Mapping[str, str]
    severity: Severity = "error"
    column: str = ""


def said(text: object, values: Mapping[str, object]) -> dict[str, str]:
    """The words in each language of the program: who reads a finding need not be who brought the file. A value may be in languages too."""
    words = {}
    for language in LANGUAGES:
        with translation.override(language):
            told = {name: pick(value, language).text if isinstance(value, Mapping) else str(value) for name, value in values.items()}
            words[language] = str(text) % told if told else str(text)
    return words


@dataclass
class Read:
    """What was read from a file: its kind, its content as plain data, and the findings."""

    kind: str
    content: dict[str, Any] = field(default_factory=dict)
    findings: list[Found] = field(default_factory=list)

    def error(self, row: int, text: object, column: str = "", /, **values: object) -> None:
        """Name something that stops the import; `text` is a lazy text whose places the values fill."""
        self.findings.append(Found(row, said(text, values), "error", column))

    def remark(self, row: int, text: object, column: str = "", /, **values: object) -> None:
        """Name something that does not."""
        self.findings.append(Found(row, said(text, values), "remark", column))

    @property
    def errors(self) -> Sequence[Found]:
        """The findings that stop the import."""
        return [one for one in self.findings if one.severity == "error"]

    def findings_data(self) -> list[dict[str, Any]]:
        """The findings as they are stored, in the order of rows."""
        return [asdict(one) for one in sorted(self.findings, key=lambda one: one.row)]
