"""One page for each act on a document: what it means, its form, and clear errors."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kirjaamo.cases import actions
from kirjaamo.cases.pages.acts import attempt, grounds_in_force
from kirjaamo.cases.pages.papers.found import Paper, paper_or_404
from kirjaamo.cases.paper_forms import CopyForm, DecideForm, OutsideForm, ReasonForm, SendForm, VersionForm
from kirjaamo.documents.models import Outside, Way
from kirjaamo.ui.access import page
from kirjaamo.ui.parts import Crumb
from kirjaamo.values.publicity import Publicity

if TYPE_CHECKING:
    from kirjaamo.organisation.models import User

STEPS = {"valmis": "ready", "luonnos": "draft", "allekirjoitus": "signed"}


def _user(request: HttpRequest) -> User:
    return cast("User", request.user)


def ask(request: HttpRequest, found: Paper, form: forms.Form, **values: object) -> HttpResponse:
    """Show the form of an act under the document."""
    case = found.case
    crumbs = [
        Crumb(_("Asiat"), reverse("cases")),
        Crumb(case.identifier, case.get_absolute_url()),
        Crumb(found.document.title, found.url()),
        Crumb(str(values["title"])),
    ]
    told = values | {"case": case, "paper": found.document, "form": form, "crumbs": crumbs, "cancel_url": found.url()}
    return render(request, "cases/paper/act.html", told, status=422 if form.errors else 200)


def done(request: HttpRequest, found: Paper, sentence: str) -> HttpResponse:
    """Say what was done, on the document's page."""
    messages.success(request, sentence)
    return redirect(found.url())


@page(needs="documents.write")
def version(request: HttpRequest, identifier: str, paper: str) -> HttpResponse:
    """Add a version."""
    found = paper_or_404(request, identifier, paper)
    newest = found.newest.version if found.newest else 0
    form = VersionForm(request.POST or None, request.FILES or None, newest=newest)
    if form.is_valid() and attempt(form, lambda: _add(found, form, _user(request))):
        return done(request, found, _("Uusi versio on tallennettu. Aiemmat versiot säilyvät."))
    return ask(request, found, form, title=_("Lisää versio"), button=_("Tallenna versio"), multipart=True)


def _add(found: Paper, form: VersionForm, user: User) -> None:
    data = form.cleaned_data
    actions.add_version(found.case, found.document, data["uploads"][0], on=data["on"], actor=user, key=data["key"])


@page(needs="documents.write")
def step(request: HttpRequest, identifier: str, paper: str, step: str) -> HttpResponse:
    """Make ready, take back to a draft, or sign; what follows is told first."""
    found = paper_or_404(request, identifier, paper)
    if step not in STEPS:
        raise Http404
    title, consequence, told = _words(step)
    form = (ReasonForm if step == "luonnos" else forms.Form)(request.POST if request.method == "POST" else None)
    reason = form.cleaned_data.get("reason", "") if form.is_valid() else ""
    if request.method == "POST" and form.is_valid() and attempt(form, lambda: _move(found, STEPS[step], reason, _user(request))):
        return done(request, found, told)
    return ask(request, found, form, title=title, button=title, consequences=[consequence])


def _move(found: Paper, step: str, reason: str, user: User) -> None:
    actions.move_document(found.case, found.document, step, reason=reason, actor=user)


def _words(step: str) -> tuple[str, str, str]:
    """The title of a step, what follows from it, and that it was done."""
    return {
        "valmis": (
            _("Merkitse valmiiksi"),
            _("Asiakirjan voi tämän jälkeen allekirjoittaa tai lähettää. Sen voi vielä palauttaa luonnokseksi."),
            _("Asiakirja on valmis."),
        ),
        "luonnos": (_("Palauta luonnokseksi"), _("Asiakirjaa voi taas muokata."), _("Asiakirja on taas luonnos.")),
        "allekirjoitus": (
            _("Allekirjoita"),
            _("Uusin versio vahvistetaan eikä uusia versioita voi lisätä. Julkinen asiakirja tulee nyt julkiseksi (JulkL 6 §)."),
            _("Asiakirja on allekirjoitettu."),
        ),
    }[step]


@page(needs="documents.write")
def send(request: HttpRequest, identifier: str, paper: str) -> HttpResponse:
    """Record that the document was sent."""
    found = paper_or_404(request, identifier, paper)
    form = SendForm(request.POST or None)
    if form.is_valid() and attempt(form, lambda: _send(found, form, _user(request))):
        return done(request, found, _("Asiakirja on merkitty lähetetyksi."))
    consequences = [_("Lähettämisaika ja -tapa kirjataan (TiHL 26 §). Asiakirjaan ei voi enää lisätä versioita.")]
    return ask(request, found, form, title=_("Merkitse lähetetyksi"), button=_("Merkitse lähetetyksi"), consequences=consequences)


def _send(found: Paper, form: SendForm, user: User) -> None:
    actions.send_document(found.case, found.document, Way(form.cleaned_data["way"]), actor=user, key=form.cleaned_data["key"])


@page(needs="documents.write")
def decide(request: HttpRequest, identifier: str, paper: str) -> HttpResponse:
    """Decide metadata otherwise than the plan."""
    found = paper_or_404(request, identifier, paper)
    form = DecideForm(request.POST or None, document=found.document, grounds=grounds_in_force())
    if form.is_valid() and attempt(form, lambda: _decide(found, form, _user(request))):
        return done(request, found, _("Päätös on kirjattu."))
    lead = _("Suunnitelma antaa tiedoille oletuksen. Tästä asiakirjasta voit päättää toisin; päätös ja sen syy jäävät näkyviin.")
    return ask(request, found, form, title=_("Päätä asiakirjan tiedoista"), button=_("Tallenna päätös"), lead=lead)


def _decide(found: Paper, form: DecideForm, user: User) -> None:
    actions.decide_document(found.case, found.document, form.changes(), reason=form.cleaned_data["reason"], actor=user)


@page(needs="documents.write")
def outside(request: HttpRequest, identifier: str, paper: str) -> HttpResponse:
    """Say whether the writing is an authority's document."""
    found = paper_or_404(request, identifier, paper)
    form = OutsideForm(request.POST or None, initial={"why": found.document.outside})
    if form.is_valid() and attempt(form, lambda: _place(found, form, _user(request))):
        return done(request, found, _("Päätös on kirjattu."))
    return ask(
        request, found, form, title=_("Onko tämä viranomaisen asiakirja?"), button=_("Tallenna päätös"), lead=_("JulkL 621/1999 5 §")
    )


def _place(found: Paper, form: OutsideForm, user: User) -> None:
    why = Outside(form.cleaned_data["why"]) if form.cleaned_data["why"] else None
    actions.place_document(found.case, found.document, why, reason=form.cleaned_data["reason"], actor=user)


@page(needs="documents.write")
def copy_new(request: HttpRequest, identifier: str, paper: str) -> HttpResponse:
    """Give a copy of the newest version."""
    found = paper_or_404(request, identifier, paper)
    if found.newest is None:
        raise Http404
    secret = Publicity(found.document.publicity).needs_ground
    form = CopyForm(request.POST or None, secret=secret, language=found.case.language)
    if form.is_valid() and attempt(form, lambda: _copy(found, form, _user(request))):
        return done(request, found, _("Kopio on tehty. Se on alla kohdassa Annetut kopiot."))
    marked = _("Kopioon tulee kansilehti ja jokaiselle sivulle merkintä SALASSA PIDETTÄVÄ, peruste ja saaja (JulkL 25 §).")
    return ask(request, found, form, title=_("Anna kopio"), button=_("Tee kopio"), consequences=[marked] if secret else [])


def _copy(found: Paper, form: CopyForm, user: User) -> None:
    if found.newest is not None:
        actions.copy_document(found.case, found.newest, form.giving(), actor=user, key=form.cleaned_data["key"])
