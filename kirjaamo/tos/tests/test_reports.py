"""Drift from the edition of 2016 reproduces what is known of it (records.md § 6 and § 7.8 no. 13); copies; use."""

from __future__ import annotations

import json
from io import BytesIO

import openpyxl
import pikepdf
import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kirjaamo.kernel.packs import read_pack
from kirjaamo.organisation.roles import Role
from kirjaamo.testing import HELSINKI, make_user
from kirjaamo.tos.actions import edition_hash, load_plan
from kirjaamo.tos.drift import Mark, drift
from kirjaamo.tos.models import ClassRevision, PlanEdition
from kirjaamo.tos.quality import copies, from_use
from kirjaamo.tos.tests.conftest import CLASSES, LOADER, PROCESS, pack_of

RENAMED = {
    "00 01 04", "00 01 05", "00 04 00", "02 05 01 00", "02 05 02", "04 04", "07 00 01",
    "07 00 02", "07 01 02", "07 01 04", "10 07 00", "13 00", "14 00 01", "14 00 02",
}  # fmt: skip
NEW = {
    "00 01 01 00", "00 01 02 03", "00 01 07", "00 03 03", "00 04 06", "00 04 07",
    "03 01 03", "03 01 04", "07 00 04", "07 02 03", "07 02 04", "07 02 05",
    "10 05 00 01", "14 00 03", "14 05 02",
}  # fmt: skip

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager() -> Client:
    client = Client()
    client.force_login(make_user(Role.RECORDS_MANAGER, name="maarit"))
    return client


def test_the_drift_of_the_published_classes_from_the_edition_of_2016() -> None:
    told = [one for one in drift(PlanEdition.objects.get(kind="compared"), timezone.localdate()) if one.published]
    assert len(told) == 48
    assert {one.code for one in told if one.mark == Mark.RENAMED} == RENAMED
    assert {one.code for one in told if one.mark == Mark.NEW} == NEW
    near = {one.code: list(one.near) for one in told if one.near}
    assert near["00 01 07"] == ["00 01 06"]
    assert near["00 04 06"] == ["00 04 05"]
    assert near["00 03 03"] == ["00 03 01"]
    parents = {one.code.rpartition(" ")[0] for one in told if one.missing_parent}
    assert {"00", "00 01", "00 03", "10 05 00"} <= parents


def test_an_edition_is_kept_once() -> None:
    assert PlanEdition.objects.get().rows.count() == 584


def test_copies_without_a_named_template_are_told() -> None:
    more = {"code": "90 01 05", "title": {"fi": "Kopio"}, "parent": "90 01"}
    load_plan(pack_of(*CLASSES, more, processes=(PROCESS, {**PROCESS, "class": "90 01 05"})), actor=LOADER, on=timezone.localdate())
    told = copies(timezone.localdate())
    assert ["90 01 04", "90 01 05"] in [list(group) for group in told.unnamed]
    assert "90 01 04" in told.without_own


def test_no_process_of_the_city_is_an_unnamed_copy_and_each_has_something_of_its_own() -> None:
    told = copies(timezone.localdate())
    assert told.unnamed == []
    assert told.without_own == []


def test_every_leaf_that_a_system_uses_has_an_approved_process() -> None:
    pack = read_pack(HELSINKI)
    parents = {item.get("parent") for item in pack.items("class")}
    used = {
        code
        for item in pack.items("system")
        if item.file.startswith("catalog/systems-")
        for code in item.get("classes", [])
        if code not in parents
    }
    with_process = set(
        ClassRevision.objects.in_force(timezone.localdate()).filter(nodes__isnull=False).values_list("code", flat=True).distinct()
    )
    assert len(used) > 70
    assert used - with_process == set()
    assert {"07 01 04", "07 01 02", "00 02"} <= with_process


def test_every_leaf_of_the_citys_plan_has_a_process_that_may_take_cases() -> None:
    told = copies(timezone.localdate())
    assert told.processes > 120
    assert told.leaves_without_process == []


def test_classes_without_cases_are_told() -> None:
    assert "07 01 04" in [code for code, _title in from_use(timezone.localdate()).never_used]


def test_the_report_page(manager: Client) -> None:
    page = manager.get(reverse("plan_reports"), {"kaikki": ""}).content.decode().replace("\xad", "")
    assert "Kaupungin tehtäväluokitus 2016" in page
    assert "Nimi muuttunut" in page


def test_the_plan_leaves_in_four_forms(manager: Client) -> None:
    held = manager.get(reverse("plan_class", args=["07-01-04"])).headers["Location"].rstrip("/").rsplit("/", 1)[-1]
    assert manager.get(reverse("plan_export", args=["csv"])).content.startswith(b"\xef\xbb\xbfkind;class")
    told = json.loads(manager.get(reverse("plan_export_class", args=[held, "json"])).content)
    assert told["classes"][0]["code"] == "07 01 04"
    assert told["classes"][0]["nodes"][1]["rule"]["publicity"] == "partly_secret"
    book = openpyxl.load_workbook(BytesIO(manager.get(reverse("plan_export", args=["xlsx"])).content))
    assert book.worksheets[0].cell(1, 1).value == "kind"
    pdf = pikepdf.open(BytesIO(manager.get(reverse("plan_export_class", args=[held, "pdf"])).content))
    assert len(pdf.pages) >= 1
    assert manager.get(reverse("plan_export", args=["doc"])).status_code == 404
    assert Client().get(reverse("plan_export", args=["csv"])).status_code == 302


def test_a_file_is_brought_and_taken_in_the_browser(manager: Client) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415 - only here

    bad = manager.post(reverse("plan_imports"), {"file": SimpleUploadedFile("x.csv", b"00,A\n00,B\n")}, follow=True)
    assert "on jo rivillä 1" in bad.content.decode()
    csv = manager.get(
        reverse(
            "plan_export_class",
            args=[manager.get(reverse("plan_class", args=["12-03-01"])).headers["Location"].rstrip("/").rsplit("/", 1)[-1], "csv"],
        )
    ).content
    good = manager.post(reverse("plan_imports"), {"file": SimpleUploadedFile("oma.csv", csv)})
    taken = manager.post(good.headers["Location"], follow=True)
    assert "Luonnokset on tehty" in taken.content.decode()
    assert "12 03 01" in taken.content.decode()


def test_an_edition_proves_what_was_in_force(manager: Client) -> None:
    manager.post(reverse("plan_publish"), {"title": "Syksy 2026"})
    edition = PlanEdition.objects.get(kind="own")
    assert edition.rows.count() == ClassRevision.objects.in_force(timezone.localdate()).count()
    assert edition.content_hash == edition_hash([row.revision for row in edition.rows.select_related("revision") if row.revision])
    again = manager.post(reverse("plan_publish"), {"title": "Sama"}, follow=True).content.decode()
    assert "ei ole muuttunut" in again
    with pytest.raises(IntegrityError, match="append_only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE tos_planedition SET content_hash = 'x'")
