"""What a worker's start page shows: requests to answer, agreements that end, seasons to allocate, uses to bill."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, F, Func, OuterRef
from django.db.models.fields import DateField
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kirjaamo.registers.education.premises.choices import AgreementState, BookingState, RoundState
from kirjaamo.registers.education.premises.models import Agreement, Booking, Season
from kirjaamo.ui import wording
from kirjaamo.ui.parts import Badge, Cell, Column, Figure, Row, Table

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor

ENDING = dt.timedelta(days=60)
MOST = 10


def start(actor: Actor) -> Mapping[str, Any]:
    """The due work of the register."""
    del actor
    today = timezone.localdate()
    requests, agreements = _requests(), _ending(today)
    return {
        "requests": requests,
        "agreements": agreements,
        "figures": _figures(today),
        "calendar_url": _calendar(),
    }


def _calendar() -> str:
    """The address of the calendar; empty where the register's own addresses are not served."""
    try:
        return reverse("premises-rooms")
    except NoReverseMatch:
        return ""


def _requests() -> Table:
    """Requests by the day of use, nearest first; one whose time is already taken says so."""
    clash = Booking.objects.filter(
        room=OuterRef("room"),
        state=BookingState.CONFIRMED,
        voided_at=None,
        starts_at__lt=OuterRef("ends_at"),
        ends_at__gt=OuterRef("starts_at"),
    )
    rows = (
        Booking.objects.filter(state=BookingState.REQUESTED, voided_at=None)
        .select_related("room", "customer", "case")
        .annotate(taken=Exists(clash))
        .order_by("starts_at", "pk")[:MOST]
    )
    shown = []
    for row in rows:
        badge = Badge(_("Aika on jo varattu"), "warning") if row.taken else Badge(_("Vapaa"), "success")
        shown.append(
            Row([row.when, str(row.room), row.customer.name, wording.day(row.made_at), Cell("", badge=badge)], row.get_absolute_url())
        )
    columns = [
        Column("time", _("Aika"), nowrap=True),
        Column("room", _("Tila")),
        Column("customer", _("Pyytäjä")),
        Column("made", _("Saapunut"), nowrap=True),
        Column("state", _("Tilanne")),
    ]
    return Table(_("Vastausta odottavat pyynnöt"), columns, shown, empty=_("Kaikkiin pyyntöihin on vastattu."))


def _ending(today: dt.date) -> Table:
    """Agreements in force whose last day is near."""
    last = Func(F("valid"), function="upper", output_field=DateField())
    rows = (
        Agreement.objects.filter(state=AgreementState.IN_FORCE, voided_at=None)
        .annotate(until=last)
        .filter(until__gt=today, until__lte=today + ENDING)
        .select_related("room", "customer")
        .order_by("until", "pk")[:MOST]
    )
    shown = [
        Row(
            [row.number, row.customer.name, str(row.room), row.turn, wording.day(row.valid.upper - dt.timedelta(days=1))],
            row.get_absolute_url(),
        )
        for row in rows
    ]
    columns = [
        Column("number", _("Sopimus"), nowrap=True),
        Column("customer", _("Asiakas")),
        Column("room", _("Tila")),
        Column("turn", _("Vuoro")),
        Column("last", _("Päättyy"), nowrap=True),
    ]
    return Table(_("Pian päättyvät sopimukset"), columns, shown, empty=_("Yksikään sopimus ei pääty 60 päivän kuluessa."))


def _figures(today: dt.date) -> list[Figure]:
    """Seasons to allocate, and uses of past months that are not billed."""
    month = timezone.make_aware(dt.datetime.combine(today.replace(day=1), dt.time(0)))
    unbilled = Booking.objects.filter(charged=True, bill=None, voided_at=None, starts_at__lt=month).count()
    seasons = Season.objects.filter(state=RoundState.OPEN, voided_at=None, applying__fully_lt=(today, None)).count()
    here = reverse("register", args=["kasko-tilavaraus"])
    return [
        Figure(seasons, _("hakua odottaa vuorojen jakoa"), url=f"{here}?laji=season", tone="warning" if seasons else "neutral"),
        Figure(
            unbilled,
            _("päättyneen kuukauden käyttöä on laskuttamatta"),
            url=reverse("register-act", args=["kasko-tilavaraus", "bill_month"]),
            tone="warning" if unbilled else "neutral",
        ),
    ]
