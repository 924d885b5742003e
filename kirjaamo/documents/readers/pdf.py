"""Reads the text of a PDF, or draws one page of it."""

from __future__ import annotations

import json
import struct
import sys
import zlib

import pypdfium2
from pypdfium2 import raw

from kirjaamo.documents.readers.limits import Refusal, Told, answer, limit

PAGE_LIMIT = 2_000
WIDEST, TALLEST = 1600, 3200


def _pdf(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise Refusal("password" if "password" in str(error).lower() else "broken") from None


def read_pdf(data: bytes, told: Told) -> None:
    """Read page by page, at most so many pages."""
    pdf = _pdf(data)
    told.pages = len(pdf)
    if raw.FPDFDoc_GetJavaScriptActionCount(pdf) > 0:
        told.warn("script")
    if raw.FPDFDoc_GetAttachmentCount(pdf) > 0:
        told.warn("embedded")
    for number in range(min(told.pages, PAGE_LIMIT)):
        if not told.add(_page_text(pdf, number)):
            return
    if told.pages > PAGE_LIMIT:
        told.problem = "pages"


def _page_text(pdf: pypdfium2.PdfDocument, number: int) -> str:
    try:
        page = pdf[number]
        try:
            return str(page.get_textpage().get_text_bounded())
        finally:
            page.close()
    except pypdfium2.PdfiumError:
        return ""


def draw_page(data: bytes, number: int, width: int) -> bytes:
    """Draw one page as a PNG of at most so many pixels. A page that is not there is refused."""
    pdf = _pdf(data)
    if not 0 <= number < len(pdf):
        raise Refusal("no_page")
    page = pdf[number]
    across, down = page.get_size()
    scale = min(min(width, WIDEST) / max(across, 1), TALLEST / max(down, 1))
    picture = page.render(scale=scale, draw_annots=True, may_draw_forms=False, rev_byteorder=True, force_bitmap_format=2)
    return png(bytes(picture.buffer), picture.width, picture.height, picture.stride)


def png(rows: bytes, width: int, height: int, stride: int) -> bytes:
    """Write rows of red, green and blue as a PNG."""
    lines = b"".join(b"\x00" + rows[at * stride : at * stride + width * 3] for at in range(height))

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(lines, 6)) + chunk(b"IEND", b"")


def draw(number: int, width: int) -> int:
    """Draw a page of the PDF on standard input."""
    limit()
    try:
        picture = draw_page(sys.stdin.buffer.read(), number, width)
    except Refusal as refusal:
        picture = json.dumps({"refused": refusal.code}).encode()
    sys.stdout.buffer.write(picture)
    return 0


if __name__ == "__main__":
    sys.exit(draw(int(sys.argv[2]), int(sys.argv[3])) if sys.argv[1] == "page" else answer(read_pdf))
