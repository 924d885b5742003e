"""Invented decisions of the demo: drafts under way, and decisions that were made and served. Everything is made up."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.utils import timezone

from kirjaamo.cases.models import Case, CaseState, EnquiryKind, Task, TaskState
from kirjaamo.decisions import actions
from kirjaamo.decisions.models import Decision
from kirjaamo.decisions.routes import routes_for, usual
from kirjaamo.documents.models import Way
from kirjaamo.organisation.models import User

KEY = uuid.UUID("0f7d9a54-9a55-4f0e-8f37-0d5f4d7a9e21")
MOST, DRAFTS = 6, 2
WAYS = (Way.POST, Way.EMAIL, Way.COUNTER)


def make(report: Callable[[int, int, str], None]) -> None:
    """Decide some open cases that no hearing holds, and leave the last ones as drafts."""
    decider = next((user for user in User.objects.order_by("pk") if user.may("cases.decide")), None)
    if decider is None:
        return
    open_ = Case.objects.exclude(state=CaseState.CLOSED).exclude(handler=None).select_related("revision", "unit", "authority")
    hearings = Task.objects.filter(kind=EnquiryKind.HEARING).exclude(state=TaskState.DONE)
    heard = open_.exclude(tasks__in=hearings).filter(revision__code__startswith="1", publicity="public").order_by("identifier")
    cases = list(heard[:MOST])
    for number, case in enumerate(cases):
        decision = _draft(case, decider)
        if number < len(cases) - DRAFTS:
            made = actions.decide(decision, version=decision.version, actor=decider)
            party = case.parties.first()
            if party is not None and number:
                actions.serve(made, party, way=WAYS[number % len(WAYS)], sent_on=timezone.localdate(), actor=decider)
        report(number + 1, len(cases), "decisions")


def _draft(case: Case, actor: User) -> Decision:
    text = actions.Text(
        title=f"Päätös: {case.title}"[:300],
        operative="Hakemus hyväksytään hakemuksen mukaisena seuraavin ehdoin: "
        "alue siistitään käytön jälkeen ja kulku sen läpi pidetään avoinna.",
        reasons="Hakemus täyttää myöntämisen edellytykset. "
        "Alue on vapaa haettuna aikana, eikä käytöstä aiheudu naapureille kohtuutonta haittaa.",
        provisions="Hallintolaki 434/2003 43–45 §; kuntalaki 410/2015 91 §",
        power="Hallintosääntö, toimialan viranhaltijoiden toimivalta (keksitty kohta)",
    )
    ways = usual(routes_for(case.revision, timezone.localdate()))
    return actions.prepare(case, text, ways, actor=actor, key=uuid.uuid5(KEY, case.identifier))
