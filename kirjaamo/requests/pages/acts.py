"""What is done to a request at the desk: one page with one form for each act, and errors at the field that they are about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kirjaamo.cases.models import ClosingGround
from kirjaamo.documents import blobs
from kirjaamo.documents.actions import Metadata
from kirjaamo.documents.models import Way
from kirjaamo.kernel.errors import Refused
from kirjaamo.kernel.registry import SOURCES, Found
from kirjaamo.organisation.models import User
from kirjaamo.requests import actions, desk_forms, letters
from kirjaamo.requests.kinds import KINDS
from kirjaamo.requests.models import InformationRequest, Outcome, SearchTask
from kirjaamo.requests.pages.handling import fetch
from kirjaamo.ui.access import page
from kirjaamo.ui.parts import Crumb, Fact, ListRow
from kirjaamo.values.publicity import Publicity

Data = Mapping[str, Any]
Do = Callable[[InformationRequest, SearchTask | None, Data, User], object]


@dataclass(frozen=True)
class Act:
    """A page of one act: its heading, form, what is done with it, what is said after, and what it means."""

    title: object
    form: Callable[..., forms.Form]
    do: Do
    said: object
    lead: object = ""
    button: object = ""
    needs_item: bool = False
    of_task: bool = False
    tone: str = "primary"


def _take(item: InformationRequest, _task: SearchTask | None, _data: Data, user: User) -> object:
    return actions.take(item, actor=user)


def _identify(item: InformationRequest, _task: SearchTask | None, data: Data, user: User) -> object:
    return actions.identify(item, data["personal_id"], data["name"], how=data["how"], actor=user)


def _hand(_item: InformationRequest, task: SearchTask | None, data: Data, user: User) -> object:
    keys = [key.strip() for key in data["keys"].split(",") if key.strip()]
    return actions.record_search(cast("SearchTask", task), hits=data["hits"], keys=keys, note=data["note"], actor=user)


def _transfer(_item: InformationRequest, task: SearchTask | None, data: Data, user: User) -> object:
    return actions.transfer(cast("SearchTask", task), data["body"], note=data["note"], actor=user)


def _package(item: InformationRequest, _task: SearchTask | None, data: Data, user: User) -> object:
    return actions.build_package(item, actor=user, key=data["key"])


def _looks(item: InformationRequest, _task: SearchTask | None, data: Data, user: User) -> object:
    return actions.build_log_extract(item, since=data["since"], actor=user, key=data["key"])


def _document(item: InformationRequest, _task: SearchTask | None, data: Data, user: User) -> object:
    metadata = Metadata(
        Publicity(data["publicity"]), tuple(data["grounds"]), personal=data["personal"], source="decision", reason=data["reason"]
    )
    return actions.add_document(item, [data["file"]], title=data["title"], metadata=metadata, actor=user, key=data["key"])


def _write(item: InformationRequest, _task: SearchTask | None, data: Data, user: User) -> object:
    return actions.write(item, data["text"], public=data["public"], actor=user, key=data["key"])


def _answer(item: InformationRequest, _task: SearchTask | None, data: Data, user: User) -> object:
    return actions.answer(item, data["text"], outcome=Outcome(data["outcome"]), public=data["public"], way=Way(data["way"]), actor=user)


def _extend(item: InformationRequest, _task: SearchTask | None, data: Data, user: User) -> object:
    return actions.lengthen(item, data["reason"], actor=user)


def _close(item: InformationRequest, _task: SearchTask | None, data: Data, user: User) -> object:
    return actions.close(item, ground=ClosingGround(data["ground"]), reason=data["reason"], actor=user)


ACTS: dict[str, Act] = {
    "ota": Act(_("Ota pyyntö käsittelyyn"), forms.Form, _take, _("Olet nyt pyynnön käsittelijä."), button=_("Ota käsittelyyn")),
    "tunnista": Act(
        _("Tunnista pyytäjä"),
        desk_forms.IdentifyForm,
        _identify,
        _("Pyytäjä on tunnistettu."),
        button=_("Merkitse tunnistetuksi"),
        lead=_("Henkilöllisyys tarkistetaan vain, kun laki vaatii sen: omat tiedot, asianosaisen oikeus tai salassa pidettävä tieto."),
    ),
    "hakutulos": Act(
        _("Kirjaa haun tulos"),
        desk_forms.HandSearchForm,
        _hand,
        _("Haun tulos on kirjattu."),
        button=_("Kirjaa tulos"),
        of_task=True,
        lead=_("Merkintä todistaa, mistä ja millä hakutekijöillä tietoa on haettu."),
    ),
    "siirto": Act(
        _("Siirrä toiselle viranomaiselle"),
        desk_forms.TransferForm,
        _transfer,
        _("Siirto on kirjattu ja pyytäjälle kerrottu."),
        button=_("Siirrä"),
        of_task=True,
        lead=_("Tiedot ovat toisen rekisterinpitäjän. Pyytäjälle lähtee viesti siirrosta."),
    ),
    "paketti": Act(
        _("Kokoa omien tietojen paketti"),
        desk_forms.OnceForm,
        _package,
        _("Paketti on koottu. Tarkista se ennen kuin annat sen."),
        button=_("Kokoa paketti"),
        lead=_(
            "Haku käy läpi kaikki ohjelman rekisterit tunnistetun pyytäjän henkilötunnuksella ja tekee PDF- ja "
            "JSON-tiedoston. Tarkista, ettei paketissa ole muiden tietoja."
        ),
    ),
    "katsomiset": Act(
        _("Kokoa tietojen katsomiset"),
        desk_forms.LogForm,
        _looks,
        _("Katsomiset on koottu. Tarkista asiakirja ennen kuin annat sen."),
        button=_("Kokoa katsomiset"),
        lead=_(
            "Käyttölokista kootaan, milloin ja mihin tarkoitukseen pyytäjän tietoja on katsottu. "
            "Työntekijöiden nimet tulevat mukaan vain, kun laki niin säätää."
        ),
    ),
    "asiakirja": Act(
        _("Lisää asiakirja"),
        desk_forms.DocumentForm,
        _document,
        _("Asiakirja on lisätty. Voit nyt antaa sen."),
        button=_("Lisää asiakirja"),
    ),
    "viesti": Act(
        _("Kirjoita pyytäjälle"),
        desk_forms.MessageForm,
        _write,
        _("Viesti on lähetetty."),
        button=_("Lähetä viesti"),
        needs_item=True,
        lead=_("Tarkentava kysymys ei pysäytä määräaikaa."),
    ),
    "vastaa": Act(
        _("Vastaa ja päätä pyyntö"),
        desk_forms.AnswerForm,
        _answer,
        _("Pyyntöön on vastattu."),
        button=_("Lähetä vastaus"),
        needs_item=True,
        lead=_("Vastaus kirjataan asiakirjana, ja asian käsittely päättyy. Jos jotain ei anneta, valitse Kieltäydy antamasta."),
    ),
    "jatka": Act(
        _("Jatka määräaikaa"),
        desk_forms.ExtendForm,
        _extend,
        _("Määräaikaa on jatkettu ja pyytäjälle kerrottu."),
        button=_("Jatka määräaikaa"),
        needs_item=True,
        lead=_("Määräaikaa voi jatkaa vain laissa säädetystä syystä ja kerran. Molemmat päivät jäävät näkyviin."),
    ),
    "paata": Act(
        _("Päätä käsittely"),
        desk_forms.CloseForm,
        _close,
        _("Käsittely on päättynyt."),
        button=_("Päätä käsittely"),
        tone="danger",
        lead=_("Käytä tätä, kun pyyntö on peruttu tai kun pyytäjä ei kieltävän vastauksen jälkeen halua viranomaisen päätöstä."),
    ),
}


def _user(request: HttpRequest) -> User:
    return cast("User", request.user)


def _path(item: InformationRequest, title: object) -> list[Crumb]:
    return [
        Crumb(gettext("Tietopyynnöt"), reverse("requests_desk")),
        Crumb(item.case.identifier, reverse("request_case", args=[item.pk])),
        Crumb(str(title)),
    ]


def _refused(form: forms.Form, refused: Refused) -> None:
    """Put the sentence of a refusal at its field, with the section of law."""
    sentence = f"{refused} ({refused.section})" if refused.section else str(refused)
    form.add_error(refused.field if refused.field in form.fields else None, sentence)


def _task(item: InformationRequest, number: int | None, *, wanted: bool) -> SearchTask | None:
    if wanted != (number is not None):
        raise Http404
    if number is None:
        return None
    found = item.searches.select_related("task", "request__case__revision").filter(pk=number).first()
    if found is None:
        raise Http404
    return found


@page("requests.answer")
def act(request: HttpRequest, number: int, verb: str, task: int | None = None) -> HttpResponse:
    """Show the form of an act and do it."""
    if verb not in ACTS:
        raise Http404
    item = fetch(request, number)
    return _run(request, item, ACTS[verb], _task(item, task, wanted=ACTS[verb].of_task))


def _run(request: HttpRequest, item: InformationRequest, told: Act, task: SearchTask | None = None) -> HttpResponse:
    extra = {"item": item} if told.needs_item else {}
    form = told.form(request.POST, request.FILES, **extra) if request.method == "POST" else told.form(**extra)
    if request.method == "POST" and (form.is_valid() or not form.fields):
        try:
            told.do(item, task, form.cleaned_data if form.fields else {}, _user(request))
        except Refused as refused:
            if not form.fields:
                messages.error(request, str(refused))
                return redirect("request_case", item.pk)
            _refused(form, refused)
        else:
            messages.success(request, str(told.said))
            return redirect("request_case", item.pk)
    shown = {
        "item": item,
        "form": form,
        "title": told.title,
        "lead": told.lead,
        "button": told.button,
        "tone": told.tone,
        "task": task,
        "crumbs": _path(item, told.title),
        "facts": _aside(item, task),
        "back": reverse("request_case", args=[item.pk]),
    }
    return render(request, "requests/act.html", shown)


def _aside(item: InformationRequest, task: SearchTask | None = None) -> list[Fact]:
    facts = [
        Fact(gettext("Asia"), item.case.identifier),
        Fact(gettext("Mitä pyyntö koskee"), item.entry_title),
        Fact(gettext("Laki"), KINDS[item.kind].law),
    ]
    return [*facts, Fact(gettext("Järjestelmä"), task.system_title)] if task else facts


@page("requests.route")
def route(request: HttpRequest, number: int) -> HttpResponse:
    """Move the request to another unit."""
    told = Act(
        _("Siirrä toiseen yksikköön"),
        desk_forms.RouteForm,
        lambda item, _task, data, user: actions.route(item, data["unit"], reason=data["reason"], actor=user),
        _("Pyyntö on siirretty."),
        button=_("Siirrä"),
        needs_item=True,
        lead=_("Määräaika jatkuu: siirto viranomaisen sisällä ei muuta sitä."),
    )
    return _run(request, fetch(request, number), told)


def _decided(item: InformationRequest, _task: SearchTask | None, data: Data, user: User) -> object:
    return actions.decide(item, data["file"], way=Way(data["way"]), text=data["text"], public=data["public"], actor=user, key=data["key"])


@page("requests.decide")
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """Record the authority's decision on a request that an official refused."""
    item = fetch(request, number)
    if not item.refusals.exists():
        raise Http404
    told = Act(
        _("Kirjaa viranomaisen päätös"),
        desk_forms.DecideForm,
        _decided,
        _("Päätös on kirjattu, ja asian käsittely on päättynyt."),
        button=_("Kirjaa päätös"),
        lead=_("Päätöksen tekee viranomainen tai viranhaltija, jolle ratkaisuvalta on siirretty. Päätökseen liitetään valitusosoitus."),
    )
    return _run(request, item, told)


@page("requests.answer")
def search(request: HttpRequest, number: int, task: int) -> HttpResponse:
    """Run search keys on a home register and list the hits. What was searched with stays; the values do not."""
    item = fetch(request, number)
    one = cast("SearchTask", _task(item, task, wanted=True))
    source = SOURCES.get(one.system_slug)
    if source is None:
        raise Http404
    told = actions.open_sealed(item, actor=_user(request))
    form = desk_forms.KeysForm(request.POST if request.method == "POST" else None, keys=source.describe().keys, told=told["answers"])
    hits: list[Found] | None = None
    if request.method == "POST" and form.is_valid():
        try:
            hits = list(actions.search(one, form.values(), actor=_user(request)))
        except Refused as refused:
            _refused(form, refused)
    shown = {
        "item": item,
        "form": form,
        "title": _("Hae rekisteristä"),
        "task": one,
        "hits": None if hits is None else _hit_rows(hits),
        "count": len(hits or []),
        "crumbs": _path(item, gettext("Hae rekisteristä")),
        "facts": _aside(item, one),
        "back": reverse("request_case", args=[item.pk]),
        "what": told["what"],
    }
    return render(request, "requests/search.html", shown)


def _hit_rows(hits: list[Found]) -> list[ListRow]:
    rows = []
    for hit in hits:
        masked = [gettext("%(count)s kenttää peitetty") % {"count": hit.masked}] if hit.masked else []
        meta = [text for text in (hit.case_identifier, hit.notice) if text]
        rows.append(ListRow(hit.title, hit.url or "#", "; ".join(f"{label}: {value}" for label, value in hit.facts), meta=[*meta, *masked]))
    return rows


@page("requests.answer")
def give(request: HttpRequest, number: int, document: int) -> HttpResponse:
    """Give a document of the case, in a way that its publicity allows."""
    item = fetch(request, number)
    place = item.case.case_documents.select_related("document").filter(document_id=document, document__type_code="material").first()
    if place is None:
        raise Http404
    given = place.document
    told = Act(
        _("Anna asiakirja"),
        desk_forms.GiveForm,
        lambda item, _task, data, user: actions.give(item, given, way=Way(data["way"]), may_process=data["may_process"], actor=user),
        _("Asiakirja on annettu."),
        button=_("Anna asiakirja"),
        lead=_(
            "Osoitteen kautta voi antaa vain kokonaan julkisen. Salassa pidettävä annetaan "
            "tunnistetulle suojatusti, postitse tai asiointipisteessä."
        ),
    )
    return _run(request, item, told)


@page("requests.answer")
def refuse(request: HttpRequest, number: int) -> HttpResponse:
    """Write the first-line refusal; its text is shown as it grows, and nothing is sent before the last button."""
    item = fetch(request, number)
    user = _user(request)
    form = desk_forms.RefuseForm(request.POST if request.method == "POST" else None, item=item)
    live = bool(request.headers.get("HX-Request"))
    if request.method == "POST":
        whole = form.is_valid()
        if live:
            return render(request, "requests/preview.html", {"sections": _sections(item, form, user)})
        if whole and "preview" not in request.POST and _try_refuse(request, item, form, user):
            return redirect("request_case", item.pk)
    shown = {
        "item": item,
        "form": form,
        "title": _("Kieltäydy antamasta"),
        "crumbs": _path(item, gettext("Kieltäydy antamasta")),
        "facts": _aside(item),
        "sections": _sections(item, form, user) if request.method == "POST" else [],
        "back": reverse("request_case", args=[item.pk]),
    }
    return render(request, "requests/refuse.html", shown)


def _sections(item: InformationRequest, form: desk_forms.RefuseForm, user: User) -> list[tuple[str, str]]:
    return [(title, text or "…") for title, text in letters.refusal_sections(item, form.told(), user)]


def _try_refuse(request: HttpRequest, item: InformationRequest, form: desk_forms.RefuseForm, user: User) -> bool:
    data = form.cleaned_data
    try:
        actions.refuse(item, form.told(), public=data["public"], way=Way(data["way"]), actor=user)
    except Refused as refused:
        _refused(form, refused)
        return False
    messages.success(
        request, gettext("Vastaus on annettu. Asia jää auki, kunnes pyytäjä on ilmoittanut, haluaako hän viranomaisen päätöksen.")
    )
    return True


@page("requests.read")
def open_document(request: HttpRequest, number: int, document: int) -> HttpResponse:
    """Give a document of the case to the official who reads the request; that it was opened stays in the journal."""
    item = fetch(request, number)
    place = item.case.case_documents.select_related("document").filter(document_id=document).first()
    if place is None:
        raise Http404
    if Publicity(place.document.publicity) == Publicity.SECRET and not _user(request).may("requests.answer"):
        raise PermissionDenied("requests.answer")
    wanted = request.GET.get("v", "1")
    file = place.document.files.filter(version=int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 6 else 0).first()  # noqa: PLR2004
    if file is None:
        raise Http404
    actions.open_document(item, place.document, actor=_user(request))
    response = HttpResponse(blobs.read(file.sha256), content_type=file.media_type)
    response["Content-Disposition"] = (
        f'attachment; filename="{place.document.identifier}-{file.version}.{file.name.rsplit(".", 1)[-1].lower()}"'
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
