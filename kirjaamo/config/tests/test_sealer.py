"""The sealer: what it leaves behind is sealed, whoever commits late."""

from __future__ import annotations

import psycopg
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kirjaamo.config.sealer import seal_all
from kirjaamo.kernel import journal
from kirjaamo.kernel.actions import action
from kirjaamo.kernel.actors import Actor, Machine
from kirjaamo.kernel.models import JournalEntry, JournalSeal, Submission

LATE = (
    "INSERT INTO kernel_journalentry (uid, at, at_text, action, actor, body, leaf)"
    " VALUES (gen_random_uuid(), now(), '', 'late', 'machine:late', '{}', '\\x00') RETURNING id"
)


@action("Kokeile", needs="kernel.test")
def write_one(key: int, *, actor: Actor) -> Submission:
    """Write one row."""
    del actor
    return Submission.of(key=f"5f0d1d0e-7c7b-4d0b-9a54-3d1c52b3a{key:03d}", result="")


@pytest.mark.django_db(transaction=True)
def test_an_entry_that_is_committed_late_is_sealed_although_others_after_it_were() -> None:
    horizon, clerk = journal.Horizon(), Machine("t")
    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": psycopg.Cursor, "context": None}) as other:
        row = other.execute(LATE).fetchone()
        late = int(row[0]) if row else 0
        for number in range(4):
            write_one(number, actor=clerk)
            seal_all(horizon)
        assert horizon.below < late
        assert set(JournalEntry.objects.exclude(pk__in=JournalSeal.objects.values("entry"))) == set()
        other.commit()
    seal_all(horizon)
    assert JournalSeal.objects.filter(entry=late).exists()
    for number in range(4, 7):
        write_one(number, actor=clerk)
        seal_all(horizon)
    assert horizon.below > late
    assert not JournalEntry.objects.exclude(pk__in=JournalSeal.objects.values("entry")).exists()


@pytest.mark.django_db(transaction=True)
def test_what_is_sealed_is_not_read_again() -> None:
    horizon = journal.Horizon()
    for number in range(3):
        write_one(number, actor=Machine("t"))
        seal_all(horizon)
    seal_all(horizon)
    newest = JournalEntry.objects.latest("id").pk
    assert horizon.below == newest
    with CaptureQueriesContext(connection) as told:
        seal_all(horizon)
    assert any(f"e.id > {newest}" in query["sql"] for query in told)
