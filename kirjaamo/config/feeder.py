"""The feeder: makes jobs of what waits in tables, such as files to be read, so that taking something in costs no statement for it."""

from __future__ import annotations

import logging
import threading

from django.db import DatabaseError, connection

from kirjaamo.documents import jobs

EVERY = 1.0  # seconds
AFTER_FAILURE = 5.0  # seconds

log = logging.getLogger(__name__)


def feed_until(stop: threading.Event) -> None:
    """Feed again and again until asked to stop; a database that is away is waited for."""
    while not stop.is_set():
        pause = EVERY
        try:
            while jobs.queue():
                pass
        except DatabaseError as error:
            log.warning("Queueing of files waits for the database: %s", error)
            connection.close()
            pause = AFTER_FAILURE
        stop.wait(pause)
    connection.close()
