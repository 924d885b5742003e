"""Which uploads are taken: by what the bytes are, not by what the name says."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePath

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from kirjaamo.documents import hazards
from kirjaamo.kernel.errors import Refused

KINDS: tuple[tuple[str, bytes, str], ...] = (
    ("application/pdf", b"%PDF-", ".pdf"),
    ("image/png", b"\x89PNG\r\n\x1a\n", ".png"),
    ("image/jpeg", b"\xff\xd8\xff", ".jpg"),
)
OFFICE = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".odt": "application/vnd.oasis.opendocument.text",
}
MESSAGE = "message/rfc822"
UNKNOWN = "application/octet-stream"
NAME_LIMIT = 100
_HEADER = re.compile(rb"\A(?:[A-Za-z][A-Za-z0-9-]*:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){2,}")
REFUSED_HAZARDS = ("bomb", "polyglot", "macros", "broken")
"""Hazards for which a file is not taken from a form: who sends it can mend it. What arrived by other ways is kept and not opened."""


@dataclass(frozen=True)
class Upload:
    """A file that passed the policy: a safe name, its bytes and what they are."""

    name: str
    data: bytes
    media_type: str


def accept(name: str, data: bytes) -> Upload:
    """Check size, kind and hazards; raise `Refused` with the remedy when the file cannot be taken."""
    media_type = _checked(name, data)
    if media_type == UNKNOWN:
        kinds = _("Tätä tiedostomuotoa ei voi lähettää. Sallittuja ovat PDF, PNG, JPEG, DOCX, XLSX, ODT, EML ja tekstitiedosto.")
        raise Refused(kinds, code="documents.kind_refused", field="files")
    for hazard in hazards.of(data, media_type):
        if hazard in REFUSED_HAZARDS:
            raise Refused(_REFUSALS.get(hazard, hazards.SENTENCES[hazard]), code=f"documents.{hazard}", field="files")
    return Upload(safe_name(name), data, media_type)


_REFUSALS: dict[str, object] = {
    "macros": _("Tiedostossa on makroja. Tallenna se ilman makroja, esimerkiksi PDF-muodossa, ja lähetä uudelleen."),
    "polyglot": _("Tiedosto on yhtä aikaa kahta eri muotoa. Tallenna se uudelleen PDF-muodossa ja lähetä uudelleen."),
    "bomb": _("Pakattu tiedosto paisuisi purettaessa liian suureksi. Lähetä tavallinen tiedosto."),
    "broken": _("Tiedosto on rikki tai muuta kuin miksi se on nimetty. Tallenna se uudelleen ja lähetä uudelleen."),
}


def as_arrived(name: str, data: bytes) -> Upload:
    """Take a file that already arrived, whatever it is: it must be registered. Only an empty or too large one is refused.

    What is not known or may harm is kept and shown as such; it is never previewed.
    """
    return Upload(safe_name(name), data, _checked(name, data))


def _checked(name: str, data: bytes) -> str:
    """Check the size; return what the bytes are."""
    limit = settings.UPLOAD_LIMIT_MB * 1024 * 1024
    if not data:
        raise Refused(_("Tiedosto on tyhjä. Valitse tiedosto, jossa on sisältöä."), code="documents.empty_file", field="files")
    if len(data) > limit:
        sentence = _("Tiedosto on liian suuri. Suurin sallittu koko on %(limit)s Mt.") % {"limit": settings.UPLOAD_LIMIT_MB}
        raise Refused(sentence, code="documents.too_large", field="files")
    suffix = PurePath(name).suffix.lower()
    return _kind(data, suffix) or UNKNOWN


def _kind(data: bytes, suffix: str) -> str | None:
    for media_type, magic, _suffix in KINDS:
        if data.startswith(magic):
            return media_type
    if data.startswith(b"PK\x03\x04"):
        return OFFICE.get(suffix)
    if suffix == ".eml":
        return MESSAGE if _HEADER.match(data[:65536]) else None
    if suffix in {".txt", ".csv"} and b"\x00" not in data:
        try:
            data.decode()
        except UnicodeDecodeError:
            return None
        return "text/plain"
    return None


def safe_name(name: str) -> str:
    """A file name without folders, control characters or direction marks, at most 100 characters with its suffix."""
    last = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    kept = "".join(c for c in last if unicodedata.category(c)[0] != "C")
    plain = re.sub(r"\s+", " ", kept).strip(" .") or "tiedosto"
    path = PurePath(plain)
    return path.stem[: NAME_LIMIT - len(path.suffix)] + path.suffix
