"""Working a case: handing over, dividing, linking, sending it to another authority, opening it again, stepping aside."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from kirjaamo.cases import actions
from kirjaamo.cases.models import Case, Disqualification, LinkKind, Task, TaskState
from kirjaamo.cases.pages.acts import ask, attempt, done
from kirjaamo.cases.pages.case import case_or_404
from kirjaamo.cases.reading import by_address
from kirjaamo.cases.visibility import visible_to
from kirjaamo.cases.working_forms import (
    DisqualifyForm,
    DivideForm,
    HandOverForm,
    LiftForm,
    LinkForm,
    ReopenForm,
    RescheduleForm,
    TakeForm,
    TransferForm,
)
from kirjaamo.documents.models import Way
from kirjaamo.kernel.errors import NotAllowed, Refused
from kirjaamo.norms.models import ProcedureGround
from kirjaamo.organisation.models import Unit, User
from kirjaamo.ui.access import page

if TYPE_CHECKING:
    from collections.abc import Sequence


def who(request: HttpRequest) -> User:
    """The signed-in account."""
    return cast("User", request.user)


def colleagues() -> list[User]:
    """The accounts in use that may handle cases, by name."""
    people = User.objects.filter(is_active=True).select_related("unit").order_by("name")
    return list(people)


def units() -> list[Unit]:
    """All units."""
    return list(Unit.objects.only("slug", "title"))


def grounds_of(kind: str) -> Sequence[ProcedureGround]:
    """The grounds of procedure in force today."""
    today = timezone.localdate()
    held = Q(valid_from=None) | Q(valid_from__lte=today), Q(valid_to=None) | Q(valid_to__gte=today)
    return list(ProcedureGround.objects.filter(*held, kind=kind))


@page(needs="cases.handle")
def hand_over(request: HttpRequest, identifier: str) -> HttpResponse:
    """Give the case to another person or unit."""
    case = case_or_404(request, identifier)
    form = HandOverForm(request.POST or None, case=case, units=units(), users=colleagues())
    if form.is_valid():
        data = form.cleaned_data
        to = {"unit": form.units[data["unit"]], "user": form.users.get(data["user"]), "note": data["note"]}
        if attempt(form, lambda: actions.hand_over(case, **to, version=form.seen, actor=who(request))):
            return done(request, case, _("Asia on siirretty."))
    consequences = [_("Asia siirtyy uuden käsittelijän työlistalle."), _("Avoimet tehtävät pysyvät niillä, joille ne on annettu.")]
    return ask(request, case, form, title=_("Siirrä toiselle käsittelijälle"), button=_("Siirrä"), consequences=consequences)


@page(needs="cases.handle")
def reschedule(request: HttpRequest, identifier: str) -> HttpResponse:
    """Change the due day."""
    case = case_or_404(request, identifier)
    form = RescheduleForm(request.POST or None, case=case, initial={"due_on": case.due_on})
    if form.is_valid():
        data = form.cleaned_data
        act = {"due_on": data["due_on"], "note": data["note"], "version": form.seen}
        if attempt(form, lambda: actions.reschedule(case, **act, actor=who(request))):
            return done(request, case, _("Määräpäivä on muutettu."))
    return ask(request, case, form, title=_("Muuta määräpäivää"), button=_("Tallenna"))


@page(needs="cases.handle")
def divide(request: HttpRequest, identifier: str) -> HttpResponse:
    """Let another division handle a part of the case."""
    case = case_or_404(request, identifier)
    form = DivideForm(request.POST or None, units=units(), users=colleagues())
    if form.is_valid():
        data = form.cleaned_data
        part = {"unit": form.units[data["unit"]], "user": form.users.get(data["user"]), "what": data["what"], "due_on": data["due_on"]}
        if attempt(form, lambda: actions.divide(case, **part, key=data["key"], actor=who(request))):
            return done(request, case, _("Osakäsittely on aloitettu."))
    consequences = [
        _("Yksikkö saa oman osansa työlistalleen, ja osalla on oma käsittelijänsä, määräpäivänsä ja tilansa."),
        _("Asiaa ei voi päättää ennen kuin jokainen osa on valmis."),
    ]
    return ask(request, case, form, title=_("Aloita osakäsittely"), button=_("Aloita osakäsittely"), consequences=consequences)


@page(needs="cases.handle")
def start_task(request: HttpRequest, identifier: str, task: int) -> HttpResponse:
    """Take a task or a part of the case into one's own hands."""
    case = case_or_404(request, identifier)
    row = Task.objects.filter(pk=task, case=case).first()
    if row is None:
        raise Http404
    if row.state == TaskState.DONE and request.method != "POST":
        return redirect(case)
    form = TakeForm(request.POST if request.method == "POST" else None, case=case)
    if form.is_valid() and attempt(form, lambda: actions.start(row, actor=who(request))):
        return done(request, case, _("Tehtävä on nyt sinulla."))
    return ask(request, case, form, title=_("Ota tehtävä työn alle"), button=_("Ota työn alle"), lead=row.title)


@page(needs="cases.handle")
def transfer(request: HttpRequest, identifier: str) -> HttpResponse:
    """Transfer the case to the authority that it belongs to."""
    case = case_or_404(request, identifier)
    form = TransferForm(request.POST or None, case=case)
    if form.is_valid():
        data = form.cleaned_data
        act = {"to": data["to"], "note": data["note"], "way": Way(data["way"]), "version": form.seen}
        if attempt(form, lambda: actions.transfer(case, **act, actor=who(request))):
            return done(request, case, _("Asia on siirretty ja käsittely täällä on päättynyt."))
    consequences = [
        _("Lähettäjälle tehdään ilmoitus siirrosta, ja se jää asian asiakirjoihin."),
        _("Käsittely täällä päättyy ilman päätöstä (hallintolaki 434/2003 21 §)."),
    ]
    return ask(request, case, form, title=_("Siirrä toiselle viranomaiselle"), button=_("Siirrä asia"), consequences=consequences)


@page(needs="cases.handle")
def reopen(request: HttpRequest, identifier: str) -> HttpResponse:
    """Open a closed case again."""
    case = case_or_404(request, identifier)
    form = ReopenForm(request.POST or None, case=case)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: actions.reopen(case, reason=reason, version=form.seen, actor=who(request))):
            return done(request, case, _("Asian käsittely on avattu uudelleen."))
    consequences = [_("Julkisessa rekisterissä asia näkyy taas avoimena."), _("Päättymisestä lasketut säilytysajat pysähtyvät.")]
    return ask(request, case, form, title=_("Avaa asia uudelleen"), button=_("Avaa uudelleen"), consequences=consequences)


@page(needs="cases.handle")
def link(request: HttpRequest, identifier: str) -> HttpResponse:
    """Link the case to another."""
    case = case_or_404(request, identifier)
    form = LinkForm(request.POST or None)
    if form.is_valid() and attempt(form, lambda: _link(case, form, who(request))):
        return done(request, case, _("Asiat on liitetty toisiinsa."))
    return ask(request, case, form, title=_("Liitä toiseen asiaan"), button=_("Liitä"))


def _link(case: Case, form: LinkForm, user: User) -> None:
    data = form.cleaned_data
    other = by_address(data["other"], visible_to(user, timezone.now()))
    if other is None:
        sentence = _("Asiaa %(text)s ei löydy. Tarkista asiatunnus.") % {"text": data["other"]}
        raise Refused(sentence, code="cases.no_such_case", field="other")
    actions.link(case, other, kind=LinkKind(data["kind"]), reason=data["reason"], actor=user)


@page(needs="cases.handle")
def disqualify(request: HttpRequest, identifier: str) -> HttpResponse:
    """Declare that one may not handle the case."""
    case = case_or_404(request, identifier)
    form = DisqualifyForm(request.POST or None, grounds=grounds_of("disqualification"))
    if form.is_valid():
        ground, note = form.grounds[form.cleaned_data["ground"]], form.cleaned_data["note"]
        if attempt(form, lambda: actions.declare_disqualified(case, ground=ground, note=note, actor=who(request))):
            return done(request, case, _("Esteellisyytesi on kirjattu. Et voi enää käsitellä tätä asiaa."))
    consequences = [
        _("Et voi enää käsitellä tätä asiaa, ja tehtäväsi siinä vapautuvat toisille."),
        _("Esteellisen on lopetettava käsittely viipymättä (hallintolaki 434/2003 27 §)."),
    ]
    return ask(request, case, form, title=_("Ilmoita esteellisyys"), button=_("Ilmoita esteellisyys"), consequences=consequences)


@page(needs="cases.read")
def qualify(request: HttpRequest, identifier: str, number: int) -> HttpResponse:
    """Put a mistaken declaration of disqualification right."""
    case = case_or_404(request, identifier)
    declared = Disqualification.objects.select_related("user").filter(pk=number, case=case, lifted_at=None).first()
    if declared is None:
        raise Http404
    if not who(request).may("cases.handle", case):
        raise NotAllowed("cases.handle")
    form = LiftForm(request.POST or None)
    if form.is_valid() and attempt(
        form, lambda: actions.lift_disqualification(declared, reason=form.cleaned_data["reason"], actor=who(request))
    ):
        return done(request, case, _("Esteellisyysilmoitus on oikaistu."))
    consequences = [
        _("%(name)s voi taas käsitellä asiaa. Ilmoitus ja sen oikaisu jäävät asian historiaan.") % {"name": declared.user.name},
        _("Virkamies ratkaisee itse esteellisyytensä (hallintolaki 434/2003 29 §)."),
    ]
    return ask(request, case, form, title=_("Oikaise esteellisyysilmoitus"), button=_("Oikaise ilmoitus"), consequences=consequences)
