"""The plan workbook of the city (v1.4, 29.1.2018): a sheet for each class, rows by type in the first column (records.md § 4.1)."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from kirjaamo.tos.importing.codes import Names, plain
from kirjaamo.tos.importing.content import check, check_places
from kirjaamo.tos.importing.findings import Read
from kirjaamo.tos.pack import key_of

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

    from kirjaamo.tos.norms import Known

CODE = re.compile(r"\d{2}( \d{2}){0,5}")
KINDS = {
    "asian metatiedot": "class",
    "käsittelyvaiheen metatiedot": "stage",
    "toimenpiteen metatiedot": "measure",
    "asiakirjan metatiedot": "document",
    "asiakirjan liitteen metatiedot": "attachment",
}
STAGE, MEASURE, TYPE, SPECIFIER, ATTACHMENT, SYSTEM = 2, 3, 4, 5, 6, 7
PUBLICITY, SECRECY_YEARS, GROUND, SECRECY_START, PERSONAL, IDENTITY, YEARS, BASIS, TRIGGER, NOTE = range(8, 18)
LIST_SHEET = "koodistot"
PERMANENT = "-1"


def is_workbook(book: Workbook) -> bool:
    """Whether a workbook is of this kind: some sheet begins with the heading of the class column."""
    return any(plain(sheet.cell(1, 1).value) == "tehtäväluokka" for sheet in book.worksheets)


def read_workbook(book: Workbook, known: Known) -> Read:
    """Read every sheet of classes. What is not understood is an error with its row; what had to be read otherwise a remark."""
    read, names, classes = Read("workbook"), Names(), []
    for sheet in book.worksheets:
        if plain(sheet.cell(1, 1).value) == "tehtäväluokka":
            rows = [tuple(row) for row in sheet.iter_rows(values_only=True)]
            classes.append(_Sheet(read, names, known).read(rows))
    content = [one for one in classes if one]
    codes = [one["code"] for one in content]
    for code in {one for one in codes if codes.count(one) > 1}:
        read.error(0, _("Luokka %(code)s on tiedostossa kahdesti."), code=code)
    if not content and not read.errors:
        read.error(0, _("Työkirjassa ei ole yhtään luokkaa."))
    for one in content:
        if check_places(read, one["nodes"]):
            check(read, one, known)
    read.content = {"classes": content}
    return read


class _Sheet:
    """One sheet being read: the class, and the nodes so far."""

    def __init__(self, read: Read, names: Names, known: Known) -> None:
        self.result, self.names, self.known = read, names, known
        self.nodes: list[dict[str, Any]] = []
        self.last: dict[str, str] = {}
        self.used: set[tuple[str, str]] = set()
        self.code, self.title = "", ""
        self.rules: dict[str, Any] = {}

    def read(self, rows: Sequence[tuple[Any, ...]]) -> dict[str, Any] | None:
        """Read the rows of a sheet."""
        for number, row in enumerate(rows, start=1):
            first = " ".join(str(row[0]).split()) if row[0] is not None else ""
            kind = KINDS.get(first.casefold())
            if CODE.fullmatch(first) and row[1]:
                self.code, self.title = first, " ".join(str(row[1]).split())
            elif kind == "class":
                self.rules = self._rule(number, row)
            elif kind:
                self._node(number, kind, row)
            elif first and number > 1 and not first.casefold().startswith("asiakirjallisen tiedon käsit"):
                self.result.remark(number, _("Riviä ”%(first)s” ei tunnistettu, se jäi pois."), first=first[:60])
        if not self.code:
            self.result.error(0, _("Taulukosta puuttuu luokan tunnus."))
            return None
        return {
            "code": self.code,
            "title": {"fi": self.title},
            "rules": self.rules,
            "nodes": self.nodes,
            "row": 1,
            "sources": ["TOS-työkirja"],
            "proposed": True,
        }

    def _node(self, number: int, kind: str, row: Sequence[Any]) -> None:
        title = self._title(kind, row)
        if not title:
            self.result.error(number, _("Rivillä ei ole nimeä."))
            return
        code = self._code(kind, title)
        above = {"stage": "", "measure": "stage", "document": "measure" if "measure" in self.last else "stage", "attachment": "document"}[
            kind
        ]
        parent = self.last.get(above, "") if above else ""
        if above and not parent:
            self.result.error(number, _("”%(title)s” on ennen yläkohtaansa."), "A", title=title)
            return
        key = str(key_of(self.code, kind, code))
        type_list = {"stage": "PhaseType", "document": "RecordType", "attachment": "RecordType"}.get(kind)
        column = STAGE if kind == "stage" else TYPE
        type_code = self._coded(number, type_list, row[column], required=False) if type_list else ""
        note = _text(row[NOTE])
        self.nodes.append(
            {
                "key": key,
                "kind": kind,
                "parent": parent,
                "code": code,
                "title": {"fi": title},
                "type_code": type_code or "",
                "note": {"fi": note} if note else {},
                "said": self._rule(number, row) if kind in {"document", "attachment"} else {},
                "row": number,
            }
        )
        self.last = {name: value for name, value in self.last.items() if name in _outer(kind)} | {kind: key}

    def _title(self, kind: str, row: Sequence[Any]) -> str:
        if kind == "stage":
            return _text(row[STAGE])
        if kind == "measure":
            return _text(row[MEASURE])
        return _text(row[ATTACHMENT] if kind == "attachment" else row[SPECIFIER]) or _text(row[TYPE])

    def _code(self, kind: str, title: str) -> str:
        base = slugify(title).replace("-", "_")[:50] or uuid.uuid4().hex[:8]
        code, number = base, 2
        while (kind, code) in self.used:
            code, number = f"{base}_{number}", number + 1
        self.used.add((kind, code))
        return code

    def _rule(self, number: int, row: Sequence[Any]) -> dict[str, Any]:
        told = {
            "publicity": self._coded(number, "PublicityClass", row[PUBLICITY]),
            "personal": self._coded(number, "PersonalData", row[PERSONAL]),
            "identity_code": {"yes": True, "no": False}.get(self._coded(number, "SocialSecurityNumber", row[IDENTITY]) or ""),
            "retention_basis": _text(row[BASIS])[:300] or None,
            "systems": [_text(row[SYSTEM])] if _text(row[SYSTEM]) else None,
            **self._secrecy(number, row),
            **self._retention(number, row),
        }
        return {name: value for name, value in told.items() if value is not None}

    def _secrecy(self, number: int, row: Sequence[Any]) -> dict[str, Any]:
        cited = _text(row[GROUND])
        if not cited:
            return {}
        ground = self.names.ground(cited)
        if ground is None or ground not in self.known.ends:
            self.result.error(number, _("Tuntematon salassapitoperuste ”%(cited)s”."), "Salassapitoperuste", cited=cited[:60])
            return {}
        years, start = _text(row[SECRECY_YEARS]), self._coded(number, "SecurityPeriodStart", row[SECRECY_START], required=False)
        told: dict[str, Any] = {"grounds": [ground]}
        if years.isdigit():
            told |= {"secrecy_end": "years", "secrecy_years": int(years), "secrecy_start": start or "document_date"}
            by_law = self.known.ends[ground]
            if by_law.kind != "years" or by_law.years != int(years):
                self.result.remark(
                    number,
                    _("Salassapitoaika %(years)s vuotta poikkeaa siitä, mitä perusteesta seuraa (JulkL 31 §). Tarkista."),
                    "Salassapitoaika",
                    years=years,
                )
        return told

    def _retention(self, number: int, row: Sequence[Any]) -> dict[str, Any]:
        value = _text(row[YEARS])
        if not value:
            return {}
        code = self.names.code("RetentionPeriod", value)
        if code is None:
            self.result.error(number, _("Tuntematon säilytysaika ”%(value)s”."), "Säilytysaika", value=value[:40])
            return {}
        if code == PERMANENT:
            basis = _text(row[BASIS])
            told: dict[str, Any] = {"retention_mode": "permanent"}
            if plain(basis).startswith("sp-asiakirjoille"):
                told |= {"archiving": "archive", "archiving_decision": basis.partition(":")[2].strip()[:200], "after_retention": "transfer"}
            return told
        trigger = self._coded(number, "RetentionPeriodStart", row[TRIGGER])
        return {"retention_mode": "years", "retention_years": int(code), "retention_trigger": trigger or ""}

    def _coded(self, number: int, list_name: str, value: Any, *, required: bool = True) -> str | None:
        if not _text(value):
            return None
        code = self.names.code(list_name, value)
        if code is None and required:
            self.result.error(
                number, _("Tuntematon arvo ”%(value)s” (%(list_name)s)."), list_name, value=_text(value)[:60], list_name=list_name
            )
        elif code is None:
            self.result.remark(
                number, _("Arvo ”%(value)s” ei ole koodistossa %(list_name)s."), list_name, value=_text(value)[:60], list_name=list_name
            )
        return code


def _text(value: object) -> str:
    return " ".join(str(value).split()) if value is not None else ""


def _outer(kind: str) -> set[str]:
    """What stays open when a row of a kind comes: a stage closes all, a measure keeps its stage, and so on."""
    order = ("stage", "measure", "document", "attachment")
    return set(order[: order.index(kind)])
