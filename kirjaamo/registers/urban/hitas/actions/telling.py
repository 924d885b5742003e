"""Verbs of the regulation letter: written for a verdict or for every verdict of a run, sent to the company."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kirjaamo.cases import actions as cases
from kirjaamo.cases.models import Case, CaseState, PartyRole
from kirjaamo.contract.actions import action, change, create, party_of
from kirjaamo.contract.forms import Ask
from kirjaamo.contract.place import home_of
from kirjaamo.contract.retention import destruction_date
from kirjaamo.contract.typed import Party
from kirjaamo.kernel.actions import running
from kirjaamo.kernel.errors import OutOfOrder
from kirjaamo.registers.urban.hitas.models import CalculationState, RegulationLetter, RegulationOutcome, RegulationRun, RegulationVerdict
from kirjaamo.subjects.actions import add_subject
from kirjaamo.subjects.models import SubjectKind
from kirjaamo.tos.models import NodeKind
from kirjaamo.tos.reading import node
from kirjaamo.ui import wording
from kirjaamo.ui.languages import pick
from kirjaamo.values.business_id import BusinessId
from kirjaamo.values.publicity import Publicity

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor
    from kirjaamo.subjects.models import Subject

TITLE = "Hitas-yhtiön sääntelyn päättymisen tarkistus"


def _has_no_letter(verdict: RegulationVerdict) -> bool:
    judged = verdict.run.state == CalculationState.CONFIRMED and verdict.outcome != RegulationOutcome.SKIPPED
    return judged and not verdict.letters.filter(voided_at=None).exists()


def _is_confirmed(run: RegulationRun) -> bool:
    return bool(run.state == CalculationState.CONFIRMED)


def _unsent(letter: RegulationLetter) -> bool:
    return letter.sent_on is None and letter.voided_at is None


@action(
    _("Tee sääntelykirje"),
    needs="write",
    measure="regulation_letter",
    makes="regulation_letter",
    stage="decision",
    when=_has_no_letter,
    done=_("Sääntelykirje tehty"),
)
def write_letter(verdict: RegulationVerdict, *, actor: Actor) -> RegulationLetter:
    """Make the letter that tells a company its verdict, in a case of its own. A company that waits for prices gets none."""
    if verdict.run.state != CalculationState.CONFIRMED:
        text = _("Neljänneksen %(run)s tarkistus on vielä luonnos. Vahvista tarkistus ennen kirjeiden tekemistä.")
        raise OutOfOrder(text % {"run": verdict.run}, code="hitas.run_not_confirmed")
    if verdict.outcome == RegulationOutcome.SKIPPED:
        text = _("Yhtiö %(company)s odottaa postinumeron %(code)s hintatietoa. Siitä ei ole ratkaisua, joka kerrottaisiin.")
        raise OutOfOrder(text % {"company": verdict.company, "code": verdict.company.postal_code}, code="hitas.no_verdict")
    today = timezone.localdate(running().at)
    letter = RegulationLetter(
        case=_open_case(verdict, actor=actor), verdict=verdict, company=verdict.company, outcome=verdict.outcome, written_on=today
    )
    letter.retention_due = destruction_date(letter, today)
    return create(letter, actor=actor)


def _open_case(verdict: RegulationVerdict, *, actor: Actor) -> Case:
    """A case that the authority brings up itself; a company is no person, so that it is public."""
    place, company = home_of("hitas", "regulation_letter"), verdict.company
    authority = _organisation(pick(place.management_unit.name).text, place.management_unit.business_id, actor)
    return cases.open_case(
        cases.NewCase(
            revision=place.revision,
            unit=place.unit,
            management_unit=place.management_unit,
            title=f"{TITLE}: {company.name}",
            public_title=f"{TITLE}: {company.name}",
            publicity=Publicity.PUBLIC,
            initiated_at=running().at,
            parties=[
                cases.NewParty(PartyRole.INITIATOR, authority),
                cases.NewParty(PartyRole.PARTY, _organisation(company.name, company.business_id, actor)),
            ],
            stage=node(place.revision, NodeKind.STAGE, "initiation"),
        ),
        actor=actor,
    )


def _organisation(name: str, code: str, actor: Actor) -> Subject:
    """The party of a business id; one without an id is a party of its own."""
    if code:
        return party_of(Party(BusinessId.parse(code), name), actor)
    return add_subject(name, actor=actor, kind=SubjectKind.ORGANISATION)


@action(_("Tee sääntelykirjeet"), needs="write", when=_is_confirmed)
def write_letters(run: RegulationRun, *, actor: Actor) -> RegulationRun:
    """Make the letter of every company of a confirmed run that has none yet; all or none."""
    rows = RegulationVerdict.objects.filter(run=run).exclude(outcome=RegulationOutcome.SKIPPED).select_related("run", "company")
    for verdict in rows.exclude(letters__voided_at=None, letters__isnull=False).order_by("id"):
        write_letter(verdict, actor=actor)
    return run


@action(
    _("Kirjaa lähetetyksi ja päätä asia"), needs="write", measure="sent", stage="service", when=_unsent, done=_("Sääntelykirje lähetetty")
)
def send_letter(letter: RegulationLetter, on: Annotated[dt.date, Ask(_("Lähetetty"))], *, actor: Actor) -> RegulationLetter:
    """The letter was given to the company: its case is closed with its resolution."""
    if not _unsent(letter) or letter.case is None:
        day = wording.day(letter.sent_on) if letter.sent_on else "–"
        raise OutOfOrder(_("Kirje on jo lähetetty %(day)s.") % {"day": day}, code="hitas.already_sent")
    case = Case.objects.get(pk=letter.case.pk)
    if case.state != CaseState.CLOSED:
        decided = case.events.filter(kind="regulation_letter").order_by("id").last()
        cases.close(case, actor=actor, resolved_at=decided.at if decided else running().at)
    return change(letter, {"sent_on": on}, version=letter.version, actor=actor)
