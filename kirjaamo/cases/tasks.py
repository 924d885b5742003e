"""Timed jobs of the room, run by the worker."""

from __future__ import annotations

from procrastinate.contrib.django import app

from kirjaamo.cases.mailboxes import read_all


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="read-mailboxes", lock="read-mailboxes", pass_context=False)
def read_mailboxes(timestamp: int) -> int:
    """Read the shared mailboxes into the queue, each minute and one reading at a time; return how many arrivals were new."""
    del timestamp
    return read_all()
