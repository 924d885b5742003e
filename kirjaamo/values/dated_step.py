"""One dated line of an explanation, kept as a key with parameters and told in any language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kirjaamo.values.language import Text3, format_day, pick
from kirjaamo.values.step_texts import STEP_TEXTS

Param = str | int | date | Text3


@dataclass(frozen=True, slots=True)
class DatedStep:
    """A day, the key of its text in STEP_TEXTS with parameters, and the section of law."""

    day: date | None
    key: str
    params: tuple[tuple[str, Param], ...] = ()
    law: str = ""

    def as_data(self) -> dict[str, Any]:
        """Give the step as plain JSON-able data."""
        return {
            "day": self.day.isoformat() if self.day else None,
            "key": self.key,
            "params": {name: _write(value) for name, value in self.params},
            "law": self.law,
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> DatedStep:
        """Read what `as_data` wrote."""
        day = date.fromisoformat(data["day"]) if data["day"] else None
        params = tuple((name, _read(value)) for name, value in data["params"].items())
        return cls(day, data["key"], params, data["law"])


def explain(step: DatedStep, language: str = "fi") -> str:
    """Tell a step as one sentence in the language, the section of law in parentheses."""
    words = {name: _tell(value, language) for name, value in step.params}
    day = format_day(step.day, language) if step.day else ""
    sentence = pick(STEP_TEXTS[step.key], language).format(day=day, **words)
    return f"{sentence} ({step.law})" if step.law else sentence


def explain_all(steps: Iterable[DatedStep], language: str = "fi") -> list[str]:
    """Tell the steps one by one."""
    return [explain(step, language) for step in steps]


def _tell(value: Param, language: str) -> str:
    if isinstance(value, Text3):
        return value.pick(language)
    return format_day(value, language) if isinstance(value, date) else str(value)


def _write(value: Param) -> object:
    if isinstance(value, Text3):
        return value.as_dict()
    return {"day": value.isoformat()} if isinstance(value, date) else value


def _read(value: Any) -> Param:
    if isinstance(value, dict):
        return date.fromisoformat(value["day"]) if "day" in value else Text3.of(value)
    return value if isinstance(value, int) else str(value)
