"""Runs of the 30-year rule: one of a quarter, never changed, with a verdict for each company that was due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kirjaamo.contract.record import Record
from kirjaamo.contract.telling import Ending
from kirjaamo.kernel import fields
from kirjaamo.registers.urban.hitas import letters
from kirjaamo.registers.urban.hitas.calculations import CalculationState
from kirjaamo.registers.urban.hitas.columns import Stored
from kirjaamo.registers.urban.hitas.homes import OPEN, HousingCompany
from kirjaamo.values.calculation import Calculation
from kirjaamo.values.language import format_day
from kirjaamo.values.money import Money


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


class RegulationLetter(Record):
    """The decision letter (sääntelykirje) of a company: its regulation ends or goes on, with the comparison that says why."""

    label = _("Sääntelykirje")
    plural = _("Sääntelykirjeet")
    list_columns = ("company", "outcome", "written_on", "sent_on")
    list_also = ("verdict__run", "verdict__company")
    endings = (Ending("validity_end", "sent_on"),)
    verdict = fields.Link(_("Ratkaisu"), RegulationVerdict, related_name="letters", publicity=OPEN)
    company = fields.Link(_("Taloyhtiö"), HousingCompany, related_name="letters", publicity=OPEN)
    outcome = fields.Choice(_("Ratkaisu"), RegulationOutcome, publicity=OPEN)
    written_on = fields.Date(_("Kirje tehty"), publicity=OPEN)
    sent_on = fields.Date(_("Lähetetty"), null=True, blank=True, publicity=OPEN)

    class Meta:
        """A verdict has one letter; it is sent after it was written."""

        constraints = (
            models.UniqueConstraint(
                fields=("verdict",),
                condition=Q(voided_at=None),
                name="a_verdict_has_one_letter",
                violation_error_message=_("Yhtiölle on jo tehty kirje tästä ratkaisusta."),
            ),
            models.CheckConstraint(
                condition=Q(sent_on=None) | Q(sent_on__gte=models.F("written_on")),
                name="a_letter_is_sent_after_it_is_written",
                violation_error_message=_("Kirjettä ei voi lähettää ennen sen tekemistä."),
            ),
        )
        indexes = (models.Index(fields=("id",), condition=Q(sent_on=None, voided_at=None), name="hitas_letters_unsent"),)

    def __str__(self) -> str:
        """The company and the quarter."""
        return str(self.verdict)

    def letter(self, type_code: str) -> Mapping[str, object]:
        """The data of the letter to the company."""
        del type_code
        assert self.case is not None  # noqa: S101 - a letter belongs to a case
        language, run = self.case.language, self.verdict.run
        return {
            "identifier": self.case.identifier,
            "company": self.company.name,
            "address": f"{self.company.address}, {self.company.postal_code}",
            "manager": self.company.manager,
            "outcome": self.outcome,
            "quarter": format_day(run.quarter, language),
            "made_on": format_day(run.made_on, language),
            "written_on": format_day(self.written_on, language),
            "compared": letters.shown(Money(self.verdict.compared), language) if self.verdict.compared is not None else "",
            "calculations": [letters.told(one, language) for one in self.verdict.calculations],
        }
