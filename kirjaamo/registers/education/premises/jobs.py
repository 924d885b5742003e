"""The register's work that nobody waits for: bills as documents, the decisions of a season."""

from __future__ import annotations

import logging

from procrastinate.contrib.django import app

from kirjaamo.kernel.actors import Machine
from kirjaamo.kernel.errors import KirjaamoError
from kirjaamo.organisation.models import User
from kirjaamo.registers.education.premises import actions
from kirjaamo.registers.education.premises.actions.seasons import undecided
from kirjaamo.registers.education.premises.models import Bill, Season

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


@app.task(name="premises.decide_season")
def decide_season(season: int, user: int) -> int:
    """Decide the applications of a season in the name of who ordered it, each for itself; return how many were decided.

    One that cannot be decided (its room was closed meanwhile) stays undecided, where the desk counts it.
    """
    actor, decided = User.objects.get(pk=user), 0
    for application in undecided(Season.objects.get(pk=season)):
        try:
            actions.decide(application, actor=actor)
        except KirjaamoError:
            log.exception("An application for a turn could not be decided: %s", application.pk)
        else:
            decided += 1
    return decided
