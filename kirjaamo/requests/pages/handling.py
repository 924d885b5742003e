"""One request at work: what is asked, by whom, the clocks, the searches, the documents, the messages, and what to do next."""

from __future__ import annotations

from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kirjaamo.cases.models import CaseState, TaskState
from kirjaamo.documents.models import Document, Way
from kirjaamo.kernel.errors import NotAllowed
from kirjaamo.kernel.registry import SOURCES
from kirjaamo.norms.models import SecrecyGround
from kirjaamo.organisation.models import User
from kirjaamo.requests import actions, showing
from kirjaamo.requests.kinds import KINDS, Remedy
from kirjaamo.requests.letters import citation
from kirjaamo.requests.models import Delivery, InformationRequest, MessageDirection, RequestKind, SearchTask
from kirjaamo.ui.access import actor_of, needs_of, page
from kirjaamo.ui.languages import active_language, pick
from kirjaamo.ui.parts import Action, Badge, Cell, Column, Crumb, Fact, Message, Row, Table, TimelineEvent
from kirjaamo.ui.wording import day
from kirjaamo.values.publicity import Publicity

PUBLICITY_TONES = {
    Publicity.PUBLIC: "success",
    Publicity.PARTLY_SECRET: "warning",
    Publicity.SECRET: "secret",
    Publicity.NOT_YET_PUBLIC: "neutral",
}


def fetch(request: HttpRequest, number: int) -> InformationRequest:
    """The request of a number, with its case, when the right that the page asks for reaches it."""
    found = (
        InformationRequest.objects.select_related("case__unit", "case__handler", "case__authority", "case__revision")
        .filter(pk=number)
        .first()
    )
    if found is None:
        raise Http404
    if not actor_of(request).may(needs_of(request), found):
        raise NotAllowed(needs_of(request))
    return found


@page("requests.read")
def item(request: HttpRequest, number: int) -> HttpResponse:
    """Show a request. That the asker's words were opened stays in the journal."""
    user = cast("User", request.user)
    found = fetch(request, number)
    told = actions.open_sealed(found, actor=user)
    may = user.may("requests.answer", found) and found.case.state != CaseState.CLOSED
    searches = list(found.searches.select_related("task__unit"))
    given = {one.document_id: one for one in found.deliveries.all()}
    shown = {
        "item": found,
        "told": told,
        "answers": [Fact(pick(answer.get("label")).text, answer.get("value")) for answer in told["answers"]],
        "asker": _asker(found, told),
        "badges": _badges(found),
        "steps": showing.steps(found),
        "deadlines": [
            showing.deadline_for_staff(data, title, open_=not found.outcome)
            for data, title in zip(found.deadlines, showing.deadline_titles(found), strict=True)
        ],
        "facts": _facts(found),
        "searches": _searches(found, searches, may=may),
        "documents": _documents(found, given, may=may),
        "thread": _thread(found, told["messages"]),
        "timeline": _timeline(found),
        "may": may,
        "main": _main_action(found, searches) if may else None,
        "actions": _actions(found, user),
        "crumbs": [Crumb(_("Tietopyynnöt"), reverse("requests_desk")), Crumb(found.case.identifier)],
    }
    return render(request, "requests/item.html", shown)


def _badges(found: InformationRequest) -> list[Badge]:
    badges = [showing.state_badge(found)]
    if not found.outcome and (due := showing.due_badge(found.case.due_on)):
        badges.append(due)
    if found.asker_wrote_at:
        badges.append(Badge(_("Pyytäjä kirjoitti"), "warning"))
    if found.needs_identity and found.identified_at is None:
        badges.append(Badge(_("Ei tunnistettu"), "warning"))
    return badges


def _asker(found: InformationRequest, told: dict[str, Any]) -> list[Fact]:
    subject = actions.initiator(found).subject
    identified = _("Tunnistettu %(day)s") % {"day": day(found.identified_at)} if found.identified_at else ""
    born = day(subject.birth_date) if subject and subject.birth_date and found.identified_at else ""
    facts = [Fact(_("Nimi"), subject.name if subject else told["name"] or _("Nimetön"))]
    reached = [Fact(label, told[name]) for name, label in (("email", _("Sähköposti")), ("address", _("Postiosoite"))) if told[name]]
    if subject is not None and subject.safety_non_disclosure:
        reached = [Fact(_("Yhteystiedot"), "•••", explain=_("Pyytäjällä on turvakielto. Yhteystiedot avataan osapuolen sivulla."))]
    facts += reached
    facts += [Fact(_("Syntymäaika"), born, _("Henkilötunnus on tallessa salattuna, eikä sitä näytetä."))] if born else []
    return [
        *facts,
        Fact(_("Henkilöllisyys"), identified or (_("Ei tunnistettu") if found.needs_identity else _("Ei tarvita julkiseen tietoon"))),
    ]


def _facts(found: InformationRequest) -> list[Fact]:
    return [
        Fact(_("Pyynnön laji"), str(RequestKind(found.kind).label), KINDS[found.kind].law),
        Fact(_("Saapumisaika"), found.received_at),
        Fact(_("Saapumistapa"), str(Way(found.way).label)),
        Fact(_("Kieli"), {"fi": _("suomi"), "sv": _("ruotsi"), "en": _("englanti")}[found.language]),
        Fact(_("Yksikkö"), found.case.unit.title),
        Fact(_("Käsittelijä"), found.case.handler.name if found.case.handler else _("ei vielä käsittelijää")),
        Fact(_("Tehtäväluokka"), found.case.revision.code),
    ]


def _searches(found: InformationRequest, searches: list[SearchTask], *, may: bool) -> Table:
    rows = []
    for one in searches:
        done = one.task.state == TaskState.DONE
        url, word = _search_address(found, one)
        keys = ", ".join(pick(key.get("label", "")).text for key in one.keys)
        result = (_("Osumia %(count)s") % {"count": one.hits}) if one.hits is not None else _("Siirretty") if done else _("Hakematta")
        when = f"{day(one.searched_at)}" if one.searched_at else ""
        state = Badge(result, "success" if done else "warning")
        rows.append(
            Row(
                [
                    Cell(one.system_title, note=one.task.unit.title),
                    Cell(keys or "–", note=one.note),
                    Cell(badge=state, note=when),
                    Cell(word, url=url) if may and not (done and one.task.kind == "transfer") else Cell(""),
                ]
            )
        )
    columns = [Column("system", _("Mistä haetaan")), Column("keys", _("Hakutekijät")), Column("state", _("Tulos")), Column("do", _("Tee"))]
    return Table(_("Haut"), columns, rows, caption_hidden=True)


def _search_address(found: InformationRequest, one: SearchTask) -> tuple[str, str]:
    if one.task.kind == "transfer":
        return reverse("request_task_act", args=[found.pk, "siirto", one.pk]), _("Siirrä")
    again = _("Hae uudelleen") if one.searched_at else _("Hae")
    if one.system_slug in SOURCES:
        return reverse("request_search", args=[found.pk, one.pk]), again
    return reverse("request_task_act", args=[found.pk, "hakutulos", one.pk]), _("Kirjaa haun tulos")


def _documents(found: InformationRequest, given: dict[int, Delivery], *, may: bool) -> Table:
    language = active_language()
    cited = {ground.code: citation(ground, language) for ground in SecrecyGround.objects.all()}
    rows = []
    for place in found.case.case_documents.select_related("document").prefetch_related("document__files"):
        document: Document = place.document
        publicity = Publicity(document.publicity)
        badge = Badge(publicity.label.pick(language), PUBLICITY_TONES[publicity])  # type: ignore[arg-type]
        rows.append(
            Row(
                [
                    Cell(document.title, note=document.identifier),
                    Cell(badge=badge, note=", ".join(cited.get(code, code) for code in document.grounds) if publicity.needs_ground else ""),
                    _given(given.get(document.pk), document),
                    _giving(found, document, given, may=may),
                ],
                url=reverse("request_document", args=[found.pk, document.pk]),
            )
        )
    columns = [
        Column("document", _("Asiakirja")),
        Column("publicity", _("Julkisuus")),
        Column("given", pgettext("tieto", "Annettu"), nowrap=True),
        Column("do", _("Tee")),
    ]
    return Table(_("Asiakirjat"), columns, rows, caption_hidden=True)


def _given(delivery: Delivery | None, document: Document) -> Cell:
    if delivery is None:
        return Cell(day(document.sent_at), note=str(Way(document.sent_way).label)) if document.sent_at else Cell("–")
    fetched = _("Noudettu %(day)s") % {"day": day(delivery.fetched_at)} if delivery.fetched_at else ""
    return Cell(day(delivery.given_at), note=fetched or str(Way(delivery.way).label))


def _giving(found: InformationRequest, document: Document, given: dict[int, Delivery], *, may: bool) -> Cell:
    if may and document.type_code == "material" and document.pk not in given:
        return Cell(_("Anna"), url=reverse("request_give", args=[found.pk, document.pk]))
    return Cell("")


def _thread(found: InformationRequest, texts: dict[int, str]) -> list[Message]:
    rows = []
    for one in found.messages.all():
        asker = one.direction == MessageDirection.FROM_ASKER
        who = _("Pyytäjä") if asker else _("Meiltä") if one.open else _("Meiltä, ei näy osoitteessa")
        rows.append(Message(who, one.at, texts[one.pk], own=not asker))
    return rows


def _timeline(found: InformationRequest) -> list[TimelineEvent]:
    return [TimelineEvent(event.at, event.label, event.note) for event in reversed(found.case.events.all())]


def _main_action(found: InformationRequest, searches: list[SearchTask]) -> dict[str, str] | None:
    """The one thing to do next."""

    def go(verb: str) -> str:
        return reverse("request_act", args=[found.pk, verb])

    if found.case.handler_id is None:
        return {"label": _("Ota käsittelyyn"), "post": go("ota")}
    if found.outcome:
        return None
    if found.needs_identity and found.identified_at is None:
        return {"label": _("Tunnista pyytäjä"), "url": go("tunnista")}
    waiting = next((one for one in searches if one.task.state == TaskState.OPEN), None)
    collected = found.kind in {RequestKind.OWN_DATA, RequestKind.LOG_DATA}
    if collected and not found.case.case_documents.filter(document__type_code="material").exists():
        own = found.kind == RequestKind.OWN_DATA
        label = _("Kokoa omien tietojen paketti") if own else _("Kokoa tietojen katsomiset")
        return {"label": label, "url": go("paketti" if own else "katsomiset")}
    if waiting is not None:
        url, word = _search_address(found, waiting)
        return {"label": f"{word}: {pick(waiting.system_title).text}", "url": url}
    return {"label": _("Vastaa ja päätä"), "url": go("vastaa")}


def _actions(found: InformationRequest, user: User) -> list[Action]:
    """All that may be done now, by the rights of the person and the state of the request."""
    if found.case.state == CaseState.CLOSED:
        return []
    answers, open_ = user.may("requests.answer", found), not found.outcome
    extendable = len(found.deadlines) == 1 and bool(KINDS[found.kind].reasons) and found.deadlines[0]["code"] == KINDS[found.kind].term
    wanted = found.refusals.exclude(decision_wanted_at=None).exists()
    offered = [
        ("tunnista", _("Tunnista pyytäjä"), answers and found.identified_at is None),
        ("asiakirja", _("Lisää asiakirja"), answers),
        ("paketti", _("Kokoa omien tietojen paketti"), answers and found.kind == RequestKind.OWN_DATA and found.identified_at is not None),
        ("katsomiset", _("Kokoa tietojen katsomiset"), answers and found.kind == RequestKind.LOG_DATA and found.identified_at is not None),
        ("viesti", _("Kirjoita pyytäjälle"), answers),
        ("vastaa", _("Vastaa ja päätä"), answers and open_),
        ("jatka", _("Jatka määräaikaa"), answers and open_ and extendable),
        ("paata", _("Päätä käsittely"), answers),
    ]
    made = [Action(label, reverse("request_act", args=[found.pk, verb])) for verb, label, offer in offered if offer]
    if answers and open_:
        made.insert(-1, Action(_("Kieltäydy antamasta"), reverse("request_refuse", args=[found.pk])))
    if (
        user.may("requests.decide", found)
        and (wanted or KINDS[found.kind].remedy == Remedy.ADMINISTRATIVE_COURT)
        and found.refusals.exists()
    ):
        made.append(Action(_("Kirjaa viranomaisen päätös"), reverse("request_decide", args=[found.pk])))
    if user.may("requests.route") and open_:
        made.append(Action(_("Siirrä toiseen yksikköön"), reverse("request_route", args=[found.pk])))
    return made
