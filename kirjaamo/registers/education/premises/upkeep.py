"""What goes with the use of rooms: damages, and the shifts of those who open, supervise and close."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kirjaamo.contract.record import Record
from kirjaamo.kernel import fields
from kirjaamo.registers.education.premises import letters
from kirjaamo.registers.education.premises.bookings import Booking
from kirjaamo.registers.education.premises.choices import DamageState
from kirjaamo.registers.education.premises.columns import Time
from kirjaamo.registers.education.premises.facts import OPEN, PARTLY, PERSONAL, PRIVATE
from kirjaamo.registers.education.premises.rooms import Room
from kirjaamo.ui import wording


class Damage(Record):
    """A damage (vahinko) found after a use, and what was claimed of the customer for it."""

    label = _("Vahinko")
    plural = _("Vahingot")
    list_columns = ("found_on", "room", "customer", "amount", "state")
    list_also = ("booking__room",)
    list_filters = ("state",)
    booking = fields.Link(_("Varaus"), Booking, related_name="damages", publicity=OPEN)
    room = fields.Link(pgettext_lazy("huone", "Tila"), Room, related_name="+", publicity=OPEN)
    customer = fields.Person(_("Asiakas"), related_name="+", publicity=PARTLY, grounds=PRIVATE)
    found_on = fields.Date(_("Havaittu"), publicity=OPEN)
    description = fields.LongText(_("Mitä vahingoittui"), publicity=PARTLY, grounds=PRIVATE, personal=PERSONAL)
    amount = fields.Money(_("Vaadittu korvaus"), null=True, blank=True, publicity=OPEN)
    state = fields.Choice(_("Vahingon käsittely"), DamageState, default=DamageState.REPORTED, publicity=OPEN)
    ended_on = fields.Date(_("Vahingon käsittely päättyi"), null=True, blank=True, publicity=OPEN)
    end_reason = fields.LongText(_("Päättymisen peruste"), blank=True, publicity=PARTLY, grounds=PRIVATE, personal=PERSONAL)

    class Meta:
        """A claim is of a sum, and what has ended has its day."""

        constraints = (
            models.CheckConstraint(
                condition=Q(amount=None) | Q(amount__gt=0),
                name="a_claim_of_damage_is_of_a_sum",
                violation_error_message=_("Korvauksen on oltava suurempi kuin nolla."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("claimed", "settled")) | ~Q(amount=None),
                name="a_claimed_damage_has_its_sum",
                violation_error_message=_("Kirjaa vaadittu korvaus."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("settled", "dropped")) | ~Q(ended_on=None),
                name="an_ended_damage_has_its_day",
                violation_error_message=_("Kirjaa päivä, jona käsittely päättyi."),
            ),
        )

    def __str__(self) -> str:
        """Day and room: what happened is private."""
        return f"{self.label} {wording.day(self.found_on)}: {self.room}"

    def letter(self, type_code: str) -> Mapping[str, object]:
        """The data of the claim."""
        del type_code
        return letters.damage_claim(self)


class Shift(Record):
    """A supervisor's shift (valvontavuoro) of an evening: from opening the school for its first use to closing it after the last."""

    label = _("Valvontavuoro")
    plural = _("Valvontavuorot")
    edits = ("supervisor",)
    list_columns = ("day", "school", "opens_at", "closes_at", "uses", "supervisor")
    school = fields.Text(_("Koulu"), publicity=OPEN)
    day = fields.Date(_("Päivä"), publicity=OPEN)
    opens_at = Time(_("Avataan"), publicity=OPEN)
    closes_at = Time(_("Suljetaan"), publicity=OPEN)
    uses = fields.Number(_("Valvottuja käyttöjä"), publicity=OPEN)
    supervisor = fields.Text(_("Valvoja"), blank=True, publicity=PARTLY, grounds=PRIVATE, personal=PERSONAL)

    class Meta:
        """One shift of a school and a day."""

        constraints = (
            models.UniqueConstraint(
                fields=("school", "day"),
                condition=Q(voided_at=None),
                name="one_shift_of_a_school_and_day",
                violation_error_message=_("Koululla on jo valvontavuoro tälle päivälle."),
            ),
        )

    def __str__(self) -> str:
        """Day and school."""
        return f"{wording.day(self.day)} {self.school}"

    @property
    def uses_url(self) -> str:
        """Where the uses of the shift are listed."""
        return f"{reverse('premises-day')}?{urlencode({'paiva': self.day.isoformat(), 'koulu': self.school})}"
