"""Monthly index values and the average prices of postal codes: dated rows with their source."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kirjaamo.contract.record import Record
from kirjaamo.kernel import fields
from kirjaamo.registers.urban.hitas.columns import Decimals, Stored
from kirjaamo.registers.urban.hitas.homes import OPEN
from kirjaamo.registers.urban.hitas.rules.indices import IndexKind, IndexRow
from kirjaamo.values.calculation import Calculation


class IndexSeries(models.TextChoices):
    """The series of monthly figures (the codes are those of the rules)."""

    CONSTRUCTION = "construction", _("Rakennuskustannusindeksi")
    MARKET = "market", _("Markkinahintaindeksi")
    CONSTRUCTION_2005 = "construction_2005", _("Rakennuskustannusindeksi (2005 = 100)")
    MARKET_2005 = "market_2005", _("Markkinahintaindeksi (2005 = 100)")
    CEILING = "ceiling", _("Rajaneliöhinta")
    MAXIMUM = "maximum", _("Enimmäishintaindeksi")


class IndexValue(Record):
    """One month of a series. A corrected figure is a new row; the old one is voided and stays in sight."""

    label = _("Indeksiluku")
    plural = _("Indeksiluvut")
    open_data = True
    adds = ("series", "month", "value", "source")
    list_columns = ("month", "series", "value", "source")
    series = fields.Choice(_("Sarja"), IndexSeries, publicity=OPEN)
    month = fields.Date(_("Kuukausi"), publicity=OPEN)
    value = Decimals(_("Arvo"), publicity=OPEN)
    source = fields.Text(_("Lähde"), max_length=300, publicity=OPEN)
    calculation = Stored(_("Laskelma"), null=True, blank=True, publicity=OPEN)

    class Meta:
        """A month has one valid figure, and a month is its first day."""

        constraints = (
            models.UniqueConstraint(
                fields=("series", "month"),
                condition=Q(voided_at=None),
                name="a_month_has_one_figure",
                violation_error_message=_("Sarjassa on jo luku tälle kuukaudelle. Mitätöi se ennen korjatun luvun lisäämistä."),
            ),
            models.CheckConstraint(
                condition=Q(month__day=1), name="a_month_is_its_first_day", violation_error_message=_("Anna kuukauden ensimmäinen päivä.")
            ),
            models.CheckConstraint(
                condition=Q(value__gt=0), name="an_index_is_above_zero", violation_error_message=_("Luvun on oltava yli nollan.")
            ),
        )

    def __str__(self) -> str:
        """The series and the month."""
        return f"{self.get_series_display()} {self.month.month}/{self.month.year}"

    @property
    def calculations(self) -> Sequence[Calculation]:
        """How a price ceiling was computed here; none for a figure that was loaded."""
        return [Calculation.from_data(one) for one in (self.calculation or {}).get("calculations", [])]

    def as_row(self) -> IndexRow:
        """The figure as the rules read it."""
        return IndexRow(IndexKind(self.series), self.month, self.value, self.source, str(self.pk))


class AreaPrice(Record):
    """Sales outside Hitas in a postal code in a quarter: the average price per square metre and of how many sales it is."""

    label = _("Alueen hintatieto")
    plural = _("Alueiden hintatiedot")
    open_data = True
    adds = ("postal_code", "quarter", "price", "sales", "source")
    postal_code = fields.Text(_("Postinumero"), max_length=5, publicity=OPEN)
    quarter = fields.Date(_("Neljänneksen ensimmäinen päivä"), publicity=OPEN)
    price = fields.Money(_("Neliöhinta"), publicity=OPEN)
    sales = fields.Number(_("Kauppojen määrä"), publicity=OPEN)
    source = fields.Text(_("Lähde"), max_length=300, publicity=OPEN)

    class Meta:
        """One row for a postal code and a quarter."""

        constraints = (
            models.UniqueConstraint(
                fields=("postal_code", "quarter"),
                condition=Q(voided_at=None),
                name="a_quarter_has_one_price_of_an_area",
                violation_error_message=_("Postinumerolla on jo hintatieto tälle neljännekselle."),
            ),
            models.CheckConstraint(
                condition=Q(quarter__day=1, quarter__month__in=(1, 4, 7, 10)),
                name="a_quarter_is_its_first_day",
                violation_error_message=_("Anna neljänneksen ensimmäinen päivä."),
            ),
            models.CheckConstraint(
                condition=Q(price__gt=0, sales__gte=1),
                name="an_average_is_of_sales",
                violation_error_message=_("Hinnan on oltava yli nollan ja kauppoja vähintään yksi."),
            ),
        )

    def __str__(self) -> str:
        """The postal code and the quarter."""
        return f"{self.postal_code} {(self.quarter.month + 2) // 3}/{self.quarter.year}"
