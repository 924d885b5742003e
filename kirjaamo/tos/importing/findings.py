"""What an import found: errors that stop it and remarks that do not, each with its place in the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Severity = Literal["error", "remark"]


@dataclass(frozen=True, slots=True)
class Found:
    """One finding: the row of the file as people count it (from 1; 0: the file as a whole), the column, and the words."""

    row: int
    text: str
    severity: Severity = "error"
    column: str = ""


@dataclass
class Read:
    """What was read from a file: its kind, its content as plain data, and the findings."""

    kind: str
    content: dict[str, Any] = field(default_factory=dict)
    findings: list[Found] = field(default_factory=list)

    def error(self, row: int, text: str, column: str = "") -> None:
        """Name something that stops the import."""
        self.findings.append(Found(row, text, "error", column))

    def remark(self, row: int, text: str, column: str = "") -> None:
        """Name something that does not."""
        self.findings.append(Found(row, text, "remark", column))

    @property
    def errors(self) -> Sequence[Found]:
        """The findings that stop the import."""
        return [one for one in self.findings if one.severity == "error"]

    def findings_data(self) -> list[dict[str, Any]]:
        """The findings as they are stored, in the order of rows."""
        return [asdict(one) for one in sorted(self.findings, key=lambda one: one.row)]
