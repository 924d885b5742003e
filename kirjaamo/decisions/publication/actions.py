"""Putting a decision on view, and taking it away when the time of appeal has ended (KuntaL 410/2015 § 140)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kirjaamo.cases import actions as cases
from kirjaamo.decisions.models import Decision, Publication
from kirjaamo.decisions.publication.times import counted
from kirjaamo.kernel.actions import action, because, running
from kirjaamo.kernel.errors import Refused
from kirjaamo.values.personal_id import find_personal_ids
from kirjaamo.values.publicity import Publicity

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor

ON_VIEW = {"fi": "Päätös pantiin nähtäville", "sv": "Beslutet lades fram till påseende", "en": "The decision was put on view"}
REMOVED = {"fi": "Päätös poistettiin verkosta", "sv": "Beslutet togs bort från webben", "en": "The decision was taken off the web"}
MENTION = {"fi": "Salassa pidettävä asia", "sv": "Sekretessbelagt ärende", "en": "Secret matter"}
"""What stands on view of a decision that is secret as a whole (KuntaL 410/2015 § 140.1)."""
MENTIONED = {
    "fi": "Päätös on tehty. Sen sisältö on salassa pidettävä (julkisuuslaki 24 §).",
    "sv": "Beslut har fattats. Innehållet är sekretessbelagt (offentlighetslagen 24 §).",
    "en": "A decision has been made. Its content is secret (Openness Act, section 24).",
}
ENDED = "Kuntalaki 410/2015 140 §"


@dataclass(frozen=True)
class OnView:
    """What the web shows: a title and a text without needless personal data, from a day on."""

    title: str
    text: str
    published_on: dt.date


def is_secret(decision: Decision) -> bool:
    """Whether the decision is secret as a whole, so that only a mention stands on view."""
    return decision.document is not None and decision.document.publicity == Publicity.SECRET.value


@action("Pane päätös nähtäville", needs="cases.handle")
def publish(decision: Decision, told: OnView, *, actor: Actor) -> Publication:
    """Put a made decision on view; the times of appeal of members of the municipality run from it. Done twice it is once."""
    held = Decision.objects.select_for_update(of=("self",)).select_related("case", "document").get(pk=decision.pk)
    known = Publication.objects.filter(decision=held).first()
    if known is not None:
        return known
    if held.is_draft or held.made_at is None:
        raise Refused(_("Päätöstä ei ole vielä tehty."), code="decisions.not_made")
    if not timezone.localtime(held.made_at).date() <= told.published_on <= timezone.localdate():
        sentence = _("Nähtäville panon päivän on oltava päätöksen tekemisen ja tämän päivän välillä.")
        raise Refused(sentence, code="decisions.published_when", field="published_on")
    if find_personal_ids(f"{told.title} {told.text}"):
        sentence = _("Poista henkilötunnus: verkossa julkaistaan vain tiedonsaannin kannalta välttämättömät henkilötiedot.")
        raise Refused(sentence, code="decisions.identity_on_view", section="Kuntalaki 410/2015 140 §", field="text")
    shown = OnView(MENTION[held.language], MENTIONED[held.language], told.published_on) if is_secret(held) else told
    when = counted([one.route for one in held.routes.select_related("route")], told.published_on)
    row = Publication.of(
        decision=held, title=shown.title, text=shown.text, language=held.language, published_on=told.published_on,
        known_on=when.known_on, until=when.until, ways=list(when.ways), by=actor.actor_ref,
    )  # fmt: skip
    cases.record(held.case, actor=actor, kind="decision_published", label=ON_VIEW, document=held.document)
    return row


@action("Poista päätös verkosta", needs="cases.handle")
def take_down(publication: Publication, *, why: str, actor: Actor) -> Publication:
    """Take a decision off the web before its time, with the reason; the row and what it said stay in the register."""
    held = Publication.objects.select_for_update(of=("self",)).select_related("decision__case", "decision__document").get(pk=publication.pk)
    if held.on_view:
        because(why)
        _remove(held, why, actor)
    return held


@action("Poista verkosta, minkä aika on päättynyt", needs="cases.handle")
def take_down_ended(*, actor: Actor) -> int:
    """Take away everything whose time of appeal has ended; return how many there were."""
    because(ENDED)
    rows = Publication.objects.select_for_update(of=("self",)).select_related("decision__case", "decision__document")
    ended = list(rows.filter(removed_at=None, until__lt=timezone.localdate()))
    for one in ended:
        _remove(one, ENDED, actor)
    return len(ended)


def _remove(held: Publication, why: str, actor: Actor) -> None:
    held.removed_at, held.removed_by, held.removed_why = running().at, actor.actor_ref, why[:300]
    held.save(update_fields=["removed_at", "removed_by", "removed_why"])
    cases.record(held.decision.case, actor=actor, kind="decision_removed", label=REMOVED, document=held.decision.document, note=why)
