"""Puts a cover before a PDF and a line of text on each of its pages: the marking of a copy."""

from __future__ import annotations

import ctypes
import io
import struct
import sys

import pypdfium2
from pypdfium2 import raw

from kirjaamo.documents.readers.limits import limit

OUTPUT = 128 * 1024 * 1024
SIZE, EDGE = 9.0, 14.0
RED = (170, 0, 0, 255)


def stamp(cover: bytes, data: bytes, line: str) -> bytes:
    """Return the cover and the pages, each page with the line at its upper edge."""
    made = pypdfium2.PdfDocument.new()
    made.import_pages(pypdfium2.PdfDocument(cover))
    first = len(made)
    made.import_pages(pypdfium2.PdfDocument(data))
    for number in range(first, len(made)):
        _write(made, made[number], line)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _write(made: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, line: str) -> None:
    left, _bottom, _right, top = page.get_mediabox()
    text = raw.FPDFPageObj_NewTextObj(made, b"Helvetica-Bold", SIZE)
    encoded = line.encode("utf-16-le") + b"\x00\x00"
    raw.FPDFText_SetText(text, ctypes.cast(ctypes.c_char_p(encoded), ctypes.POINTER(ctypes.c_ushort)))
    raw.FPDFPageObj_SetFillColor(text, *RED)
    raw.FPDFPageObj_Transform(text, 1, 0, 0, 1, left + EDGE, top - EDGE - SIZE)
    raw.FPDFPage_InsertObject(page, text)
    page.gen_content()
    page.close()


def main() -> int:
    """Read the length of the cover, the cover and the PDF from standard input."""
    limit(OUTPUT)
    given = sys.stdin.buffer.read()
    (length,) = struct.unpack(">Q", given[:8])
    sys.stdout.buffer.write(stamp(given[8 : 8 + length], given[8 + length :], sys.argv[1]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
