from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from kirjaamo.catalog import content, exports, reading
from kirjaamo.catalog.actions import load_catalog, reindex
from kirjaamo.catalog.contacts import reaches
from kirjaamo.catalog.kinds import KINDS, Kind, entry_address, plain_address
from kirjaamo.catalog.models import InformationResource, InformationSystem, PersonalDataRegister, SearchKey
from kirjaamo.catalog.tests.conftest import ROBOT
from kirjaamo.config import cli
from kirjaamo.kernel.models import JournalEntry
from kirjaamo.kernel.packs import Pack
from kirjaamo.organisation.models import Unit


def test_the_pack_gives_every_described_thing_with_a_decider_and_a_key(helsinki: Pack) -> None:
    assert {item.need("slug") for item in helsinki.items("system")} == set(InformationSystem.objects.values_list("slug", flat=True))
    assert InformationSystem.objects.filter(statements__page="000").distinct().count() == 43
    assert PersonalDataRegister.objects.filter(slug__in=[i.need("slug") for i in helsinki.items("register")]).count() >= 37
    for kind, model in (("system", InformationSystem), ("register", PersonalDataRegister), ("resource", InformationResource)):
        keyed = set(SearchKey.objects.exclude(**{kind: None}).values_list(f"{kind}__slug", flat=True))
        assert set(model.objects.values_list("slug", flat=True)) - keyed == set(), f"every {kind} has a search key"


def test_loading_again_writes_nothing(helsinki: Pack) -> None:
    before = JournalEntry.objects.count()
    load_catalog(helsinki, actor=ROBOT)
    done = reindex(actor=ROBOT)
    assert (done.written, done.removed) == (0, 0)
    assert JournalEntry.objects.count() == before


def test_a_changed_entry_of_the_pack_changes_its_page_and_no_other(helsinki: Pack) -> None:
    system = helsinki.items("system")[0]
    changed = type(system)(system.file, {**system.values, "names": ["Uusi kutsumanimi"]})
    pack = Pack(helsinki.folder, {**helsinki.tables, "system": (changed, *helsinki.items("system")[1:])}, helsinki.authority)
    load_catalog(pack, actor=ROBOT)
    assert reindex(actor=ROBOT).written == 1
    assert (reading.entry("system", system.need("slug")) or {})["names"] == ["Uusi kutsumanimi"]


class Visible(HTMLParser):
    """Collects the links and the language marks of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.links += [value or "" for name, value in attrs if name == "href"]


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.usefixtures("helsinki")
def test_every_page_opens_in_every_language_and_its_links_lead_to_pages_that_exist(web: Client, language: str) -> None:
    entries = reading.everything()
    with translation.override(language):
        addresses = {entry_address(kind, slug) for kind, found in entries.items() for slug in found}
    linked: set[str] = set()
    often = [kind.segment for kind in (KINDS[Kind.UNIT], KINDS[Kind.CLASS])]
    shown = [
        address
        for place, address in enumerate(sorted(addresses))
        if language == "fi" or place % 5 == 0 or not any(s in address for s in often)
    ]
    for address in shown:
        answer = web.get(address)
        assert answer.status_code == 200, address
        page = answer.content.decode()
        assert "None" not in re.sub(r"<[^>]+>", " ", page), f"{address} shows a missing value"
        parser = Visible()
        parser.feed(page)
        linked |= {
            link for link in parser.links if re.search(r"/kuvaus/(tieto|rekisterit|yksikot|luokat)", link) and not link.startswith("http")
        }
    prefix = {"fi": "/kuvaus/", "sv": "/sv/kuvaus/", "en": "/en/kuvaus/"}[language]
    own = {link for link in linked if link.startswith(prefix)}
    assert own
    assert own <= addresses


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.usefixtures("helsinki")
def test_no_text_of_the_pack_is_missing_in_a_language(language: str) -> None:
    missing = []

    def look(value: object, place: str) -> None:
        if isinstance(value, dict):
            if value and set(value) <= {"fi", "sv", "en"}:
                if not value.get(language) and ".contacts." not in place:  # a telephone number is the same in every language
                    missing.append(place)
                return
            for key, inner in value.items():
                look(inner, f"{place}.{key}")
        elif isinstance(value, list):
            for inner in value:
                look(inner, place)

    for kind, found in content.build().items():
        for slug, entry in found.items():
            look(entry, f"{kind}:{slug}")
    assert missing == []


@pytest.mark.usefixtures("helsinki")
def test_relations_are_seen_from_both_ends() -> None:
    entries = content.build()
    pairs = [
        ("resource", "systems", "system", "resources"),
        ("register", "systems", "system", "registers"),
        ("resource", "registers", "register", "resources"),
        ("system", "feeds", "system", "fed_by"),
        ("system", "classes", "class", "systems"),
        ("dataset", "systems", "system", "datasets"),
    ]
    for kind, name, other, back in pairs:
        forth = {(slug, one["slug"]) for slug, entry in entries[kind].items() for one in entry[name]}
        returned = {(one["slug"], slug) for slug, entry in entries[other].items() for one in entry[back] if one["kind"] == kind}
        assert forth
        assert forth == returned, (kind, name)


@pytest.mark.usefixtures("helsinki")
def test_a_unit_without_contacts_is_reached_through_the_one_above_or_the_registry_office() -> None:
    units = {unit.pk: unit for unit in Unit.objects.select_related("authority")}
    for reach in reaches(units).values():
        assert reach.contacts, f"{reach.asked.slug} can be reached"
    city_wide = reaches(units)[Unit.objects.filter(is_registry_office=False)[0].pk].content(city_wide=True)
    assert city_wide["registry"] is True


@pytest.mark.parametrize(
    "address",
    ["/kuvaus/tietojarjestelmat/ei-ole/", "/kuvaus/luokat/99-99/", "/kuvaus/muut/asianhallinta/", "/kuvaus/versiot/1/",
     "/kuvaus/kuvaus.exe",
     "/kuvaus/versiot/9999999999999999999999/", "/kuvaus/versiot/1/muutokset/2/"],
)  # fmt: skip
@pytest.mark.usefixtures("helsinki")
def test_what_is_not_there_is_not_found(web: Client, address: str) -> None:
    assert web.get(address).status_code == 404


@pytest.mark.usefixtures("helsinki")
def test_the_page_shows_the_published_statement_and_its_correction_with_the_reason(web: Client) -> None:
    slug, told = next(
        (slug, entry["corrections"][0])
        for slug, entry in reading.everything()["system"].items()
        if entry["corrections"] and entry["statements"]
    )
    page = web.get(entry_address("system", slug)).context
    shown = page["corrections"][0]
    assert (shown["published"], shown["corrected"], shown["reason"]) == (told["published"], told["corrected"], told["reason"])
    assert page["statements"][0]["quotes"]


@pytest.mark.usefixtures("helsinki")
def test_pages_need_few_statements(web: Client) -> None:
    limits = {reverse("start"): 2, reverse("catalog"): 8, f"{reverse('catalog')}?q=rakennusluvat": 8, reverse("catalog_whole"): 2,
              entry_address(Kind.SYSTEM, "asianhallinta"): 2, reverse("catalog_download", args=["json"]): 2}  # fmt: skip
    for address, most in limits.items():
        with CaptureQueriesContext(connection) as asked:
            assert web.get(address).status_code == 200
        assert len(asked) <= most, address


@pytest.mark.usefixtures("helsinki")
def test_the_start_page_offers_search_and_doors(web: Client) -> None:
    answer = web.get("/")
    assert next(door.url for door in answer.context["doors"]) == reverse("catalog")
    assert f'action="{reverse("catalog")}"' in answer.content.decode()


@pytest.mark.usefixtures("helsinki")
def test_the_json_download_holds_every_entry(web: Client) -> None:
    answer = web.get(reverse("catalog_download", args=["json"]))
    told = json.loads(answer.content)
    assert {kind: len(found) for kind, found in told["entries"].items()} == {
        kind: len(found) for kind, found in reading.everything().items()
    }
    assert "attachment" in answer["Content-Disposition"]


@pytest.mark.usefixtures("helsinki")
def test_the_csv_download_opens_in_a_spreadsheet_and_runs_nothing(web: Client) -> None:
    answer = web.get(reverse("catalog_download", args=["csv"]))
    text = answer.content.decode("utf-8")
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    assert len(rows) == sum(len(found) for found in reading.everything().values())
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


@pytest.mark.parametrize("cell", ["=1+1", "+358", "-1", "@SUM(A1)", "\tx", "\r=1", "  =HYPERLINK(1)"])
def test_a_cell_that_would_start_a_formula_is_disarmed(cell: str) -> None:
    assert exports.harmless(cell).startswith("'")
    assert exports.harmless("tavallinen teksti - viiva") == "tavallinen teksti - viiva"


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_search_keeps_the_addresses_that_the_pages_have(language: str) -> None:
    with translation.override(language):
        for kind in Kind:
            assert plain_address(kind, "07 01", language) == entry_address(kind, "07 01")


def test_every_kind_has_an_address_of_its_own() -> None:
    assert len({facts.segment for facts in KINDS.values()}) == len(Kind)


@pytest.mark.usefixtures("helsinki")
def test_the_description_is_written_to_files_in_each_language(tmp_path: Path) -> None:
    assert cli.call("export-description", [str(tmp_path / "kuvaus")], lambda *_: None) == 0
    assert {path.name for path in (tmp_path / "kuvaus").iterdir()} == {"kuvaus.json", "kuvaus.fi.csv", "kuvaus.sv.csv", "kuvaus.en.csv"}
    assert "Adressregistret" in (tmp_path / "kuvaus" / "kuvaus.sv.csv").read_text(encoding="utf-8")
    assert set(json.loads((tmp_path / "kuvaus" / "kuvaus.json").read_text(encoding="utf-8"))["entries"]) == set(Kind)
