"""How far is my case? What is asked by telephone, answered from one box: by identifier, by a party's name, by words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from kirjaamo.cases import actions
from kirjaamo.cases.indexing import matches
from kirjaamo.cases.models import Case, CaseParty
from kirjaamo.cases.reading import identifiers_in
from kirjaamo.cases.visibility import visible_to
from kirjaamo.subjects.models import Subject
from kirjaamo.subjects.reading import found_by
from kirjaamo.ui.languages import pick

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor

MOST, LONGEST = 10, 200
SHORTEST_NAME = 3


@dataclass(frozen=True)
class Stage:
    """How far a case is: its stage and the one that follows, in words."""

    case: Case
    stage: str = ""
    following: str = ""


def enquire(text: str, *, actor: Actor) -> Sequence[Stage]:
    """The cases that a text names, the surest way first: identifier, else name of a party and words of the title.

    A search by name is a read of personal data: the journal keeps which cases it showed (TiHL 906/2019 § 17).
    """
    condition = visible_to(actor, timezone.now())
    named = identifiers_in(text)
    if named:
        return _stages(condition & Q(identifier__in=named))
    by_name = _stages(condition & _of_party(text)) if len(text) >= SHORTEST_NAME else []
    if by_name:
        actions.note_enquiry([one.case for one in by_name], actor=actor)
        return by_name
    words = matches(text, public=False)
    return _stages(condition & words) if words is not None else []


def _of_party(text: str) -> Q:
    """Cases of a party whose name has the words, in any order."""
    return Q(pk__in=CaseParty.objects.filter(subject__in=Subject.objects.filter(found_by(text)).values("pk")).values("case_id"))


def _stages(condition: Q) -> list[Stage]:
    """The newest cases with their stage and the next one of the plan (two statements)."""
    rows = Case.objects.filter(condition).select_related("unit", "handler", "revision").prefetch_related("revision__nodes")
    return [_stage(case) for case in rows.order_by("-id")[:MOST]]


def _stage(case: Case) -> Stage:
    stages = [node for node in case.revision.nodes.all() if node.kind == "stage"]
    place = next((number for number, node in enumerate(stages) if node.code == case.stage), None)
    if place is None:
        return Stage(case)
    following = stages[place + 1] if place + 1 < len(stages) and not case.is_closed else None
    return Stage(case, pick(stages[place].title).text, pick(following.title).text if following else "")
