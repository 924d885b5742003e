"""A season: its turns allocated, its applications decided and announced, one by one or together."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from kirjaamo.cases.models import CaseState
from kirjaamo.contract.actions import action, change
from kirjaamo.contract.forms import Ask
from kirjaamo.contract.retention import destruction_date
from kirjaamo.documents.models import Way
from kirjaamo.kernel.errors import OutOfOrder
from kirjaamo.registers.education.premises import reading
from kirjaamo.registers.education.premises.actions.applying import is_open
from kirjaamo.registers.education.premises.actions.casework import end_case
from kirjaamo.registers.education.premises.actions.turns import make_agreement
from kirjaamo.registers.education.premises.checks import ruled, terms_on
from kirjaamo.registers.education.premises.choices import Outcome, RoundState
from kirjaamo.registers.education.premises.models import Season, TurnApplication
from kirjaamo.registers.education.premises.rules import allocation, turns
from kirjaamo.ui import wording

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from kirjaamo.kernel.actors import Actor

_DAY = dt.timedelta(days=1)


def is_settled(application: TurnApplication) -> bool:
    """Allocated, and its case is open."""
    return application.outcome != Outcome.PENDING and application.case is not None and application.case.state != CaseState.CLOSED


def may_be_allocated(season: Season) -> bool:
    """Not allocated yet, and its time of applying is over."""
    return is_open(season) and season.applying.upper <= timezone.localdate()


@action(_("Jaa vuorot"), needs="decide", when=may_be_allocated)
def allocate(season: Season, *, actor: Actor) -> Season:
    """Allocate the turns of a season by the ranks in force: each wish gets its outcome and the sentence that says why."""
    held = Season.objects.select_for_update().get(pk=season.pk)
    if held.state != RoundState.OPEN:
        told = {"season": held, "day": wording.day(held.allocated_on)}
        raise OutOfOrder(_("Vuorohaun ”%(season)s” vuorot on jo jaettu %(day)s.") % told, code="premises.allocated")
    today = timezone.localdate()
    if held.applying.upper > today:
        last = wording.day(held.applying.upper - _DAY)
        raise OutOfOrder(_("Hakuaika päättyy %(day)s. Jaa vuorot sen jälkeen.") % {"day": last}, code="premises.still_applying")
    ranks = ruled(lambda: turns.ranks_on(reading.rank_rows(), held.days.lower))
    frame = turns.Frame(ranks, terms_on(held.days.lower), reading.taken(held))
    done = allocation.allocate(reading.turn_requests(held), reading.halls(), frame)
    for application in held.applications.filter(outcome=Outcome.PENDING, voided_at=None).select_related("case").prefetch_related("wishes"):
        _tell_outcome(application, done, actor=actor)
    return change(held, {"state": RoundState.ALLOCATED, "allocated_on": today}, version=held.version, actor=actor)


def _tell_outcome(application: TurnApplication, done: turns.Allocation, *, actor: Actor) -> None:
    language = application.case.language if application.case else "fi"
    for wish, outcome in zip(application.wishes.all(), done.outcomes[application.pk], strict=True):
        told = Outcome.GRANTED if outcome.granted else Outcome.LOST
        change(wish, {"outcome": told, "code": outcome.code, "reason": outcome.sentence.pick(language)}, version=wish.version, actor=actor)
    granted = Outcome.GRANTED if done.granted(application.pk) else Outcome.LOST
    change(application, {"outcome": granted}, version=application.version, actor=actor)


@action(
    _("Päätä hakemus"),
    needs="decide",
    measure="decision",
    makes="turn_decision",
    stage="decision",
    when=is_settled,
    done=_("Hakemus päätetty"),
)
def decide(application: TurnApplication, *, actor: Actor) -> TurnApplication:
    """Decide an application as it was allocated; a granted turn gets its use agreement with a booking for each day."""
    if application.outcome == Outcome.PENDING:
        raise OutOfOrder(
            _("Vuorohaun ”%(season)s” vuoroja ei ole jaettu. Jaa vuorot ennen kuin päätät hakemuksen.") % {"season": application.season},
            code="premises.not_allocated",
        )
    before = application.case.events.filter(kind="decision").first() if application.case else None
    if before is not None:
        raise OutOfOrder(_("Hakemus on jo päätetty %(day)s.") % {"day": wording.day(before.at)}, code="premises.already_decided")
    due = destruction_date(application, reading.period_of(application.season.days).last_day)
    held = change(application, {"retention_due": due}, version=application.version, actor=actor)
    if application.outcome == Outcome.GRANTED:
        make_agreement(held, actor=actor)
    return held


def is_allocated(season: Season) -> bool:
    """Its turns were allocated."""
    return bool(season.state == RoundState.ALLOCATED)


def undecided(season: Season) -> QuerySet[TurnApplication]:
    """The applications of a season that were allocated and have no decision yet."""
    rows = season.applications.filter(voided_at=None, case__isnull=False).exclude(outcome=Outcome.PENDING)
    return rows.exclude(case__events__kind="decision").order_by("pk")


@action(_("Päätä kauden hakemukset"), needs="decide", when=is_allocated)
def decide_all(season: Season, *, actor: Actor) -> Season:
    """Decide every application of a season as it was allocated; the documents are written in a while, in the name of who decides."""
    waiting = undecided(season).count()
    if not waiting:
        raise OutOfOrder(
            _("Vuorohaussa ”%(season)s” ei ole jaettua hakemusta, joka odottaa päätöstä.") % {"season": season}, code="premises.all_decided"
        )
    app.configure_task("premises.decide_season").defer(season=season.pk, user=int(getattr(actor, "pk", None) or 0))
    return season


@action(_("Anna kauden päätökset tiedoksi"), needs="write", when=is_allocated)
def announce_all(season: Season, way: Annotated[Way, Ask(_("Tiedoksiantotapa"))], *, actor: Actor) -> Season:
    """The decisions of a season were given to the applicants: each case that has its decision ends. Those without one stay open."""
    open_ones = season.applications.filter(voided_at=None, case__isnull=False).exclude(case__state=CaseState.CLOSED)
    decided = list(open_ones.filter(case__events__kind="decision").distinct().order_by("pk"))
    if not decided:
        told = {"season": season, "count": open_ones.count()}
        raise OutOfOrder(
            _("Vuorohaussa ”%(season)s” ei ole päätöstä, joka odottaa tiedoksiantoa. Päättämättä on %(count)s hakemusta.") % told,
            code="premises.nothing_to_announce",
        )
    for application in decided:
        end_case(application, way, actor=actor)
    return season


@action(_("Anna päätös tiedoksi ja päätä asia"), needs="write", when=is_settled)
def announce(application: TurnApplication, way: Annotated[Way, Ask(_("Tiedoksiantotapa"))], *, actor: Actor) -> TurnApplication:
    """The decision was given to the applicant: the case ends with its time."""
    end_case(application, way, actor=actor)
    return application
