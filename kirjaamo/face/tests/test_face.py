"""The public face holds what everyone may read and nothing else, from the very action; what is planted there is named and removed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kirjaamo.cases import actions
from kirjaamo.cases.jobs import open_what_time_opens
from kirjaamo.cases.models import Case, ClosingGround, WebLevel
from kirjaamo.cases.publicity.actions import set_web_rule
from kirjaamo.cases.tests import made
from kirjaamo.documents import actions as documents
from kirjaamo.face import fingerprint
from kirjaamo.face.actions import rebuild
from kirjaamo.face.commands import keep_current
from kirjaamo.face.comparing import compare
from kirjaamo.face.jobs import compare_public_face
from kirjaamo.face.models import FaceCase, FaceDocument, FaceStage
from kirjaamo.face.truth import TABLES
from kirjaamo.face.writing import Touched, refresh, truth_of
from kirjaamo.kernel.actors import Machine
from kirjaamo.kernel.models import SearchRow
from kirjaamo.organisation.models import User
from kirjaamo.values.publicity import PersonalData, Publicity

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("helsinki")]
MACHINE = Machine("test")


def planted(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def shown(case: Case) -> FaceCase:
    return FaceCase.objects.get(case_id=case.pk)


def page_of(client: Client, case: Case) -> str:
    return client.get(reverse("public_case", args=[case.address])).content.decode().replace("\u00ad", "")


def test_each_step_of_a_case_stands_on_the_public_face_when_its_action_ends(handler: User) -> None:
    case = made.open_case()
    assert (shown(case).title, shown(case).state, shown(case).stage) == (case.title, "pending", "initiation")
    actions.take(case, actor=handler, user=handler)
    assert shown(case).state == "handling"
    made.add_document(case, made.draft("Meluselvitys"), handler)
    made.add_document(case, made.draft("Aino Esimerkin kirje", personal=PersonalData.CONTAINS), handler)
    assert list(FaceDocument.objects.filter(case_id=case.pk).values_list("opening", "title")) == [("whole", "Meluselvitys"), ("whole", "")]
    actions.close(case, actor=handler, ground=ClosingGround.ANSWERED)
    assert (shown(case).state, shown(case).closing_ground, shown(case).closed_at) == ("closed", "answered", case.closed_at)
    assert FaceStage.objects.filter(case_id=case.pk).exists()
    assert compare(timezone.now()) == []


def test_what_is_undone_never_stood_there() -> None:
    before = transaction.savepoint()
    made.open_case()
    transaction.savepoint_rollback(before)
    assert not FaceCase.objects.exists()


def test_the_secret_part_of_a_case_leaves_its_row_in_place_masked(client: Client, handler: User) -> None:
    case = made.open_case(title="Salainen nimi", public_title="Salainen julkinen nimi", publicity=Publicity.SECRET)
    made.add_document(case, made.draft("Salainen lausunto", Publicity.SECRET), handler)
    made.add_document(case, made.draft("Osin salainen lausunto", Publicity.PARTLY_SECRET), handler)
    assert shown(case).title == ""
    assert list(FaceDocument.objects.values_list("opening", "title", "kind")) == [("secret", "", None), ("parts", "", None)]
    page = page_of(client, case)
    assert case.identifier in page
    assert page.count("Asiakirja, jota ei näytetä") == 2
    assert "alainen nimi" not in page
    assert "lausunto" not in page.lower().replace("lausuntopyyntö", "")


def test_words_find_a_public_row_and_no_masked_one(client: Client) -> None:
    made.open_case(title="Torikauppa", public_title="Torikauppa")
    made.open_case(title="Kioskikauppa", public_title="Kioskikauppa", publicity=Publicity.SECRET)
    found = client.get(reverse("public_cases"), {"q": "torikaupat"}).content.decode()
    assert "Torikauppa" in found.replace("\u00ad", "")
    assert "Hakuehdoilla ei löytynyt" in client.get(reverse("public_cases"), {"q": "kioskikauppa"}).content.decode()


def test_time_opens_a_document_on_the_public_face(handler: User) -> None:
    case = made.open_case()
    document = made.add_document(case, made.draft("Vanha selvitys", Publicity.SECRET), handler)
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    planted("UPDATE documents_document SET secret_until = %s, confirm_end = false WHERE id = %s", yesterday, document.pk)
    assert [one.kind for one in compare(timezone.now())] == ["differs"]
    open_what_time_opens(0)
    assert FaceDocument.objects.values_list("opening", "title").get() == ("whole", "Vanha selvitys")
    assert compare(timezone.now()) == []


def test_a_document_made_secret_leaves_the_public_face_at_once(handler: User) -> None:
    case = made.open_case()
    document = made.add_document(case, made.draft("Tarjouksen liite"), handler)
    documents.decide(document, {"publicity": "secret", "grounds": ["JulkL-24-1-20"]}, reason="Liikesalaisuus", actor=handler)
    assert FaceDocument.objects.values_list("opening", "title").get() == ("secret", "")


LEAKS: tuple[tuple[str, str, str], ...] = (
    ("UPDATE public_face.face_case SET title = 'Salainen nimi'", "differs", "facecase"),
    ("UPDATE public_face.face_document SET title = 'Salainen lausunto', opening = 'whole'", "differs", "facedocument"),
    ("INSERT INTO public_face.face_document (paper_id, case_id, opening, title) VALUES (999999, 1, 'whole', 'X')", "leak", "facedocument"),
    ("DELETE FROM public_face.face_stage", "missing", "facestage"),
    ("INSERT INTO public_face.kernel_searchrow SELECT * FROM kernel_searchrow WHERE source = 'cases'", "leak", "kernel_searchrow"),
    ("UPDATE public_face.tos_classrevision SET internal = 'sisäinen' WHERE id = (SELECT min(id) FROM public_face.tos_classrevision)",
     "differs", "tos_classrevision"),
)  # fmt: skip


@pytest.mark.parametrize(("statement", "kind", "table"), LEAKS)
def test_a_planted_leak_is_named_without_its_content_and_mended(handler: User, statement: str, kind: str, table: str) -> None:
    case = made.open_case(title="Salainen nimi", public_title="Nimi", publicity=Publicity.SECRET)
    made.add_document(case, made.draft("Salainen lausunto", Publicity.SECRET), handler)
    assert compare(timezone.now()) == []
    planted(statement)
    found = compare(timezone.now())
    assert {(one.kind, one.table) for one in found} == {(kind, table)}
    assert "alainen" not in " ".join(map(str, found))
    assert compare_public_face(0) == len(found)
    assert compare(timezone.now()) == []


def test_a_changed_declaration_makes_the_public_face_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    made.open_case()
    rebuild(actor=MACHINE)
    assert keep_current() is False
    monkeypatch.setattr(fingerprint, "fingerprint", lambda: "another declaration")
    planted("TRUNCATE public_face.face_case")
    assert not fingerprint.is_current()
    assert keep_current() is True
    assert FaceCase.objects.count() == 1


def test_the_rule_of_the_nearest_class_says_what_the_web_shows(client: Client, administrator: User, handler: User) -> None:
    del administrator
    case = made.open_case()
    made.add_document(case, made.draft("Meluselvitys"), handler)
    code = case.revision.code
    levels: list[tuple[str, WebLevel, Any]] = [
        (code, WebLevel.TITLE, (case.title, 0)),
        (code[:5], WebLevel.NONE, (case.title, 0)),  # the nearer rule holds
        (code, WebLevel.ROW, ("", 0)),
        (code, WebLevel.DOCUMENTS, (case.title, 1)),
    ]
    for where, level, expected in levels:
        set_web_rule(where, level, source="JulkL 621/1999 16.3 §", why="testi", actor=MACHINE)
        assert (shown(case).title, FaceDocument.objects.count()) == expected
    set_web_rule(code, WebLevel.NONE, source="JulkL 621/1999 16.3 §", why="testi", actor=MACHINE)
    assert client.get(reverse("public_case", args=[case.address])).status_code == 404
    assert not FaceCase.objects.exists()
    assert compare(timezone.now()) == []


def test_a_title_that_the_rule_keeps_off_the_web_is_not_found_by_its_words() -> None:
    case = made.open_case(title="Torikauppa", public_title="Torikauppa")
    set_web_rule(case.revision.code, WebLevel.ROW, source="JulkL 621/1999 16.3 §", why="testi", actor=MACHINE)
    assert SearchRow.objects.get(source="cases_public", key=case.identifier).title != "Torikauppa"
    assert "torikauppa" not in str(shown(case).vector)
    later = made.open_case(title="Toripaikka", public_title="Toripaikka")
    assert shown(later).title == ""


def test_a_name_stands_on_the_web_only_where_the_rule_says_so(handler: User) -> None:
    case = made.open_case()
    made.add_document(case, made.draft("Aino Esimerkin kirje", personal=PersonalData.CONTAINS), handler)
    assert FaceDocument.objects.get().title == ""
    set_web_rule(case.revision.code, WebLevel.NAMES, source="Laki x", why="testi", actor=MACHINE)
    assert FaceDocument.objects.get().title == "Aino Esimerkin kirje"


def test_the_composed_statement_says_what_composing_it_at_the_moment_would() -> None:
    """Whatever the queries make of a moment is known: the moment itself and its day."""
    at = timezone.now()
    statement, told = refresh(at, Touched(cases=[1], arrivals=[1], requests=[1], publications=[1]))
    anew = [truth_of(table, at, touched=True) for table in TABLES]
    assert all(sql in statement for sql, _values in anew)
    values = [value for _sql, some in anew for value in some]
    assert [str(value) for value in told[-len(values) :]] == [str(value) for value in values]
