"""Runs of the 30-year rule: one of a quarter, never changed, with a verdict for each company that was due."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kirjaamo.contract.record import Record
from kirjaamo.kernel import fields
from kirjaamo.registers.urban.hitas.calculations import CalculationState
from kirjaamo.registers.urban.hitas.columns import Stored
from kirjaamo.registers.urban.hitas.homes import OPEN, HousingCompany
from kirjaamo.values.calculation import Calculation


class RegulationOutcome(models.TextChoices):
    """What a run said of a company (the codes are those of the rules)."""

    AUTOMATIC = "automatic", _("Vapautuu ilman vertailua")
    RELEASED = "released", _("Vapautuu")
    STAYS = "stays", _("Sääntely jatkuu")
    SKIPPED = "skipped", _("Ohitettu: alueelta ei ole hintatietoa")


class RegulationRun(Record):
    """A run of the 30-year rule for a Hitas quarter: a draft is its preview, a confirmed one released the companies."""

    label = _("Sääntelyn päättymisen tarkistus")
    plural = _("Sääntelyn päättymisen tarkistukset")
    list_columns = ("quarter", "made_on", "state", "skipping")
    quarter = fields.Date(_("Neljänneksen ensimmäinen päivä"), publicity=OPEN)
    made_on = fields.Date(_("Tehty"), publicity=OPEN)
    state = fields.Choice(_("Tila"), CalculationState, default=CalculationState.DRAFT, publicity=OPEN)
    instead = fields.LongText(_("Korvaavat postinumerot"), blank=True, publicity=OPEN)
    skipping = fields.Flag(_("Yhtiöt ilman hintatietoa jätetään odottamaan"), default=False, publicity=OPEN)

    class Meta:
        """A quarter has one confirmed run."""

        constraints = (
            models.UniqueConstraint(
                fields=("quarter",),
                condition=Q(state="confirmed"),
                name="one_run_of_a_quarter",
                violation_error_message=_("Neljänneksen tarkistus on jo vahvistettu."),
            ),
        )

    def __str__(self) -> str:
        """The quarter by its first month."""
        return f"{self.quarter.month}/{self.quarter.year}"


class RegulationVerdict(Record):
    """What a run said of a company, with the comparison that it rests on."""

    label = _("Sääntelyn päättymisen ratkaisu")
    plural = _("Sääntelyn päättymisen ratkaisut")
    list_columns = ("company", "run", "outcome", "compared")
    list_filters = ("outcome",)
    run = fields.Link(_("Tarkistus"), RegulationRun, related_name="verdicts", publicity=OPEN)
    company = fields.Link(_("Taloyhtiö"), HousingCompany, related_name="verdicts", publicity=OPEN)
    outcome = fields.Choice(_("Ratkaisu"), RegulationOutcome, publicity=OPEN)
    compared = fields.Money(_("Vertailtu neliöhinta"), null=True, blank=True, publicity=OPEN)
    told = Stored(_("Laskelma"), publicity=OPEN)

    class Meta:
        """One verdict for a company in a run."""

        constraints = (
            models.UniqueConstraint(
                fields=("run", "company"),
                name="one_verdict_of_a_company_in_a_run",
                violation_error_message=_("Yhtiö on jo ratkaistu tässä tarkistuksessa."),
            ),
        )

    def __str__(self) -> str:
        """The company and the quarter."""
        return f"{self.company} {self.run}"

    @property
    def calculations(self) -> Sequence[Calculation]:
        """The comparison as it was stored; none when there was none."""
        return [Calculation.from_data(one) for one in self.told["calculations"]]
