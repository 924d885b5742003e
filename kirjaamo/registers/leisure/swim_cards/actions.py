"""The verbs of the register: apply, decide."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kirjaamo.cases import actions as cases
from kirjaamo.cases.models import Case, CaseState, PartyRole
from kirjaamo.contract.actions import action, create
from kirjaamo.contract.forms import Ask
from kirjaamo.contract.place import home_of
from kirjaamo.contract.retention import destruction_date
from kirjaamo.kernel.actions import running
from kirjaamo.kernel.errors import Refused
from kirjaamo.registers.leisure.swim_cards import rules
from kirjaamo.registers.leisure.swim_cards.models import Application, Outcome, Proof, SwimCard
from kirjaamo.subjects.actions import add_subject
from kirjaamo.tos.models import NodeKind
from kirjaamo.tos.reading import node
from kirjaamo.values.personal_id import PersonalId
from kirjaamo.values.publicity import Publicity

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor


@action(_("Kirjaa hakemus"), needs="write")
def apply(
    personal_id: Annotated[PersonalId, Ask(_("Hakijan henkilötunnus"))],
    name: Annotated[str, Ask(_("Hakijan nimi"))],
    proof: Annotated[
        Proof | None, Ask(_("Esitetty todiste"), hint=_("Kirjaa vain todisteen laji. Diagnoosia tai muuta terveystietoa ei kysytä."))
    ],
    seen_on: Annotated[dt.date, Ask(_("Todiste nähty"))],
    resident: Annotated[bool, Ask(_("Kotikunta on tarkistettu Helsingiksi"))],
    assistants: Annotated[int, Ask(_("Avustajien määrä"), least=0, most=rules.MOST_ASSISTANTS)] = 0,
    *,
    actor: Actor,
    arrived_at: dt.datetime | None = None,
) -> Application:
    """Take an application as a case of its own, with the holder as its initiator. An identity code finds the known person.

    `arrived_at` is told when the application came before it is registered (a letter of yesterday).
    """
    holder = add_subject(name, actor=actor, personal_id=personal_id)
    place = home_of("erityisuimakortit", "card_decision")
    case = cases.open_case(
        cases.NewCase(
            revision=place.revision,
            unit=place.unit,
            management_unit=place.management_unit,
            title="Erityisuimakortin hakemus",
            public_title="Erityisuimakortin hakemus",
            publicity=Publicity.PARTLY_SECRET,
            initiated_at=arrived_at or running().at,
            parties=[cases.NewParty(PartyRole.INITIATOR, holder)],
            stage=node(place.revision, NodeKind.STAGE, "initiation"),
        ),
        actor=actor,
    )
    application = Application(case=case, holder=holder, proof=proof or "", seen_on=seen_on, resident=resident, assistants=assistants)
    return create(application, actor=actor)


def _waits(application: Application) -> bool:
    return bool(application.outcome == Outcome.PENDING)


def _to_hand_over(application: Application) -> bool:
    return not _waits(application) and application.case is not None and application.case.state != CaseState.CLOSED


@action(
    _("Päätä hakemus"),
    needs="decide",
    measure="decision",
    makes="card_decision",
    stage="decision",
    when=_waits,
    done=_("Hakemus ratkaistiin"),
)
def decide(application: Application, *, actor: Actor, on: dt.date | None = None) -> Application:
    """Decide by the rules in force: grant a card for a year from the day, or refuse with the reason."""
    if application.outcome != Outcome.PENDING:
        raise Refused(_("Hakemus on jo ratkaistu."), code="swim_cards.already_decided")
    held = Application.objects.select_for_update().get(pk=application.pk)
    judgement = rules.judge(proof=held.proof, resident=held.resident, seen_on=held.seen_on)
    held.outcome = Outcome.GRANTED if judgement.granted else Outcome.REFUSED
    held.reason = str(judgement.reason.pick(held.case.language)) if judgement.reason and held.case else ""
    first = on or timezone.localdate()
    held.retention_due = destruction_date(held, rules.last_day(first))
    held.version += 1
    held.save(update_fields=["outcome", "reason", "retention_due", "version", "changed_at"])
    if judgement.granted:
        _grant(held, first, actor=actor)
    return held


def _grant(application: Application, first: dt.date, *, actor: Actor) -> SwimCard:
    """Make the card; the database refuses a second one that overlaps."""
    card = SwimCard(
        case=application.case,
        number=f"U-{application.pk:06}",
        holder=application.holder,
        application=application,
        valid=DateRange(first, rules.end_of_validity(first)),
        assistants=application.assistants,
        retention_due=application.retention_due,
    )
    return create(card, actor=actor)


@action(_("Anna kortti ja päätä asia"), needs="write", when=_to_hand_over)
def hand_over(application: Application, *, actor: Actor) -> Application:
    """The card (or the refusal) was given to the applicant: the case is closed with its resolution."""
    if application.outcome == Outcome.PENDING or application.case is None:
        raise Refused(_("Päätä hakemus ennen kuin annat kortin."), code="swim_cards.not_decided")
    case = Case.objects.get(pk=application.case.pk)
    decided = case.events.filter(kind="decision").latest("at")
    cases.close(case, actor=actor, resolved_at=decided.at, stage=node(case.revision, NodeKind.STAGE, "service"))
    return application
