"""Putting a decision on view and taking it away."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kirjaamo.cases.pages.acts import attempt
from kirjaamo.cases.paper_forms import ReasonForm
from kirjaamo.decisions.found import crumbs_of, decision_or_404
from kirjaamo.decisions.models import Publication
from kirjaamo.decisions.publication.actions import OnView, is_secret, publish, take_down
from kirjaamo.decisions.publication.forms import PublishForm
from kirjaamo.subjects.models import SubjectKind
from kirjaamo.ui.access import page

if TYPE_CHECKING:
    from kirjaamo.decisions.models import Decision
    from kirjaamo.organisation.models import User


@page(needs="cases.handle")
def put_on_view(request: HttpRequest, decision: int) -> HttpResponse:
    """Put a made decision on view on the public site."""
    found = decision_or_404(request, decision)
    if found.is_draft or Publication.objects.filter(decision=found).exists():
        return redirect(found)
    secret, names = is_secret(found), _people(found)
    initial = {} if secret else {"title": found.case.public_title, "text": found.operative}
    form = PublishForm(request.POST or None, names=names, secret=secret, initial=initial)
    if form.is_valid() and attempt(form, lambda: publish(found, _told(form), actor=cast("User", request.user))):
        messages.success(request, _("Päätös on nähtävillä julkisella sivustolla. Se poistetaan, kun muutoksenhakuaika on päättynyt."))
        return redirect(found)
    consequences = [
        _("Kunnan jäsenen katsotaan saaneen tiedon seitsemäntenä päivänä nähtäville panosta, ja muutoksenhakuaika alkaa siitä."),
        _("Päätös poistetaan verkosta, kun muutoksenhakuaika päättyy. Asianosaiselle päätös annetaan tiedoksi erikseen."),
    ]
    if secret:
        consequences.append(_("Päätös on kokonaan salassa pidettävä: verkossa näytetään vain maininta siitä."))
    return _ask(request, found, form, _("Pane nähtäville"), consequences)


def _people(found: Decision) -> list[str]:
    """The names of parties who are people: an organisation's name is no personal data."""
    people = found.case.parties.filter(subject__kind__in=(SubjectKind.PERSON, SubjectKind.ESTATE))
    return [party.subject.name for party in people.select_related("subject") if party.subject]


def _told(form: PublishForm) -> OnView:
    data = form.cleaned_data
    return OnView(data.get("title", ""), data.get("text", ""), data["published_on"])


@page(needs="cases.handle")
def remove(request: HttpRequest, decision: int) -> HttpResponse:
    """Take a decision off the web before its time."""
    found = decision_or_404(request, decision)
    shown = Publication.objects.filter(decision=found, removed_at=None).first()
    if shown is None:
        return redirect(found)
    form = ReasonForm(request.POST or None)
    user = cast("User", request.user)
    if form.is_valid() and attempt(form, lambda: take_down(shown, why=form.cleaned_data["reason"], actor=user)):
        messages.success(request, _("Päätös on poistettu verkosta."))
        return redirect(found)
    kept = [_("Se, mitä verkossa oli, säilyy rekisterissä. Muutoksenhakuaika ei muutu.")]
    return _ask(request, found, form, _("Poista verkosta"), kept)


def _ask(request: HttpRequest, found: Decision, form: object, title: str, consequences: list[str]) -> HttpResponse:
    values = {"decision": found, "case": found.case, "form": form, "title": title, "button": title, "consequences": consequences}
    status = 422 if getattr(form, "errors", None) else 200
    return render(request, "decisions/act.html", values | {"crumbs": crumbs_of(found.case, found.title)}, status=status)
