"""How letters tell a calculation: every line as text in the language of the case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from kirjaamo.registers.urban.hitas.rules.figures import HALF_UP
from kirjaamo.values.calculation import Calculation, Step, Value
from kirjaamo.values.language import format_day
from kirjaamo.values.money import Money


def told(calculation: Calculation, language: str) -> Mapping[str, object]:
    """A calculation as lines of text."""
    return {
        "title": calculation.title.pick(language),
        "lines": [_line(step, language) for step in calculation.steps],
        "result": shown(calculation.result, language),
    }


def _line(step: Step, language: str) -> Mapping[str, object]:
    return {
        "label": step.label.pick(language),
        "value": f"{shown(step.value, language)} {step.unit}".strip(),
        "formula": step.formula,
        "rounded": step.rounding == HALF_UP,
        "rows": [f"{row.label}: {row.source}" for row in step.rows],
    }


def shown(value: Value, language: str) -> str:
    """A figure as people of the language write it."""
    if isinstance(value, Money):
        return value.format(language)
    if isinstance(value, date):
        return format_day(value, language)
    if isinstance(value, bool):
        return {"fi": "kyllä", "sv": "ja", "en": "yes"}[language] if value else {"fi": "ei", "sv": "nej", "en": "no"}[language]
    if isinstance(value, Decimal):
        return f"{value:f}" if language == "en" else f"{value:f}".replace(".", ",")
    return "" if value is None else str(value)
