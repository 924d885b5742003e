"""What the plan offers a running case: its next measures and documents, and the newer revision that it may move to."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils import timezone

from kirjaamo.cases.moving import newer
from kirjaamo.tos.models import Node, NodeKind
from kirjaamo.tos.reading import following

if TYPE_CHECKING:
    from kirjaamo.cases.models import Case
    from kirjaamo.cases.whole import Whole
    from kirjaamo.kernel.actors import Actor
    from kirjaamo.tos.models import ClassRevision


@dataclass(frozen=True, slots=True)
class Offer:
    """What a case page offers from the plan: measures and document types of the stage, the stage that follows, a newer revision."""

    case: Case
    measures: Sequence[Node]
    documents: Sequence[Node]
    stage: Node | None
    newer: ClassRevision | None
    key: str = field(default_factory=lambda: str(uuid.uuid4()))

    def __bool__(self) -> bool:
        return bool(self.measures or self.documents or self.stage or self.newer)


def offer_of(told: Whole, actor: Actor) -> Offer | None:
    """What the pinned revision offers to who may handle the case; None for others and for a closed case (one statement)."""
    case = told.case
    if case.is_closed or not actor.may("cases.handle"):
        return None
    done = {event.node_key for event in told.events if event.node_key}
    done |= {paper.document.node_key for paper in told.documents if paper.document.node_key}
    nodes = following(sorted(told.nodes, key=lambda node: node.order), case.stage, done)
    return Offer(
        case=case,
        measures=[node for node in nodes if node.kind == NodeKind.MEASURE],
        documents=[node for node in nodes if node.kind == NodeKind.DOCUMENT],
        stage=next((node for node in nodes if node.kind == NodeKind.STAGE), None),
        newer=newer(case.revision, timezone.localdate()) if actor.may("cases.move") else None,
    )
