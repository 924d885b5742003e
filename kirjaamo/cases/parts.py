"""What the rooms above add to the page of a case or a document without being imported: a request its desk, a register its own view."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kirjaamo.ui.languages import Text

if TYPE_CHECKING:
    from kirjaamo.cases.models import Case
    from kirjaamo.cases.whole import Whole
    from kirjaamo.documents.models import Document
    from kirjaamo.kernel.actors import Actor
    from kirjaamo.ui.parts import Action, Deadline, ListRow


@dataclass(frozen=True)
class CasePart:
    """What a room knows of a case: a link to its own page of it, rows and acts of its own, and how a due day of its own was reckoned."""

    title: Text
    url: str = ""
    text: Text = ""
    deadline: Deadline | None = None
    rows: Sequence[ListRow] = ()
    acts: Sequence[Action] = ()

    def __bool__(self) -> bool:
        """Whether there is something to show in a card of its own; acts stand among the acts of the case."""
        return bool(self.url or self.text or self.rows)


Teller = Callable[["Whole", "Sequence[int]", "Actor"], "CasePart | None"]
TELLERS: dict[str, Teller] = {}


def case_part(source: str) -> Callable[[Teller], Teller]:
    """Let a function tell what its room knows of a case (called at start-up, from `AppConfig.ready`).

    It gets the case with all that its page shows, and the rows that the room has put beside it (`actions.belongs` under `source`);
    without any it should ask the database nothing. It answers None when it has nothing to say.
    """

    def mark(tell: Teller) -> Teller:
        TELLERS[source] = tell
        return tell

    return mark


def parts_of(told: Whole, actor: Actor) -> Sequence[CasePart]:
    """What the rooms above know of a case."""
    return [part for source, tell in TELLERS.items() if (part := tell(told, told.refs(source), actor)) is not None]


PaperTeller = Callable[["Case", "Document", "Actor"], "CasePart | None"]
PAPER_TELLERS: dict[str, PaperTeller] = {}


def paper_part(source: str) -> Callable[[PaperTeller], PaperTeller]:
    """Let a function tell what its room knows of a document of a case, on the document's page (called at start-up)."""

    def mark(tell: PaperTeller) -> PaperTeller:
        PAPER_TELLERS[source] = tell
        return tell

    return mark


def parts_of_paper(case: Case, document: Document, actor: Actor) -> Sequence[CasePart]:
    """What the rooms above know of a document."""
    return [part for tell in PAPER_TELLERS.values() if (part := tell(case, document, actor)) is not None]
