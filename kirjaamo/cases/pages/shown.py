"""How facts of cases are shown: badges, states, names. Shared by the pages of the room."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kirjaamo.cases.models import CaseState, ClosingGround
from kirjaamo.ui.languages import pick
from kirjaamo.ui.parts import Badge, StepItem
from kirjaamo.ui.wording import day
from kirjaamo.values.publicity import Publicity

if TYPE_CHECKING:
    from kirjaamo.cases.models import Case
    from kirjaamo.tos.models import Node
    from kirjaamo.ui.parts import Tone

STATE_TONES: dict[str, Tone] = {"pending": "info", "handling": "warning", "resolved": "success", "closed": "neutral"}
PUBLICITY_TONES: dict[str, Tone] = {"public": "success", "partly_secret": "secret", "secret": "secret", "not_yet_public": "info"}


def state_badge(state: str) -> Badge:
    """How far a case is."""
    return Badge(str(CaseState(state).label), STATE_TONES[state])


def publicity_badge(publicity: str) -> Badge:
    """Whether a document is public."""
    return Badge(Publicity(publicity).label.as_dict(), PUBLICITY_TONES[publicity])


def secrecy_badge(case: Case) -> Badge:
    """Whether a case is public; of a confidential class it is not called public, whatever its row says."""
    if case.confidential and case.publicity == Publicity.PUBLIC.value:
        return Badge(_("Salassa pidettävää luokkaa"), "secret")
    return publicity_badge(case.publicity)


def due_badge(due_on: dt.date | None) -> Badge | None:
    """A day that has passed or comes within a week; else none."""
    if due_on is None:
        return None
    left = (due_on - timezone.localdate()).days
    if left < 0:
        return Badge(_("Myöhässä"), "danger")
    if left == 0:
        return Badge(_("Tänään"), "warning")
    return Badge(_("Viikon sisällä"), "warning") if left <= 7 else None  # noqa: PLR2004 - a week


def unit_name(row: Mapping[str, Any]) -> str:
    """The short name of a unit of a list row, else its name."""
    return row["unit__short"] or pick(row["unit__title"]).text


def ending(case: Case) -> str:
    """How a closed case ended, in words; empty while it is open."""
    if case.closing_ground:
        return str(ClosingGround(case.closing_ground).label)
    return _("Ratkaistu %(day)s") % {"day": day(timezone.localtime(case.resolved_at))} if case.resolved_at else ""


def steps_of(case: Case, stages: Sequence[Node], began: Mapping[str, dt.datetime]) -> list[StepItem]:
    """The stages of the plan: done, current and to come, each with the day on which it began."""
    codes = [stage.code for stage in stages]
    here = codes.index(case.stage) if case.stage in codes else -1
    made = []
    for place, stage in enumerate(stages):
        state = "done" if place < here or (place == here and case.is_closed) else "current" if place == here else "todo"
        at = began.get(stage.code)
        made.append(StepItem(stage.title, state, day(timezone.localtime(at)) if at else ""))  # type: ignore[arg-type]
    return made


def began_at(case: Case, events: Sequence[Any]) -> dict[str, dt.datetime]:
    """When each stage began: the time of its first event; the first stage began when the case became pending."""
    first: dict[str, dt.datetime] = {}
    for event in sorted(events, key=lambda one: (one.at, one.pk)):
        if event.stage:
            first.setdefault(event.stage, event.at if first else case.initiated_at)
    return first
