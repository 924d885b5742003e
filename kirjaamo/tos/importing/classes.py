"""A tree of classes as a list of codes and titles: two columns of CSV, such as the city's own edition of 2016."""

from __future__ import annotations

import csv
import io
import re

from django.utils.translation import gettext_lazy as _

from kirjaamo.tos.importing.findings import Read

CODE = re.compile(r"\d{2}( \d{2}){0,5}")
MOST_ROWS = 20_000


def read_classes(data: bytes) -> Read:
    """Read rows of code and title. Errors: not text, no code, two rows with one code, a child before its parent.

    A parent that is missing altogether is a remark, for an edition to compare with need not be whole.
    """
    read = Read("tree")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        read.error(0, _("Tiedosto ei ole UTF-8-tekstiä. Tallenna se CSV-muodossa (UTF-8)."))
        return read
    if "\x00" in text:
        read.error(0, _("Tiedosto ei ole tekstiä. Tallenna se CSV-muodossa (UTF-8)."))
        return read
    rows: list[dict[str, str]] = []
    seen: dict[str, int] = {}
    delimiter = ";" if text.split("\n", 1)[0].count(";") > text.split("\n", 1)[0].count(",") else ","
    for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter), start=1):
        cells = [" ".join(cell.split()) for cell in row]
        if not any(cells) or (number == 1 and not CODE.fullmatch(cells[0]) and cells[0].casefold() in {"tunnus", "code", "koodi"}):
            continue
        _row(read, number, cells, rows, seen)
        if len(rows) > MOST_ROWS:
            read.error(number, _("Tiedostossa on yli %(most)s luokkaa."), most=MOST_ROWS)
            break
    if not rows and not read.findings:
        read.error(0, _("Tiedostossa ei ole yhtään luokkaa."))
    _parents(read, rows, seen)
    read.content = {"classes": rows}
    return read


def _row(read: Read, number: int, cells: list[str], rows: list[dict[str, str]], seen: dict[str, int]) -> None:
    if len(cells) < 2 or not cells[1]:  # noqa: PLR2004 - a code and a title
        read.error(number, _("Rivillä on oltava tunnus ja nimi."))
        return
    code, title = cells[0], cells[1]
    if not CODE.fullmatch(code):
        read.error(number, _("”%(code)s” ei ole luokan tunnus. Tunnus on kahden numeron ryhmiä, kuten 07 01 04."), "tunnus", code=code[:40])
    elif code in seen:
        read.error(number, _("Tunnus %(code)s on jo rivillä %(at)s."), "tunnus", code=code, at=seen[code])
    else:
        seen[code] = number
        rows.append({"code": code, "title": title[:256]})


def _parents(read: Read, rows: list[dict[str, str]], seen: dict[str, int]) -> None:
    for row in rows:
        code = row["code"]
        parent = code.rpartition(" ")[0]
        if not parent:
            continue
        if parent not in seen:
            read.remark(seen[code], _("Luokan %(code)s yläluokkaa %(parent)s ei ole tiedostossa."), "tunnus", code=code, parent=parent)
        elif seen[parent] > seen[code]:
            read.error(
                seen[code],
                _("Luokan %(code)s yläluokka %(parent)s on vasta rivillä %(at)s. Siirrä yläluokka ennen alaluokkaa."),
                "tunnus",
                code=code,
                parent=parent,
                at=seen[parent],
            )
