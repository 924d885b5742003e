"""The register's work that nobody waits for: bills as documents."""

from __future__ import annotations

import logging

from procrastinate.contrib.django import app

from kirjaamo.kernel.actors import Machine
from kirjaamo.kernel.errors import KirjaamoError
from kirjaamo.registers.education.premises import actions
from kirjaamo.registers.education.premises.models import Bill

MACHINE = Machine("premises")
AT_ONCE = 200
log = logging.getLogger(__name__)


@app.periodic(cron="* * * * *", periodic_id="premises-bills")
@app.task(name="premises.issue_bills", queueing_lock="premises-bills", pass_context=False)
def issue_bills(timestamp: int) -> int:
    """Every minute: make the documents of bills that have none, each for itself; return how many were made."""
    del timestamp
    made = 0
    for bill in Bill.objects.filter(case=None, voided_at=None).exclude(number="").order_by("pk")[:AT_ONCE]:
        try:
            actions.issue(bill, actor=MACHINE)
        except KirjaamoError:
            log.exception("A bill could not be made a document: %s", bill.pk)
        else:
            made += 1
    return made
