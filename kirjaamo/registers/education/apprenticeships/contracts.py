"""The two linked contracts and what happens on them: suspension, days at the provider, visits, notices of an ending."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from kirjaamo.contract.constraints import OneKey, no_overlap
from kirjaamo.contract.record import Record
from kirjaamo.contract.telling import Ending
from kirjaamo.kernel import fields
from kirjaamo.registers.education.apprenticeships import letters
from kirjaamo.registers.education.apprenticeships.choices import (
    ApprenticeshipState,
    ArrangementState,
    Continuation,
    EndingCause,
    NoticeReceiver,
)
from kirjaamo.registers.education.apprenticeships.columns import Amount
from kirjaamo.registers.education.apprenticeships.parties import (
    BUSINESS,
    CONTACTS,
    INCOME,
    OPEN,
    PARTLY,
    PERSONAL,
    STUDIES,
    SUPPORT,
    StudyRight,
    TrainingEmployer,
    Workplace,
)
from kirjaamo.ui import wording

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise


class ArrangementAgreement(Record):
    """The agreement of provider and employer (järjestämissopimus) on the training and its compensation; a contract rests on one."""

    label = _("Järjestämissopimus")
    plural = _("Järjestämissopimukset")
    list_columns = ("number", "employer", "workplace", "valid", "state")
    list_filters = ("state",)
    number = fields.Text(_("Järjestämissopimuksen numero"), max_length=20, unique=True, publicity=OPEN)
    employer = fields.Link(_("Työnantaja"), TrainingEmployer, related_name="agreements", publicity=OPEN)
    workplace = fields.Link(_("Työpaikka"), Workplace, related_name="agreements", publicity=OPEN)
    valid = fields.Period(_("Järjestämissopimus voimassa"), publicity=OPEN)
    signed_on = fields.Date(_("Allekirjoitettu"), publicity=OPEN)
    support_terms = fields.LongText(
        _("Sovittu tuki ja korvauksen perusteet"), blank=True, publicity=PARTLY, grounds=(*BUSINESS, *SUPPORT), personal=PERSONAL
    )
    state = fields.Choice(_("Sopimuksen tila"), ArrangementState, default=ArrangementState.IN_FORCE, publicity=OPEN)
    ended_on = fields.Date(_("Päättyi"), null=True, blank=True, publicity=OPEN)
    reason = fields.LongText(_("Päättymisen syy"), blank=True, publicity=PARTLY, grounds=BUSINESS)

    def __str__(self) -> str:
        """Number and employer."""
        return f"{self.number}, {self.employer}"


class Apprenticeship(Record):
    """The contract of student and employer (oppisopimus)."""

    label = _("Oppisopimus")
    plural = _("Oppisopimukset")
    endings = (Ending("studies_end", "ended_on"),)
    edits = ("arrangement", "valid", "weekly_hours", "probation_last", "pay_basis", "hoks_on", "own_firm", "without_degree", "guardian")
    number = fields.Text(_("Numero"), max_length=20, unique=True, publicity=OPEN)
    student = fields.Person(_("Opiskelija"), related_name="+", publicity=PARTLY, grounds=STUDIES)
    study_right = fields.Link(_("Opiskeluoikeus"), StudyRight, related_name="contracts", publicity=PARTLY, grounds=STUDIES)
    arrangement = fields.Link(_("Järjestämissopimus"), ArrangementAgreement, related_name="contracts", publicity=OPEN)
    valid = fields.Period(_("Voimassa"), publicity=OPEN)
    weekly_hours = Amount(_("Viikkotyöaika keskimäärin (tuntia)"), publicity=OPEN)
    probation_last = fields.Date(_("Koeajan viimeinen päivä"), null=True, blank=True, publicity=OPEN)
    pay_basis = fields.Text(_("Palkan peruste"), blank=True, publicity=PARTLY, grounds=INCOME, personal=PERSONAL)
    hoks_on = fields.Date(_("HOKS hyväksytty ja liitetty"), null=True, blank=True, publicity=PARTLY, grounds=STUDIES, personal=PERSONAL)
    own_firm = fields.Flag(_("Yrittäjä omassa yrityksessään"), default=False, publicity=OPEN)
    without_degree = fields.Flag(_("Vailla aiempaa tutkintoa"), default=False, publicity=PARTLY, grounds=STUDIES, personal=PERSONAL)
    guardian = fields.Person(_("Alaikäisen huoltaja"), null=True, blank=True, related_name="+", publicity=PARTLY, grounds=CONTACTS)
    state = fields.Choice(_("Vaihe"), ApprenticeshipState, default=ApprenticeshipState.DRAFT, publicity=OPEN)
    confirmed_on = fields.Date(_("Vahvistettu"), null=True, blank=True, publicity=OPEN)
    ended_on = fields.Date(_("Viimeinen voimassaolopäivä"), null=True, blank=True, publicity=OPEN)
    cause = fields.Choice(_("Päättymisen peruste"), EndingCause, blank=True, publicity=PARTLY, grounds=STUDIES, personal=PERSONAL)
    reason = fields.LongText(_("Päättymisen syy"), blank=True, publicity=PARTLY, grounds=STUDIES, personal=PERSONAL)
    continuation = fields.Choice(
        _("Miten opinnot jatkuvat"), Continuation, blank=True, publicity=PARTLY, grounds=STUDIES, personal=PERSONAL
    )

    class Meta:
        """A student has one confirmed contract at a time, an arrangement one, and an ended one has its day and cause."""

        constraints = (
            ExclusionConstraint(
                name="one_apprenticeship_of_a_student_at_a_time",
                expressions=[
                    (OneKey(F("student"), F("student"), Value("[]")), RangeOperators.OVERLAPS),
                    ("valid", RangeOperators.OVERLAPS),
                ],
                condition=Q(voided_at=None, state="in_force"),
                violation_error_message=_("Opiskelijalla on jo vahvistettu oppisopimus tälle ajalle."),
            ),
            models.UniqueConstraint(
                fields=("arrangement",),
                condition=Q(voided_at=None, state="in_force"),
                name="one_apprenticeship_in_force_of_an_arrangement",
                violation_error_message=_("Järjestämissopimuksella on jo vahvistettu oppisopimus."),
            ),
            models.CheckConstraint(
                condition=~Q(state="ended") | (~Q(cause="") & ~Q(ended_on=None)),
                name="an_ended_apprenticeship_has_its_day_and_cause",
                violation_error_message=_("Kirjaa viimeinen voimassaolopäivä ja päättymisen peruste."),
            ),
            models.CheckConstraint(
                condition=Q(weekly_hours__gt=0, weekly_hours__lte=168),
                name="weekly_hours_are_of_a_week",
                violation_error_message=_("Viikkotyöaika on enemmän kuin 0 ja enintään viikon 168 tuntia."),
            ),
        )
        indexes = (
            models.Index(fields=("state", "ended_on"), name="apprenticeship_state"),
            models.Index(
                Func(F("valid"), function="lower", output_field=models.DateField()),
                "id",
                condition=Q(state="draft", voided_at=None),
                name="apprenticeship_to_confirm",
            ),
            models.Index(
                Func(F("valid"), function="upper", output_field=models.DateField()),
                "id",
                condition=Q(state="in_force", voided_at=None),
                name="apprenticeship_to_end",
            ),
            models.Index(
                "ended_on",
                "id",
                condition=Q(state="ended", continuation="", voided_at=None) & ~Q(cause="completed"),
                name="apprenticeship_to_continue",
            ),
        )

    def __str__(self) -> str:
        """Its number: the student is private."""
        return str(self.number)

    def fixed(self) -> StrOrPromise:
        """A confirmed contract is not written over."""
        if self.state == ApprenticeshipState.DRAFT:
            return ""
        told = {"number": self.number, "day": wording.day(self.confirmed_on)}
        return _("Oppisopimus %(number)s vahvistettiin %(day)s, eikä sitä enää muuteta. Päätä se ja tee uusi.") % told

    def letter(self, type_code: str) -> Mapping[str, object]:
        """The data of the contract, of the agreement and the plan that it rests on, or of the notice of its ending."""
        return letters.of_contract(self, type_code)


class Suspension(Record):
    """Days on which a contract is suspended (keskeytys): no compensation accrues."""

    label = _("Keskeytys")
    plural = _("Keskeytykset")
    of_person = ("apprenticeship__student",)
    apprenticeship = fields.Link(_("Oppisopimus"), Apprenticeship, related_name="suspensions", publicity=OPEN)
    days = fields.Period(_("Keskeytyksen päivät"), publicity=PARTLY, grounds=STUDIES, personal=PERSONAL)
    reason = fields.Text(_("Keskeytyksen peruste"), publicity=PARTLY, grounds=STUDIES, personal=PERSONAL)

    class Meta:
        """A day is suspended once."""

        constraints = (
            no_overlap("apprenticeship", "days", name="a_day_is_suspended_once", message=_("Sopimus on jo keskeytetty näiltä päiviltä.")),
        )

    def __str__(self) -> str:
        """Of which contract."""
        return f"{self.label} {self.apprenticeship}"


class TrainingDay(Record):
    """A day at the provider (koulupäivä); benefits are for those that the employer does not pay."""

    label = _("Koulupäivä")
    plural = _("Koulupäivät")
    of_person = ("apprenticeship__student",)
    apprenticeship = fields.Link(_("Oppisopimus"), Apprenticeship, related_name="training_days", publicity=OPEN)
    day = fields.Date(_("Päivä"), publicity=PARTLY, grounds=STUDIES, personal=PERSONAL)
    paid = fields.Flag(_("Työnantaja maksaa palkan"), default=False, publicity=PARTLY, grounds=INCOME, personal=PERSONAL)

    class Meta:
        """A day once."""

        ordering = ("day", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("apprenticeship", "day"),
                condition=Q(voided_at=None),
                name="a_training_day_once",
                violation_error_message=_("Koulupäivä on jo kirjattu."),
            ),
        )

    def __str__(self) -> str:
        """Of which contract."""
        return f"{self.label} {self.apprenticeship}"


class TrainingVisit(Record):
    """A visit to the workplace (työpaikkakäynti)."""

    label = _("Työpaikkakäynti")
    plural = _("Työpaikkakäynnit")
    of_person = ("apprenticeship__student",)
    adds = ("apprenticeship", "visited_on", "visitor", "agreed")
    edits = ("visited_on", "visitor", "agreed")
    apprenticeship = fields.Link(_("Oppisopimus"), Apprenticeship, related_name="visits", publicity=OPEN)
    visited_on = fields.Date(_("Käyntipäivä"), publicity=OPEN)
    visitor = fields.Text(_("Kävijä"), publicity=OPEN)
    agreed = fields.LongText(_("Mitä todettiin ja sovittiin"), blank=True, publicity=PARTLY, grounds=SUPPORT, personal=PERSONAL)

    def __str__(self) -> str:
        """Of which contract."""
        return f"{self.label} {self.apprenticeship}"


class EndingNotice(Record):
    """Somebody who must be told that contracts ended (ilmoitus päättymisestä)."""

    label = _("Ilmoitus päättymisestä")
    plural = _("Ilmoitukset päättymisestä")
    of_person = ("apprenticeship__student",)
    list_columns = ("apprenticeship", "receiver", "due_on", "sent_on")
    list_filters = ("receiver",)
    apprenticeship = fields.Link(_("Oppisopimus"), Apprenticeship, related_name="notices", publicity=OPEN)
    receiver = fields.Choice(_("Kenelle ilmoitetaan"), NoticeReceiver, publicity=OPEN)
    due_on = fields.Date(_("Ilmoitetaan viimeistään"), publicity=OPEN)
    sent_on = fields.Date(_("Ilmoitettu"), null=True, blank=True, publicity=OPEN)

    class Meta:
        """Each is told once of an ending."""

        ordering = ("due_on", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("apprenticeship", "receiver"),
                condition=Q(voided_at=None),
                name="one_notice_of_an_ending_to_each",
                violation_error_message=_("Ilmoitus on jo kirjattu."),
            ),
        )

    def __str__(self) -> str:
        """To whom and of what."""
        return f"{self.get_receiver_display()}, {self.apprenticeship}"
