"""Disclosures: judged by the rules, recorded with what was given and what was left out, told to the request that they answer."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated

from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from kirjaamo.cases import actions as cases
from kirjaamo.contract.actions import action, create
from kirjaamo.contract.forms import Ask
from kirjaamo.kernel.errors import BadInput, Refused
from kirjaamo.registers.education.student_welfare import access
from kirjaamo.registers.education.student_welfare.actions.notes import log_use
from kirjaamo.registers.education.student_welfare.actions.relations import table_of
from kirjaamo.registers.education.student_welfare.bases import ClientBase, DisclosureBase
from kirjaamo.registers.education.student_welfare.calendar import refuse, usable
from kirjaamo.registers.education.student_welfare.choices import Purpose, Recipient, StatementKind
from kirjaamo.registers.education.student_welfare.confidential import barred
from kirjaamo.registers.education.student_welfare.rules import giving, will
from kirjaamo.requests.models import DISCLOSED, InformationRequest

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor


@action(_("Luovuta tietoja"), needs=access.WORK)
def disclose(  # noqa: PLR0913, PLR0917 - these are its facts
    client: ClientBase,
    recipient: Annotated[Recipient, Ask(_("Kenelle"))],
    recipient_name: Annotated[str, Ask(_("Saajan nimi"))],
    what: Annotated[str, Ask(_("Mitä annetaan"), hint=_("Esimerkiksi: kertomus 1.8.2024–31.5.2025"))],
    ground: Annotated[
        str, Ask(_("Lain säännös"), hint=_("Tarvitaan, kun saaja ei ole opiskelija tai huoltaja eikä suostumusta ole."))
    ] = "",
    request: Annotated[str, Ask(_("Tietopyynnön asiatunnus"))] = "",
    first: Annotated[dt.date | None, Ask(_("Merkinnät alkaen"), hint=_("Tyhjä: ensimmäisestä merkinnästä."))] = None,
    last: Annotated[dt.date | None, Ask(_("Merkinnät päättyen"), hint=_("Tyhjä: viimeiseen merkintään."))] = None,
    leave_out: Annotated[
        str, Ask(_("Harkinnan perusteella pois jätettävien merkintöjen päivät"), hint=_("Pilkulla erotettuina: 3.9.2026, 10.9.2026"))
    ] = "",
    reason: Annotated[str, Ask(_("Miksi ne jätetään pois"), hint=_("Säännös ja sen peruste, esimerkiksi JulkL 11 § 2 mom."))] = "",
    *,
    actor: Actor,
) -> DisclosureBase:
    """Give data of a client as the rules allow. What a minor has barred from the guardian stays out, and the answer says so."""
    access.must_work(client, actor)
    access.must_relate(client, actor)
    judged = will.judge(_asked(client, recipient, recipient_name, ground))
    case = _case_of(request)
    if not judged.given and judged.code != "barred":
        sentence, code = judged.sentence.pick(get_language() or "fi"), f"student_welfare.{judged.code}"
        raise Refused(sentence, code=code, section=judged.law, field="recipient")
    entries = [giving.Entry(*one) for one in client.notes.order_by("written_on", "pk").values_list("pk", "written_on")]  # type: ignore[attr-defined]
    choice = _choice(first, last, leave_out)
    refuse(giving.choice_problem(entries, choice, reason if judged.given else judged.law))
    chosen = giving.choose(entries, choice, all_left=not judged.given)
    told = reason if judged.given else f"{judged.sentence.pick(case.case.language if case else 'fi')} ({judged.law})"
    row = table_of(client, "disclosures")(
        client=client,
        given_on=timezone.localdate(),
        recipient=recipient,
        recipient_name=recipient_name,
        what=what,
        ground=judged.law,
        request=case.case.identifier if case else "",
        given=len(chosen.given),
        left_out=chosen.left_out,
        reason=told if chosen.left_out or not judged.given else "",
        official=getattr(actor, "name", actor.actor_ref),
        notes=list(chosen.given),
    )
    made: DisclosureBase = create(row, actor=actor)
    log_use(client, "Luovutus", Purpose.REQUEST if case else Purpose.CARE, actor=actor)
    if case is not None:
        _tell(case, made, actor=actor)
    return made


def _asked(client: ClientBase, recipient: str, name: str, ground: str) -> will.Asked:
    """What is known of the client's will and of who asks."""
    guardians = tuple(one.name for one in (client.guardian, client.second_guardian) if one is not None)
    today, born = timezone.localdate(), client.student.birth_date
    return will.Asked(recipient, born, today, barred(client), _consented(client, name), ground, name, guardians)


def _choice(first: dt.date | None, last: dt.date | None, leave_out: str) -> giving.Choice:
    return giving.Choice(first, last, usable(giving.read_days(leave_out)))


def _consented(client: ClientBase, recipient_name: str) -> bool:
    """Whether a consent to give data, in force today, names the recipient."""
    today, wanted = timezone.localdate(), recipient_name.strip().casefold()
    rows = client.statements.filter(kind=StatementKind.DISCLOSURE_CONSENT)  # type: ignore[attr-defined]
    return bool(wanted) and any(one.in_force(today) and wanted in one.scope.casefold() for one in rows)


def _case_of(identifier: str) -> InformationRequest | None:
    """The information request that is answered; `Refused` when there is none of that identifier."""
    if not identifier.strip():
        return None
    found = InformationRequest.objects.select_related("case__revision").filter(case__identifier__iexact=identifier.strip()).first()
    if found is None:
        sentence = _("Tietopyyntöä ei löydy asiatunnuksella %(identifier)s. Tarkista tunnus tietopyynnön sivulta.")
        raise BadInput(sentence % {"identifier": identifier.strip()}, code="student_welfare.no_request", field="request")
    return found


def _tell(request: InformationRequest, made: DisclosureBase, *, actor: Actor) -> None:
    """A measure on the request's case: how many entries were given and left out and on which ground; nothing of their content."""
    label = {
        "fi": "Opiskeluhuollon rekisteristä vastattiin",
        "sv": "Elevvårdens register svarade",
        "en": "A register of student welfare answered",
    }
    with override(request.case.language):
        counts = _("%(register)s: merkintöjä annettu %(given)d, jätetty pois %(left)d.")
        note = f"{counts % {'register': made.register.title, 'given': made.given, 'left': made.left_out}} {made.reason}".strip()
    cases.record(request.case, actor=actor, kind=DISCLOSED, label=label, note=note)
