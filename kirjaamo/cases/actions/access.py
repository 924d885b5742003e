"""Who is let into a confidential case: a grant by its handler, break-glass by the one in need, and the review of both."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kirjaamo.cases import indexing
from kirjaamo.cases.models import Case, CaseEvent, CaseGrant, ConfidentialClass, GrantLevel
from kirjaamo.kernel.actions import action, because, running
from kirjaamo.kernel.errors import Refused
from kirjaamo.kernel.models import SearchRow
from kirjaamo.notices.actions import tell
from kirjaamo.notices.models import NoticeKind
from kirjaamo.organisation.holders import holders
from kirjaamo.organisation.models import User
from kirjaamo.values.personal_id import hide_personal_ids

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor
    from kirjaamo.kernel.packs import Pack

GRANTED = {"fi": "Asiaan annettiin oikeus", "sv": "Rätt till ärendet gavs", "en": "A right to the case was given"}
TAKEN_BY_EXCEPTION = {
    "fi": "Asia avattiin poikkeusluvalla",
    "sv": "Ärendet öppnades med undantagstillstånd",
    "en": "The case was opened by break-glass",
}
LEAST_REASON = 10
"""Characters of a reason that says something."""


@action("Anna oikeus asiaan", needs="cases.handle")
def grant(case: Case, user: User, *, level: GrantLevel, reason: str, ends_at: dt.datetime, actor: Actor) -> CaseGrant:
    """Let a person into the case until a moment; the history of the case tells that it was done."""
    at = running().at
    _said(reason)
    if ends_at <= at:
        raise Refused(_("Oikeuden päättymisajan on oltava tulevaisuudessa."), code="cases.grant_ended", field="ends_on")
    because(reason)
    given = CaseGrant.of(
        case=case,
        user=user,
        level=level,
        reason=hide_personal_ids(reason),
        given_by=actor.actor_ref,
        starts_at=at,
        ends_at=ends_at,
    )
    CaseEvent.of(case=case, at=at, actor=actor.actor_ref, kind="granted", stage=case.stage, label=GRANTED, note=user.name)
    tell([user], NoticeKind.RIGHTS, about=case.identifier, url=case.get_absolute_url(), actor=actor)
    return given


@action("Päätä oikeus asiaan", needs="cases.handle")
def end_grant(given: CaseGrant, *, actor: Actor) -> CaseGrant:
    """End a grant now."""
    del actor
    given.ends_at = max(running().at, given.starts_at + dt.timedelta(microseconds=1))
    given.save(update_fields=["ends_at"])
    return given


@dataclass(frozen=True)
class Plea:
    """What a person in need tells: which case, and why."""

    case: Case
    reason: str


@action("Avaa asia poikkeusluvalla", needs="cases.read")
def break_glass(plea: Plea, *, actor: User) -> CaseGrant:
    """Open a confidential case to oneself for a few hours. It stays in the history and the journal, and the officer is told.

    It gives reading and nothing more. How long: KIRJAAMO_EXCEPTION_HOURS.
    """
    at, case = running().at, plea.case
    _said(plea.reason)
    because(plea.reason)
    taken = CaseGrant.of(
        case=case,
        user=actor,
        level=GrantLevel.READ,
        reason=hide_personal_ids(plea.reason),
        given_by=actor.actor_ref,
        starts_at=at,
        ends_at=at + dt.timedelta(hours=settings.KIRJAAMO_EXCEPTION_HOURS),
        exceptional=True,
    )
    CaseEvent.of(case=case, at=at, actor=actor.actor_ref, kind="exception", stage=case.stage, label=TAKEN_BY_EXCEPTION)
    tell(overseers(), NoticeKind.BREAK_GLASS, about=case.identifier, url=reverse("case_exception_review", args=[taken.pk]), actor=actor)
    return taken


def overseers() -> list[User]:
    """The people who oversee reading: those whose role gives the right to the use log today."""
    return holders("use_log.read")


@action("Tarkasta poikkeuslupa", needs="use_log.read")
def review_exception(taken: CaseGrant, verdict: str, *, actor: Actor) -> CaseGrant:
    """Note that the officer has looked at a break-glass, and what they found."""
    _said(verdict, least=1)
    if taken.reviewed_at is not None:
        raise Refused(_("Poikkeuslupa on jo tarkastettu."), code="cases.exception_reviewed")
    if taken.user.actor_ref == actor.actor_ref:
        raise Refused(_("Et voi tarkastaa omaa poikkeuslupaasi. Pyydä toista tarkastamaan se."), code="cases.own_exception")
    taken.reviewed_at, taken.reviewed_by, taken.review = running().at, actor.actor_ref, hide_personal_ids(verdict)
    taken.save(update_fields=["reviewed_at", "reviewed_by", "review"])
    return taken


def _said(reason: str, least: int = LEAST_REASON) -> None:
    if len(reason.strip()) < least:
        raise Refused(
            _("Kerro syy niin, että sen voi myöhemmin tarkastaa: mihin tehtävään tieto tarvitaan?"),
            code="cases.reason_missing",
            section="TiHL 906/2019 15 §, 17 §",
            field="reason",
        )


@action("Merkitse luokka salassa pidettäväksi", needs="tos.approve")
def mark_class(code: str, *, source: str, since: dt.date, actor: Actor) -> ConfidentialClass:
    """Mark a class confidential from a day, with its source; its open cases become so at once. A mark that is there stays."""
    del actor
    mark, made = ConfidentialClass.objects.get_or_create(code=code, valid_from=since, defaults={"source": source})
    if made:
        below = Q(revision__code=code) | Q(revision__code__startswith=f"{code} ")
        touched = list(Case.objects.filter(below, confidential=False).values_list("identifier", flat=True))
        if touched:
            Case.objects.filter(identifier__in=touched).update(confidential=True)
            SearchRow.objects.filter(source=indexing.STAFF_SOURCE, key__in=touched).update(needs=indexing.CONFIDENTIAL)
    return mark


@action("Lataa salassa pidettävät luokat", needs="tos.approve")
def load_confidential(pack: Pack, *, since: dt.date, actor: Actor) -> int:
    """Mark the classes that a data pack names; return how many it names."""
    items = pack.items("confidential")
    known = set(ConfidentialClass.objects.values_list("code", flat=True))
    for item in items:
        if item.need("class") not in known:
            mark_class(item.need("class"), source=item.need("source"), since=since, actor=actor)
    return len(items)
