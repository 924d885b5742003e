"""What arrives: read from a mailbox without loss, registered on one screen, ended in every other way, never twice."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kirjaamo.cases import actions
from kirjaamo.cases import mailboxes as jobs
from kirjaamo.cases.arrivals.mail import read_mail
from kirjaamo.cases.arrivals.times import counted
from kirjaamo.cases.models import Arrival, ArrivalState, Case, ChannelOutage, Mailbox
from kirjaamo.cases.tests import imap, made
from kirjaamo.documents.models import Document, File, Way
from kirjaamo.kernel.actors import Machine
from kirjaamo.kernel.models import JournalEntry
from kirjaamo.notices.models import Mail
from kirjaamo.organisation.models import Unit, User
from kirjaamo.organisation.roles import Role
from kirjaamo.testing import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("helsinki")]
ADMIN = Machine("test")
PDF = b"%PDF-1.7\n1 0 obj\n"


def message(
    subject: str = "Aloite penkeistä Töölönlahdelle",
    text: str = "Hei! Rannalle tarvitaan penkkejä.",
    sender: str = "Aino Esimerkki <aino@esimerkki.example>",
    files: dict[str, bytes] | None = None,
    **headers: str,
) -> bytes:
    """A message as a mail server would hand it over."""
    mail = EmailMessage()
    given = {"From": sender, "To": "kirjaamo@kaupunki.example", "Subject": subject, "Date": "Fri, 27 Nov 2026 08:10:00 +0200"}
    given |= {"Message-ID": f"<{uuid.uuid4()}@esimerkki.example>"} | {name.replace("_", "-"): value for name, value in headers.items()}
    for name, value in given.items():
        mail[name] = value
    mail.set_content(text)
    for file, data in (files or {}).items():
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=file)
    return mail.as_bytes()


def taken(data: bytes | None = None, ago: dt.timedelta = dt.timedelta(hours=1)) -> Arrival:
    """An arrival of the queue."""
    return actions.take_in(actions.of_mail(message() if data is None else data, timezone.now() - ago), actor=ADMIN)[0]


@pytest.fixture
def box() -> Iterator[imap.Box]:
    """A mailbox on a server of its own."""
    with imap.serving(imap.Box()) as served:
        yield served


def mailbox(served: imap.Box) -> Mailbox:
    """The mailbox as the program knows it."""
    facts = {"host": "127.0.0.1", "port": served.port, "tls": False, "username": "kirjaamo@kaupunki.example"}
    return actions.add_mailbox("kirjaamo", served.password, actor=ADMIN, **facts)


def test_a_mailbox_is_read_into_the_queue_once(box: imap.Box) -> None:
    """Each message becomes one arrival with its files, is acknowledged and marked as read; reading again finds nothing new."""
    first, second = message(files={"aloite.pdf": PDF, "ohjelma.exe": b"MZ\x00\x00"}), message("Toinen asia")
    box.put(first)
    box.put(second)
    account = mailbox(box)
    assert jobs.read_all() == 2
    assert jobs.read_all() == 0
    assert box.seen == {1, 2}
    assert box.fetched == [1, 2]
    arrival = Arrival.objects.get(subject="Aloite penkeistä Töölönlahdelle")
    assert (arrival.sender_name, arrival.sender_email, arrival.way) == ("Aino Esimerkki", "aino@esimerkki.example", "email")
    assert [(file.name, file.refused) for file in arrival.files.all()] == [
        ("viesti.eml", ""),
        ("aloite.pdf", ""),
        ("ohjelma.exe", "documents.kind_refused"),
    ]
    account.refresh_from_db()
    assert (account.last_uid, account.uid_validity, account.trouble) == (2, 7, "")
    assert arrival.acknowledged_at is not None
    assert Mail.objects.filter(about=arrival.identifier).count() == 1


def test_a_crash_between_the_database_and_the_mailbox_loses_and_doubles_nothing(box: imap.Box, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server falls in the middle, then the database, then the marking: what was not taken is read again, what was is not doubled."""
    for number in range(4):
        box.put(message(f"Asia {number}"))
    mailbox(box)
    box.hangs_up_at = 2
    assert jobs.read_all() == 1
    assert Mailbox.objects.get().trouble != ""
    real = actions.take_in
    fallen: list[bool] = []

    def falls(*args: Any, **kwargs: Any) -> Any:
        if not fallen:
            fallen.append(True)
            raise DatabaseError
        return real(*args, **kwargs)

    monkeypatch.setattr("kirjaamo.cases.actions.arriving.take_in", falls)
    with pytest.raises(DatabaseError):
        jobs.read_all()
    assert Arrival.objects.count() == 1
    Mailbox.objects.get()
    assert jobs.read_all() == 3
    box.validity = 8  # the server numbers its messages anew: all are looked at again, none is taken twice
    assert jobs.read_all() == 0
    assert sorted(Arrival.objects.values_list("subject", flat=True)) == [f"Asia {number}" for number in range(4)]


def test_two_messages_of_one_message_id_are_both_kept_and_one_message_of_two_mailboxes_is_one(box: imap.Box) -> None:
    """What differs in content is never taken for the same; the stamps of the way make no difference."""
    one = message("Eka", Message_ID="<sama@esimerkki.example>")
    box.put(one)
    box.put(message("Toka", Message_ID="<sama@esimerkki.example>"))
    box.put(b"Received: from b.example by c.example; Fri, 27 Nov 2026 08:12:00 +0200\r\n" + one)
    mailbox(box)
    assert jobs.read_all() == 2
    assert sorted(Arrival.objects.values_list("subject", flat=True)) == ["Eka", "Toka"]


def test_a_wrong_password_is_told_in_the_queue_and_stops_nothing(box: imap.Box, registrar: User) -> None:
    """A mailbox that cannot be read shows in the queue; its password is nowhere in clear."""
    account = mailbox(box)
    assert b"salainen" not in bytes(account.password_sealed)
    box.password = "toinen sana"
    assert jobs.read_all() == 0
    client = Client()
    client.force_login(registrar)
    page = client.get("/tyo/saapuneet/").content.decode()
    assert "ei voi lukea" in page
    assert "salainen sana" not in page


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00\xff\xfe",
        b"From: =?utf-8?b?////?=\r\nSubject: =?x-none?q?=00?=\r\nDate: eilen\r\n\r\n\x00\x00",
        b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n",
        b"Subject: " + b"a" * 100_000 + b"\r\n\r\n",
        b"Content-Type: text/html\r\n\r\n<p>Hei<script>alert(1)</script><p>vaan",
    ],
)
def test_a_broken_message_is_kept_as_it_came(data: bytes) -> None:
    """Whatever cannot be read of a message, its bytes are in the queue and the queue goes on."""
    arrival = taken(data)
    assert len(arrival.subject) <= 300
    assert "alert" not in arrival.text
    assert File.objects.count() == 0
    assert arrival.files.get(order=0).size == len(data)


def test_a_program_is_never_acknowledged() -> None:
    """Two programs that thank each other would go on for ever (RFC 3834)."""
    for data in (message(Auto_Submitted="auto-replied"), message(Precedence="bulk"), message(Return_Path="<>")):
        taken(data)
    taken(message(sender="Kirjaamo <kirjaamo@localhost>"))
    assert not Mail.objects.exists()


def test_the_first_server_tells_when_a_message_was_sent() -> None:
    """The sender's own date is believed only where no server on the way stamped the message."""
    stamped = b"Received: by b; Fri, 27 Nov 2026 09:00:00 +0200\r\nReceived: by a; Fri, 27 Nov 2026 08:30:00 +0200\r\n" + message()
    assert read_mail(stamped).sent_at == dt.datetime(2026, 11, 27, 6, 30, tzinfo=dt.UTC)
    assert read_mail(message()).sent_at == dt.datetime(2026, 11, 27, 6, 10, tzinfo=dt.UTC)


# The one screen --------------------------------------------------------------------------------------------------------


@pytest.fixture
def desk(registrar: User) -> Client:
    """A browser in which the registrar is signed in."""
    client = Client()
    client.force_login(registrar)
    return client


def typed(arrival: Arrival, **changes: Any) -> dict[str, Any]:
    """What a registrar sends of an arrival when nothing but the class was chosen."""
    told = {
        "key": str(uuid.uuid4()),
        "version": str(arrival.version),
        "luokka": "07 01 04",
        "sender_kind": "person",
        "sender": arrival.sender_name,
        "email": arrival.sender_email,
        "title": "Penkit Töölönlahdelle",
        "title_open": "yes",
        "unit": str(Unit.objects.get(slug="kirjaamo").pk),
        "language": "fi",
        "type": "request",
        "publicity": "plan",
    }
    return told | changes


def test_an_arrival_becomes_a_case_with_its_documents_and_times(desk: Client) -> None:
    """The case begins when the message arrived, not when it was registered; message and attachment are documents with sender and way."""
    arrival = taken(message(files={"aloite.pdf": PDF, "ohjelma.exe": b"MZ\x00"}))
    page = desk.get(arrival.get_absolute_url()).content.decode()
    assert 'value="Aloite penkeistä Töölönlahdelle"' in page
    assert "Rannalle tarvitaan penkkejä" in page
    told = typed(arrival)
    answer = desk.post(arrival.get_absolute_url(), told)
    assert answer.headers["Location"] == "/tyo/saapuneet/"
    case = Case.objects.get()
    assert case.initiated_at == arrival.counts_at < case.registered_at
    documents = [one.document for one in case.case_documents.select_related("document")]
    assert [document.files.get().name for document in documents] == ["viesti.eml", "aloite.pdf"]
    assert {(document.sender, document.way, document.arrived_at) for document in documents} == {
        ("Aino Esimerkki", "email", arrival.counts_at)
    }
    arrival.refresh_from_db()
    assert (arrival.state, arrival.case_id) == ("case", case.pk)
    assert desk.post(arrival.get_absolute_url(), told).status_code == 302  # sent again
    assert Case.objects.count() == 1
    assert case.identifier in desk.get(arrival.get_absolute_url()).content.decode()


def test_after_saving_the_next_of_the_queue_stands_there(desk: Client) -> None:
    """The longest waiting comes first, and saving leads on to the one after it."""
    first, second, third = (taken(message(f"Asia {n}"), dt.timedelta(hours=9 - n)) for n in range(3))
    assert desk.post(second.get_absolute_url(), typed(second)).headers["Location"] == third.get_absolute_url()
    assert desk.post(third.get_absolute_url(), typed(third)).headers["Location"] == first.get_absolute_url()
    queue = desk.get("/tyo/saapuneet/").content.decode()
    assert "Asia 0" in queue
    assert "Asia 1" not in queue


MOST_STATEMENTS = 9
"""Beside the begin and the commit. Twelve in all is the aim; what goes down stays down."""


def test_registering_a_whole_case_keeps_to_its_statements(desk: Client, registrar: User) -> None:
    """Party, message, two attachments, events, index, public face, journal: one transaction, the number taken last."""
    row = taken(message(files={"aloite.pdf": PDF, "kartta.pdf": PDF + b"2"}))
    desk.get(row.get_absolute_url())
    with CaptureQueriesContext(connection) as queries:
        assert desk.post(row.get_absolute_url(), typed(row)).status_code == 302
    told = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
    start = next(place for place, sql in enumerate(told) if "kernel_submission" in sql)
    end = next(place for place, sql in enumerate(told) if "kernel_journalentry" in sql)
    own = told[start : end + 1]
    assert len(own) <= MOST_STATEMENTS, "\n".join(sql[:160] for sql in own)
    number = next(place for place, sql in enumerate(own) if "cases_numberseries" in sql)
    assert len(own) - number <= 4  # number with case, index, public face, journal
    assert Case.objects.get().case_documents.count() == 3
    assert JournalEntry.objects.filter(action="cases.register", actor=registrar.actor_ref).count() == 1


def test_what_came_electronically_is_acknowledged_when_it_is_registered(desk: Client) -> None:
    """A message that never was in the queue: its sender hears of the case once, however often the form is sent; a letter's does not."""
    told = {
        "key": str(uuid.uuid4()), "luokka": "07 01 04", "sender_kind": "person", "sender": "Aino Esimerkki",
        "email": "aino@esimerkki.example", "title": "Penkit rannalle", "title_open": "yes",
        "unit": str(Unit.objects.get(slug="kirjaamo").pk), "language": "fi",
        "type": "request", "publicity": "plan", "way": "email", "arrived_on": "27.11.2026", "arrived_time": "8.00",
    }  # fmt: skip
    assert desk.post("/tyo/asiat/uusi/", told | {"key": str(uuid.uuid4()), "way": "post"}).status_code == 302
    assert not Mail.objects.exists()
    with CaptureQueriesContext(connection) as queries:
        assert desk.post("/tyo/asiat/uusi/", told).status_code == 302
    own = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
    assert desk.post("/tyo/asiat/uusi/", told).status_code == 302
    assert Case.objects.count() == 2
    assert Mail.objects.get().about == Case.objects.latest("id").identifier
    start, end = (next(place for place, sql in enumerate(own) if table in sql) for table in ("kernel_submission", "kernel_journalentry"))
    assert end + 1 - start <= MOST_STATEMENTS + 1, "\n".join(
        sql[:160] for sql in own[start : end + 1]
    )  # the acknowledgement; with begin and commit twelve


def test_the_class_is_found_by_words_while_typing_and_brings_its_fields(desk: Client) -> None:
    """Everyday words give classes with the first picked, and the fields that hang on it; the words stand in no address."""
    page = desk.post("/tyo/saapuneet/luokat/", {"haku": "tietopyynnön"}).content.decode()
    assert 'value="07 01 04" id="luokka-1" checked' in page
    assert 'name="publicity"' in page
    assert desk.get("/tyo/saapuneet/luokat/", {"haku": "tieto"}).status_code == 405
    assert "ei löytynyt" in desk.post("/tyo/saapuneet/luokat/", {"haku": "xyzzy"}).content.decode()


def test_a_class_that_answers_other_words_than_those_typed_is_asked_again(desk: Client) -> None:
    """Someone types on and saves before the list has followed: the stale pick is not believed."""
    row = taken()
    stale = typed(row, luokka="07 01 04", haettu="tietopyyntö", haku="päivähoitomaksu")
    answer = desk.post(row.get_absolute_url(), stale)
    assert answer.status_code == 422
    assert "haku" in answer.context["form"].errors
    assert not Case.objects.exists()


def test_a_name_beside_a_secret_class_needs_a_second_look(desk: Client) -> None:
    """In a secret matter the sender's name, in any form, or two names in a row stop the first save; a person may confirm."""
    for title in ("Aino Esimerkin hakemus", "Hakemus, Onni Keksitty"):
        row = taken()
        told = typed(row, title=title, publicity="secret", ground="JulkL-24-1-32", reason="arkaluonteinen", type="request")
        answer = desk.post(row.get_absolute_url(), told)
        assert answer.status_code == 422, title
        assert "salassa pidettäviä" in str(answer.context["form"].errors["title"])
        assert desk.post(row.get_absolute_url(), told | {"title_named": "on"}).status_code == 302


def test_what_resembles_an_arrival_is_suggested(desk: Client) -> None:
    """The case that is named, that was answered, that holds the same file, of the same sender, of the same words: each with its reason."""
    first = taken(message(files={"liite.pdf": PDF}, Message_ID="<eka@esimerkki.example>"))
    desk.post(first.get_absolute_url(), typed(first))
    case = Case.objects.get()

    def why(data: bytes) -> str:
        return desk.get(taken(data).get_absolute_url()).content.decode()

    onni = "Onni Keksitty <onni@keksitty.example>"
    assert "Asiatunnus mainitaan" in why(message(f"Koskee asiaa {case.identifier}", sender=onni))
    assert "Vastaus viestiin" in why(message("Lisätietoa", sender=onni, In_Reply_To="<eka@esimerkki.example>"))
    assert "Sama tiedosto" in why(message("Kysely", sender=onni, files={"x.pdf": PDF}))
    assert "Sama lähettäjä" in why(message("Aivan muuta"))
    alike = desk.post("/tyo/saapuneet/samankaltaiset/", {"title": "Penkkejä Töölönlahden rantaan", "language": "fi"}).content.decode()
    assert "Samat sanat nimikkeessä" in alike
    assert case.identifier in alike
    assert (
        desk.post("/tyo/saapuneet/samankaltaiset/", {"title": "Koirapuiston aita", "language": "fi"}).content.decode().count("row-title")
        == 0
    )


def test_work_left_half_done_is_there_again_and_sealed(desk: Client) -> None:
    """What was typed comes back; in the database it is not in clear."""
    row = taken()
    assert desk.post(row.get_absolute_url(), typed(row, title="Kesken jäänyt nimike", do="keep")).status_code == 302
    row.refresh_from_db()
    assert b"Kesken" not in bytes(row.draft_sealed or b"")
    page = desk.get(row.get_absolute_url()).content.decode()
    assert "Kesken jäänyt nimike" in page
    assert 'value="07 01 04" id="luokka-1" checked' in page


def test_two_people_at_one_arrival_see_both_and_lose_neither(desk: Client) -> None:
    """The second save is stopped, both versions stand side by side, and saving again is a choice."""
    row = taken()
    other = Client()
    other.force_login(make_user(Role.REGISTRAR, name="toinen"))
    other.post(row.get_absolute_url(), typed(row, title="Toisen nimike", do="keep"))
    answer = desk.post(row.get_absolute_url(), typed(row, title="Oma nimike"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Toisen nimike" in page
    assert "Oma nimike" in page
    assert not Case.objects.exists()
    row.refresh_from_db()
    assert desk.post(row.get_absolute_url(), typed(row, title="Oma nimike")).status_code == 302
    late = other.post(row.get_absolute_url(), typed(row, title="Toisen nimike"))
    assert late.status_code == 409
    assert Case.objects.get().title == "Oma nimike"
    assert "Oma nimike" in late.content.decode()
    assert "Toisen nimike" in late.content.decode()
    assert Case.objects.get().identifier in late.content.decode()


# The other ends --------------------------------------------------------------------------------------------------------


def end(desk: Client, row: Arrival, **told: str) -> Any:
    """End an arrival without a case of its own."""
    return desk.post(f"{row.get_absolute_url()}muu/", {"key": str(uuid.uuid4()), "version": str(row.version)} | told)


def test_an_arrival_joins_an_open_case(desk: Client) -> None:
    """Its files become documents of the case with their own arrival; a closed or unknown case is refused in words."""
    case = made.open_case()
    row = taken(message(files={"liite.pdf": PDF}))
    assert "ei ole" in str(end(desk, row, how="to_case", case="HEL 2020-000999").context["form"].errors)
    assert end(desk, row, how="to_case", case=case.identifier.lower().replace(" ", "-")).status_code == 302
    assert case.case_documents.count() == 2
    assert {document.arrived_at for document in Document.objects.all()} == {row.counts_at}
    row.refresh_from_db()
    assert (row.state, row.case_id) == ("to_case", case.pk)
    assert case.events.filter(kind="document_arrived").count() == 2


@pytest.mark.parametrize(
    ("told", "missing"),
    [
        ({"how": "answered", "reason": "Neuvottu puhelimessa."}, "reason"),
        ({"how": "not_registered", "reason": "Mainos."}, "reason"),
        ({"how": "transferred", "transferred_to": "Verohallinto", "sender_told": "sähköpostilla"}, "transferred_to"),
        ({"how": "transferred", "transferred_to": "Verohallinto", "sender_told": "sähköpostilla"}, "sender_told"),
        ({"how": "to_case", "case": "-"}, "case"),
    ],
)
def test_each_other_end_needs_what_the_law_wants_to_know(desk: Client, told: dict[str, str], missing: str) -> None:
    """Without the reason, the authority or the notice to the sender the end is refused at its field."""
    row = taken()
    assert missing in end(desk, row, **(told | {missing: ""})).context["form"].errors
    if told["how"] != "to_case":
        assert end(desk, row, **told).status_code == 302
        row.refresh_from_db()
        assert (row.state, row.ended_at is not None) == (told["how"], True)


def test_spam_takes_one_key_and_is_kept_with_who_and_when(desk: Client, registrar: User) -> None:
    """Nothing that arrived disappears: what it was ended as stays readable."""
    row = taken()
    assert end(desk, row, how="spam").status_code == 302
    row.refresh_from_db()
    assert (row.state, row.ended_by, row.reason) == ("spam", registrar.actor_ref, "Roskapostia")
    assert end(desk, row, how="answered", reason="x").status_code == 409
    assert "Roskapostia" in desk.get(row.get_absolute_url()).content.decode()


@pytest.mark.parametrize("state", [state.value for state in ArrivalState if state != ArrivalState.WAITING])
def test_the_database_refuses_an_end_without_its_facts(state: str) -> None:
    """Written past the program, an end without who, case, reason or authority breaks a constraint."""
    row = taken()
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute("UPDATE cases_arrival SET state = %s, ended_at = now(), ended_by = 'x' WHERE id = %s", [state, row.pk])


def test_a_dropped_message_is_taken_once(desk: Client) -> None:
    """A file of a message goes into the queue; the same one again, or one that the mailbox already gave, is said to be there."""
    data = message()
    for _again in range(2):
        desk.post("/tyo/saapuneet/", {"messages": SimpleUploadedFile("viesti.eml", data), "key": str(uuid.uuid4())})
    assert Arrival.objects.count() == 1
    wrong = desk.post("/tyo/saapuneet/", {"messages": SimpleUploadedFile("kuva.eml", b"\x89PNG" + b"\x00" * 50), "key": str(uuid.uuid4())})
    assert "ei ole sähköpostiviesti" in wrong.content.decode()


def test_an_arrival_is_routed_to_a_unit_and_its_files_open_with_a_trace(desk: Client) -> None:
    """The unit proposed at registering is the one it was routed to; opening a file is written to the journal."""
    row = taken(message(files={"a.pdf": PDF, "b.exe": b"MZ\x00"}))
    unit = Unit.objects.get(slug="hallinto-osasto")
    desk.post(f"{row.get_absolute_url()}yksikko/", {"unit": str(unit.pk), "version": "1", "key": str(uuid.uuid4())})
    row.refresh_from_db()
    assert row.unit_id == unit.pk
    good, bad = row.files.get(name="a.pdf"), row.files.get(name="b.exe")
    assert desk.get(f"{row.get_absolute_url()}tiedosto/{good.pk}/").content == PDF
    assert desk.get(f"{row.get_absolute_url()}tiedosto/{bad.pk}/").status_code == 404
    assert JournalEntry.objects.filter(action="cases.open_arrival_file").count() == 1


# Times -----------------------------------------------------------------------------------------------------------------

NOON = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


@pytest.mark.parametrize(
    ("sent", "received", "expected"),
    [
        (NOON + HOUR, NOON + 5 * HOUR, NOON + HOUR),  # sent while the channel was down
        (NOON, NOON + 5 * HOUR, NOON),  # at its very start
        (NOON + 2 * HOUR, NOON + 5 * HOUR, NOON + 5 * HOUR),  # at its end it works again
        (NOON - HOUR, NOON + 5 * HOUR, NOON + 5 * HOUR),  # sent before it: the delay was elsewhere
        (None, NOON + HOUR, NOON + HOUR),  # nobody can prove when it was sent
    ],
)
def test_what_was_sent_in_an_outage_counts_from_its_sending(sent: dt.datetime | None, received: dt.datetime, expected: dt.datetime) -> None:
    """13/2003 § 10: it has arrived when we can handle it, and in an outage when it was provably sent."""
    outage = ChannelOutage(way=Way.EMAIL, began_at=NOON, ended_at=NOON + 2 * HOUR)
    assert counted(received, sent, [outage])[0] == expected


def test_an_outage_noted_later_counts_what_waits_again_and_says_why(desk: Client) -> None:
    """The registrar notes an outage: an arrival that waits counts from its sending, and its page tells the reason."""
    now = timezone.localtime().replace(second=0, microsecond=0)
    sent = now - dt.timedelta(hours=30)
    stamp = f"Received: by a.example; {sent:%a, %d %b %Y %H:%M:%S %z}\r\n".encode()
    row = taken(stamp + message())
    began, ended = sent - HOUR, sent + HOUR
    told = {
        "key": str(uuid.uuid4()),
        "way": "email",
        "began_on": f"{began:%d.%m.%Y}",
        "began_time": f"{began:%H.%M}",
        "ended_on": f"{ended:%d.%m.%Y}",
        "ended_time": f"{ended:%H.%M}",
        "what": "Postipalvelin oli nurin",
    }
    assert desk.post("/tyo/saapuneet/katkot/", told).status_code == 302
    before = row.counts_at
    row.refresh_from_db()
    assert row.counts_at == sent < before
    page = desk.get(row.get_absolute_url()).content.decode()
    assert "Postipalvelin oli nurin" in page
    assert desk.post(row.get_absolute_url(), typed(row)).status_code == 302
    assert Case.objects.get().initiated_at == sent


def test_the_reports_show_what_waits_too_long(desk: Client) -> None:
    """An arrival of three weeks ago is late and without unit; a fresh one is only without unit."""
    late, fresh = taken(message("Vanha asia"), dt.timedelta(days=21)), taken(message("Tuore asia"))
    page = desk.get("/tyo/saapuneet/raportit/").content.decode()
    kirjaamatta = page.partition('id="kirjaamatta"')[2].partition("<section")[0]
    assert late.subject in kirjaamatta
    assert fresh.subject not in kirjaamatta
    assert page.count("Tuore asia") == 1
    assert "<svg" in page


def test_how_far_a_case_is_is_answered_from_one_box_and_a_name_is_logged(desk: Client) -> None:
    """By identifier, name in either order, or words; only the search by name is a read of personal data."""
    row = taken()
    desk.post(row.get_absolute_url(), typed(row))
    case = Case.objects.get()

    def ask(text: str) -> str:
        return desk.post("/tyo/tilanne/", {"q": text}).content.decode()

    for text in (case.identifier.lower(), "Esimerkki Aino", "aino esim", "penkkejä"):
        assert case.identifier in ask(text), text
    assert "Seuraavaksi" in ask(case.identifier)
    assert "Asiaa ei löytynyt" in ask("Onni Keksitty")
    assert JournalEntry.objects.filter(action="cases.note_enquiry").count() == 2
