"""What every part of a case page reads: the case, who looks at it, and what belongs to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kirjaamo.cases.models import Case
    from kirjaamo.cases.parts import CasePart
    from kirjaamo.cases.whole import Whole
    from kirjaamo.kernel.actors import Actor


@dataclass(frozen=True)
class Seen:
    """A case as someone sees it now, read once for all parts of its page."""

    case: Case
    actor: Actor
    whole: Whole
    parts: Sequence[CasePart]

    @cached_property
    def may_handle(self) -> bool:
        """Whether the reader may work on the case: it stands where their right holds, or they are tied to it. Asked once for the page."""
        return self.actor.may("cases.handle", self.case)


Section = Callable[[Seen], dict[str, object]]
"""A part of the page: it gives the names that its include in `cases/case/` shows."""
