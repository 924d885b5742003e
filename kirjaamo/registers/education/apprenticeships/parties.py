"""Employers and their workplaces, the study rights of students, and the dated rows of law and tariff."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from kirjaamo.contract.constraints import OneKey
from kirjaamo.contract.record import Record
from kirjaamo.kernel import fields
from kirjaamo.mechanisms.dated import RowKnown
from kirjaamo.registers.education.apprenticeships.choices import ApprenticeshipState, RateFigure, TrainingForm
from kirjaamo.registers.education.apprenticeships.columns import Amount
from kirjaamo.ui import wording
from kirjaamo.values.publicity import PersonalData, Publicity

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise

OPEN = Publicity.PUBLIC
PARTLY = Publicity.PARTLY_SECRET
CONTACTS = ("JulkL-24-1-31", "JulkL-24-1-32")
STUDIES = ("JulkL-24-1-30",)
BUSINESS = ("JulkL-24-1-20",)
SUPPORT = ("JulkL-24-1-25", "JulkL-24-1-30")
INCOME = ("JulkL-24-1-23", "JulkL-24-1-30")
PERSONAL = PersonalData.CONTAINS


class TrainingEmployer(Record):
    """An employer who trains (kouluttava työnantaja)."""

    label = _("Työnantaja")
    plural = _("Työnantajat")
    edits = ("contact_name", "contact_email", "contact_telephone")
    list_columns = ("name", "business_id", "contact_name")
    name = fields.Text(_("Työnantajan nimi"), publicity=OPEN)
    business_id = fields.Text(_("Y-tunnus"), max_length=12, unique=True, publicity=OPEN)
    party = fields.Person(_("Työnantaja osapuolena"), related_name="+", publicity=PARTLY, grounds=CONTACTS)
    contact_name = fields.Text(_("Yhteyshenkilö"), blank=True, publicity=PARTLY, grounds=CONTACTS, personal=PERSONAL)
    contact_email = fields.Contact(_("Yhteyshenkilön sähköposti"), of="party", blank=True, publicity=PARTLY, grounds=CONTACTS)
    contact_telephone = fields.Contact(_("Yhteyshenkilön puhelin"), of="party", blank=True, publicity=PARTLY, grounds=CONTACTS)

    def __str__(self) -> str:
        """Its name."""
        return str(self.name)


class Workplace(Record):
    """A workplace (työpaikka) of an employer and what was found there."""

    label = _("Työpaikka")
    plural = _("Työpaikat")
    edits = ("name", "address", "enough_work", "tools", "qualified_staff", "assessed_on")
    adds = ("employer", *edits)
    list_columns = ("name", "employer", "address", "assessed_on")
    name = fields.Text(_("Työpaikka"), publicity=OPEN)
    employer = fields.Link(_("Työnantaja"), TrainingEmployer, related_name="workplaces", publicity=OPEN)
    address = fields.Text(_("Työpaikan osoite"), blank=True, publicity=OPEN)
    enough_work = fields.Flag(_("Riittävästi tutkinnon mukaista työtä"), default=False, publicity=PARTLY, grounds=BUSINESS)
    tools = fields.Flag(_("Tarvittavat työvälineet"), default=False, publicity=PARTLY, grounds=BUSINESS)
    qualified_staff = fields.Flag(_("Ammattitaitoinen henkilöstö"), default=False, publicity=PARTLY, grounds=BUSINESS)
    assessed_on = fields.Date(_("Työpaikka arvioitu"), null=True, blank=True, publicity=OPEN)

    def __str__(self) -> str:
        """Its name."""
        return str(self.name)

    def instructing(self) -> list[WorkplaceInstructor]:
        """Who instructs there: those who are named and have not ended."""
        return [one for one in self.instructors.all() if one.ended_on is None and one.voided_at is None]


class WorkplaceInstructor(Record):
    """Who instructs at a workplace (työpaikkaohjaaja), from when and until when: without one no contract is confirmed."""

    label = _("Työpaikkaohjaaja")
    plural = _("Työpaikkaohjaajat")
    edits = ("name", "skills", "contact", "named_on", "ended_on")
    adds = ("workplace", "name", "skills", "contact", "named_on")
    list_columns = ("name", "workplace", "skills", "named_on", "ended_on")
    workplace = fields.Link(_("Työpaikka"), Workplace, related_name="instructors", publicity=OPEN)
    name = fields.Text(_("Ohjaajan nimi"), publicity=PARTLY, grounds=CONTACTS, personal=PERSONAL)
    skills = fields.Text(_("Ohjaajan pätevyys"), blank=True, publicity=PARTLY, grounds=CONTACTS, personal=PERSONAL)
    contact = fields.Text(_("Ohjaajan yhteystieto"), blank=True, publicity=PARTLY, grounds=CONTACTS, personal=PERSONAL)
    named_on = fields.Date(_("Nimetty"), publicity=OPEN)
    ended_on = fields.Date(_("Viimeinen päivä ohjaajana"), null=True, blank=True, publicity=OPEN)

    class Meta:
        """Nobody ends before they begin."""

        ordering = ("named_on", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("named_on")),
                name="an_instructor_ends_after_being_named",
                violation_error_message=_("Ohjaajan viimeinen päivä ei voi olla ennen nimeämistä."),
            ),
        )

    def __str__(self) -> str:
        """At which workplace: the person is private."""
        return f"{self.label}, {self.workplace}"


class StudyRight(Record):
    """A study right (opiskeluoikeus): what a student studies, where, and when."""

    label = _("Opiskeluoikeus")
    plural = _("Opiskeluoikeudet")
    list_columns = ("student", "qualification", "institute", "valid")
    edits = ("qualification", "form", "institute", "valid")
    adds = ("student", *edits)
    student = fields.Person(_("Opiskelija"), related_name="+", publicity=PARTLY, grounds=STUDIES)
    qualification = fields.Text(_("Tutkinto tai tutkinnon osa"), publicity=OPEN)
    form = fields.Choice(_("Koulutuksen laji"), TrainingForm, default=TrainingForm.QUALIFICATION, publicity=OPEN)
    institute = fields.Text(_("Oppilaitos"), publicity=OPEN)
    valid = fields.Period(_("Opiskeluoikeus voimassa"), publicity=PARTLY, grounds=STUDIES, personal=PERSONAL)
    withdrawn_on = fields.Date(_("Opiskeluoikeus päättyi"), null=True, blank=True, publicity=PARTLY, grounds=STUDIES, personal=PERSONAL)
    reason = fields.LongText(_("Päättymisen syy"), blank=True, publicity=PARTLY, grounds=STUDIES, personal=PERSONAL)

    def __str__(self) -> str:
        """What is studied: the student is private."""
        return f"{self.qualification}, {self.institute}"

    def fixed(self) -> StrOrPromise:
        """What a confirmed contract rests on is not written over; nor is one that has ended."""
        if self.withdrawn_on is not None:
            return _("Opiskeluoikeus päättyi %(day)s, eikä sitä enää muuteta.") % {"day": wording.day(self.withdrawn_on)}
        rests = self.contracts.exclude(state=ApprenticeshipState.DRAFT).exists()
        return _("Opiskeluoikeuteen nojaa vahvistettu oppisopimus. Päätä se ja tee uusi.") if rests else ""


class CodeNumber(Func):
    """A code as a number, so that an exclusion compares it as a range of one (no extension is needed)."""

    function = "hashtext"
    output_field = models.IntegerField()


class TrainingRate(Record):
    """A dated row (mitoitustieto): a limit of law or an amount, with its time, source and sureness."""

    label = _("Mitoitustieto")
    plural = _("Mitoitustiedot")
    open_data = True
    list_columns = ("figure", "amount", "valid", "source", "known")
    figure = fields.Choice(_("Mitä koskee"), RateFigure, publicity=OPEN)
    amount = Amount(_("Määrä"), publicity=OPEN)
    valid = fields.Period(_("Voimassa"), publicity=OPEN)
    source = fields.Text(_("Lähde"), publicity=OPEN)
    known = fields.Choice(_("Miten tiedetään"), RowKnown, default=RowKnown.READ, publicity=OPEN)

    class Meta:
        """One row of a figure at a time."""

        constraints = (
            models.CheckConstraint(
                condition=Q(amount__gte=0),
                name="a_training_rate_is_not_negative",
                violation_error_message=_("Määrä ei voi olla negatiivinen."),
            ),
            ExclusionConstraint(
                name="one_training_rate_at_a_time",
                expressions=[
                    (OneKey(CodeNumber("figure"), CodeNumber("figure"), Value("[]")), RangeOperators.OVERLAPS),
                    ("valid", RangeOperators.OVERLAPS),
                ],
                condition=Q(voided_at=None),
                violation_error_message=_("Samasta tiedosta on jo rivi tälle ajalle. Päätä se ensin."),
            ),
        )

    def __str__(self) -> str:
        """What it is of and how much."""
        return f"{self.get_figure_display()}: {self.amount}"
