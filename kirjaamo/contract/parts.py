"""The parts of a register's pages, derived from its declaration: start page, facts of a record, its verbs."""

from __future__ import annotations

import inspect
import typing
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kirjaamo.cases.pages.shown import began_at, steps_of
from kirjaamo.contract import calculated, derived, plain, workbench
from kirjaamo.contract.record import Record
from kirjaamo.kernel.facts import facts_of
from kirjaamo.tos.models import Node, NodeKind
from kirjaamo.ui.access import actor_of
from kirjaamo.ui.parts import Action, Badge, Column, Fact, ListRow, Row, StepItem, Tab, Table, TimelineEvent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest

    from kirjaamo.cases.models import Case, CaseEvent
    from kirjaamo.contract.register import Register
    from kirjaamo.kernel.actions import ActionInfo
    from kirjaamo.kernel.actors import Actor

EXPIRED = 100
BELONGING, TOLD = 50, 4
"""How many records of a kind a page of another lists, and how much of each."""
MOST_COUNTED = 10_000
"""Above this a tab tells no count: counting all of a large register takes longer than its page."""


def register_rows(registers: Sequence[Register]) -> list[ListRow]:
    """The registers as rows of a list."""
    return [ListRow(str(r.title), reverse("register", args=[r.slug]), str(r.purpose)) for r in registers]


# The start page ------------------------------------------------------------------------------------------------------------


def start_context(register: Register, model: type[Record], request: HttpRequest) -> dict[str, Any]:
    """What a register's start page shows around its list: kinds of record, verbs that start something, export links."""
    actor = actor_of(request)
    query = request.GET.urlencode()
    exports = [
        Action(form.upper(), f"{reverse('register-export', args=[register.slug, form])}?{query}", kind="quiet", icon="download")
        for form in ("csv", "xlsx", "json")
    ]
    actions = [*verbs(register, None, actor), *_adding(register, model, actor)]
    forms = {action.url.rstrip("/").rsplit("/", 1)[1]: action.url for action in actions}
    return {
        "kinds": _tabs(register, model, actor),
        "actions": actions,
        "tasks": workbench.task_links(register.slug, register.tasks, forms),
        "exports": exports,
        **workbench.shown(register.start, actor),
    }


def _adding(register: Register, model: type[Record], actor: Actor) -> list[Action]:
    """The buttons that add records of the shown kind as such, one or from a file, when the register allows it and the actor may."""
    if not plain.addable(model) or not actor.may(model.write_right(), register):
        return []
    where = [register.slug, model._meta.model_name]
    return [
        Action(_("Lisää: %(kind)s") % {"kind": model.label}, reverse("record-add", args=where)),
        Action(_("Tuo taulukosta"), reverse("import-start", args=where), kind="quiet"),
    ]


def _editing(row: Record, actor: Actor) -> list[Action]:
    """The buttons of plain edits of a record: change and void, where the register allows them and the record stands so."""
    if not plain.editable(type(row)) or not actor.may(row.write_right(), row) or plain.why_not(row):
        return []
    where = [row.register.slug, row._meta.model_name, row.pk]
    change = Action(_("Muuta tietoja"), reverse("record-edit", args=where))
    return [change] if plain.why_kept(row) else [change, Action(_("Mitätöi"), reverse("record-void", args=where), kind="quiet")]


def _tabs(register: Register, shown: type[Record], actor: Actor) -> list[Tab]:
    """The kinds of record, each with how many there are; of very many the count is left out."""
    counts = zip(register.models, _counts(register, actor), strict=True)
    return [
        Tab(str(one.plural or one.label), f"?laji={one._meta.model_name}", one is shown, count if count <= MOST_COUNTED else None)
        for one, count in counts
    ]


def _counts(register: Register, actor: Actor) -> Sequence[int]:
    """How many records of each kind the actor may see, up to a bound, in one statement."""
    parts: list[str] = []
    values: list[Any] = []
    for model in register.models:
        rows = register.rows(model, actor).order_by().values("pk")[: MOST_COUNTED + 1]
        try:
            sql, told = rows.query.sql_with_params()
        except EmptyResultSet:
            sql, told = "SELECT 1 WHERE FALSE", ()
        parts.append(f"(SELECT count(*) FROM ({sql}) AS kind)")  # noqa: S608 - the query set's own statement
        values += told
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", values)
        return cast("Sequence[int]", cursor.fetchone())


# Records -----------------------------------------------------------------------------------------------------------------


def record_context(register: Register, row: Record, actor: Actor) -> dict[str, Any]:
    """Facts, case history, verbs and records that belong to this one."""
    events = list(row.case.events.select_related("document").order_by("id")) if row.case else []
    return {
        "stages": _stages(row.case, events) if row.case else [],
        "facts": [_fact(register, fact, actor) for fact in derived.shown_facts(row, actor)],
        "kept": [Fact(_("Kirjattu"), row.made_at), Fact(_("Muutettu"), row.changed_at), Fact(_("Hävitetään"), row.retention_due)],
        "events": [TimelineEvent(event.at, event.label, event.note) for event in events],
        "actions": [*verbs(register, row, actor), *_editing(row, actor)],
        "belonging": belonging(register, row, actor),
        "compare": calculated.comparisons(row, actor),
    }


def _fact(register: Register, fact: derived.ShownFact, actor: Actor) -> Fact:
    """A field as a page shows it; another record of the register is a link, when it is the reader's to see."""
    linked = fact.value if isinstance(fact.value, Record) and type(fact.value) in register.models else None
    url = linked.get_absolute_url() if linked is not None and register.sees(linked, actor) else ""
    return Fact(fact.label, fact.text, url=url, badge=Badge(_("Salassa pidettävä"), "secret") if fact.masked else None)


def _stages(case: Case, events: Sequence[CaseEvent]) -> list[StepItem]:
    """The stages of the case by its plan: what is done, where it is, what is to come."""
    nodes = list(Node.objects.filter(revision_id=case.revision_id, kind=NodeKind.STAGE))
    return steps_of(case, nodes, began_at(case, events))


def belonging(register: Register, row: Record, actor: Actor) -> list[ListRow]:
    """Records of the same register that point at this one, of those that the actor may see."""
    rows = []
    for model in register.models:
        for field in derived.own_fields(model):
            if field.related_model is type(row):
                found = register.rows(model, actor).filter(**{field.name: row}).select_related(*derived.linked(model))
                rows += [_belongs(one, field.name, actor) for one in found[:BELONGING]]
                if (more := found.count() - BELONGING) > 0:
                    listed = f"{reverse('register', args=[register.slug])}?laji={model._meta.model_name}#list"
                    rows.append(ListRow(_("ja %(count)d muuta") % {"count": more}, listed, kind=str(model.plural or model.label)))
    return rows


def _belongs(row: Record, link: str, actor: Actor) -> ListRow:
    """A record that belongs to another: its title, and of its list's columns what the reader may see."""
    model = type(row)
    names = [one for one in model.list_columns if isinstance(one, str)] or [field.name for field in derived.own_fields(model)]
    fields = {field.name: field for field in derived.own_fields(model) if not isinstance(field, models.JSONField | models.TextField)}
    seen = [fields[name] for name in names if name in fields and name != link and derived.may_see(fields[name], model, actor)]
    meta = [text for field in seen[:TOLD] if (text := derived.in_words(row, field)) and text not in str(row)]
    return ListRow(str(row), row.get_absolute_url(), kind=str(model.label), meta=meta)


def expired(register: Register, actor: Actor) -> list[Table]:
    """The records whose retention has ended, a table of each kind that has any."""
    today, tables = timezone.localdate(), []
    for model in register.models:
        rows = register.rows(model, actor).filter(retention_due__lt=today)
        found = list(rows.select_related(*derived.linked(model)).order_by("retention_due", "pk")[:EXPIRED])
        if found:
            columns = [Column("row", _("Tietue")), Column("case", _("Asia")), Column("due", _("Hävitetään"))]
            shown = [Row([str(row), row.case.identifier if row.case else "", row.retention_due], row.get_absolute_url()) for row in found]
            counts = {"kind": model.plural or model.label, "count": rows.count()}
            tables.append(Table(_("%(kind)s: %(count)d") % counts, columns, shown))
    return tables


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
    if told is None or "Ask(" in str(told) or first.kind is first.KEYWORD_ONLY:  # a verb may ask for nothing at all
        return None
    holder = type("First", (), {"__annotations__": {first.name: told}, "__module__": function.__module__})
    return typing.get_type_hints(holder)[first.name]


def model_of_or_none(info: ActionInfo) -> type[Record] | None:
    """The record model that the verb is done to."""
    found = _first_type(inspect.unwrap(info.function))
    return found if isinstance(found, type) and issubclass(found, Record) else None


def model_of(info: ActionInfo, register: Register) -> str:
    """The name of that model in addresses; a verb of a base that several registers share is done to the register's own kind of it."""
    told = model_of_or_none(info)
    model = next((one for one in register.models if told and issubclass(one, told)), None)
    return str(model._meta.model_name) if model else ""


def undeclared(model: type[Record]) -> list[str]:
    """Fields that declare nothing of themselves (they are secret; the contract tests name them)."""
    return [f.name for f in derived.own_fields(model) if not facts_of(f).declared]
