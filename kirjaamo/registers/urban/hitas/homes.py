"""Companies, flats and improvements."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from kirjaamo.contract.constraints import OneKey
from kirjaamo.contract.record import Record
from kirjaamo.kernel import fields
from kirjaamo.registers.urban.hitas.columns import Decimals
from kirjaamo.values.business_id import BusinessId
from kirjaamo.values.problems import ValueProblem
from kirjaamo.values.publicity import PersonalData, Publicity

OPEN = Publicity.PUBLIC
FINANCES = ("JulkL-24-1-23",)


class HitasKind(models.TextChoices):
    """The kind of regulation of a company (the codes are those of the rules)."""

    NON_HITAS = "non_hitas", _("Ei Hitas")
    HITAS_1 = "hitas_1", _("Hitas I")
    HITAS_2 = "hitas_2", _("Hitas II")
    HITAS_1_NO_INTEREST = "hitas_1_no_interest", _("Hitas I, ei korkoja")
    HITAS_2_NO_INTEREST = "hitas_2_no_interest", _("Hitas II, ei korkoja")
    NEW_HITAS_1 = "new_hitas_1", _("Uusi Hitas I")
    NEW_HITAS_2 = "new_hitas_2", _("Uusi Hitas II")
    RR_NEW_HITAS = "rr_new_hitas", _("Ryhmärakennuttamisen uusi Hitas")
    HALF_HITAS = "half_hitas", _("Puolihitas")
    RENTAL_HITAS_1 = "rental_hitas_1", _("Vuokratalo Hitas I")
    RENTAL_HITAS_2 = "rental_hitas_2", _("Vuokratalo Hitas II")


class RegulationStatus(models.TextChoices):
    """Whether a company's prices are regulated."""

    REGULATED = "regulated", _("Säännelty")
    RELEASED_BY_HITAS = "released_by_hitas", _("Vapautunut 30 vuoden säännöllä")
    RELEASED_BY_PLOT = "released_by_plot", _("Vapautunut tontin luovutuksen perusteella")


class ImprovementRun(models.TextChoices):
    """In which run of the rules before 2011 an improvement counts (the codes are those of the rules)."""

    BOTH = "both", _("Molemmissa laskelmissa")
    MARKET = "market", _("Markkinahintaindeksin laskelmassa")
    CONSTRUCTION = "construction", _("Rakennuskustannusindeksin laskelmassa")


class ShareRange(Func):
    """Share numbers from the first to the last, both in."""

    function = "int8range"
    output_field = BigIntegerRangeField()


def _flats_of(count: int) -> object:
    return _("Tähän kuuluu huoneistoja %(count)d. Mitätöi ne ensin.") % {"count": count} if count else ""


class HousingCompany(Record):
    """A housing company (taloyhtiö) of the Hitas regulation."""

    label = _("Taloyhtiö")
    plural = _("Taloyhtiöt")
    adds = (
        "name",
        "display_name",
        "business_id",
        "kind",
        "address",
        "postal_code",
        "cost_area",
        "manager",
        "developer",
        "acquisition",
        "primary_loan",
    )
    edits = ("display_name", "address", "postal_code", "cost_area", "manager", "developer", "acquisition", "primary_loan", "excluded")
    list_columns = ("name", "postal_code", "kind", "status", "manager")
    list_filters = ("status", "kind")
    open_data = True
    name = fields.Text(_("Yhtiön nimi"), unique=True, publicity=OPEN)
    display_name = fields.Text(_("Käyttönimi"), max_length=100, blank=True, publicity=OPEN)
    business_id = fields.Text(_("Y-tunnus"), max_length=9, blank=True, publicity=OPEN)
    kind = fields.Choice(_("Hitas-tyyppi"), HitasKind, publicity=OPEN)
    status = fields.Choice(_("Sääntely"), RegulationStatus, default=RegulationStatus.REGULATED, publicity=OPEN)
    released_on = fields.Date(_("Vapautunut"), null=True, blank=True, publicity=OPEN)
    address = fields.Text(_("Katuosoite"), publicity=OPEN)
    postal_code = fields.Text(_("Postinumero"), max_length=5, publicity=OPEN)
    cost_area = fields.Number(_("Kalleusalue"), null=True, blank=True, publicity=OPEN)
    manager = fields.Text(_("Isännöitsijä"), blank=True, publicity=OPEN)
    developer = fields.Text(_("Rakennuttaja"), blank=True, publicity=OPEN)
    acquisition = fields.Money(_("Vahvistettu hankinta-arvo"), null=True, blank=True, publicity=OPEN)
    primary_loan = fields.Money(_("Ensisijainen laina"), null=True, blank=True, publicity=OPEN)
    excluded = fields.Flag(_("Ei mukana tilastoissa"), default=False, publicity=OPEN)

    class Meta:
        """A released company knows the day of its release."""

        constraints = (
            models.CheckConstraint(
                condition=Q(status="regulated", released_on=None) | (~Q(status="regulated") & Q(released_on__isnull=False)),
                name="a_released_company_has_its_day",
                violation_error_message=_("Kirjaa päivä, jona yhtiö vapautui sääntelystä."),
            ),
            models.CheckConstraint(
                condition=Q(postal_code__regex=r"^\d{5}$"),
                name="a_postal_code_has_five_digits",
                violation_error_message=_("Postinumerossa on viisi numeroa."),
            ),
        )

    def __str__(self) -> str:
        """The name."""
        return str(self.name)

    def relied_on(self) -> object:
        """Its flats."""
        return _flats_of(self.apartments.filter(voided_at=None).count())

    def clean(self) -> None:
        """A business id, when told, is a real one."""
        if self.business_id:
            try:
                self.business_id = BusinessId.parse(self.business_id).code
            except ValueProblem as problem:
                raise ValidationError({"business_id": problem.message()}) from problem


class Building(Record):
    """A building (rakennus) of a company on its real estate."""

    label = _("Rakennus")
    plural = _("Rakennukset")
    adds = ("name", "company", "property_id", "building_id", "completed_on")
    edits = ("name", "property_id", "building_id", "completed_on")
    name = fields.Text(_("Rakennus"), publicity=OPEN)
    company = fields.Link(_("Taloyhtiö"), HousingCompany, related_name="buildings", publicity=OPEN)
    property_id = fields.Text(_("Kiinteistötunnus"), max_length=20, blank=True, publicity=OPEN)
    building_id = fields.Text(_("Pysyvä rakennustunnus"), max_length=10, blank=True, publicity=OPEN)
    completed_on = fields.Date(_("Valmistunut"), null=True, blank=True, publicity=OPEN)

    class Meta:
        """A company names each of its buildings once."""

        constraints = (
            models.UniqueConstraint(
                fields=("company", "name"),
                condition=Q(voided_at=None),
                name="a_company_names_a_building_once",
                violation_error_message=_("Yhtiöllä on jo tämänniminen rakennus."),
            ),
        )

    def __str__(self) -> str:
        """The company and its own name of the building."""
        return f"{self.company}: {self.name}"

    def relied_on(self) -> object:
        """Its flats."""
        return _flats_of(self.apartments.filter(voided_at=None).count())


class Apartment(Record):
    """A flat (huoneisto) and the shares that carry it."""

    label = _("Huoneisto")
    plural = _("Huoneistot")
    adds = (
        "door",
        "company",
        "building",
        "share_first",
        "share_last",
        "area",
        "rooms",
        "floor",
        "completed_on",
        "catalogue_price",
        "catalogue_loan",
        "updated_acquisition",
        "extra_work",
        "interest_construction",
        "interest_market",
    )
    edits = ("door", *adds[2:], "note")
    door = fields.Text(_("Osoite ja huoneisto"), publicity=OPEN)
    company = fields.Link(_("Taloyhtiö"), HousingCompany, related_name="apartments", publicity=OPEN)
    building = fields.Link(_("Rakennus"), Building, null=True, blank=True, related_name="apartments", publicity=OPEN)
    share_first = fields.Number(_("Ensimmäinen osake"), null=True, blank=True, publicity=OPEN)
    share_last = fields.Number(_("Viimeinen osake"), null=True, blank=True, publicity=OPEN)
    area = Decimals(_("Pinta-ala, m²"), null=True, blank=True, publicity=OPEN)
    rooms = fields.Text(_("Huoneluku ja tyyppi"), max_length=40, blank=True, publicity=OPEN)
    floor = fields.Text(_("Kerros"), max_length=10, blank=True, publicity=OPEN)
    completed_on = fields.Date(_("Valmistunut"), null=True, blank=True, publicity=OPEN)
    catalogue_price = fields.Money(_("Luettelohinta"), null=True, blank=True, publicity=OPEN)
    catalogue_loan = fields.Money(_("Luettelon lainaosuus"), null=True, blank=True, publicity=OPEN)
    updated_acquisition = fields.Money(_("Päivitetty hankinta-arvo"), null=True, blank=True, publicity=OPEN)
    extra_work = fields.Money(_("Rakennusaikaiset lisä- ja muutostyöt"), default=0, publicity=OPEN)
    interest_construction = fields.Money(_("Rakennusaikainen korko, rakennuskustannusindeksi"), default=0, publicity=OPEN)
    interest_market = fields.Money(_("Rakennusaikainen korko, markkinahintaindeksi"), default=0, publicity=OPEN)
    note = fields.LongText(
        _("Omistajan taloutta koskeva muistiinpano"),
        blank=True,
        publicity=Publicity.SECRET,
        grounds=FINANCES,
        personal=PersonalData.CONTAINS,
    )

    class Meta:
        """One flat behind a door; a share carries one flat."""

        constraints = (
            models.UniqueConstraint(
                fields=("company", "door"),
                condition=Q(voided_at=None),
                name="one_flat_behind_a_door",
                violation_error_message=_("Yhtiöllä on jo tämä huoneisto."),
            ),
            models.CheckConstraint(
                condition=Q(share_first=None, share_last=None) | Q(share_first__gte=1, share_last__gte=F("share_first")),
                name="share_numbers_run_forward",
                violation_error_message=_("Anna osakkeiden ensimmäinen ja viimeinen numero järjestyksessä."),
            ),
            ExclusionConstraint(
                name="a_share_carries_one_flat",
                expressions=[
                    (OneKey(F("company"), F("company"), Value("[]")), RangeOperators.OVERLAPS),
                    (ShareRange(F("share_first"), F("share_last"), Value("[]")), RangeOperators.OVERLAPS),
                ],
                condition=Q(voided_at=None, share_first__isnull=False),
                violation_error_message=_("Osakkeet kuuluvat jo toiselle huoneistolle."),
            ),
            models.CheckConstraint(
                condition=Q(area=None) | Q(area__gt=0),
                name="an_area_is_above_zero",
                violation_error_message=_("Pinta-alan on oltava yli nollan."),
            ),
            models.CheckConstraint(
                condition=Q(extra_work__gte=0, interest_construction__gte=0, interest_market__gte=0),
                name="costs_of_construction_are_not_negative",
                violation_error_message=_("Rakennusaikaiset kustannukset eivät voi olla alle nollan."),
            ),
        )

    def __str__(self) -> str:
        """The address with stair and number."""
        return str(self.door)

    def relied_on(self) -> object:
        """Its sales and calculations: voided, the flat would be missing from the sums of its company."""
        sales, prices = (found.filter(voided_at=None).count() for found in (self.sales, self.calculations))
        if not sales and not prices:
            return ""
        told = {"sales": sales, "prices": prices}
        return _("Huoneistolla on kauppoja %(sales)d ja enimmäishintalaskelmia %(prices)d. Mitätöi ne ennen huoneistoa.") % told

    @property
    def shares(self) -> int | None:
        """The number of shares; None when they are not known."""
        return None if self.share_first is None else self.share_last - self.share_first + 1


class Improvement(Record):
    """An improvement (parannus) of a company or of a flat, with what the rules ask of it."""

    label = _("Parannus")
    plural = _("Parannukset")
    adds = ("name", "company", "apartment", "value", "completed_on", "run", "yearly_percent", "no_deductions")
    edits = ("name", *adds[3:])
    list_filters = ("run",)
    name = fields.Text(_("Parannus"), publicity=OPEN)
    company = fields.Link(_("Taloyhtiö"), HousingCompany, null=True, blank=True, related_name="improvements", publicity=OPEN)
    apartment = fields.Link(_("Huoneisto"), Apartment, null=True, blank=True, related_name="improvements", publicity=OPEN)
    value = fields.Money(_("Hankintahinta"), publicity=OPEN)
    completed_on = fields.Date(_("Valmistunut"), publicity=OPEN)
    run = fields.Choice(_("Otetaan huomioon"), ImprovementRun, default=ImprovementRun.BOTH, publicity=OPEN)
    yearly_percent = Decimals(_("Poisto vuodessa, %"), max_digits=5, null=True, blank=True, publicity=OPEN)
    no_deductions = fields.Flag(_("Hyväksytään ilman vähennyksiä"), default=False, publicity=OPEN)

    class Meta:
        """Of a company or of a flat, never of both."""

        constraints = (
            models.CheckConstraint(
                condition=Q(company=None, apartment__isnull=False) | Q(company__isnull=False, apartment=None),
                name="an_improvement_is_of_a_company_or_a_flat",
                violation_error_message=_("Parannus kuuluu joko yhtiölle tai huoneistolle."),
            ),
            models.CheckConstraint(
                condition=Q(value__gte=0),
                name="an_improvement_costs_something",
                violation_error_message=_("Hankintahinta ei voi olla alle nollan."),
            ),
            models.CheckConstraint(
                condition=Q(yearly_percent=None) | Q(yearly_percent__gte=0, yearly_percent__lte=100),
                name="a_depreciation_is_a_percentage",
                violation_error_message=_("Poisto on 0–100 prosenttia vuodessa."),
            ),
        )

    def __str__(self) -> str:
        """Its name."""
        return str(self.name)
