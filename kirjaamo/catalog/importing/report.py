"""The import report: what a page was read as, what to look at, what was not placed. Markdown that is also plain text."""

# ruff: noqa: PLR2004 - lengths and shares that tell one shape from another stand where they are used

from __future__ import annotations

from collections import Counter
from typing import Final

from kirjaamo.catalog.importing.draft import Draft
from kirjaamo.catalog.importing.matching import Match, Matching
from kirjaamo.catalog.importing.page import Page

_KINDS: Final = {
    "body": "Viranomainen",
    "unit": "Yksiköt",
    "resource": "Tietovarannot",
    "dataset": "Tietoaineistot",
    "system": "Tietojärjestelmät",
    "register": "Henkilörekisterit",
    "class_code": "Tehtäväluokat",
    "contact": "Yhteystiedot",
    "request_example": "Pyyntöesimerkit",
}
_STATUSES: Final = {"placed": "sijoitettu", "heading": "otsikoita", "blank": "tyhjiä", "left_over": "sijoittamatta"}
_FINDINGS: Final = {
    "nothing_recognised": "Mitään ei tunnistettu",
    "empty_list": "Luettelo puuttuu",
    "duplicated_text": "Sama asia kahdesti",
    "same_description": "Sama kuvaus kahdella järjestelmällä",
    "similar_description": "Lähes sama kuvaus kahdella järjestelmällä",
    "system_not_described": "Järjestelmä nimetty, ei kuvattu",
    "system_described_nowhere": "Järjestelmää ei kuvata missään",
    "resource_not_described": "Tietovaranto nimetty, ei kuvattu",
    "owner_dates_past": "Omistajatieto menneestä",
    "unknown_class": "Tuntematon tehtäväluokka",
    "class_title_differs": "Tehtäväluokan nimi poikkeaa",
    "address_repeated": "Osoite toistuu",
    "name_repeated": "Nimi toistuu",
    "field_missing": "Tieto puuttuu",
    "source_missing": "Lähde puuttuu",
    "line_too_long": "Liian pitkä rivi",
}


def render_text(draft: Draft, matching: Matching | None = None, *, page: Page | None = None, limit: int = 200) -> str:
    """The report of one page, in Finnish.

    ``page`` lets the left-over lines be shown with their text; ``limit`` is the most rows of one list, and what is cut is
    said. With a ``matching`` of several pages, a system that another page describes is not called undescribed.
    """
    parts = [*_counts(draft), *_coverage(draft), *_findings(draft, matching, limit)]
    if matching is not None:
        parts += _matches(draft, matching, limit)
    return "\n".join([*parts, *_left_over(draft, page, limit)]) + "\n"


def _counts(draft: Draft) -> list[str]:
    counts, lines = draft.counts(), draft.line_counts()
    rows = [f"| {label} | {counts[kind]} |" for kind, label in _KINDS.items() if counts.get(kind)]
    told = ", ".join(f"{_STATUSES[status]} {count}" for status, count in lines.items())
    head = [f"# {draft.page}", "", f"{draft.title or 'Sivulla ei ole otsikkoa.'}", ""]
    table = ["| Tunnistettu | Määrä |", "|---|---:|", *rows, ""] if rows else ["Sivulta ei tunnistettu mitään.", ""]
    return [*head, *table, f"Rivejä {sum(lines.values())}: {told}.", ""]


def _coverage(draft: Draft) -> list[str]:
    """How many of the things that section 28 asks about have what it asks."""
    rows: list[str] = []
    systems = [entity for entity in draft.of_kind("system") if entity.field("owner") or entity.field("description")]
    if systems:
        told = {name: sum(1 for one in systems if one.value(name)) for name in ("owner", "users", "description")}
        rows.append(
            f"Kuvattuja järjestelmiä {len(systems)}: omistaja {told['owner']}, käyttäjät {told['users']}, kuvaus {told['description']}."
        )
    holders = [*draft.of_kind("resource"), *draft.of_kind("dataset")]
    if holders:
        keys = sum(1 for one in holders if one.items("keys"))
        interface = sum(1 for one in holders if one.items("interface"))
        rows.append(
            f"Hakutekijät kerrotaan {keys}/{len(holders)} ja avoin rajapinta {interface}/{len(holders)} tietovarannosta tai aineistosta."
        )
    return [*rows, ""] if rows else []


def _findings(draft: Draft, matching: Matching | None, limit: int) -> list[str]:
    """Findings by kind. With a matching, a system that is described on another page is not called undescribed."""
    found = list(draft.findings)
    if matching is not None:
        nowhere = [one for one in matching.findings if one.params.get("page") == draft.page]
        found = [one for one in found if one.code != "system_not_described"] + nowhere
    if not found:
        return ["## Huomiot", "", "Ei huomautettavaa.", ""]
    rows = ["## Huomiot", ""]
    for code, count in Counter(one.code for one in found).items():
        rows += [f"### {_FINDINGS.get(code, code)} ({count})", ""]
        these = [one for one in found if one.code == code]
        rows += [f"- {_places(one.lines)}{one.fi}" for one in these[:limit]]
        rows += _cut(len(these), limit)
        rows.append("")
    return rows


def _places(lines: tuple[int, ...]) -> str:
    if not lines:
        return ""
    shown = ", ".join(str(line) for line in lines[:6]) + (" …" if len(lines) > 6 else "")
    return f"{'rivi' if len(lines) == 1 else 'rivit'} {shown}: "


def _cut(count: int, limit: int) -> list[str]:
    return [f"- … ja {count - limit} muuta"] if count > limit else []


def _matches(draft: Draft, matching: Matching, limit: int) -> list[str]:
    rows = ["## Tunnistaminen", ""]
    mine = [row for row in matching.matches if row.page == draft.page]
    counted = Counter(row.verdict for row in mine)
    rows += [f"Samoja {counted['same']}, luultavasti samoja {counted['probably_same']}, uusia {counted['new']}.", ""]
    shown = [row for row in mine if row.verdict != "new" and not _plain(row)]
    if shown:
        rows += ["| Sivulla | Luultavasti tai varmasti | Peruste |", "|---|---|---|"]
        rows += [
            f"| {_cell(row.name)} | {_cell(row.target_name)}{'' if row.verdict == 'same' else ' ?'} | {row.fi} |" for row in shown[:limit]
        ]
        rows += _cut(len(shown), limit)
        rows.append("")
    return rows


def _plain(row: Match) -> bool:
    """A thing that is known by exactly this name needs no row."""
    return row.verdict == "same" and row.reason in {"equal_name", "code"}


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _left_over(draft: Draft, page: Page | None, limit: int) -> list[str]:
    numbers = draft.left_over()
    if not numbers:
        return ["## Sijoittamatta", "", "Jokainen rivi sijoitettiin."]
    rows = ["## Sijoittamatta", ""]
    texts = {line.number: line.text.strip() for line in page.lines} if page else {}
    for number in numbers[:limit]:
        text = texts.get(number, "")
        rows.append(f"- rivi {number}" + (f": {text[:160]}{'…' if len(text) > 160 else ''}" if text else ""))
    return [*rows, *_cut(len(numbers), limit)]
