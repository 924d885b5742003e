"""The taker: registers what the public process put in, within a second of its arrival."""

from __future__ import annotations

import logging
import threading

from django.db import DatabaseError, connection

from kirjaamo.face.actions import take_arrival
from kirjaamo.kernel.actors import VISITOR
from kirjaamo.kernel.vault import KeysMissing

EVERY = 0.3  # seconds
AFTER_FAILURE = 5.0  # seconds

log = logging.getLogger(__name__)


def take_until(stop: threading.Event) -> None:
    """Take again and again until asked to stop; a database that is away is waited for, and so is a key file."""
    while not stop.is_set():
        pause = EVERY
        try:
            while take_arrival(actor=VISITOR):
                pass
        except (DatabaseError, KeysMissing) as error:
            log.warning("Registering of what arrived waits: %s", error)
            connection.close()
            pause = AFTER_FAILURE
        stop.wait(pause)
    connection.close()
