"""Dated rows: the terms of use."""

from __future__ import annotations

from operator import attrgetter
from urllib.parse import urlencode

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kirjaamo.contract.record import OwnColumn, Record
from kirjaamo.kernel import fields
from kirjaamo.mechanisms.dated import one_at_a_time
from kirjaamo.registers.education.premises.columns import Time
from kirjaamo.registers.education.premises.facts import OPEN
from kirjaamo.registers.education.premises.rules.times import clock_text, span_text

HOURS = ("weekday_opens", "weekday_closes", "weekend_opens", "weekend_closes")


class UseTerms(Record):
    """The terms of use (käyttöehdot): hours, notice, supervision, age of the responsible person; with their time and source."""

    label = _("Käyttöehdot")
    plural = _("Käyttöehdot")
    open_data = True
    list_columns = (
        "valid",
        OwnColumn("weekday", _("Arkisin"), attrgetter("weekday"), open=True),
        OwnColumn("weekend", _("Viikonloppuisin ja pyhinä"), attrgetter("weekend"), open=True),
        "notice_days",
        "source",
    )
    weekday_opens = Time(_("Arkisin alkaen"), publicity=OPEN)
    weekday_closes = Time(_("Arkisin päättyen"), publicity=OPEN)
    weekend_opens = Time(_("Viikonloppuisin ja pyhinä alkaen"), publicity=OPEN)
    weekend_closes = Time(_("Viikonloppuisin ja pyhinä päättyen"), publicity=OPEN)
    notice_days = fields.Number(_("Määräaika päivinä"), publicity=OPEN)
    margin = fields.Number(_("Valvojan aika ennen ja jälkeen, minuuttia"), publicity=OPEN)
    step = fields.Number(_("Varausväli, minuuttia"), publicity=OPEN)
    least_age = fields.Number(_("Vastuuhenkilön ikä vähintään, vuotta"), publicity=OPEN)
    valid = fields.Period(_("Voimassa"), publicity=OPEN)
    source = fields.Text(_("Päätös"), publicity=OPEN)

    class Meta:
        """One row at a time; hours that open before they close, and steps that fill an hour."""

        constraints = (
            one_at_a_time(
                "one_set_of_terms_at_a_time", _("Toiset käyttöehdot ovat voimassa samaan aikaan. Päätä ne ensin tai muuta voimassaoloa.")
            ),
            models.CheckConstraint(
                condition=Q(weekday_opens__lt=F("weekday_closes"), weekend_opens__lt=F("weekend_closes")),
                name="premises_open_before_they_close",
                violation_error_message=_("Käyttöajan on päätyttävä alkamisensa jälkeen."),
            ),
            models.CheckConstraint(
                condition=Q(step__in=(5, 10, 15, 20, 30, 60)),
                name="a_step_of_booking_fills_an_hour",
                violation_error_message=_("Varausväli on 5, 10, 15, 20, 30 tai 60 minuuttia."),
            ),
            models.CheckConstraint(
                condition=Q(notice_days__range=(0, 366), margin__range=(0, 120), least_age__range=(0, 99)),
                name="terms_of_use_are_within_reason",
                violation_error_message=_("Määräaika on 0–366 päivää, valvojan aika 0–120 minuuttia ja ikä 0–99 vuotta."),
            ),
        )

    def __str__(self) -> str:
        """Its source."""
        return str(self.source)

    @property
    def weekday(self) -> str:
        """The hours of weekdays."""
        return span_text((self.weekday_opens, self.weekday_closes))

    @property
    def weekend(self) -> str:
        """The hours of weekends and holidays."""
        return span_text((self.weekend_opens, self.weekend_closes))

    @property
    def again_url(self) -> str:
        """The form of new terms, filled with these: what has changed is written over them."""
        hours = {name: clock_text(getattr(self, name)) for name in HOURS}
        counts = {name: getattr(self, name) for name in ("notice_days", "margin", "step", "least_age")}
        return f"{reverse('register-act', args=[self.register.slug, 'add_terms'])}?{urlencode(hours | counts)}"
