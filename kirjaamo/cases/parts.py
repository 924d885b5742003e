"""What the rooms above add to a case page without being imported: a request its deadline and desk, a register its own view."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kirjaamo.ui.languages import Text

if TYPE_CHECKING:
    from kirjaamo.cases.models import Case
    from kirjaamo.kernel.actors import Actor
    from kirjaamo.ui.parts import Deadline


@dataclass(frozen=True)
class CasePart:
    """What a room knows of a case: a link to its own page of it, and how the due day was reckoned when the clock is its own."""

    title: Text
    url: str
    text: Text = ""
    deadline: Deadline | None = None


Teller = Callable[["Case", "Actor"], "CasePart | None"]
TELLERS: list[Teller] = []


def case_part(tell: Teller) -> Teller:
    """Let a function tell what its room knows of a case (called at start-up, from `AppConfig.ready`); it answers None for others' cases."""
    if tell not in TELLERS:
        TELLERS.append(tell)
    return tell


def parts_of(case: Case, actor: Actor) -> Sequence[CasePart]:
    """What the rooms above know of a case."""
    return [part for tell in TELLERS if (part := tell(case, actor)) is not None]
