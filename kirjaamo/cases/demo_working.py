"""What handlers of the demo have under way: tasks, requests that await an answer, parts in other divisions, linked cases, a deputy."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from django.utils import timezone

from kirjaamo.cases import actions
from kirjaamo.cases.models import Case, CaseState, EnquiryKind, LinkKind
from kirjaamo.documents.models import Way
from kirjaamo.kernel.actors import Machine
from kirjaamo.organisation.models import Unit, User

if TYPE_CHECKING:
    from kirjaamo.organisation.models import User as Official

CLERK = Machine("demo")
KEY = uuid.UUID("c0c4f5a2-2f0e-4b63-9a6e-5d1a8a7e3b11")
DEPUTY_DAYS = 14


def make() -> None:
    """Give open cases that someone handles what such cases have; the same each time."""
    today = timezone.localdate()
    open_ = Case.objects.exclude(state=CaseState.CLOSED).exclude(handler=None).select_related("handler", "unit", "revision", "authority")
    handled = list(open_.order_by("identifier"))
    for number, case in enumerate(handled):
        STEPS[number % len(STEPS)](case, today)
    for number, case in enumerate(Case.objects.exclude(state=CaseState.CLOSED).filter(handler=None).select_related("unit")[:4]):
        actions.assign(
            case, kind="other", title=UNIT_TASKS[number], unit=case.unit, due_on=today + dt.timedelta(days=number - 1), actor=CLERK
        )
    _links(handled)
    _deputy(today)


UNIT_TASKS = (
    {"fi": "Tarkista, kuuluuko asia meille", "sv": "Kontrollera om ärendet hör till oss", "en": "Check whether the case is ours"},
    {"fi": "Hanki aluekartta", "sv": "Skaffa områdeskartan", "en": "Get the area map"},
    {"fi": "Soita hakijalle", "sv": "Ring sökanden", "en": "Call the applicant"},
    {"fi": "Ehdota käsittelijää", "sv": "Föreslå handläggare", "en": "Propose a handler"},
)
VISIT = {"fi": "Käy paikalla ja kirjaa havainnot", "sv": "Besök platsen och anteckna", "en": "Visit the place and note what you see"}
DRAW_UP = {"fi": "Laadi päätösehdotus", "sv": "Gör upp ett beslutsförslag", "en": "Draw up a proposal"}


def _own_task(case: Case, today: dt.date) -> None:
    actions.assign(case, kind="other", title=VISIT, unit=case.unit, user=case.handler, due_on=today + dt.timedelta(days=3), actor=CLERK)
    actions.record(case, kind="note", label={"fi": "Merkintä", "sv": "Anteckning", "en": "Note"}, note="Soitettu hakijalle.", actor=CLERK)


def _late_task(case: Case, today: dt.date) -> None:
    actions.assign(case, kind="other", title=DRAW_UP, unit=case.unit, user=case.handler, due_on=today - dt.timedelta(days=2), actor=CLERK)


def _ask(case: Case, kind: EnquiryKind, text: str, due_on: dt.date, recipient: str = "") -> None:
    party = None if recipient else case.parties.select_related("subject").first()
    question = actions.Question(kind, text, due_on, Way.EMAIL if recipient else Way.POST, party, recipient)
    assert case.handler is not None  # noqa: S101 - only handled cases come here
    actions.enquire(case, question, actor=case.handler, key=uuid.uuid5(KEY, f"{case.identifier}{kind.value}"))


def _supplement(case: Case, today: dt.date) -> None:
    _ask(case, EnquiryKind.SUPPLEMENT, "Hakemuksesta puuttuu asemapiirros. Lähetä se mittakaavassa 1:500.", today + dt.timedelta(days=12))


def _hearing(case: Case, today: dt.date) -> None:
    text = "Asiassa on saatu uutta selvitystä, joka voi vaikuttaa ratkaisuun. Kerro, mitä mieltä olet siitä."
    _ask(case, EnquiryKind.HEARING, text, today + dt.timedelta(days=9))


def _statement(case: Case, today: dt.date) -> None:
    text = "Pyydämme lausuntoa vaikutuksista liikenteeseen ja melusta lähialueella."
    _ask(case, EnquiryKind.STATEMENT, text, today + dt.timedelta(days=21), "Keksitty ympäristökeskus")


def _part(case: Case, today: dt.date) -> None:
    unit = Unit.objects.get(slug="oikeuspalvelut")
    actions.divide(
        case,
        unit=unit,
        what="Sopimusehtojen tarkistus",
        due_on=today + dt.timedelta(days=6),
        key=uuid.uuid5(KEY, f"{case.identifier}osa"),
        actor=CLERK,
    )


STEPS: Sequence[Callable[[Case, dt.date], None]] = (_own_task, _supplement, _hearing, _late_task, _statement, _part)


def _links(handled: Sequence[Case]) -> None:
    """Link the first cases of one handler, as matters that bear on each other."""
    for one, other in zip(handled[:3], handled[3:6], strict=False):
        actions.link(one, other, kind=LinkKind.AFFECTS, reason="Sama alue", actor=CLERK)


def _deputy(today: dt.date) -> None:
    """Let one handler stand in for another."""
    people: list[Official] = [user for user in User.objects.order_by("pk") if user.may("cases.handle")]
    if len(people) > 1:
        actions.appoint_deputy(people[1], valid_from=today, valid_to=today + dt.timedelta(days=DEPUTY_DAYS), actor=people[0])
