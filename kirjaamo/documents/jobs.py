"""Jobs of the room: read a file that waits, and compare all stored bytes with their hashes every night."""

from __future__ import annotations

import logging

from django.utils import timezone
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.types import JSONValue

from kirjaamo.documents import actions, integrity
from kirjaamo.kernel.actors import Machine

MOST_ATTEMPTS = 5
READER, CHECKER = Machine("file-reader"), Machine("file-checker")

log = logging.getLogger(__name__)


@app.task(name="documents.read_file", retry=RetryStrategy(max_attempts=MOST_ATTEMPTS, exponential_wait=6), pass_context=True)
def read_file(context: JobContext, *, file: int) -> None:
    """Read one file; tried again with a growing pause when the scanner or the disk does not answer."""
    actions.read_file(file, actor=READER, last=context.job.attempts + 1 >= MOST_ATTEMPTS)


@app.periodic(cron="40 2 * * *")
@app.task(name="documents.check_files", queueing_lock="documents.check_files")
def check_files(timestamp: int) -> None:
    """Compare the stored bytes with their hashes; what does not match is kept and warned of."""
    del timestamp
    started_at = timezone.now()
    files, faults = integrity.check()
    actions.keep_check(started_at, files, [fault.plain() for fault in faults], actor=CHECKER)
    for fault in faults:
        log.error("Stored file of %s, version %s: %s", fault.document, fault.version, fault.what)


def queue() -> int:
    """Make jobs of the files that wait; return how many. Called again and again by the worker."""
    keys = actions.queue_waiting(actor=READER)
    if keys:
        jobs: list[dict[str, JSONValue]] = [{"file": key} for key in keys]
        read_file.batch_defer(*jobs)
    return len(keys)
