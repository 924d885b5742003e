"""The reading of files in the background: what waits is queued, read apart with limits, kept; and the check of stored bytes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django.db.models import Q

from kirjaamo.documents import blobs, extraction, hazards, scanner
from kirjaamo.documents.actions import indexing
from kirjaamo.documents.models import File, FileText, IntegrityCheck, ScanState, TextState
from kirjaamo.kernel.actions import action, running

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor

BATCH = 200
STUCK = dt.timedelta(minutes=15)
"""A file that was queued this long ago and not read is queued again: the worker that had it is gone."""
UNFINISHED = (TextState.QUEUED, TextState.READING)


@action("Jonota luettavat tiedostot", needs="organisation.manage")
def queue_waiting(*, actor: Actor) -> Sequence[int]:
    """Take the files that wait to be read and mark them queued; return their keys. Two callers never take the same."""
    del actor
    at = running().at
    waiting = Q(state=TextState.WAITING) | Q(state__in=UNFINISHED, at__lt=at - STUCK)
    opened = ~Q(file__document__sealed_until__gt=at)  # what is sealed is not read either: its words would be found
    rows = FileText.objects.select_for_update(skip_locked=True, of=("self",)).filter(waiting, opened)
    keys = list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH])
    if keys:
        FileText.objects.filter(pk__in=keys).update(state=TextState.QUEUED, at=at)
    return keys


def read_file(key: int, *, actor: Actor, last: bool = True) -> FileText:
    """Scan one file and read its text; safe to repeat. A failure of ours is raised, and kept as such at the `last` attempt."""
    row = _begin(key, actor=actor)
    if row.finished:
        return row
    try:
        facts = _looked_at(row.file)
    except (OSError, blobs.BlobDamaged) as error:
        if last or not isinstance(error, scanner.ScannerAway):
            return _keep(row, _failure(error), actor=actor)
        raise
    return _keep(row, facts, actor=actor)


@action("Aloita tiedoston lukeminen", needs="organisation.manage")
def _begin(key: int, *, actor: Actor) -> FileText:
    del actor
    row = FileText.objects.select_for_update(of=("self",)).select_related("file__document").get(pk=key)
    if not row.finished:
        row.state, row.attempts, row.at = TextState.READING, row.attempts + 1, running().at
        row.save(update_fields=["state", "attempts", "at"])
    return row


def _looked_at(file: File) -> dict[str, object]:
    """Scan, look for hazards, read: what becomes of the row. Bytes are compared with their hash on the way."""
    data = blobs.read(file.sha256)
    verdict = scanner.scan(data)
    facts: dict[str, object] = {"scan": verdict.state, "found": verdict.found}
    if verdict.state == ScanState.INFECTED:
        return facts | {"state": TextState.REFUSED, "problem": "infected"}
    seen = hazards.of(data, file.media_type)
    if refused := next((code for code in ("bomb", "broken") if code in seen), ""):
        return facts | {"state": TextState.REFUSED, "problem": refused}
    told = extraction.text_of(file.sha256, file.media_type)
    warnings = list(dict.fromkeys([*seen, *told.warnings]))
    return facts | {
        "state": told.state, "text": told.text, "pages": told.pages, "names": list(told.names), "problem": told.problem,
        "warnings": warnings,
    }  # fmt: skip


def _failure(error: Exception) -> dict[str, object]:
    if isinstance(error, scanner.ScannerAway):
        return {"state": TextState.FAILED, "scan": ScanState.FAILED, "problem": "scanner_away"}
    return {"state": TextState.FAILED, "problem": "damaged" if isinstance(error, blobs.BlobDamaged) else "missing"}


@action("Tallenna tiedoston teksti", needs="organisation.manage")
def _keep(row: FileText, facts: Mapping[str, object], *, actor: Actor) -> FileText:
    del actor
    for name, value in facts.items():
        setattr(row, name, value)
    row.at = running().at
    row.save(update_fields=[*facts, "at"])
    indexing.refresh(row.file.document)
    return row


@action("Lue tiedosto uudelleen", needs="organisation.manage")
def read_again(key: int, *, actor: Actor) -> None:
    """Put a file whose reading ended back to wait, for instance when the scanner has been mended."""
    del actor
    FileText.objects.filter(pk=key).exclude(state__in=UNFINISHED).update(state=TextState.WAITING, scan=ScanState.WAITING, problem="")


@action("Tallenna tiedostojen tarkistus", needs="organisation.manage")
def keep_check(started_at: dt.datetime, files: int, faults: Sequence[Mapping[str, object]], *, actor: Actor) -> IntegrityCheck:
    """Keep the outcome of a round of comparing bytes with hashes."""
    del actor
    return IntegrityCheck.of(started_at=started_at, ended_at=running().at, files=files, faults=list(faults))
