"""Contacts (yhteydenotto): a student or an employer tells that an apprenticeship is wanted, from which everything begins."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kirjaamo.contract.record import Record
from kirjaamo.contract.telling import Ending
from kirjaamo.kernel import fields
from kirjaamo.registers.education.apprenticeships.choices import ContactRole
from kirjaamo.registers.education.apprenticeships.parties import CONTACTS, OPEN, PARTLY, PERSONAL, STUDIES


class TrainingContact(Record):
    """A contact about an apprenticeship, sent by the public form or entered from a call; it waits until somebody has answered."""

    label = _("Yhteydenotto")
    plural = _("Yhteydenotot")
    endings = (Ending("studies_end", "answered_on"),)
    list_columns = ("asker", "role", "employer_name", "trade", "answered_on")
    list_filters = ("role",)
    asker = fields.Person(_("Yhteydenottaja"), related_name="+", publicity=PARTLY, grounds=CONTACTS)
    role = fields.Choice(_("Kuka ottaa yhteyttä"), ContactRole, publicity=OPEN)
    employer_name = fields.Text(_("Työnantajan nimi"), blank=True, publicity=OPEN)
    trade = fields.Text(_("Ala tai tutkinto"), publicity=OPEN)
    information = fields.LongText(_("Mistä on kyse"), blank=True, publicity=PARTLY, grounds=STUDIES, personal=PERSONAL)
    answered_on = fields.Date(_("Vastattu"), null=True, blank=True, publicity=OPEN)
    outcome = fields.LongText(_("Mitä sovittiin"), blank=True, publicity=PARTLY, grounds=STUDIES, personal=PERSONAL)

    class Meta:
        """An employer is named."""

        constraints = (
            models.CheckConstraint(
                condition=~Q(role="employer") | ~Q(employer_name=""),
                name="a_contact_of_an_employer_names_it",
                violation_error_message=_("Kirjaa työnantajan nimi."),
            ),
        )
        indexes = (models.Index("id", condition=Q(answered_on=None, voided_at=None), name="training_contact_to_answer"),)

    def __str__(self) -> str:
        """What it is about: the person is private."""
        return f"{self.label}: {self.trade}"
