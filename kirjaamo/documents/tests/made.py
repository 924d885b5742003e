"""Invented files for the tests of this room: honest ones and hostile ones."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pypdfium2
from django.utils.timezone import now

from kirjaamo.documents.actions import Draft, Metadata, compose, receive
from kirjaamo.documents.letter import Letter, prose
from kirjaamo.documents.models import Document, DocumentState, File, Way
from kirjaamo.documents.policy import OFFICE, Upload
from kirjaamo.kernel.actors import Machine
from kirjaamo.values.publicity import Publicity

MACHINE = Machine("test")
WORDS = "Meluaita rakennetaan Koskelantielle keväällä."
DOCUMENT = (
    '<?xml version="1.0"?>{doctype}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    "<w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>"
)
EML = (
    "From: Aino Esimerkki <aino@example.org>\r\nTo: kirjaamo@example.org\r\nSubject: =?utf-8?q?Meluaita_h=C3=A4iritsee?=\r\n"
    "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    "<p>Hyvä kirjaamo</p><script>alert(1)</script><p>aita on matala</p>\r\n--x\r\nContent-Type: application/pdf; name=kuva.pdf\r\n"
    "Content-Disposition: attachment; filename=kuva.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERi0=\r\n--x--\r\n"
).encode()


def pdf(text: str = WORDS) -> bytes:
    """A letter as PDF."""
    return Letter("fi", now(), "Kirje", "Helsingin kaupunki", [prose(text)]).pdf()


def blank_pages(number: int) -> bytes:
    """A PDF of many empty pages."""
    made = pypdfium2.PdfDocument.new()
    for _page in range(number):
        made.new_page(200, 200)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def packed(**entries: str | bytes) -> bytes:
    """A packed file; a name's two underscores are a folder, one before the ending is a dot."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in entries.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"), content)
    return out.getvalue()


def docx(text: str = WORDS, doctype: str = "", **more: str | bytes) -> bytes:
    """A document of a word processor."""
    return packed(word__document_xml=DOCUMENT.format(text=text, doctype=doctype), **more)


def odt(text: str = WORDS) -> bytes:
    """The same in the open format."""
    space = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    return packed(content_xml=f"<office:document-content {space}><text:p>{text}</text:p></office:document-content>")


def xlsx() -> bytes:
    """A spreadsheet of two rows."""
    book = openpyxl.Workbook()
    book.active.append(["Katu", "Metriä"])  # type: ignore[union-attr]
    book.active.append(["Koskelantie", 120])  # type: ignore[union-attr]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


KINDS = {
    "pdf": ("application/pdf", pdf),
    "docx": (OFFICE[".docx"], docx),
    "odt": (OFFICE[".odt"], odt),
    "xlsx": (OFFICE[".xlsx"], xlsx),
    "eml": ("message/rfc822", lambda: EML),
    "txt": ("text/plain", WORDS.encode),
}


def arrived(data: bytes, media_type: str = "application/pdf", name: str = "liite.pdf") -> File:
    """A document that arrived with one file."""
    draft = Draft("Liite", "other", Metadata(Publicity.PUBLIC), uploads=[Upload(name, data, media_type)])
    return receive(draft, sender="Aino Esimerkki", way=Way.EMAIL, arrived_at=now(), actor=MACHINE).files.get()


def own(
    data: bytes = b"%PDF-1", publicity: Publicity = Publicity.PUBLIC, state: DocumentState = DocumentState.DRAFT, name: str = "kirje.pdf"
) -> Document:
    """A document of our own."""
    grounds = ("JulkL-24-1-32",) if publicity.needs_ground else ()
    draft = Draft("Kirje", "other", Metadata(publicity, grounds), uploads=[Upload(name, data, "application/pdf")])
    return compose(draft, author="Kaisa Kirjaaja", actor=MACHINE, state=state)
