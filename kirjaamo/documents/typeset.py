"""Tagged PDF (PDF/A-2a and PDF/UA-1 in one file) from templates, by Typst.

Data reaches a template only as JSON through `sys_inputs`; fonts are the bundled ones; a character that no font has is
replaced; the date of the document is given, so the same input makes the same bytes.
"""

from __future__ import annotations

import datetime as dt
import json
import unicodedata
from collections.abc import Mapping
from pathlib import Path

import typst

TEMPLATES = Path(__file__).parent / "typst"
REPLACEMENT = "\N{WHITE SQUARE}"


def make_pdf(template: str, data: Mapping[str, object], *, root: Path = TEMPLATES) -> bytes:
    """Fill a template (a name without suffix) with data and return the PDF.

    `data` must hold `lang` (fi, sv or en) and `date` (ISO). Unknown glyphs are shown as an empty square, control and
    direction characters are left out.
    """
    source = root / f"{template}.typ"
    clean = _clean(dict(data))
    made = typst.compile(
        source,
        root=root,
        format="pdf",
        pdf_standards=["a-2a", "ua-1"],
        sys_inputs={"data": json.dumps(clean, ensure_ascii=False)},
        timestamp=int(dt.datetime.fromisoformat(str(data["date"])).replace(tzinfo=dt.UTC).timestamp()),
    )
    if not isinstance(made, bytes):
        message = "Typst made no single file"
        raise TypeError(message)
    return made


def _clean(value: object) -> object:
    if isinstance(value, str):
        return "".join(_shown(c) for c in unicodedata.normalize("NFC", value))
    if isinstance(value, Mapping):
        return {str(key): _clean(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(item) for item in value]
    return value


def _shown(character: str) -> str:
    if character in "\n\t":
        return character
    category = unicodedata.category(character)
    if category in {"Cc", "Cf", "Cs", "Co", "Cn"}:
        return ""
    return character if _has_glyph(character) else REPLACEMENT


def _has_glyph(character: str) -> bool:
    """Whether the bundled fonts (Libertinus Serif, DejaVu Sans Mono, New Computer Modern) draw the character."""
    code = ord(character)
    return code < 0x0530 or 0x1E00 <= code < 0x2000 or 0x2000 <= code < 0x2070 or 0x20A0 <= code < 0x20C0 or 0x2190 <= code < 0x2300 or code in {0x25A1}
