"""Reading cases: narrow rows of lists with keyset paging, and the case of an address."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q, QuerySet, Subquery
from django.utils import timezone

from kirjaamo.cases.indexing import matches
from kirjaamo.cases.models import Case, CaseState
from kirjaamo.cases.uses import saw_rows
from kirjaamo.cases.visibility import visible_to
from kirjaamo.organisation.models import ManagementUnit, User
from kirjaamo.values.case_identifier import CasePattern

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor

PAGE = 25
MOST = 1000
"""Counts stop here: how many more there are helps nobody and costs time."""
ROW = (
    "id", "identifier", "title", "public_title", "publicity", "confidential", "state", "initiated_at", "closed_at", "due_on",
    "revision__code", "revision__title", "unit__title", "unit__short", "handler__name",
)  # fmt: skip
SORTS = {"-id": ("-id",), "due": ("due_on", "id")}


class CappedCount(Subquery):
    """How many rows a query finds, at most `MOST` + 1; reckoned once, beside the rows of a page."""

    template = "(SELECT count(*) FROM (%(subquery)s) capped)"
    output_field = models.IntegerField()


@dataclass(frozen=True)
class Asked:
    """What a list is asked for. Empty is no condition."""

    text: str = ""
    state: str = ""
    class_code: str = ""
    unit: str = ""
    handler: str = ""
    due: str = ""
    sort: str = "-id"
    after: str = ""
    before: str = ""


@dataclass(frozen=True)
class Page:
    """A page of a list: rows, the keys of its ends when there is more, and an honest count."""

    rows: Sequence[Mapping[str, Any]]
    before: str = ""
    after: str = ""
    total: int = 0
    capped: bool = False
    by_identifier: bool = False


def list_cases(asked: Asked, actor: Actor, at: dt.datetime, *, public: bool = False) -> Page:
    """One page of cases that the actor may see, in one statement (words are looked up in the index within it)."""
    named = identifiers_in(asked.text)
    words = Q(identifier__in=named) if named else _words(asked.text.strip(), public=public)
    condition = visible_to(actor, at) & words & _condition(asked, actor, at)
    found = Case.objects.filter(condition)
    if asked.sort == "due":
        found = found.exclude(due_on=None)
    counted = CappedCount(found.order_by().values("pk")[: MOST + 1])
    backward = bool(asked.before)
    keys = SORTS[asked.sort]
    ordered = found.filter(_from_key(asked)).order_by(*(_turned(key) for key in keys) if backward else keys)
    rows = list(ordered.annotate(total=counted).values(*ROW, "total")[: PAGE + 1])
    more = len(rows) > PAGE
    rows = rows[:PAGE]
    if not public:
        saw_rows(rows)
    if backward:
        rows.reverse()
    if not rows:
        return Page([])
    total = rows[0]["total"]
    earlier = more if backward else bool(asked.after)
    later = True if backward else more
    return Page(
        rows,
        before=_key(rows[0], asked.sort) if earlier else "",
        after=_key(rows[-1], asked.sort) if later else "",
        total=min(total, MOST),
        capped=total > MOST,
        by_identifier=bool(named),
    )


def _turned(key: str) -> str:
    return key[1:] if key.startswith("-") else f"-{key}"


def _key(row: Mapping[str, Any], sort: str) -> str:
    return f"{row['due_on'].isoformat()}~{row['id']}" if sort == "due" else str(row["id"])


def _from_key(asked: Asked) -> Q:
    """Rows beyond the key of the address; a key that is none is as if not given."""
    told, forward = (asked.before, False) if asked.before else (asked.after, True)
    day, _, key = told.rpartition("~")
    if not key.isdecimal() or len(key) > 18:  # noqa: PLR2004 - digits of a key
        return Q()
    if asked.sort != "due":
        return Q(pk__lt=int(key)) if forward else Q(pk__gt=int(key))
    try:
        due_on = dt.date.fromisoformat(day)
    except ValueError:
        return Q()
    beyond = "gt" if forward else "lt"
    return Q(**{f"due_on__{beyond}": due_on}) | Q(**{"due_on": due_on, f"pk__{beyond}": int(key)})


def _condition(asked: Asked, actor: Actor, at: dt.datetime) -> Q:
    condition = Q()
    if asked.state == "open":
        condition &= ~Q(state=CaseState.CLOSED)
    elif asked.state in CaseState.values:
        condition &= Q(state=asked.state)
    if asked.class_code:
        condition &= Q(revision__code=asked.class_code) | Q(revision__code__startswith=f"{asked.class_code} ")
    if asked.unit == "mine" and isinstance(actor, User):
        condition &= Q(unit__in=actor.units())
    elif asked.unit:
        condition &= Q(unit__slug=asked.unit)
    return condition & _handler(asked.handler, actor) & _due(asked.due, at)


def _words(text: str, *, public: bool) -> Q:
    """The condition of words. A text without a word to search by finds nothing; no text finds everything."""
    return (matches(text, public=public) or Q(pk=None)) if text else Q()


def identifiers_in(text: str) -> list[str]:
    """The exact identifiers that a text names, by the pattern of the authority: 'hel-2026-123'."""
    if not any(character.isdigit() for character in text):
        return []
    pattern = ManagementUnit.objects.values_list("case_pattern", flat=True).first()
    return [found.text for found in CasePattern.parse(pattern).find_all(text)] if pattern else []


def _handler(handler: str, actor: Actor) -> Q:
    if handler == "none":
        return Q(handler=None)
    if handler == "mine" and isinstance(actor, User):
        return Q(handler=actor)
    return Q(handler__username=handler) if handler else Q()


def _due(due: str, at: dt.datetime) -> Q:
    today = timezone.localtime(at).date()
    if due == "late":
        return Q(due_on__lt=today)
    if due == "week":
        return Q(due_on__gte=today, due_on__lte=today + dt.timedelta(days=7))
    return Q()


def by_address(address: str, condition: Q, rows: QuerySet[Case] | None = None) -> Case | None:
    """The case of an address: the identifier with hyphens for spaces, or as it was typed; `rows` may carry more of it."""
    plain = address.replace("~", "/")
    candidates = {plain, plain.upper(), plain.replace("-", " ", 1), plain.replace("-", " ", 1).upper()}
    rows = (Case.objects.all() if rows is None else rows).filter(condition)
    rows = rows.select_related("unit", "authority", "revision", "handler", "management_unit")
    found = rows.filter(identifier__in=candidates).first()
    if found is None and (typed := identifiers_in(plain)):
        found = rows.filter(identifier__in=typed).first()
    return found
