"""The server, the worker or the database is killed at named points: nothing acknowledged is lost, no case is half there, and what is
sent again makes one case. The cluster is the test's own, with fsync and all else on, so that its recovery is a real one.
"""

from __future__ import annotations

import email
import email.policy
import signal
import tempfile
import uuid
from collections import Counter
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from kirjaamo.cases.tests import imap
from tests.crash.running import Form, Stage, stage

pytestmark = pytest.mark.timeout(600)

SERVER = (
    "before the transaction", "the bytes are staged", "the bytes are synced", "the bytes have their name", "the form is claimed",
    "the party is written", "the document is written", "the history is written", "the number is taken", "it can be searched",
    "it stands on the public face", "the acknowledgement waits", "the journal is written", "before the commit", "before the answer",
)  # fmt: skip
"""Where the server is killed while it registers a case."""
DATABASE = ("the form is claimed", "the number is taken", "the journal is written", "before the commit", "before the answer")
"""Where the database is killed under it."""
WORKER = (
    "a message is fetched", "a message is taken in", "a box is opened", "a file is queued", "a job is taken", "a text is read",
    "a text is kept", "a mail is taken", "a mail is sent", "a block is sealed",
)  # fmt: skip
"""Where the worker is killed."""
UNDER_THE_WORKER = ("a text is read", "a box is opened")
"""Where the database is killed under the worker."""

# What must be true of every case and every number, whatever fell when: each statement names what breaks it.
INVARIANTS = {
    "a number without its case, or a case without its number": """
        SELECT s.key FROM cases_numberseries s WHERE s.last <> (SELECT count(DISTINCT c.number) FROM cases_case c WHERE c.series = s.key)
        OR s.last <> (SELECT coalesce(max(c.number), 0) FROM cases_case c WHERE c.series = s.key)""",
    "a case without a party": "SELECT id FROM cases_case c WHERE NOT EXISTS (SELECT 1 FROM cases_caseparty WHERE case_id = c.id)",
    "a party, event or document of no case": """
        SELECT case_id FROM (SELECT case_id FROM cases_caseparty UNION ALL SELECT case_id FROM cases_caseevent
        UNION ALL SELECT case_id FROM cases_casedocument) x WHERE NOT EXISTS (SELECT 1 FROM cases_case WHERE id = x.case_id)""",
    "a case that did not open once": """
        SELECT c.id FROM cases_case c WHERE 1 <> (SELECT count(*) FROM cases_caseevent WHERE case_id = c.id AND kind = 'opened')""",
    "a case without its document": "SELECT id FROM cases_case c WHERE NOT EXISTS (SELECT 1 FROM cases_casedocument WHERE case_id = c.id)",
    "a document of no case": """
        SELECT id FROM documents_document d WHERE NOT EXISTS (SELECT 1 FROM cases_casedocument WHERE document_id = d.id)""",
    "a file that nobody reads": "SELECT id FROM documents_file f WHERE NOT EXISTS (SELECT 1 FROM documents_filetext WHERE file_id = f.id)",
    "a case that is not found by words": """
        SELECT id FROM cases_case c WHERE 2 <> (SELECT count(*) FROM kernel_searchrow WHERE key = c.identifier AND source LIKE 'cases%')""",
    "a case that lacks on the public face": """
        SELECT id FROM cases_case c WHERE NOT EXISTS (SELECT 1 FROM public_face.face_case WHERE case_id = c.id)""",
    "a form that was taken without its case": """
        SELECT key FROM kernel_submission s WHERE s.result ~ '^[0-9]+$'
        AND NOT EXISTS (SELECT 1 FROM cases_case WHERE id = s.result::bigint)""",
    "an entry of the journal without its salt": """
        SELECT id FROM kernel_journalentry e WHERE NOT EXISTS (SELECT 1 FROM kernel_journalsalt WHERE entry_id = e.id)""",
}
WHOLE = """
SELECT c.identifier, (SELECT count(*) FROM cases_caseparty WHERE case_id = c.id),
    (SELECT array_agg(f.sha256) FROM cases_casedocument d JOIN documents_file f ON f.document_id = d.document_id WHERE d.case_id = c.id),
    (SELECT count(*) FROM notices_mail m WHERE m.about = c.identifier)
FROM cases_case c WHERE c.title = %s
"""


@pytest.fixture
def scene() -> Iterator[Stage]:
    """The city on a cluster of its own, and a registrar at the screen."""
    with tempfile.TemporaryDirectory(prefix="kirjaamo-crash-") as folder:
        Path(folder).chmod(0o755)  # the account that runs PostgreSQL must reach its own folder below
        with stage(Path(folder)) as made:
            assert made.order("load")["status"] == 0
            made.serve()
            made.sign_in()
            yield made


def holds(scene: Stage) -> None:
    """Nothing is half there, and everything that was ever acknowledged is."""
    broken = {name: found for name, statement in INVARIANTS.items() if (found := scene.rows(statement))}
    assert not broken
    for form in scene.acknowledged:
        is_whole(scene, form)


def is_whole(scene: Stage, form: Form) -> None:
    """The form made one case with everything that belongs to it, and its bytes are those that were sent."""
    ((identifier, parties, hashes, mails),) = scene.rows(WHOLE, form.title)
    assert identifier
    assert (parties, mails) == (1, 1)
    assert [scene.bytes_of(one) for one in hashes] == [form.document]


def test_nothing_acknowledged_is_lost_and_nothing_is_half_there(scene: Stage) -> None:
    """One test, since the cluster and the city are made once: each part goes through its points by name."""
    for point in SERVER:
        the_server_is_killed(scene, point)
    for point in DATABASE:
        the_database_is_killed_under_the_server(scene, point)
    the_worker_is_killed_at_each_of_its_points(scene)


def the_server_is_killed(scene: Stage, point: str) -> None:
    """The sender saw no answer and sends the same form again: there is one whole case."""
    form = scene.form(f"Palvelin kaatuu: {point}")
    scene.serve(point=point)
    assert not scene.send(form), point
    assert scene.order("end", pid=scene.server)["status"] == -signal.SIGKILL
    scene.server = 0
    there = len(scene.rows(WHOLE, form.title))
    assert there == (point == "before the answer"), point
    holds(scene)
    scene.serve()
    assert scene.send(form)
    assert scene.send(form)
    holds(scene)


def the_database_is_killed_under_the_server(scene: Stage, point: str) -> None:
    """The server says that it failed, unless the commit was done; after the recovery the same server takes the same form."""
    form = scene.form(f"Tietokanta kaatuu: {point}")
    scene.serve(point=point, kills="database")
    assert scene.send(form) == (point == "before the answer"), point
    assert scene.recover(), point
    holds(scene)
    assert scene.send(form)
    assert scene.send(form)
    holds(scene)


def the_worker_is_killed_at_each_of_its_points(scene: Stage) -> None:
    """Mailbox, boxes of the public side, files, mail, journal: what was to be done is done by the next worker, and once."""
    scene.order("work")
    with imap.serving(imap.Box()) as box:
        assert scene.order("mailbox", port=box.port)["status"] == 0
        for number, (point, kills) in enumerate([*((one, "worker") for one in WORKER), *((one, "database") for one in UNDER_THE_WORKER)]):
            subject, wish, form = f"Saapunut {number}", f"Pyyntö {number}", scene.form(f"Työ {number}")
            box.put(message(subject))
            asked = {"what": wish, "key": str(uuid.uuid4())}
            assert scene.order("ask", **asked, point="before the answer")["status"] == -signal.SIGKILL
            assert scene.order("ask", **asked)["status"] == 0  # the asker saw no answer and sends again
            assert scene.send(form)
            ended = scene.order("work", point=point, kills=kills)["status"]
            assert kills == "database" or ended == -signal.SIGKILL, point
            assert scene.recover() == (kills == "database")
            scene.rows("UPDATE documents_filetext SET at = at - interval '16 minutes' WHERE state IN ('queued', 'reading')")
            scene.rows("UPDATE notices_mail SET next_at = now() WHERE state = 'waiting'")
            assert scene.order("work")["status"] == 0
            done(scene, subject, number + 1)
    sent = Counter(mail["Message-ID"] for mail in mails(scene))
    assert set(sent.values()) <= {1, 2}
    assert list(sent.values()).count(2) == 1  # the one that was sent and not noted; its Message-ID shows it once
    assert scene.order("verify")["status"] == 0
    holds(scene)


def done(scene: Stage, subject: str, asked: int) -> None:
    """Everything that was put in has been worked off, and once."""
    assert scene.rows("SELECT count(*) FROM cases_arrival WHERE subject = %s", subject) == [(1,)]
    assert scene.rows("SELECT count(*) FROM requests_informationrequest") == [(asked,)]
    assert scene.rows("SELECT count(*) FROM arrivals.arrival WHERE state <> 'taken'") == [(0,)]
    assert scene.rows("SELECT DISTINCT state FROM documents_filetext WHERE text LIKE 'Työ %%'") == [("read",)]
    assert scene.rows("SELECT count(*) FROM documents_filetext WHERE state IN ('waiting', 'queued', 'reading', 'failed')") == [(0,)]
    assert scene.rows("SELECT count(*) FROM notices_mail WHERE state <> 'sent'") == [(0,)]
    unsealed = "SELECT count(*) FROM kernel_journalentry e WHERE NOT EXISTS (SELECT 1 FROM kernel_journalseal WHERE entry_id = e.id)"
    assert scene.rows(unsealed) == [(0,)]


def message(subject: str) -> bytes:
    """A message to the registry."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "Aino Esimerkki <aino@esimerkki.example>", "kirjaamo@kaupunki.example", subject
    mail["Date"], mail["Message-ID"] = "Fri, 27 Nov 2026 08:10:00 +0200", f"<{uuid.uuid4()}@esimerkki.example>"
    mail.set_content("Hei! Rannalle tarvitaan penkkejä.")
    return mail.as_bytes()


def mails(scene: Stage) -> Iterator[EmailMessage]:
    """What has left by e-mail."""
    for path in sorted(Path(scene.data, "mail").iterdir()):
        for part in path.read_bytes().split(b"-" * 79 + b"\n"):
            if part.strip():
                yield email.message_from_bytes(part, policy=email.policy.default)
