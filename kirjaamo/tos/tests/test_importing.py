"""Imports: the real files, the plan's own table both ways, and files that are not what they claim (records.md § 7.8 no. 12)."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pytest
from django.utils import timezone

from kirjaamo.kernel.errors import Refused
from kirjaamo.testing import HELSINKI
from kirjaamo.tos.difference import difference
from kirjaamo.tos.exporting.files import as_csv, as_xlsx
from kirjaamo.tos.importing import actions
from kirjaamo.tos.importing.reading import read_file
from kirjaamo.tos.models import ClassRevision, Node
from kirjaamo.tos.norms import known
from kirjaamo.tos.outline import outline
from kirjaamo.tos.packages import actions as packages
from kirjaamo.tos.reading import in_force
from kirjaamo.tos.tests.conftest import APPROVER, DRAFTER

pytestmark = pytest.mark.usefixtures("plan")
DATA = HELSINKI / "plan-data"


def today() -> object:
    return timezone.localdate()


def data(name: str) -> bytes:
    return Path(DATA, name).read_bytes()


def test_the_edition_of_2016_holds_584_classes_and_becomes_an_edition_to_compare() -> None:
    brought = actions.bring("2016.csv", data("function-classes-2016.csv"), actor=DRAFTER)
    assert not [one for one in brought.findings if one["severity"] == "error"]
    edition = actions.take_edition(
        brought, title={"fi": "Luokitus 2016"}, source="helerm", licence="MIT", on=timezone.localdate(), actor=DRAFTER
    )
    assert edition.rows.count() == 584
    with pytest.raises(Refused):
        actions.take(brought, actor=DRAFTER, on=timezone.localdate())


def test_the_workbook_of_2018_has_its_rows_and_no_rule_errors() -> None:
    read = read_file(data("plan-workbook-2018.xlsx"), known())
    assert read.errors == []
    content = read.content["classes"][0]
    kinds = [told["kind"] for told in content["nodes"]]
    assert (content["code"], kinds.count("stage"), kinds.count("measure"), kinds.count("document") + kinds.count("attachment")) == (
        "00 00 01 02",
        10,
        17,
        39,
    )
    secret = next(told for told in content["nodes"] if told["title"]["fi"] == "selitys")
    assert (secret["said"]["publicity"], secret["said"]["grounds"], secret["said"]["secrecy_years"]) == ("secret", ["JulkL-24-1-26"], 100)
    kept = next(told for told in content["nodes"] if told["title"]["fi"] == "esitys toimielimelle")
    assert (kept["said"]["retention_mode"], kept["said"]["archiving"]) == ("permanent", "archive")
    assert [told["kind"] for told in content["nodes"] if told["parent"] == kept["key"]] == ["attachment"]


def test_the_workbook_becomes_a_draft_and_round_trips() -> None:
    top = in_force("00 00", timezone.localdate())
    brought = actions.bring("tos.xlsx", data("plan-workbook-2018.xlsx"), actor=DRAFTER)
    with pytest.raises(Refused, match="yläluokkaa 00 00 01"):
        actions.take(brought, actor=DRAFTER, on=timezone.localdate())
    assert not ClassRevision.objects.filter(code="00 00 01 02").exists()
    from kirjaamo.tos.editing.actions import new_class  # noqa: PLC0415 - only here
    from kirjaamo.tos.tests.test_drafts import approved  # noqa: PLC0415 - only here

    approved(new_class("00 00 01", {"fi": "Toimielinten järjestäytyminen"}, parent=top.function_class, actor=DRAFTER))
    package = actions.take(brought, actor=DRAFTER, on=timezone.localdate())
    packages.submit(package, actor=DRAFTER)
    packages.approve(package, actor=APPROVER, on=timezone.localdate())
    held = in_force("00 00 01 02", timezone.localdate())
    assert held.nodes.count() == 66
    again = read_file(as_csv([outline(held, known())], {held.parent_id or 0: "00 00 01"}), known())
    assert again.errors == []
    assert len(again.content["classes"][0]["nodes"]) == 66


@pytest.mark.parametrize("make", [as_csv, as_xlsx])
def test_the_own_table_comes_back_without_loss(make: object) -> None:
    held = in_force("90 01 04", timezone.localdate())
    before = outline(held, known())
    file = make([before], {held.parent_id or 0: "90 01"})  # type: ignore[operator]
    brought = actions.bring("oma", file, actor=DRAFTER)
    assert brought.findings == []
    package = actions.take(brought, actor=DRAFTER, on=timezone.localdate())
    draft = package.revisions.get()
    assert not difference(before, outline(draft, known()))
    assert [one.order for one in draft.nodes.order_by("order")] == list(range(6))


def own(*changes: tuple[int, str, str], extra: tuple[dict[str, str], ...] = ()) -> bytes:
    """The own table with cells changed (row from 2, column, value) and rows added."""
    held = in_force("90 01 04", timezone.localdate())
    rows = list(
        csv.DictReader(io.StringIO(as_csv([outline(held, known())], {held.parent_id or 0: "90 01"}).decode("utf-8-sig")), delimiter=";")
    )
    for number, column, value in changes:
        rows[number - 2][column] = value
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0].keys())
    writer.writeheader()
    writer.writerows([*rows, *({**dict.fromkeys(rows[0], ""), **row} for row in extra)])
    return out.getvalue().encode()


@pytest.mark.parametrize(
    ("change", "row", "words"),
    [
        ((4, "kind", "step"), 4, "Tuntematon laji"),
        ((2, "class", "kaikki"), 2, "ei ole luokan tunnus"),
        ((4, "title_fi", ""), 4, "Nimi suomeksi"),
        ((5, "publicity", "hidden"), 5, "Tuntematon koodi"),
        ((5, "grounds", "JulkL-99"), 5, "Tuntematon salassapitoperuste"),
        ((5, "retention_years", "ten"), 5, "retention_years"),
        ((5, "publicity", "secret"), 5, "salassapitoperuste"),
        ((5, "retention_trigger", "whim"), 5, "laskentaperuste"),
        ((5, "archiving", "archive"), 5, "Kansallisarkiston"),
        ((8, "code", "request"), 8, "on jo rivillä 5"),
        ((4, "parent", "3d8b1a1c-0000-4000-8000-000000000000"), 4, "ei ole tiedostossa"),
        ((5, "key", "x"), 5, "Avain"),
    ],
)
def test_each_bad_cell_is_named_with_its_row_and_nothing_is_loaded(change: tuple[int, str, str], row: int, words: str) -> None:
    count = Node.objects.count()
    brought = actions.bring("oma.csv", own(change), actor=DRAFTER)
    assert any(one["row"] == row and words in one["text"]["fi"] for one in brought.findings), brought.findings
    with pytest.raises(Refused, match="virheitä"):
        actions.take(brought, actor=DRAFTER, on=timezone.localdate())
    assert Node.objects.count() == count


def test_a_cycle_and_a_late_parent_are_named() -> None:
    cycle = (
        {"kind": "class", "class": "91", "code": "91", "title_fi": "A", "parent": "91 00"},
        {"kind": "class", "class": "91 00", "code": "91 00", "title_fi": "B", "parent": "91"},
    )
    found = read_file(own(extra=cycle), known()).findings
    assert [one.text["fi"] for one in found if one.column == "parent"] == ["Luokka 91 on itsensä alla.", "Luokka 91 00 on itsensä alla."]
    late = (
        {"kind": "class", "class": "91 00", "code": "91 00", "title_fi": "B", "parent": "91"},
        {"kind": "class", "class": "91", "code": "91", "title_fi": "A"},
    )
    assert any("vasta rivillä" in one.text["fi"] for one in read_file(own(extra=late), known()).findings)
    twice = ({"kind": "class", "class": "90 01 04", "code": "90 01 04", "title_fi": "B"},)
    assert any("on jo rivillä 2" in one.text["fi"] for one in read_file(own(extra=twice), known()).findings)


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (b"PK\x03\x04 not a workbook", "ei ole ehjä Excel"),
        (b"\xff\xfe\x00\x01", "UTF-8"),
        (b"%PDF-1.7 \x00\x00", "ei ole tekstiä"),
        (b"", "ei ole yhtään luokkaa"),
        (b"nothing,here\n", "ei ole luokan tunnus"),
        (b"00 00,Lapsi\n00,Yla\n", "vasta rivill"),
        (b"00,A\n00,B\n", "on jo rivill"),
        (b"00\n", "tunnus ja nimi"),
        (b'00,"x\n', "00"),
    ],
)
def test_a_file_that_is_not_what_it_claims_says_so(file: bytes, words: str) -> None:
    read = read_file(file, known())
    if words == "00":
        assert read.kind in {"tree", "unknown"}
        return
    assert any(words in one.text["fi"] for one in read.errors), read.findings


def test_an_excel_file_of_something_else_is_refused() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "kissa"  # type: ignore[index]
    out = io.BytesIO()
    book.save(out)
    assert any("ei ole TOS-työkirja" in one.text["fi"] for one in read_file(out.getvalue(), known()).errors)


def test_a_formula_never_leaves_in_an_export() -> None:
    from kirjaamo.tos.table import plain, safe  # noqa: PLC0415 - only here

    for text in ("=1+1", "-5", "@x", "+x"):
        assert safe(text).startswith("'")
        assert plain(safe(text)) == text


@pytest.mark.parametrize(
    ("language", "words"), [("fi", "Nimi suomeksi puuttuu."), ("sv", "Namnet på finska saknas."), ("en", "The name in Finnish is missing.")]
)
def test_a_finding_is_told_in_the_language_of_its_reader(language: str, words: str) -> None:
    """Who reads the findings need not be who brought the file."""
    nameless = ({"kind": "class", "class": "91", "code": "91", "title_fi": ""},)
    found = read_file(own(extra=nameless), known()).errors
    assert [one.text[language] for one in found if one.column == "title_fi"] == [words]
