"""A request as the parts of its pages: clocks, steps, fees, status in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from kirjaamo.cases.models import CaseState
from kirjaamo.norms.models import Fee
from kirjaamo.requests import terms
from kirjaamo.requests.kinds import EXTENSION_REASONS, KindFacts
from kirjaamo.requests.models import InformationRequest, Outcome
from kirjaamo.ui.languages import Text
from kirjaamo.ui.parts import Badge, Deadline, DeadlineStep, Fact, StepItem, Tone
from kirjaamo.ui.wording import day, euro

SOON = 3
"""Days before the due day from which a request is marked as close to it."""
OUTCOME_TONES: Mapping[str, Tone] = {
    Outcome.GIVEN: "success",
    Outcome.PARTLY_GIVEN: "warning",
    Outcome.ANSWERED: "success",
    Outcome.REFUSED: "danger",
    Outcome.TRANSFERRED: "info",
    Outcome.NOT_FOUND: "neutral",
    Outcome.WITHDRAWN: "neutral",
}
PER = {"page": gettext_noop("sivulta"), "request": "", "started_hour": gettext_noop("alkavalta tunnilta")}


def _steps(data: Mapping[str, Any]) -> list[DeadlineStep]:
    return [DeadlineStep(on, sentence, section) for on, sentence, section in terms.told_steps(data)]


def deadline_for_asker(data: Mapping[str, Any], title: Text) -> Deadline:
    """The last day by which an answer is due, with the authority's own earlier aim when a holiday lies between."""
    strict, legal = dt.date.fromisoformat(data["strict"]), dt.date.fromisoformat(data["legal"])
    note = (
        _("Pyrimme vastaamaan jo %(day)s: se on määräaika ilman pyhäpäivän tuomaa siirtoa.") % {"day": day(strict)}
        if strict != legal
        else ""
    )
    return Deadline(title, legal, _steps(data), note)


def deadline_for_staff(data: Mapping[str, Any], title: Text, *, open_: bool) -> Deadline:
    """The strict due day, which drives the work; the legal last day beside it when it differs."""
    strict, legal = dt.date.fromisoformat(data["strict"]), dt.date.fromisoformat(data["legal"])
    note = _("Laillinen viimeinen päivä on %(day)s.") % {"day": day(legal)} if strict != legal else ""
    badge = due_badge(strict) if open_ else None
    return Deadline(title, strict, _steps(data), note, tone=badge.tone if badge else "neutral", badge=badge)


def due_badge(on: dt.date | None) -> Badge | None:
    """How near the due day is: over, today, soon, or nothing to say."""
    if on is None:
        return None
    left = (on - timezone.localdate()).days
    if left < 0:
        return Badge(_("Myöhässä %(days)s pv") % {"days": -left}, "danger")
    if left == 0:
        return Badge(_("Tänään"), "warning")
    return Badge(_("%(days)s pv jäljellä") % {"days": left}, "warning") if left <= SOON else None


def deadline_titles(request: InformationRequest) -> list[Text]:
    """What each kept deadline is: the first, an extension with its reason, the authority's decision."""
    found: list[Text] = []
    for data in request.deadlines:
        reason = data["reason"]
        if reason == "decision":
            found.append(_("Viranomaisen päätös viimeistään"))
        elif reason:
            found.append(_("Jatkettu määräaika: %(reason)s") % {"reason": EXTENSION_REASONS[reason]})
        else:
            found.append(_("Vastaus viimeistään"))
    return found


def state_badge(request: InformationRequest) -> Badge:
    """How far the request is, in one word."""
    if request.outcome:
        return Badge(str(Outcome(request.outcome).label), OUTCOME_TONES[Outcome(request.outcome)])
    if request.case.state == CaseState.PENDING:
        return Badge(_("Vastaanotettu"), "info")
    return Badge(_("Käsittelyssä"), "info")


def steps(request: InformationRequest) -> list[StepItem]:
    """Received, handled, answered: where the request is now."""
    answered, closed = bool(request.outcome), request.case.state == CaseState.CLOSED
    handling = "done" if answered or closed else "current"
    found = [
        StepItem(_("Vastaanotettu"), "done", day(request.received_at)),
        StepItem(_("Haetaan ja arvioidaan"), handling),  # type: ignore[arg-type]
        StepItem(_("Vastaus"), "done" if answered else "todo", day(request.answered_at) if request.answered_at else ""),
    ]
    if request.deadlines and request.deadlines[-1]["reason"] == "decision":
        found.append(StepItem(_("Viranomaisen päätös"), "done" if closed else "current"))
    return found


def fees() -> tuple[list[str], list[Fact], bool]:
    """What costs nothing, what costs and how much, and whether the prices are still proposals (JulkL 621/1999 § 34)."""
    today = timezone.localdate()
    rows = Fee.objects.filter(Q(valid_from=None) | Q(valid_from__lte=today), Q(valid_to=None) | Q(valid_to__gte=today)).exclude(
        kind="comparison"
    )
    free, paid, proposed = [], [], False
    for row in rows:
        if row.kind == "free":
            free.append(row.title)
            continue
        per = PER.get(row.per, row.per)
        paid.append(
            Fact(
                row.title,
                f"{euro(row.amount)} {_(per) if per else ''}".strip(),
                badge=Badge(_("Ehdotus"), "warning") if row.proposed else None,
            )
        )
        proposed = proposed or row.proposed
    return free, paid, proposed


def identity_text(facts: KindFacts) -> str:
    """How identity is proved, where the kind needs it. There is no sign-in on the public pages yet."""
    if not facts.needs_identity:
        return ""
    return _(
        "Tunnistautuminen tehdään asiointipisteessä henkilöllisyystodistuksella tai suojatussa "
        "sähköpostissa. Pyynnön voit lähettää heti: tietoja annetaan vasta, kun olet tunnistautunut."
    )
