"""What may be dangerous or unreadable in a file, by code, with the sentence that people read."""

from __future__ import annotations

import io
import re
import zipfile

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, object] = {
    # why a text was not read, or not wholly
    "bomb": _("Pakattu tiedosto paisuisi purettaessa liian suureksi, joten sitä ei avata. Pyydä lähettäjältä tavallinen tiedosto."),
    "broken": _("Tiedosto on rikki tai muuta kuin miksi se on nimetty. Pyydä se lähettäjältä uudelleen."),
    "password": _("Tiedosto on suojattu salasanalla. Pyydä lähettäjältä suojaamaton tiedosto."),
    "entities": _("Tiedostossa on määrittelyjä, joilla ohjelmia voi kuormittaa, joten sitä ei avata."),
    "deep": _("Viestissä on liian monta sisäkkäistä osaa, joten sitä ei avata."),
    "memory": _("Tiedoston lukeminen vaatisi liikaa muistia, joten se keskeytettiin. Alkuperäinen on tallessa."),
    "slow": _("Tiedoston lukeminen kesti liian kauan, joten se keskeytettiin. Alkuperäinen on tallessa."),
    "long": _("Tekstiä on niin paljon, että siitä luettiin hakuun vain alku."),
    "pages": _("Sivuja on niin paljon, että hakuun luettiin vain ensimmäiset 2 000."),
    "scanner_away": _("Virustarkistus ei vastannut, joten tiedostoa ei luettu. Sitä yritetään uudelleen, kun pääkäyttäjä sanoo."),
    "missing": _("Tiedoston sisältöä ei löydy tallennuspaikasta. Ota yhteyttä pääkäyttäjään."),
    "damaged": _("Tiedoston sisältö ei vastaa tarkistussummaansa. Ota yhteyttä pääkäyttäjään."),
    "infected": _("Virustarkistus löysi tiedostosta haittaohjelman. Tiedostoa ei avata eikä anneta kenellekään."),
    # warnings
    "macros": _("Tiedostossa on makroja. Avaa se vain, jos luotat lähettäjään."),
    "script": _("PDF-tiedostossa on ohjelmakoodia."),
    "embedded": _("Tiedostoon on upotettu toisia tiedostoja."),
    "remote_template": _("Tiedosto hakee mallipohjansa verkosta, kun se avataan."),
    "polyglot": _("Tiedosto on yhtä aikaa kahta eri muotoa, mikä on tavallista vain haittaohjelmissa."),
    "unknown_kind": _("Tiedostomuotoa ei tunneta, joten tiedostoa ei esikatsella."),
}
_PACKED = b"PK\x03\x04"
_END_OF_ZIP = b"PK\x05\x06"
_END_LENGTH, _SLACK = 22, 1024
_PAGE = re.compile(rb"<(?:script|html|svg|!doctype)[\s>]", re.IGNORECASE)
UNPACKED_LIMIT = 256 * 1024 * 1024
ENTRY_LIMIT = 5_000
_RATIO, _SMALL = 150, 20 * 1024 * 1024


def sentence(code: str) -> str:
    """The sentence of a code in the reader's language."""
    return str(SENTENCES.get(code, "")) if code else ""


def of(data: bytes, media_type: str) -> tuple[str, ...]:
    """The hazards that the bytes themselves show, without opening them with a library that could be harmed."""
    found = []
    if _two_kinds(data, media_type):
        found.append("polyglot")
    if data.startswith(_PACKED):
        found += _of_packed(data)
    return tuple(found)


def _two_kinds(data: bytes, media_type: str) -> bool:
    head = data[:_SLACK]
    if media_type.startswith("image/"):
        return _ends_as_zip(data) or b"%PDF-" in head or bool(_PAGE.search(head))
    if media_type == "application/pdf":
        return _ends_as_zip(data) or bool(_PAGE.search(head))
    return data.startswith(_PACKED) and b"%PDF-" in head


def _ends_as_zip(data: bytes) -> bool:
    """Whether the bytes can also be opened as a packed file: its directory stands at their end."""
    at = data.rfind(_END_OF_ZIP)
    if at < 0 or len(data) < at + _END_LENGTH:
        return False
    comment = int.from_bytes(data[at + 20 : at + _END_LENGTH], "little")
    return abs(len(data) - (at + _END_LENGTH + comment)) <= _SLACK


def _of_packed(data: bytes) -> list[str]:
    """A bomb by the sizes that the directory declares, and macros by the names in it; nothing is unpacked."""
    try:
        entries = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return ["broken"]
    size = sum(entry.file_size for entry in entries)
    found = []
    if len(entries) > ENTRY_LIMIT or size > UNPACKED_LIMIT or (size > _SMALL and size > len(data) * _RATIO):
        found.append("bomb")
    if any(entry.filename.lower().endswith("vbaproject.bin") or entry.filename.startswith("Basic/") for entry in entries):
        found.append("macros")
    return found
