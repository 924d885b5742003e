"""What the components show: small frozen values that a page makes and a template reads.

Every text may be a plain string or a mapping {"fi": …, "sv": …, "en": …}; templates pick the language and say so when
they fall back to another. Templates read by attribute, so a dict with the same keys does as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal, Self

from django.http import HttpRequest, QueryDict

from kirjaamo.ui.languages import LANGUAGES, Text
from kirjaamo.values.dated_step import DatedStep, explain
from kirjaamo.values.deadlines import Deadline as Reckoned

# Tones are said with a word and a mark, never by colour alone. `secret` is for what is kept secret by law.
Tone = Literal["neutral", "info", "success", "warning", "danger", "secret"]
State = Literal["done", "current", "todo"]


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step of the path to this page; the last one has no url."""

    label: Text
    url: str = ""


@dataclass(frozen=True, slots=True)
class Badge:
    """A status: word, tone and mark."""

    text: Text
    tone: Tone = "neutral"


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and its value; `explain` opens with one click; `url` makes the value a link; `badge` follows the value."""

    label: Text
    value: Any
    explain: Text = ""
    url: str = ""
    badge: Badge | None = None


@dataclass(frozen=True, slots=True)
class ListRow:
    """A row of a list: where it leads, what it is, and what a person needs to choose it."""

    title: Text
    url: str
    text: Text = ""
    kind: Text = ""
    meta: Sequence[Text] = ()
    badge: Badge | None = None


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """What happened (or will: state="todo"), when, and who did it."""

    when: date | datetime | Text
    title: Text
    text: Text = ""
    who: Text = ""
    url: str = ""
    tone: Tone = "neutral"
    state: State = "done"


@dataclass(frozen=True, slots=True)
class StepItem:
    """A stage of a process."""

    title: Text
    state: State = "todo"
    text: Text = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Tab:
    """A link among views of the same thing."""

    label: Text
    url: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A key figure: number first, then what it counts."""

    value: Any
    label: Text
    note: Text = ""
    url: str = ""
    tone: Tone = "neutral"


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A row of a gate: `ok`, `missing` or `unknown` (unknown is not no)."""

    label: Text
    state: Literal["ok", "missing", "unknown"]
    text: Text = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class DeadlineStep:
    """One dated step of how a day was reckoned, with the section of law."""

    on: date | None
    text: Text
    section: Text = ""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day by which something is due. `strict_on` is the day before the roll over holidays, when it differs."""

    title: Text
    on: date | None
    steps: Sequence[DeadlineStep] = ()
    note: Text = ""
    tone: Tone = "neutral"
    badge: Badge | None = None
    strict_on: date | None = None

    @classmethod
    def of(cls, title: Text, reckoned: Reckoned, *, note: Text = "", tone: Tone = "neutral", badge: Badge | None = None) -> Self:
        """Make a card of a deadline that the deadline engine counted: the legal last day, its steps, and the strict day."""
        on, strict = reckoned.legal_last_day, reckoned.strict_due
        return cls(title, on, explained(reckoned.steps), note, tone, badge, strict if strict != on else None)


def explained(steps: Iterable[DatedStep]) -> tuple[DeadlineStep, ...]:
    """Turn the dated steps of the deadline engine into lines of a card, in three languages."""
    return tuple(DeadlineStep(step.day, {code: explain(replace(step, law=""), code) for code in LANGUAGES}, step.law) for step in steps)


@dataclass(frozen=True, slots=True)
class Message:
    """A message between an asker and the authority."""

    who: Text
    when: date | datetime
    text: str
    own: bool = False
    files: Sequence[ListRow] = ()


@dataclass(frozen=True, slots=True)
class Door:
    """One of the ways in on the start page."""

    title: Text
    text: Text
    url: str
    link: Text = ""
    icon: str = "arrow"


@dataclass(frozen=True, slots=True)
class FacetOption:
    """A choice that narrows a list; `url` leads to the list with it chosen, or without it when `active`."""

    label: Text
    url: str
    count: int | None = None
    active: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """A group of choices that narrow a list."""

    title: Text
    options: Sequence[FacetOption]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table when a plain value does not do."""

    value: Any = ""
    url: str = ""
    badge: Badge | None = None
    note: Text = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; the first cell leads to `url`. `key` is the value of its box when the table's rows are chosen."""

    cells: Sequence[Any]
    url: str = ""
    tone: Tone = "neutral"
    key: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: key (the word in the address when sorting), label, figures to the right, sortable or not."""

    key: str
    label: Text
    numeric: bool = False
    sortable: bool = False
    nowrap: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption. With `request`, sortable heads become links (`?sort=key`, `?sort=-key`).

    With `choose`, each row begins with a box of that name, for a form around the table.
    """

    caption: Text
    columns: Sequence[Column]
    rows: Sequence[Row]
    request: HttpRequest | None = None
    sort: str = ""
    wide: bool = False
    caption_hidden: bool = False
    empty: Text = ""
    choose: str = ""

    @property
    def heads(self) -> list[Head]:
        """The columns with their sorting links."""
        return [Head(column, self._link(column), self._direction(column)) for column in self.columns]

    @property
    def body(self) -> list[BodyRow]:
        """The rows with each cell beside its column."""
        return [
            BodyRow(row, [(c, v if isinstance(v, Cell) else Cell(v)) for c, v in zip(self.columns, row.cells, strict=True)])
            for row in self.rows
        ]

    def _direction(self, column: Column) -> str:
        if self.sort.lstrip("-") != column.key:
            return ""
        return "descending" if self.sort.startswith("-") else "ascending"

    def _link(self, column: Column) -> str:
        if not column.sortable or self.request is None:
            return ""
        turned = f"-{column.key}" if self._direction(column) == "ascending" else column.key
        return changed_query(self.request, sort=turned, after=None, before=None)


@dataclass(frozen=True, slots=True)
class Head:
    """A head cell."""

    column: Column
    url: str
    direction: str


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A row with pairs of column and cell."""

    row: Row
    cells: Sequence[tuple[Column, Cell]]


@dataclass(frozen=True, slots=True)
class Pager:
    """Keyset paging: previous and next, and an honest count (`capped`: "yli 1 000")."""

    previous_url: str = ""
    next_url: str = ""
    shown: int | None = None
    total: int | None = None
    capped: bool = False

    @classmethod
    def make(
        cls,
        request: HttpRequest,
        *,
        before: str = "",
        after: str = "",
        shown: int | None = None,
        total: int | None = None,
        capped: bool = False,
    ) -> Self:
        """Make the links `?before=…` and `?after=…` of the keys of the first and last row; empty: no such page."""
        return cls(
            changed_query(request, before=before, after=None) if before else "",
            changed_query(request, after=after, before=None) if after else "",
            shown,
            total,
            capped,
        )


@dataclass(frozen=True, slots=True)
class Series:
    """A named row of figures of a chart; `None` is a gap."""

    name: Text
    values: Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with the same figures as a table behind it. At most three series: more belong in a table."""

    title: Text
    labels: Sequence[Text]
    series: Sequence[Series]
    kind: Literal["bar", "line"] = "bar"
    unit: Text = ""
    source: Text = ""
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class Action:
    """A button or a link among the actions of a page: with `url` a link, without it a submit button."""

    label: Text
    url: str = ""
    name: str = ""
    value: str = ""
    kind: Literal["primary", "secondary", "quiet", "danger"] = "secondary"
    icon: str = ""


def changed_query(request: HttpRequest, **changes: str | None) -> str:
    """Return the address of this page with some parameters changed (`None`: taken away) and the others kept."""
    query = QueryDict(request.GET.urlencode(), mutable=True)
    for key, value in changes.items():
        if value is None:
            query.pop(key, None)
        else:
            query[key] = value
    rest = query.urlencode()
    return f"{request.path}?{rest}" if rest else request.path


def sort_of(request: HttpRequest, allowed: Sequence[str], default: str) -> str:
    """Return the sorting of the address when it is among `allowed` (with or without a leading -), else `default`."""
    wanted = request.GET.get("sort", "")
    return wanted if wanted.lstrip("-") in allowed and wanted.count("-") <= 1 else default
