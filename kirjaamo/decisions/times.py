"""From when a served decision is known, until when it may be appealed, and when it has legal force."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from kirjaamo.decisions.models import AppealTime, DecisionState, Publication
from kirjaamo.documents.models import Way
from kirjaamo.norms import clocks

if TYPE_CHECKING:
    from kirjaamo.decisions.models import Decision
    from kirjaamo.norms.models import AppealRoute
    from kirjaamo.values.deadlines import Deadline

IN_PERSON = {Way.COUNTER}
BY_LETTER = {Way.POST}


def served_by(route: AppealRoute, way: Way) -> str:
    """The presumption of service of a way; empty when the decision is handed over in person."""
    if way in IN_PERSON:
        return ""
    return route.by_letter if way in BY_LETTER else route.by_message


def reckon(route: AppealRoute, way: Way, sent_on: dt.date, shown_on: dt.date | None) -> Deadline:
    """The time of appeal by a route for who was served."""
    return clocks.after_service(route.term, sent_on, served_by(route, way), shown_on)


def legal_force_from(decision: Decision, times: Iterable[AppealTime]) -> dt.date | None:
    """The first day on which nobody served may appeal any more.

    None while nobody has been served, while an appeal is pending, or when no time runs.
    """
    ends: list[dt.date] = [time.last_day for time in times]
    if ends and (shown := Publication.objects.filter(decision=decision).values_list("until", flat=True).first()):
        ends.append(shown)  # members of the municipality may appeal as well (KuntaL 410/2015 § 137, 140)
    if not ends or decision.state == DecisionState.APPEALED:
        return None
    return max(ends) + dt.timedelta(days=1)


def has_legal_force(decision: Decision, times: Iterable[AppealTime], on: dt.date) -> bool:
    """Whether the decision has legal force on a day."""
    day = legal_force_from(decision, times)
    return day is not None and on >= day
