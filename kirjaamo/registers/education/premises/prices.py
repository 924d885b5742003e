"""Dated rows: price lists with their prices, value added tax, and the order in which activities are served."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kirjaamo.contract.record import OwnColumn, Record
from kirjaamo.kernel import fields
from kirjaamo.mechanisms.dated import RowKnown, one_at_a_time
from kirjaamo.registers.education.premises.choices import Group, RoomKind
from kirjaamo.registers.education.premises.columns import Percent
from kirjaamo.registers.education.premises.facts import OPEN
from kirjaamo.ui import wording


class PriceList(Record):
    """A price list (hinnasto) with its time and the decision behind it. Two lists are never in force at once."""

    label = _("Hinnasto")
    plural = _("Hinnastot")
    open_data = True
    list_columns = ("title", "valid", "source")
    title = fields.Text(_("Hinnasto"), publicity=OPEN)
    valid = fields.Period(_("Voimassa"), publicity=OPEN)
    source = fields.Text(_("Päätös"), publicity=OPEN)

    class Meta:
        """One list at a time."""

        constraints = (
            one_at_a_time(
                "one_price_list_at_a_time", _("Toinen hinnasto on voimassa samaan aikaan. Päätä se ensin tai muuta voimassaoloa.")
            ),
        )

    def __str__(self) -> str:
        """Its title."""
        return str(self.title)


def _price(row: Price) -> str:
    return wording.euro(row.hourly)


class Price(Record):
    """A price (hinta) of an hour, without value added tax."""

    label = _("Hinta")
    plural = _("Hinnat")
    open_data = True
    list_columns = ("kind", "group", "weekend", "self_supervised", OwnColumn("price", _("Hinta tunnilta"), _price, open=True, numeric=True))
    list_filters = ("kind", "group")
    price_list = fields.Link(_("Hinnasto"), PriceList, related_name="prices", publicity=OPEN)
    kind = fields.Choice(_("Tilan laji"), RoomKind, publicity=OPEN)
    group = fields.Choice(_("Maksuryhmä"), Group, publicity=OPEN)
    weekend = fields.Flag(_("Viikonloppu"), default=False, publicity=OPEN)
    self_supervised = fields.Flag(_("Omatoiminen käyttö"), default=False, publicity=OPEN)
    hourly = fields.Money(_("Hinta tunnilta ilman arvonlisäveroa"), publicity=OPEN)

    class Meta:
        """Each price once in its list, and none below zero."""

        constraints = (
            models.UniqueConstraint(
                fields=("price_list", "kind", "group", "weekend", "self_supervised"),
                name="each_price_once_in_its_list",
                violation_error_message=_("Hinnastossa on jo sama hinta."),
            ),
            models.CheckConstraint(
                condition=Q(hourly__gte=0), name="a_price_is_not_negative", violation_error_message=_("Hinta ei voi olla negatiivinen.")
            ),
        )

    def __str__(self) -> str:
        """What it prices."""
        return f"{self.get_kind_display()}, {self.get_group_display()}, {wording.euro(self.hourly)}"


class TaxRate(Record):
    """A rate of value added tax (verokanta) that is added to fees, with its time and source. Two are never in force at once."""

    label = _("Arvonlisäverokanta")
    plural = _("Arvonlisäverokannat")
    open_data = True
    percent = Percent(_("Verokanta prosentteina"), publicity=OPEN)
    valid = fields.Period(_("Voimassa"), publicity=OPEN)
    source = fields.Text(_("Lähde"), publicity=OPEN)
    known = fields.Choice(_("Miten tiedetään"), RowKnown, default=RowKnown.READ, publicity=OPEN)

    class Meta:
        """One rate at a time, of zero to a hundred per cent."""

        constraints = (
            models.CheckConstraint(
                condition=Q(percent__gte=0, percent__lte=100),
                name="a_tax_rate_is_a_percentage",
                violation_error_message=_("Verokanta on 0–100 prosenttia."),
            ),
            one_at_a_time("one_tax_rate_at_a_time", _("Toinen verokanta on voimassa samaan aikaan. Päätä se ensin.")),
        )

    def __str__(self) -> str:
        """The percentage."""
        return f"{wording.figure(self.percent.normalize())} %"


class RankOrder(Record):
    """The order (jakojärjestys) in which activities are served when standing turns are allocated, with its time and source."""

    label = _("Jakojärjestys")
    plural = _("Jakojärjestykset")
    open_data = True
    order = fields.Text(_("Toiminnat järjestyksessä"), publicity=OPEN)
    valid = fields.Period(_("Voimassa"), publicity=OPEN)
    source = fields.Text(_("Päätös"), publicity=OPEN)

    class Meta:
        """One order at a time."""

        constraints = (
            one_at_a_time(
                "one_order_of_ranks_at_a_time", _("Toinen jakojärjestys on voimassa samaan aikaan. Päätä se ensin tai muuta voimassaoloa.")
            ),
        )

    def __str__(self) -> str:
        """Its source."""
        return str(self.source)
