"""What a broken constraint says to whoever broke it: its own sentence, the values that were given, and the law when there is one.

A constraint that law stands behind is a rule (`Record.laws` names the section); one that compares a row with other rows tells that
something else comes first; any other says that what was given contradicts itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.translation import gettext as _

from kirjaamo.contract import derived, kept
from kirjaamo.kernel.errors import BadInput, OutOfOrder, Refused
from kirjaamo.kernel.facts import facts_of
from kirjaamo.kernel.fields import Person
from kirjaamo.values.publicity import PersonalData

if TYPE_CHECKING:
    from django.db import models


def judge(row: models.Model) -> None:
    """Judge a row by the constraints of its kind; `Refused` says which is broken, by which values."""
    try:
        row.validate_unique()
    except ValidationError as error:
        name = next(iter(error.error_dict))
        field: models.Field[Any, Any] = row._meta.get_field(name)  # type: ignore[assignment]
        raise taken(field, row) from error
    for model, constraints in row.get_constraints():
        for constraint in constraints:
            try:
                constraint.validate(model, row)
            except ValidationError as error:
                raise refused(model, constraint, row) from error


def refused(model: type[models.Model], constraint: models.BaseConstraint, row: models.Model | None = None) -> Refused:
    """The refusal of a constraint that a row broke."""
    names = [name for name in dict.fromkeys(_names(constraint)) if name in {f.name for f in kept.own_fields(model)}]
    sentence = f"{constraint.get_violation_error_message()}{_given(row, names)}"
    if law := getattr(model, "laws", {}).get(constraint.name, ""):
        return Refused(sentence, code=constraint.name, section=law)
    kind = OutOfOrder if isinstance(constraint, UniqueConstraint | ExclusionConstraint) else BadInput
    return kind(sentence, code=constraint.name)


def taken(field: models.Field[Any, Any], row: models.Model | None = None) -> Refused:
    """That a value which only one record may have is another's."""
    sentence = _("%(field)s on jo käytössä toisella tietueella.") % {"field": field.verbose_name}
    return BadInput(f"{sentence}{_given(row, [field.name])}", code="contract.taken", field=field.name)


def _given(row: models.Model | None, names: list[str]) -> str:
    """What was given, by label: what anyone may see of it, as refusals are kept with the files that they are of."""
    if row is None:
        return ""
    told = [f for f in kept.own_fields(type(row)) if f.name in names and _is_open(f)]
    values = [f"{f.verbose_name} {text}" for f in told if (text := derived.in_words(row, f))]
    return " " + _("Annettu: %(values)s.") % {"values": ", ".join(values)} if values else ""


def _is_open(field: models.Field[Any, Any]) -> bool:
    facts = facts_of(field)
    return facts.open and facts.personal == PersonalData.NONE and not isinstance(field, Person)


def _names(constraint: models.BaseConstraint) -> Iterator[str]:
    """The fields that a constraint is about (a condition that says when it holds is not among them)."""
    if isinstance(constraint, CheckConstraint):
        yield from _named(constraint.condition)
    elif isinstance(constraint, UniqueConstraint):
        yield from constraint.fields
        for one in constraint.expressions:
            yield from _named(one)
    elif isinstance(constraint, ExclusionConstraint):
        for expression, _operator in constraint.expressions:
            yield from [expression] if isinstance(expression, str) else _named(expression)


def _named(part: Any) -> Iterator[str]:
    """The names of fields within a condition or an expression; plain values have none."""
    if isinstance(part, Q):
        for child in part.children:
            name, inner = child if isinstance(child, tuple) else ("", child)
            yield from [name.partition("__")[0]] if name else []
            yield from _named(inner)
    elif isinstance(part, F):
        yield str(part.name)  # type: ignore[attr-defined]
    elif hasattr(part, "get_source_expressions"):
        for one in part.get_source_expressions():
            yield from _named(one)
