"""Decided metadata: a person's decision that differs from the plan's default, with its reason, kept as a row of history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from kirjaamo.documents.actions import indexing
from kirjaamo.documents.models import Document, MetadataDecision, MetadataSource, Outside
from kirjaamo.documents.publicity import decide_again
from kirjaamo.kernel.actions import action, because, running
from kirjaamo.kernel.errors import Refused
from kirjaamo.values.publicity import Publicity

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from kirjaamo.kernel.actors import Actor
    from kirjaamo.tos.models import Node

DECIDABLE = ("publicity", "grounds", "personal", "secret_until", "type_code", "title", "language")


@action("Päätä asiakirjan tiedoista", needs="documents.write")
def decide(
    document: Document,
    changes: Mapping[str, object],
    *,
    reason: str,
    actor: Actor,
    source: MetadataSource = MetadataSource.DECISION,
    norm: str = "",
) -> Sequence[MetadataDecision]:
    """Give metadata other values than it has; each that changes leaves a decision with old, new, reason, who and when.

    Refuses a change without a reason and a secret document without a ground; values equal to the present ones change nothing.
    """
    if not reason.strip():
        raise Refused(_("Kirjoita, miksi tieto poikkeaa suunnitelmasta."), code="documents.no_reason", field="reason")
    document.refresh_from_db(from_queryset=Document.objects.select_for_update())
    unknown = set(changes) - set(DECIDABLE)
    if unknown:
        raise ValueError(unknown)
    changed = {name: value for name, value in changes.items() if getattr(document, name) != value}
    _check(document, changed)
    because(reason)
    before = {name: getattr(document, name) for name in changed}
    for name, value in changed.items():
        setattr(document, name, value)
    if changed:
        document.decided_from, document.decided_reason = source.value, reason
        again = decide_again(document, changed, running().at)
        document.save(update_fields=[*changed, *again, "decided_from", "decided_reason"])
        indexing.refresh(document)
    told = {"source": source, "reason": reason, "norm": norm, "by": actor.actor_ref, "at": running().at}
    rows = [MetadataDecision(document=document, field=n, old=_plain(before[n]), new=_plain(v), **told) for n, v in changed.items()]
    return MetadataDecision.objects.bulk_create(rows)


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, str | list | bool | int) else str(value)


def _check(document: Document, changed: Mapping[str, object]) -> None:
    publicity = Publicity(str(changed.get("publicity", document.publicity)))
    grounds = changed.get("grounds", document.grounds)
    if publicity.needs_ground and not grounds:
        raise Refused(
            _("Valitse salassapitoperuste: salassa pidettävällä asiakirjalla on oltava peruste."),
            code="documents.no_ground",
            section="JulkL 621/1999 24 §",
            field="ground",
        )


@action("Muuta asiakirjojen tyyppi", needs="documents.write")
def retype(documents: QuerySet[Document], node: Node, *, reason: str, actor: Actor) -> int:
    """Give documents another type of the plan, each by a decision with its reason; their decided publicity stays. Return how many."""
    rows = list(documents.select_for_update(of=("self",)).values_list("pk", "type_code"))
    told = {"field": "type_code", "new": node.code, "source": MetadataSource.DECISION, "reason": reason, "by": actor.actor_ref}
    MetadataDecision.objects.bulk_create([MetadataDecision(document_id=key, old=code, at=running().at, **told) for key, code in rows])
    Document.objects.filter(pk__in=[key for key, _code in rows]).update(node_key=node.key, type_code=node.code)
    return len(rows)


@action("Kirjaa muutosajon päätös", needs="documents.write")
def note_ruling(rulings: Mapping[int, tuple[object, object]], *, reason: str, norm: str, by: str, actor: Actor) -> None:
    """Keep for many documents that a campaign gave them another rule of retention: old and new by the document's key, why, and by whom."""
    del actor
    told = {"field": "retention", "source": MetadataSource.CAMPAIGN, "reason": reason, "norm": norm, "by": by, "at": running().at}
    rows = [MetadataDecision(document_id=key, old=old, new=new, **told) for key, (old, new) in rulings.items()]
    MetadataDecision.objects.bulk_create(rows)


@action("Pidä asiakirjan tieto ennallaan", needs="documents.write")
def keep(document: Document, name: str, *, reason: str, source: MetadataSource, norm: str, actor: Actor) -> MetadataDecision:
    """Keep as a decision with its reason that a value stays what it is, though there was cause to look at it again."""
    if not reason.strip():
        raise Refused(_("Kirjoita, miksi tieto jää ennalleen."), code="documents.no_reason", field="reason")
    value = _plain(getattr(document, name))
    return MetadataDecision.of(
        document=document, field=name, old=value, new=value, source=source, reason=reason, norm=norm, by=actor.actor_ref, at=running().at
    )


@action("Merkitse muuksi kuin viranomaisen asiakirjaksi", needs="documents.write")
def put_outside(document: Document, why: Outside, *, reason: str, actor: Actor) -> Document:
    """Say that a writing is not an authority's document, and why: it is on no public list but found by those who work here (JulkL § 5)."""
    return _outside(document, why.value, reason, actor)


@action("Merkitse viranomaisen asiakirjaksi", needs="documents.write")
def take_inside(document: Document, *, reason: str, actor: Actor) -> Document:
    """Say that a writing is an authority's document after all."""
    return _outside(document, "", reason, actor)


def _outside(document: Document, value: str, reason: str, actor: Actor) -> Document:
    if not reason.strip():
        raise Refused(_("Kerro, miksi kyse ei ole viranomaisen asiakirjasta tai miksi on."), code="documents.no_reason", field="reason")
    document.refresh_from_db(from_queryset=Document.objects.select_for_update())
    if document.outside == value:
        return document
    because(reason)
    old, document.outside, document.outside_reason = document.outside, value, reason if value else ""
    document.save(update_fields=["outside", "outside_reason"])
    MetadataDecision.of(
        document=document, field="outside", old=old, new=value, source=MetadataSource.DECISION, reason=reason,
        norm="JulkL 621/1999 5 §", by=actor.actor_ref, at=running().at,
    )  # fmt: skip
    return document
