"""Seasons, applications for standing turns with their wishes, and use agreements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kirjaamo.contract.on_site import OnSite
from kirjaamo.contract.record import OwnColumn, Record
from kirjaamo.contract.telling import Ending
from kirjaamo.kernel import fields
from kirjaamo.registers.education.premises import letters
from kirjaamo.registers.education.premises.choices import Activity, AgreementState, Outcome, RoundState, Weekday
from kirjaamo.registers.education.premises.columns import Time, Worked
from kirjaamo.registers.education.premises.facts import OPEN, PARTLY, PERSONAL, PRIVATE
from kirjaamo.registers.education.premises.rooms import Customer, Room
from kirjaamo.registers.education.premises.rules.times import clock_text
from kirjaamo.ui.parts import Column, Row, Table

if TYPE_CHECKING:
    from kirjaamo.values.calculation import Calculation


class Season(Record):
    """A season's round (vuorohaku): its days, when turns are applied for, and how far it is."""

    label = _("Vuorohaku")
    plural = _("Vuorohaut")
    list_columns = ("title", "days", "applying", "state")
    on_site = OnSite(("title", "days", "applying", "state"))
    title = fields.Text(_("Vuorohaku"), publicity=OPEN)
    days = fields.Period(_("Kausi"), publicity=OPEN)
    applying = fields.Period(_("Hakuaika"), publicity=OPEN)
    state = fields.Choice(_("Vaihe"), RoundState, default=RoundState.OPEN, publicity=OPEN)
    allocated_on = fields.Date(_("Jaettu"), null=True, blank=True, publicity=OPEN)

    def __str__(self) -> str:
        """Its title."""
        return str(self.title)


class TurnApplication(Record):
    """An application for a standing turn (vuorohakemus) with its wishes."""

    label = _("Vuorohakemus")
    plural = _("Vuorohakemukset")
    list_columns = ("customer", "season", "activity", "outcome")
    list_filters = ("outcome", "activity")
    season = fields.Link(_("Vuorohaku"), Season, related_name="applications", publicity=OPEN)
    account = fields.Link(_("Asiakasnumero"), Customer, null=True, blank=True, related_name="+", publicity=PARTLY, grounds=PRIVATE)
    told_number = fields.Text(
        _("Hakemuksessa kerrottu asiakasnumero"), max_length=20, blank=True, publicity=PARTLY, grounds=PRIVATE, personal=PERSONAL
    )
    customer = fields.Person(_("Hakija"), related_name="+", publicity=PARTLY, grounds=PRIVATE)
    contact = fields.Person(_("Vastuuhenkilö"), related_name="+", publicity=PARTLY, grounds=PRIVATE)
    activity = fields.Choice(_("Toiminta"), Activity, publicity=OPEN)
    purpose = fields.Text(_("Käyttötarkoitus"), publicity=PARTLY, grounds=PRIVATE)
    headcount = fields.Number(_("Osallistujia"), publicity=OPEN)
    self_supervised = fields.Flag(_("Omatoiminen käyttö"), default=False, publicity=OPEN)
    arrived_at = fields.Moment(_("Saapunut"), publicity=OPEN)
    outcome = fields.Choice(_("Ratkaisu"), Outcome, default=Outcome.PENDING, publicity=OPEN)

    class Meta:
        """Somebody takes part."""

        constraints = (
            models.CheckConstraint(
                condition=Q(headcount__gte=1),
                name="an_application_is_for_someone",
                violation_error_message=_("Osallistujia on oltava vähintään 1."),
            ),
        )

    def __str__(self) -> str:
        """The case's identifier: the applicant is private."""
        return str(self.case or self.pk)

    @property
    def told(self) -> Table:
        """The wishes with what became of each and why."""
        columns = [Column("turn", _("Toive")), Column("outcome", _("Ratkaisu"), nowrap=True), Column("reason", _("Peruste"))]
        rows = [
            Row([str(one), Outcome(one.outcome).label, one.reason], one.get_absolute_url()) for one in self.wishes.select_related("room")
        ]
        return Table(_("Toiveet"), columns, rows, caption_hidden=True)

    def letter(self, type_code: str) -> Mapping[str, object]:
        """The data of the decision on the application."""
        del type_code
        return letters.turn_decision(self)


class Wish(Record):
    """One wish (toive) of an application, and what became of it with its reason."""

    label = _("Vuorotoive")
    plural = _("Vuorotoiveet")
    list_columns = ("room", OwnColumn("turn", _("Vuoro"), attrgetter("turn"), open=True), "outcome", "reason")
    list_filters = ("outcome", "weekday")
    list_also = ("application__case",)
    application = fields.Link(_("Vuorohakemus"), TurnApplication, related_name="wishes", publicity=OPEN)
    place = fields.Number(_("Sija hakemuksessa"), publicity=OPEN)
    room = fields.Link(pgettext_lazy("huone", "Tila"), Room, related_name="+", publicity=OPEN)
    weekday = fields.Choice(_("Viikonpäivä"), Weekday, publicity=OPEN)
    starts = Time(_("Alkaa"), publicity=OPEN)
    ends = Time(_("Päättyy"), publicity=OPEN)
    outcome = fields.Choice(_("Ratkaisu"), Outcome, default=Outcome.PENDING, publicity=OPEN)
    code = fields.Text(_("Perusteen tunnus"), max_length=40, blank=True, publicity=OPEN)
    reason = fields.LongText(_("Peruste"), blank=True, publicity=OPEN)

    class Meta:
        """Wishes in order; a wish that was not granted has its reason."""

        ordering = ("place",)
        constraints = (
            models.UniqueConstraint(
                fields=("application", "place"),
                name="one_wish_at_each_place",
                violation_error_message=_("Hakemuksessa on jo toive tällä sijalla."),
            ),
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")),
                name="a_turn_ends_after_it_starts",
                violation_error_message=_("Vuoro päättyy alkamisen jälkeen."),
            ),
            models.CheckConstraint(
                condition=~Q(outcome="lost") | ~Q(reason=""),
                name="a_lost_turn_has_its_reason",
                violation_error_message=_("Kirjaa peruste sille, ettei vuoroa myönnetty (hallintolaki 45 §)."),
            ),
        )

    def __str__(self) -> str:
        """The turn in words."""
        return f"{self.room}, {self.turn}"

    @property
    def turn(self) -> str:
        """Weekday and times."""
        return turn_text(self.weekday, self.starts, self.ends)


class Agreement(Record):
    """A use agreement (käyttösopimus) of a standing turn: one booking for each day of use."""

    label = _("Käyttösopimus")
    plural = _("Käyttösopimukset")
    list_columns = ("number", "customer", "room", OwnColumn("turn", _("Vuoro"), attrgetter("turn"), open=True), "state")
    list_filters = ("state", "weekday")
    list_also = ("application__case",)
    endings = (Ending("document_validity_end", "valid"),)
    number = fields.Text(_("Sopimusnumero"), max_length=20, unique=True, publicity=OPEN)
    account = fields.Link(_("Asiakasnumero"), Customer, related_name="agreements", publicity=PARTLY, grounds=PRIVATE)
    customer = fields.Person(_("Asiakas"), related_name="+", publicity=PARTLY, grounds=PRIVATE)
    contact = fields.Person(_("Vastuuhenkilö"), related_name="+", publicity=PARTLY, grounds=PRIVATE)
    application = fields.Link(_("Vuorohakemus"), TurnApplication, null=True, blank=True, related_name="agreements", publicity=OPEN)
    room = fields.Link(pgettext_lazy("huone", "Tila"), Room, related_name="+", publicity=OPEN)
    weekday = fields.Choice(_("Viikonpäivä"), Weekday, publicity=OPEN)
    starts = Time(_("Alkaa"), publicity=OPEN)
    ends = Time(_("Päättyy"), publicity=OPEN)
    valid = fields.Period(_("Voimassa"), publicity=OPEN)
    purpose = fields.Text(_("Käyttötarkoitus"), publicity=PARTLY, grounds=PRIVATE)
    headcount = fields.Number(_("Osallistujia"), publicity=OPEN)
    self_supervised = fields.Flag(_("Omatoiminen käyttö"), default=False, publicity=OPEN)
    state = fields.Choice(_("Tila sopimuksena"), AgreementState, default=AgreementState.IN_FORCE, publicity=OPEN)
    end_reason = fields.LongText(_("Päättämisen syy"), blank=True, publicity=PARTLY, grounds=PRIVATE)
    total = fields.Money(_("Maksu yhteensä ilman arvonlisäveroa"), publicity=OPEN)
    worked = Worked(_("Maksun laskelma"), publicity=OPEN)

    class Meta:
        """Ends after it starts, costs nothing less than nothing."""

        constraints = (
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")),
                name="an_agreed_turn_ends_after_it_starts",
                violation_error_message=_("Vuoro päättyy alkamisen jälkeen."),
            ),
            models.CheckConstraint(
                condition=Q(total__gte=0),
                name="an_agreement_costs_nothing_or_more",
                violation_error_message=_("Maksu ei voi olla negatiivinen."),
            ),
        )
        indexes = (
            models.Index("state", Func(F("valid"), function="upper", output_field=models.DateField()), name="premises_agreement_ending"),
        )

    def __str__(self) -> str:
        """Number, room and turn."""
        return f"{self.number}: {self.room}, {self.turn}"

    @property
    def turn(self) -> str:
        """Weekday and times."""
        return turn_text(self.weekday, self.starts, self.ends)

    def kept_calculations(self) -> Sequence[Calculation]:
        """How the total was made, as stored."""
        return (letters.stored(self.worked),)

    def letter(self, type_code: str) -> Mapping[str, object]:
        """The data of the agreement."""
        del type_code
        return letters.agreement(self)


def turn_text(weekday: str, starts: object, ends: object) -> str:
    """A standing turn in words: `tiistai 18.00–20.00`."""
    return f"{Weekday(weekday).label} {clock_text(starts)}–{clock_text(ends)}"  # type: ignore[arg-type]
