"""Compares every stored file with its hash: what is missing, shorter, longer or other than it was is named."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from kirjaamo.documents import blobs
from kirjaamo.documents.models import File

CHUNK = 1024 * 1024
FAULTS = {
    "missing": _("tiedosto puuttuu tallennuspaikasta"),
    "damaged": _("sisältö ei vastaa tarkistussummaa"),
    "size": _("koko ei vastaa kirjattua"),
}


@dataclass(frozen=True)
class Fault:
    """One stored file that is not what its row says."""

    document: str
    version: int
    sha256: str
    what: str

    def plain(self) -> dict[str, object]:
        """For the row of the check."""
        return {"document": self.document, "version": self.version, "sha256": self.sha256, "what": self.what}


def check(told: Callable[[int, int], None] = lambda _done, _total: None) -> tuple[int, list[Fault]]:
    """Read the bytes of every version once; return how many there are and what does not match. `told` hears of progress."""
    total, done = File.objects.count(), 0
    faults: list[Fault] = []
    for sha256, size, version, document in _files():
        if what := _fault(sha256, size):
            faults.append(Fault(document, version, sha256, what))
        done += 1
        told(done, total)
    return done, faults


def _files() -> Iterator[tuple[str, int, int, str]]:
    rows = File.objects.order_by("pk").values_list("sha256", "size", "version", "document__identifier")
    return rows.iterator(chunk_size=2000)


def _fault(sha256: str, size: int) -> str:
    digest, length = hashlib.sha256(), 0
    try:
        with blobs.place(sha256).open("rb") as file:
            while part := file.read(CHUNK):
                digest.update(part)
                length += len(part)
    except OSError:
        return "missing"
    if digest.hexdigest() != sha256:
        return "damaged"
    return "size" if length != size else ""
