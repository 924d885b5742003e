"""The description as files: JSON with everything, CSV with one row for each entry in one language."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

from kirjaamo.catalog import wording
from kirjaamo.catalog.content import Content, Entries
from kirjaamo.catalog.kinds import KINDS, Kind
from kirjaamo.kernel.journal import canonical
from kirjaamo.ui.languages import Text, pick

BOM = "\ufeff"
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
COLUMNS = (
    "kind", "id", "title", "other_names", "purpose", "description", "decided_by", "ask_from", "publicity", "secrecy_grounds",
    "publicity_note",
    "retention", "since", "search_keys", "datasets", "data_groups", "left_out", "systems", "registers", "owners", "users", "controller",
    "connection", "state", "open_interface", "interface_address", "function_classes", "privacy_notice", "get_it_here", "part_of", "feeds",
)  # fmt: skip


def as_json(entries: Entries, about: Mapping[str, Any]) -> str:
    """Return the description as JSON; the same content always gives the same text."""
    return canonical({**about, "entries": {kind: sorted(found.values(), key=lambda e: e["order"]) for kind, found in entries.items()}})


def as_csv(entries: Entries, language: str) -> str:
    """Return the description as CSV for a spreadsheet: byte order mark, semicolons, no cell that starts a formula."""
    out = io.StringIO()
    out.write(BOM)
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    for kind in Kind:
        for entry in sorted(entries.get(kind, {}).values(), key=lambda e: e["order"]):
            row = _row(entry, language)
            writer.writerow([harmless(row.get(column, "")) for column in COLUMNS])
    return out.getvalue()


def harmless(cell: str) -> str:
    """Return the cell so that no spreadsheet runs it: a leading = + - @ or control character gets an apostrophe before it."""
    text = cell.replace("\x00", "")
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text


def _row(entry: Content, language: str) -> dict[str, str]:
    def text(value: Text | None) -> str:
        return pick(value, language).text

    def titles(key: str) -> str:
        return " | ".join(text(one["title"]) for one in entry.get(key) or [])

    access = entry.get("access", {})
    interface = entry.get("open_interface", {})
    controller = entry.get("controller", {})
    groups = entry.get("groups") or [g for d in entry.get("datasets", []) for g in d["groups"]]
    return {
        "kind": str(KINDS[Kind(entry["kind"])].one),
        "id": entry["slug"],
        "title": text(entry["title"]),
        "other_names": " | ".join(entry["names"]),
        "purpose": text(entry.get("purpose")),
        "description": text(entry.get("description") or entry.get("tasks")),
        "decided_by": text(entry["decided_by"]["title"]) if "decided_by" in entry else "",
        "ask_from": text(entry["contacts"]["unit"]["title"]) if "contacts" in entry else "",
        "publicity": wording.said(wording.ACCESS, access["kind"]) if access else "",
        "secrecy_grounds": " | ".join(access.get("grounds", [])),
        "publicity_note": text(access.get("note")),
        "retention": text(entry.get("retention")),
        "since": entry.get("since", ""),
        "search_keys": " | ".join(text(key["label"]) for key in entry.get("keys", [])),
        "datasets": titles("datasets"),
        "data_groups": " | ".join(text(group["title"]) for group in groups),
        "left_out": text(entry.get("left_out")),
        "systems": titles("systems"),
        "registers": titles("registers"),
        "owners": titles("owners"),
        "users": text(entry.get("users")),
        "controller": wording.said(wording.CONTROLLERS, controller["kind"]) if controller else "",
        "connection": wording.said(wording.CONNECTIONS, entry["connection"]) if "connection" in entry else "",
        "state": wording.said(wording.STATES, entry["state"]) if "state" in entry else "",
        "open_interface": wording.said(wording.ANSWERS, interface["answer"]) if interface else "",
        "interface_address": interface.get("url", ""),
        "function_classes": " | ".join(f"{one['slug']} {text(one['title'])}" for one in entry.get("classes", [])),
        "privacy_notice": wording.said(wording.NOTICES, entry["notice"]) if "notice" in entry else "",
        "get_it_here": " | ".join(one["url"] for one in entry.get("get_here", [])),
        "part_of": text(entry["part_of"]["title"]) if entry.get("part_of") else "",
        "feeds": titles("feeds"),
    }
