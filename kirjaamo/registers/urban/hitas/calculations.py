"""Maximum prices and interests as they were computed: stored whole, never changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kirjaamo.contract.record import Record
from kirjaamo.contract.telling import Ending
from kirjaamo.kernel import fields
from kirjaamo.registers.urban.hitas import letters
from kirjaamo.registers.urban.hitas.columns import Decimals, Stored
from kirjaamo.registers.urban.hitas.homes import OPEN, Apartment
from kirjaamo.registers.urban.hitas.rules.sales import ConfirmedPrice
from kirjaamo.registers.urban.hitas.rules.types import Basis
from kirjaamo.values.calculation import Calculation
from kirjaamo.values.language import format_day
from kirjaamo.values.money import Money

DRAFT = "max_price_draft"
"""The document of a calculation that is not confirmed."""


class PriceBasis(models.TextChoices):
    """Which of the three figures became the maximum price (the codes are those of the rules)."""

    MARKET = "market", _("Markkinahintaindeksi")
    CONSTRUCTION = "construction", _("Rakennuskustannusindeksi")
    CEILING = "ceiling", _("Rajaneliöhinta")


class PriceFamily(models.TextChoices):
    """By which set of rules a price was computed (the codes are those of the rules)."""

    FROM_2011 = "from_2011", _("Säännöt vuodesta 2011")
    BEFORE_2011 = "before_2011", _("Säännöt ennen vuotta 2011")


class CalculationState(models.TextChoices):
    """Whether a calculation or a run is a draft or confirmed."""

    DRAFT = "draft", _("Luonnos")
    CONFIRMED = "confirmed", _("Vahvistettu")


class MaximumPriceCalculation(Record):
    """A maximum price (enimmäishinta) of a flat, with every line that it came from. Once confirmed nothing of it changes."""

    label = _("Enimmäishintalaskelma")
    plural = _("Enimmäishintalaskelmat")
    list_columns = ("number", "apartment", "price", "valid_until", "state")
    list_filters = ("state", "basis")
    endings = (Ending("validity_end", "valid_until", Q(state=CalculationState.CONFIRMED)),)
    number = fields.Text(_("Laskelman numero"), max_length=20, unique=True, publicity=OPEN)
    apartment = fields.Link(_("Huoneisto"), Apartment, related_name="calculations", publicity=OPEN)
    calculated_on = fields.Date(_("Laskentapäivä"), publicity=OPEN)
    price = fields.Money(_("Enimmäishinta"), publicity=OPEN)
    valid_until = fields.Date(_("Voimassa viimeistään"), publicity=OPEN)
    state = fields.Choice(_("Tila"), CalculationState, default=CalculationState.DRAFT, publicity=OPEN)
    basis = fields.Choice(_("Hinnan peruste"), PriceBasis, publicity=OPEN)
    family = fields.Choice(_("Säännöt"), PriceFamily, publicity=OPEN)
    loan = fields.Money(_("Osuus yhtiölainoista"), publicity=OPEN)
    loan_on = fields.Date(_("Lainaosuuden päivä"), publicity=OPEN)
    confirmed_at = fields.Moment(_("Vahvistettu"), null=True, blank=True, publicity=OPEN)
    information = fields.LongText(_("Lisätieto"), blank=True, publicity=OPEN)
    told = Stored(_("Laskelma"), publicity=OPEN)

    class Meta:
        """One case confirms one calculation; what is confirmed has its moment."""

        constraints = (
            models.UniqueConstraint(
                fields=("case",),
                condition=Q(state="confirmed", voided_at=None),
                name="one_confirmed_calculation_of_a_case",
                violation_error_message=_("Asiassa on jo vahvistettu enimmäishinta."),
            ),
            models.CheckConstraint(
                condition=Q(state="draft", confirmed_at=None) | Q(state="confirmed", confirmed_at__isnull=False),
                name="a_confirmed_price_has_its_moment",
                violation_error_message=_("Vahvistetulla laskelmalla on vahvistamisen hetki."),
            ),
            models.CheckConstraint(
                condition=Q(price__gt=0, loan__gte=0),
                name="a_maximum_price_is_above_zero",
                violation_error_message=_("Enimmäishinnan on oltava yli nollan."),
            ),
        )
        indexes = (models.Index(Upper("number"), name="hitas_calculation_numbers"),)

    def __str__(self) -> str:
        """The number."""
        return str(self.number)

    @property
    def calculations(self) -> Sequence[Calculation]:
        """The summary and the three runs as they were stored."""
        return [Calculation.from_data(one) for one in self.told["calculations"]]

    def kept_calculations(self) -> Sequence[Calculation]:
        """The same, to be compared with another calculation of the flat."""
        return self.calculations

    @property
    def confirmed_price(self) -> ConfirmedPrice:
        """What a sale is checked against."""
        return ConfirmedPrice(self.number, Money(self.price), Money(self.loan), self.calculated_on, self.valid_until, Basis(self.basis))

    def letter(self, type_code: str) -> Mapping[str, object]:
        """The data of the letter that tells the price."""
        assert self.case is not None  # noqa: S101 - a calculation belongs to a case
        language, flat = self.case.language, self.apartment
        return {
            "identifier": self.case.identifier,
            "draft": type_code == DRAFT,
            "number": self.number,
            "company": flat.company.name,
            "address": f"{flat.door}, {flat.company.postal_code}",
            "shares": f"{flat.share_first}–{flat.share_last}" if flat.share_first is not None else "",
            "area": letters.shown(flat.area, language),
            "price": letters.shown(Money(self.price), language),
            "loan": letters.shown(Money(self.loan), language),
            "loan_on": format_day(self.loan_on, language),
            "calculated_on": format_day(self.calculated_on, language),
            "confirmed_on": format_day(timezone.localdate(self.confirmed_at), language) if self.confirmed_at else "",
            "valid_until": format_day(self.valid_until, language),
            "information": self.information,
            "calculations": [letters.told(one, language) for one in self.calculations],
        }


class ConstructionInterest(Record):
    """Interest during construction of a flat at one rate, with the line of each instalment."""

    label = _("Rakennusaikainen korko")
    plural = _("Rakennusaikaiset korot")
    list_columns = ("apartment", "rate", "interest")
    apartment = fields.Link(_("Huoneisto"), Apartment, related_name="interests", publicity=OPEN)
    rate = Decimals(_("Korko, %"), max_digits=5, publicity=OPEN)
    interest = fields.Money(_("Korko yhteensä"), publicity=OPEN)
    told = Stored(_("Laskelma"), publicity=OPEN)

    def __str__(self) -> str:
        """The flat and the rate."""
        return f"{self.apartment} {self.rate} %"

    @property
    def calculations(self) -> Sequence[Calculation]:
        """The calculation as it was stored."""
        return [Calculation.from_data(one) for one in self.told["calculations"]]
