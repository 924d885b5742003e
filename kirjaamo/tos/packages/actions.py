"""What may be done to packages: gather drafts, lay one change over many classes, review and approve them together."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from kirjaamo.kernel.actions import action, because, running
from kirjaamo.kernel.errors import Refused
from kirjaamo.tos import actions as plan
from kirjaamo.tos.editing import actions as editing
from kirjaamo.tos.guards import refusal_of
from kirjaamo.tos.models import ClassRevision, Package, PackageState, RevisionState
from kirjaamo.tos.norms import known
from kirjaamo.tos.outline import Place, outline

if TYPE_CHECKING:
    import datetime as dt

    from kirjaamo.kernel.actors import Actor


@dataclass(frozen=True)
class BulkChange:
    """Which nodes are meant and what they will say. Every condition given must hold; `rule` compares the rule that holds now.

    `say` lays values on the nodes, `None` takes a word back; `on_class` says it on the class instead, for all that inherits.
    """

    say: Mapping[str, Any]
    kinds: Collection[str] = ("document", "attachment")
    type_codes: Collection[str] = ()
    codes: Collection[str] = ()
    rule: Mapping[str, Any] = field(default_factory=dict)
    on_class: bool = False

    def meets(self, place: Place) -> bool:
        """Whether a node is meant."""
        node = place.node
        return (
            node.kind in self.kinds
            and (not self.type_codes or node.type_code in self.type_codes)
            and (not self.codes or node.code in self.codes)
            and all(place.rule.get(name) == value for name, value in self.rule.items())
        )

    def alters(self, place: Place) -> bool:
        """Whether the node is meant and says something else now."""
        return self.meets(place) and any(place.node.said.get(name) != value for name, value in self.say.items())


@action("Tee paketti", needs="tos.edit")
def create(title: str, *, actor: Actor, note: str = "") -> Package:
    """Open a package for drafts that belong together."""
    if not title.strip():
        raise Refused(_("Anna paketille nimi."), code="tos.package_title", field="title")
    return Package.of(title=title.strip(), note=note, made_by=actor.actor_ref, made_at=running().at)


@action("Lisää luokka pakettiin", needs="tos.edit")
def add(package: Package, revision: ClassRevision, *, actor: Actor) -> ClassRevision:
    """Take a class into the package: a new draft of the revision in force, or the lone draft that it has already."""
    held = _locked(package, PackageState.DRAFT)
    draft = revision.function_class.revisions.filter(state=RevisionState.DRAFT).first()
    if draft is None:
        return editing.draft_of(revision, actor=actor, package=held)
    if draft.package_id not in {None, held.pk}:
        raise Refused(_("Luokan %s luonnos kuuluu toiseen pakettiin.") % draft.code, code="tos.in_another_package")
    draft.package = held
    draft.save(update_fields=["package"])
    return draft


@action("Tee muutos moneen luokkaan", needs="tos.edit")
def apply_change(package: Package, change: BulkChange, revisions: Sequence[ClassRevision], *, actor: Actor) -> int:
    """Lay one change over many classes as drafts of the package; classes that it does not touch get no draft.

    Everything that the change does not name stays as it is: nodes, keys, attachments, texts. Returns how many classes changed.
    """
    held = _locked(package, PackageState.DRAFT)
    codes = known()
    changed = 0
    for revision in revisions:
        tree = outline(_newest_draft(revision, held), codes)
        meant = [place for place in tree if change.alters(place)]
        if change.on_class:
            if all(tree.revision.rules.get(name) == value for name, value in change.say.items()):
                continue
        elif not meant:
            continue
        draft = add(held, revision, actor=actor)
        if change.on_class:
            rules = {name: value for name, value in {**draft.rules, **change.say}.items() if value is not None}
            editing.edit_class(draft, {"rules": rules}, actor=actor)
        keys = {place.node.key for place in meant} if not change.on_class else set()
        for node in draft.nodes.filter(key__in=keys):
            editing.say(node, change.say, actor=actor)
        changed += 1
    held.change = {**asdict(change), "kinds": list(change.kinds), "type_codes": list(change.type_codes), "codes": list(change.codes)}
    held.save(update_fields=["change"])
    return changed


@action("Lähetä paketti tarkastettavaksi", needs="tos.edit")
def submit(package: Package, *, actor: Actor, note: str = "") -> Package:
    """Send every draft of the package to review; one that is not whole stops all, named by its code."""
    held = _locked(package, PackageState.DRAFT)
    drafts = list(held.revisions.filter(state=RevisionState.DRAFT).order_by("code"))
    if not drafts:
        raise Refused(_("Paketissa ei ole yhtään luonnosta."), code="tos.package_empty")
    for draft in drafts:
        _named(draft, lambda one: plan.submit(one, actor=actor, note=note))
    held.state, held.note = PackageState.IN_REVIEW, note or held.note
    held.save(update_fields=["state", "note"])
    return held


@action("Palauta paketti luonnokseksi", needs="tos.edit")
def reject(package: Package, *, actor: Actor, reason: str) -> Package:
    """Send the whole package back with the reason."""
    held = _locked(package, PackageState.IN_REVIEW)
    for draft in held.revisions.filter(state=RevisionState.IN_REVIEW):
        plan.reject(draft, actor=actor, reason=reason)
    held.state = PackageState.DRAFT
    held.save(update_fields=["state"])
    return held


@action("Hyväksy paketti", needs="tos.approve")
def approve(package: Package, *, actor: Actor, on: dt.date, note: str = "") -> Package:
    """Approve every draft of the package from one day, parents before children; one refusal stops all."""
    held = _locked(package, PackageState.IN_REVIEW)
    if actor.actor_ref == held.made_by:
        raise refusal_of("another_person_approves")
    for draft in held.revisions.filter(state=RevisionState.IN_REVIEW).order_by("code"):
        _named(draft, lambda one: plan.approve_locked(plan.lock(one, RevisionState.IN_REVIEW), actor=actor, on=on, note=note))
    held.state, held.decided_by, held.decided_at = PackageState.APPROVED, actor.actor_ref, running().at
    held.save(update_fields=["state", "decided_by", "decided_at"])
    return held


@action("Hylkää paketti", needs="tos.edit")
def discard(package: Package, *, actor: Actor, reason: str) -> Package:
    """Delete the drafts of a package that is not in review; the package stays in sight as discarded."""
    because(reason)
    held = _locked(package, PackageState.DRAFT)
    for draft in held.revisions.filter(state=RevisionState.DRAFT):
        editing.discard(draft, actor=actor)
    held.state, held.decided_by, held.decided_at = PackageState.DISCARDED, actor.actor_ref, running().at
    held.note = "\n".join(part for part in (held.note, reason) if part)
    held.save(update_fields=["state", "decided_by", "decided_at", "note"])
    return held


def _newest_draft(revision: ClassRevision, package: Package) -> ClassRevision:
    return package.revisions.filter(function_class=revision.function_class_id, state=RevisionState.DRAFT).first() or revision


def _locked(package: Package, state: PackageState) -> Package:
    held = Package.objects.select_for_update().get(pk=package.pk)
    if held.state != state:
        sentence = _("Paketti on tilassa ”%s”, joten tämä ei enää käy. Lataa sivu uudelleen.")
        raise Refused(sentence % held.get_state_display(), code="tos.wrong_state")
    return held


def _named(draft: ClassRevision, do: Callable[[ClassRevision], object]) -> None:
    """Run a step on a draft; a refusal is told with the code of the class."""
    try:
        do(draft)
    except Refused as refused:
        raise Refused(f"{draft.code}: {refused}", code=refused.code, section=refused.section, field=refused.field) from refused
