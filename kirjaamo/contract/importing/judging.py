"""From a row of text to a record, or to what is wrong in it: the fields' own readers and the record's own rules."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from kirjaamo.contract import plain, typed
from kirjaamo.contract.languages import in_languages
from kirjaamo.contract.record import Record
from kirjaamo.kernel import vault
from kirjaamo.kernel.fields import Person
from kirjaamo.subjects.models import Subject
from kirjaamo.values.personal_id import PersonalId

Field = models.Field[Any, Any]


@dataclass(frozen=True)
class Fault:
    """What is wrong in a row: its number as a spreadsheet shows it, the head of the column (empty: the row as a whole), the reason."""

    line: int
    column: str
    reason: str


@dataclass
class Judged:
    """A row that reads: its record as it would be stored, and the parties that it names but that are not yet known by key."""

    line: int
    record: Record
    parties: dict[str, typed.Party] = field(default_factory=dict)


def guessed(model: type[Record], heads: Sequence[str]) -> dict[str, str]:
    """Which field each head seems to be, by number of the column: its name, or its label in any language."""
    names: dict[str, str] = {}
    for name, one in plain.addable(model).items():
        names |= {word.casefold(): name for word in [name, *in_languages(one.verbose_name).values()]}
    found = {str(number): names[head.casefold()] for number, head in enumerate(heads) if head.casefold() in names}
    return {number: name for number, name in found.items() if list(found.values()).index(name) == list(found).index(number)}


def missing(model: type[Record], mapping: Mapping[str, str]) -> list[str]:
    """The labels of the fields that a record needs and no column gives."""
    return [str(one.verbose_name) for name, one in plain.addable(model).items() if typed.needed(one) and name not in mapping.values()]


def judge(
    model: type[Record], heads: Sequence[str], mapping: Mapping[str, str], rows: Sequence[tuple[int, Sequence[str]]]
) -> Iterator[Judged | Fault]:
    """Judge some rows; links are looked up for all of them at once."""
    fields = {int(number): plain.addable(model)[name] for number, name in mapping.items()}
    links = {number: _links(one, {_cell(row, number) for _line, row in rows}) for number, one in fields.items() if _is_link(one)}
    untold = [f.name for f in model._meta.concrete_fields if isinstance(f, models.ForeignKey)]
    for line, row in rows:
        yield _judged(model, heads, fields, links, untold, line, row)


def _judged(
    model: type[Record],
    heads: Sequence[str],
    fields: Mapping[int, Field],
    links: Mapping[int, Mapping[str, models.Model]],
    untold: Sequence[str],
    line: int,
    row: Sequence[str],
) -> Judged | Fault:
    values: dict[str, Any] = {}
    parties: dict[str, typed.Party] = {}
    for number, one in fields.items():
        text = _cell(row, number)
        try:
            value = _value(one, text, links.get(number))
        except typed.Unread as problem:
            return Fault(line, heads[number], str(problem))
        if isinstance(value, typed.Party):
            parties[one.name] = value
        else:
            values[one.name] = value
    record = model(**values)
    try:
        record.clean_fields(exclude=untold)
        record.clean()
    except ValidationError as error:
        return _fault(line, error, {one.name: heads[number] for number, one in fields.items()})
    return Judged(line, record, parties)


def _value(one: Field, text: str, links: Mapping[str, models.Model] | None) -> Any:
    """The value of a cell; a link is looked for among those that were fetched for all rows at once."""
    if links is None or not text:
        return typed.read(one, text)
    if text not in links:
        raise typed.no_such(one)
    return links[text]


def _fault(line: int, error: ValidationError, heads: Mapping[str, str]) -> Fault:
    told = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    name, messages = next(iter(told.items()))
    return Fault(line, heads.get(name, ""), " ".join(messages))


def _cell(row: Sequence[str], number: int) -> str:
    return row[number] if number < len(row) else ""


def _is_link(one: Field) -> bool:
    return isinstance(one, models.ForeignKey) and not isinstance(one, Person)


def _links(one: Field, texts: set[str]) -> dict[str, models.Model]:
    """The records that the texts name, by text: by their unique name, else by key (two statements for all)."""
    model: type[models.Model] = one.related_model  # type: ignore[assignment]
    keys = [int(text) for text in texts if text.isdigit() and len(text) < 18]  # noqa: PLR2004 - digits of a bigint
    found: dict[str, models.Model] = {str(row.pk): row for row in model._default_manager.filter(pk__in=keys)} if keys else {}
    if name := typed.unique_name(model):
        found |= {str(getattr(row, name)): row for row in model._default_manager.filter(**{f"{name}__in": texts})}
    return found


# Parties ------------------------------------------------------------------------------------------------------------------


def code_key(party: typed.Party) -> str:
    """How a party is told from another: the keyed hash of an identity code, or the business id."""
    return vault.fingerprint(party.code.reveal()) if isinstance(party.code, PersonalId) else str(party.code)


def known_parties(judged: Sequence[Judged]) -> dict[str, Subject]:
    """The parties of some rows that are known already, by their code (two statements for all)."""
    parties = [party for row in judged for party in row.parties.values()]
    hashes = {code_key(party) for party in parties if isinstance(party.code, PersonalId)}
    ids = {code_key(party) for party in parties if not isinstance(party.code, PersonalId)}
    found = {str(one.personal_id_hash): one for one in Subject.objects.filter(personal_id_hash__in=hashes)} if hashes else {}
    return found | ({one.business_id: one for one in Subject.objects.filter(business_id__in=ids).order_by("-id")} if ids else {})


def new_parties(judged: Sequence[Judged], known: Mapping[str, Subject]) -> dict[str, typed.Party]:
    """The parties of some rows that are not known yet, by their code, each with the name that any of the rows gives."""
    parties = [party for row in judged for party in row.parties.values()]
    return {key: party for party in parties if party.name and (key := code_key(party)) not in known}


def nameless(row: Judged, named: Container[str], heads: Mapping[str, str]) -> Fault | None:
    """A party that is neither known nor named cannot be made."""
    for name, party in row.parties.items():
        if code_key(party) not in named:
            return Fault(row.line, heads.get(name, ""), _("Tunnuksella ei löydy osapuolta. Kirjoita nimi tunnuksen perään."))
    return None
