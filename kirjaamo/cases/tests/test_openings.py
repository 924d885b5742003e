"""What opens a document: its event, the end of its case, time, and a person who confirms; each leaves its trace."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.utils import timezone

from kirjaamo.cases import actions
from kirjaamo.cases.jobs import open_what_time_opens
from kirjaamo.cases.models import Case, ClosingGround
from kirjaamo.cases.publicity.actions import confirm_end
from kirjaamo.cases.tests import made
from kirjaamo.cases.visibility import is_document_visible
from kirjaamo.documents import actions as documents
from kirjaamo.documents.models import Document, DocumentState
from kirjaamo.documents.openness import to_confirm
from kirjaamo.kernel.actors import VISITOR
from kirjaamo.kernel.models import JournalEntry
from kirjaamo.organisation.models import User
from kirjaamo.values.openness import Harm
from kirjaamo.values.publicity import Publicity

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("helsinki")]
PERSONAL, BUSINESS = "JulkL-24-1-25", "JulkL-24-1-19"  # an absolute one that protects a person; one with a test of harm
LONG_AGO = dt.datetime(1999, 5, 4, 9, tzinfo=dt.UTC)


def secret(case: Case, handler: User, ground: str, arrived_at: dt.datetime = LONG_AGO) -> Document:
    """A secret document that arrived long ago."""
    metadata = documents.Metadata(Publicity.SECRET, (ground,), "none", source="decision", reason="testi")
    draft = documents.Draft(title="Vanha kirje", type_code="letter", metadata=metadata)
    document: Document = made.add_document(case, draft, handler, arrived_at)
    return document


def events(case: Case) -> list[str]:
    return list(case.events.order_by("id").values_list("kind", flat=True))


def age(document: Document, until: dt.date) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE documents_document SET secret_until = %s WHERE id = %s", [until, document.pk])


def test_twenty_five_years_open_a_document_and_the_job_records_it(handler: User) -> None:
    case = made.open_case()
    old = secret(case, handler, BUSINESS)
    assert (old.secret_until, old.confirm_end, old.opened_at is None) == (dt.date(2024, 5, 4), False, False)
    document = secret(case, handler, BUSINESS, arrived_at=timezone.now())
    age(document, timezone.localdate())
    assert open_what_time_opens(0) == 0  # the last day of secrecy is secret
    age(document, timezone.localdate() - dt.timedelta(days=1))
    assert open_what_time_opens(0) == 1
    assert open_what_time_opens(0) == 0
    document.refresh_from_db()
    assert document.opened_at is not None
    assert events(case)[-1] == "document_opened"
    assert JournalEntry.objects.filter(action="cases.publicity.open_by_time").count() == 1


def test_the_end_of_a_persons_protection_waits_for_someone_to_confirm(handler: User) -> None:
    case = made.open_case()
    document = secret(case, handler, PERSONAL)
    assert (document.secret_until, document.confirm_end) == (dt.date(2099, 5, 4), True)  # 100 years when the death is not known
    documents.end_secrecy(document, until=dt.date(2020, 1, 31), reason="Kuollut 31.1.1970", actor=handler)
    assert open_what_time_opens(0) == 0
    assert list(Document.objects.filter(to_confirm(timezone.now()))) == [document]
    assert not is_document_visible(document, VISITOR, timezone.now())
    confirm_end(document, reason="Tarkistettu väestötiedoista", actor=handler)
    assert is_document_visible(document, VISITOR, timezone.now())
    assert events(case)[-1] == "document_opened"
    assert not Document.objects.filter(to_confirm(timezone.now())).exists()


def test_a_sealed_document_opens_at_its_time(handler: User) -> None:
    case = made.open_case()
    draft = documents.Draft(
        title="Ilmoitus",
        type_code="notification",
        metadata=documents.Metadata(Publicity.PUBLIC, (), "none", source="decision", reason="testi"),
        opens_at=timezone.now() + dt.timedelta(hours=1),
    )
    document = made.add_document(case, draft, handler)
    assert open_what_time_opens(0) == 0
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE documents_document SET public_from = now() - interval '1 second', sealed_until = now() WHERE id = %s", [document.pk]
        )
    assert open_what_time_opens(0) == 1


def test_preparation_is_public_when_its_last_case_ends(handler: User) -> None:
    first, second = made.open_case(), made.open_case()
    metadata = documents.Metadata(Publicity.NOT_YET_PUBLIC, (), "none", source="decision", reason="testi")
    draft = documents.Draft(title="Muistio", type_code="preparation", metadata=metadata)
    memo = documents.compose(draft, author="Kaisa Kirjola", actor=handler)
    for case in (first, second):
        actions.record(case, actor=handler, kind="document_added", label={"fi": "Lisättiin"}, document=memo)
    actions.close(first, actor=handler, ground=ClosingGround.ANSWERED)
    memo.refresh_from_db()
    assert memo.public_from is None
    actions.close(second, actor=handler, ground=ClosingGround.ANSWERED)
    memo.refresh_from_db()
    assert is_document_visible(memo, VISITOR, timezone.now())


def test_a_draft_does_not_open_with_its_case(handler: User) -> None:
    case = made.open_case()
    metadata = documents.Metadata(Publicity.PUBLIC, (), "none", source="decision", reason="testi")
    draft = documents.Draft(title="Luonnos", type_code="letter", metadata=metadata)
    document = documents.compose(draft, author="Kaisa Kirjola", state=DocumentState.DRAFT, actor=handler)
    actions.record(case, actor=handler, kind="document_added", label={"fi": "Lisättiin"}, document=document)
    actions.close(case, actor=handler, ground=ClosingGround.ANSWERED)
    document.refresh_from_db()
    assert document.public_from is None


def test_a_tender_waits_for_the_contract_even_when_it_was_sent_on(handler: User) -> None:
    case = made.open_case()
    metadata = documents.Metadata(Publicity.PUBLIC, (), "none", source="decision", reason="testi")
    tender = made.add_document(case, documents.Draft(title="Tarjous", type_code="tender", metadata=metadata), handler)
    actions.close(case, actor=handler, ground=ClosingGround.ANSWERED)
    tender.refresh_from_db()
    assert not is_document_visible(tender, VISITOR, timezone.now())
    documents.make_public(tender, at=timezone.now(), actor=handler)
    assert is_document_visible(tender, VISITOR, timezone.now() + dt.timedelta(seconds=1))


def test_a_judgement_opens_where_the_ground_has_a_test_and_a_new_class_asks_again(handler: User) -> None:
    case = made.open_case()
    document = secret(case, handler, BUSINESS, arrived_at=timezone.now())
    documents.judge_harm(document, Harm.NONE, reason="Oikeudenkäynti on päättynyt", actor=handler)
    assert document.opened_at is not None
    documents.decide(document, {"grounds": [PERSONAL], "personal": "contains"}, reason="Uusi arvio", actor=handler)
    assert (document.clause, document.harm) == ("absolute", "not_judged")
    assert not is_document_visible(document, VISITOR, timezone.now())


def test_a_ground_that_nobody_knows_keeps_it_secret_until_someone_ends_it(handler: User) -> None:
    document = secret(made.open_case(), handler, "Muu-laki-9")
    assert (document.clause, document.secrecy_end, document.secret_until) == ("absolute", "event", None)
