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
    while not stop.is_set():
        pause = EVERY
        try:
            _round()
        except DatabaseError as error:
            log.warning("Sealing of the journal waits for the database: %s", error)
            connection.close()
            pause = AFTER_FAILURE
        stop.wait(pause)
    connection.close()


def _round() -> None:
    """Seal everything that is committed now."""
    began = time.monotonic()
    while True:
        with transaction.atomic():
            sealed = journal.seal()
        if not sealed:
            break
    if (spent := time.monotonic() - began) > SLOW:
        log.warning("Sealing of the journal took %.1f seconds; its readers see a lag.", spent)
