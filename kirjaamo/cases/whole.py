"""All that a case page shows, in few statements however much there is of it.

What is small and belongs to the case itself (linked cases, which records it has, whether the reader is disqualified) is read in
the statement of the case. The nodes of an approved revision never change and are read once by a process.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, JSONObject, Substr
from django.utils import timezone

from kirjaamo.cases.models import Case, CaseDocument, CaseEvent, CaseGrant, CaseLink, CaseParty, CaseRecord, Disqualification, Task
from kirjaamo.cases.models.case import Ties
from kirjaamo.cases.models.standing_in import absent_for
from kirjaamo.cases.need_to_know import waiting_for
from kirjaamo.cases.reading import by_address
from kirjaamo.cases.uses import saw_rows
from kirjaamo.cases.visibility import READ, visible_to
from kirjaamo.documents.models import File
from kirjaamo.organisation.models import User
from kirjaamo.tos.models import ClassRevision, Node
from kirjaamo.tos.models.classes import FIXED

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor

KEPT_REVISIONS = 500
FILE = JSONObject(pk="pk", name="name", size="size")
SHOWN_OF_CASE = ("identifier", "title", "state", "publicity", "confidential")


@dataclass(frozen=True)
class Held:
    """A record of a register or of a room above that belongs to the case."""

    source: str
    kind: str
    ref: int


@dataclass(frozen=True)
class Linked:
    """A case that is linked to this one, and how."""

    identifier: str
    title: str
    state: str
    kind: str
    reason: str
    publicity: str
    confidential: bool


@dataclass(frozen=True)
class Whole:
    """All that a case page shows of a case."""

    case: Case
    nodes: Sequence[Node]
    parties: Sequence[CaseParty] = ()
    documents: Sequence[CaseDocument] = ()
    tasks: Sequence[Task] = ()
    events: Sequence[CaseEvent] = field(default_factory=tuple)
    held: Sequence[Held] = ()
    linked: Sequence[Linked] = ()
    barred: bool = False
    declared: Sequence[Mapping[str, Any]] = ()

    @property
    def stages(self) -> list[Node]:
        """The stages of the plan, in order."""
        return [node for node in self.nodes if node.kind == "stage"]

    def node_title(self, key: object) -> Mapping[str, str]:
        """The title of a node of the plan by its lasting key; empty when there is none."""
        return next((node.title for node in self.nodes if node.key == key), {})

    def refs(self, source: str) -> list[int]:
        """The rows of a source that belong to the case."""
        return [one.ref for one in self.held if one.source == source]


def on_page(address: str, condition: Q, actor: Actor) -> Case | None:
    """The case of an address with what belongs to the row itself, in one statement."""
    held = CaseRecord.objects.filter(case=OuterRef("pk")).order_by("id").values(row=JSONObject(source="source", kind="kind", ref="ref"))
    rows = Case.objects.annotate(
        held=ArraySubquery(held),
        links_out=_links("case", "other"),
        links_in=_links("other", "case"),
        barred=_barred(actor),
        declared=_declared(),
        by_exception=_by_exception(actor),
        as_deputy=_as_deputy(actor),
        **_ties(actor),
    )
    found: Any = by_address(address, condition, rows)
    if found is not None and isinstance(actor, User):
        found.ties = Ties(actor.pk, found.as_deputy, found.tied_by_task, found.granted, found.granted_to_handle)
    if found is not None:
        found.shown_links = _seen_of([*found.links_out, *found.links_in], actor)
    return cast("Case | None", found)


def _links(this: str, other: str) -> ArraySubquery:
    """The linked cases, of which the actor may see some (`_seen_of`)."""
    facts = {name: f"{other}__{name}" for name in SHOWN_OF_CASE}
    rows = CaseLink.objects.filter(**{this: OuterRef("pk")}).order_by("id")
    return ArraySubquery(rows.values(row=JSONObject(kind="kind", reason="reason", **facts)))


def _seen_of(links: Sequence[Mapping[str, Any]], actor: Actor) -> Sequence[Mapping[str, Any]]:
    """The links to cases that the actor may see: who reads cases sees all but the confidential ones, which are asked of the database."""
    asked = [row["identifier"] for row in links if row["confidential"] or not actor.may(READ)]
    seen: set[str] = set()
    if asked:
        visible = Case.objects.filter(visible_to(actor, timezone.now()), identifier__in=asked)
        seen = set(visible.values_list("identifier", flat=True))
    return [row for row in links if row["identifier"] in seen or row["identifier"] not in asked]


def _barred(actor: Actor) -> Exists | Value:
    """Whether the actor has declared a disqualification in the case."""
    own = Disqualification.objects.filter(case=OuterRef("pk"), lifted_at=None)
    return Exists(own.filter(user=actor)) if isinstance(actor, User) else Value(value=False)


def _declared() -> ArraySubquery:
    """The declarations of disqualification in force: by key, and whose they are."""
    rows = Disqualification.objects.filter(case=OuterRef("pk"), lifted_at=None).order_by("id")
    return ArraySubquery(rows.values(row=JSONObject(pk="pk", user="user_id", name="user__name")))


def _by_exception(actor: Actor) -> Exists | Value:
    """Whether the actor reads the case by break-glass: the use log tells it as the purpose."""
    now = timezone.now()
    taken = CaseGrant.objects.filter(case=OuterRef("pk"), exceptional=True, starts_at__lte=now, ends_at__gt=now)
    return Exists(taken.filter(user=actor)) if isinstance(actor, User) else Value(value=False)


def _ties(actor: Actor) -> Mapping[str, Exists]:
    """What else ties the actor to the case, asked once for all the rights that the page asks for."""
    if not isinstance(actor, User):
        return {}
    now = timezone.now()
    grants = CaseGrant.objects.filter(case=OuterRef("pk"), user=actor, starts_at__lte=now, ends_at__gt=now)
    return {
        "tied_by_task": Exists(waiting_for(actor).filter(case=OuterRef("pk"))),
        "granted": Exists(grants),
        "granted_to_handle": Exists(grants.filter(level="handle")),
    }


def _as_deputy(actor: Actor) -> Exists | Value:
    """Whether the actor reads the case as the deputy of its handler."""
    if not isinstance(actor, User):
        return Value(value=False)
    return Exists(absent_for(actor, timezone.localdate()).filter(user=OuterRef("handler")))


def whole(case: Case) -> Whole:
    """Read what belongs to a case of `on_page` for people who work here: four statements, however much there is."""
    parties = case.parties.select_related("subject").defer("subject__personal_id_sealed").order_by("role", "id")
    files = File.objects.filter(document=OuterRef("document_id")).order_by("-version").values(row=FILE)
    papers = case.case_documents.select_related("document").annotate(file_rows=ArraySubquery(files))
    links = getattr(case, "shown_links", ())
    saw_rows(links)
    tasks = case.tasks.select_related("unit", "user", "enquiry__party__subject").defer("enquiry__party__subject__personal_id_sealed")
    return Whole(
        case,
        nodes_of(case.revision),
        list(parties),
        list(papers),
        list(tasks),
        list(_events(case)),
        held=[Held(**row) for row in getattr(case, "held", ())],
        linked=[Linked(**row) for row in links],
        barred=bool(getattr(case, "barred", False)),
        declared=getattr(case, "declared", ()),
    )


def nodes_of(revision: ClassRevision) -> Sequence[Node]:
    """The nodes of a revision in the order of the process; of an approved one, which never changes, read once by a process."""
    if revision.state not in FIXED:
        return list(revision.nodes.order_by("order"))
    return _fixed_nodes(revision.pk, revision.approved_at)


@lru_cache(maxsize=KEPT_REVISIONS)
def _fixed_nodes(revision: int, approved_at: dt.datetime | None) -> Sequence[Node]:
    """By the moment of approval too, so that a restored database never meets the nodes of another."""
    del approved_at
    return tuple(Node.objects.filter(revision=revision).order_by("order"))


def _events(case: Case) -> QuerySet[CaseEvent]:
    """The history with the names of the people in it, newest first."""
    name = User.objects.filter(pk=Cast(Substr(OuterRef("actor"), 6), models.BigIntegerField())).values("name")[:1]
    who = models.Case(When(actor__startswith="user:", then=Subquery(name)))
    return case.events.annotate(who=who).order_by("-id")


def events_since(case: Case, at: dt.datetime) -> QuerySet[CaseEvent]:
    """What was done to the case from a moment on, with the names of who did it, newest first."""
    return _events(case).filter(at__gte=at)
