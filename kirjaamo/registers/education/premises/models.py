"""Rooms, customers, bookings, standing turns and their agreements, price lists, bills.

A booking takes its room from a moment to a moment. The database refuses two confirmed bookings of one room at once, whoever
makes them and how ever; requests, refused and cancelled bookings and void rows take no room.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kirjaamo.contract.constraints import OneKey
from kirjaamo.contract.record import Record
from kirjaamo.kernel import fields
from kirjaamo.registers.education.premises import letters
from kirjaamo.registers.education.premises.choices import (
    Activity,
    AgreementState,
    BookingState,
    CustomerKind,
    Group,
    Outcome,
    RoomKind,
    RoundState,
    Weekday,
)
from kirjaamo.registers.education.premises.columns import Time, Worked
from kirjaamo.registers.education.premises.rules.times import clock_text
from kirjaamo.ui import wording
from kirjaamo.ui.parts import Column, Row, Table
from kirjaamo.values.publicity import PersonalData, Publicity

if TYPE_CHECKING:
    from kirjaamo.values.calculation import Calculation

OPEN = Publicity.PUBLIC
PARTLY = Publicity.PARTLY_SECRET
PRIVATE = ("JulkL-24-1-31", "JulkL-24-1-32")
PERSONAL = PersonalData.CONTAINS


class Room(Record):
    """A room (tila) that the division lets for evening and weekend use."""

    label = _("Tila")
    plural = _("Tilat")
    open_data = True
    adds = ("code", "school", "name", "address", "kind", "capacity", "step_free", "let")
    edits = ("school", "name", "address", "kind", "capacity", "step_free", "let")
    code = fields.Text(_("Tilan tunnus"), max_length=30, unique=True, publicity=OPEN)
    school = fields.Text(_("Koulu"), publicity=OPEN)
    name = fields.Text(_("Tila"), publicity=OPEN)
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


class Customer(Record):
    """A registered customer (asiakas): a person whose identity was checked, or a body with its responsible adult."""

    label = _("Asiakas")
    number = fields.Text(_("Asiakasnumero"), max_length=20, unique=True, publicity=PARTLY, grounds=PRIVATE, personal=PERSONAL)
    kind = fields.Choice(_("Asiakkaan laji"), CustomerKind, publicity=PARTLY, grounds=PRIVATE)
    holder = fields.Person(_("Asiakas"), related_name="+", publicity=PARTLY, grounds=PRIVATE)
    contact = fields.Person(_("Vastuuhenkilö"), related_name="+", publicity=PARTLY, grounds=PRIVATE)
    group = fields.Choice(_("Maksuryhmä"), Group, default=Group.GENERAL, publicity=PARTLY, grounds=PRIVATE)
    identity_checked_on = fields.Date(_("Henkilöllisyys tarkistettu"), publicity=PARTLY, grounds=PRIVATE, personal=PERSONAL)

    def __str__(self) -> str:
        """The number: the name is private."""
        return str(self.number)


class PriceList(Record):
    """A price list (hinnasto) with its time and the decision behind it. Two lists are never in force at once."""

    label = _("Hinnasto")
    title = fields.Text(_("Hinnasto"), publicity=OPEN)
    valid = fields.Period(_("Voimassa"), publicity=OPEN)
    source = fields.Text(_("Päätös"), publicity=OPEN)

    class Meta:
        """One list at a time."""

        constraints = (
            ExclusionConstraint(
                name="one_price_list_at_a_time",
                expressions=[("valid", RangeOperators.OVERLAPS)],
                condition=Q(voided_at=None),
                violation_error_message=_("Toinen hinnasto on voimassa samaan aikaan. Päätä se ensin tai muuta voimassaoloa."),
            ),
        )

    def __str__(self) -> str:
        """Its title."""
        return str(self.title)


class Price(Record):
    """A price (hinta) of an hour, without value added tax."""

    label = _("Hinta")
    price_list = fields.Link(_("Hinnasto"), PriceList, related_name="prices", publicity=OPEN)
    kind = fields.Choice(_("Tilan laji"), RoomKind, publicity=OPEN)
    group = fields.Choice(_("Maksuryhmä"), Group, publicity=OPEN)
    weekend = fields.Flag(_("Viikonloppu"), default=False, publicity=OPEN)
    self_supervised = fields.Flag(_("Omatoiminen käyttö"), default=False, publicity=OPEN)
    hourly = fields.Money(_("Hinta tunnilta ilman arvonlisäveroa"), publicity=OPEN)

    class Meta:
        """Each price once in its list, and none below zero."""

        constraints = (
            models.UniqueConstraint(
                fields=("price_list", "kind", "group", "weekend", "self_supervised"),
                name="each_price_once_in_its_list",
                violation_error_message=_("Hinnastossa on jo sama hinta."),
            ),
            models.CheckConstraint(
                condition=Q(hourly__gte=0), name="a_price_is_not_negative", violation_error_message=_("Hinta ei voi olla negatiivinen.")
            ),
        )

    def __str__(self) -> str:
        """What it prices."""
        return f"{self.get_kind_display()}, {self.get_group_display()}, {wording.euro(self.hourly)}"


class RankOrder(Record):
    """The order (jakojärjestys) in which activities are served when standing turns are allocated, with its time and source."""

    label = _("Jakojärjestys")
    order = fields.Text(_("Toiminnat järjestyksessä"), publicity=OPEN)
    valid = fields.Period(_("Voimassa"), publicity=OPEN)
    source = fields.Text(_("Päätös"), publicity=OPEN)

    class Meta:
        """One order at a time."""

        constraints = (
            ExclusionConstraint(
                name="one_order_of_ranks_at_a_time",
                expressions=[("valid", RangeOperators.OVERLAPS)],
                condition=Q(voided_at=None),
                violation_error_message=_("Toinen jakojärjestys on voimassa samaan aikaan. Päätä se ensin tai muuta voimassaoloa."),
            ),
        )

    def __str__(self) -> str:
        """Its source."""
        return str(self.source)


class ClosedDays(Record):
    """Days (käyttökatko) on which a room, or every room, is not let."""

    label = _("Käyttökatko")
    title = fields.Text(_("Syy"), publicity=OPEN)
    days = fields.Period(_("Päivät"), publicity=OPEN)
    room = fields.Link(_("Tila"), Room, null=True, blank=True, related_name="+", publicity=OPEN)

    def __str__(self) -> str:
        """Why."""
        return str(self.title)


class Season(Record):
    """A season's round (vuorohaku): its days, when turns are applied for, and how far it is."""

    label = _("Vuorohaku")
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
    season = fields.Link(_("Vuorohaku"), Season, related_name="applications", publicity=OPEN)
    account = fields.Link(_("Asiakasnumero"), Customer, related_name="+", publicity=PARTLY, grounds=PRIVATE)
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
    application = fields.Link(_("Vuorohakemus"), TurnApplication, related_name="wishes", publicity=OPEN)
    place = fields.Number(_("Sija hakemuksessa"), publicity=OPEN)
    room = fields.Link(_("Tila"), Room, related_name="+", publicity=OPEN)
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
    number = fields.Text(_("Sopimusnumero"), max_length=20, unique=True, publicity=OPEN)
    account = fields.Link(_("Asiakasnumero"), Customer, related_name="agreements", publicity=PARTLY, grounds=PRIVATE)
    customer = fields.Person(_("Asiakas"), related_name="+", publicity=PARTLY, grounds=PRIVATE)
    contact = fields.Person(_("Vastuuhenkilö"), related_name="+", publicity=PARTLY, grounds=PRIVATE)
    application = fields.Link(_("Vuorohakemus"), TurnApplication, null=True, blank=True, related_name="agreements", publicity=OPEN)
    room = fields.Link(_("Tila"), Room, related_name="+", publicity=OPEN)
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

    @property
    def calculation(self) -> Calculation:
        """How the total was made, as stored."""
        return letters.stored(self.worked)

    def letter(self, type_code: str) -> Mapping[str, object]:
        """The data of the agreement."""
        del type_code
        return letters.agreement(self)


class Bill(Record):
    """What a customer is billed for a month (laskutus): the uses of the month and cancellations that were too late."""

    label = _("Laskutuserä")
    account = fields.Link(_("Asiakasnumero"), Customer, related_name="bills", publicity=PARTLY, grounds=PRIVATE)
    customer = fields.Person(_("Asiakas"), related_name="+", publicity=PARTLY, grounds=PRIVATE)
    month = fields.Date(_("Kuukauden ensimmäinen päivä"), publicity=OPEN)
    total = fields.Money(_("Yhteensä ilman arvonlisäveroa"), publicity=OPEN)
    worked = Worked(_("Laskelma"), publicity=OPEN)

    class Meta:
        """A bill of a whole month, of nothing less than nothing."""

        constraints = (
            models.CheckConstraint(
                condition=Q(month__day=1), name="a_bill_is_of_a_month", violation_error_message=_("Anna kuukauden ensimmäinen päivä.")
            ),
            models.CheckConstraint(
                condition=Q(total__gte=0), name="a_bill_is_of_nothing_or_more", violation_error_message=_("Lasku ei voi olla negatiivinen.")
            ),
        )

    def __str__(self) -> str:
        """Customer number and month."""
        return f"{self.account} {self.month.month}/{self.month.year}"

    @property
    def calculation(self) -> Calculation:
        """The uses, as stored."""
        return letters.stored(self.worked)


class Booking(Record):
    """A booking (varaus): a room from a moment to a moment."""

    label = _("Varaus")
    room = fields.Link(_("Tila"), Room, related_name="bookings", publicity=OPEN)
    starts_at = fields.Moment(_("Alkaa"), publicity=OPEN)
    ends_at = fields.Moment(_("Päättyy"), publicity=OPEN)
    state = fields.Choice(_("Vaihe"), BookingState, default=BookingState.REQUESTED, publicity=OPEN)
    customer = fields.Person(_("Asiakas"), related_name="+", publicity=PARTLY, grounds=PRIVATE)
    contact = fields.Person(_("Vastuuhenkilö"), null=True, blank=True, related_name="+", publicity=PARTLY, grounds=PRIVATE)
    account = fields.Link(_("Asiakasnumero"), Customer, null=True, blank=True, related_name="bookings", publicity=PARTLY, grounds=PRIVATE)
    told_number = fields.Text(
        _("Pyynnössä kerrottu asiakasnumero"), max_length=20, blank=True, publicity=PARTLY, grounds=PRIVATE, personal=PERSONAL
    )
    agreement = fields.Link(_("Käyttösopimus"), Agreement, null=True, blank=True, related_name="bookings", publicity=OPEN)
    purpose = fields.Text(_("Käyttötarkoitus"), publicity=PARTLY, grounds=PRIVATE)
    headcount = fields.Number(_("Osallistujia"), publicity=OPEN)
    self_supervised = fields.Flag(_("Omatoiminen käyttö"), default=False, publicity=OPEN)
    reason = fields.LongText(_("Perustelut"), blank=True, publicity=PARTLY, grounds=PRIVATE)
    cancelled_on = fields.Date(_("Peruttu"), null=True, blank=True, publicity=OPEN)
    charged = fields.Flag(_("Maksu peritään"), default=False, publicity=OPEN)
    fee = fields.Money(_("Maksu ilman arvonlisäveroa"), null=True, blank=True, publicity=OPEN)
    worked = Worked(_("Maksun laskelma"), null=True, blank=True, publicity=OPEN)
    bill = fields.Link(_("Laskutuserä"), Bill, null=True, blank=True, related_name="bookings", publicity=OPEN)

    class Meta:
        """One booking of a room at a time, and what each state must have."""

        ordering = ("starts_at", "id")
        constraints = (
            ExclusionConstraint(
                name="one_booking_of_a_room_at_a_time",
                expressions=[
                    (OneKey(F("room"), F("room"), Value("[]")), RangeOperators.OVERLAPS),
                    (
                        Func(F("starts_at"), F("ends_at"), RangeBoundary(), function="tstzrange", output_field=DateTimeRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(voided_at=None, state="confirmed"),
                violation_error_message=_("Tila on jo varattu tälle ajalle. Valitse toinen aika tai toinen tila."),
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="a_booking_ends_after_it_starts",
                violation_error_message=_("Päättymisajan on oltava alkamisajan jälkeen."),
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | ~(Q(account=None) | Q(fee=None)),
                name="a_confirmed_booking_has_a_customer_and_a_fee",
                violation_error_message=_("Vahvistetulla varauksella on oltava rekisteröity asiakas ja maksu."),
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(reason=""),
                name="a_refused_booking_has_its_reason",
                violation_error_message=_("Kirjaa hylkäyksen perustelut (hallintolaki 45 §)."),
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(cancelled_on=None),
                name="a_cancelled_booking_has_its_day",
                violation_error_message=_("Kirjaa peruutuspäivä."),
            ),
            models.CheckConstraint(
                condition=Q(headcount__gte=1),
                name="a_booking_is_for_someone",
                violation_error_message=_("Osallistujia on oltava vähintään 1."),
            ),
            models.CheckConstraint(
                condition=Q(fee=None) | Q(fee__gte=0),
                name="a_fee_is_not_negative",
                violation_error_message=_("Maksu ei voi olla negatiivinen."),
            ),
        )
        indexes = (
            models.Index(fields=("room", "starts_at"), name="premises_booking_room_time"),
            models.Index(fields=("starts_at",), condition=Q(state="requested", voided_at=None), name="premises_booking_waiting"),
            models.Index(fields=("starts_at",), condition=Q(charged=True, bill=None), name="premises_booking_unbilled"),
        )

    def __str__(self) -> str:
        """Room and time: the customer is private."""
        return f"{self.room}, {self.when}"

    @property
    def when(self) -> str:
        """Day and times."""
        first, last = timezone.localtime(self.starts_at), timezone.localtime(self.ends_at)
        return f"{wording.day(first)} {clock_text(first.time())}–{clock_text(last.time())}"

    @property
    def calculation(self) -> Calculation | None:
        """How the fee was made, as stored."""
        return letters.stored(self.worked) if self.worked else None

    def letter(self, type_code: str) -> Mapping[str, object]:
        """The data of the answer."""
        del type_code
        return letters.answer(self)


def turn_text(weekday: str, starts: object, ends: object) -> str:
    """A standing turn in words: `tiistai 18.00–20.00`."""
    return f"{Weekday(weekday).label} {clock_text(starts)}–{clock_text(ends)}"  # type: ignore[arg-type]
