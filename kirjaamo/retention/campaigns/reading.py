"""What a newer revision would change in documents that follow older ones: by rule, by case, and over the whole plan."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from kirjaamo.cases.models import Case, CaseState
from kirjaamo.documents.models import Document
from kirjaamo.retention.actions import longest
from kirjaamo.retention.inputs import Touched, of_documents
from kirjaamo.retention.models import Campaign, CampaignState, Effect, RetentionClock
from kirjaamo.tos.models import ClassRevision, Node

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from kirjaamo.retention.inputs import Reckoned

USUAL = frozenset({Effect.PERMANENT, Effect.LONGER, Effect.ARCHIVING})
"""What binds whenever the case was opened (records.md § 7.3); a shorter rule only when two people decide so."""
EXAMPLES = 20


def effect(old: Node, new: Node) -> Effect | None:
    """What a newer rule of a document type does to documents that follow an older one; None when it changes nothing of retention."""
    if _length(new) != _length(old):
        if new.retention_mode == "permanent":
            return Effect.PERMANENT
        return Effect.LONGER if _length(new) > _length(old) else Effect.SHORTER
    if new.archiving != old.archiving and new.archiving == "archive":
        return Effect.ARCHIVING
    return Effect.OTHER if _rule(new) != _rule(old) else None


def _length(node: Node) -> int:
    return 1_000_000 if node.retention_mode == "permanent" else node.retention_years or 0


def _rule(node: Node) -> tuple[object, ...]:
    return (
        node.retention_mode, node.retention_years, node.retention_trigger, node.retention_rounding,
        node.archiving, node.archiving_decision, node.after_retention,
    )  # fmt: skip


@dataclass(slots=True)
class Candidate:
    """A rule of the newer revision, what it does, the older rules that documents follow, and how many do in open and ended cases."""

    node: Node
    effect: Effect
    before: list[Node] = field(default_factory=list)
    open: int = 0
    closed: int = 0

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.node.pk}-{self.effect.value}"

    @property
    def documents(self) -> int:
        """How many documents it would touch."""
        return self.open + self.closed

    @property
    def usual(self) -> bool:
        """Whether it binds older cases by itself, once a campaign is approved."""
        return self.effect in USUAL


def candidates(to: ClassRevision) -> Sequence[Candidate]:
    """The rules of a revision that differ for documents of older ones (three statements), in the order of the process."""
    clocks = RetentionClock.objects.filter(
        document__isnull=False, node__revision__function_class=to.function_class_id, node__revision__number__lt=to.number
    )
    is_closed = Q(document__in_cases__case__state=CaseState.CLOSED)
    counts = clocks.order_by().values_list("node").annotate(open=Count("pk", ~is_closed), closed=Count("pk", is_closed))
    rows = {node: (open_, closed) for node, open_, closed in counts}
    return _compared(Node.objects.in_bulk(rows), rows, {node.key: node for node in to.nodes.order_by("order")})


def _compared(olds: Mapping[int, Node], counts: Mapping[int, tuple[int, int]], news: Mapping[UUID, Node]) -> list[Candidate]:
    found: dict[tuple[int, Effect], Candidate] = {}
    for old in olds.values():
        new = news.get(old.key)
        what = effect(old, new) if new else None
        if new is None or what is None:
            continue
        one = found.setdefault((new.pk, what), Candidate(new, what))
        one.before.append(old)
        one.open, one.closed = one.open + counts[old.pk][0], one.closed + counts[old.pk][1]
    return sorted(found.values(), key=lambda one: one.node.order)


def cases_of(campaign: Campaign) -> QuerySet[Case]:
    """The cases on older revisions of the class."""
    revision = campaign.revision
    return Case.objects.filter(revision__function_class=revision.function_class_id, revision__number__lt=revision.number)


@dataclass(frozen=True, slots=True)
class Example:
    """A document whose clock a campaign would change: its case, and the clock as it is and as it would be."""

    case: Case
    document: Document
    change: Reckoned


def examples(campaign: Campaign, on: dt.date, most: int = EXAMPLES) -> Sequence[Example]:
    """The first documents that a campaign would touch, reckoned by the same engine as when it is applied (a fixed number of statements)."""
    keys = [rule.node.key for rule in campaign.rules.select_related("node")]
    papers = Case.objects.filter(pk__in=cases_of(campaign).values("pk"), case_documents__document__node_key__in=keys)
    cases = set(papers.order_by("pk").values_list("pk", flat=True).distinct()[:most])
    rows = longest(list(of_documents(Touched(cases=cases), on, campaign.pk))) if cases else {}
    changed = [one for one in rows.values() if one.value[:6] != (one.so_far or ())[:6]][:most]
    held = Case.objects.select_related("revision").in_bulk({one.case for one in changed})
    documents = Document.objects.in_bulk({one.target for one in changed})
    return [Example(held[one.case], documents[one.target], one) for one in changed]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A revision in force whose rules would bind older cases, and how many documents no campaign has reached yet."""

    revision: ClassRevision
    documents: int


def wanted(on: dt.date, class_code: str = "") -> Sequence[Wanted]:
    """The revisions in force that lengthen or decide the keeping of documents that follow older ones (four statements)."""
    clocks = RetentionClock.objects.filter(document__isnull=False, node__isnull=False)
    counts = dict(clocks.order_by().values_list("node").annotate(count=Count("pk")))
    olds = Node.objects.select_related("revision").in_bulk(counts)
    held = ClassRevision.objects.in_force(on).filter(function_class__in={node.revision.function_class_id for node in olds.values()})
    if class_code:
        held = held.filter(Q(code=class_code) | Q(code__startswith=f"{class_code} "))
    newest = {revision.function_class_id: revision for revision in held}
    older = [node for node in olds.values() if _is_older(node, newest)]
    return _wanted(older, newest, counts)


def _is_older(node: Node, newest: Mapping[int, ClassRevision]) -> bool:
    held = newest.get(node.revision.function_class_id)
    return held is not None and node.revision.number < held.number


def _wanted(older: Iterable[Node], newest: Mapping[int, ClassRevision], counts: Mapping[int, int]) -> list[Wanted]:
    rows = list(older)
    nodes = Node.objects.filter(revision__in={newest[row.revision.function_class_id].pk for row in rows}, key__in={row.key for row in rows})
    news = {(node.revision_id, node.key): node for node in nodes}
    found: dict[int, int] = defaultdict(int)
    for row in rows:
        held = newest[row.revision.function_class_id]
        new = news.get((held.pk, row.key))
        if new is not None and effect(row, new) in USUAL:
            found[row.revision.function_class_id] += counts[row.pk]
    return sorted((Wanted(newest[key], count) for key, count in found.items()), key=lambda one: one.revision.code)


def unfinished() -> Sequence[Campaign]:
    """Approved campaigns whose clocks have not all followed yet."""
    return list(Campaign.objects.filter(state=CampaignState.APPROVED, spread_at=None).order_by("pk"))
