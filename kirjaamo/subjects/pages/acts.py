"""One page for each act on a party; what is opened is shown once, on the answer to its purpose, and kept nowhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.apps import apps
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kirjaamo.kernel.errors import KirjaamoError, Refused
from kirjaamo.subjects import actions
from kirjaamo.subjects.forms import CodeForm, EndForm, FactsForm, MandateForm, PurposeForm, SafetyForm
from kirjaamo.subjects.models import Mandate, MandateKind, Subject
from kirjaamo.subjects.pages.parties import subject_or_404
from kirjaamo.subjects.parts import places_of
from kirjaamo.ui.access import actor_of, page
from kirjaamo.ui.parts import Crumb, Fact

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor


def attempt(form: forms.Form, act: Callable[[], object]) -> bool:
    """Do an act; what the program refuses becomes an error of the form. Return whether it was done."""
    try:
        act()
    except KirjaamoError as error:
        field = error.field if isinstance(error, Refused) and error.field in form.fields else None
        form.add_error(field, str(error))
        return False
    return True


def ask(request: HttpRequest, subject: Subject, form: forms.Form, **values: object) -> HttpResponse:
    """Show the form of an act under the party."""
    url = reverse("party", args=[subject.pk])
    crumbs = [Crumb(_("Osapuolet"), reverse("parties")), Crumb(subject.name, url), Crumb(str(values["title"]))]
    told = {"subject": subject, "form": form, "crumbs": crumbs, "cancel_url": url} | values
    return render(request, "subjects/act.html", told, status=422 if form.errors else 200)


def done(request: HttpRequest, subject: Subject, sentence: str) -> HttpResponse:
    """Say what was done, on the party's page."""
    messages.success(request, sentence)
    return redirect("party", key=subject.pk)


def sent(request: HttpRequest) -> Any:
    """The data of a form that was sent, else none."""
    return request.POST if request.method == "POST" else None


@page(needs="subjects.write")
def change(request: HttpRequest, key: int) -> HttpResponse:
    """Change what is known of a party."""
    subject, actor = subject_or_404(key), actor_of(request)
    form = FactsForm(sent(request), subject=subject)
    if form.is_valid() and attempt(form, lambda: actions.change_subject(subject, actor=actor, **form.facts())):
        return done(request, subject, _("Tiedot on tallennettu."))
    return ask(request, subject, form, title=_("Muuta tietoja"), button=_("Tallenna"))


@page(needs="subjects.write")
def identify(request: HttpRequest, key: int) -> HttpResponse:
    """Give a person the identity code."""
    subject, actor = subject_or_404(key), actor_of(request)
    form = CodeForm(sent(request))
    if form.is_valid() and attempt(form, lambda: actions.identify(subject, form.cleaned_data["personal_id"], actor=actor)):
        return done(request, subject, _("Henkilötunnus on tallennettu salattuna."))
    return ask(request, subject, form, title=_("Lisää henkilötunnus"), button=_("Tallenna"))


@page(needs="subjects.write")
def safety(request: HttpRequest, key: int) -> HttpResponse:
    """Put non-disclosure on a person or take it away."""
    subject, actor = subject_or_404(key), actor_of(request)
    form = SafetyForm(sent(request), initial={"on": subject.safety_non_disclosure, "until": subject.safety_until})
    if form.is_valid() and attempt(form, lambda: _safety(subject, form.cleaned_data, actor)):
        return done(request, subject, _("Turvakiellon tieto on tallennettu."))
    hidden = _("Osoite, kotikunta ja yhteystiedot peitetään jokaisella sivulla ja jokaisessa tulosteessa, viennissä ja kirjeessä.")
    shown = _("Ne näkee vain, kun kirjoittaa syyn, ja katselu kirjataan lokiin (laki 661/2009 36–37 §).")
    return ask(request, subject, form, title=_("Turvakielto"), button=_("Tallenna"), consequences=[hidden, shown])


def _safety(subject: Subject, data: dict[str, Any], actor: Actor) -> None:
    actions.set_non_disclosure(subject, on=data["on"], until=data["until"], reason=data["reason"], actor=actor)


@page(needs="subjects.open")
def code(request: HttpRequest, key: int) -> HttpResponse:
    """Open the identity code for a purpose."""
    subject, actor = subject_or_404(key), actor_of(request)
    form = PurposeForm(sent(request))
    opened: list[Fact] = []

    def show() -> None:
        found = actions.open_personal_id(subject, purpose=form.cleaned_data["purpose"], actor=actor)
        opened.append(Fact(_("Henkilötunnus"), found.reveal() if found else _("Ei tiedossa")))

    if form.is_valid():
        attempt(form, show)
    return _opened(request, subject, form, opened, _("Näytä henkilötunnus"))


@page(needs="subjects.open")
def contacts(request: HttpRequest, key: int) -> HttpResponse:
    """Open the contacts that non-disclosure hides, for a purpose."""
    subject, actor = subject_or_404(key), actor_of(request)
    form = PurposeForm(sent(request))
    opened: list[Fact] = []
    labels = {"email": _("Sähköposti"), "telephone": _("Puhelin"), "address": _("Osoite"), "municipality": _("Kunta")}

    def show() -> None:
        told = actions.open_contacts(subject, purpose=form.cleaned_data["purpose"], actor=actor)
        opened.extend(Fact(labels[name], value or "–") for name, value in told.items())
        opened.extend(places_of(subject, actor))

    if form.is_valid():
        attempt(form, show)
    return _opened(request, subject, form, opened, _("Näytä yhteystiedot"))


def _opened(request: HttpRequest, subject: Subject, form: forms.Form, opened: list[Fact], title: str) -> HttpResponse:
    response = ask(request, subject, form, title=title, button=_("Näytä"), opened=opened)
    response["Cache-Control"] = "private, no-store"
    return response


@page(needs="subjects.write")
def mandate(request: HttpRequest, key: int) -> HttpResponse:
    """Record who acts for the party."""
    subject, actor = subject_or_404(key), actor_of(request)
    form = MandateForm(sent(request), initial={"valid_from": timezone.localdate()})
    if form.is_valid() and attempt(form, lambda: represent(subject, form.cleaned_data, actor)):
        return done(request, subject, _("Edustaja on kirjattu."))
    return ask(request, subject, form, title=_("Lisää edustaja"), button=_("Kirjaa edustaja"))


def represent(subject: Subject, data: dict[str, Any], actor: Actor) -> Mandate:
    """Find or make the representative and give the mandate."""
    document = None
    if data["document"]:
        document = apps.get_model(settings.KIRJAAMO_DOCUMENT_MODEL)._default_manager.filter(identifier=data["document"]).first()
        if document is None:
            raise Refused(_("Tällä tunnisteella ei ole asiakirjaa. Tarkista tunniste."), code="subjects.no_document", field="document")
    new = actions.NewMandate(MandateKind(data["kind"]), data["scope"], data["valid_from"], data["checked_how"], data["valid_to"], document)
    return actions.represent(subject, actions.Representative(data["name"], data["personal_id"], data["email"]), new, actor=actor)


@page(needs="subjects.write")
def mandate_end(request: HttpRequest, key: int, mandate: int) -> HttpResponse:
    """End a mandate."""
    subject, actor = subject_or_404(key), actor_of(request)
    row = Mandate.objects.select_related("representative").filter(pk=mandate, principal=subject).first()
    if row is None:
        raise Http404
    form = EndForm(sent(request), initial={"on": timezone.localdate()})
    if form.is_valid() and attempt(
        form, lambda: actions.end_mandate(row, on=form.cleaned_data["on"], reason=form.cleaned_data["reason"], actor=actor)
    ):
        return done(request, subject, _("Valtuutus on päätetty."))
    lead = _("Edustaja: %(name)s") % {"name": row.representative.name}
    return ask(request, subject, form, title=_("Päätä valtuutus"), button=_("Päätä valtuutus"), lead=lead)
