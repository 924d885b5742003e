"""Rooms that are let, days on which they are not, and customers."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kirjaamo.contract.on_site import OnSite
from kirjaamo.contract.record import Record
from kirjaamo.kernel import fields
from kirjaamo.registers.education.premises.choices import CustomerKind, Group, RoomKind
from kirjaamo.registers.education.premises.facts import OPEN, PARTLY, PERSONAL, PRIVATE


class Room(Record):
    """A room (tila) that the division lets for evening and weekend use."""

    label = pgettext_lazy("huone", "Tila")
    plural = pgettext_lazy("huone", "Tilat")
    open_data = True
    adds = ("code", "school", "name", "address", "kind", "capacity", "step_free", "let")
    edits = ("school", "name", "address", "kind", "capacity", "step_free", "let")
    code = fields.Text(_("Tilan tunnus"), max_length=30, unique=True, publicity=OPEN)
    school = fields.Text(_("Koulu"), publicity=OPEN)
    name = fields.Text(_("Tilan nimi"), publicity=OPEN)
    address = fields.Text(_("Osoite"), blank=True, publicity=OPEN)
    kind = fields.Choice(_("Tilan laji"), RoomKind, publicity=OPEN)
    capacity = fields.Number(_("Henkilömäärä enintään"), publicity=OPEN)
    step_free = fields.Flag(_("Esteetön"), default=False, publicity=OPEN)
    let = fields.Flag(_("Annetaan käyttöön"), default=True, publicity=OPEN)

    class Meta:
        """A room holds someone."""

        constraints = (
            models.CheckConstraint(
                condition=Q(capacity__gte=1), name="a_room_holds_someone", violation_error_message=_("Henkilömäärän on oltava vähintään 1.")
            ),
        )

    def __str__(self) -> str:
        """School and room."""
        return f"{self.school}, {self.name}"


class ClosedDays(Record):
    """Days (käyttökatko) on which a room, or every room, is not let."""

    label = _("Käyttökatko")
    plural = _("Käyttökatkot")
    on_site = OnSite(("title", "days", "room"))
    adds = ("title", "days", "room")
    edits = ("title", "days")
    list_columns = ("title", "days", "room")
    title = fields.Text(_("Syy"), publicity=OPEN)
    days = fields.Period(_("Päivät"), publicity=OPEN)
    room = fields.Link(pgettext_lazy("huone", "Tila"), Room, null=True, blank=True, related_name="+", publicity=OPEN)

    def __str__(self) -> str:
        """Why."""
        return str(self.title)


class Customer(Record):
    """A registered customer (asiakas): a person whose identity was checked, or a body with its responsible adult."""

    label = _("Asiakas")
    plural = _("Asiakkaat")
    edits = ("group",)
    list_columns = ("number", "holder", "contact", "kind", "group")
    list_filters = ("kind", "group")
    number = fields.Text(_("Asiakasnumero"), max_length=20, unique=True, publicity=PARTLY, grounds=PRIVATE, personal=PERSONAL)
    kind = fields.Choice(_("Asiakkaan laji"), CustomerKind, publicity=PARTLY, grounds=PRIVATE)
    holder = fields.Person(_("Asiakas"), related_name="+", publicity=PARTLY, grounds=PRIVATE)
    contact = fields.Person(_("Vastuuhenkilö"), related_name="+", publicity=PARTLY, grounds=PRIVATE)
    group = fields.Choice(_("Maksuryhmä"), Group, default=Group.GENERAL, publicity=PARTLY, grounds=PRIVATE)
    identity_checked_on = fields.Date(_("Henkilöllisyys tarkistettu"), publicity=PARTLY, grounds=PRIVATE, personal=PERSONAL)

    def __str__(self) -> str:
        """The number: the name is private."""
        return str(self.number)
