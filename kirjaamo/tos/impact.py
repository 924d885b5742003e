"""What the approval of a draft would touch: shown before, so that nobody approves blindly (records.md § 7.3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kirjaamo.tos.difference import Difference, NodeChange, difference
from kirjaamo.tos.outline import Outline, Place, outline
from kirjaamo.tos.usage import CLOCKS, USAGES, ClassUse, ClockUse, UsedCase

if TYPE_CHECKING:
    from kirjaamo.tos.models import ClassRevision
    from kirjaamo.tos.norms import Known

MOST_CASES = 20
"""How many cases a preview lists; the counts are of all."""


@dataclass(frozen=True, slots=True)
class TouchedNode:
    """A node that changes or goes, with the documents of it in open and closed cases."""

    place: Place
    change: NodeChange | None
    open_documents: int
    closed_documents: int
    running_clocks: int

    @property
    def documents(self) -> int:
        """How many documents of it there are."""
        return self.open_documents + self.closed_documents

    @property
    def removed(self) -> bool:
        """Whether the draft takes the node away."""
        return self.change is None


@dataclass(frozen=True, slots=True)
class Impact:
    """What a draft would touch: counts, lists, and whether closed cases would need a campaign or a review."""

    difference: Difference | None
    use: ClassUse
    clocks: ClockUse
    open_cases: Sequence[UsedCase]
    closed_cases: Sequence[UsedCase]
    touched: Sequence[TouchedNode]

    @property
    def needs_campaign(self) -> Sequence[TouchedNode]:
        """Nodes whose retention becomes longer or permanent, or whose archiving is decided on, while documents of them exist."""
        return [one for one in self.touched if one.change and (one.change.longer or one.change.archived) and one.documents]

    @property
    def needs_review(self) -> Sequence[TouchedNode]:
        """Nodes whose publicity changes while documents of them exist: decided values stay until someone looks at them."""
        return [one for one in self.touched if one.change and one.change.publicity and one.documents]


def impact(draft: ClassRevision, before: ClassRevision | None, known: Known) -> Impact:
    """Compare a draft with the revision in force and ask the rooms above how much it touches. A fixed number of statements."""
    if before is None:
        return Impact(None, ClassUse(), ClockUse(), (), (), ())
    old = outline(before, known)
    found = difference(old, outline(draft, known))
    removed = [place.node.key for place in found.removed]
    uses = [usage.of_class(draft.function_class_id, removed=removed) for usage in USAGES]
    use = _sum(uses)
    clocks = next((count(draft.function_class_id) for count in CLOCKS), ClockUse())
    return Impact(
        difference=found,
        use=use,
        clocks=clocks,
        open_cases=[case for usage in USAGES for case in usage.cases(draft.function_class_id, closed=False, limit=MOST_CASES)],
        closed_cases=[case for usage in USAGES for case in usage.cases(draft.function_class_id, closed=True, limit=MOST_CASES)],
        touched=list(_touched(found, old, use, clocks)),
    )


def _sum(uses: Sequence[ClassUse]) -> ClassUse:
    """The uses of several rooms as one; today only cases tell."""
    whole = ClassUse()
    for use in uses:
        whole = ClassUse(
            whole.open_cases + use.open_cases,
            whole.closed_cases + use.closed_cases,
            {**whole.by_revision, **use.by_revision},
            {**whole.documents, **use.documents},
            whole.stuck_cases + use.stuck_cases,
        )
    return whole


def _touched(found: Difference, old: Outline, use: ClassUse, clocks: ClockUse) -> Sequence[TouchedNode]:
    changes = {change.before.node.key: change for change in found.changed}
    gone = {place.node.key for place in found.removed}
    return [
        TouchedNode(place, changes.get(place.node.key), *use.documents.get(place.node.key, (0, 0)), clocks.nodes.get(place.node.key, 0))
        for place in old
        if place.node.key in gone or place.node.key in changes
    ]
