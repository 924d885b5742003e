"""The inputs of clocks, read in one statement: documents in cases, the rule of the pinned plan, told events, the value so far."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import connection
from django.utils import timezone

from kirjaamo.kernel.following import keys_of, names_of
from kirjaamo.kernel.journal import Write
from kirjaamo.retention.models import ClockKind, ClockReason
from kirjaamo.retention.triggers import Facts, date_of
from kirjaamo.tos.clocks import Clock, ClockState, Mode, RetentionRule, Rounding, reckon

CASE, PAPER, EVENT, DOCUMENT = "cases.case", "cases.casedocument", "cases.caseevent", "documents.document"
TABLES = (CASE, PAPER, EVENT, DOCUMENT)
CASE_INPUTS = frozenset({"state", "closed_at", "resolved_at", "revision", "revision_id"})
DOCUMENT_INPUTS = frozenset({"node_key", "made_at", "arrived_at"})


@dataclass(slots=True)
class Touched:
    """Whose clocks are to be reckoned, and why."""

    documents: set[int] = field(default_factory=set)
    added: set[int] = field(default_factory=set)
    papers: set[int] = field(default_factory=set)
    cases: set[int] = field(default_factory=set)
    moved: bool = False

    def __bool__(self) -> bool:
        return bool(self.documents or self.added or self.papers or self.cases)

    @property
    def reason(self) -> ClockReason | None:
        """Why, as far as the writes tell; None when the state of the case tells it."""
        if self.moved:
            return ClockReason.MOVED
        if self.cases:
            return None
        return ClockReason.DOCUMENT_ADDED if self.papers or self.added else ClockReason.DOCUMENT_CHANGED

    @property
    def keys(self) -> tuple[list[int], list[int], list[int]]:
        """The rows of cases that hold documents, the documents and the cases, as statements take them."""
        return list(self.papers), list(self.documents | self.added), list(self.cases)


def touched(writes: Sequence[Write]) -> Touched:
    """Which writes change an input: the state or revision of a case, a document that joins one, the date or type of a document.

    That a document joined a case is told by its row, or by the event when the row may have been there before. What an action that
    opens a case brings with it waits for the worker (`jobs.reckon_new`): the number of the case is locked until its commit.
    """
    found = Touched()
    opens = any(write.label == CASE and write.verb == "create" for write in writes)
    for write in writes:
        keys = [int(str(key)) for key in keys_of(write) if key is not None]
        if write.label in {PAPER, EVENT} and opens:
            continue
        if write.label == PAPER:
            found.papers.update(keys)
        elif write.label == EVENT:
            document = write.fields.get("document_id")
            found.added |= {int(str(document))} if document else set()
        elif write.verb == "create":
            continue
        elif write.label == CASE and CASE_INPUTS & set(names_of(write)):
            found.cases.update(keys)
            found.moved |= bool({"revision", "revision_id"} & set(names_of(write)))
        elif write.label == DOCUMENT and DOCUMENT_INPUTS & set(names_of(write)):
            found.documents.update(keys)
    return found


LOCK = "SELECT id FROM cases_case WHERE id = ANY(%s) OR id IN ({papers}) ORDER BY id FOR NO KEY UPDATE"
PAPERS_OF = "SELECT case_id FROM cases_casedocument WHERE id = ANY(%s) OR document_id = ANY(%s)"
# A campaign binds from its approval: its rule comes before that of the pinned revision, never to shorten unless it says so.
BOUND = """
    SELECT cr.node_id, ca.id AS campaign FROM retention_campaignrule cr
    JOIN retention_campaign ca ON ca.id = cr.campaign_id
    JOIN tos_node cn ON cn.id = cr.node_id
    JOIN tos_classrevision t ON t.id = ca.revision_id
    WHERE cn.key = d.node_key AND t.function_class_id = r.function_class_id AND t.number > r.number
        AND (ca.state = 'approved' OR ca.id = %s)
        AND (cr.shortens OR cn.retention_mode = 'permanent'
            OR p.retention_mode <> 'permanent' AND coalesce(cn.retention_years, 0) >= coalesce(p.retention_years, 0))
    ORDER BY t.number DESC, ca.id DESC LIMIT 1
"""
HELD = """
    SELECT 1 FROM retention_hold h WHERE h.lifted_at IS NULL AND (
        EXISTS (SELECT 1 FROM retention_holditem i WHERE i.hold_id = h.id AND (i.case_id = c.id OR i.document_id = d.id))
        OR EXISTS (
            SELECT 1 FROM tos_classrevision w WHERE w.function_class_id = h.function_class_id AND w.state IN ('approved', 'retired')
            AND (w.function_class_id = r.function_class_id OR starts_with(r.code, w.code || ' '))
        )
    )
"""
INPUTS = f"""
SELECT cd.document_id, cd.case_id, d.made_at, d.arrived_at, c.state, c.resolved_at, c.closed_at,
    n.id, n.retention_mode, n.retention_years, n.retention_trigger, n.retention_rounding, told.happened_on,
    EXISTS ({HELD}), bound.campaign, k.state, k.node_id, k.trigger, k.trigger_on, k.start_on, k.last_day, k.held, k.campaign_id
FROM cases_casedocument cd
JOIN documents_document d ON d.id = cd.document_id
JOIN cases_case c ON c.id = cd.case_id
JOIN tos_classrevision r ON r.id = c.revision_id
LEFT JOIN tos_node p ON p.revision_id = c.revision_id AND p.key = d.node_key AND p.retention_mode <> ''
LEFT JOIN LATERAL ({BOUND}) bound ON p.id IS NOT NULL
LEFT JOIN tos_node n ON n.id = coalesce(bound.node_id, p.id)
LEFT JOIN LATERAL (
    SELECT t.happened_on FROM retention_triggerevent t
    WHERE t.case_id = c.id AND t.trigger = n.retention_trigger AND (t.document_id IS NULL OR t.document_id = d.id)
    ORDER BY t.document_id NULLS LAST, t.id DESC LIMIT 1
) told ON true
LEFT JOIN retention_retentionclock k ON k.document_id = d.id
WHERE cd.document_id IN (
    SELECT document_id FROM cases_casedocument WHERE id = ANY(%s) OR document_id = ANY(%s) OR case_id = ANY(%s)
)
ORDER BY cd.document_id, cd.id
"""  # noqa: S608 - parts of one statement, all written here
# The order of states is that of `tos.clocks.ORDER`: permanent over waiting over the latest last day.
LONGEST = """
SELECT DISTINCT ON (cd.case_id) cd.case_id, k.document_id, k.state, k.node_id, k.trigger, k.trigger_on, k.start_on, k.last_day,
    bool_or(k.held) OVER (PARTITION BY cd.case_id), k.campaign_id,
    own.longest_id, own.state, own.node_id, own.trigger, own.trigger_on, own.start_on, own.last_day, own.held, own.campaign_id
FROM cases_casedocument cd
JOIN retention_retentionclock k ON k.document_id = cd.document_id
LEFT JOIN retention_retentionclock own ON own.case_id = cd.case_id
WHERE cd.case_id = ANY(%s)
ORDER BY cd.case_id, CASE k.state WHEN 'permanent' THEN 2 WHEN 'waiting' THEN 1 ELSE 0 END DESC, k.last_day DESC NULLS LAST, k.document_id
"""

Value = tuple[str, int | None, str, dt.date | None, dt.date | None, dt.date | None, bool, int | None]
"""State, node, trigger, trigger day, start, last day, whether held, campaign: what a clock says."""


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A clock as it should be and as it is: of a document in one of its cases, or of a case by its longest document."""

    target: int
    case: int
    value: Value
    so_far: Value | None
    closed: bool = False
    longest: int | None = None
    longest_so_far: int | None = None

    @property
    def changed(self) -> bool:
        """Whether the stored clock says something else, or is not there yet."""
        return self.value != self.so_far or self.longest != self.longest_so_far

    @property
    def clock(self) -> Clock:
        """The value as the engine compares clocks."""
        return Clock(ClockState(self.value[0]), *self.value[3:6])

    @property
    def held(self) -> bool:
        """Whether a hold covers it."""
        return self.value[6]

    def as_held(self) -> Reckoned:
        """The same under a hold."""
        return replace(self, value=(*self.value[:6], True, self.value[7]))

    @property
    def ruled_anew(self) -> bool:
        """Whether another rule of the plan than before decides it."""
        return self.so_far is not None and self.value[1] != self.so_far[1]


def hold(found: Touched) -> None:
    """Lock the cases whose clocks are about to change, so that two who change one case's documents at once both count."""
    with connection.cursor() as cursor:
        papers, documents, cases = found.keys
        cursor.execute(LOCK.format(papers=PAPERS_OF), [cases, papers, documents])


def of_documents(found: Touched, on: dt.date, campaign: int = 0) -> Iterator[Reckoned]:
    """The clocks of documents, one row for each case that holds the document (one statement).

    With the key of a `campaign` that is only proposed they are what they would be by it.
    """
    with connection.cursor() as cursor:
        cursor.execute(INPUTS, [campaign, *found.keys])
        rows = cursor.fetchall()
    for row in rows:
        yield _of_document(row, on)


def _of_document(row: Sequence[Any], on: dt.date) -> Reckoned:
    document, case, made_at, arrived_at, state, resolved_at, closed_at, node, mode, years, trigger, rounding, told, held, campaign = row[
        :15
    ]
    facts = Facts(_day(made_at or arrived_at), _day(resolved_at), _day(closed_at) if state == "closed" else None)
    clock = Clock(ClockState.WAITING)
    if node is not None:
        rule = RetentionRule(Mode(mode), years, trigger, Rounding(rounding or Rounding.DATE))
        date = date_of(trigger, facts, told)
        clock = reckon(rule, {trigger: date} if date else {}, on=on)
    value = _value(clock, node, trigger or "", held, campaign)
    return Reckoned(document, case, value, None if row[15] is None else tuple(row[15:23]), state == "closed")


def _value(clock: Clock, node: int | None, trigger: str, held: bool, campaign: int | None) -> Value:  # noqa: FBT001 - as it is stored
    """What is stored of a reckoned clock: that it is due is told by the day."""
    state = ClockKind.RUNNING if clock.state in {ClockState.RUNNING, ClockState.DUE} else ClockKind(clock.state.value)
    return (state.value, node, trigger, clock.trigger_on, clock.start_on, clock.last_day, held, campaign)


def of_cases(cases: Collection[int]) -> Iterator[Reckoned]:
    """The clocks of cases by the stored clocks of their documents (one statement); a case without documents has none."""
    with connection.cursor() as cursor:
        cursor.execute(LONGEST, [list(cases)])
        rows = cursor.fetchall()
    for row in rows:
        value, so_far = tuple(row[2:10]), None if row[11] is None else tuple(row[11:19])
        yield Reckoned(row[0], row[0], value, so_far, longest=row[1], longest_so_far=row[10])


def _day(moment: dt.datetime | None) -> dt.date | None:
    return timezone.localdate(moment) if moment else None
