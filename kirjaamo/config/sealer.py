"""The sealer: closes committed journal entries into blocks, within a second of their commit."""

from __future__ import annotations

import logging
import threading
import time

from django.db import DatabaseError, connection, transaction

from kirjaamo.kernel import journal

EVERY = 0.5  # seconds
AFTER_FAILURE = 5.0  # seconds
SLOW = 1.0  # a round that takes longer is worth a warning

log = logging.getLogger(__name__)


def seal_until(stop: threading.Event) -> None:
    """Seal again and again until asked to stop; a database that is away is waited for."""
    horizon = journal.Horizon()
    while not stop.is_set():
        pause = EVERY
        try:
            seal_all(horizon)
        except DatabaseError as error:
            log.warning("Sealing of the journal waits for the database: %s", error)
            connection.close()
            pause, horizon = AFTER_FAILURE, journal.Horizon()  # what answers next may be a restored copy that is behind
        stop.wait(pause)
    connection.close()


def seal_all(horizon: journal.Horizon) -> None:
    """Seal everything that is committed now; what the horizon has left behind is not read again."""
    began = time.monotonic()
    horizon.look()
    sealed: int | None = 1
    while sealed:
        with transaction.atomic():
            sealed = journal.seal(horizon.below)
    if sealed is not None:
        horizon.sealed()
    if (spent := time.monotonic() - began) > SLOW:
        log.warning("Sealing of the journal took %.1f seconds; its readers see a lag.", spent)
