"""The search page: one box, results of every kind with what narrows them, and the searches that a person keeps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from kirjaamo.cases.models import address_of
from kirjaamo.cases.reading import identifiers_in
from kirjaamo.kernel.errors import Refused
from kirjaamo.kernel.finding import SEARCHED, Answer, Hit, Question, ask
from kirjaamo.search import actions
from kirjaamo.search.models import SavedSearch
from kirjaamo.ui.access import STAFF, actor_of, page
from kirjaamo.ui.languages import active_language
from kirjaamo.ui.parts import Crumb, Facet, FacetOption, Pager, changed_query
from kirjaamo.ui.wording import day

if TYPE_CHECKING:
    from kirjaamo.organisation.models import User

PARAMETERS = {"kind": "laji", "class": "luokka", "year": "vuosi"}
KEPT = ("q", "laaja", "jarjestys", *PARAMETERS.values())
MOST_OPTIONS = 12
LONGEST_PAGE = 6


@page(needs=STAFF)
def search(request: HttpRequest) -> HttpResponse:
    """Answer the words of the address; a script asks for the results alone while they are typed. An identifier leads to its case."""
    live = bool(getattr(request, "htmx", False))
    question, actor = _question(request, live=live), actor_of(request)
    answer = ask(question, actor, timezone.now())
    if not live and (named := _named(question.text, answer)):
        return redirect(named)
    values = {
        "question": question,
        "answer": answer,
        "said": _said(question, answer),
        "rows": [_row(hit) for hit in answer.hits],
        "facets": _facets(request, question, answer),
        "pager": _pager(request, answer),
        "narrowed": bool(question.chosen),
        "all_url": changed_query(request, sivu=None, **dict.fromkeys(PARAMETERS.values())),
        "wide_url": changed_query(request, laaja=None if question.wide else "1", sivu=None),
        "sort_url": changed_query(request, jarjestys=None if question.sort == "new" else "uusin", sivu=None),
        "kept": {name: request.GET[name] for name in KEPT if name != "q" and request.GET.get(name)},
    }
    if live and request.htmx.target == "results":  # type: ignore[attr-defined]
        return render(request, "search/results.html", values)
    saved = SavedSearch.objects.filter(user=cast("User", request.user))
    crumbs = [Crumb(_("Työtila"), reverse("work")), Crumb(_("Haku"))]
    more = {"crumbs": crumbs, "saved": saved, "address": _address(request), "hide_search": True}
    return render(request, "search/search.html", values | more)


def _question(request: HttpRequest, *, live: bool) -> Question:
    given = request.GET
    number = given.get("sivu", "1")
    return Question(
        text=" ".join(given.get("q", "").replace("\x00", " ").split())[:200],
        language=active_language(),
        wide=given.get("laaja") == "1",
        prefix=live,
        chosen={facet: given[name] for facet, name in PARAMETERS.items() if given.get(name)},
        sort="new" if given.get("jarjestys") == "uusin" else "best",
        page=int(number) if number.isascii() and number.isdigit() and len(number) <= LONGEST_PAGE else 1,
    )


def _named(text: str, answer: Answer) -> str:
    """The address of the one case that the text names by its identifier, when the reader finds it."""
    named = identifiers_in(text)
    if len(named) != 1 or not any(hit.kind == "case" and hit.key == named[0] for hit in answer.hits):
        return ""
    return reverse("case", args=[address_of(named[0])])


def _address(request: HttpRequest) -> str:
    """The search of the page as an address without its page number."""
    given = request.GET.copy()
    for name in [name for name in given if name not in KEPT or not given[name]]:
        del given[name]
    return given.urlencode()


def _marked(segments: Iterable[tuple[str, bool]]) -> SafeString:
    return format_html_join("", "{}", ((format_html("<mark>{}</mark>", text) if hit else text,) for text, hit in segments))


def _row(hit: Hit) -> dict[str, Any]:
    """A result as its template reads it."""
    shown_key = hit.key if hit.kind == "case" else ""
    meta = [text for text in (shown_key, day(hit.at)) if text]
    return {
        "kind": _kinds().get(hit.kind, hit.kind), "url": hit.url, "title": _marked(hit.title), "text": _marked(hit.text), "meta": meta,
    }  # fmt: skip


def _kinds() -> dict[str, object]:
    return {kind: label for source in SEARCHED.values() for kind, label in source.kinds.items()}


def _facets(request: HttpRequest, question: Question, answer: Answer) -> list[Facet]:
    tables: list[tuple[str, str, Mapping[str, object]]] = [
        ("kind", _("Mitä"), _kinds()),
        ("class", _("Tehtäväluokka"), {code: code for code in sorted(answer.counts["class"]) if code}),
        ("year", _("Vuosi"), {year: year for year in sorted(answer.counts["year"], reverse=True) if year}),
    ]
    made = [Facet(title, _options(request, facet, table, question, answer)) for facet, title, table in tables]
    return [facet for facet in made if facet.options]


def _options(request: HttpRequest, facet: str, table: Mapping[str, object], question: Question, answer: Answer) -> list[FacetOption]:
    counts, chosen, name = answer.counts[facet], question.chosen.get(facet), PARAMETERS[facet]
    codes = [code for code in table if counts[code] or code == chosen]
    best = sorted(codes, key=lambda code: (code != chosen, -counts[code]))[:MOST_OPTIONS]
    return [
        FacetOption(
            str(table[code]), changed_query(request, **{name: None if code == chosen else code, "sivu": None}), counts[code], code == chosen
        )
        for code in codes
        if code in best
    ]


def _pager(request: HttpRequest, answer: Answer) -> Pager:
    def turn(number: int) -> str:
        return changed_query(request, sivu=str(number)) if 1 <= number <= answer.pages and number != answer.page else ""

    return Pager(turn(answer.page - 1), turn(answer.page + 1), len(answer.hits), answer.total)


def _said(question: Question, answer: Answer) -> str:
    if not question.text:
        return _("Kirjoita, mitä etsit.")
    count = {"count": answer.total, "text": question.text}
    if answer.capped and not question.chosen:
        return _("Yli %(count)s tulosta haulle ”%(text)s”. Tarkenna hakua tai rajaa tuloksia.") % count
    return ngettext("%(count)s tulos haulle ”%(text)s”", "%(count)s tulosta haulle ”%(text)s”", answer.total) % count


@page(needs=STAFF)
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep the search under a name and return to it."""
    address = request.POST.get("address", "").lstrip("?")
    try:
        kept = actions.save_search(request.POST.get("name", ""), address, actor=cast("User", request.user))
        messages.success(request, _("Haku ”%s” on tallennettu.") % kept.name)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect(f"{reverse('work_search')}?{address}")


@page(needs=STAFF)
@require_POST
def remove(request: HttpRequest, key: int) -> HttpResponse:
    """Let a kept search go."""
    actions.remove_search(key, actor=cast("User", request.user))
    messages.success(request, _("Tallennettu haku on poistettu."))
    return redirect("work_search")
