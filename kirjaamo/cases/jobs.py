"""Timed jobs of the room, run by the worker."""

from __future__ import annotations

import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from kirjaamo.cases.actions.deadlines import remind
from kirjaamo.cases.publicity.actions import open_by_time
from kirjaamo.kernel.actors import Machine

MACHINE = Machine("publicity")
log = logging.getLogger(__name__)


@app.periodic(cron="*/5 * * * *", periodic_id="open-by-time")
@app.task(name="cases.open_by_time", queueing_lock="open-by-time", pass_context=False)
def open_what_time_opens(timestamp: int) -> int:
    """Every five minutes: note what time has opened, round after round until nothing waits; return how many documents."""
    del timestamp
    total = 0
    while opened := open_by_time(actor=MACHINE):
        total += opened
    if total:
        log.info("%s documents became public", total)
    return total


@app.periodic(cron="0 5 * * *", periodic_id="remind-of-deadlines")
@app.task(name="cases.remind_of_deadlines", queueing_lock="remind-of-deadlines", pass_context=False)
def remind_of_deadlines(timestamp: int) -> int:
    """Every morning: tell whose day comes near; return how many notices."""
    del timestamp
    return remind(timezone.localdate(), actor=MACHINE)
