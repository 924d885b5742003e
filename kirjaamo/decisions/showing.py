"""How a decision stands and by when it may be appealed, for pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from kirjaamo.decisions.models import DecisionState
from kirjaamo.decisions.times import has_legal_force, legal_force_from
from kirjaamo.documents.models import Way
from kirjaamo.ui.parts import Badge, Deadline, explained
from kirjaamo.ui.wording import day
from kirjaamo.values.dated_step import DatedStep

if TYPE_CHECKING:
    from kirjaamo.decisions.models import AppealTime, Decision, Service


@dataclass(frozen=True)
class ServiceRow:
    """A party that was served, and the times of appeal that follow."""

    name: str
    text: str
    deadlines: Sequence[Deadline]


def standing(decision: Decision, services: Sequence[Service]) -> Badge:
    """In a word: draft, made and not served, appeal time runs until a day, legal force since a day, appealed."""
    if decision.is_draft:
        return Badge(_("Luonnos"), "warning")
    if decision.state == DecisionState.APPEALED:
        return Badge(_("Muutosta haettu"), "info")
    times = [time for service in services for time in service.times.all()]
    since = legal_force_from(decision, times)
    if since is None:
        return Badge(_("Ei vielä annettu tiedoksi"), "warning") if not services else Badge(_("Ei muutoksenhakua"), "neutral")
    if has_legal_force(decision, times, timezone.localdate()):
        return Badge(_("Lainvoimainen %(day)s alkaen") % {"day": day(since)}, "success")
    return Badge(_("Muutoksenhakuaika kulkee, lainvoima aikaisintaan %(day)s") % {"day": day(since)}, "info")


def service_rows(services: Sequence[Service]) -> list[ServiceRow]:
    """Each party that was served with its times of appeal, step by step."""
    return [_service(one) for one in services]


def _service(service: Service) -> ServiceRow:
    name = service.party.subject.name if service.party.subject else _("Nimetön")
    text = _("%(way)s, %(day)s") % {"way": Way(service.way).label, "day": day(service.sent_on)}
    return ServiceRow(name, text, [_time(time) for time in service.times.all()])


def _time(time: AppealTime) -> Deadline:
    steps = explained(DatedStep.from_data(one) for one in time.steps)
    strict = time.strict_due if time.strict_due != time.last_day else None
    return Deadline(time.route.title, time.last_day, steps, strict_on=strict)
