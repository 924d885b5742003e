"""What a worker's start page shows: requests to answer, who is in the rooms today, agreements that end, and counts of what waits."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, F, Func, OuterRef, Q, Value
from django.db.models.fields import DateField
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kirjaamo.cases.models import CaseState
from kirjaamo.contract.workbench import Told, Workbench
from kirjaamo.mechanisms.dated import RowKnown
from kirjaamo.registers.education.premises import reading
from kirjaamo.registers.education.premises.choices import AgreementState, BookingState, DamageState, Outcome, RoundState
from kirjaamo.registers.education.premises.models import Agreement, Booking, Damage, PriceList, Season, TaxRate, TurnApplication, UseTerms
from kirjaamo.registers.education.premises.week import who
from kirjaamo.ui import wording
from kirjaamo.ui.parts import Badge, Cell, Column, Figure, Row, Table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kirjaamo.kernel.actors import Actor
    from kirjaamo.values.period import Period

SLUG = "kasko-tilavaraus"
ENDING = dt.timedelta(days=60)
MOST = 10
COUNTED = 999
"""Above this a figure says that there are more: counting all of a large register takes longer than its page."""


def start(actor: Actor) -> Workbench:
    """The due work of the register, the most urgent first."""
    del actor
    today = timezone.localdate()
    return Workbench(
        told=_told(today),
        figures=_figures(today),
        tables=[_requests(), _today(today), _ending(today)],
        more={"calendar_url": _address("premises-rooms"), "day_url": _address("premises-day")},
    )


def _address(name: str) -> str:
    """The address of a page of this register; empty where the register's own addresses are not served."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _told(today: dt.date) -> Sequence[Told]:
    """Dated rows without which nothing can be confirmed or billed, and those that are to be checked."""
    told, held = [], _held()
    if not any(today in valid for valid in held["price_list"]):
        text = _("Hinnastoa ei ole voimassa tänään, joten yhtään varausta ei voi vahvistaa.")
        told.append(Told(text, tone="warning", url=reverse("register-act", args=[SLUG, "add_price_list"]), link=_("Lisää hinnasto")))
    if not any(today in valid for valid in held["terms"]):
        text = _("Käyttöehtoja ei ole voimassa tänään, joten tiloja ei voi varata.")
        verb = "add_terms" if held["terms"] else "load_terms"
        told.append(Told(text, tone="warning", url=reverse("register-act", args=[SLUG, verb]), link=_("Lisää käyttöehdot")))
    rates = list(TaxRate.objects.filter(voided_at=None))
    if not any(today in reading.period_of(row.valid) for row in rates):
        text = _("Arvonlisäverokantaa ei ole voimassa tänään, joten maksua ei voi laskea.")
        verb = "add_tax_rate" if rates else "load_tax_rates"
        told.append(Told(text, tone="warning", url=reverse("register-act", args=[SLUG, verb]), link=_("Lisää verokanta")))
    unsure = [f"{row}, {row.source}" for row in rates if row.known != RowKnown.READ]
    if unsure:
        link = f"{reverse('register', args=[SLUG])}?laji=taxrate#list"
        told.append(Told(_("Tarkista nämä verokannat lähteestä."), items=unsure, url=link, link=_("Arvonlisäverokannat")))
    return told


def _held() -> Mapping[str, Sequence[Period]]:
    """When price lists and terms of use are in force, in one statement."""
    lists, terms = (
        kind.objects.filter(voided_at=None).order_by().annotate(kind=Value(name)).values_list("kind", "valid")
        for kind, name in ((PriceList, "price_list"), (UseTerms, "terms"))
    )
    found: dict[str, list[Period]] = {"price_list": [], "terms": []}
    for name, valid in lists.union(terms, all=True):
        found[name].append(reading.period_of(valid))
    return found


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
            Row([row.when, str(row.room), who(row, "customer"), wording.day(row.made_at), Cell("", badge=badge)], row.get_absolute_url())
        )
    columns = [
        Column("time", _("Aika"), nowrap=True),
        Column("room", pgettext("huone", "Tila")),
        Column("customer", _("Pyytäjä")),
        Column("made", _("Saapunut"), nowrap=True),
        Column("state", _("Tilanne")),
    ]
    return Table(_("Vastausta odottavat pyynnöt"), columns, shown, empty=_("Kaikkiin pyyntöihin on vastattu."))


def _today(today: dt.date) -> Table:
    """Who is in the rooms this evening, by time and school."""
    rows = reading.used_on(today).order_by("starts_at", "room__school", "room__name")[:MOST]
    shown = [
        Row([row.clock, str(row.room), who(row, "customer"), who(row, "contact"), row.supervision], row.get_absolute_url()) for row in rows
    ]
    columns = [
        Column("time", _("Kello"), nowrap=True),
        Column("room", pgettext("huone", "Tila")),
        Column("customer", _("Asiakas")),
        Column("contact", _("Vastuuhenkilö")),
        Column("supervision", _("Valvonta")),
    ]
    return Table(_("Käytössä tänään"), columns, shown, empty=_("Tänään tiloissa ei ole käyttöä."))


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
        Column("room", pgettext("huone", "Tila")),
        Column("turn", _("Vuoro")),
        Column("last", _("Päättyy"), nowrap=True),
    ]
    return Table(_("Pian päättyvät sopimukset"), columns, shown, empty=_("Yksikään sopimus ei pääty 60 päivän kuluessa."))


def _figures(today: dt.date) -> list[Figure]:
    """What waits, as counts that lead to it."""
    month = reading.moment(today.replace(day=1), dt.time(0))
    unbilled = Booking.objects.filter(charged=True, bill=None, voided_at=None, starts_at__lt=month).values("pk")[: COUNTED + 1].count()
    seasons = Season.objects.filter(state=RoundState.OPEN, voided_at=None, applying__fully_lt=(today, None)).count()
    applied = TurnApplication.objects.filter(voided_at=None).aggregate(
        settled=Count("pk", filter=~Q(outcome=Outcome.PENDING) & ~Q(case__state=CaseState.CLOSED)),
        unlinked=Count("pk", filter=Q(outcome=Outcome.PENDING, account=None)),
    )
    damages = Damage.objects.filter(voided_at=None, state__in=(DamageState.REPORTED, DamageState.CLAIMED)).count()
    here = reverse("register", args=[SLUG])
    return [
        _figure(seasons, _("hakua odottaa vuorojen jakoa"), f"{here}?laji=season&state=open#list"),
        _figure(applied["settled"], _("jaettua hakemusta on päättämättä tai antamatta tiedoksi"), f"{here}?laji=turnapplication#list"),
        _figure(applied["unlinked"], _("hakemusta odottaa asiakkaan rekisteröintiä"), f"{here}?laji=turnapplication&outcome=pending#list"),
        _figure(damages, _("vahinkoa on kesken"), f"{here}?laji=damage#list"),
        _figure(unbilled, _("päättyneen kuukauden käyttöä on laskuttamatta"), reverse("register-act", args=[SLUG, "bill_month"])),
    ]


def _figure(count: int, label: str, url: str) -> Figure:
    return Figure(count if count <= COUNTED else f"{COUNTED}+", label, url=url, tone="warning" if count else "neutral")
