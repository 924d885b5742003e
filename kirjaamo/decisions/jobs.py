"""Timed jobs of the room, run by the worker."""

from __future__ import annotations

import logging

from procrastinate.contrib.django import app

from kirjaamo.decisions.publication.actions import take_down_ended
from kirjaamo.kernel.actors import Machine

MACHINE = Machine("publication")
log = logging.getLogger(__name__)


@app.periodic(cron="2 0,6 * * *", periodic_id="take-down-ended")
@app.task(name="decisions.take_down_ended", queueing_lock="take-down-ended", pass_context=False)
def remove_what_has_ended(timestamp: int) -> int:
    """Just after midnight, and again in the morning: take away what is on view and whose time of appeal has ended."""
    del timestamp
    removed = take_down_ended(actor=MACHINE)
    if removed:
        log.info("%s decisions were taken off the web", removed)
    return removed
