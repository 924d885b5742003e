"""The demo's clocks: told events of earlier years, all clocks reckoned at once instead of by the worker, and a few holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.utils import timezone

from kirjaamo.cases.models import Case, CaseState
from kirjaamo.kernel.actors import Machine
from kirjaamo.retention.actions import reckon_cases, tell_event
from kirjaamo.retention.holds.actions import Scope, place
from kirjaamo.retention.jobs import batches
from kirjaamo.retention.models import ClockKind, HoldKind, RetentionClock
from kirjaamo.retention.triggers import KNOWN
from kirjaamo.tos.reading import in_force

Report = Callable[[int, int, str], None]
DEMO = Machine("demo")
AFTER = dt.timedelta(days=365)
"""What was granted lasted for about a year."""
UNTOLD = 5
"""Every so many events nobody has told."""


def make(report: Report) -> int:
    """Reckon the clocks of the demo's cases, tell what ended long ago, and hold some; a second run changes nothing."""
    done = 0
    for batch in batches():
        reckon_cases(batch, actor=DEMO)
        done += len(batch)
        report(done, 0, "retention clocks")
    _tell()
    _hold()
    return 0


def _tell() -> None:
    """Tell the events from which old cases count: a validity, a contract or a relation ended a year after the resolution."""
    waiting = RetentionClock.objects.filter(state=ClockKind.WAITING, document__isnull=False).exclude(trigger__in=["", *KNOWN])
    long_ago = timezone.now() - 2 * AFTER
    found = waiting.filter(document__in_cases__case__state=CaseState.CLOSED, document__in_cases__case__resolved_at__lt=long_ago)
    pairs = found.order_by("document__in_cases__case").values_list("document__in_cases__case", "trigger").distinct()
    for number, (case, trigger) in enumerate(pairs):
        if number % UNTOLD:
            held = Case.objects.get(pk=case)
            ended = timezone.localdate((held.resolved_at or held.initiated_at) + AFTER)
            tell_event(held, trigger, ended, source="Keksitty esimerkki", actor=DEMO)


def _hold() -> None:
    """Hold the old claims for damages while a court handles one, and two cases that someone has asked for."""
    claims = in_force("03 01 00", timezone.localdate()).function_class
    ground = "Oikeudenkäynti on kesken: aineistoa tarvitaan näyttönä (keksitty esimerkki)."
    place(Scope(claims), HoldKind.COURT, ground, source="Käräjäoikeus, keksitty asia", actor=DEMO)
    due = RetentionClock.objects.filter(last_day__lt=timezone.localdate(), case__isnull=False, held=False).order_by("-last_day")
    cases = [clock.case for clock in due.select_related("case")[:2] if clock.case is not None]
    if cases:
        place(Scope(cases=cases), HoldKind.INFORMATION_REQUEST, "Aineistoa on pyydetty, ja pyyntö on kesken.", actor=DEMO)
