"""The journal: every action that writes is in it, and any later change shows."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from kirjaamo.kernel import journal
from kirjaamo.kernel.actions import action
from kirjaamo.kernel.actors import VISITOR, Machine
from kirjaamo.kernel.errors import NotAllowed, OutsideAction
from kirjaamo.kernel.models import JournalEntry, Submission

pytestmark = pytest.mark.django_db
KEY = "5f0d1d0e-7c7b-4d0b-9a54-3d1c52b3a0a1"


@action("Kokeile", needs="kernel.test")
def write_one(key: str, *, actor: object) -> Submission:
    """Write one row."""
    del actor
    return Submission.of(key=key, result="a secret value")


def test_a_write_outside_an_action_is_refused() -> None:
    """No row reaches the database past the journal."""
    with pytest.raises(OutsideAction):
        Submission.of(key=KEY, result="")
    with pytest.raises(OutsideAction):
        Submission.objects.update(result="")
    with pytest.raises(OutsideAction):
        Submission.objects.all().delete()


def test_an_action_needs_its_right() -> None:
    """A visitor may not do what is not public, and nothing is written."""
    before = JournalEntry.objects.count()
    with pytest.raises(NotAllowed):
        write_one(KEY, actor=VISITOR)
    assert not Submission.objects.exists()
    assert JournalEntry.objects.count() == before


def test_an_entry_names_what_was_written_and_hides_the_value() -> None:
    """The journal says who wrote which field; the value stands as a commitment only."""
    write_one(KEY, actor=Machine("test"))
    entry = JournalEntry.objects.latest("id")
    assert entry.actor == "machine:test"
    assert entry.body["writes"][0]["table"] == "kernel.submission"
    assert "result" in entry.body["writes"][0]["fields"]
    assert "a secret value" not in str(entry.body)


def test_sealed_entries_verify_and_a_change_is_located() -> None:
    """After sealing all is whole; a changed entry is named by the verification."""
    write_one(KEY, actor=Machine("test"))
    assert journal.seal() == JournalEntry.objects.count()
    assert journal.seal() == 0
    verdict = journal.verify()
    assert verdict.whole
    assert (verdict.entries, verdict.blocks, verdict.unsealed) == (JournalEntry.objects.count(), 1, 0)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE kernel_journalentry DISABLE TRIGGER USER")
        cursor.execute("UPDATE kernel_journalentry SET actor = 'user:1' WHERE id = %s", [JournalEntry.objects.latest("id").pk])
        cursor.execute("ALTER TABLE kernel_journalentry ENABLE TRIGGER USER")
    faults = journal.verify().faults
    assert len(faults) == 1
    assert f"entry {JournalEntry.objects.latest('id').pk}:" in faults[0]


@pytest.mark.parametrize(
    "statement", ["UPDATE kernel_journalentry SET actor = ''", "DELETE FROM kernel_journalentry", "TRUNCATE kernel_journalblock CASCADE"]
)
def test_the_database_refuses_a_change_of_the_journal(statement: str) -> None:
    """Also by SQL."""
    write_one(KEY, actor=Machine("test"))
    with pytest.raises(DatabaseError, match="append_only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_an_erased_salt_leaves_the_chain_whole() -> None:
    """Personal data may be erased lawfully; the journal still verifies."""
    write_one(KEY, actor=Machine("test"))
    journal.seal()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM kernel_journalsalt")
    assert journal.verify().whole
