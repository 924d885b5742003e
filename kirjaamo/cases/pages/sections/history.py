"""The history of a case as its page shows it, and the records of registers that belong to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kirjaamo.kernel.registry import SOURCES, Found
from kirjaamo.ui.parts import ListRow, TimelineEvent

if TYPE_CHECKING:
    from kirjaamo.cases.pages.sections.seen import Seen
    from kirjaamo.cases.whole import Whole
    from kirjaamo.kernel.actors import Actor

ACTOR_NAMES = {"public": gettext_lazy("Sähköinen asiointi")}


def section(seen: Seen) -> dict[str, object]:
    """History and records."""
    return {
        "events": [event_shown(event) for event in seen.whole.events],
        "records": [record_shown(one) for one in records_of(seen.whole, seen.actor)],
    }


def event_shown(event: object) -> TimelineEvent:
    """A step of the history with who took it."""
    at: dt.datetime = event.at  # type: ignore[attr-defined]
    who = event.who or str(ACTOR_NAMES.get(event.actor, _("Järjestelmä")))  # type: ignore[attr-defined]
    return TimelineEvent(at, event.label, text=event.note, who=who)  # type: ignore[attr-defined]


def records_of(told: Whole, actor: Actor) -> Sequence[Found]:
    """The records of registers that belong to the case, asked of those registers only that hold one."""
    found: list[Found] = []
    for name in dict.fromkeys(one.source for one in told.held):
        source = SOURCES.get(name)
        if source is not None:
            found += source.held([(one.kind, one.ref) for one in told.held if one.source == name], actor=actor)
    return found


def record_shown(found: Found) -> ListRow:
    """A record by its title and first facts."""
    return ListRow(found.title, found.url, meta=[f"{label}: {value}" for label, value in found.facts[:3]])
