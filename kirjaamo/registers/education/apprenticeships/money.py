"""What is decided and paid: compensation to the employer and benefits to the student, each calculation stored whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q, Value
from django.utils.translation import gettext_lazy as _

from kirjaamo.contract.constraints import OneKey, no_overlap
from kirjaamo.contract.record import Record
from kirjaamo.kernel import fields
from kirjaamo.registers.education.apprenticeships import letters
from kirjaamo.registers.education.apprenticeships.choices import PaymentState
from kirjaamo.registers.education.apprenticeships.columns import Amount, WorkedOut
from kirjaamo.registers.education.apprenticeships.contracts import Apprenticeship
from kirjaamo.registers.education.apprenticeships.parties import BUSINESS, INCOME, OPEN, PARTLY, PERSONAL, SUPPORT
from kirjaamo.values.calculation import Calculation


class CompensationDecision(Record):
    """A compensation decision (korvauspäätös): euros of a month in a time, and why."""

    label = _("Korvauspäätös")
    plural = _("Korvauspäätökset")
    of_person = ("apprenticeship__student",)
    apprenticeship = fields.Link(_("Oppisopimus"), Apprenticeship, related_name="decisions", publicity=OPEN)
    monthly = fields.Money(_("Korvaus kuukaudessa"), publicity=OPEN)
    valid = fields.Period(_("Korvausaika"), publicity=OPEN)
    grounds_told = fields.LongText(_("Korvauksen perustelut"), publicity=PARTLY, grounds=(*BUSINESS, *SUPPORT), personal=PERSONAL)

    class Meta:
        """One decision for a day."""

        constraints = (
            no_overlap("apprenticeship", "valid", name="one_compensation_for_a_day", message=_("Korvauksesta on jo päätös tälle ajalle.")),
            models.CheckConstraint(
                condition=Q(monthly__gte=0),
                name="a_compensation_is_not_negative",
                violation_error_message=_("Korvaus ei voi olla negatiivinen."),
            ),
        )

    def __str__(self) -> str:
        """Of which contract."""
        return f"{self.label} {self.apprenticeship}"

    def letter(self, type_code: str) -> Mapping[str, object]:
        """The data of the decision."""
        del type_code
        return letters.compensation(self)


class CompensationPayment(Record):
    """A payment of compensation (korvausmaksu) for some days; a confirmed day is paid once."""

    label = _("Korvausmaksu")
    plural = _("Korvausmaksut")
    list_columns = ("apprenticeship", "days", "amount", "state")
    list_filters = ("state",)
    apprenticeship = fields.Link(_("Oppisopimus"), Apprenticeship, related_name="payments", publicity=OPEN)
    days = fields.Period(_("Jakso"), publicity=OPEN)
    amount = fields.Money(_("Korvaus"), publicity=OPEN)
    worked = WorkedOut(_("Korvauksen laskelma"), publicity=PARTLY, grounds=BUSINESS)
    state = fields.Choice(_("Maksun tila"), PaymentState, default=PaymentState.DRAFT, publicity=OPEN)

    class Meta:
        """No day of a contract is paid twice."""

        constraints = (
            ExclusionConstraint(
                name="a_day_is_compensated_once",
                expressions=[
                    (OneKey(F("apprenticeship"), F("apprenticeship"), Value("[]")), RangeOperators.OVERLAPS),
                    ("days", RangeOperators.OVERLAPS),
                ],
                condition=Q(voided_at=None, state="confirmed"),
                violation_error_message=_("Näiltä päiviltä on jo vahvistettu korvaus. Mitätöi tämä tai laske toinen jakso."),
            ),
        )

    def __str__(self) -> str:
        """Of which contract."""
        return f"{self.label} {self.apprenticeship}"

    def kept_calculations(self) -> Sequence[Calculation]:
        """How the amount was made, as stored."""
        return (Calculation.from_data(self.worked),)


class BenefitClaim(Record):
    """A claim of benefits (etuushakemus) for unpaid days at the provider; a confirmed day is granted once."""

    label = _("Etuushakemus")
    plural = _("Etuushakemukset")
    list_columns = ("apprenticeship", "days", "amount", "state")
    list_filters = ("state",)
    apprenticeship = fields.Link(_("Oppisopimus"), Apprenticeship, related_name="claims", publicity=OPEN)
    student = fields.Person(_("Opiskelija"), related_name="+", publicity=PARTLY, grounds=INCOME)
    days = fields.Period(_("Jakso"), publicity=PARTLY, grounds=INCOME, personal=PERSONAL)
    minor_children = fields.Number(_("Alle 18-vuotiaita lapsia"), default=0, publicity=PARTLY, grounds=INCOME, personal=PERSONAL)
    nights = fields.Number(_("Majoitusöitä muualla"), default=0, publicity=PARTLY, grounds=INCOME, personal=PERSONAL)
    kilometres = Amount(_("Matka suuntaansa (km)"), default=0, publicity=PARTLY, grounds=INCOME, personal=PERSONAL)
    round_trip = fields.Money(_("Meno-paluumatkan hinta"), default=0, publicity=PARTLY, grounds=INCOME, personal=PERSONAL)
    daily_travel = fields.Flag(_("Päivittäinen matka"), default=False, publicity=PARTLY, grounds=INCOME, personal=PERSONAL)
    amount = fields.Money(_("Etuudet"), publicity=PARTLY, grounds=INCOME, personal=PERSONAL)
    worked = WorkedOut(_("Etuuksien laskelma"), publicity=PARTLY, grounds=INCOME, personal=PERSONAL)
    state = fields.Choice(_("Hakemuksen tila"), PaymentState, default=PaymentState.DRAFT, publicity=OPEN)

    class Meta:
        """No day is granted twice, and figures are not negative."""

        constraints = (
            ExclusionConstraint(
                name="a_day_of_benefits_is_granted_once",
                expressions=[
                    (OneKey(F("apprenticeship"), F("apprenticeship"), Value("[]")), RangeOperators.OVERLAPS),
                    ("days", RangeOperators.OVERLAPS),
                ],
                condition=Q(voided_at=None, state="confirmed"),
                violation_error_message=_("Näiltä päiviltä on jo myönnetty etuudet."),
            ),
            models.CheckConstraint(
                condition=Q(minor_children__gte=0, nights__gte=0, kilometres__gte=0, round_trip__gte=0),
                name="a_claim_of_benefits_is_not_negative",
                violation_error_message=_("Määrät eivät voi olla negatiivisia."),
            ),
        )

    def __str__(self) -> str:
        """Of which contract."""
        return f"{self.label} {self.apprenticeship}"

    def kept_calculations(self) -> Sequence[Calculation]:
        """How the benefits were made, as stored."""
        return (Calculation.from_data(self.worked),)

    def letter(self, type_code: str) -> Mapping[str, object]:
        """The data of the decision."""
        del type_code
        return letters.benefits(self)
