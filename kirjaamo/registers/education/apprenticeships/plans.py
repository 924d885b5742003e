"""The parts of a student's plan that a contract is for, and the demonstrations by which each is shown to be learnt."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from kirjaamo.contract.record import Record
from kirjaamo.kernel import fields
from kirjaamo.registers.education.apprenticeships.choices import DemonstrationResult, LearningPlace
from kirjaamo.registers.education.apprenticeships.contracts import Apprenticeship
from kirjaamo.registers.education.apprenticeships.parties import OPEN, PARTLY, PERSONAL, STUDIES


class PlanPart(Record):
    """A part of the personal plan (HOKS) that is learnt under a contract, where and when, and its demonstration."""

    label = _("HOKS:n osa")
    plural = _("HOKS:n osat")
    of_person = ("apprenticeship__student",)
    edits = ("unit", "place", "tasks")
    list_columns = ("apprenticeship", "unit", "place", "days", "demonstrated_on", "result")
    list_filters = ("place", "result")
    apprenticeship = fields.Link(_("Oppisopimus"), Apprenticeship, related_name="plan_parts", publicity=OPEN)
    unit = fields.Text(_("Hankittava osaaminen"), publicity=PARTLY, grounds=STUDIES, personal=PERSONAL)
    place = fields.Choice(_("Missä opitaan"), LearningPlace, publicity=PARTLY, grounds=STUDIES, personal=PERSONAL)
    days = fields.Period(_("Suunniteltu aika"), publicity=PARTLY, grounds=STUDIES, personal=PERSONAL)
    tasks = fields.LongText(_("Keskeiset työtehtävät"), blank=True, publicity=PARTLY, grounds=STUDIES, personal=PERSONAL)
    demonstrated_on = fields.Date(_("Näyttöpäivä"), null=True, blank=True, publicity=PARTLY, grounds=STUDIES, personal=PERSONAL)
    demonstrated_at = fields.Text(_("Näyttöpaikka"), blank=True, publicity=PARTLY, grounds=STUDIES, personal=PERSONAL)
    result = fields.Choice(_("Näytön tulos"), DemonstrationResult, blank=True, publicity=PARTLY, grounds=STUDIES, personal=PERSONAL)

    class Meta:
        """A result has its day."""

        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(result="") | ~Q(demonstrated_on=None),
                name="a_demonstration_has_its_day",
                violation_error_message=_("Kirjaa näyttöpäivä."),
            ),
        )
        indexes = (
            models.Index(
                Func(F("days"), function="upper", output_field=models.DateField()),
                "id",
                condition=Q(voided_at=None) & ~Q(result="passed"),
                name="plan_part_to_show",
            ),
        )

    def __str__(self) -> str:
        """Of which contract: what is learnt is the student's."""
        return f"{self.label} {self.apprenticeship}"
