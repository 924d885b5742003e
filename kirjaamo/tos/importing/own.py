"""The plan's own table, as it is exported: CSV or the first sheet of an Excel file."""

from __future__ import annotations

import csv
import io
import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from kirjaamo.tos.importing.content import check, check_places
from kirjaamo.tos.importing.findings import Read
from kirjaamo.tos.pack import key_of
from kirjaamo.tos.table import COLUMNS, LANGUAGES, plain, rule_of, value_of

if TYPE_CHECKING:
    from kirjaamo.tos.norms import Known

CODE = re.compile(r"\d{2}( \d{2}){0,5}")
KINDS = {"class", "stage", "measure", "document", "attachment"}
NEEDED = ("kind", "class", "code", "title_fi")
MOST_ROWS = 50_000


def is_own(head: Sequence[object]) -> bool:
    """Whether the first row is the heading of the plan's own table."""
    return {"kind", "class", "code"} <= {plain(cell) for cell in head}


def csv_rows(data: bytes) -> list[list[str]]:
    """The rows of a CSV file, with commas or semicolons."""
    text = data.decode("utf-8-sig")
    first = text.split("\n", 1)[0]
    return list(csv.reader(io.StringIO(text), delimiter=";" if first.count(";") > first.count(",") else ","))


def read_own(rows: Iterable[Sequence[object]], known: Known) -> Read:  # noqa: C901 - one fault of a row after another
    """Read the table; every error is named with its row and column."""
    read = Read("table")
    classes: dict[str, dict[str, Any]] = {}
    keys: dict[str, int] = {}
    lines = iter(rows)
    head = [plain(cell) for cell in next(lines, ())]
    for name in NEEDED:
        if name not in head:
            read.error(1, _("Otsikkoriviltä puuttuu sarake ”%(name)s”."), name, name=name)
    for name in head:
        if name and name not in COLUMNS:
            read.remark(1, _("Saraketta ”%(name)s” ei tunneta, se jäi pois."), name[:40], name=name[:40])
    if read.errors:
        return read
    for number, cells in enumerate(lines, start=2):
        row = {name: plain(cell) for name, cell in zip(head, cells, strict=False) if name}
        if any(row.values()):
            _row(read, number, row, classes, keys)
        if number > MOST_ROWS:
            read.error(number, _("Taulukossa on yli %(most)s riviä."), most=MOST_ROWS)
            break
    if not classes and not read.errors:
        read.error(0, _("Taulukossa ei ole yhtään luokkaa."))
    for content in classes.values():
        if check_places(read, content["nodes"]):
            check(read, content, known)
    _parents(read, classes)
    read.content = {"classes": list(classes.values())}
    return read


def _row(read: Read, number: int, row: Mapping[str, str], classes: dict[str, dict[str, Any]], keys: dict[str, int]) -> None:
    kind, code = row.get("kind", ""), " ".join(row.get("class", "").split())
    if kind not in KINDS:
        read.error(number, _("Tuntematon laji ”%(kind)s”."), "kind", kind=kind[:40])
        return
    if not CODE.fullmatch(code):
        read.error(number, _("”%(code)s” ei ole luokan tunnus."), "class", code=code[:40])
        return
    if not row.get("title_fi"):
        read.error(number, _("Nimi suomeksi puuttuu."), "title_fi")
        return
    rule, wrong = rule_of(row)
    for name in wrong:
        read.error(number, _("Sarakkeen %(name)s arvo ”%(value)s” ei kelpaa."), name, name=name, value=row[name][:40])
    if kind == "class":
        if code in classes:
            read.error(number, _("Luokka %(code)s on jo rivillä %(at)s."), "class", code=code, at=classes[code]["row"])
            return
        classes[code] = _class(read, number, row, code, rule)
        return
    if code not in classes:
        read.error(number, _("Luokan %(code)s oma rivi puuttuu tai on vasta myöhemmin."), "class", code=code)
        return
    _node(read, number, row, classes[code], rule, keys)


def _class(read: Read, number: int, row: Mapping[str, str], code: str, rule: dict[str, Any]) -> dict[str, Any]:
    parent = row.get("parent", "")
    if parent and not CODE.fullmatch(parent):
        read.error(number, _("”%(parent)s” ei ole luokan tunnus."), "parent", parent=parent[:40])
    return {
        "code": code,
        "parent": parent,
        "title": _texts(row, "title"),
        "description": _texts(row, "description"),
        "note": _texts(row, "note"),
        "internal": row.get("internal", ""),
        "template": row.get("template", "")[:60],
        "sources": value_of("sources", row.get("sources", "")),
        "proposed": row.get("proposed") == "1",
        "rules": rule,
        "nodes": [],
        "row": number,
    }


def _node(read: Read, number: int, row: Mapping[str, str], content: dict[str, Any], rule: dict[str, Any], keys: dict[str, int]) -> None:
    code = row.get("code", "")
    if not code:
        read.error(number, _("Kohdan tunnus puuttuu."), "code")
        return
    key = row.get("key") or str(key_of(content["code"], row["kind"], code))
    try:
        key = str(uuid.UUID(key))
    except ValueError:
        read.error(number, _("Avain ”%(key)s” ei kelpaa."), "key", key=key[:40])
        return
    twin = next((told for told in content["nodes"] if (told["kind"], told["code"]) == (row["kind"], code)), None)
    if twin:
        read.error(number, _("Tunnus %(code)s on jo rivillä %(at)s."), "code", code=code, at=twin["row"])
        return
    if key in keys:
        read.error(number, _("Avain on jo rivillä %(at)s."), "key", at=keys[key])
        return
    keys[key] = number
    content["nodes"].append(
        {
            "key": key,
            "kind": row["kind"],
            "parent": row.get("parent", ""),
            "code": code,
            "title": _texts(row, "title"),
            "type_code": row.get("type_code", ""),
            "specifier": _texts(row, "specifier"),
            "terminal": row.get("terminal") == "1",
            "required": row.get("required") == "1",
            "deadline": row.get("deadline", ""),
            "note": _texts(row, "note"),
            "source": row.get("source", "")[:300],
            "said": rule,
            "row": number,
        }
    )


def _texts(row: Mapping[str, str], name: str) -> dict[str, str]:
    return {language: row[f"{name}_{language}"] for language in LANGUAGES if row.get(f"{name}_{language}")}


def _parents(read: Read, classes: Mapping[str, Mapping[str, Any]]) -> None:
    """Name classes that stand under themselves, and children that stand before their parent."""
    for code, content in classes.items():
        path, above = [code], content["parent"]
        while above in classes and above not in path:
            path.append(above)
            above = classes[above]["parent"]
        if above == code or above in path:
            read.error(content["row"], _("Luokka %(code)s on itsensä alla."), "parent", code=code)
        elif content["parent"] in classes and classes[content["parent"]]["row"] > content["row"]:
            read.error(
                content["row"],
                _("Luokan %(code)s yläluokka on vasta rivillä %(at)s."),
                "parent",
                code=code,
                at=classes[content["parent"]]["row"],
            )
