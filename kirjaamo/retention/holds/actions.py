"""What may be done to holds: placed on named things or on a whole class, and lifted; the clocks of what they cover follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from kirjaamo.kernel import submissions
from kirjaamo.kernel.actions import action, because, running
from kirjaamo.kernel.errors import Refused
from kirjaamo.retention.actions import BATCH, reckoned
from kirjaamo.retention.holds.reading import cases_under
from kirjaamo.retention.inputs import Touched
from kirjaamo.retention.models import ClockReason, Hold, HoldItem, HoldKind

if TYPE_CHECKING:
    import uuid

    from kirjaamo.cases.models import Case
    from kirjaamo.documents.models import Document
    from kirjaamo.kernel.actors import Actor
    from kirjaamo.tos.models import FunctionClass


@dataclass(frozen=True)
class Scope:
    """What a hold covers: all cases of a class and below it, or named cases and documents."""

    function_class: FunctionClass | None = None
    cases: Sequence[Case] = ()
    documents: Sequence[Document] = ()

    @property
    def named(self) -> bool:
        """Whether it names its cases and documents."""
        return bool(self.cases or self.documents)


@action("Aseta hävittämiskielto", needs="retention.hold")
def place(scope: Scope, kind: HoldKind, ground: str, *, actor: Actor, source: str = "", key: uuid.UUID | None = None) -> Hold | None:
    """Forbid the destruction and transfer of what a scope covers, from now until it is lifted.

    It holds at once, also for what is added later; the clocks of the first cases follow in the same transaction, the rest by the worker.
    With the `key` of a form a second send does nothing.
    """
    if not ground.strip():
        raise Refused(_("Kerro, millä perusteella hävittäminen kielletään."), code="retention.no_ground", field="ground")
    if scope.named == (scope.function_class is not None):
        raise Refused(
            _("Valitse, mitä kielto koskee: joko tehtäväluokka tai nimetyt asiat ja asiakirjat."), code="retention.no_scope", field="cases"
        )
    if key is not None and submissions.claim(key) is not None:
        return None
    because(ground)
    hold = Hold(
        kind=kind.value,
        function_class=scope.function_class,
        ground=ground.strip(),
        source=source,
        placed_at=running().at,
        placed_by=actor.actor_ref,
    )
    hold.save()
    items = [HoldItem(hold=hold, case=case) for case in scope.cases] + [HoldItem(hold=hold, document=one) for one in scope.documents]
    HoldItem.objects.bulk_create(items)
    _begin(hold, actor)
    return hold


@action("Kumoa hävittämiskielto", needs="retention.hold")
def lift(hold: Hold, reason: str, *, actor: Actor) -> Hold:
    """Lift a hold with a reason. What another hold still covers stays held."""
    if not reason.strip():
        raise Refused(_("Kerro, miksi hävittämiskielto kumotaan."), code="retention.no_reason", field="reason")
    held = Hold.objects.select_for_update().get(pk=hold.pk)
    if not held.in_force:
        raise Refused(_("Hävittämiskielto on jo kumottu. Lataa sivu uudelleen."), code="retention.lifted")
    because(reason)
    held.lifted_at, held.lifted_by, held.lifted_reason = running().at, actor.actor_ref, reason.strip()
    _begin(held, actor)
    return held


@action("Laske kiellon säilytysajat", needs="retention.hold")
def go_on(hold: Hold, *, actor: Actor) -> bool:
    """Let the clocks of the next cases follow a hold or its lifting; False when all have."""
    held = Hold.objects.select_for_update().get(pk=hold.pk)
    if held.has_spread:
        return False
    _batch(held, actor)
    return not held.has_spread


def _begin(hold: Hold, actor: Actor) -> None:
    hold.begin(cases_under(hold).count())
    hold.save()
    _batch(hold, actor)


def _batch(hold: Hold, actor: Actor) -> None:
    keys = list(cases_under(hold).filter(pk__gt=hold.last_case).order_by("pk").values_list("pk", flat=True)[:BATCH])
    if keys:
        reason = ClockReason.HOLD_PLACED if hold.in_force else ClockReason.HOLD_LIFTED
        reckoned(Touched(cases=set(keys)), reason, actor=actor)
    hold.went(keys[-1] if len(keys) == BATCH else None, len(keys), running().at)
    hold.save(update_fields=["last_case", "done", "total", "spread_at"])
