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
from kirjaamo.kernel.errors import Refused
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
from kirjaamo.registers.urban.hitas.rules.release import ReleaseOutcome, Verdict
from kirjaamo.registers.urban.hitas.rules.validity import hitas_quarter
from kirjaamo.values.money import Money

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor


from kirjaamo.registers.urban.hitas.actions.refusing import AlreadyConfirmed, told


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
    quarter = hitas_quarter(on)
    with told():
        companies, judged = facts.verdicts(on, imports.read_replacements(instead))
    if not judged:
        with told():
            raise HitasProblem("no_companies", on=f"{quarter.day}.{quarter.month}.{quarter.year}")
    run = create(RegulationRun(quarter=quarter, made_on=on, instead=instead, skipping=skipping), actor=actor)
    RegulationVerdict.objects.bulk_create([_verdict(run, companies, one) for one in judged])
    return run


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
        raise AlreadyConfirmed
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
        text = _("Postinumeroilta %(codes)s ei ole hintatietoa. Anna korvaavat postinumerot tai jätä yhtiöt odottamaan.")
        raise Refused(text % {"codes": ", ".join(waiting)}, code="hitas.area_price_missing")
    with told():
        companies, judged = facts.verdicts(held.made_on, imports.read_replacements(held.instead))
    now = {companies[one.candidate.company.key].pk: one.outcome for one in judged}
    if now != {one.company_id: ReleaseOutcome(one.outcome) for one in kept}:
        raise Refused(_("Lähtötiedot ovat muuttuneet esikatselun jälkeen. Tee esikatselu uudelleen."), code="hitas.facts_changed")


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
        raise Refused(_("Yhtiö on jo vapautunut sääntelystä."), code="hitas.already_released")
    held.status, held.released_on, held.version = status, on, held.version + 1
    held.save(update_fields=["status", "released_on", "version", "changed_at"])
    rows = Ownership.objects.filter(owner__isnull=False, ended_on=None, voided_at=None)
    regulated = rows.filter(apartment__company__status=RegulationStatus.REGULATED).values("owner_id")
    Ownership.objects.filter(apartment__company=held, owner__isnull=False).exclude(owner_id__in=regulated).update(owner=None)
    of_company = Q(new__apartment__company=held) | Q(old__apartment__company=held)
    conditions.fulfil(of_company, on, Fulfilment.RELEASED)
    ConditionOfSale.objects.filter(of_company, owner__isnull=False).exclude(owner_id__in=regulated).update(owner=None)
    return held


def _store_once(run: RegulationRun) -> None:
    """Store the confirmation; when another run of the quarter was first, say so."""
    try:
        with transaction.atomic():
            run.save(update_fields=["state", "version", "changed_at"])
    except IntegrityError as error:
        raise AlreadyConfirmed from error
