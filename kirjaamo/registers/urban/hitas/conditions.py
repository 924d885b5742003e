"""Conditions of sale: an owner of a new flat is to sell the one that they had."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kirjaamo.contract.record import OwnColumn, Record
from kirjaamo.kernel import fields
from kirjaamo.registers.urban.hitas.homes import OPEN
from kirjaamo.registers.urban.hitas.rules.conditions import SellBy, SellingStart, sell_by
from kirjaamo.registers.urban.hitas.sales import CONTACT, Ownership
from kirjaamo.values.publicity import PersonalData, Publicity


class Grace(models.TextChoices):
    """The time within which the old flat is to be sold."""

    NONE = "none", _("Ei lisäaikaa")
    THREE = "three", _("3 kuukautta")
    SIX = "six", _("6 kuukautta")


class Fulfilment(models.TextChoices):
    """How a condition of sale ended."""

    SOLD = "sold", _("Huoneisto myytiin")
    RELEASED = "released", _("Yhtiö vapautui sääntelystä")
    OTHER = "other", _("Muu peruste")


def _last_day(row: ConditionOfSale) -> dt.date | None:
    return row.sell_by


def _old_flat(row: ConditionOfSale) -> object:
    return row.old.apartment


def _new_flat(row: ConditionOfSale) -> object:
    return row.new.apartment


STARTS = {
    SellingStart.COMPLETION: _("uusi huoneisto valmistui"),
    SellingStart.FIRST_SALE: _("uusi huoneisto myytiin ensimmäisen kerran"),
    SellingStart.RESALE: _("uusi huoneisto ostettiin jälleenmyynnissä"),
}
"""From what the time for selling runs, in words."""


class ConditionOfSale(Record):
    """A condition of sale (myyntiehto): the ownership that is new, and the one that is to be sold because of it."""

    label = _("Myyntiehto")
    plural = _("Myyntiehdot")
    list_columns = (
        OwnColumn("old_flat", _("Myytävä huoneisto"), _old_flat, open=True),
        OwnColumn("sell_by", _("Myytävä viimeistään"), _last_day, open=True),
        OwnColumn("new_flat", _("Uusi huoneisto"), _new_flat, open=True),
        "grace",
        "fulfilled_on",
    )
    list_also = ("new__apartment", "new__sale", "old__apartment")
    list_filters = ("grace", "fulfilment")
    owner = fields.Person(
        _("Omistaja"), dwells=True, null=True, blank=True, related_name="+", publicity=Publicity.PARTLY_SECRET, grounds=CONTACT
    )
    new = fields.Link(_("Uusi omistus"), Ownership, related_name="conditions_of_new", publicity=OPEN, personal=PersonalData.CONTAINS)
    old = fields.Link(_("Myytävä omistus"), Ownership, related_name="conditions_of_old", publicity=OPEN, personal=PersonalData.CONTAINS)
    first_sold_on = fields.Date(_("Uuden huoneiston ensimmäinen kauppa"), publicity=OPEN)
    grace = fields.Choice(_("Lisäaika"), Grace, default=Grace.NONE, publicity=OPEN)
    fulfilled_on = fields.Date(_("Täyttynyt"), null=True, blank=True, publicity=OPEN)
    fulfilment = fields.Choice(_("Miten täyttyi"), Fulfilment, blank=True, publicity=OPEN)

    class Meta:
        """Two ownerships are bound once; what is fulfilled says how."""

        constraints = (
            models.UniqueConstraint(
                fields=("new", "old"),
                condition=Q(voided_at=None),
                name="two_ownerships_are_bound_once",
                violation_error_message=_("Omistusten välillä on jo myyntiehto."),
            ),
            models.CheckConstraint(
                condition=~Q(new=F("old")),
                name="a_condition_is_between_two_ownerships",
                violation_error_message=_("Myyntiehto on kahden eri omistuksen välillä."),
            ),
            models.CheckConstraint(
                condition=Q(fulfilled_on=None, fulfilment="") | (Q(fulfilled_on__isnull=False) & ~Q(fulfilment="")),
                name="a_fulfilled_condition_says_how",
                violation_error_message=_("Kirjaa päivä ja se, miten ehto täyttyi."),
            ),
        )
        indexes = (models.Index(fields=("id",), condition=Q(fulfilled_on=None, voided_at=None), name="hitas_open_conditions"),)

    def __str__(self) -> str:
        """The flat that is to be sold, never the name of its owner."""
        return str(self.old.apartment)

    @property
    def reckoned(self) -> SellBy | None:
        """How the last day for selling is counted, by the flat's completion as it is now; None while it is not completed."""
        return sell_by(self.new.apartment.completed_on, self.first_sold_on, self.new.sale.sold_on, self.grace)

    @property
    def sell_by(self) -> dt.date | None:
        """The last day for selling; None while the new flat is not completed."""
        return self.reckoned.day if self.reckoned else None

    @property
    def starts(self) -> object:
        """Why the time runs from its first day."""
        return STARTS[self.reckoned.start] if self.reckoned else ""
