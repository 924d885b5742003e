"""What is derived from the facts of fields: which are shown, which are masked, how a value reads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from kirjaamo.contract import kept
from kirjaamo.kernel.facts import facts_of
from kirjaamo.kernel.fields import Choice, Money, Person
from kirjaamo.ui import wording

if TYPE_CHECKING:
    from kirjaamo.contract.record import Record
    from kirjaamo.kernel.actors import Actor

MASK = "•••"
NATURAL = "person"
"""The kind of a party that is a natural person (a lower room than the parties does not know their model)."""


@dataclass(frozen=True)
class ShownFact:
    """A field of a record for a reader: its label and its value in words, or masked."""

    name: str
    label: str
    value: Any
    text: str
    masked: bool = False


def own_fields(model: type[models.Model]) -> Sequence[models.Field[Any, Any]]:
    """The fields that the register declares, in order."""
    return kept.own_fields(model)


def linked(model: type[models.Model]) -> list[str]:
    """The links to fetch with the record, so that a list makes one statement."""
    return ["case", *[f.name for f in own_fields(model) if isinstance(f, models.ForeignKey)]]


def may_see(field: models.Field[Any, Any], model: type[Record], actor: Actor) -> bool:
    """Whether the actor may see a field: an open one everyone, the others who may read the register."""
    return facts_of(field).open or actor.may(model.register.read, model)


def shown_facts(row: Record, actor: Actor) -> list[ShownFact]:
    """The record's fields for a reader, each masked or in words."""
    facts = []
    for field in own_fields(type(row)):
        label = str(field.verbose_name)
        if may_see(field, type(row), actor):
            facts.append(ShownFact(field.name, label, getattr(row, field.name), in_words(row, field)))
        else:
            facts.append(ShownFact(field.name, label, None, MASK, masked=True))
    return facts


def in_words(row: models.Model, field: models.Field[Any, Any]) -> str:
    """A value as text in the reader's language."""
    value = getattr(row, field.name)
    if value is None or value == "":
        return ""
    if isinstance(field, Choice) and field.options is not None:
        return str(dict(field.options.choices).get(value, value))
    if isinstance(field, Money):
        return wording.euro(value)
    if isinstance(field, Person) and value.safety_non_disclosure and not facts_of(field).open:
        if field.dwells:
            return _("Turvakiellon alainen henkilö")
        # The mark goes with the data to whoever takes it over (661/2009 § 37); an open field says nothing of it.
        return _("%(name)s (turvakielto)") % {"name": value}
    return value_in_words(value)


def value_in_words(value: Any) -> str:
    """Any value as text: yes and no, days, periods, figures, sums, links."""
    if isinstance(value, bool):
        return _("Kyllä") if value else _("Ei")
    if isinstance(value, dt.datetime):
        return wording.moment(value)
    if isinstance(value, dt.date):
        return wording.day(value)
    if isinstance(value, Decimal):
        return wording.figure(value)
    if hasattr(value, "lower") and hasattr(value, "upper") and not isinstance(value, str):
        first = wording.day(value.lower) if value.lower else ""
        last = wording.day(value.upper - dt.timedelta(days=1)) if value.upper else ""
        return f"{first}–{last}"
    return str(value)


def concerns(model: type[Record], subject: int) -> Q | None:
    """The condition that a record concerns a person: in whichever role it names them, or by a record that it belongs to.

    None when its kind concerns nobody.
    """
    paths = [f.name for f in own_fields(model) if isinstance(f, Person)] + list(model.of_person)
    return Q(*((path, subject) for path in paths), _connector=Q.OR) if paths else None


def extract_row(row: Record, actor: Actor, *, subject: int) -> Mapping[str, object]:
    """One record of a person for their own-data answer: every field, the case, when made; of another person only that there is one."""
    del actor
    return {
        "record": str(row.label),
        "case": row.case.identifier if row.case else "",
        "made_at": row.made_at.isoformat(),
        "facts": {str(field.verbose_name): _for_subject(row, field, subject) for field in own_fields(type(row))},
    }


def _for_subject(row: Record, field: models.Field[Any, Any], subject: int) -> str:
    """A value as the person may have it: another person's rights are kept (EU 2016/679 art. 15(4))."""
    other = getattr(row, field.name) if isinstance(field, Person) and not facts_of(field).open else None
    if other is not None and other.pk != subject and other.kind == NATURAL:
        return _("Toisen henkilön tieto, jota ei anneta tässä (EU 2016/679 15 art. 4 kohta)")
    return in_words(row, field)
