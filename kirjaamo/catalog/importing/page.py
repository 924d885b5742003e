"""From bytes to numbered lines: what kind of file this is, in which encoding, and what stands on each line.

A line keeps its text as it stood. An HTML page becomes lines too, and then a line also knows whether it was a
heading, a list item or a table row, which links stood on it, and whether it belongs to the furniture of the site.
"""

# ruff: noqa: PLR2004 - lengths and shares that tell one shape from another stand where they are used

from __future__ import annotations

import codecs
import hashlib
import re
from dataclasses import dataclass
from typing import Final, Literal

from kirjaamo.catalog.importing.lines import CONTROL, Line, split_lines, visible
from kirjaamo.catalog.importing.markup import markup_lines
from kirjaamo.catalog.importing.problems import PageProblem

MAX_BYTES: Final = 10_000_000
"""A published page is a few hundred kilobytes at most; anything above this is a mistake."""

Form = Literal["text", "html"]

_SIGNATURES: Final[tuple[tuple[bytes, str], ...]] = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "ZIP (Word, Excel, ODF)"),
    (b"PK\x05\x06", "ZIP"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Word/Excel 97"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG\r\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"RIFF", "RIFF"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"\x7fELF", "ELF"),
    (b"SQLite format 3\x00", "SQLite"),
)
_BOMS: Final[tuple[tuple[bytes, str], ...]] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MARKUP = re.compile(r"<(?:!doctype\s+html|html|head|body|div|main|article|section|table|ul|ol|p|h[1-6])\b[^<>]{0,2000}>", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([A-Za-z0-9_-]{2,40})", re.IGNORECASE)


@dataclass(frozen=True)
class Page:
    """A page that could be read: its name, what it was, and its lines in order, numbered from 1 without gaps."""

    name: str
    form: Form
    encoding: str
    digest: str
    lines: tuple[Line, ...]


def read_page(data: bytes, name: str) -> Page:
    """Read one page from ``data``; ``name`` is shown to people. Raises ``PageProblem`` when it is not a page of text."""
    from_signature(data, name)
    text, encoding = decode(data, name)
    if not visible(text):
        raise PageProblem("only_whitespace", name=name)
    digest = hashlib.sha256(data).hexdigest()
    if _MARKUP.search(text[:200_000]):
        return Page(name, "html", encoding, digest, markup_lines(text, name))
    lines = tuple(Line(number, line) for number, line in enumerate(split_lines(text), start=1))
    return Page(name, "text", encoding, digest, lines)


def from_signature(data: bytes, name: str) -> None:
    """Refuse what is empty, too large or known to be another kind of file."""
    if not data:
        raise PageProblem("empty", name=name)
    if len(data) > MAX_BYTES:
        size, limit = f"{len(data) / 1_000_000:.0f}", f"{MAX_BYTES / 1_000_000:.0f}"
        raise PageProblem("too_large", name=name, size=size, limit=limit)
    start = data[:1024].lstrip(b"\r\n\t \xef\xbb\xbf")
    for signature, what in _SIGNATURES:
        if start.startswith(signature):
            raise PageProblem("binary", name=name, what=what)


def decode(data: bytes, name: str) -> tuple[str, str]:
    """Text and the encoding used: a byte order mark, else UTF-8, else what the page declares, else Windows Latin."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strict(data, encoding if encoding != "utf-8" else "utf-8-sig", name), encoding
    wide = _wide(data)
    if wide:
        return _strict(data, wide, name), wide
    if b"\x00" in data:
        raise PageProblem("nul_bytes", name=name)
    try:
        return _plain(data.decode("utf-8"), "utf-8", name), "utf-8"
    except UnicodeDecodeError:
        pass
    declared = _declared(data)
    encoding = declared or "cp1252"
    try:
        return _plain(data.decode(encoding), encoding, name), encoding
    except UnicodeDecodeError:
        return _plain(data.decode("latin-1"), "latin-1", name), "latin-1"


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise PageProblem("undecodable", name=name, what=encoding) from error
    if "\x00" in text:
        raise PageProblem("nul_bytes", name=name)
    return _plain(text, encoding, name)


def _plain(text: str, encoding: str, name: str) -> str:
    """Refuse text that is mostly control characters: the bytes were not text in this encoding."""
    sample = text[:100_000]
    if len(CONTROL.findall(sample)) * 20 > len(sample):
        raise PageProblem("undecodable", name=name, what=encoding)
    return text


def _wide(data: bytes) -> str:
    """UTF-16 without a mark shows as zeros in every second byte."""
    sample = data[:4000]
    half = len(sample) // 2
    if half < 4 or len(data) % 2:
        return ""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > half * 0.6 and even < half * 0.1:
        return "utf-16-le"
    if even > half * 0.6 and odd < half * 0.1:
        return "utf-16-be"
    return ""


def _declared(data: bytes) -> str:
    found = _CHARSET.search(data[:4096])
    if not found:
        return ""
    try:
        encoding = codecs.lookup(found.group(1).decode("ascii")).name
    except LookupError:
        return ""
    return "" if encoding in {"utf-8", "utf-16", "utf-32"} or not _is_text_codec(encoding) else encoding


def _is_text_codec(encoding: str) -> bool:
    return encoding.startswith(("iso8859", "cp125", "latin", "ascii", "mac", "koi8"))
