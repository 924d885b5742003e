"""What the room tells on a case page: how long the case is kept, and a way to its clocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kirjaamo.cases.parts import CasePart
from kirjaamo.retention.models import RetentionClock
from kirjaamo.retention.shown import sentence
from kirjaamo.tos.models import CodeValue

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kirjaamo.cases.whole import Whole
    from kirjaamo.kernel.actors import Actor


def case_clock(told: Whole, refs: Sequence[int], actor: Actor) -> CasePart | None:
    """How long a case is kept: as its longest document (one statement). Every case has a clock, so none stands beside it."""
    del refs
    case = told.case
    if not actor.may("cases.read"):
        return None
    label = CodeValue.objects.filter(list_name="RetentionPeriodStart", code=OuterRef("trigger")).values("label")[:1]
    clock = RetentionClock.objects.filter(case=case).annotate(trigger_label=Subquery(label)).first()
    if clock is None:
        text = _("Säilytysaika lasketaan, kun asiassa on asiakirjoja.")
    else:
        text = sentence(clock, {clock.trigger: clock.trigger_label or clock.trigger}, timezone.localdate())
    return CasePart(_("Säilytys"), reverse("case_retention", args=[case.address]), text=text)
