"""Timed jobs of the room, run by the worker."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterator

from django.utils import timezone
from procrastinate.contrib.django import app

from kirjaamo.cases.models import CaseDocument
from kirjaamo.kernel import use_log
from kirjaamo.kernel.actors import Machine
from kirjaamo.norms import clocks
from kirjaamo.retention.actions import BATCH, reckon_cases
from kirjaamo.retention.campaigns import actions as campaigns
from kirjaamo.retention.campaigns.reading import unfinished as unfinished_campaigns
from kirjaamo.retention.holds import actions as holds
from kirjaamo.retention.models import Hold

MACHINE = Machine("retention")
NEWEST = 20_000
log = logging.getLogger(__name__)


@app.periodic(cron="10 1 * * *", periodic_id="retention-check")
@app.task(name="retention.check_clocks", queueing_lock="retention-check", pass_context=False)
def check_clocks(timestamp: int) -> int:
    """Every night: reckon all clocks anew, a bounded number of cases at a time; return how many differed from what was stored.

    It gives clocks to cases that are older than the room, and would show an input that changed past the program.
    """
    del timestamp
    differed = sum(reckon_cases(batch, actor=MACHINE) for batch in batches())
    if differed:
        log.warning("%s retention clocks differed from their inputs and were reckoned anew", differed)
    return differed


@app.periodic(cron="* * * * *", periodic_id="retention-new")
@app.task(name="retention.reckon_new", queueing_lock="retention-new", pass_context=False)
def reckon_new(timestamp: int) -> int:
    """Every minute: give clocks to the documents with which new cases were opened; return how many clocks were made.

    It looks at the newest rows only, so that it costs the same however many there are; the nightly check looks at all.
    """
    del timestamp
    newest = CaseDocument.objects.order_by("-pk").values("pk")[:NEWEST]
    fresh = CaseDocument.objects.filter(pk__in=newest, document__retention_clock=None)
    cases = list(fresh.order_by("case").values_list("case", flat=True).distinct())
    return sum(reckon_cases(cases[start : start + BATCH], actor=MACHINE) for start in range(0, len(cases), BATCH))


@app.periodic(cron="* * * * *", periodic_id="retention-spread")
@app.task(name="retention.spread", queueing_lock="retention-spread", pass_context=False)
def spread(timestamp: int) -> int:
    """Every minute: let the clocks of the next cases follow approved campaigns, and holds that were placed or lifted, until all have.

    Each batch is a transaction of its own, so that a crash loses one at most; return how many batches were done.
    """
    del timestamp
    done = 0
    for campaign in unfinished_campaigns():
        done += 1
        while campaigns.go_on(campaign, actor=MACHINE):
            done += 1
    for hold in Hold.objects.filter(spread_at=None).order_by("pk"):
        done += 1
        while holds.go_on(hold, actor=MACHINE):
            done += 1
    return done


@app.periodic(cron="40 1 * * *", periodic_id="use-log-retention")
@app.task(name="retention.purge_use_log", queueing_lock="use-log-retention", pass_context=False)
def purge_use_log(timestamp: int) -> int:
    """Every night: remove what the use log has kept for its time (the row `use-log-kept`); return how many rows."""
    del timestamp
    first = clocks.kept_since("use-log-kept", timezone.localdate())
    before = timezone.make_aware(dt.datetime.combine(first, dt.time.min))
    gone = use_log.purge(before, why=f"kept since {first.isoformat()}", actor=MACHINE)
    if gone:
        log.info("%s rows of the use log were removed at the end of their retention", gone)
    return gone


def batches() -> Iterator[list[int]]:
    """The cases that hold documents, in the order of their keys."""
    last = 0
    cases = CaseDocument.objects.order_by("case").values_list("case", flat=True).distinct()
    while batch := list(cases.filter(case__gt=last)[:BATCH]):
        yield batch
        last = batch[-1]
