"""Reading clocks: those of a case, and what falls due or waits over all cases that a person may see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q, Subquery

from kirjaamo.cases.models import Case, CaseDocument
from kirjaamo.cases.visibility import documents_visible_to, visible_to
from kirjaamo.retention.models import ClockKind, ClockValue, RetentionClock, TriggerEvent
from kirjaamo.retention.triggers import KNOWN
from kirjaamo.tos.models import CodeValue

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from kirjaamo.kernel.actors import Actor
    from kirjaamo.ui.languages import Text

PAGE = 50
KEYS = {"waiting": "trigger", "permanent": "trigger", "held": "state"}
"""By what the rows of a list stand in order; the others by their last day."""
SOON = dt.timedelta(days=365)


@dataclass(frozen=True, slots=True)
class CaseClocks:
    """The clocks of a case: its own, those of its documents by the id of the document, the values before, and what was told."""

    own: RetentionClock | None
    documents: Mapping[int, RetentionClock]
    before: Sequence[ClockValue]
    events: Sequence[TriggerEvent]

    @property
    def waiting(self) -> list[str]:
        """The triggers that someone has to tell."""
        found = (clock.trigger for clock in self.documents.values() if clock.state == ClockKind.WAITING and clock.trigger)
        return [trigger for trigger in dict.fromkeys(found) if trigger not in KNOWN]


def clocks_of_case(case: Case, actor: Actor, at: dt.datetime) -> CaseClocks:
    """Read the clocks of a case in three statements, of the documents that the actor may see."""
    papers = CaseDocument.objects.filter(documents_visible_to(actor, at, "document__"), case=case).values("document")
    found = (
        RetentionClock.objects.filter(Q(case=case) | Q(document__in=papers))
        .select_related("node", "longest", "document", "campaign")
        .order_by("id")
    )
    clocks = list(found)
    before = ClockValue.objects.filter(clock__in=[clock.pk for clock in clocks]).select_related("clock__document", "node")
    return CaseClocks(
        own=next((clock for clock in clocks if clock.case_id == case.pk), None),
        documents={clock.document_id: clock for clock in clocks if clock.document_id is not None},
        before=list(before),
        events=list(TriggerEvent.objects.filter(case=case).select_related("document")),
    )


def triggers() -> dict[str, Text]:
    """The names of the triggers by their codes (one statement)."""
    return dict(CodeValue.objects.filter(list_name="RetentionPeriodStart").values_list("code", "label"))


def seen_by(actor: Actor, at: dt.datetime) -> QuerySet[RetentionClock]:
    """The clocks of documents that the actor may see, each with one of its cases."""
    papers = CaseDocument.objects.filter(document=OuterRef("document"), case__in=Case.objects.filter(visible_to(actor, at))).order_by("id")
    clocks = RetentionClock.objects.filter(documents_visible_to(actor, at, "document__"), document__isnull=False)
    return clocks.filter(Exists(papers)).annotate(case_of=Subquery(papers.values("case")[:1])).select_related("document", "node")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list shows: `due`, `soon` (within a year), `held`, `waiting` or `permanent`, of one class or all; after a row's key."""

    what: str = "due"
    class_code: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of clocks with the cases that they stand in, and the key after which the next page begins."""

    rows: Sequence[tuple[RetentionClock, Case]]
    after: str = ""


def listed(asked: Asked, actor: Actor, at: dt.datetime, on: dt.date) -> Page:
    """One page of what falls due, or waits (two statements); keyset by last day or trigger."""
    key = KEYS.get(asked.what, "last_day")
    found = seen_by(actor, at).filter(_condition(asked.what, on), _after(asked, key))
    if asked.class_code:
        in_class = CaseDocument.objects.filter(document=OuterRef("document"), case__revision__code__startswith=asked.class_code)
        found = found.filter(Exists(in_class))
    clocks = list(found.order_by(key, "id")[: PAGE + 1])
    cases = Case.objects.select_related("revision", "unit").in_bulk([clock.case_of for clock in clocks])  # type: ignore[attr-defined]
    rows = [(clock, cases[clock.case_of]) for clock in clocks[:PAGE]]  # type: ignore[attr-defined]
    return Page(rows, f"{getattr(clocks[PAGE - 1], key)}~{clocks[PAGE - 1].pk}" if len(clocks) > PAGE else "")


def _condition(what: str, on: dt.date) -> Q:
    if what == "waiting":
        return Q(state=ClockKind.WAITING)
    if what == "permanent":
        return Q(state=ClockKind.PERMANENT)
    if what == "held":
        return Q(held=True)
    due = Q(state=ClockKind.RUNNING, held=False)
    return due & (Q(last_day__gte=on, last_day__lt=on + SOON) if what == "soon" else Q(last_day__lt=on))


def _after(asked: Asked, key: str) -> Q:
    """Rows beyond the key of the address; a key that is none is as if not given."""
    told, _, last = asked.after.rpartition("~")
    if not last.isdecimal() or len(last) > 18:  # noqa: PLR2004 - digits of a key
        return Q()
    value: str | dt.date = told
    if key == "last_day":
        try:
            value = dt.date.fromisoformat(told)
        except ValueError:
            return Q()
    return Q(**{f"{key}__gt": value}) | Q(**{key: value, "pk__gt": int(last)})


def counts(on: dt.date) -> dict[str, int]:
    """How many clocks of documents are due, fall due within a year, run, wait, never end and are held (one statement)."""
    clocks = RetentionClock.objects.filter(document__isnull=False)
    return clocks.aggregate(
        due=Count("pk", _condition("due", on)),
        soon=Count("pk", _condition("soon", on)),
        running=Count("pk", Q(state=ClockKind.RUNNING)),
        waiting=Count("pk", _condition("waiting", on)),
        permanent=Count("pk", _condition("permanent", on)),
        held=Count("pk", _condition("held", on)),
    )
