"""Documents to look at again because the law changed: the newer revision says otherwise of their type than was decided of them.

A document keeps what was decided of it; a revision that is marked as a change of law only puts it on a worklist.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Q, Subquery

from kirjaamo.cases.models import CaseDocument
from kirjaamo.cases.visibility import visible_to
from kirjaamo.documents.models import MetadataDecision, MetadataSource
from kirjaamo.tos.models import ClassRevision, Node

if TYPE_CHECKING:
    import datetime as dt

    from django.db.models import QuerySet

    from kirjaamo.kernel.actors import Actor

RULES = ("publicity", "grounds", "personal")
"""What a change of law may set otherwise for a document that exists."""


def to_review(on: dt.date) -> QuerySet[CaseDocument]:
    """The documents of cases on older revisions that nobody has looked at since the law changed.

    Each has `follows`, the revision in force at the day, and `changed_at`, when the newest change of law was approved.
    """
    changes = ClassRevision.objects.filter(law_change=True, approved_at__isnull=False, valid_from__lte=on)
    same_class = Q(function_class=OuterRef("case__revision__function_class"))
    later = changes.filter(same_class, number__gt=OuterRef("case__revision__number")).order_by("-approved_at")
    now = ClassRevision.objects.in_force(on).filter(same_class)
    papers = CaseDocument.objects.filter(
        case__revision__function_class__in=changes.values("function_class"), document__node_key__isnull=False
    ).annotate(follows=Subquery(now.values("pk")[:1]), changed_at=Subquery(later.values("approved_at")[:1]))
    agrees = Q(publicity=OuterRef("document__publicity"), grounds=OuterRef("document__grounds"), personal=OuterRef("document__personal"))
    rule = Node.objects.filter(revision=OuterRef("follows"), key=OuterRef("document__node_key")).exclude(publicity="")
    looked_at = MetadataDecision.objects.filter(document=OuterRef("document"), source=MetadataSource.LAW, at__gte=OuterRef("changed_at"))
    return papers.filter(Exists(rule.exclude(agrees)), ~Exists(looked_at), changed_at__isnull=False).exclude(follows=F("case__revision"))


def for_worker(actor: Actor, at: dt.datetime, on: dt.date) -> QuerySet[CaseDocument]:
    """Those of the cases that the actor may read."""
    return to_review(on).filter(visible_to(actor, at, "case__"))


def newest_first(actor: Actor, at: dt.datetime, on: dt.date) -> QuerySet[CaseDocument]:
    """The same as a list to read: what the newest change of law concerns first."""
    return for_worker(actor, at, on).select_related("document", "case").order_by(F("changed_at").desc(), "pk")


def rule_of(paper: CaseDocument) -> Node:
    """What the revision in force says of the type of a document that `to_review` found."""
    return Node.objects.select_related("revision").get(revision=paper.follows, key=paper.document.node_key)  # type: ignore[attr-defined,misc]
