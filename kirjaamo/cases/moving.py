"""Whether running cases may follow a newer revision of their class (records.md § 7.3): what they use, what the newer one lacks."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID

from kirjaamo.cases.models import Case, CaseDocument, CaseEvent, CaseState
from kirjaamo.tos import moves
from kirjaamo.tos.models import ClassRevision, Node, NodeKind

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from kirjaamo.tos.moves import Move


@dataclass(frozen=True, slots=True)
class Road:
    """One case before a move, and what the move would mean for it."""

    case: Case
    move: Move
    here: UUID | None
    """The key of the stage in which the case stands."""

    @property
    def stage(self) -> str:
        """The code of the stage of the newer revision that the case would stand in."""
        return self.move.mapping[self.here].code if self.here in self.move.mapping else self.case.stage

    def along(self, chosen: Mapping[UUID, UUID]) -> Road:
        """The road when a person has named other nodes for those that are missing."""
        return replace(self, move=self.move.mapped(chosen)) if chosen else self


def newer(revision: ClassRevision, on: dt.date) -> ClassRevision | None:
    """The revision of the same class that is in force on a day, when it is newer than the given one (one statement)."""
    found = ClassRevision.objects.in_force(on).filter(function_class_id=revision.function_class_id, number__gt=revision.number)
    return found.first()


def behind(to: ClassRevision) -> QuerySet[Case]:
    """Open cases that follow an older revision of the class."""
    older = Case.objects.filter(revision__function_class_id=to.function_class_id, revision__number__lt=to.number)
    return older.exclude(state=CaseState.CLOSED)


def roads(cases: Sequence[Case], to: ClassRevision) -> list[Road]:
    """What a move would mean for each of the cases; a fixed number of statements and one for each older revision."""
    used = _used([case.pk for case in cases])
    new = list(to.nodes.all())
    olds = {revision.pk: revision for revision in (case.revision for case in cases)}
    nodes = {pk: list(revision.nodes.all()) for pk, revision in olds.items()}
    return [_road(case, nodes[case.revision_id], new, used[case.pk]) for case in cases]


def _road(case: Case, old: Sequence[Node], new: Sequence[Node], used: _Used) -> Road:
    """Only the nodes of its own class bind a case: a document shared with a case of another class brings none."""
    codes = {node.code: node.key for node in old if node.kind == NodeKind.STAGE}
    own = {node.key for node in old}
    keys = dict.fromkeys(key for key in used.keys if key in own) | dict.fromkeys(
        codes[one] for one in (case.stage, *used.stages) if one in codes
    )
    move = moves.compare(old, new, keys)
    return Road(case, move, codes.get(case.stage))


@dataclass(slots=True)
class _Used:
    """What a case has used: keys of nodes, and codes of stages."""

    keys: dict[UUID, None]
    stages: dict[str, None]


def _used(cases: Collection[int]) -> Mapping[int, _Used]:
    """What cases have used, in two statements: stages in which they stood, nodes of their events, nodes of their documents."""
    found: dict[int, _Used] = defaultdict(lambda: _Used({}, {}))
    events = CaseEvent.objects.filter(case__in=cases).order_by().values_list("case_id", "stage", "node_key").distinct()
    for pk, stage, key in events:
        if stage:
            found[pk].stages[stage] = None
        if key:
            found[pk].keys[key] = None
    papers = CaseDocument.objects.filter(case__in=cases).exclude(document__node_key=None).order_by()
    for pk, stage, key in papers.values_list("case_id", "stage", "document__node_key").distinct():
        if key:
            found[pk].keys[key] = None
        if stage:
            found[pk].stages[stage] = None
    return found
