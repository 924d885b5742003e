"""What is said of the service itself, and the style guide: every component on one page, with texts that try to break it."""

from __future__ import annotations

from datetime import date

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from kirjaamo.ui import samples
from kirjaamo.ui.access import STAFF, actor_of, page
from kirjaamo.ui.forms import DateField, FileField
from kirjaamo.ui.parts import Crumb


class SampleForm(forms.Form):
    """One field of each kind."""

    subject = forms.CharField(
        label="Mitä asiakirjaa pyydät?",
        help_text="Kerro asia, osoite, ajankohta tai asiatunnus, jos tiedät sen.",
        widget=forms.Textarea,
        max_length=2000,
    )
    name = forms.CharField(label="Nimi", required=False, max_length=200)
    email = forms.EmailField(label="Sähköposti", help_text="Lähetämme vastauksen tähän osoitteeseen.")
    since = DateField(label="Mistä päivästä alkaen?")
    kind = forms.ChoiceField(
        label="Millainen pyyntö tämä on?",
        widget=forms.RadioSelect,
        choices=[("document", "Asiakirjapyyntö"), ("own", "Omat tietoni"), ("log", "Lokitiedot omien tietojeni käytöstä")],
    )
    ways = forms.MultipleChoiceField(
        label="Miten haluat vastauksen?",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[("web", "Tässä palvelussa"), ("post", "Postitse"), ("desk", "Nouto kirjaamosta")],
    )
    unit = forms.ChoiceField(label="Yksikkö", choices=[("", "Valitse"), ("1", "Kaupunkiympäristö"), ("2", "Kasvatus ja koulutus")])
    attachment = FileField(label="Liite", required=False, endings=["pdf", "jpg", "png"], most=10_000_000)
    agree = forms.BooleanField(label="Olen lukenut, miten henkilötietojani käsitellään.")


def _only_for_makers(request: HttpRequest) -> None:
    """Show nothing to the public: the page exists while developing and for signed-in staff."""
    if not settings.DEBUG and not actor_of(request).may(STAFF):
        raise Http404


def _crumbs(last: str) -> list[Crumb]:
    return [Crumb({"fi": "Etusivu", "sv": "Startsida", "en": "Home"}, "/"), Crumb("Tyyliopas", "/ui/tyyliopas/"), Crumb(last)]


@page()
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show every component on a public page."""
    _only_for_makers(request)
    if "messages" in request.GET:
        messages.success(request, "Pyyntö on lähetetty.")
    return render(request, "ui/styleguide.html", samples.everything(request) | {"form": SampleForm(), "crumbs": _crumbs("Osat")})


@page()
def styleguide_public(request: HttpRequest) -> HttpResponse:
    """Show the blocks of a start page."""
    _only_for_makers(request)
    return render(request, "ui/styleguide_public.html", samples.everything(request) | {"hide_search": True})


@page()
def styleguide_work(request: HttpRequest) -> HttpResponse:
    """Show the dense surface where people work."""
    _only_for_makers(request)
    return render(request, "ui/styleguide_work.html", samples.everything(request) | {"crumbs": _crumbs("Työtila")})


@page()
def styleguide_form(request: HttpRequest) -> HttpResponse:
    """Show a form, and its errors when sent empty."""
    _only_for_makers(request)
    form = SampleForm(request.POST or None, request.FILES or None)
    form.is_valid()
    return render(request, "ui/styleguide_form.html", {"form": form, "crumbs": _crumbs("Lomake")})


@page()
def styleguide_confirm(request: HttpRequest) -> HttpResponse:
    """Show a page that asks before something is done."""
    _only_for_makers(request)
    values = {
        "crumbs": _crumbs("Vahvistus"),
        "title": "Vahvistetaanko enimmäishinta?",
        "lead": "Mannerheimintie 5 A 12, As Oy Helsingin Esimerkki",
        "consequences": ["Hinta sitoo myyjää kolme kuukautta.", "Päätös kirjataan asiaan ja lähetetään hakijalle."],
        "facts": [{"label": "Enimmäishinta", "value": "214 500,00 €"}, {"label": "Voimassa asti", "value": date(2027, 2, 22)}],
        "confirm": "Vahvista hinta",
        "cancel_url": "/ui/tyyliopas/",
    }
    return render(request, "ui/confirm_page.html", values)


@page()
def about(request: HttpRequest) -> HttpResponse:
    """What the service is and on which law it rests."""
    return render(request, "ui/about/about.html", {"crumbs": [Crumb(_("Tietoa palvelusta"))]})


@page()
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement (306/2019 § 9)."""
    return render(request, "ui/about/accessibility.html", {"crumbs": [Crumb(_("Saavutettavuusseloste"))]})


@page()
def privacy(request: HttpRequest) -> HttpResponse:
    """What the service itself keeps of its visitors."""
    return render(request, "ui/about/privacy.html", {"crumbs": [Crumb(_("Tietosuoja"))]})
