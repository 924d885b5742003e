"""What a rule refuses: a stable code, the sentence in three languages with the values, the section and the field."""

from __future__ import annotations

from dataclasses import dataclass

from kirjaamo.values.language import Text3


@dataclass(frozen=True, slots=True)
class Problem:
    """A rule that says no."""

    code: str
    sentence: Text3
    law: str = ""
    field: str = ""
