"""What the room tells on a case page: how long the case is kept, and a way to its clocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kirjaamo.cases.parts import CasePart
from kirjaamo.retention.models import ClockKind, RetentionClock
from kirjaamo.retention.reading import triggers
from kirjaamo.retention.shown import sentence

if TYPE_CHECKING:
    from kirjaamo.cases.models import Case
    from kirjaamo.kernel.actors import Actor


def case_clock(case: Case, actor: Actor) -> CasePart | None:
    """How long a case is kept: as its longest document (one statement, two while it waits)."""
    if not actor.may("cases.read"):
        return None
    clock = RetentionClock.objects.filter(case=case).first()
    if clock is None:
        text = _("Asiassa ei ole vielä asiakirjoja, joiden säilytysaika voisi alkaa.")
    else:
        text = sentence(clock, triggers() if clock.state == ClockKind.WAITING else {}, timezone.localdate())
    return CasePart(_("Säilytys"), reverse("case_retention", args=[case.address]), text=text)
