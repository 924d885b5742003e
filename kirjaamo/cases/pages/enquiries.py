"""Asking others before a case is decided: sending the request, its end, and leaving a hearing out on a statutory ground."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from kirjaamo.cases import actions
from kirjaamo.cases.models import Case, CaseParty, Enquiry, EnquiryEnd, EnquiryKind, TaskState
from kirjaamo.cases.pages.acts import ask, attempt, done
from kirjaamo.cases.pages.case import case_or_404
from kirjaamo.cases.pages.working import grounds_of, who
from kirjaamo.cases.working_forms import EVERYONE, EnquireForm, EnquiryForm, UnheardForm
from kirjaamo.documents.models import Way
from kirjaamo.ui.access import page

if TYPE_CHECKING:
    from kirjaamo.organisation.models import User


def _parties(case: Case) -> list[CaseParty]:
    return list(case.parties.select_related("subject").defer("subject__personal_id_sealed").order_by("role", "id"))


@page(needs="cases.handle")
def enquire(request: HttpRequest, identifier: str, kind: str) -> HttpResponse:
    """Send a request: to supplement, to be heard, to clarify, or for a statement."""
    case = case_or_404(request, identifier)
    if kind not in EnquiryKind.values:
        raise Http404
    asked = EnquiryKind(kind)
    form = EnquireForm(request.POST or None, kind=asked, parties=_parties(case))
    if form.is_valid() and attempt(form, lambda: _enquire(case, asked, form, who(request))):
        return done(request, case, _("Pyyntö on lähetetty. Vastausta odotetaan määräpäivään."))
    consequences = [_("Pyynnöstä tehdään kirje, joka jää asian asiakirjoihin."), _("Vastausta odotetaan tehtävälistalla määräpäivään.")]
    if asked is EnquiryKind.HEARING:
        consequences.append(_("Asiaa ei voi ratkaista, kun kuuleminen on kesken (hallintolaki 434/2003 34 §)."))
    return ask(request, case, form, title=str(asked.label), button=_("Lähetä pyyntö"), consequences=consequences)


def _enquire(case: Case, kind: EnquiryKind, form: EnquireForm, user: User) -> None:
    data = form.cleaned_data
    question = actions.Question(
        kind, data["text"], data["due_on"], Way(data["way"]), form.parties.get(data.get("party", "")), data.get("recipient", "")
    )
    actions.enquire(case, question, actor=user, key=data["key"])


@page(needs="cases.handle")
def enquiry(request: HttpRequest, identifier: str, task: int) -> HttpResponse:
    """Record how a request ended, or give more time."""
    case = case_or_404(request, identifier)
    row = Enquiry.objects.select_related("task", "party__subject").filter(task=task, task__case=case).first()
    if row is None:
        raise Http404
    if row.task.state == TaskState.DONE and request.method != "POST":
        return redirect(case)
    papers = {str(one.document_id): one.document.title for one in case.case_documents.select_related("document").order_by("-id")}
    form = EnquiryForm(request.POST or None, documents=papers)
    if form.is_valid() and attempt(form, lambda: _end(case, row, form, who(request))):
        return done(request, case, _("Merkintä on tallennettu."))
    return ask(request, case, form, title=_("Pyynnön vastaus"), button=_("Tallenna"), lead=row.task.title)


def _end(case: Case, row: Enquiry, form: EnquiryForm, user: User) -> None:
    data = form.cleaned_data
    if data["end"] == "prolonged":
        actions.prolong(row, due_on=data["due_on"], note=data["note"], actor=user)
    elif data["end"] == EnquiryEnd.MISSED:
        actions.missed(row, note=data["note"], actor=user)
    elif data["end"] == EnquiryEnd.WITHDRAWN:
        actions.withdraw(row, reason=data["note"], actor=user)
    else:
        paper = case.case_documents.filter(document=data["document"]).select_related("document").first() if data["document"] else None
        actions.answered(row, note=data["note"], document=paper.document if paper else None, actor=user)


@page(needs="cases.handle")
def unheard(request: HttpRequest, identifier: str) -> HttpResponse:
    """Leave a hearing out on a statutory ground with its reason."""
    case = case_or_404(request, identifier)
    form = UnheardForm(request.POST or None, parties=_parties(case), grounds=grounds_of("hearing_exception"))
    if form.is_valid():
        data = form.cleaned_data
        party = None if data["party"] == EVERYONE else form.parties[data["party"]]
        facts = {"party": party, "ground": form.grounds[data["ground"]], "reason": data["reason"]}
        if attempt(form, lambda: actions.leave_unheard(case, **facts, key=data["key"], actor=who(request))):
            return done(request, case, _("Kuulematta jättäminen on kirjattu perusteluineen."))
    consequences = [_("Peruste ja perustelu jäävät asian historiaan."), _("Asian voi ratkaista kuulematta vain näillä perusteilla.")]
    return ask(request, case, form, title=_("Jätä kuulematta"), button=_("Kirjaa peruste"), consequences=consequences)
