"""How the reading of files goes on the whole: how many are how far, which failed, and whether the stored bytes are what they were."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count

from kirjaamo.documents.models import FileText, IntegrityCheck, ScanState, TextState

MOST = 100
ENDED = frozenset({TextState.READ, TextState.PARTLY, TextState.NOTHING, TextState.REFUSED, TextState.FAILED})


@dataclass(frozen=True)
class Progress:
    """The files by the state of their reading and of their scan."""

    states: dict[str, int]
    scans: dict[str, int]

    @property
    def total(self) -> int:
        """All files."""
        return sum(self.states.values())

    @property
    def ended(self) -> int:
        """Those of which nothing more is to be expected."""
        return sum(self.states.get(state, 0) for state in ENDED)


def progress() -> Progress:
    """Count the files by their states (two statements)."""
    states = FileText.objects.order_by().values_list("state").annotate(Count("pk"))
    scans = FileText.objects.order_by().values_list("scan").annotate(Count("pk"))
    return Progress(dict(states), dict(scans))


def failed() -> Sequence[FileText]:
    """The newest files whose reading failed or that the scanner condemned; without their names, which are not for everyone."""
    rows = FileText.objects.filter(state=TextState.FAILED) | FileText.objects.filter(scan=ScanState.INFECTED)
    return list(
        rows.select_related("file__document").only("state", "scan", "problem", "at", "file__version", "file__document__identifier")[:MOST]
    )


def last_check() -> IntegrityCheck | None:
    """The newest comparison of stored bytes with their hashes."""
    return IntegrityCheck.objects.order_by("-pk").first()
