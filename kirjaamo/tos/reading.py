"""Reading the plan: which revision of a class is in force on a day, its nodes, and what a case may do next."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from kirjaamo.kernel.errors import Refused
from kirjaamo.kernel.kept import Kept
from kirjaamo.tos.models import ClassRevision, Node, NodeKind
from kirjaamo.tos.models.classes import FIXED

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from uuid import UUID


def _approved() -> tuple[ClassRevision, ...]:
    """Two statements."""
    has_process = Exists(Node.objects.filter(revision=OuterRef("pk")))
    fixed = ClassRevision.objects.filter(state__in=FIXED).annotate(has_process=has_process).order_by("code", "number")
    return tuple(fixed.select_related("function_class").prefetch_related("function_class__responsible"))


PLAN = Kept("plan", {"tos.classrevision", "tos.node", "tos.functionclass", "tos.responsible"}, _approved)
"""Every approved revision with its class, who is responsible for it, and whether it has a process; kept until the plan changes."""


def in_force(code: str, on: dt.date) -> ClassRevision:
    """The approved revision of the class that bears the code on a day.

    `Refused` when there is none; for a class taken out of use it names the successors (records.md § 7.3: a retired class takes
    no new cases).
    """
    found = ClassRevision.objects.in_force(on).filter(code=code).first()
    if found is not None:
        return found
    successors = _successors(code, on)
    if successors:
        sentence = _("Tehtäväluokka %(code)s on poistettu käytöstä. Avaa asia luokkaan %(successors)s.")
        raise Refused(
            sentence % {"code": code, "successors": ", ".join(map(str, successors))}, code="tos.class_retired", section="TiHL 906/2019 § 26"
        )
    sentence = _("Tehtäväluokalle %(code)s ei ole voimassa olevaa tiedonohjaussuunnitelmaa.")
    raise Refused(sentence % {"code": code}, code="tos.no_revision_in_force", section="TiHL 906/2019 § 26")


def open_for_cases(revision: ClassRevision, on: dt.date) -> ClassRevision:
    """The revision itself when a case may be opened by it on a day.

    `Refused` for one that does not hold, with the successors of its class, and for one without a process.
    """
    found = next((held for held in PLAN() if held.pk == revision.pk and held.holds_on(on)), None)
    if found is None:
        successors = _successors(revision.code, on)
        sentence = _("Luokan %(code)s tämä suunnitelma ei ole voimassa, joten sillä ei avata uusia asioita. %(hint)s")
        hint = _("Avaa asia luokkaan %s.") % ", ".join(map(str, successors)) if successors else ""
        raise Refused(sentence % {"code": revision.code, "hint": hint}, code="tos.not_in_force", section="TiHL 906/2019 § 26")
    if not found.has_process:  # type: ignore[attr-defined]
        raise Refused(_("Luokalla %s ei ole käsittelyprosessia. Valitse sen alaluokka.") % revision.code, code="tos.no_process")
    return revision


def _successors(code: str, on: dt.date) -> Sequence[ClassRevision]:
    last = ClassRevision.objects.filter(code=code, valid_to__lt=on).order_by("-valid_to").first()
    if last is None:
        return ()
    return list(ClassRevision.objects.in_force(on).filter(function_class__predecessors=last.function_class_id))


def node(revision: ClassRevision, kind: NodeKind, code: str) -> Node:
    """The node of a revision by its kind and code; a missing one is named in the error."""
    found = revision.nodes.filter(kind=kind, code=code).first()
    if found is None:
        sentence = _("Luokan %(class)s suunnitelmassa ei ole kohtaa %(code)s.") % {"class": revision.code, "code": code}
        raise Refused(sentence, code="tos.node_missing")
    return found


def next_nodes(revision: ClassRevision, stage: str, done: Collection[UUID] = ()) -> Sequence[Node]:
    """What a case in a stage may do next, in the order of the plan: what is not done in the stage, then the stages that follow.

    `stage` is the code of the stage that the case stands in ("" before the first), `done` the keys of the nodes already used.
    """
    return following(list(revision.nodes.order_by("order")), stage, done)


def following(nodes: Sequence[Node], stage: str, done: Collection[UUID] = ()) -> Sequence[Node]:
    """The same over the nodes of a revision in their order, for a page that has read them."""
    stages = [one for one in nodes if one.kind == NodeKind.STAGE]
    here = next((one for one in stages if one.code == stage), None)
    start = here.order if here else -1
    end = next((one.order for one in stages if one.order > start), float("inf"))
    inside = [one for one in nodes if start < one.order < end and one.kind in {NodeKind.MEASURE, NodeKind.DOCUMENT} and one.key not in done]
    return [*inside, *(one for one in stages if one.order > start)]
