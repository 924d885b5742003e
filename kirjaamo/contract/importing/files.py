"""Reading a table from a CSV or XLSX file as rows of text, a row at a time."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from kirjaamo.kernel.errors import BadInput

ENDINGS = ("csv", "txt", "xlsx")
MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 200_000, 200, 20_000
MOST_UNPACKED = 500_000_000
SEPARATORS = ";\t,|"


def rows_of(name: str, data: bytes) -> Iterator[list[str]]:
    """Yield the rows of the file, the heads first; `BadInput` says what is wrong with the file as a whole."""
    rows = _xlsx(data) if name.lower().endswith(".xlsx") or data[:4] == b"PK\x03\x04" else _csv(data)
    count = 0
    for row in rows:
        cells = [cell.strip() for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            continue
        count += 1
        if count > MOST_ROWS + 1 or len(cells) > MOST_COLUMNS or any(len(cell) > LONGEST_CELL for cell in cells):
            told = _(
                "Tiedosto on liian suuri rivistä %(line)d alkaen: enintään %(rows)d riviä, %(columns)d saraketta ja solussa "
                "%(characters)d merkkiä. Jaa se osiin."
            )
            raise BadInput(
                told % {"line": count, "rows": MOST_ROWS, "columns": MOST_COLUMNS, "characters": LONGEST_CELL},
                code="contract.file_too_large",
                field="file",
            )
        yield cells


def _csv(data: bytes) -> Iterator[list[str]]:
    """Text in UTF-8, or as older spreadsheets write it; the separator is the one that the heads use most."""
    if b"\0" in data[:4096]:
        raise _unreadable()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    first = text.split("\n", 1)[0]
    separator = max(SEPARATORS, key=first.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=False)
    except csv.Error as error:
        raise _unreadable() from error


def _xlsx(data: bytes) -> Iterator[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(one.file_size for one in packed.infolist()) > MOST_UNPACKED:
                raise _unreadable()
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise _unreadable() from error
    sheet = book.worksheets[0]
    sheet.reset_dimensions()  # what a file says of its own size is not trusted
    for row in sheet.iter_rows(values_only=True):
        yield [_text(value) for value in row]
    book.close()


def _text(value: Any) -> str:
    """A cell of a workbook as people would type it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat()
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(Decimal(repr(value)))
    return str(value)


def _unreadable() -> BadInput:
    told = _("Tiedostoa ei voi lukea taulukkona. Tallenna se CSV- tai XLSX-muotoon ja lähetä uudelleen.")
    return BadInput(told, code="contract.file_unreadable", field="file")
