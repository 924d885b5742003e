"""The pages of a document's publicity: the event that makes it public, its time of opening, the judgement of harm, party exceptions."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from kirjaamo.cases.pages.acts import attempt
from kirjaamo.cases.pages.papers.acts import ask, done
from kirjaamo.cases.pages.papers.found import Paper, paper_or_404
from kirjaamo.cases.publicity import actions, events
from kirjaamo.cases.publicity_forms import JudgeForm, MaskForm, OpeningForm, WithholdForm
from kirjaamo.ui.access import page
from kirjaamo.ui.languages import pick
from kirjaamo.values.openness import Harm, PartyException

if TYPE_CHECKING:
    from kirjaamo.organisation.models import User


def _user(request: HttpRequest) -> User:
    return cast("User", request.user)


@page(needs="documents.write")
def event(request: HttpRequest, identifier: str, paper: str) -> HttpResponse:
    """Record that the document was opened, signed, checked or made ready: from then on it is public, unless it is secret."""
    found = paper_or_404(request, identifier, paper)
    start = events.awaits_event(found.document, timezone.now())
    if start is None:
        raise Http404
    form = forms.Form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and attempt(form, lambda: actions.record_event(found.case, found.document, actor=_user(request))):
        return done(request, found, _("Tapahtuma on kirjattu. Asiakirja on julkinen, ellei se ole salassa pidettävä."))
    button = str(events.BY_HAND[start])
    told = _("%(event)s asiakirja on julkinen (%(law)s).") % {"event": pick(start.label.as_dict()).text + ",", "law": start.law}
    return ask(request, found, form, title=button, button=button, consequences=[told])


@page(needs="documents.write")
def opening(request: HttpRequest, identifier: str, paper: str) -> HttpResponse:
    """Set the time at which an arrived document is opened: until then it is public to nobody."""
    found = paper_or_404(request, identifier, paper)
    form = OpeningForm(request.POST or None)
    if form.is_valid() and attempt(form, lambda: _seal(found, form, _user(request))):
        return done(request, found, _("Avaamisaika on kirjattu. Asiakirja tulee julkiseksi silloin."))
    lead = _("Määrättynä aikana avattava asiakirja on julkinen vasta, kun se on avattu (JulkL 7 §).")
    return ask(request, found, form, title=_("Aseta avaamisaika"), button=_("Tallenna avaamisaika"), lead=lead)


def _seal(found: Paper, form: OpeningForm, user: User) -> None:
    opens_at = form.moment("on", "time")
    assert opens_at is not None  # noqa: S101 - the day is a field that must be filled
    actions.seal_until(found.case, found.document, opens_at, reason=form.cleaned_data["reason"], actor=user)


@page(needs="documents.write")
def mask(request: HttpRequest, identifier: str, paper: str) -> HttpResponse:
    """Add a copy in which what is secret is masked."""
    found = paper_or_404(request, identifier, paper)
    if not events.may_be_masked(found.document, timezone.now()):
        raise Http404
    form = MaskForm(request.POST or None, request.FILES or None, document=found.document)
    if form.is_valid() and attempt(form, lambda: _mask(found, form, _user(request))):
        return done(request, found, _("Peitetty kappale on asian asiakirjoissa."))
    lead = _("Salassa pidettävät kohdat peitetään ja muu annetaan (JulkL 10 §). Kappale tulee julkiseksi samalla tapahtumalla kuin tämä.")
    return ask(request, found, form, title=_("Lisää peitetty kappale"), button=_("Lisää kappale"), lead=lead, multipart=True)


def _mask(found: Paper, form: MaskForm, user: User) -> None:
    actions.add_masked_copy(found.case, found.document, form.masked(), actor=user, key=form.cleaned_data["key"])


@page(needs="documents.write")
def harm(request: HttpRequest, identifier: str, paper: str) -> HttpResponse:
    """Weigh whether giving the document causes harm, for who asks for it."""
    found = paper_or_404(request, identifier, paper)
    if not events.needs_judgement(found.document):
        raise Http404
    form = JudgeForm(request.POST or None)
    if form.is_valid() and attempt(form, lambda: _judge(found, form, _user(request))):
        return done(request, found, _("Arvio on kirjattu: kuka arvioi, milloin, ketä varten ja miksi."))
    consequences = [
        _("Jos haittaa ei aiheudu, asiakirja on julkinen kaikille tästä eteenpäin (JulkL 17 ja 24 §)."),
        _("Arviointi on tehtävä tiedon luonteen perusteella: pyytäjän tarkoitusta ei kysytä, ellei salassapitoperuste sitä edellytä."),
    ]
    return ask(request, found, form, title=_("Arvioi antamisen haitta"), button=_("Kirjaa arvio"), consequences=consequences)


def _judge(found: Paper, form: JudgeForm, user: User) -> None:
    data = form.cleaned_data
    actions.judge(found.case, found.document, Harm(data["harm"]), requester=data["requester"], reason=data["reason"], actor=user)


@page(needs="documents.write")
def withhold(request: HttpRequest, identifier: str, paper: str) -> HttpResponse:
    """Decide on the exceptions that keep the document from the parties of the case."""
    found = paper_or_404(request, identifier, paper)
    form = WithholdForm(request.POST or None, document=found.document)
    if form.is_valid() and attempt(form, lambda: _withhold(found, form, _user(request))):
        return done(request, found, _("Päätös on kirjattu."))
    lead = _("Asianosainen saa tiedon myös salassa pidettävästä asiakirjasta, joka voi vaikuttaa hänen asiaansa, ellei poikkeus estä sitä.")
    return ask(request, found, form, title=_("Asianosaisen tiedonsaanti"), button=_("Tallenna päätös"), lead=lead)


def _withhold(found: Paper, form: WithholdForm, user: User) -> None:
    data = form.cleaned_data
    chosen = [PartyException(one) for one in data["exceptions"]]
    actions.withhold(found.case, found.document, chosen, reason=data["reason"], actor=user)
