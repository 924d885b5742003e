"""Verbs of the 30-year rule: preview, confirm, release."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kirjaamo.contract.actions import action, create
from kirjaamo.contract.forms import Ask
from kirjaamo.kernel.errors import BadInput, OutOfOrder
from kirjaamo.registers.urban.hitas import facts, imports
from kirjaamo.registers.urban.hitas.actions import conditions
from kirjaamo.registers.urban.hitas.models import (
    CalculationState,
    ConditionOfSale,
    Fulfilment,
    HousingCompany,
    Ownership,
    RegulationOutcome,
    RegulationRun,
    RegulationStatus,
    RegulationVerdict,
)
from kirjaamo.registers.urban.hitas.rules.problems import HitasProblem
from kirjaamo.registers.urban.hitas.rules.release import Verdict, sales_period, years_of
from kirjaamo.registers.urban.hitas.rules.types import HitasType
from kirjaamo.registers.urban.hitas.rules.validity import hitas_quarter
from kirjaamo.ui import wording
from kirjaamo.values.deadlines import Unit, shift
from kirjaamo.values.money import Money

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor


from kirjaamo.registers.urban.hitas.actions.refusing import AlreadyConfirmed, refusal, told

NAMED = 5


@action(_("Esikatsele 30 vuoden tarkistus"), needs="write")
def prepare_run(
    on: Annotated[dt.date, Ask(_("Päivä neljänneksellä"))],
    instead: Annotated[
        str,
        Ask(
            _("Korvaavat postinumerot"),
            hint=_("Yksi rivi kutakin kohti: 00550=00510,00520. Niiden hintojen keskiarvoa käytetään."),
            long=True,
        ),
    ] = "",
    skipping: Annotated[bool, Ask(_("Yhtiöt ilman hintatietoa jätetään odottamaan"))] = False,  # noqa: FBT002 - a box of a form
    *,
    actor: Actor,
) -> RegulationRun:
    """Judge every company that is due in the Hitas quarter of a day and keep the verdicts as a draft: a preview that changes no company."""
    quarter, read = hitas_quarter(on), imports.read_replacements(instead.splitlines())
    if read.faults:
        raise BadInput(read.told(), code="hitas.bad_rows", field="instead")
    with told():
        companies, judged = facts.verdicts(on, read.rows)
        if not judged:
            raise _none_due(quarter)
    run = create(RegulationRun(quarter=quarter, made_on=on, instead=instead, skipping=skipping), actor=actor)
    RegulationVerdict.objects.bulk_create([_verdict(run, companies, one) for one in judged])
    return run


def _none_due(quarter: dt.date) -> HitasProblem:
    rows = [years_of(kind, quarter) for kind in (HitasType.HITAS_1, HitasType.HALF_HITAS)]
    sources = "; ".join(dict.fromkeys(row.source for row in rows))
    return HitasProblem("none_due", source=sources, on=quarter, years=rows[0].whole, half=rows[1].whole)


def _verdict(run: RegulationRun, companies: Mapping[str, HousingCompany], one: Verdict) -> RegulationVerdict:
    comparison = one.calculation
    return RegulationVerdict(
        run=run,
        company=companies[one.candidate.company.key],
        outcome=one.outcome.value,
        compared=comparison.result.amount if comparison is not None and isinstance(comparison.result, Money) else None,
        told={"calculations": [comparison.as_data()] if comparison is not None else []},
    )


def _is_draft(run: RegulationRun) -> bool:
    return bool(run.state == CalculationState.DRAFT)


def _is_regulated(company: HousingCompany) -> bool:
    return bool(company.status == RegulationStatus.REGULATED)


@action(_("Vahvista tarkistus"), needs="decide", when=_is_draft)
def confirm_run(run: RegulationRun, *, actor: Actor) -> RegulationRun:
    """Confirm a run whose verdicts still hold: companies are released, and owners with no regulated flat left are forgotten."""
    held = RegulationRun.objects.select_for_update().get(pk=run.pk)
    if held.state == CalculationState.CONFIRMED:
        raise _confirmed_first(held)
    kept = list(RegulationVerdict.objects.filter(run=held).select_related("company").order_by("id"))
    _may_release(held, kept)
    held.state, held.version = CalculationState.CONFIRMED, held.version + 1
    _store_once(held)
    for one in kept:
        if one.outcome in {RegulationOutcome.AUTOMATIC, RegulationOutcome.RELEASED}:
            release_company(one.company, held.made_on, RegulationStatus.RELEASED_BY_HITAS, actor=actor)
    return held


def _may_release(held: RegulationRun, kept: Sequence[RegulationVerdict]) -> None:
    """Refuse a run with companies that wait for a price, unless that was accepted, and one whose verdicts would now be others."""
    waiting = sorted({one.company.postal_code for one in kept if one.outcome == RegulationOutcome.SKIPPED})
    if waiting and not held.skipping:
        first, end = sales_period(held.made_on)
        last = shift(end, -1, Unit.DAYS)
        raise refusal(HitasProblem("area_price_missing", codes=", ".join(waiting), first=first, last=last))
    with told():
        companies, judged = facts.verdicts(held.made_on, imports.read_replacements(held.instead.splitlines()).rows)
    now = {companies[one.candidate.company.key]: one.outcome.value for one in judged}
    before = {one.company: one.outcome for one in kept}
    changed = [company for company in {**before, **now} if before.get(company) != now.get(company)]
    if changed:
        raise OutOfOrder(_what_changed(changed, before, now), code="hitas.facts_changed")


def _what_changed(changed: Sequence[HousingCompany], before: Mapping[HousingCompany, str], now: Mapping[HousingCompany, str]) -> object:
    """Which verdicts are others than those that were previewed: the first of them by name."""
    labels = {outcome.value: str(outcome.label) for outcome in RegulationOutcome}
    none = str(_("ei tarkisteta"))
    lines = [
        f"{one}: {labels.get(before.get(one, ''), none)} → {labels.get(now.get(one, ''), none)}"
        for one in sorted(changed, key=lambda company: company.name)[:NAMED]
    ]
    text = _("Lähtötiedot ovat muuttuneet esikatselun jälkeen, ja ratkaisuja on toisin: %(count)d. %(lines)s. Tee esikatselu uudelleen.")
    return text % {"count": len(changed), "lines": "; ".join(lines)}


@action(_("Vapauta yhtiö sääntelystä"), needs="decide", when=_is_regulated)
def release_by_plot(company: HousingCompany, on: Annotated[dt.date, Ask(_("Vapautumispäivä"))], *, actor: Actor) -> HousingCompany:
    """Release a company on the ground of its plot."""
    return release_company(company, on, RegulationStatus.RELEASED_BY_PLOT, actor=actor)


@action(_("Vapauta yhtiö sääntelystä"), needs="decide")
def release_company(company: HousingCompany, on: dt.date, status: RegulationStatus, *, actor: Actor) -> HousingCompany:
    """Release a company and take the names of owners off its ownerships when they own no other regulated flat."""
    del actor
    held = HousingCompany.objects.select_for_update().get(pk=company.pk)
    if held.status != RegulationStatus.REGULATED:
        values = {"company": held, "day": wording.day(held.released_on) if held.released_on else "–", "how": held.get_status_display()}
        raise OutOfOrder(_("Yhtiö %(company)s on vapautunut jo %(day)s: %(how)s.") % values, code="hitas.already_released")
    held.status, held.released_on, held.version = status, on, held.version + 1
    held.save(update_fields=["status", "released_on", "version", "changed_at"])
    of_company = Q(new__apartment__company=held) | Q(old__apartment__company=held)
    conditions.fulfil(of_company, on, Fulfilment.RELEASED)
    _forget_owners()
    return held


def _forget_owners() -> None:
    """Take the owners of flats in released companies who own no regulated flat now off every ownership and condition that names them."""
    rows = Ownership.objects.filter(owner__isnull=False, ended_on=None, voided_at=None)
    regulated = rows.filter(apartment__company__status=RegulationStatus.REGULATED).values("owner_id")
    released = Ownership.objects.filter(owner__isnull=False).exclude(apartment__company__status=RegulationStatus.REGULATED)
    named = released.exclude(owner_id__in=regulated)
    forgotten = list(named.order_by().values_list("owner_id", flat=True).distinct())
    Ownership.objects.filter(owner_id__in=forgotten).update(owner=None)
    ConditionOfSale.objects.filter(owner_id__in=forgotten).update(owner=None)


def _confirmed_first(run: RegulationRun) -> AlreadyConfirmed:
    """That somebody was first: which quarter's run stands, and of which day it is."""
    first = RegulationRun.objects.filter(quarter=run.quarter, state=CalculationState.CONFIRMED).first() or run
    values = {"quarter": wording.day(run.quarter), "made": wording.day(first.made_on), "at": wording.moment(first.changed_at)}
    text = _("Neljänneksen %(quarter)s tarkistus vahvistettiin jo %(at)s; se tehtiin päivältä %(made)s. Sinun ei tarvitse tehdä mitään.")
    return AlreadyConfirmed(text % values)


def _store_once(run: RegulationRun) -> None:
    """Store the confirmation; when another run of the quarter was first, say so."""
    try:
        with transaction.atomic():
            run.save(update_fields=["state", "version", "changed_at"])
    except IntegrityError as error:
        raise _confirmed_first(run) from error
