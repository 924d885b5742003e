"""Calculations of records as parts of a page: each as a readable table, and one beside an earlier one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from kirjaamo.contract import derived
from kirjaamo.kernel.fields import Person
from kirjaamo.ui import wording
from kirjaamo.ui.languages import pick
from kirjaamo.ui.parts import Badge, Cell, Column, ListRow, Row, Table
from kirjaamo.values.calculation import Calculation, ChangeKind, Step, StepChange, compare
from kirjaamo.values.money import Money

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from kirjaamo.contract.record import Record
    from kirjaamo.kernel.actors import Actor

SHOWN = 20


@dataclass(frozen=True)
class Compared:
    """Two calculations of the same thing side by side: the steps that differ, and the results."""

    title: str
    table: Table
    same: bool


def others(row: Record, actor: Actor) -> QuerySet[Any] | None:
    """The records of the same kind whose calculations may stand beside this one's: of the same flat, room or customer.

    None when the record has no calculation or nothing that it is of.
    """
    of = next((f for f in derived.own_fields(type(row)) if isinstance(f, models.ForeignKey) and not isinstance(f, Person)), None)
    if of is None or not row.kept_calculations():
        return None
    same = {f.name: getattr(row, f"{f.name}_id") for f in (of,)}
    rows: QuerySet[Any] = row.register.rows(type(row), actor)
    return rows.filter(**same).exclude(pk=row.pk).order_by("-pk")


def comparisons(row: Record, actor: Actor) -> list[ListRow]:
    """Links to this record's calculations beside those of others of the same thing, the newest first."""
    found = others(row, actor)
    if found is None:
        return []
    url = reverse("record-compare", args=[row.register.slug, row._meta.model_name, row.pk])
    return [
        ListRow(str(other), f"{url}?kanssa={other.pk}", wording.moment(other.made_at))
        for other in found[:SHOWN]
        if other.kept_calculations()
    ]


def side_by_side(earlier: Sequence[Calculation], later: Sequence[Calculation]) -> list[Compared]:
    """Each calculation beside the earlier one of the same title (or place); one that the other lacks stands alone."""
    language = get_language() or "fi"
    by_title = {one.title: one for one in earlier}
    pairs = [(by_title.get(new.title) or (earlier[at] if at < len(earlier) else None), new) for at, new in enumerate(later)]
    return [_compared(old, new, language) for old, new in pairs if old is not None]


def _compared(old: Calculation, new: Calculation, language: str) -> Compared:
    rows = [_line(change, language) for change in compare(old, new)]
    if old.result != new.result:
        rows.append(Row([_("Tulos"), _value(old.result, old.unit), _value(new.result, new.unit), ""], tone="info"))
    columns = [
        Column("step", pgettext("laskelma", "Vaihe")),
        Column("old", _("Aiempi"), numeric=True),
        Column("new", _("Myöhempi"), numeric=True),
        Column("why", _("Mikä eroaa")),
    ]
    title = new.title.pick(language)
    return Compared(title, Table(title, columns, rows, empty=_("Laskelmissa ei ole eroja.")), same=not rows)


def _line(change: StepChange, language: str) -> Row:
    step = change.new or change.old
    assert step is not None  # noqa: S101 - a change is of a step
    badges = {
        ChangeKind.ADDED: Badge(_("Uusi vaihe"), "info"),
        ChangeKind.REMOVED: Badge(_("Jäänyt pois"), "warning"),
        ChangeKind.CHANGED: None,
    }
    cells = [Cell(step.label.pick(language), badge=badges[change.kind]), _shown(change.old), _shown(change.new), _differing(change)]
    return Row(cells)


def _shown(step: Step | None) -> str:
    return _value(step.value, step.unit) if step is not None else ""


def _value(value: object, unit: str) -> str:
    text = wording.euro(value.amount) if isinstance(value, Money) else derived.value_in_words(value)
    return f"{text} {unit}".strip()


def _differing(change: StepChange) -> str:
    """What of the step differs, in words; the dated rows that it used are named."""
    names = {
        "value": _("arvo"),
        "formula": _("kaava"),
        "rounding": _("pyöristys"),
        "law": _("lainkohta"),
        "unit": _("yksikkö"),
        "label": _("nimi"),
    }
    told = [names[name] for name in change.fields if name in names]
    if "rows" in change.fields and change.old is not None and change.new is not None:
        old, new = ({f"{pick(row.label).text} ({row.source})" for row in step.rows} for step in (change.old, change.new))
        told += [_("lähtötieto %(row)s") % {"row": row} for row in sorted(old ^ new)]
    return ", ".join(told)
