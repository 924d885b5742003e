"""Timed jobs of the public face, run by the worker."""

from __future__ import annotations

import logging

from procrastinate.contrib.django import app

from kirjaamo.cases.jobs import open_what_time_opens
from kirjaamo.face.actions import mend
from kirjaamo.kernel.actors import Machine

MACHINE = Machine("face")
log = logging.getLogger(__name__)


@app.periodic(cron="20 3 * * *", periodic_id="compare-public-face")
@app.task(name="face.compare", queueing_lock="compare-public-face", pass_context=False)
def compare_public_face(timestamp: int) -> int:
    """Every night: open what time opens, hold the public face against the register, close what differs; return how many rows did."""
    open_what_time_opens(timestamp)
    found = mend(actor=MACHINE)
    for one in found:
        log.error("The public face differed from the register and was mended: %s", one)
    return len(found)
