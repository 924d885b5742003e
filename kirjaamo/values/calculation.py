"""A result that explains itself: every figure that a reader would ask for is a step.

A calculation is stored whole, so that years later it still shows which dated rows and
which section of law made the result. Only exact values are taken in: no floats.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from kirjaamo.values.language import Text3
from kirjaamo.values.money import Money
from kirjaamo.values.problems import ValueProblem

Value = Money | Decimal | int | bool | str | date | None
Data = dict[str, Any]  # plain JSON
V = TypeVar("V", bound=Value)

_WRITE: dict[type, tuple[str, Callable[[Any], object]]] = {
    Money: ("money", lambda value: str(value.amount)),
    Decimal: ("decimal", str),
    bool: ("bool", bool),
    int: ("int", int),
    str: ("text", str),
    date: ("date", date.isoformat),
    type(None): ("none", lambda _: None),
}
_READ: dict[str, Callable[[Any], Value]] = {
    "money": Money,
    "decimal": Decimal,
    "bool": bool,
    "int": int,
    "text": str,
    "date": date.fromisoformat,
    "none": lambda _: None,
}


@dataclass(frozen=True, slots=True)
class RowUsed:
    """A dated row of reference data that a step read: its id, its name (in one language or in three) and its source."""

    id: str
    label: str | Text3
    source: str

    def as_data(self) -> Data:
        """Give the row as plain JSON-able data."""
        label = self.label.as_dict() if isinstance(self.label, Text3) else self.label
        return {"id": self.id, "label": label, "source": self.source}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> RowUsed:
        """Read what `as_data` wrote."""
        label = data["label"]
        return cls(data["id"], label if isinstance(label, str) else Text3.of(label), data["source"])


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a calculation. `key` is stable and names the line in comparisons."""

    key: str
    label: Text3
    value: Value
    formula: str = ""
    unit: str = ""
    rounding: str = ""
    rows: tuple[RowUsed, ...] = ()
    law: str = ""

    def __post_init__(self) -> None:
        write_value(self.value)

    def as_data(self) -> Data:
        """Give the step as plain JSON-able data."""
        return {
            "key": self.key,
            "label": self.label.as_dict(),
            "value": write_value(self.value),
            "formula": self.formula,
            "unit": self.unit,
            "rounding": self.rounding,
            "rows": [row.as_data() for row in self.rows],
            "law": self.law,
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Step:
        """Read what `as_data` wrote."""
        return cls(
            key=data["key"],
            label=Text3.of(data["label"]),
            value=read_value(data["value"]),
            formula=data["formula"],
            unit=data["unit"],
            rounding=data["rounding"],
            rows=tuple(RowUsed.from_data(row) for row in data["rows"]),
            law=data["law"],
        )


@dataclass(frozen=True, slots=True)
class Calculation:
    """A finished calculation: title, steps in their order and the result."""

    title: Text3
    steps: tuple[Step, ...]
    result: Value
    unit: str = ""

    def __post_init__(self) -> None:
        write_value(self.result)
        keys = [step.key for step in self.steps]
        if len(keys) != len(set(keys)):
            raise ValueProblem("calculation.repeated_step")

    def step(self, key: str) -> Step:
        """Give the step of the key; KeyError when there is none."""
        for step in self.steps:
            if step.key == key:
                return step
        raise KeyError(key)

    @property
    def rows(self) -> tuple[RowUsed, ...]:
        """Every dated row that was used, each once, in the order of use."""
        return tuple(dict.fromkeys(row for step in self.steps for row in step.rows))

    def as_data(self) -> Data:
        """Give the whole calculation as plain JSON-able data."""
        return {
            "title": self.title.as_dict(),
            "steps": [step.as_data() for step in self.steps],
            "result": write_value(self.result),
            "unit": self.unit,
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Calculation:
        """Read what `as_data` wrote."""
        steps = tuple(Step.from_data(step) for step in data["steps"])
        return cls(Text3.of(data["title"]), steps, read_value(data["result"]), data["unit"])


@dataclass(slots=True)
class Workings:
    """Collects the steps while a rule computes; `result` closes them into a Calculation."""

    title: str | Mapping[str, str] | Text3
    steps: list[Step] = field(default_factory=list)

    def step(
        self,
        key: str,
        label: str | Mapping[str, str] | Text3,
        value: V,
        *,
        formula: str = "",
        unit: str = "",
        rounding: str = "",
        rows: Sequence[RowUsed] = (),
        law: str = "",
    ) -> V:
        """Write one line and give its value back, so that rules read as arithmetic."""
        self.steps.append(Step(key, Text3.of(label), value, formula, unit, rounding, tuple(rows), law))
        return value

    def result(self, value: Value, *, unit: str = "") -> Calculation:
        """Close the calculation with its result."""
        return Calculation(Text3.of(self.title), tuple(self.steps), value, unit)


class ChangeKind(StrEnum):
    """What became of a step between two calculations."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class StepChange:
    """A step that differs: the old and the new one, and the names of the fields that differ."""

    key: str
    kind: ChangeKind
    old: Step | None
    new: Step | None
    fields: tuple[str, ...] = ()


def compare(old: Calculation, new: Calculation) -> tuple[StepChange, ...]:
    """Tell which steps differ, in the order of the new calculation, removed ones last."""
    before = {step.key: step for step in old.steps}
    after = {step.key: step for step in new.steps}
    changes = [_change(before.get(key), step) for key, step in after.items()]
    gone = [StepChange(key, ChangeKind.REMOVED, step, None) for key, step in before.items() if key not in after]
    return (*(change for change in changes if change), *gone)


def _change(old: Step | None, new: Step) -> StepChange | None:
    if old is None:
        return StepChange(new.key, ChangeKind.ADDED, None, new)
    left, right = old.as_data(), new.as_data()
    fields = tuple(name for name in left if left[name] != right[name])
    return StepChange(new.key, ChangeKind.CHANGED, old, new, fields) if fields else None


def write_value(value: Value) -> Data:
    """Give a value with its kind as JSON-able data. Raises `calculation.value` for others."""
    if type(value) not in _WRITE:
        raise ValueProblem("calculation.value")
    kind, write = _WRITE[type(value)]
    return {"kind": kind, "value": write(value)}


def read_value(data: Mapping[str, Any]) -> Value:
    """Read what `write_value` wrote."""
    return _READ[data["kind"]](data["value"])
