"""Where a register's search keys look, for each kind of its records: along links, and back from what points at a record.

What points at a record is asked by a set of keys (`IN`), so that no record is found twice. A record that tells where a person may
live (`Person.dwells`) is never found by who that is while the person is under non-disclosure: neither by a name nor by an identity
code, in a list, an export, the API or the search of a request (661/2009 § 36). The way there is the party's own page, where the
contacts are opened for a purpose and with a trace.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Q

from kirjaamo.contract import derived
from kirjaamo.contract.lookups import match
from kirjaamo.kernel.fields import Person

if TYPE_CHECKING:
    from kirjaamo.contract.record import Record

STEP = "__"
MOST_STEPS = 2
"""A record of a further kind is led to the main kind by at most so many links."""


def condition(model: type[models.Model], kind: str, path: str, value: str) -> Q | None:
    """The condition that a value puts on records of a model along a path; None when it can match nothing."""
    first, _step, rest = path.partition(STEP)
    link: Any = _relation(model, first)
    if link is None or not rest or not _comes_back(model, path):
        found, dweller = match(kind, path, value), who_dwells(model, path)
        return found & Q(**{f"{dweller}{STEP}safety_non_disclosure": False}) if found is not None and dweller else found
    inner = condition(link.related_model, kind, rest, value)
    if inner is None:
        return None
    rows = link.related_model._default_manager.filter(inner)
    return Q(pk__in=rows.values(link.remote_field.name)) if link.one_to_many else Q(**{f"{first}__in": rows})


def who_dwells(model: type[models.Model], path: str) -> str:
    """The part of a path that leads to a person who may live at what the record tells of; empty when none of it does."""
    first, _step, rest = path.partition(STEP)
    link = _relation(model, first)
    if isinstance(link, Person) and link.dwells:
        return first
    further = who_dwells(link.related_model, rest) if link is not None and rest else ""
    return f"{first}{STEP}{further}" if further else ""


def _relation(model: type[models.Model], name: str) -> Any:
    """The link of a name, in either direction; None when the name is no link."""
    try:
        found = model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    return found if found.is_relation else None


def _comes_back(model: type[models.Model], path: str) -> bool:
    """Whether some step of a path goes from a record to the many that point at it."""
    first, _step, rest = path.partition(STEP)
    link = _relation(model, first)
    if link is None:
        return False
    return bool(link.one_to_many) or (bool(rest) and _comes_back(link.related_model, rest))


def paths(main: type[Record], model: type[Record], name: str, path: str, *, everywhere: bool) -> list[str]:
    """The paths by which a key of the main kind looks from a kind of record; none when it does not reach it.

    `everywhere`: also over what points at the main record, from further kinds by what they link to, and at a field of the key's
    own name; without it a key looks only along a path that begins with a field of the kind itself.
    """
    first, _step, rest = path.partition(STEP)
    own = {field.name for field in derived.own_fields(model)}
    if first in own or not everywhere:
        return [path] if first in own else []
    if model is main:
        return [path]
    link = _relation(main, first)
    if link is not None and rest and link.related_model is model:
        return [rest]
    return [f"{way}{STEP}{path}" for way in ways(model, main)] or ([name] if name in own else [])


def ways(model: type[Record], main: type[Record], steps: int = MOST_STEPS) -> list[str]:
    """The links that lead from a kind to the main one, the shortest only."""
    links = [field for field in derived.own_fields(model) if isinstance(field, models.ForeignKey)]
    at_once = [field.name for field in links if field.related_model is main]
    if at_once or steps == 1:
        return at_once
    within = [(field.name, target) for field in links for target in main.register.models if field.related_model is target]
    return [f"{name}{STEP}{way}" for name, target in within for way in ways(target, main, steps - 1)]
