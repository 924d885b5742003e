"""What is asked of others before a case is decided, and how the law lets a hearing end."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kirjaamo.cases import letters
from kirjaamo.cases.actions.papers import metadata_of_letter, send_letter
from kirjaamo.cases.actions.steps import may_work, record, still_open
from kirjaamo.cases.models import Case, CaseParty, Enquiry, EnquiryEnd, EnquiryKind, Task, TaskState
from kirjaamo.documents.models import Way
from kirjaamo.kernel import submissions
from kirjaamo.kernel.actions import action, because, running
from kirjaamo.kernel.errors import Refused
from kirjaamo.notices.actions import tell
from kirjaamo.notices.models import NoticeKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kirjaamo.documents.models import Document
    from kirjaamo.kernel.actors import Actor
    from kirjaamo.norms.models import ProcedureGround
    from kirjaamo.organisation.models import User

SECTIONS = {
    EnquiryKind.SUPPLEMENT: "HL 434/2003 22 §",
    EnquiryKind.HEARING: "HL 434/2003 34 §",
    EnquiryKind.CLARIFICATION: "HL 434/2003 31 §",
    EnquiryKind.STATEMENT: "",
}
PLAN_TYPES = {
    EnquiryKind.SUPPLEMENT: "supplement_request",
    EnquiryKind.HEARING: "hearing_letter",
    EnquiryKind.STATEMENT: "statement_request",
}
"""Under which document type of the plan a letter goes, when the class has it."""


@dataclass(frozen=True)
class Question:
    """What is asked: of a party, or of a body by its name, with the day by which an answer is awaited."""

    kind: EnquiryKind
    text: str
    due_on: dt.date
    way: Way
    party: CaseParty | None = None
    recipient: str = ""

    @property
    def addressee(self) -> str:
        """Who is asked, by name."""
        return self.recipient or str(self.party.subject if self.party and self.party.subject else _("Nimetön"))


@action("Lähetä pyyntö", needs="cases.handle")
def enquire(case: Case, question: Question, *, actor: User, key: uuid.UUID) -> Enquiry | None:
    """Ask by letter, and wait for the answer by a day. One form asks once.

    A day that has passed is refused: the time must be sufficient (HL 434/2003 § 22.1, 33.1).
    """
    still_open(case)
    may_work(case, actor)
    if question.due_on <= timezone.localdate():
        sentence = _("Määräajan on oltava tulevaisuudessa ja riittävän pitkä vastaamiseen.")
        raise Refused(sentence, code="cases.answer_day", section=SECTIONS[question.kind] or "HL 434/2003 33 §", field="due_on")
    if submissions.claim(key) is not None:
        return None
    at = running().at
    type_code, title = PLAN_TYPES.get(question.kind, ""), letters.TITLES[question.kind]
    written = letters.Written(actor, at, metadata_of_letter(case, type_code))
    pdf = letters.enquiry_pdf(case, question.kind, question.addressee, question.text, question.due_on, written=written)
    letter = send_letter(case, title.pick(case.language), type_code, pdf, way=question.way, actor=actor)
    task = Task.of(case=case, kind=question.kind.value, title=title.as_dict(), unit=case.unit, user=case.handler, due_on=question.due_on)
    record(case, actor=actor, kind=f"{question.kind.value}_sent", label=letters.SENT[question.kind].as_dict(), document=letter)
    return Enquiry.of(
        task=task,
        kind=question.kind,
        party=question.party,
        recipient=question.recipient,
        question=question.text,
        way=question.way,
        sent_at=at,
        letter=letter,
    )


@action("Kirjaa vastaus", needs="cases.handle")
def answered(enquiry: Enquiry, *, note: str, document: Document | None = None, actor: Actor) -> Enquiry:
    """Record that an answer came, with its document when it is one of the case."""
    enquiry.answer = document
    return _end(enquiry, EnquiryEnd.ANSWERED, note, actor)


@action("Kirjaa määräajan umpeutuminen", needs="cases.handle")
def missed(enquiry: Enquiry, *, note: str, actor: Actor) -> Enquiry:
    """Record that no answer came in time: the case may be decided all the same (HL 434/2003 § 33.2). Not before the day has passed."""
    due_on = _open(enquiry, actor).due_on
    if due_on is not None and due_on >= timezone.localdate():
        sentence = _("Määräaika ei ole vielä päättynyt. Odota sen loppuun tai peru pyyntö perustellen.")
        raise Refused(sentence, code="cases.still_time", section=SECTIONS[EnquiryKind(enquiry.kind)] or "HL 434/2003 33 §", field="end")
    return _end(enquiry, EnquiryEnd.MISSED, note, actor)


@action("Peru pyyntö", needs="cases.handle")
def withdraw(enquiry: Enquiry, *, reason: str, actor: Actor) -> Enquiry:
    """Withdraw an enquiry with a reason."""
    if not reason.strip():
        raise Refused(_("Kerro, miksi pyyntö perutaan."), code="cases.reason_missing", field="note")
    enquiry.reason = reason
    return _end(enquiry, EnquiryEnd.WITHDRAWN, reason, actor)


@action("Pidennä määräaikaa", needs="cases.handle")
def prolong(enquiry: Enquiry, *, due_on: dt.date, note: str, actor: Actor) -> Enquiry:
    """Give more time for an answer, as may be done on request (HL 434/2003 § 33.1)."""
    task = _open(enquiry, actor)
    if task.due_on is not None and due_on <= task.due_on:
        sentence = _("Uuden määräpäivän on oltava nykyistä myöhempi.")
        raise Refused(sentence, code="cases.not_longer", section="HL 434/2003 33 §", field="due_on")
    task.due_on = due_on
    task.save(update_fields=["due_on"])
    record(task.case, actor=actor, kind="enquiry_prolonged", label=letters.PROLONGED.as_dict(), note=note)
    return enquiry


@action("Jätä kuulematta", needs="cases.handle")
def leave_unheard(
    case: Case, *, party: CaseParty | None, ground: ProcedureGround, reason: str, actor: User, key: uuid.UUID
) -> Enquiry | None:
    """Record that a party (or every party) is not heard, with the statutory ground and why it applies (HL 434/2003 § 34.2)."""
    still_open(case)
    if not reason.strip():
        sentence = _("Kerro, miksi peruste täyttyy tässä asiassa.")
        raise Refused(sentence, code="cases.reason_missing", section="HL 434/2003 34 §", field="reason")
    if submissions.claim(key) is not None:
        return None
    because(reason)
    at = running().at
    task = Task.of(
        case=case,
        kind=EnquiryKind.HEARING.value,
        title=letters.TITLES[EnquiryKind.HEARING].as_dict(),
        unit=case.unit,
        state=TaskState.DONE,
        outcome=reason,
        done_at=at,
        done_by=actor.actor_ref,
    )
    record(case, actor=actor, kind="left_unheard", label=letters.UNHEARD.as_dict(), note=f"{ground.legal_basis}\n{reason}")
    facts: Mapping[str, object] = {"kind": EnquiryKind.HEARING, "end": EnquiryEnd.LEFT_OUT, "exception": ground, "reason": reason}
    return Enquiry.of(task=task, party=party, **facts)


def may_decide(case: Case) -> None:
    """Refuse to decide while a party still has time to be heard (HL 434/2003 § 34.1). Its answer, its missed day or a ground ends that."""
    waiting = case.tasks.filter(enquiry__kind=EnquiryKind.HEARING).exclude(state=TaskState.DONE)
    if waiting.exists():
        sentence = _("Asianosaisen kuuleminen on kesken. Kirjaa vastaus, määräajan umpeutuminen tai peruste jättää kuulematta.")
        raise Refused(sentence, code="cases.hearing_open", section="HL 434/2003 34 §")


def _open(enquiry: Enquiry, actor: Actor) -> Task:
    """The task of an enquiry, locked; refused when it has ended."""
    task = Task.objects.select_for_update(of=("self",)).select_related("case").get(pk=enquiry.task_id)
    may_work(task.case, actor)
    if task.state == TaskState.DONE:
        raise Refused(_("Pyyntö on jo merkitty päättyneeksi."), code="cases.enquiry_ended")
    return task


def _end(enquiry: Enquiry, end: EnquiryEnd, note: str, actor: Actor) -> Enquiry:
    task = _open(enquiry, actor)
    enquiry.end = end
    enquiry.save(update_fields=["end", "answer", "reason"])
    task.state, task.outcome, task.done_at, task.done_by = TaskState.DONE, note or str(end.label), running().at, actor.actor_ref
    task.save(update_fields=["state", "outcome", "done_at", "done_by"])
    label = letters.ENDS[end]
    record(task.case, actor=actor, kind=f"enquiry_{end.value}", label=label.as_dict(), note=note, document=enquiry.answer)
    if end == EnquiryEnd.ANSWERED and task.case.handler is not None:
        tell([task.case.handler], NoticeKind.ANSWER, about=task.case.identifier, url=task.case.get_absolute_url(), actor=actor)
    return enquiry
