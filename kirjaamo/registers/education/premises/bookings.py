"""Bookings and monthly bills.

A booking takes its room from a moment to a moment. The database refuses two confirmed bookings of one room at once, whoever
makes them and how ever; requests, refused and cancelled bookings and void rows take no room.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from kirjaamo.contract.constraints import OneKey
from kirjaamo.contract.on_site import OnSite
from kirjaamo.contract.record import Record
from kirjaamo.contract.telling import Ending
from kirjaamo.kernel import fields
from kirjaamo.registers.education.premises import letters
from kirjaamo.registers.education.premises.choices import BookingState
from kirjaamo.registers.education.premises.columns import Worked
from kirjaamo.registers.education.premises.facts import OPEN, PARTLY, PERSONAL, PRIVATE
from kirjaamo.registers.education.premises.rooms import Customer, Room
from kirjaamo.registers.education.premises.rules.times import clock_text
from kirjaamo.registers.education.premises.turns import Agreement
from kirjaamo.ui import wording

if TYPE_CHECKING:
    from kirjaamo.values.calculation import Calculation


class Bill(Record):
    """What a customer is billed for a month (laskutus): the uses of the month and cancellations that were too late."""

    label = _("Laskutuserä")
    plural = _("Laskutuserät")
    list_columns = ("number", "customer", "month", "tax", "payable")
    number = fields.Text(_("Laskun numero"), max_length=20, blank=True, publicity=OPEN)
    account = fields.Link(_("Asiakasnumero"), Customer, related_name="bills", publicity=PARTLY, grounds=PRIVATE)
    customer = fields.Person(_("Asiakas"), related_name="+", publicity=PARTLY, grounds=PRIVATE)
    month = fields.Date(_("Kuukauden ensimmäinen päivä"), publicity=OPEN)
    total = fields.Money(_("Yhteensä ilman arvonlisäveroa"), publicity=OPEN)
    tax = fields.Money(_("Arvonlisävero"), null=True, blank=True, publicity=OPEN)
    payable = fields.Money(_("Maksettava"), null=True, blank=True, publicity=OPEN)
    worked = Worked(_("Laskelma"), publicity=OPEN)

    class Meta:
        """A bill of a whole month, of nothing less than nothing."""

        constraints = (
            models.UniqueConstraint(
                fields=("number",),
                condition=~Q(number=""),
                name="each_bill_has_its_number",
                violation_error_message=_("Laskun numero on jo käytössä."),
            ),
            models.CheckConstraint(
                condition=Q(month__day=1), name="a_bill_is_of_a_month", violation_error_message=_("Anna kuukauden ensimmäinen päivä.")
            ),
            models.CheckConstraint(
                condition=Q(total__gte=0), name="a_bill_is_of_nothing_or_more", violation_error_message=_("Lasku ei voi olla negatiivinen.")
            ),
        )

    def __str__(self) -> str:
        """Customer number and month."""
        return f"{self.number} {self.account} {self.month.month}/{self.month.year}".strip()

    def kept_calculations(self) -> Sequence[Calculation]:
        """The uses of the month, as stored."""
        return (letters.stored(self.worked),)

    def letter(self, type_code: str) -> Mapping[str, object]:
        """The data of the bill."""
        del type_code
        return letters.bill(self)


class Booking(Record):
    """A booking (varaus): a room from a moment to a moment."""

    label = _("Varaus")
    plural = _("Varaukset")
    endings = (Ending("document_validity_end", "ends_at"),)
    on_site = OnSite(("room", "starts_at", "ends_at", "state"), "r.state = 'confirmed'")
    room = fields.Link(pgettext_lazy("huone", "Tila"), Room, related_name="bookings", publicity=OPEN)
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
        return f"{wording.day(timezone.localtime(self.starts_at))} {self.clock}"

    @property
    def clock(self) -> str:
        """The times of its day."""
        first, last = timezone.localtime(self.starts_at), timezone.localtime(self.ends_at)
        return f"{clock_text(first.time())}–{clock_text(last.time())}"

    @property
    def supervision(self) -> str:
        """Whether a supervisor of the city is there."""
        return gettext("Omatoiminen") if self.self_supervised else gettext("Valvottu")

    def kept_calculations(self) -> Sequence[Calculation]:
        """How the fee was made, as stored; a booking that is not confirmed has none."""
        return (letters.stored(self.worked),) if self.worked else ()

    def letter(self, type_code: str) -> Mapping[str, object]:
        """The data of the answer."""
        del type_code
        return letters.answer(self)
