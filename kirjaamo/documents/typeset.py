"""Tagged PDF (PDF/A-2a and PDF/UA-1 in one file) from templates, by Typst.

Data reaches a template only as JSON through `sys_inputs`, so nothing that a person wrote is ever read as markup. Fonts are
the bundled ones; a character that none of them draws is replaced by an empty square; the date of the document is given, so
the same input makes the same bytes.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path

import typst

from kirjaamo.documents import glyphs

TEMPLATES = Path(__file__).parent / "typst"
LONG_RUN = re.compile(r"\S{40}(?=\S)")
_BREAK = "\N{ZERO WIDTH SPACE}"
# Marks without a shape of their own: variation selectors, joiners of graphemes, Mongolian and Khmer inherent signs.
_IGNORABLE = ((0xFE00, 0xFE0F), (0xE0100, 0xE01EF), (0x034F, 0x034F), (0x180B, 0x180F), (0x17B4, 0x17B5))
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn"}
_REFUSED = re.compile(r"could not be displayed", re.IGNORECASE)
_QUOTED = re.compile(r'the text `"(.*?)"`', re.DOTALL)
_TRIES = 24


def make_pdf(template: str, data: Mapping[str, object], *, root: Path = TEMPLATES) -> bytes:
    """Fill a template (a name without suffix) with data and return the PDF.

    `data` must hold `lang` (fi, sv or en) and `date` (ISO day or moment). Control and direction characters are left out,
    what no font draws becomes an empty square, and a run without spaces is given places where its line may break.
    """
    stamp = _stamp(str(data["date"]))
    for _attempt in range(_TRIES):
        clean = _clean(dict(data))
        try:
            return _compile(root / f"{template}.typ", root, clean, stamp)
        except typst.TypstError as error:
            refused = _QUOTED.search(str(error))
            if not _REFUSED.search(str(error)) or refused is None:
                raise
            if not glyphs.never_drawn(_unescaped(refused.group(1))):
                raise
    message = "The document holds characters that cannot be drawn"
    raise ValueError(message)


def _unescaped(told: str) -> str:
    r"""The characters of a message of Typst, which writes some as `\u{1680}`."""
    return re.sub(r"\\u\{([0-9a-fA-F]+)\}", lambda found: chr(int(found.group(1), 16)), told)


def _compile(source: Path, root: Path, data: object, stamp: dt.datetime) -> bytes:
    return typst.compile(
        source,
        root=root,
        font_paths=glyphs.FONTS,
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=["a-2a", "ua-1"],
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        timestamp=int(stamp.timestamp()),
    )


def _stamp(told: str) -> dt.datetime:
    moment = dt.datetime.fromisoformat(told)
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def shown(text: str) -> str:
    """Return a text as a PDF can show it: one line end, no control characters, only what the fonts draw."""
    drawn, _lost = _drawn(_visible(text))
    return LONG_RUN.sub(lambda run: run.group() + _BREAK, drawn)


def replaced(text: str) -> int:
    """Count the characters of a text that a PDF cannot show."""
    return _drawn(_visible(text))[1]


def _drawn(plain: str) -> tuple[str, int]:
    """Replace what no font draws; a mark that no font draws together with its letter is left out. Also tell how many."""
    if not plain:
        return "", 0
    families = glyphs.drawn_by(set(plain) - {"\n"})
    parts, lost = [], 0
    for cluster in _clusters(plain):
        base, marks = cluster[0], cluster[1:]
        if base != "\n" and not families[base]:
            base, lost = glyphs.REPLACEMENT, lost + 1
        if marks and (base in {"\n", glyphs.REPLACEMENT} or not frozenset.intersection(*(families[one] for one in cluster))):
            marks, lost = "", lost + len(marks)
        parts.append(base + marks)
    return "".join(parts), lost


def _clusters(plain: str) -> Iterator[str]:
    """Yield each character with the marks that stand on it."""
    start = 0
    for place in range(1, len(plain) + 1):
        if place == len(plain) or plain[place] < "\u0300" or unicodedata.category(plain[place])[0] != "M":
            yield plain[start:place]
            start = place


def _visible(text: str) -> str:
    """Leave out what has no shape of its own; every kind of line end is a newline and a tab is spaces."""
    lines = re.sub(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]", "\n", text).replace("\t", "    ")
    kept = (_spaced(c) for c in unicodedata.normalize("NFC", lines) if c == "\n" or not _unseen(c))
    return "".join(kept)


def _spaced(character: str) -> str:
    """Every kind of space is a space, the unbreakable one stays."""
    return " " if unicodedata.category(character) == "Zs" and character != "\N{NO-BREAK SPACE}" else character


def _unseen(character: str) -> bool:
    code = ord(character)
    return any(first <= code <= last for first, last in _IGNORABLE) or unicodedata.category(character) in _UNSEEN


def _clean(value: object) -> object:
    """Prepare all texts of the data; the fonts are asked once about all their characters."""
    glyphs.drawn_by({one for text in _texts(value) for one in _visible(text)} - {"\n"})
    return _shown(value)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _texts(item)


def _shown(value: object) -> object:
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, Mapping):
        return {str(key): _shown(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_shown(item) for item in value]
    return value
