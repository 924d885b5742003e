"""What is noted in the use log when someone reads a case: one row for a page, only when it holds what is not everyone's."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kirjaamo.kernel.use_log import Purpose, Use, UseVerb, note
from kirjaamo.organisation.models import User
from kirjaamo.subjects.models import SubjectKind
from kirjaamo.values.publicity import PersonalData, Publicity

if TYPE_CHECKING:
    from kirjaamo.cases.models import Case, CaseDocument, CaseParty
    from kirjaamo.cases.whole import Whole
    from kirjaamo.kernel.actors import Actor

AREA = "cases"


def note_case(case: Case, told: Whole, actor: Actor) -> None:
    """Note that a case page was read, with the people whose data it showed (TiHL 906/2019 § 17)."""
    people = people_of(told.parties)
    if people or case.publicity != Publicity.PUBLIC.value or any(_kept(paper) for paper in told.documents):
        note(Use(UseVerb.VIEW, AREA, purpose_of(case, actor), about=case.identifier, place="case", subjects=people), actor=actor)


def note_file(case: Case, actor: Actor) -> None:
    """Note that a file of a case was opened (two statements)."""
    people = people_of(case.parties.select_related("subject").defer("subject__personal_id_sealed"))
    note(Use(UseVerb.FILE, AREA, purpose_of(case, actor), about=case.identifier, place="case_file", subjects=people), actor=actor)


def people_of(parties: Iterable[CaseParty]) -> list[int]:
    """The natural persons among parties, by key."""
    return [party.subject.pk for party in parties if party.subject is not None and party.subject.kind == SubjectKind.PERSON]


def _kept(paper: CaseDocument) -> bool:
    return paper.document.publicity != Publicity.PUBLIC.value or paper.document.personal != PersonalData.NONE.value


def purpose_of(case: Case, actor: Actor) -> Purpose:
    """For what a person reads a case, from what they are to it; no statement is made."""
    if isinstance(actor, User) and (case.handler_id == actor.pk or case.unit_id in actor.units()):
        return Purpose.HANDLING
    if actor.may("cases.register"):
        return Purpose.REGISTERING
    return Purpose.OVERSIGHT if actor.may("use_log.read") else Purpose.OTHER
