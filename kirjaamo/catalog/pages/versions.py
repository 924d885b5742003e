"""The whole description at once: to print, to download, and as it was frozen in each publication."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kirjaamo.catalog import changes, exports, gate, reading
from kirjaamo.catalog.content import Entries
from kirjaamo.catalog.kinds import KINDS, Kind
from kirjaamo.catalog.models import Publication
from kirjaamo.catalog.pages.entries import entry_parts
from kirjaamo.catalog.pages.links import crumbs, link_in
from kirjaamo.kernel.journal import canonical
from kirjaamo.ui.access import page
from kirjaamo.ui.languages import active_language

PRINTED = (Kind.RESOURCE, Kind.DATASET, Kind.SYSTEM, Kind.REGISTER)


@page()
def whole(request: HttpRequest) -> HttpResponse:
    """Show the whole description on one page, made to be printed and filed."""
    entries = reading.everything()
    values = {"parts": _printed(entries), "at": timezone.now(), "version": None, "crumbs": crumbs((_("Tulosteena"), ""))}
    return render(request, "catalog/whole.html", values)


def _printed(entries: Entries, version: Publication | None = None) -> list[dict[str, Any]]:
    return [
        {
            "kind": kind,
            "title": KINDS[kind].many,
            "lead": KINDS[kind].lead,
            "entries": [entry_parts(entry, version, live=False) for entry in _ordered(entries, kind)],
        }
        for kind in PRINTED
        if entries.get(kind)
    ]


def _ordered(entries: Entries, kind: Kind) -> list[dict[str, Any]]:
    return sorted(entries.get(kind, {}).values(), key=lambda entry: entry["order"])


@page()
def versions(request: HttpRequest) -> HttpResponse:
    """List the frozen versions, newest first, each with what may be done with it."""
    found = reading.publications()
    older = {version.number: found[place + 1].number for place, version in enumerate(found[:-1])}
    rows = [{"version": version, "before": older.get(version.number)} for version in found]
    return render(request, "catalog/versions.html", {"rows": rows, "crumbs": crumbs((_("Julkaistut versiot"), ""))})


@page()
def version(request: HttpRequest, number: int) -> HttpResponse:
    """Show a frozen version: what it held, on which gate it went out, and its fingerprint."""
    found = _publication(number)
    content = reading.published_content(number)
    link = link_in(number)
    parts = [
        {
            "title": KINDS[kind].many,
            "rows": [
                {"title": entry["title"], "slug": entry["slug"], "url": link(entry), "coded": kind == Kind.CLASS}
                for entry in _ordered(content["entries"], kind)
            ],
        }
        for kind in Kind
        if content["entries"].get(kind)
    ]
    unknown = [row for row in found.gate if row["verdict"] == gate.Verdict.UNKNOWN]
    values = {
        "version": found,
        "parts": parts,
        "sources": content["sources"],
        "unknown": [{"title": row["title"], "text": gate.PROBLEMS[row["problem"]]} for row in unknown],
        "before": Publication.objects.filter(number__lt=number).values_list("number", flat=True).first(),
        "crumbs": _path((_("Versio %(number)s") % {"number": number}, "")),
    }
    return render(request, "catalog/version.html", values)


@page()
def version_whole(request: HttpRequest, number: int) -> HttpResponse:
    """Show a frozen version on one page, made to be printed."""
    found = _publication(number)
    entries = reading.published_content(number)["entries"]
    path = _path((_("Versio %(number)s") % {"number": number}, reverse("catalog_version", args=[number])), (_("Tulosteena"), ""))
    return render(
        request, "catalog/whole.html", {"parts": _printed(entries, found), "at": found.published_at, "version": found, "crumbs": path}
    )


@page()
def difference(request: HttpRequest, number: int, other: int) -> HttpResponse:
    """Show what changed from version `number` to version `other`."""
    before, after = _publication(number), _publication(other)
    found = changes.compare(reading.published_content(number)["entries"], reading.published_content(other)["entries"], active_language())
    link = link_in(other)
    gone = link_in(number)
    rows = [
        {
            "change": change,
            "kind": KINDS[Kind(change.kind)].one,
            "url": (gone if change.what == "removed" else link)({"kind": change.kind, "slug": change.slug}),
        }
        for change in found
    ]
    counts = {what: sum(change.what == what for change in found) for what in ("added", "changed", "removed")}
    values = {"before": before, "after": after, "rows": rows, "counts": counts, "crumbs": _path((_("Mikä muuttui"), ""))}
    return render(request, "catalog/difference.html", values)


@page()
def download(request: HttpRequest, form: str, number: int | None = None) -> HttpResponse:
    """Give the description as JSON or CSV, now or as frozen."""
    del request
    if number is None:
        entries = reading.everything()
        about: dict[str, Any] = {"version": None}
    else:
        content = reading.published_content(_publication(number).number)
        entries = content["entries"]
        about = {"version": number, "authority": content["authority"], "sources": content["sources"]}
    name = f"kuvaus-{number}" if number else "kuvaus"
    return _file(name, form, entries, about)


@page()
def frozen(request: HttpRequest, number: int) -> HttpResponse:
    """Give the very bytes over which a version's fingerprint was taken (sha-256)."""
    del request
    return _answer(
        canonical(reading.published_content(_publication(number).number)), f"kuvaus-{number}-jaadytetty.json", "application/json"
    )


def _file(name: str, form: str, entries: Entries, about: dict[str, Any]) -> HttpResponse:
    if form == "json":
        return _answer(exports.as_json(entries, about), f"{name}.json", "application/json")
    if form == "csv":
        return _answer(exports.as_csv(entries, active_language()), f"{name}.csv", "text/csv; charset=utf-8")
    raise Http404


def _answer(text: str, name: str, content_type: str) -> HttpResponse:
    return HttpResponse(text.encode(), content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _publication(number: int) -> Publication:
    found = reading.publication(number)
    if found is None:
        raise Http404
    return found


def _path(*last: tuple[str, str]) -> list[Any]:
    return crumbs((_("Julkaistut versiot"), reverse("catalog_versions")), *last)
