"""The start page and the search of the description; both work without script."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kirjaamo.catalog import reading, wording
from kirjaamo.catalog.kinds import KINDS, Kind
from kirjaamo.catalog.pages.links import crumbs
from kirjaamo.catalog.searching import Answer, Asked, Hit, search
from kirjaamo.ui.access import page
from kirjaamo.ui.languages import active_language, pick
from kirjaamo.ui.parts import Badge, Door, Facet, FacetOption, Figure, Pager, changed_query

PARAMETERS = {
    "kind": "laji", "unit": "yksikko", "heading": "otsikko", "publicity": "julkisuus", "connection": "yhteys",
    "class": "luokka", "state": "tila",
}  # fmt: skip
MOST_OPTIONS = 12
LONGEST_PAGE = 6


@page()
def start(request: HttpRequest) -> HttpResponse:
    """Say in one look what this is: find, ask, follow; and a door of their own for those who work here."""
    kinds = Counter(kind for kind, _slug, _title in reading.titles(*Kind))
    figures = [
        Figure(kinds[kind], label, url=f"{reverse('catalog')}?laji={kind}")
        for kind, label in (
            (Kind.RESOURCE, _("tietovarantoa")),
            (Kind.DATASET, _("tietoaineistoa")),
            (Kind.SYSTEM, _("tietojärjestelmää")),
            (Kind.REGISTER, _("henkilörekisteriä")),
        )
    ]
    return render(
        request, "catalog/start.html", {"doors": _doors(), "figures": figures, "work_url": _address("work", "login"), "hide_search": True}
    )


def _doors() -> list[Door]:
    find = reverse("catalog")
    ask = _address("ask_start") or find
    follow = _address("public_cases")
    doors = [
        Door(_("Etsi"), _("Katso, mitä tietoja meillä on, missä ne ovat ja saako ne."), find, _("Selaa kuvausta"), "search"),
        Door(
            _("Pyydä"),
            _("Pyydä asiakirjaa tai omia tietojasi ilman kirjautumista. Näet heti, milloin vastaus tulee ja mitä se maksaa."),
            ask,
            _("Pyydä tietoa"),
            "mail",
        ),
    ]
    if follow:
        doors.append(
            Door(
                _("Seuraa"),
                _("Avaa pyyntösi kuittauksessa olevasta linkistä, tai katso julkisesta asiarekisteristä, missä vaiheessa asia on."),
                follow,
                _("Katso asian vaihe"),
                "clock",
            )
        )
    return doors


def _address(*names: str) -> str:
    for name in names:
        try:
            return reverse(name)
        except NoReverseMatch:
            continue
    return ""


@page()
def catalog(request: HttpRequest) -> HttpResponse:
    """Search and browse the description; a script asks for the results alone while the words are being typed."""
    live = bool(getattr(request, "htmx", False))
    asked = _asked(request, live=live)
    answer = search(asked)
    if not answer.total and asked.text and not live:
        asked, answer = _again(asked, answer)
    values = {
        "text": asked.text,
        "wide": asked.wide,
        "wide_url": changed_query(request, laaja="1", sivu=None),
        "narrow_url": changed_query(request, laaja=None, sivu=None),
        "all_url": changed_query(request, sivu=None, **dict.fromkeys(PARAMETERS.values())),
        "narrowed": bool(asked.chosen),
        "answer": answer,
        "rows": [_row(hit) for hit in answer.hits],
        "facets": _facets(request, asked, answer),
        "pager": _pager(request, answer),
        "said": _said(asked, answer),
        "kept": {PARAMETERS[facet]: value for facet, value in asked.chosen.items()} | ({"laaja": "1"} if asked.wide else {}),
    }
    if live and request.htmx.target == "results":  # type: ignore[attr-defined]
        return render(request, "catalog/results.html", values)
    versions = reading.publications()[:1]
    more = {"crumbs": crumbs()[:2], "hide_search": True, "version": versions[0] if versions else None}
    return render(request, "catalog/catalog.html", values | more)


def _asked(request: HttpRequest, *, live: bool) -> Asked:
    given = request.GET
    page_text = given.get("sivu", "1")
    return Asked(
        text=" ".join(given.get("q", "").replace("\x00", " ").split())[:200],
        language=active_language(),
        wide=given.get("laaja") == "1",
        prefix=live,
        chosen={facet: given[name] for facet, name in PARAMETERS.items() if given.get(name)},
        page=int(page_text) if page_text.isascii() and page_text.isdigit() and len(page_text) <= LONGEST_PAGE else 1,
    )


def marked(segments: Iterable[tuple[str, bool]]) -> SafeString:
    """Return segments as HTML, escaped, with a mark on the hits."""
    return format_html_join("", "{}", ((format_html("<mark>{}</mark>", text) if hit else text,) for text, hit in segments))


def _row(hit: Hit) -> dict[str, Any]:
    """A result as its template reads it."""
    publicity, state = hit.facets.get("publicity"), hit.facets.get("state")
    badge = None
    if publicity:
        word = _("Julkisuus ei tiedossa") if publicity == "unknown" else wording.said(wording.ACCESS, publicity)
        badge = Badge(word, wording.ACCESS_TONES[publicity])
    return {
        "kind": KINDS[Kind(hit.kind)].one,
        "url": hit.url,
        "title": marked(hit.title),
        "text": marked(hit.text),
        "state": wording.said(wording.STATES, state) if state not in ("", "in_use", None) else "",
        "badge": badge,
    }


def _facets(request: HttpRequest, asked: Asked, answer: Answer) -> list[Facet]:
    names = {(kind, slug): pick(title).text for kind, slug, title in reading.titles(Kind.UNIT, Kind.CLASS)}
    units = {slug: title for (kind, slug), title in names.items() if kind == Kind.UNIT}
    classes = {slug: f"{slug} {title}" for (kind, slug), title in names.items() if kind == Kind.CLASS}
    tables: list[tuple[str, str, Mapping[str, object]]] = [
        ("kind", _("Laji"), {kind.value: facts.many for kind, facts in KINDS.items()}),
        ("publicity", _("Julkisuus"), wording.ACCESS),
        ("unit", _("Yksikkö"), units),
        ("heading", _("Aihe"), wording.HEADINGS),
        (
            "class",
            _("Tehtäväluokka"),
            {slug: title for slug, title in classes.items() if " " not in slug or slug == asked.chosen.get("class")},
        ),
        ("connection", _("Miten tieto haetaan"), wording.CONNECTIONS),
        ("state", _("Tila"), wording.STATES),
    ]
    made = [Facet(title, _options(request, facet, table, asked, answer)) for facet, title, table in tables]
    return [facet for facet in made if facet.options]


def _options(request: HttpRequest, facet: str, table: Mapping[str, object], asked: Asked, answer: Answer) -> list[FacetOption]:
    """The choices of a facet that lead somewhere: most results first where there are many, else in the order of the table."""
    counts, chosen, name = answer.counts[facet], asked.chosen.get(facet), PARAMETERS[facet]
    codes = [code for code in table if counts[code] or code == chosen]
    if len(codes) > MOST_OPTIONS:
        best = sorted(codes, key=lambda code: (code != chosen, -counts[code]))[:MOST_OPTIONS]
        codes = [code for code in codes if code in best]
    return [
        FacetOption(
            str(table[code]), changed_query(request, **{name: None if code == chosen else code, "sivu": None}), counts[code], code == chosen
        )
        for code in codes
    ]


def _pager(request: HttpRequest, answer: Answer) -> Pager:
    def turn(number: int) -> str:
        return changed_query(request, sivu=str(number)) if 1 <= number <= answer.pages and number != answer.page else ""

    return Pager(turn(answer.page - 1), turn(answer.page + 1), len(answer.hits), answer.total)


def _again(asked: Asked, answer: Answer) -> tuple[Asked, Answer]:
    """Ask more loosely when nothing was found: first as while typing, then for some of the words, since people ask in sentences."""
    looser = [replace(asked, prefix=True)]
    looser += [replace(asked, loose=True, wide=True)] if not asked.chosen else []
    for one in looser:
        found = search(one)
        if found.total:
            return one, found
    return asked, answer


def _said(asked: Asked, answer: Answer) -> str:
    """Say in words how many results there are, for the eye and for a screen reader."""
    count = {"count": answer.total, "text": asked.text}
    if asked.loose:
        return (
            ngettext(
                "Kaikilla sanoilla ei löytynyt mitään. %(count)s tulos, jossa on jokin haun ”%(text)s” sanoista",
                "Kaikilla sanoilla ei löytynyt mitään. %(count)s tulosta, joissa on jokin haun ”%(text)s” sanoista",
                answer.total,
            )
            % count
        )
    if asked.text:
        return ngettext("%(count)s tulos haulle ”%(text)s”", "%(count)s tulosta haulle ”%(text)s”", answer.total) % count
    return ngettext("%(count)s kuvattu kohde", "%(count)s kuvattua kohdetta", answer.total) % count
