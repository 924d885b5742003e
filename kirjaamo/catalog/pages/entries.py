"""The page of one thing of the description, now or as it stood in a frozen version."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kirjaamo.catalog import reading, showing, wording
from kirjaamo.catalog.content import Content
from kirjaamo.catalog.kinds import KINDS, SEGMENTS, Kind
from kirjaamo.catalog.models import Connection, InformationSystem, Publication
from kirjaamo.catalog.pages.links import ask_address, crumbs, link_in
from kirjaamo.kernel.registry import parts_of
from kirjaamo.ui import wording as wording_of
from kirjaamo.ui.access import STAFF, actor_of, page
from kirjaamo.ui.languages import pick
from kirjaamo.ui.parts import Crumb, Fact

TEMPLATES = {Kind.UNIT: "catalog/unit.html", Kind.CLASS: "catalog/class.html"}


@page()
def entry(request: HttpRequest, segment: str, slug: str) -> HttpResponse:
    """Show a resource, dataset, system, register, unit or class as it is described now."""
    kind = _kind(segment)
    found = reading.entry(kind, slug.replace("-", " ") if kind == Kind.CLASS else slug)
    if found is None:
        raise Http404
    path = crumbs((str(KINDS[kind].many), f"{reverse('catalog')}?laji={kind}"), (pick(found["title"]).text, ""))
    parts = entry_parts(found)
    if found.get("connection") == Connection.FED and kind == Kind.SYSTEM:
        parts["standing"] += _fed(found["slug"], staff=actor_of(request).may(STAFF))
    return render(request, TEMPLATES.get(kind, "catalog/entry.html"), parts | {"crumbs": path})


def _fed(slug: str, *, staff: bool) -> list[Fact]:
    """When a system last reported, and to people who work here by which account (one statement)."""
    told = InformationSystem.objects.filter(slug=slug).values_list("feeder", "last_event_at").first()
    if told is None or told[1] is None:
        return []
    facts = [Fact(_("Viimeisin tapahtuma"), wording_of.moment(timezone.localtime(told[1])))]
    return [*facts, Fact(_("Syöttäjä"), told[0])] if staff else facts


@page()
def version_entry(request: HttpRequest, number: int, segment: str, slug: str) -> HttpResponse:
    """Show the same page as a publication froze it."""
    kind = _kind(segment)
    version = reading.publication(number)
    found = reading.published_entry(number, kind, slug.replace("-", " ") if kind == Kind.CLASS else slug) if version else None
    if version is None or found is None:
        raise Http404
    name = _("Versio %(number)s") % {"number": number}
    path = crumbs(
        (_("Julkaistut versiot"), reverse("catalog_versions")),
        (name, reverse("catalog_version", args=[number])),
        (pick(found["title"]).text, ""),
    )
    return render(request, TEMPLATES.get(kind, "catalog/entry.html"), entry_parts(found, version) | {"crumbs": path})


def _kind(segment: str) -> Kind:
    if segment not in SEGMENTS:
        raise Http404
    return SEGMENTS[segment]


def entry_parts(found: Content, version: Publication | None = None, *, live: bool = True) -> dict[str, Any]:
    """Return what the template of an entry reads. `live`: with what a register of this program holds at this moment."""
    link = link_in(version.number if version else None)
    kind = Kind(found["kind"])
    parts: dict[str, Any] = {
        "entry": found,
        "kind_title": KINDS[kind].one,
        "version": version,
        "badges": showing.badges(found),
        "contacts": showing.contacts(found, link) if "contacts" in found else None,
        "classes": showing.ref_rows(found.get("classes", []), link, coded=True),
        "registers": showing.ref_rows(found.get("registers", []), link),
    }
    if kind == Kind.UNIT:
        return parts | _unit_parts(found, link)
    if kind == Kind.CLASS:
        return parts | _class_parts(found, link)
    made = parts | {
        "lead": found["purpose"],
        "ask_url": "" if version else ask_address(kind, found["slug"]),
        "openness": showing.openness(found, link),
        "keys": showing.key_table(found),
        "standing": showing.standing(found),
        "owners": showing.owner_facts(found, link) if "owners" in found else [],
        "ties": showing.ties(found, link),
        "datasets": _datasets(found, link),
        "systems": showing.system_rows(found, link) if "systems" in found else [],
        "notice": _notice(found),
        "corrections": showing.corrections(found),
        "statements": showing.statements(found),
        "examples": [_example(one, link) for one in found.get("examples", [])],
        "get_here": [
            one | {"url": showing.safe_url(one["url"]), "word": wording.said(wording.GET_HERE, one["kind"])} for one in found["get_here"]
        ],
        "home": _home(found, live=live and version is None),
    }
    return made | {"contents": _contents(made)}


def _datasets(found: Content, link: showing.Link) -> list[dict[str, Any]]:
    """The datasets of an entry with their groups; a dataset's own page shows its own groups."""
    if found["kind"] == Kind.DATASET:
        return [
            {
                "title": "",
                "url": "",
                "description": {},
                "table": showing.group_table(found),
                "left_out": found["left_out"],
                "any": bool(found["groups"]),
            }
        ]
    return [
        {
            "title": one["title"],
            "url": link(one),
            "description": one["description"],
            "table": showing.group_table(one),
            "left_out": one["left_out"],
            "any": bool(one["groups"]),
        }
        for one in found.get("datasets", [])
    ]


def _home(found: Content, *, live: bool) -> dict[str, Any] | None:
    """A register of this program: its data groups, and how much it holds at this moment (one statement of the register)."""
    told = found.get("home")
    if not told:
        return None
    sources = parts_of(told["slug"]) if live else []
    return {"table": showing.group_table(told), "records": sum(source.describe().records for source in sources) if sources else None}


def _notice(found: Content) -> Fact | None:
    if "notice" not in found:
        return None
    url = showing.safe_url(found["notice_url"])
    return Fact(_("Tietosuojaseloste"), wording.said(wording.NOTICES, found["notice"]), url=url)


def _example(one: Content, link: showing.Link) -> dict[str, Any]:
    """A worked example: the keys that were asked for, and where the request went."""
    keys = [Fact(key.get("label", ""), key.get("question") or _("Kerro tämä, jos tiedät sen.")) for key in one["keys"]]
    return {"title": one["title"], "keys": keys, "note": one["note"], "system": one["system"], "url": link(one["system"])}


def _unit_parts(found: Content, link: showing.Link) -> dict[str, Any]:
    above = [Fact(_("Kuuluu yksikköön"), found["parent"]["title"], url=link(found["parent"]))] if found["parent"] else []
    facts = [
        *above,
        Fact(_("Viranomainen"), found["authority"]),
        Fact(_("Ylempi toimielin"), found["body"] or _("Ei tiedossa")),
        Fact(_("Päättää tiedon antamisesta"), _("Kyllä") if found["decides"] else _("Ei: pyyntö siirtyy yksikölle, joka päättää")),
    ]
    lists = [
        (_("Alayksiköt"), showing.ref_rows(found["children"], link)),
        (_("Tietovarannot"), showing.ref_rows(found["resources"], link)),
        (_("Tietojärjestelmät, jotka yksikkö omistaa"), showing.ref_rows(found["owned"], link)),
        (_("Tietojärjestelmät, joiden tiedoista yksikkö päättää"), showing.ref_rows(found["decided"], link)),
        (_("Henkilörekisterit"), showing.ref_rows(found["registers"], link)),
        (_("Tehtäväluokat"), showing.ref_rows(found["classes"], link, coded=True)),
    ]
    return {"facts": facts, "lists": [(title, rows) for title, rows in lists if rows]}


def _class_parts(found: Content, link: showing.Link) -> dict[str, Any]:
    above = (
        [Fact(_("Yläluokka"), f"{found['parent']['slug']} {pick(found['parent']['title']).text}", url=link(found["parent"]))]
        if found["parent"]
        else []
    )
    facts = [
        *above,
        Fact(_("Tunnus"), found["slug"]),
        Fact(_("Alkuperä"), wording.said(wording.CLASS_ORIGINS, found["origin"])),
        Fact(_("Suunnitelma voimassa alkaen"), showing.written_date(found["valid_from"]) or _("Ei tiedossa")),
    ]
    lists = [
        (_("Alaluokat"), showing.ref_rows(found["children"], link, coded=True)),
        (_("Yksiköt, jotka hoitavat tehtävää"), showing.ref_rows(found["units"], link)),
        (_("Tietovarannot"), showing.ref_rows(found["resources"], link)),
        (_("Tietojärjestelmät"), showing.ref_rows(found["systems"], link)),
        (_("Henkilörekisterit"), showing.ref_rows(found["registers"], link)),
    ]
    return {"facts": facts, "lists": [(title, rows) for title, rows in lists if rows]}


def _contents(made: dict[str, Any]) -> list[Crumb]:
    """The headings of the page, for the list beside it."""
    shown = [
        (_("Saako tiedon?"), "#julkisuus", True),
        (_("Millä tiedon löytää"), "#hakutekijat", True),
        (_("Tietoaineistot ja tietoryhmät"), "#aineistot", True),
        (_("Tietojärjestelmät"), "#jarjestelmat", bool(made["systems"])),
        (_("Omistaja ja käyttäjät"), "#omistaja", bool(made["owners"])),
        (_("Hallinta ja tila"), "#tila", bool(made["standing"])),
        (_("Mihin tieto liittyy"), "#yhteydet", bool(made["ties"] or made["classes"] or made["registers"])),
        (_("Esimerkkejä pyynnöistä"), "#esimerkit", bool(made["examples"])),
        (_("Mistä pyydät"), "#yhteystiedot", True),
        (_("Sivulla julkaistu tieto ja oikaisut"), "#oikaisut", bool(made["statements"] or made["corrections"])),
    ]
    return [Crumb(label, url) for label, url, there in shown if there]
