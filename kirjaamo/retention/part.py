"""What the room tells on the pages of a case and of a document: how long it is kept, and a way to the clocks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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

    from django.db.models import QuerySet

    from kirjaamo.cases.models import Case
    from kirjaamo.cases.whole import Whole
    from kirjaamo.documents.models import Document
    from kirjaamo.kernel.actors import Actor


def case_clock(told: Whole, refs: Sequence[int], actor: Actor) -> CasePart | None:
    """How long a case is kept: as its longest document (one statement). Every case has a clock, so none stands beside it."""
    del refs
    case = told.case
    if not actor.may("cases.read"):
        return None
    clock = _named(RetentionClock.objects.filter(case=case))
    text = _said(clock) if clock else _("Säilytysaika lasketaan, kun asiassa on asiakirjoja.")
    return CasePart(_("Säilytys"), reverse("case_retention", args=[case.address]), text=text)


def document_clock(case: Case, document: Document, actor: Actor) -> CasePart | None:
    """How long a document is kept (one statement), and where its clock and what it said before are told."""
    if not actor.may("cases.read"):
        return None
    clock = _named(RetentionClock.objects.filter(document=document))
    text = _said(clock) if clock else _("Säilytysaika lasketaan hetken kuluttua.")
    return CasePart(_("Säilytys"), f"{reverse('case_retention', args=[case.address])}#asiakirja-{document.pk}", text=text)


def _named(clocks: QuerySet[RetentionClock]) -> Any:
    """The clock with the name of its trigger; None when there is none."""
    label = CodeValue.objects.filter(list_name="RetentionPeriodStart", code=OuterRef("trigger")).values("label")[:1]
    return clocks.annotate(trigger_label=Subquery(label)).first()


def _said(clock: Any) -> str:
    told = sentence(clock, {clock.trigger: clock.trigger_label or clock.trigger}, timezone.localdate())
    return f"{told} {_('Hävittäminen on kielletty.')}" if clock.held else told
