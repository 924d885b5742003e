"""Reads the text of DOCX, ODT and XLSX with limits to what is unpacked and a parser that resolves no entities."""

from __future__ import annotations

import io
import sys
import zipfile
import zlib
from collections.abc import Iterator

import openpyxl
from lxml import etree

from kirjaamo.documents.readers.limits import Refusal, Told, answer

UNPACKED_LIMIT = 256 * 1024 * 1024
ENTRY_LIMIT = 5_000
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ODF = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def unpack(data: bytes) -> zipfile.ZipFile:
    """Open a packed file whose contents stay within the limits; the sizes that it declares bound what can be read of it."""
    try:
        packed = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise Refusal("broken") from None
    entries = packed.infolist()
    if len(entries) > ENTRY_LIMIT or sum(entry.file_size for entry in entries) > UNPACKED_LIMIT:
        raise Refusal("bomb")
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refusal("password")
    return packed


def _events(packed: zipfile.ZipFile, name: str) -> Iterator[tuple[str, etree._Element]]:
    """Walk the elements of one part; entities are not resolved and a document type is refused."""
    with packed.open(name) as stream:
        walk = etree.iterparse(
            stream, events=("end", "start"), resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False
        )
        try:
            for event, element in walk:
                if event == "start" and element.getparent() is None and element.getroottree().docinfo.doctype:
                    raise Refusal("entities")
                yield event, element
        except (etree.XMLSyntaxError, zipfile.BadZipFile, zlib.error, EOFError):
            raise Refusal("broken") from None


def _paragraphs(packed: zipfile.ZipFile, name: str, ends: tuple[str, ...], told: Told) -> bool:
    """Add the text of each paragraph of a part."""
    for event, element in _events(packed, name):
        if event == "end" and element.tag in ends:
            going = told.add("".join(str(piece) for piece in element.itertext()))
            element.clear()
            if not going:
                return False
    return True


def read_docx(data: bytes, told: Told) -> None:
    """Read body, headers, footers, notes and comments."""
    packed = unpack(data)
    names = packed.namelist()
    _office_warnings(names, packed, told)
    wanted = ("word/document.xml", "word/header", "word/footer", "word/footnotes.xml", "word/endnotes.xml", "word/comments.xml")
    if "word/document.xml" not in names:
        raise Refusal("broken")
    for name in sorted((n for n in names if n.startswith(wanted) and n.endswith(".xml")), key=lambda n: n != "word/document.xml"):
        if not _paragraphs(packed, name, (f"{W}p",), told):
            return


def read_odt(data: bytes, told: Told) -> None:
    """Read paragraphs and headings."""
    packed = unpack(data)
    if "content.xml" not in packed.namelist():
        raise Refusal("broken")
    if any(name.startswith(("Basic/", "Scripts/")) for name in packed.namelist()):
        told.warn("macros")
    _paragraphs(packed, "content.xml", (f"{ODF}p", f"{ODF}h"), told)


def read_xlsx(data: bytes, told: Told) -> None:
    """Read the cells of all sheets, row by row."""
    packed = unpack(data)
    _office_warnings(packed.namelist(), packed, told)
    for name in packed.namelist():
        if name.endswith(".xml") and b"<!DOCTYPE" in packed.open(name).read(2000):
            raise Refusal("entities")
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    told.pages = len(book.sheetnames)
    for sheet in book.worksheets:
        if not told.add(sheet.title):
            return
        for row in sheet.iter_rows(values_only=True):
            line = "\t".join(str(cell) for cell in row if cell is not None)
            if line and not told.add(line):
                return


def _office_warnings(names: list[str], packed: zipfile.ZipFile, told: Told) -> None:
    if any(name.lower().endswith(("vbaproject.bin", "vbadata.xml")) for name in names):
        told.warn("macros")
    if any("/embeddings/" in name or name.endswith((".exe", ".dll", ".js", ".vbs")) for name in names):
        told.warn("embedded")
    relations = [name for name in names if name.endswith(".rels")][:ENTRY_LIMIT]
    if any(b"attachedTemplate" in (text := packed.open(name).read(200_000)) and b'"External"' in text for name in relations):
        told.warn("remote_template")


READERS = {"docx": read_docx, "odt": read_odt, "xlsx": read_xlsx}

if __name__ == "__main__":
    sys.exit(answer(READERS[sys.argv[2]]))
