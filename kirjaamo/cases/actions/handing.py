"""A case changes hands, days and ends: handed over, given to a deputy, transferred away, opened again, linked."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kirjaamo.cases import letters
from kirjaamo.cases.actions.papers import metadata_of_letter, send_letter
from kirjaamo.cases.actions.steps import changed, close, hold, may_work, record, still_open
from kirjaamo.cases.models import Case, CaseEvent, CaseLink, CaseState, ClosingGround, Deputy, Disqualification, LinkKind, TaskState
from kirjaamo.kernel.actions import action, because, running
from kirjaamo.kernel.errors import Refused
from kirjaamo.notices.actions import tell
from kirjaamo.notices.models import NoticeKind

if TYPE_CHECKING:
    from kirjaamo.documents.models import Way
    from kirjaamo.kernel.actors import Actor
    from kirjaamo.norms.models import ProcedureGround
    from kirjaamo.organisation.models import Unit, User

HANDED = {
    "fi": "Asia siirrettiin toiselle käsittelijälle",
    "sv": "Ärendet överfördes till en annan handläggare",
    "en": "The case was handed over",
}
MOVED_DUE = {"fi": "Määräpäivää muutettiin", "sv": "Tidsfristen ändrades", "en": "The due day was changed"}
TRANSFERRED = {
    "fi": "Asia siirrettiin toiselle viranomaiselle",
    "sv": "Ärendet överfördes till en annan myndighet",
    "en": "The case was transferred to another authority",
}
REOPENED = {"fi": "Asian käsittely avattiin uudelleen", "sv": "Behandlingen återupptogs", "en": "Handling was opened again"}
LINKED = {"fi": "Asia liitettiin toiseen asiaan", "sv": "Ärendet kopplades till ett annat ärende", "en": "The case was linked to another"}
LIFTED = {
    "fi": "Esteellisyysilmoitus oikaistiin",
    "sv": "Anmälan om jäv rättades",
    "en": "The declaration of disqualification was put right",
}
DISQUALIFIED = {"fi": "Esteellisyys ilmoitettiin", "sv": "Jäv anmäldes", "en": "Disqualification was declared"}


def _reason(text: str, field: str = "note") -> str:
    """A reason that is given; refused when it is not."""
    if not text.strip():
        raise Refused(_("Kirjoita perustelu. Se jää asian historiaan."), code="cases.reason_missing", field=field)
    return text.strip()


@action("Siirrä toiselle käsittelijälle", needs="cases.handle")
def hand_over(case: Case, *, unit: Unit, user: User | None, note: str, actor: Actor, version: int | None = None) -> Case:
    """Give the case to another person or unit; without a person it waits in the unit for someone to take it."""
    hold(case, actor, version)
    still_open(case)
    if user is not None:
        may_work(case, user)
        if user.unit_id not in {None, unit.pk}:
            sentence = _("%(name)s ei työskentele tässä yksikössä. Valitse toinen henkilö tai yksikkö.") % {"name": user.name}
            raise Refused(sentence, code="cases.other_unit", field="user")
    case.unit, case.handler = unit, user
    changed(case, "unit", "handler")
    to = " / ".join(part for part in (str(unit.title.get(case.language) or unit.title.get("fi", "")), user.name if user else "") if part)
    record(case, actor=actor, kind="handed_over", label=HANDED, note="\n".join(part for part in (to, note) if part))
    if user is not None:
        tell([user], NoticeKind.CASE, about=case.identifier, url=case.get_absolute_url(), actor=actor)
    return case


@action("Muuta määräpäivää", needs="cases.handle")
def reschedule(case: Case, *, due_on: dt.date | None, note: str, actor: Actor, version: int | None = None) -> Case:
    """Change the day by which the case is to be handled; the reason stays in its history."""
    hold(case, actor, version)
    still_open(case)
    text = _reason(note)
    if due_on is not None and due_on < timezone.localdate():
        raise Refused(_("Määräpäivä on menneisyydessä. Valitse tuleva päivä."), code="cases.due_past", field="due_on")
    case.due_on = due_on
    changed(case, "due_on")
    record(case, actor=actor, kind="rescheduled", label=MOVED_DUE, note=text)
    return case


@action("Siirrä toiselle viranomaiselle", needs="cases.handle")
def transfer(case: Case, *, to: str, note: str, way: Way, actor: User, version: int | None = None) -> Case:
    """Transfer a case that belongs to another authority, tell the sender by letter, and end it here (HL 434/2003 § 21)."""
    hold(case, actor, version)
    still_open(case)
    written = letters.Written(actor, running().at, metadata_of_letter(case, "transfer_notice"))
    pdf = letters.transfer_pdf(case, to, note, written=written)
    document = send_letter(case, letters.TRANSFER.pick(case.language), "transfer_notice", pdf, way=way, actor=actor)
    record(case, actor=actor, kind="transferred", label=TRANSFERRED, note="\n".join(part for part in (to, note) if part), document=document)
    return close(case, ground=ClosingGround.TRANSFERRED, service_way=way, actor=actor)


@action("Avaa uudelleen", needs="cases.handle")
def reopen(case: Case, *, reason: str, actor: Actor, version: int | None = None) -> Case:
    """Take a closed case into handling again; how it had ended stays in its history, and the clocks that run from its end follow."""
    hold(case, actor, version)
    if case.state != CaseState.CLOSED:
        raise Refused(_("Asian käsittely ei ole päättynyt, joten sitä ei voi avata uudelleen."), code="cases.not_closed")
    if case.closing_ground == ClosingGround.VOID:
        raise Refused(_("Mitätöityä kirjausta ei avata uudelleen. Kirjaa uusi asia."), code="cases.void")
    text = _reason(reason, "reason")
    because(text)
    case.state, case.closed_at, case.resolved_at, case.closing_ground = CaseState.HANDLING, None, None, ""
    changed(case, "state", "closed_at", "resolved_at", "closing_ground")
    record(case, actor=actor, kind="reopened", label=REOPENED, note=text)
    return case


@action("Liitä toiseen asiaan", needs="cases.handle")
def link(case: Case, other: Case, *, kind: LinkKind, reason: str, actor: Actor) -> CaseLink:
    """Link two cases; both histories tell it (HL 434/2003 § 25)."""
    if CaseLink.objects.filter(case__in=(case, other), other__in=(case, other)).exists():
        raise Refused(_("Asiat on jo liitetty toisiinsa."), code="cases.linked", field="other")
    if case.pk == other.pk:
        raise Refused(_("Asiaa ei voi liittää itseensä. Kirjoita toisen asian tunnus."), code="cases.linked_to_itself", field="other")
    made = CaseLink.of(case=case, other=other, kind=kind, reason=reason)
    record(case, actor=actor, kind="linked", label=LINKED, note=other.identifier)
    record(other, actor=actor, kind="linked", label=LINKED, note=case.identifier)
    return made


@action("Ilmoita esteellisyys", needs="cases.handle")
def declare_disqualified(case: Case, *, ground: ProcedureGround, note: str, actor: User) -> Disqualification:
    """Record that the actor may not handle the case, and take it and its tasks from them (HL 434/2003 § 27–28)."""
    hold(case, actor)
    record(case, actor=actor, kind="disqualified", label=DISQUALIFIED, note=ground.legal_basis)
    if case.handler_id == actor.pk:
        case.handler = None
        changed(case, "handler")
    for task in case.tasks.filter(user=actor).exclude(state=TaskState.DONE):
        task.user, task.state = None, TaskState.OPEN
        task.save(update_fields=["user", "state"])
    return Disqualification.of(case=case, user=actor, ground=ground, note=note, at=running().at)


@action("Oikaise esteellisyysilmoitus", needs="cases.handle")
def lift_disqualification(declared: Disqualification, *, reason: str, actor: User) -> Disqualification:
    """Put a mistaken declaration right, with a reason that the history keeps: the person may work on the case again.

    The official decides on their own disqualification (HL 434/2003 § 29.1); a colleague of the case does it for one who is away.
    """
    text = _reason(reason, "reason")
    held = Disqualification.objects.select_for_update(of=("self",)).select_related("case", "user").get(pk=declared.pk)
    if held.lifted_at is not None:
        raise Refused(_("Ilmoitus on jo oikaistu."), code="cases.already_lifted")
    if held.user_id != actor.pk:
        may_work(held.case, actor)
    because(text)
    held.lifted_at, held.lifted_by, held.lift_reason = running().at, actor.actor_ref, text
    held.save(update_fields=["lifted_at", "lifted_by", "lift_reason"])
    note = f"{held.user.name}\n{text}"
    CaseEvent.of(case=held.case, at=running().at, actor=actor.actor_ref, kind="qualified", stage=held.case.stage, label=LIFTED, note=note)
    return held


@action("Nimeä sijainen", needs="cases.handle")
def appoint_deputy(deputy: User, *, valid_from: dt.date, valid_to: dt.date, actor: User) -> Deputy:
    """Let another stand in for the actor from a day to a day."""
    if valid_to < max(valid_from, timezone.localdate()):
        sentence = _("Sijaisuuden on päätyttävä aikaisintaan tänään ja alkamisensa jälkeen.")
        raise Refused(sentence, code="cases.deputy_days", field="valid_to")
    if deputy.pk == actor.pk:
        raise Refused(_("Kukaan ei voi olla oma sijaisensa."), code="cases.own_deputy", field="deputy")
    if not (deputy.is_active and deputy.may("cases.handle")):
        told = _("%(name)s ei saa käsitellä asioita. Valitse toinen.") % {"name": deputy.name}
        raise Refused(told, code="cases.deputy_right", field="deputy")
    tell([deputy], NoticeKind.DEPUTY, about="", url=reverse("deputies"), actor=actor)
    return Deputy.of(user=actor, deputy=deputy, valid_from=valid_from, valid_to=valid_to)


@action("Lopeta sijaisuus", needs="cases.handle")
def end_deputy(deputy: Deputy, *, actor: User) -> None:
    """End the actor's own deputy's time now; the row stays, for it tells why the deputy could act."""
    if deputy.user_id != actor.pk:
        raise Refused(_("Vain sijaisen nimennyt voi lopettaa sijaisuuden."), code="cases.not_own_deputy")
    if deputy.ended_at is None:
        deputy.ended_at = running().at
        deputy.save(update_fields=["ended_at"])
