"""What may be done to campaigns: proposed, approved by another person, withdrawn, and laid on older cases a batch at a time."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from kirjaamo.documents.actions import note_ruling
from kirjaamo.kernel import submissions
from kirjaamo.kernel.actions import action, because, running
from kirjaamo.kernel.errors import Refused
from kirjaamo.retention.actions import BATCH, reckoned
from kirjaamo.retention.campaigns.reading import candidates, cases_of
from kirjaamo.retention.inputs import Touched
from kirjaamo.retention.models import Campaign, CampaignRule, CampaignState, ClockReason, Effect
from kirjaamo.tos.models import Node

if TYPE_CHECKING:
    import uuid

    from kirjaamo.kernel.actors import Actor
    from kirjaamo.retention.inputs import Reckoned
    from kirjaamo.tos.models import ClassRevision


@action("Valmistele säilytysaikojen muutosajo", needs="retention.campaign")
def propose(
    to: ClassRevision, chosen: Collection[str], reason: str, *, actor: Actor, norm: str = "", key: uuid.UUID | None = None
) -> Campaign | None:
    """Propose that chosen rules of an approved revision bind also cases on older ones; nothing changes yet.

    `chosen` holds keys of candidates. Only what is chosen as shorter may shorten.
    With the `key` of a form a second send does nothing.
    """
    if not to.is_fixed:
        raise Refused(_("Muutosajon voi tehdä vain hyväksytystä versiosta."), code="retention.draft_revision")
    if not reason.strip():
        raise Refused(_("Kerro, miksi uudet säännöt koskevat myös vanhoja asioita."), code="retention.no_reason", field="reason")
    if key is not None and submissions.claim(key) is not None:
        return None
    if Campaign.objects.filter(revision=to, state=CampaignState.PROPOSED).exists():
        raise Refused(_("Tästä versiosta on jo muutosajo, joka odottaa hyväksyntää."), code="retention.proposed_already")
    found = [one for one in candidates(to) if one.key in chosen]
    if not found:
        raise Refused(
            _("Valitse ainakin yksi sääntö, joka muuttaa vanhojen asioiden säilytystä."), code="retention.no_rules", field="rules"
        )
    because(reason)
    campaign = Campaign.of(
        revision=to, reason=reason.strip(), norm=norm, drafted_by=actor.actor_ref, drafted_at=running().at, total=cases_count(to)
    )
    shorter = {one.node.pk for one in found if one.effect == Effect.SHORTER}
    effects = {one.node.pk: one.effect for one in sorted(found, key=lambda one: one.effect != Effect.SHORTER)}
    CampaignRule.objects.bulk_create(
        [CampaignRule(campaign=campaign, node_id=pk, effect=what.value, shortens=pk in shorter) for pk, what in effects.items()]
    )
    return campaign


def cases_count(to: ClassRevision) -> int:
    """How many cases follow older revisions of the class."""
    return cases_of(Campaign(revision=to)).count()


@action("Hyväksy säilytysaikojen muutosajo", needs="retention.campaign")
def approve(campaign: Campaign, *, actor: Actor, note: str = "") -> Campaign:
    """Approve a campaign that another person proposed: it binds at once; the first clocks follow now, the rest by the worker."""
    held = _decided(campaign, CampaignState.APPROVED, actor, note)
    held.begin(cases_count(held.revision))
    held.save()
    _batch(held, actor)
    return held


@action("Peru säilytysaikojen muutosajo", needs="retention.campaign")
def withdraw(campaign: Campaign, *, actor: Actor, note: str) -> Campaign:
    """Withdraw a campaign that was not approved; it stays in sight with the reason."""
    if not note.strip():
        raise Refused(_("Kerro, miksi muutosajo perutaan."), code="retention.no_reason", field="note")
    held = _decided(campaign, CampaignState.WITHDRAWN, actor, note)
    held.save()
    return held


def _decided(campaign: Campaign, state: CampaignState, actor: Actor, note: str) -> Campaign:
    held = Campaign.objects.select_for_update(of=("self",)).select_related("revision").get(pk=campaign.pk)
    if held.state != CampaignState.PROPOSED:
        raise Refused(_("Muutosajosta on jo päätetty. Lataa sivu uudelleen."), code="retention.decided")
    if state == CampaignState.APPROVED and actor.actor_ref == held.drafted_by:
        raise Refused(
            _("Muutosajon laatija ei voi hyväksyä sitä itse. Pyydä toista henkilöä hyväksymään."),
            code="another_person_approves_a_campaign",
        )
    because(note or held.reason)
    held.state, held.decided_by, held.decided_at, held.decided_note = state.value, actor.actor_ref, running().at, note.strip()
    return held


@action("Jatka säilytysaikojen muutosajoa", needs="retention.campaign")
def go_on(campaign: Campaign, *, actor: Actor) -> bool:
    """Let the clocks of the next cases follow an approved campaign; False when all have."""
    held = Campaign.objects.select_for_update(of=("self",)).select_related("revision").get(pk=campaign.pk)
    if held.state != CampaignState.APPROVED or held.has_spread:
        return False
    _batch(held, actor)
    return not held.has_spread


def _batch(campaign: Campaign, actor: Actor) -> None:
    """Reckon the clocks of a batch of cases; each document that another rule decides now gets its decision with the reason."""
    keys = list(cases_of(campaign).filter(pk__gt=campaign.last_case).order_by("pk").values_list("pk", flat=True)[:BATCH])
    if keys:
        changed = reckoned(Touched(cases=set(keys)), ClockReason.CAMPAIGN, actor=actor)
        _note([one for one in changed if one.longest is None and one.ruled_anew], campaign, actor)
    campaign.went(keys[-1] if len(keys) == BATCH else None, len(keys), running().at)
    campaign.save(update_fields=["last_case", "done", "total", "spread_at"])


def _note(changed: Sequence[Reckoned], campaign: Campaign, actor: Actor) -> None:
    keys = {key for one in changed for key in (one.value[1], (one.so_far or one.value)[1]) if key}
    nodes = Node.objects.in_bulk(keys)
    rulings = {one.target: (_said(one.so_far[1] if one.so_far else None, nodes), _said(one.value[1], nodes)) for one in changed}
    if rulings:
        note_ruling(rulings, reason=campaign.reason, norm=campaign.norm, by=campaign.decided_by or actor.actor_ref, actor=actor)


def _said(key: int | None, nodes: Mapping[int, Node]) -> dict[str, object] | None:
    """The rule of retention as a decision of metadata keeps it."""
    node = nodes.get(key) if key else None
    if node is None:
        return None
    return {
        "mode": node.retention_mode,
        "years": node.retention_years,
        "trigger": node.retention_trigger,
        "rounding": node.retention_rounding,
        "archiving": node.archiving,
    }
