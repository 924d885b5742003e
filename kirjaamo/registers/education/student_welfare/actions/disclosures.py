"""Disclosures: judged by the rules, recorded with what was given and what was left out, told to the request that they answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kirjaamo.cases import actions as cases
from kirjaamo.contract.actions import action, create
from kirjaamo.contract.forms import Ask
from kirjaamo.kernel.errors import Refused
from kirjaamo.registers.education.student_welfare import access
from kirjaamo.registers.education.student_welfare.actions.notes import log_use
from kirjaamo.registers.education.student_welfare.actions.relations import table_of
from kirjaamo.registers.education.student_welfare.bases import ClientBase, DisclosureBase
from kirjaamo.registers.education.student_welfare.choices import Purpose, Recipient, StatementKind
from kirjaamo.registers.education.student_welfare.confidential import barred
from kirjaamo.registers.education.student_welfare.rules import will
from kirjaamo.requests.models import InformationRequest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kirjaamo.kernel.actors import Actor


@action(_("Luovuta tietoja"), needs=access.WORK)
def disclose(  # noqa: PLR0913 - these are its facts
    client: ClientBase,
    recipient: Annotated[Recipient, Ask(_("Kenelle"))],
    recipient_name: Annotated[str, Ask(_("Saajan nimi"))],
    what: Annotated[str, Ask(_("Mitä annetaan"), hint=_("Esimerkiksi: kertomus 1.8.2024–31.5.2025"))],
    ground: Annotated[
        str, Ask(_("Lain säännös"), hint=_("Tarvitaan, kun saaja ei ole opiskelija tai huoltaja eikä suostumusta ole."))
    ] = "",
    request: Annotated[str, Ask(_("Tietopyynnön asiatunnus"))] = "",
    leave_out: Annotated[int, Ask(_("Harkinnan perusteella pois jätettäviä merkintöjä"), least=0)] = 0,
    reason: Annotated[str, Ask(_("Miksi ne jätetään pois"), hint=_("Säännös ja sen peruste, esimerkiksi JulkL 11 § 2 mom."))] = "",
    *,
    actor: Actor,
) -> DisclosureBase:
    """Give data of a client as the rules allow. What a minor has barred from the guardian stays out, and the answer says so."""
    access.must_work(client, actor)
    access.must_relate(client, actor)
    asked = will.Asked(
        recipient, client.student.birth_date, timezone.localdate(), barred(client), _consented(client, recipient_name), ground
    )
    judged = will.judge(asked)
    notes: Sequence[int] = list(client.notes.order_by("pk").values_list("pk", flat=True))  # type: ignore[attr-defined]
    case = _case_of(request)
    if not judged.given and judged.code != "barred":
        raise Refused(
            judged.sentence.pick(get_language() or "fi"), code=f"student_welfare.{judged.code}", section=judged.law, field="recipient"
        )
    left = min(leave_out, len(notes)) if judged.given else len(notes)
    told = reason if judged.given else f"{judged.sentence.pick(case.case.language if case else 'fi')} ({judged.law})"
    given = list(notes)[: len(notes) - left]
    row = table_of(client, "disclosures")(
        client=client,
        given_on=timezone.localdate(),
        recipient=recipient,
        recipient_name=recipient_name,
        what=what,
        ground=judged.law,
        request=case.case.identifier if case else "",
        given=len(given),
        left_out=left,
        reason=told,
        official=getattr(actor, "name", actor.actor_ref),
        notes=given,
    )
    made: DisclosureBase = create(row, actor=actor)
    log_use(client, "Luovutus", Purpose.REQUEST if case else Purpose.CARE, actor=actor)
    if case is not None:
        _tell(case, made, actor=actor)
    return made


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
        raise Refused(_("Tietopyyntöä ei löydy tällä asiatunnuksella."), code="student_welfare.no_request", field="request")
    return found


def _tell(request: InformationRequest, made: DisclosureBase, *, actor: Actor) -> None:
    """A measure on the request's case: how many entries were given and left out and on which ground; nothing of their content."""
    label = {
        "fi": "Opiskeluhuollon rekisteristä vastattiin",
        "sv": "Elevvårdens register svarade",
        "en": "A register of student welfare answered",
    }
    note = f"{made.register.title}: {made.given} annettu, {made.left_out} jätetty pois. {made.reason}".strip()
    cases.record(request.case, actor=actor, kind="disclosed", label=label, note=note)
