"""Timed jobs of the room, run by the worker."""

from __future__ import annotations

import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from kirjaamo.kernel.actors import Machine
from kirjaamo.tos.actions import retire_ended

MACHINE = Machine("plan")
log = logging.getLogger(__name__)


@app.periodic(cron="5 * * * *", periodic_id="plan-end")
@app.task(name="tos.end_revisions", queueing_lock="plan-end", pass_context=False)
def end_revisions(timestamp: int) -> int:
    """Every hour, and so soon after each midnight: mark the revisions whose last day has passed as retired; return how many."""
    del timestamp
    ended = retire_ended(actor=MACHINE, on=timezone.localdate())
    if ended:
        log.info("%s revisions of the plan ended", ended)
    return ended
