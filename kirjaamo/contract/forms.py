"""Forms derived from the typed parameters of an action: each parameter says its question once, in its annotation."""

from __future__ import annotations

import datetime as dt
import inspect
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kirjaamo.kernel.actions import ActionInfo
from kirjaamo.ui.forms import DateField
from kirjaamo.values.business_id import BusinessId
from kirjaamo.values.personal_id import PersonalId
from kirjaamo.values.problems import ValueProblem


@dataclass(frozen=True)
class Ask:
    """What a person is asked for a parameter: label, hint, bounds; `long` gives a field of many lines."""

    label: object
    hint: object = ""
    least: int | None = None
    most: int | None = None
    long: bool = False


class ValueField(forms.CharField):
    """A text that must be a value of our own (identity code, business id): refused with the value's own sentence."""

    def __init__(self, kind: type[PersonalId | BusinessId], **kwargs: Any) -> None:
        """Take the value's class."""
        super().__init__(**kwargs)
        self.kind = kind

    def clean(self, value: Any) -> Any:
        """The value, or an error that says what is wrong and what to do."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return self.kind.parse(text)
        except ValueProblem as problem:
            raise forms.ValidationError(problem.message(get_language() or "fi"), code=problem.code) from problem


class VerbForm(forms.Form):
    """The form of a verb. `usual` is what each parameter is when its field is left empty: its default, never nothing."""

    usual: ClassVar[Mapping[str, Any]] = {}

    def clean(self) -> dict[str, Any]:
        """The values, those left empty as they usually are."""
        told = super().clean() or {}
        return {name: self.usual.get(name, value) if value is None else value for name, value in told.items()}


def action_form(info: ActionInfo) -> type[forms.Form]:
    """Build the form of an action from its parameters that carry an `Ask`."""
    function = inspect.unwrap(info.function)
    hints = _hints(function)
    made: dict[str, forms.Field] = {}
    usual: dict[str, Any] = {}
    for name, parameter in inspect.signature(function).parameters.items():
        told = hints.get(name)
        if told is None or typing.get_origin(told) is not typing.Annotated:
            continue
        inner, *notes = typing.get_args(told)
        ask = next((note for note in notes if isinstance(note, Ask)), None)
        if ask is not None:
            made[name] = _field(inner, ask, parameter)
            usual |= {} if parameter.default in {inspect.Parameter.empty, None} else {name: parameter.default}
    return type(f"{function.__name__.title()}Form", (VerbForm,), {**made, "usual": usual})


def _hints(function: Callable[..., Any]) -> Mapping[str, Any]:
    """The types of the asked parameters; the actor and the return type may be known to type checkers only."""
    asked = {name: told for name, told in function.__annotations__.items() if "Ask(" in str(told)}
    holder = type("Asked", (), {"__annotations__": asked, "__module__": function.__module__})
    return typing.get_type_hints(holder, include_extras=True)


def _field(kind: Any, ask: Ask, parameter: inspect.Parameter) -> forms.Field:
    required = parameter.default is inspect.Parameter.empty
    if isinstance(kind, types.UnionType):
        kind = next(part for part in typing.get_args(kind) if part is not type(None))
        required = False
    initial = None if parameter.default is inspect.Parameter.empty else parameter.default
    common: dict[str, Any] = {"label": ask.label, "help_text": ask.hint, "required": required, "initial": initial}
    return _of_kind(kind, ask, common)


def _of_kind(kind: Any, ask: Ask, common: Mapping[str, Any]) -> forms.Field:  # noqa: PLR0911 - one return for each kind
    if kind in {PersonalId, BusinessId}:
        return ValueField(kind, max_length=20, **common)
    if isinstance(kind, type) and issubclass(kind, models.TextChoices):
        choices = kind.choices if common["required"] else [("", _("Ei mitään näistä")), *kind.choices]
        return forms.TypedChoiceField(choices=choices, coerce=lambda value: kind(value) if value else None, empty_value=None, **common)
    if kind is bool:
        return forms.BooleanField(**{**common, "required": False})
    if kind is dt.date:
        return DateField(**{key: value for key, value in common.items() if key != "help_text" or value})
    if kind is Decimal:
        return forms.DecimalField(max_digits=12, decimal_places=2, localize=True, min_value=ask.least, max_value=ask.most, **common)
    if kind is int:
        return forms.IntegerField(min_value=ask.least, max_value=ask.most, **common)
    widget = forms.Textarea if ask.long else forms.TextInput
    return forms.CharField(widget=widget, max_length=4000 if ask.long else 300, **common)
