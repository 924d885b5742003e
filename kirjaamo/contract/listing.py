"""The list of a register's records: search words, filters, sorting, keyset pages, columns. Pages, export and the API read it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from kirjaamo.contract import derived, plain, reaching
from kirjaamo.contract.record import OwnColumn, Record
from kirjaamo.kernel.fields import Choice, Money, Number
from kirjaamo.ui.access import actor_of
from kirjaamo.ui.parts import Badge, Cell, Column, Facet, FacetOption, Pager, Row, Table, changed_query, sort_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import HttpRequest

    from kirjaamo.contract.register import Register
    from kirjaamo.kernel.actors import Actor

PAGE = 50
COUNT_CAP = 1000
MOST_OPTIONS = 20


@dataclass(frozen=True)
class Listing:
    """A list as the page shows it: table, pager, facets, what was searched."""

    table: Table
    pager: Pager
    facets: Sequence[Facet]
    q: str
    kind: str
    many_url: str = ""
    """Where the chosen rows are changed together; empty when the reader may not, or nothing of this kind is changed so."""
    whole_url: str = ""


# Which records ------------------------------------------------------------------------------------------------------------


def filtered(register: Register, model: type[Record], told: Mapping[str, str], actor: Actor) -> QuerySet[Any]:
    """The records that the actor may see, by search words and filters; an unknown filter value finds nothing."""
    rows = register.rows(model, actor)
    for name in filters_of(register, model):
        if value := told.get(name, ""):
            rows = rows.filter(**{name: value}) if value in choices(model, name) else rows.none()
    if q := told.get("q", "").strip():
        rows = rows.filter(_words(register, model, q))
    return rows


def filters_of(register: Register, model: type[Record]) -> Sequence[str]:
    """The filters of a kind: the declared ones, else every choice of a further kind."""
    if model is register.model:
        return register.filters
    return model.list_filters or [f.name for f in derived.own_fields(model) if isinstance(f, Choice)]


def _words(register: Register, model: type[Record], q: str) -> Q:
    """Records found by what was typed: any of the register's keys that reach this kind.

    Each way is asked by itself, so that each takes the index it has; one condition of them all would be tried on every record.
    """
    ways = [Q(case__identifier__in={q, q.upper()})]
    for key in register.search_keys:
        paths = reaching.paths(register.model, model, key.name, key.path or key.name, everywhere=register.keys_everywhere)
        conditions = (key.condition(q, model, path) for path in paths)
        ways += [condition for condition in conditions if condition is not None]
    first, *others = (model._default_manager.filter(way).order_by().values("pk") for way in ways)
    return Q(pk__in=first.union(*others))


def field_at(model: type[Any], path: str) -> models.Field[Any, Any]:
    """The field of a filter: of the record itself, or of what it links to (``company__status``)."""
    first, _separator, further = path.partition("__")
    field: Any = model._meta.get_field(first)
    return field_at(field.related_model, further) if further else field


def choices(model: type[Record], name: str) -> dict[str, str]:
    """What a filter may be, with its words: the declared options, yes and no, else the first values that there are."""
    field = field_at(model, name)
    options = getattr(field, "options", None)
    if options is not None:
        return {str(value): str(label) for value, label in options.choices}
    if isinstance(field, models.BooleanField):
        return {"True": _("Kyllä"), "False": _("Ei")}
    found = model._default_manager.values_list(name, flat=True).distinct().order_by(name)[:MOST_OPTIONS]
    return {str(value): str(value) for value in found}


# In which order -----------------------------------------------------------------------------------------------------------


def sortable(model: type[Record], actor: Actor) -> list[str]:
    """The fields by which the actor may sort: of what they see, all but links (whose keys mean nothing to people)."""
    fields = derived.own_fields(model)
    return [f.name for f in fields if not isinstance(f, models.ForeignKey | models.JSONField) and derived.may_see(f, model, actor)]


def ordered(rows: QuerySet[Any], sort: str) -> QuerySet[Any]:
    """The rows by a field (``name`` or ``-name``) and then by key; empty: the newest first. What has no value comes last."""
    if not sort:
        return rows.order_by("-pk")
    name = F(sort.lstrip("-"))
    return rows.order_by(name.desc(nulls_last=True), "-pk") if sort.startswith("-") else rows.order_by(name.asc(nulls_last=True), "pk")


def beyond(rows: QuerySet[Any], sort: str, key: int) -> QuerySet[Any]:
    """The rows that come after the one of the key in the order; the value is read from that row and never stands in an address."""
    name, down = sort.lstrip("-"), sort.startswith("-") or not sort
    by_key = Q(pk__lt=key) if down else Q(pk__gt=key)
    if not sort:
        return rows.filter(by_key)
    value = rows.model._default_manager.filter(pk=key).values_list(name, flat=True).first()
    if value is None:
        return rows.filter(by_key, **{f"{name}__isnull": True})
    further = Q(**{f"{name}__{'lt' if down else 'gt'}": value})
    return rows.filter(further | Q(**{name: value}) & by_key | Q(**{f"{name}__isnull": True}))


def before(rows: QuerySet[Any], sort: str, key: int) -> QuerySet[Any]:
    """The rows that come before the one of the key, the nearest first."""
    if not sort:
        return rows.filter(pk__gt=key).order_by("pk")
    name, up = sort.lstrip("-"), not sort.startswith("-")
    value = rows.model._default_manager.filter(pk=key).values_list(name, flat=True).first()
    nearer = Q(pk__lt=key) if up else Q(pk__gt=key)
    if value is None:
        found = Q(**{f"{name}__isnull": False}) | nearer
    else:
        found = Q(**{f"{name}__{'lt' if up else 'gt'}": value}) | Q(**{name: value}) & nearer
    rows = rows.filter(found)
    return rows.order_by(F(name).desc(nulls_first=True), "-pk") if up else rows.order_by(F(name).asc(nulls_first=True), "pk")


# The list as a page shows it -----------------------------------------------------------------------------------------------


def columns_of(register: Register, model: type[Record]) -> Sequence[str | OwnColumn]:
    """The columns of a list: the declared ones, else the first five fields of a further kind."""
    if model is register.model:
        return register.columns
    return model.list_columns or [f.name for f in derived.own_fields(model)][:5]


def listing(register: Register, model: type[Record], request: HttpRequest) -> Listing:
    """One page of the list, by key within its order."""
    actor = actor_of(request)
    rows = filtered(register, model, request.GET, actor)
    sort = sort_of(request, sortable(model, actor), "")
    total = rows.order_by().values("pk")[: COUNT_CAP + 1].count()
    page, more_before, more_after = _page(rows, sort, request.GET)
    pager = Pager.make(
        request,
        before=str(page[0].pk) if page and more_before else "",
        after=str(page[-1].pk) if page and more_after else "",
        shown=len(page),
        total=min(total, COUNT_CAP),
        capped=total > COUNT_CAP,
    )
    kind = str(model._meta.model_name)
    may_change = bool(page) and bool(plain.editable(model)) and actor.may(model.write_right(), register)
    many = reverse("records-change", args=[register.slug, kind]) if may_change else ""
    whole = f"{many}?{request.GET.urlencode()}&kaikki=1" if many else ""
    table = replace(_table(register, model, page, request, sort), choose="valitse" if many else "")
    return Listing(table, pager, _facets(register, model, request), request.GET.get("q", ""), kind, many, whole)


def _page(rows: QuerySet[Any], sort: str, told: Mapping[str, str]) -> tuple[list[Any], bool, bool]:
    """The rows of the page, and whether there are more before and after them."""
    first, last = told.get("before", ""), told.get("after", "")
    if first.isdigit():
        page = list(reversed(before(rows, sort, int(first))[: PAGE + 1]))
        return page[-PAGE:], len(page) > PAGE, True
    start = beyond(rows, sort, int(last)) if last.isdigit() else rows
    page = list(ordered(start, sort)[: PAGE + 1])
    return page[:PAGE], last.isdigit(), len(page) > PAGE


def _table(register: Register, model: type[Record], rows: Sequence[Record], request: HttpRequest, sort: str) -> Table:
    actor = actor_of(request)
    told, may_sort = columns_of(register, model), sortable(model, actor)
    by_name: dict[str, Any] = {f.name: f for f in derived.own_fields(model)}
    columns = [_column(one, by_name, may_sort) for one in told] + [Column("case", _("Asia"), nowrap=True)]
    made = []
    for row in rows:
        cells: list[Any] = [_cell(row, one, by_name, actor) for one in told]
        if row.voided_at:
            cells[0] = Cell(cells[0], badge=Badge(_("Mitätöity"), "warning"))
        made.append(Row([*cells, row.case.identifier if row.case else ""], row.get_absolute_url(), key=str(row.pk)))
    empty = _("Tällä rajauksella ei löydy mitään.")
    return Table(str(model.label), columns, made, request=request, sort=sort, caption_hidden=True, empty=empty)


def _column(one: str | OwnColumn, by_name: Mapping[str, Any], may_sort: Sequence[str]) -> Column:
    if isinstance(one, OwnColumn):
        return Column(one.key, str(one.label), numeric=one.numeric)
    field = by_name[one]
    return Column(one, str(field.verbose_name), sortable=one in may_sort, numeric=isinstance(field, Money | Number))


def _cell(row: Record, one: str | OwnColumn, by_name: Mapping[str, Any], actor: Actor) -> Any:
    if isinstance(one, OwnColumn):
        return one.of(row) if one.open or actor.may(row.register.read, row) else derived.MASK
    field = by_name[one]
    return derived.in_words(row, field) if derived.may_see(field, type(row), actor) else derived.MASK


def _facets(register: Register, model: type[Record], request: HttpRequest) -> list[Facet]:
    facets = []
    for name in filters_of(register, model):
        chosen = request.GET.get(name, "")
        options = [
            FacetOption(
                label, changed_query(request, **{name: None if chosen == value else value}, after=None, before=None), active=chosen == value
            )
            for value, label in choices(model, name).items()
        ]
        facets.append(Facet(str(field_at(model, name).verbose_name), options))
    return facets
