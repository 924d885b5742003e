"""Seasons, and applications for standing turns: recorded by a worker, or sent by the public form."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kirjaamo.contract.actions import action, change, create
from kirjaamo.contract.forms import Ask
from kirjaamo.kernel import submissions
from kirjaamo.kernel.actions import action as kernel_action
from kirjaamo.kernel.actions import running
from kirjaamo.kernel.actors import PUBLIC
from kirjaamo.kernel.errors import BadInput, OutOfOrder, Refused
from kirjaamo.registers.education.premises import reading
from kirjaamo.registers.education.premises.actions.casework import TITLES, Received, open_case, people_of
from kirjaamo.registers.education.premises.checks import account_of, days_told, named, wishes_told
from kirjaamo.registers.education.premises.choices import Activity, Outcome, RoundState
from kirjaamo.registers.education.premises.models import Season, TurnApplication, Wish
from kirjaamo.registers.education.premises.sent_in import Applied
from kirjaamo.ui import wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kirjaamo.kernel.actors import Actor


def is_open(season: Season) -> bool:
    """Not allocated yet."""
    return bool(season.state == RoundState.OPEN)


def lacks_customer(application: TurnApplication) -> bool:
    """Came by the public form, and nobody has linked it to a registered customer."""
    return application.account_id is None and application.outcome == Outcome.PENDING


@action(_("Avaa vuorohaku"), needs="decide")
def open_season(
    title: Annotated[str, Ask(_("Vuorohaun nimi"))],
    first: Annotated[dt.date, Ask(_("Kauden ensimmäinen päivä"))],
    last: Annotated[dt.date, Ask(_("Kauden viimeinen päivä"))],
    apply_from: Annotated[dt.date, Ask(_("Hakuaika alkaa"))],
    apply_to: Annotated[dt.date, Ask(_("Hakuaika päättyy"))],
    *,
    actor: Actor,
) -> Season:
    """Open a season for applications."""
    if apply_to >= first:
        told = {"last": wording.day(apply_to), "first": wording.day(first)}
        raise BadInput(
            _("Hakuajan on päätyttävä ennen kauden alkua. Hakuaika päättyisi %(last)s, ja kausi alkaa %(first)s.") % told,
            code="premises.applying",
            field="apply_to",
        )
    return create(Season(title=title, days=days_told(first, last), applying=days_told(apply_from, apply_to)), actor=actor)


@action(_("Kirjaa vuorohakemus"), needs="write", when=is_open)
def apply_for_turn(  # noqa: PLR0913 - these are its facts
    season: Season,
    customer_number: Annotated[str, Ask(_("Asiakasnumero"))],
    activity: Annotated[Activity, Ask(_("Toiminta"))],
    purpose: Annotated[str, Ask(_("Käyttötarkoitus"))],
    headcount: Annotated[int, Ask(_("Osallistujia"), least=1)],
    arrived_on: Annotated[dt.date, Ask(_("Hakemus saapui"))],
    wishes: Annotated[str, Ask(_("Toiveet tärkeysjärjestyksessä"), hint=_("Rivi kustakin: tilan tunnus;ti;18;20"), long=True)],
    self_supervised: Annotated[bool, Ask(_("Omatoiminen käyttö"))] = False,  # noqa: FBT002 - a box of the form
    *,
    actor: Actor,
) -> TurnApplication:
    """Take an application with its wishes as a case of its own."""
    may_apply(season, arrived_on)
    account = account_of(customer_number)
    read = wishes_told(wishes)
    case = open_case(TITLES["turn"], account.holder, account.holder.language, actor=actor)
    application = TurnApplication(
        case=case,
        season=season,
        account=account,
        customer=account.holder,
        contact=account.contact,
        activity=activity,
        purpose=purpose,
        headcount=headcount,
        self_supervised=self_supervised,
        arrived_at=min(reading.moment(arrived_on, dt.time(12)), running().at),
    )
    create(application, actor=actor)
    _wish(application, read, actor=actor)
    return application


def may_apply(season: Season, day: dt.date) -> None:
    """Refuse an application outside of the season's time of applying, or after its turns were allocated."""
    if season.state != RoundState.OPEN:
        told = {"season": season, "day": wording.day(season.allocated_on)}
        raise OutOfOrder(
            _("Vuorohaun ”%(season)s” vuorot on jaettu %(day)s, joten siihen ei voi enää hakea.") % told, code="premises.allocated"
        )
    applying = reading.period_of(season.applying)
    if day not in applying:
        told = {"span": applying.format(get_language() or "fi"), "day": wording.day(day)}
        raise Refused(
            _("Hakuaika on %(span)s, ja hakemus saapui %(day)s.") % told,
            code="premises.not_applying",
            section=named(season),
            field="arrived_on",
        )


def _wish(application: TurnApplication, wishes: Sequence[Wish], *, actor: Actor) -> None:
    for place, wish in enumerate(wishes, start=1):
        wish.application, wish.place = application, place
        create(wish, actor=actor)


@kernel_action(_("Hae vakiovuoroa"), needs=PUBLIC)
def send_turn(applied: Applied, *, actor: Actor) -> str:
    """Take an application of the public form as a case; return its identifier. Nothing is compared before the turns are allocated."""
    before = submissions.claim(applied.key)
    if before is not None:
        return before
    person, customer = people_of(applied, actor=actor)
    received = Received("turn_application", applied.who, applied.letter(), applied.arrived_at)
    case = open_case(TITLES["turn"], customer, applied.language, actor=actor, received=received)
    application = TurnApplication(
        case=case,
        season=applied.season,
        told_number=applied.customer_number,
        customer=customer,
        contact=person,
        activity=applied.activity,
        purpose=applied.purpose,
        headcount=applied.headcount,
        self_supervised=applied.self_supervised,
        arrived_at=applied.arrived_at or running().at,
    )
    create(application, actor=actor)
    _wish(application, applied.wishes, actor=actor)
    submissions.settle(applied.key, case.identifier)
    return case.identifier


def judge_turn(applied: Applied) -> None:
    """Refuse an application that did not come in the season's time of applying."""
    may_apply(applied.season, timezone.localdate(applied.arrived_at))


@action(_("Liitä rekisteröityyn asiakkaaseen"), needs="write", when=lacks_customer)
def link_customer(
    application: TurnApplication,
    customer_number: Annotated[str, Ask(_("Asiakasnumero"), hint=_("Tyhjänä käytetään hakemuksessa kerrottua numeroa."))] = "",
    *,
    actor: Actor,
) -> TurnApplication:
    """Link an application of the public form to the registered customer whose it is; only such take part in the allocation."""
    if not lacks_customer(application):
        told = {"number": application.account or "–", "outcome": Outcome(application.outcome).label}
        raise OutOfOrder(
            _("Hakemus on jo liitetty asiakkaaseen tai ratkaistu: asiakasnumero %(number)s, ratkaisu ”%(outcome)s”.") % told,
            code="premises.linked",
        )
    account = account_of(customer_number or application.told_number)
    values = {"account": account, "customer": account.holder, "contact": account.contact}
    return change(application, values, version=application.version, actor=actor)
