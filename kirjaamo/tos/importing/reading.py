"""From the bytes of a file to what it brings: the kind is told by the content, not by the name."""

from __future__ import annotations

import csv
import io
import warnings
import zipfile
from typing import TYPE_CHECKING

import openpyxl
from django.utils.translation import gettext_lazy as _
from openpyxl.utils.exceptions import InvalidFileException

from kirjaamo.tos.importing.classes import read_classes
from kirjaamo.tos.importing.findings import Read
from kirjaamo.tos.importing.own import csv_rows, is_own, read_own
from kirjaamo.tos.importing.workbook import is_workbook, read_workbook

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

    from kirjaamo.tos.norms import Known

ZIP = b"PK\x03\x04"
MOST_UNPACKED = 100_000_000
"""Bytes that the parts of an Excel file may take unpacked."""


def read_file(data: bytes, known: Known) -> Read:
    """Read a file of classes, of the city's workbook or of the plan's own table. A file that is none of them is an error."""
    if data.startswith(ZIP):
        return _excel(data, known)
    try:
        rows = csv_rows(data)
    except (UnicodeDecodeError, csv.Error) as error:
        if isinstance(error, UnicodeDecodeError) or b"\x00" in data:
            return read_classes(data)
        return _refused(_("Tiedostoa ei voi lukea CSV-taulukkona: %(error)s"), error=error)
    return read_own(rows, known) if rows and is_own(rows[0]) else read_classes(data)


def _excel(data: bytes, known: Known) -> Read:
    try:
        book = _open(data)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, OSError) as error:
        return _refused(
            _("Tiedosto ei ole ehjä Excel-työkirja (%(error)s). Tallenna se uudelleen .xlsx-muodossa."), error=type(error).__name__
        )
    if is_workbook(book):
        return read_workbook(book, known)
    sheet = book.worksheets[0] if book.worksheets else None
    rows = [list(row) for row in sheet.iter_rows(values_only=True)] if sheet else []
    if rows and is_own(rows[0]):
        return read_own(rows, known)
    return _refused(_("Työkirja ei ole TOS-työkirja eikä tämän suunnitelman oma taulukko."))


def _open(data: bytes) -> Workbook:
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        if sum(part.file_size for part in parts.infolist()) > MOST_UNPACKED:
            message = "too large unpacked"
            raise ValueError(message)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of features that the plan does not use: validation lists, pictures
        return openpyxl.load_workbook(io.BytesIO(data), data_only=True)


def _refused(words: object, **values: object) -> Read:
    read = Read("unknown")
    read.error(0, words, "", **values)
    return read
