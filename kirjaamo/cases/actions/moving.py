"""The move of running cases to a newer revision of their class: an explicit act, told in the history of each (records.md § 7.3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from kirjaamo.cases import indexing
from kirjaamo.cases.models import Case, CaseEvent, CaseState
from kirjaamo.cases.moving import Road, behind, roads
from kirjaamo.documents.actions import retype
from kirjaamo.documents.models import Document
from kirjaamo.kernel import submissions
from kirjaamo.kernel.actions import action, because, running
from kirjaamo.kernel.errors import Refused
from kirjaamo.kernel.models import SearchRow
from kirjaamo.tos.models import ClassRevision
from kirjaamo.tos.moves import may_lead
from kirjaamo.ui.languages import pick

if TYPE_CHECKING:
    import uuid

    from django.db.models import QuerySet

    from kirjaamo.kernel.actors import Actor

MOST = 500
"""How many cases one batch moves; the rest wait for the next one."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What a batch did: cases that now follow the newer revision, and those that stay with the nodes that they miss there."""

    moved: Sequence[Case]
    kept: Sequence[Road]


@action("Siirrä uudempaan suunnitelmaan", needs="cases.move")
def move(
    case: Case,
    *,
    to: ClassRevision,
    actor: Actor,
    reason: str = "",
    key: uuid.UUID | None = None,
    mapping: Mapping[uuid.UUID, uuid.UUID] | None = None,
) -> Case:
    """Let a case follow a newer revision of its class. `Refused` with the names of used nodes that the newer one does not have.

    `mapping` names for such a node another one of the same kind, with a reason; its documents become of that type, by a decision.
    Decided values of its documents stay; a rule that differs is told in the history. With the `key` of a form a second send does nothing.
    """
    may_lead(case.revision, to)
    if mapping and not reason.strip():
        raise Refused(_("Kerro, miksi poistuneet kohdat vastaavat valitsemiasi."), code="cases.mapping_reason", field="reason")
    if key is not None and submissions.claim(key) is not None:
        return case
    held = Case.objects.select_for_update(of=("self",)).select_related("revision").get(pk=case.pk)
    if held.state == CaseState.CLOSED:
        raise Refused(_("Asian käsittely on jo päättynyt, joten sen suunnitelma ei enää vaihdu."), code="cases.closed")
    may_lead(held.revision, to)
    (road,) = (one.along(mapping or {}) for one in roads([held], to))
    if not road.move.possible:
        names = ", ".join(pick(node.title).text for node in road.move.missing)
        sentence = _("Asiaa ei voi siirtää versioon %(number)s: siinä ei ole asiassa jo käytettyjä kohtia %(names)s.")
        raise Refused(sentence % {"number": to.number, "names": names}, code="cases.used_nodes_missing", section="TiHL 906/2019 26 §")
    _move([road], to, actor, reason)
    for old, new in road.move.replaced:
        retype(Document.objects.filter(in_cases__case=case, node_key=old.key), new, reason=reason, actor=actor)
    case.refresh_from_db()
    return case


@action("Siirrä asioita uudempaan suunnitelmaan", needs="cases.move")
def move_all(cases: QuerySet[Case], *, to: ClassRevision, actor: Actor, reason: str = "", key: uuid.UUID | None = None) -> Moved:
    """Move the open cases of a class that may move, at most `MOST` at once; the others stay. Statements do not grow with the cases."""
    if key is not None and submissions.claim(key) is not None:
        return Moved((), ())
    chosen = behind(to).filter(pk__in=cases.values("pk")).order_by("pk")[:MOST]
    keys = list(chosen.values_list("pk", flat=True))
    held = list(Case.objects.filter(pk__in=keys).select_for_update(of=("self",)).select_related("revision").order_by("pk"))
    told = roads([case for case in held if case.state != CaseState.CLOSED and case.revision.number < to.number], to)
    going = [road for road in told if road.move.possible]
    _move(going, to, actor, reason)
    return Moved([road.case for road in going], [road for road in told if not road.move.possible])


def _move(told: Sequence[Road], to: ClassRevision, actor: Actor, reason: str) -> None:
    """Write the events first: the database lets a revision change only to the one that the last of them names."""
    if not told:
        return
    because(reason)
    at = running().at
    label = {
        "fi": f"Asia siirtyi suunnitelman versioon {to.number}",
        "sv": f"Ärendet flyttades till planens version {to.number}",
        "en": f"The case moved to version {to.number} of the plan",
    }
    CaseEvent.objects.bulk_create(
        [
            CaseEvent(
                case=road.case, at=at, actor=actor.actor_ref, kind=CaseEvent.MOVED, revision=to, stage=road.stage, label=label,
                note="\n".join(filter(None, (reason, _changed(road)))),
            )
            for road in told
        ]
    )  # fmt: skip
    by_stage: dict[str, list[int]] = defaultdict(list)
    for road in told:
        by_stage[road.stage].append(road.case.pk)
    for stage, keys in by_stage.items():
        Case.objects.filter(pk__in=keys).update(revision=to, stage=stage, version=F("version") + 1)
    renamed = [road.case for road in told if (road.case.revision.code, road.case.revision.title) != (to.code, to.title)]
    _index(renamed, to)


def _changed(road: Road) -> str:
    """The used nodes that others replace, and those whose rules differ, for the history."""
    told = [
        _("Kohtaa %(old)s vastaa kohta %(new)s.") % {"old": pick(old.title).text, "new": pick(new.title).text}
        for old, new in road.move.replaced
    ]
    names = [pick(new.title).text for _old, new in road.move.changed]
    return "\n".join([*told, _("Säännöt muuttuivat kohdissa: %s.") % ", ".join(names)] if names else told)


def _index(cases: Sequence[Case], to: ClassRevision) -> None:
    """A class that has another name or code is found by it."""
    if not cases:
        return
    for case in cases:
        case.revision = to
    SearchRow.objects.filter(source__in=indexing.SOURCES, key__in=[case.identifier for case in cases]).delete()
    SearchRow.objects.bulk_create([row for case in cases for row in indexing.search_rows(case)])
