"""Requests for a maximum price, as owners and property managers send them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kirjaamo.contract.record import Record
from kirjaamo.kernel import fields
from kirjaamo.registers.urban.hitas.homes import OPEN, Apartment, HousingCompany
from kirjaamo.registers.urban.hitas.sales import CONTACT
from kirjaamo.values.publicity import PersonalData, Publicity


class AskerRole(models.TextChoices):
    """Who asks for a maximum price."""

    OWNER = "owner", _("Omistaja")
    MANAGER = "manager", _("Isännöitsijä")
    AGENT = "agent", _("Omistajan valtuuttama")


class PriceRequest(Record):
    """A request for a maximum price: what was told, and the flat of the register that it is about."""

    label = _("Laskelmapyyntö")
    plural = _("Laskelmapyynnöt")
    list_columns = ("told_door", "company", "role", "loan", "computed_on")
    list_filters = ("role",)
    company = fields.Link(_("Taloyhtiö"), HousingCompany, related_name="requests", publicity=OPEN)
    apartment = fields.Link(_("Huoneisto"), Apartment, null=True, blank=True, related_name="requests", publicity=OPEN)
    told_door = fields.Text(_("Huoneisto, kuten se kirjoitettiin"), max_length=80, publicity=OPEN)
    asker = fields.Person(_("Pyytäjä"), dwells=True, related_name="+", publicity=Publicity.PARTLY_SECRET, grounds=CONTACT)
    role = fields.Choice(_("Kuka pyytää"), AskerRole, publicity=OPEN)
    loan = fields.Money(_("Osuus yhtiölainoista"), null=True, blank=True, publicity=OPEN, personal=PersonalData.CONTAINS)
    loan_on = fields.Date(_("Lainaosuuden päivä"), null=True, blank=True, publicity=OPEN)
    information = fields.LongText(
        _("Lisätieto"), blank=True, publicity=Publicity.PARTLY_SECRET, grounds=CONTACT, personal=PersonalData.CONTAINS
    )
    computed_on = fields.Date(_("Laskettu"), null=True, blank=True, publicity=OPEN)

    class Meta:
        """A told loan has its day."""

        constraints = (
            models.CheckConstraint(
                condition=Q(loan=None) | Q(loan__gte=0, loan_on__isnull=False),
                name="a_told_loan_has_its_day",
                violation_error_message=_("Anna lainaosuudelle sen päivä. Lainaosuus ei voi olla alle nollan."),
            ),
        )
        indexes = (models.Index(fields=("id",), condition=Q(computed_on=None, voided_at=None), name="hitas_requests_waiting"),)

    def __str__(self) -> str:
        """The flat as it was told, never who asked."""
        return str(self.told_door)
