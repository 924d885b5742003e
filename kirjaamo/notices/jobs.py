"""The timed job of the room: the daily digest of notices, run by the worker."""

from __future__ import annotations

from procrastinate.contrib.django import app

from kirjaamo.kernel.actors import Machine
from kirjaamo.notices.actions import send_digests

MACHINE = Machine("postman")


@app.periodic(cron="30 4 * * *", periodic_id="notices-digest")
@app.task(name="notices.digest", queueing_lock="notices-digest", pass_context=False)
def digest(timestamp: int) -> int:
    """Every morning: one message to each who wants notices once a day and has unread ones."""
    del timestamp
    return send_digests(actor=MACHINE)
