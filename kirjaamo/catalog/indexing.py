"""What of the description can be found by search: for each page and language its words, and the facts that narrow a list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kirjaamo.catalog.content import Content, Entries
from kirjaamo.catalog.kinds import KINDS, Kind, plain_address
from kirjaamo.kernel.search_text import document_vector
from kirjaamo.ui.languages import pick

SOURCE = "catalog"
TITLE_TIMES = 3
"""A word of the title counts as so many of the body."""


def search_row(kind: str, entry: Content, language: str, entries: Entries) -> dict[str, Any]:
    """Return the values of one search row (`kernel.SearchRow`) without its vector."""
    title = pick(entry["title"], language).text
    name = f"{entry['slug']} {title}" if kind == Kind.CLASS else title
    return {
        "source": SOURCE,
        "key": f"{kind}:{entry['slug']}",
        "language": language,
        "kind": kind,
        "title": name,
        "text": body(entry, language),
        "url": plain_address(kind, entry["slug"], language),
        "open": True,
        "facets": facets(kind, entry, entries),
        "weight": KINDS[Kind(kind)].weight,
    }


def vector(row: dict[str, Any], more: str) -> str:
    """Return the index text of a search row; `more` is found but not shown."""
    titles = {f"title{n}": row["title"] for n in range(TITLE_TIMES)}
    return document_vector({**titles, "text": row["text"], "more": more}, row["language"])


def body(entry: Content, language: str) -> str:
    """Return the running text that a result shows a part of."""
    names = ("purpose", "description", "tasks", "left_out", "users")
    texts = [pick(entry[name], language).text for name in names if entry.get(name)]
    return " ".join(text for text in texts if text)


def more(entry: Content, language: str) -> str:
    """Return the words by which the page is also found: other names, everyday words, keys, data groups, what it is tied to."""
    parts: list[str] = list(entry.get("names", []))
    parts.append(entry.get("everyday", {}).get(language, ""))
    parts += [pick(value, language).text for value in _values(entry)]
    if language == "fi":  # the published statements are quotations of Finnish pages
        parts += [text for told in entry.get("statements", []) for text in (told["heading"], told["description"])]
        parts += [correction["published"] for correction in entry.get("corrections", [])]
    if entry["kind"] != Kind.UNIT:
        parts += [one["slug"] for one in entry.get("classes", [])]
    return "\n".join(part for part in parts if part)


def _values(entry: Content) -> Iterator[Any]:
    for key in entry.get("keys", []):
        yield key["label"]
    for group in [*entry.get("groups", []), *(g for d in entry.get("datasets", []) for g in d["groups"])]:
        yield group["title"]
    if entry["kind"] not in (Kind.UNIT, Kind.CLASS):  # these would answer for everything that they are tied to
        for name in ("datasets", "systems", "registers", "resources", "classes", "owners", "parts", "examples"):
            for one in entry.get(name, []):
                yield one["title"]
    for name in ("decided_by", "unit", "resource", "part_of", "parent"):
        if entry.get(name):
            yield entry[name]["title"]
    for name in ("body", "authority"):
        yield entry.get(name)
    for one in entry.get("get_here", []):
        yield one["title"]


def facets(kind: str, entry: Content, entries: Entries) -> dict[str, Any]:
    """Return the facts by which lists are narrowed; lists where an entry has several."""
    units = [entry[name]["slug"] for name in ("decided_by", "unit") if entry.get(name)]
    units += [owner["slug"] for owner in entry.get("owners", []) if owner["kind"] == Kind.UNIT]
    units += [entry["slug"]] if kind == Kind.UNIT else [one["slug"] for one in entry.get("units", [])]
    codes = [one["slug"] for one in entry.get("classes", [])] + ([entry["slug"]] if kind == Kind.CLASS else [])
    return {
        "unit": sorted({above for unit in units for above in _upward(unit, entries)}),
        "heading": entry.get("heading", ""),
        "publicity": entry["access"]["kind"] if "access" in entry else "",
        "connection": entry.get("connection", ""),
        "state": entry.get("state", ""),
        "class": sorted({" ".join(code.split(" ")[:depth]) for code in codes for depth in range(1, code.count(" ") + 2)}),
        "order": entry["order"],
    }


def _upward(slug: str, entries: Entries) -> Iterator[str]:
    units = entries.get(Kind.UNIT, {})
    here: str | None = slug
    while here:
        yield here
        parent = units.get(here, {}).get("parent")
        here = parent["slug"] if parent else None
