"""What the use log is told when someone reads a case: for what they read it, and whose data it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from kirjaamo.kernel.sight import saw
from kirjaamo.kernel.use_log import Purpose
from kirjaamo.organisation.models import User
from kirjaamo.subjects.models import SubjectKind
from kirjaamo.values.publicity import Publicity

if TYPE_CHECKING:
    from kirjaamo.cases.models import Case, CaseParty
    from kirjaamo.kernel.actors import Actor


def people_of(parties: Iterable[CaseParty]) -> list[int]:
    """The natural persons among parties, by key."""
    return [party.subject.pk for party in parties if party.subject is not None and party.subject.kind == SubjectKind.PERSON]


def people_of_case(case: Case) -> list[int]:
    """The natural persons who are parties of a case, by key: a file of the case is about them (one statement)."""
    return list(case.parties.filter(subject__kind=SubjectKind.PERSON).values_list("subject", flat=True))


def saw_rows(rows: Iterable[Mapping[str, Any]], prefix: str = "") -> None:
    """Tell that narrow rows of cases are in sight; `prefix` is the path to the case. What is public as a whole is not told."""
    saw({row[f"{prefix}identifier"] for row in rows if row[f"{prefix}confidential"] or row[f"{prefix}publicity"] != Publicity.PUBLIC.value})


def purpose_of(case: Case, actor: Actor) -> Purpose:
    """For what a person reads a case, from what they are to it; no statement is made."""
    if getattr(case, "by_exception", False):
        return Purpose.EXCEPTION
    if isinstance(actor, User) and (case.handler_id == actor.pk or case.unit_id in actor.units()):
        return Purpose.HANDLING
    if getattr(case, "as_deputy", False):
        return Purpose.DEPUTY
    if actor.may("cases.register"):
        return Purpose.REGISTERING
    return Purpose.OVERSIGHT if actor.may("use_log.read") else Purpose.OTHER
