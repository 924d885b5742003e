"""Sales and the ownerships that they make."""

from __future__ import annotations

from fractions import Fraction

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kirjaamo.contract.record import Record
from kirjaamo.contract.telling import Ending
from kirjaamo.kernel import fields
from kirjaamo.registers.urban.hitas.calculations import MaximumPriceCalculation
from kirjaamo.registers.urban.hitas.homes import OPEN, Apartment
from kirjaamo.values.language import format_day
from kirjaamo.values.money import Money
from kirjaamo.values.publicity import PersonalData, Publicity

CONTACT = ("JulkL-24-1-31",)


class Redemption(models.TextChoices):
    """Whether the city redeems a flat that is sold again."""

    NONE = "none", _("Ei sovelleta")
    OPEN = "open", _("Ratkaisematta")
    WAIVED = "waived", _("Ei lunasteta")
    USED = "used", _("Lunastetaan")


class Sale(Record):
    """A sale (kauppa): price and share of the company's loans; a resale names the confirmed price that it was checked against."""

    label = _("Kauppa")
    plural = _("Kaupat")
    edits = ()
    endings = (Ending("validity_end", "redemption_on", Q(redeem_until__isnull=False)),)
    list_columns = ("apartment", "sold_on", "price", "deed_on")
    list_filters = ("redemption",)
    apartment = fields.Link(_("Huoneisto"), Apartment, related_name="sales", publicity=OPEN)
    sold_on = fields.Date(_("Kauppapäivä"), publicity=OPEN)
    notified_on = fields.Date(_("Ilmoitettu"), publicity=OPEN)
    price = fields.Money(_("Kauppahinta"), publicity=OPEN, personal=PersonalData.CONTAINS)
    loan = fields.Money(_("Osuus yhtiölainoista"), default=0, publicity=OPEN, personal=PersonalData.CONTAINS)
    checked_against = fields.Link(
        _("Tarkistettu enimmäishintaan"), MaximumPriceCalculation, null=True, blank=True, related_name="sales", publicity=OPEN
    )
    excluded = fields.Flag(_("Ei mukana tilastoissa"), default=False, publicity=OPEN)
    deed_due = fields.Date(_("Kauppakirja viimeistään"), null=True, blank=True, publicity=OPEN)
    deed_on = fields.Date(_("Kauppakirja saapunut"), null=True, blank=True, publicity=OPEN)
    redemption = fields.Choice(_("Lunastus"), Redemption, default=Redemption.NONE, publicity=OPEN)
    redeem_until = fields.Date(_("Lunastusoikeus päättyy"), null=True, blank=True, publicity=OPEN)
    redemption_on = fields.Date(_("Lunastus ratkaistu"), null=True, blank=True, publicity=OPEN)

    class Meta:
        """Told after it was made; a flat is sold once a day; a deed comes after the sale, a redemption has its days."""

        constraints = (
            models.CheckConstraint(
                condition=Q(notified_on__gte=F("sold_on")),
                name="a_sale_is_told_after_it_is_made",
                violation_error_message=_("Ilmoituspäivä ei voi olla ennen kauppapäivää."),
            ),
            models.CheckConstraint(
                condition=Q(price__gte=0, loan__gte=0),
                name="a_sale_has_its_price",
                violation_error_message=_("Kauppahinta ja lainaosuus eivät voi olla alle nollan."),
            ),
            models.UniqueConstraint(
                fields=("apartment", "sold_on"),
                condition=Q(voided_at=None),
                name="a_flat_is_sold_once_a_day",
                violation_error_message=_("Huoneistosta on jo kirjattu kauppa tälle päivälle."),
            ),
            models.CheckConstraint(
                condition=Q(deed_on=None) | Q(deed_on__gte=F("sold_on")),
                name="a_deed_comes_after_the_sale",
                violation_error_message=_("Kauppakirja ei voi saapua ennen kauppapäivää."),
            ),
            models.CheckConstraint(
                condition=Q(redemption="none", redeem_until=None, redemption_on=None)
                | Q(redemption="open", redeem_until__isnull=False, redemption_on=None)
                | Q(redemption__in=("waived", "used"), redeem_until__isnull=False, redemption_on__isnull=False),
                name="a_redemption_has_its_days",
                violation_error_message=_("Kirjaa lunastusoikeuden viimeinen päivä ja ratkaisun päivä."),
            ),
        )

        indexes = (
            models.Index(
                fields=("deed_due",), condition=Q(deed_on=None, deed_due__isnull=False, voided_at=None), name="hitas_deeds_awaited"
            ),
            models.Index(fields=("redeem_until",), condition=Q(redemption="open", voided_at=None), name="hitas_redemptions_open"),
            models.Index(fields=("apartment", "sold_on"), name="hitas_sales_of_a_flat"),
        )

    def __str__(self) -> str:
        """The flat and the day."""
        return f"{self.apartment} {format_day(self.sold_on, 'fi')}"

    @property
    def total(self) -> Money:
        """The debt-free price."""
        return Money(self.price) + Money(self.loan)


class Ownership(Record):
    """A share of a flat that a sale gave to an owner: `part` of `whole`. The shares of a sale sum to one."""

    label = _("Omistus")
    plural = _("Omistukset")
    list_columns = ("apartment", "owner", "part", "whole", "ended_on")
    sale = fields.Link(_("Kauppa"), Sale, related_name="ownerships", publicity=OPEN)
    apartment = fields.Link(_("Huoneisto"), Apartment, related_name="ownerships", publicity=OPEN)
    owner = fields.Person(
        _("Omistaja"), dwells=True, null=True, blank=True, related_name="+", publicity=Publicity.PARTLY_SECRET, grounds=CONTACT
    )
    part = fields.Number(_("Osuus"), default=1, publicity=OPEN)
    whole = fields.Number(_("Osuuden nimittäjä"), default=1, publicity=OPEN)
    ended_on = fields.Date(_("Päättynyt"), null=True, blank=True, publicity=OPEN)

    class Meta:
        """A share is above zero and at most the whole."""

        constraints = (
            models.CheckConstraint(
                condition=Q(part__gte=1, whole__gte=F("part")),
                name="a_share_is_a_part_of_the_whole",
                violation_error_message=_("Osuuden on oltava yli nollan ja enintään koko huoneisto."),
            ),
        )

    def __str__(self) -> str:
        """The flat and the share, never the name."""
        return f"{self.apartment} {self.part}/{self.whole}"

    @property
    def share(self) -> Fraction:
        """The share as a number."""
        return Fraction(self.part, self.whole)
