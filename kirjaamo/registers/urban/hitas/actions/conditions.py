"""Verbs of conditions of sale: bound by a sale, given grace, fulfilled by the next sale, by release or by another ground."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kirjaamo.contract.actions import action, change, create
from kirjaamo.contract.forms import Ask
from kirjaamo.kernel.errors import OutOfOrder
from kirjaamo.registers.urban.hitas import facts
from kirjaamo.registers.urban.hitas.models import Apartment, ConditionOfSale, Fulfilment, Grace, Ownership
from kirjaamo.registers.urban.hitas.rules.conditions import must_sell
from kirjaamo.ui import wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kirjaamo.kernel.actors import Actor


def _is_open(condition: ConditionOfSale) -> bool:
    return condition.fulfilled_on is None and condition.voided_at is None


@action(_("Anna lisäaikaa"), needs="decide", when=_is_open)
def give_grace(condition: ConditionOfSale, grace: Annotated[Grace, Ask(_("Lisäaika"))], *, actor: Actor) -> ConditionOfSale:
    """Give the owner a time of grace for selling the old flat, counted from the completion or the first sale of the new one."""
    _ask_open(condition)
    return change(condition, {"grace": grace}, version=condition.version, actor=actor)


@action(_("Merkitse täyttyneeksi"), needs="decide", when=_is_open)
def fulfil_condition(condition: ConditionOfSale, on: Annotated[dt.date, Ask(_("Täyttynyt"))], *, actor: Actor) -> ConditionOfSale:
    """End a condition on another ground than a sale or a release, which end it by themselves."""
    _ask_open(condition)
    return change(condition, {"fulfilled_on": on, "fulfilment": Fulfilment.OTHER}, version=condition.version, actor=actor)


def _ask_open(condition: ConditionOfSale) -> None:
    if not _is_open(condition):
        raise OutOfOrder(_ended(condition), code="hitas.condition_ended")


def _ended(condition: ConditionOfSale) -> object:
    """In which state a condition is that is open no more."""
    if condition.fulfilled_on is None:
        return _("Myyntiehto on mitätöity. Sitä ei enää muuteta.")
    told = {"day": wording.day(condition.fulfilled_on), "how": condition.get_fulfilment_display()}
    return _("Myyntiehto päättyi %(day)s: %(how)s. Sitä ei enää muuteta.") % told


def bind(made: Sequence[Ownership], *, actor: Actor) -> None:
    """Bind what new ownerships ask: the owner's other flats of the rules of 2011 are to be sold. Within a verb."""
    for new in made:
        others = Ownership.objects.filter(owner=new.owner_id, ended_on=None, voided_at=None).exclude(apartment=new.apartment_id)
        for old in others.select_related("apartment__company").order_by("id"):
            if must_sell(facts.owned(new.apartment), facts.owned(old.apartment)):
                first = facts.first_sale(new.apartment)
                create(ConditionOfSale(owner=new.owner, new=new, old=old, first_sold_on=first or new.sale.sold_on), actor=actor)


def fulfil(within: Q, on: dt.date, how: Fulfilment) -> None:
    """End the open conditions of some ownerships. Within a verb."""
    ConditionOfSale.objects.filter(within, fulfilled_on=None, voided_at=None).update(fulfilled_on=on, fulfilment=how)


def of_flat(apartment: Apartment) -> Q:
    """The conditions in which a flat is the new or the old one."""
    return Q(new__apartment=apartment) | Q(old__apartment=apartment)
