"""Timed jobs of the room, run by the worker."""

from __future__ import annotations

import logging
from collections.abc import Iterator

from procrastinate.contrib.django import app

from kirjaamo.cases.models import CaseDocument
from kirjaamo.kernel.actors import Machine
from kirjaamo.retention.actions import BATCH, reckon_cases

MACHINE = Machine("retention")
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


def batches() -> Iterator[list[int]]:
    """The cases that hold documents, in the order of their keys."""
    last = 0
    cases = CaseDocument.objects.order_by("case").values_list("case", flat=True).distinct()
    while batch := list(cases.filter(case__gt=last)[:BATCH]):
        yield batch
        last = batch[-1]
