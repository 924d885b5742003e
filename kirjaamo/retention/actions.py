"""What may be done to clocks: they are reckoned when an input changes, and a person or a register tells what happened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kirjaamo.cases.models import Case
from kirjaamo.kernel import submissions
from kirjaamo.kernel.actions import action, because, running
from kirjaamo.kernel.errors import Refused
from kirjaamo.retention.inputs import Reckoned, Touched, hold, of_cases, of_documents, touched
from kirjaamo.retention.models import ClockReason, RetentionClock, TriggerEvent
from kirjaamo.retention.triggers import KNOWN
from kirjaamo.tos.clocks import ORDER
from kirjaamo.tos.models import CodeValue

if TYPE_CHECKING:
    import uuid

    from kirjaamo.documents.models import Document
    from kirjaamo.kernel.actors import Actor
    from kirjaamo.kernel.journal import Write

VALUE = ("state", "node_id", "trigger", "trigger_on", "start_on", "last_day", "held", "campaign_id")
WRITTEN = [*(name.removesuffix("_id") for name in VALUE), "longest", "reason", "reckoned_at", "reckoned_by"]
BATCH = 500


def inputs_changed(writes: Sequence[Write]) -> None:
    """Reckon the clocks whose inputs an action has just written; called by the kernel within that action (`kernel.following`)."""
    found = touched(writes)
    if found:
        reckon(found, found.reason, actor=running().actor)


@action("Laske säilytysajat", needs="retention.tell")
def reckon(found: Touched, reason: ClockReason | None, *, actor: Actor) -> int:
    """Reckon the clocks of documents and then of their cases; write those that changed and return how many."""
    return len(reckoned(found, reason, actor=actor))


def reckoned(found: Touched, reason: ClockReason | None, *, actor: Actor) -> Sequence[Reckoned]:
    """The same for an action under way, which also wants to know the clocks that changed: those of documents, then of cases.

    A fixed number of statements. Without a `reason` the state of the case is the reason. What a clock said before is kept by the
    database.
    """
    on = timezone.localdate(running().at)
    hold(found)
    rows = list(of_documents(found, on))
    documents = [one for one in longest(rows).values() if one.changed]
    _write(documents, "document", reason, actor)
    cases = [one for one in of_cases({row.case for row in rows}) if one.changed]
    _write(cases, "case", reason, actor, {row.case: row.closed for row in rows})
    return [*documents, *cases]


def longest(rows: Sequence[Reckoned]) -> Mapping[int, Reckoned]:
    """One clock of each document: in several cases the longest holds, and a hold on any of them."""
    found: dict[int, Reckoned] = {}
    held = {row.target for row in rows if row.held}
    for row in rows:
        other = found.get(row.target)
        if other is None or _length(row) > _length(other):
            found[row.target] = row.as_held() if row.target in held else row
    return found


def _length(row: Reckoned) -> tuple[int, dt.date]:
    return ORDER[row.clock.state], row.clock.last_day or dt.date.min


def _write(
    rows: Sequence[Reckoned], target: str, reason: ClockReason | None, actor: Actor, closed: Mapping[int, bool] | None = None
) -> None:
    if not rows:
        return
    at, by = running().at, actor.actor_ref
    clocks = []
    for row in rows:
        is_closed = closed.get(row.target, False) if closed is not None else row.closed
        told = reason or (ClockReason.CASE_CLOSED if is_closed else ClockReason.CASE_REOPENED)
        facts = dict(zip(VALUE, row.value, strict=True))
        clocks.append(
            RetentionClock(**{f"{target}_id": row.target}, **facts, longest_id=row.longest, reason=told, reckoned_at=at, reckoned_by=by)
        )
    RetentionClock.objects.bulk_create(clocks, update_conflicts=True, unique_fields=[target], update_fields=WRITTEN)


@action("Tarkista säilytysajat", needs="retention.tell")
def reckon_cases(cases: Collection[int], *, actor: Actor) -> int:
    """Reckon all clocks of cases anew and return how many differed: a nightly check, and the first reckoning of old cases."""
    return reckon(Touched(cases=set(cases)), ClockReason.CHECKED, actor=actor)


@action("Kerro säilytysajan alkava tapahtuma", needs="retention.tell")
def tell_event(
    case: Case,
    trigger: str,
    on: dt.date | None,
    *,
    actor: Actor,
    document: Document | None = None,
    source: str = "",
    note: str = "",
    key: uuid.UUID | None = None,
) -> TriggerEvent | None:
    """Tell on which day something happened from which retention counts; `on` None takes back what was told. Clocks follow at once.

    A register calls this within its own action (a contract ended, a building was demolished). With the `key` of a form a second
    send does nothing. `Refused` for a trigger that the case register knows itself, and for a day to come.
    """
    if trigger in KNOWN or not CodeValue.objects.filter(list_name="RetentionPeriodStart", code=trigger).exists():
        raise Refused(
            _("Tätä tapahtumaa ei kerrota erikseen: sen päivä tulee asian tai asiakirjan tiedoista."),
            code="retention.not_told",
            field="trigger",
        )
    if on is not None and on > timezone.localdate(running().at):
        raise Refused(_("Tapahtuman päivä on tulevaisuudessa. Kerro tapahtuma, kun se on tapahtunut."), code="retention.future", field="on")
    if key is not None and submissions.claim(key) is not None:
        return None
    because(note)
    event = TriggerEvent.of(
        case=case,
        document=document,
        trigger=trigger,
        happened_on=on,
        source=source,
        note=note,
        told_at=running().at,
        told_by=actor.actor_ref,
    )
    reckon(Touched(cases={case.pk}), ClockReason.EVENT_TOLD, actor=actor)
    return event
