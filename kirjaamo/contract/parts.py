"""The parts of a register's pages, derived from its declaration: list with filters and search, facts of a record, its verbs."""

from __future__ import annotations

import inspect
import typing
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from kirjaamo.contract import derived
from kirjaamo.contract.record import Record
from kirjaamo.kernel.facts import facts_of
from kirjaamo.kernel.fields import Choice
from kirjaamo.ui.access import actor_of
from kirjaamo.ui.parts import (
    Action,
    Badge,
    Cell,
    Column,
    Facet,
    FacetOption,
    Fact,
    ListRow,
    Pager,
    Row,
    Tab,
    Table,
    TimelineEvent,
    changed_query,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import HttpRequest

    from kirjaamo.contract.register import Register
    from kirjaamo.kernel.actions import ActionInfo
    from kirjaamo.kernel.actors import Actor

PAGE = 50
COUNT_CAP = 1000


@dataclass(frozen=True)
class Listing:
    """A list as the page shows it: table, pager, facets, what was searched."""

    table: Table
    pager: Pager
    facets: Sequence[Facet]
    q: str
    kind: str


def register_rows(registers: Sequence[Register]) -> list[ListRow]:
    """The registers as rows of a list."""
    return [ListRow(str(r.title), reverse("register", args=[r.slug]), str(r.purpose)) for r in registers]


# Lists -------------------------------------------------------------------------------------------------------------------


def filtered(register: Register, model: type[Record], told: Mapping[str, str]) -> QuerySet[Any]:
    """The records of a list by its search words and filters; an unknown filter value finds nothing."""
    rows = model._default_manager.select_related(*derived.linked(model))
    for name in filters_of(register, model):
        if value := told.get(name, ""):
            rows = rows.filter(**{name: value}) if value in _choices(model, name) else rows.none()
    if q := told.get("q", "").strip():
        rows = rows.filter(_words(register, model, q))
    return rows


def filters_of(register: Register, model: type[Record]) -> Sequence[str]:
    """The filters of a model: the declared ones of the main record, every choice of the others."""
    if model is register.model:
        return register.filters
    return [f.name for f in derived.own_fields(model) if isinstance(f, Choice)]


def _words(register: Register, model: type[Record], q: str) -> Q:
    """Records found by what was typed: any of the register's keys whose path the model has."""
    names = {f.name for f in derived.own_fields(model)}
    found = Q(pk__in=[])
    for key in register.search_keys:
        path = key.path or key.name
        condition = key.condition(q) if path.split("__")[0] in names else None
        if condition is not None:
            found |= condition
    return found | Q(case__identifier__iexact=q)


def _choices(model: type[Record], name: str) -> dict[str, str]:
    field = model._meta.get_field(name)
    options = getattr(field, "options", None)
    if options is not None:
        return {str(value): str(label) for value, label in options.choices}
    return {str(value): str(value) for value in model._default_manager.values_list(name, flat=True).distinct().order_by(name)[:20]}


def columns_of(register: Register, model: type[Record]) -> Sequence[str]:
    """The columns of a list: the declared ones of the main record, the first five fields of the others."""
    return register.columns if model is register.model else [f.name for f in derived.own_fields(model)][:5]


def listing(register: Register, model: type[Record], request: HttpRequest) -> Listing:
    """One page of the list, newest first, by key."""
    rows = filtered(register, model, request.GET).order_by("-pk")
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    total = rows.values("pk")[: COUNT_CAP + 1].count()
    if before.isdigit():
        page = list(reversed(rows.order_by("pk").filter(pk__gt=int(before))[: PAGE + 1]))
        more_before, more_after, page = len(page) > PAGE, True, page[-PAGE:]
    else:
        page = list((rows.filter(pk__lt=int(after)) if after.isdigit() else rows)[: PAGE + 1])
        more_before, more_after, page = after.isdigit(), len(page) > PAGE, page[:PAGE]
    pager = Pager.make(
        request,
        before=str(page[0].pk) if page and more_before else "",
        after=str(page[-1].pk) if page and more_after else "",
        shown=len(page),
        total=min(total, COUNT_CAP),
        capped=total > COUNT_CAP,
    )
    return Listing(
        _table(register, model, page, request),
        pager,
        _facets(register, model, request),
        request.GET.get("q", ""),
        str(model._meta.model_name),
    )


def _table(register: Register, model: type[Record], rows: Sequence[Record], request: HttpRequest) -> Table:
    actor = actor_of(request)
    by_name = {f.name: f for f in derived.own_fields(model)}
    fields = [by_name[name] for name in columns_of(register, model)]
    columns = [Column(f.name, str(f.verbose_name)) for f in fields] + [Column("case", _("Asia"), nowrap=True)]
    made = []
    for row in rows:
        cells: list[Any] = [derived.in_words(row, f) if derived.may_see(f, model, actor) else derived.MASK for f in fields]
        if row.voided_at:
            cells[0] = Cell(cells[0], badge=Badge(_("Mitätöity"), "warning"))
        made.append(Row([*cells, row.case.identifier if row.case else ""], row.get_absolute_url()))
    return Table(str(model.label), columns, made, request=request, caption_hidden=True, empty=_("Tällä rajauksella ei löydy mitään."))


def _facets(register: Register, model: type[Record], request: HttpRequest) -> list[Facet]:
    facets = []
    labels = {f.name: str(f.verbose_name) for f in derived.own_fields(model)}
    for name in filters_of(register, model):
        chosen = request.GET.get(name, "")
        options = [
            FacetOption(
                label, changed_query(request, **{name: None if chosen == value else value}, after=None, before=None), active=chosen == value
            )
            for value, label in _choices(model, name).items()
        ]
        facets.append(Facet(labels[name], options))
    return facets


def start_context(register: Register, model: type[Record], request: HttpRequest) -> dict[str, Any]:
    """What a register's start page shows around its list: kinds of record, verbs that start something, export links."""
    actor = actor_of(request)
    kinds = [Tab(str(m.plural or m.label), f"?laji={m._meta.model_name}", m is model, m._default_manager.count()) for m in register.models]
    query = request.GET.urlencode()
    exports = [
        Action(form.upper(), f"{reverse('register-export', args=[register.slug, form])}?{query}", kind="quiet", icon="download")
        for form in ("csv", "xlsx", "json")
    ]
    return {"kinds": kinds, "actions": verbs(register, None, actor), "exports": exports}


# Records -----------------------------------------------------------------------------------------------------------------


def record_context(register: Register, row: Record, actor: Actor) -> dict[str, Any]:
    """Facts, case history, verbs and records that belong to this one."""
    events = row.case.events.select_related("document").order_by("id") if row.case else []
    return {
        "facts": [
            Fact(fact.label, fact.text, badge=Badge(_("Salassa pidettävä"), "secret") if fact.masked else None)
            for fact in derived.shown_facts(row, actor)
        ],
        "kept": [Fact(_("Kirjattu"), row.made_at), Fact(_("Muutettu"), row.changed_at), Fact(_("Hävitetään"), row.retention_due)],
        "events": [TimelineEvent(event.at, event.label, event.note) for event in events],
        "actions": verbs(register, row, actor),
        "belonging": belonging(row),
    }


def belonging(row: Record) -> list[ListRow]:
    """Records of the same register that point at this one."""
    rows = []
    for model in row.register.models:
        for field in derived.own_fields(model):
            if field.related_model is type(row):
                rows += [
                    ListRow(str(r), r.get_absolute_url(), kind=str(model.label))
                    for r in model._default_manager.filter(**{field.name: row})[:50]
                ]
    return rows


# Verbs -------------------------------------------------------------------------------------------------------------------


def verb(register: Register, name: str) -> ActionInfo | None:
    """The verb of a register by its name in the address."""
    return next((info for info in infos(register) if info.name.rsplit(".", 1)[1] == name), None)


def infos(register: Register) -> list[ActionInfo]:
    """The register's verbs."""
    return [function.info for function in register.actions]  # type: ignore[attr-defined]


def _offered(info: ActionInfo, row: Record | None) -> bool:
    """Whether the verb is offered of the record as it stands; one that does not say is always offered."""
    return row is None or info.when is None or info.when(row)


def verbs(register: Register, row: Record | None, actor: Actor) -> list[Action]:
    """Buttons of what the actor may do here: to a record, or to the register when there is none."""
    made: list[Action] = []
    for info in infos(register):
        fits = isinstance(row, model_of_or_none(info) or type(None))
        if not fits or not actor.may(info.needs, row or register) or not _offered(info, row):
            continue
        name = info.name.rsplit(".", 1)[1]
        url = (
            reverse("register-act", args=[register.slug, name])
            if row is None
            else reverse("record-act", args=[register.slug, name, row.pk])
        )
        made.append(Action(str(info.label), url, kind="primary" if not made else "secondary"))
    return made


def acts_on_record(info: ActionInfo) -> bool:
    """Whether the verb is done to a record (its first parameter is one)."""
    return model_of_or_none(info) is not None


@cache
def _first_type(function: Any) -> Any:
    first = next(iter(inspect.signature(function).parameters.values()))
    told = function.__annotations__.get(first.name)
    if told is None or "Ask(" in str(told):
        return None
    holder = type("First", (), {"__annotations__": {first.name: told}, "__module__": function.__module__})
    return typing.get_type_hints(holder)[first.name]


def model_of_or_none(info: ActionInfo) -> type[Record] | None:
    """The record model that the verb is done to."""
    found = _first_type(inspect.unwrap(info.function))
    return found if isinstance(found, type) and issubclass(found, Record) else None


def model_of(info: ActionInfo) -> str:
    """The name of that model in addresses."""
    model = model_of_or_none(info)
    return str(model._meta.model_name) if model else ""


def undeclared(model: type[Record]) -> list[str]:
    """Fields that declare nothing of themselves (they are secret; the contract tests name them)."""
    return [f.name for f in derived.own_fields(model) if not facts_of(f).declared]
