"""The database that a command works on: the operator's own (DATABASE_URL), the running embedded one, or one started for it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kirjaamo.supervisor import external
from kirjaamo.supervisor.postgres import Postgres


def cluster_folder(data: Path) -> Path:
    """Return where the embedded cluster is wanted (see `Postgres.at` for where it comes to be)."""
    return data / "postgres"


@contextmanager
def available(data: Path) -> Iterator[str]:
    """Put the database's address into DATABASE_URL for the length of a command; start the embedded server when none runs."""
    given = os.environ.get("DATABASE_URL")
    if given:
        external.check(given)
        yield given
        return
    cluster = Postgres.at(cluster_folder(data))
    running = cluster.running_url()
    if running is None:
        cluster.start()
    os.environ["DATABASE_URL"] = running or cluster.url()
    try:
        yield os.environ["DATABASE_URL"]
    finally:
        del os.environ["DATABASE_URL"]
        if running is None:
            cluster.stop()
