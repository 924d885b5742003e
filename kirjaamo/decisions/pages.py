"""The pages of a decision: preparing, making, serving, and the times of appeal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from kirjaamo.cases.models import CaseLink, CaseState, EnquiryKind, LinkKind, TaskState
from kirjaamo.cases.pages.acts import attempt
from kirjaamo.cases.pages.case import case_or_404
from kirjaamo.decisions import actions, letters
from kirjaamo.decisions.forms import WRITTEN, AppealForm, DecideForm, DecisionForm, ServeForm, initial_of
from kirjaamo.decisions.found import crumbs_of, decision_or_404
from kirjaamo.decisions.models import Decision, Publication
from kirjaamo.decisions.routes import routes_for, usual
from kirjaamo.decisions.showing import service_rows, standing
from kirjaamo.documents.models import Way
from kirjaamo.ui.access import page

if TYPE_CHECKING:
    from kirjaamo.cases.models import CaseParty
    from kirjaamo.organisation.models import User


def _who(request: HttpRequest) -> User:
    return cast("User", request.user)


@page(needs="cases.handle")
def new(request: HttpRequest, identifier: str) -> HttpResponse:
    """Begin a decision with the usual instruction of the class."""
    case = case_or_404(request, identifier)
    ways = routes_for(case.revision, timezone.localdate())
    initial = {"title": case.title, "routes": [str(row.pk) for row in usual(ways)]}
    form = DecisionForm(request.POST or None, routes=ways, initial=initial)
    made: list[Decision] = []
    if form.is_valid() and attempt(
        form, lambda: made.append(actions.prepare(case, form.text, form.chosen, actor=_who(request), key=form.cleaned_data["key"]))
    ):
        messages.success(request, _("Päätösluonnos on tallennettu."))
        return redirect(made[0])
    title = _("Valmistele päätös")
    values = {"case": case, "form": form, "title": title, "crumbs": crumbs_of(case, title), "cancel_url": case.get_absolute_url()}
    return render(request, "decisions/edit.html", values, status=422 if form.errors else 200)


@page(needs="cases.handle")
def edit(request: HttpRequest, decision: int) -> HttpResponse:
    """Change a draft. When another saved in between, both texts are shown and neither is lost."""
    found = decision_or_404(request, decision)
    if not found.is_draft:
        return redirect(found)
    case = found.case
    ways = routes_for(case.revision, timezone.localdate())
    form = DecisionForm(request.POST or None, routes=ways, initial=initial_of(found))
    values: dict[str, Any] = {
        "case": case,
        "decision": found,
        "title": _("Muokkaa päätösluonnosta"),
        "cancel_url": found.get_absolute_url(),
    }
    if form.is_valid():
        if found.version != form.cleaned_data["version"]:
            values |= {"theirs": _differences(form, found)}
            form = _renewed(request, form, found)
        elif attempt(
            form, lambda: actions.revise(found, form.text, form.chosen, version=form.cleaned_data["version"] or 0, actor=_who(request))
        ):
            messages.success(request, _("Päätösluonnos on tallennettu."))
            return redirect(found)
    values |= {"form": form, "crumbs": crumbs_of(case, found.title)}
    return render(request, "decisions/edit.html", values, status=422 if form.is_bound else 200)


def _differences(form: DecisionForm, saved: Decision) -> list[tuple[str, str]]:
    """What another saved, where it differs from what was typed: label and text."""
    return [
        (str(form.fields[name].label), getattr(saved, name) or "–") for name in WRITTEN if getattr(saved, name) != form.cleaned_data[name]
    ]


def _renewed(request: HttpRequest, form: DecisionForm, saved: Decision) -> DecisionForm:
    """The same form with what was typed, which the next send saves over the version that is shown now."""
    data = request.POST.copy()
    data["version"] = str(saved.version)
    return DecisionForm(data, routes=list(form.ways.values()))


@page(needs="cases.read")
def decision(request: HttpRequest, decision: int) -> HttpResponse:
    """Show a decision: a draft with what it lacks, a made one with its services and times of appeal."""
    found = decision_or_404(request, decision)
    user = _who(request)
    services = list(found.services.select_related("party__subject").prefetch_related("times__route"))
    values = {
        "decision": found,
        "case": found.case,
        "routes": [one.route for one in found.routes.select_related("route")],
        "standing": standing(found, services),
        "services": service_rows(services),
        "can_handle": user.may("cases.handle", found.case) and found.case.state != CaseState.CLOSED,
        "shown": Publication.objects.filter(decision=found).first(),
        "can_decide": user.may("cases.decide", found.case),
        "crumbs": crumbs_of(found.case, found.title),
    }
    return render(request, "decisions/decision.html", values)


@page(needs="cases.decide")
def decide(request: HttpRequest, decision: int) -> HttpResponse:
    """Ask once more, tell what speaks against deciding now, and make the decision."""
    found = decision_or_404(request, decision)
    if not found.is_draft and request.method != "POST":
        return redirect(found)
    form = DecideForm(request.POST or None, initial={"version": found.version})
    if form.is_valid() and attempt(form, lambda: actions.decide(found, version=form.cleaned_data["version"], actor=_who(request))):
        messages.success(request, _("Päätös on tehty. Anna se seuraavaksi tiedoksi asianosaisille."))
        return redirect(found)
    consequences = [
        _("Päätös saa numeron ja siitä tehdään asiakirja muutoksenhakuohjeineen."),
        _("Asia merkitään ratkaistuksi, eikä päätöstä voi enää muuttaa."),
    ]
    values = {"decision": found, "case": found.case, "form": form, "title": _("Tee päätös"), "button": _("Tee päätös")}
    values |= {"consequences": consequences, "warnings": _warnings(found), "crumbs": crumbs_of(found.case, found.title)}
    return render(request, "decisions/act.html", values, status=422 if form.errors else 200)


def _warnings(found: Decision) -> list[str]:
    """What a decider should know: parties who were not heard, and pending cases that bear on this one (HL 434/2003 § 25, 34)."""
    case = found.case
    told = []
    if case.tasks.filter(kind=EnquiryKind.HEARING).exclude(state=TaskState.DONE).exists():
        told.append(_("Asianosaisen kuuleminen on kesken."))
    heard = set(case.tasks.filter(kind=EnquiryKind.HEARING).values_list("enquiry__party", flat=True))
    unheard = (
        [] if None in heard else [one for one in case.parties.select_related("subject") if one.role == "party" and one.pk not in heard]
    )
    told += [_("Asianosaista ei ole kuultu: %(name)s.") % {"name": one.subject} for one in unheard]
    for link in CaseLink.objects.filter(case=case, kind=LinkKind.AFFECTS).select_related("other"):
        if link.other.state in {CaseState.PENDING, CaseState.HANDLING}:
            told.append(_("Ratkaisuun voi vaikuttaa keskeneräinen asia %(identifier)s.") % {"identifier": link.other.identifier})
    return told


@page(needs="cases.handle")
def serve(request: HttpRequest, decision: int) -> HttpResponse:
    """Record that a party was served."""
    found = decision_or_404(request, decision)
    if found.is_draft:
        return redirect(found)
    form = ServeForm(request.POST or None, parties=_unserved(found))
    if form.is_valid():
        data = form.cleaned_data
        act = {"way": Way(data["way"]), "sent_on": data["sent_on"], "shown_on": data["shown_on"]}
        if attempt(form, lambda: actions.serve(found, form.parties[data["party"]], **act, actor=_who(request))):
            messages.success(request, _("Tiedoksianto on kirjattu, ja muutoksenhakuaika on laskettu."))
            return redirect(found)
    values = {"decision": found, "case": found.case, "form": form, "title": _("Anna päätös tiedoksi"), "button": _("Kirjaa tiedoksianto")}
    return render(
        request, "decisions/act.html", values | {"crumbs": crumbs_of(found.case, found.title)}, status=422 if form.errors else 200
    )


def _unserved(found: Decision) -> list[CaseParty]:
    rows = found.case.parties.exclude(pk__in=found.services.values("party")).select_related("subject")
    return list(rows.defer("subject__personal_id_sealed").order_by("role", "id"))


@page(needs="cases.handle")
def appeal(request: HttpRequest, decision: int) -> HttpResponse:
    """Record that the decision was appealed."""
    found = decision_or_404(request, decision)
    if found.is_draft:
        return redirect(found)
    form = AppealForm(request.POST or None, initial={"version": found.version})
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: actions.record_appeal(found, note=data["note"], version=data["version"], actor=_who(request))):
            messages.success(request, _("Muutoksenhaku on kirjattu. Päätös ei tule lainvoimaiseksi ennen sen ratkaisua."))
            return redirect(found)
    values = {"decision": found, "case": found.case, "form": form, "title": _("Kirjaa muutoksenhaku"), "button": _("Kirjaa")}
    return render(
        request, "decisions/act.html", values | {"crumbs": crumbs_of(found.case, found.title)}, status=422 if form.errors else 200
    )


@page(needs="cases.read")
def preview(request: HttpRequest, decision: int) -> HttpResponse:
    """The draft as it would look, marked as a draft."""
    found = decision_or_404(request, decision)
    if not found.is_draft:
        raise Http404
    routes = [one.route for one in found.routes.select_related("route")]
    pdf = letters.decision_pdf(
        found, routes, actions.party_names(found.case), decider=None, at=timezone.now(), metadata=actions.metadata_of(found)
    )
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(as_attachment=False, filename="luonnos.pdf") or "inline"
    return response
