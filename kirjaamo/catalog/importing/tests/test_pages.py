"""Pages the importer has not been made on: other cities, other words, three languages, two formats, and no description."""

from __future__ import annotations

import pytest

from kirjaamo.catalog.importing.tests.reading import PAGES, accounted, codes, names, page, text


@pytest.mark.parametrize("name", sorted(path.name for path in PAGES.iterdir()))
def test_every_line_of_every_page_is_accounted_for(name: str) -> None:
    accounted(page(name))


def test_a_sectors_with_sub_headings_in_other_words() -> None:
    draft = page("a_finnish_sectors.txt")
    boats, trees, museum = draft.of_kind("resource")
    assert [boats.group, trees.group, museum.group] == [("Elinvoima ja ympäristö",)] * 2 + [("Sivistys",)]
    assert [body.name for body in draft.of_kind("body")] == ["Koivurannan kaupunki"]
    assert names(draft, "resource-register", boats.name) == ["Venepaikkojen asiakasrekisteri", "Satamien kameravalvonta"]
    assert names(draft, "resource-system", boats.name) == [
        "Venepaikkojen varausjärjestelmä",
        "kulunvalvonnan järjestelmä",
        "laskutusohjelma",
    ]
    assert boats.items("keys") == ("Hetu", "etunimi", "sukunimi", "veneen rekisteritunnus", "laiturin numero")
    assert [entity.items("interface") for entity in (boats, trees, museum)] == [("no",), ("yes",), ()]
    assert names(draft, "resource-dataset", trees.name) == ["Puukohtaiset kuntotiedot", "Kaatopäätökset", "Istutussuunnitelmat"]
    assert names(draft, "resource-system", trees.name) == ["Puurekisteri", "Karttapalvelu"]
    assert trees.items("keys") == ("puun numeroa", "katuosoitetta", "vuotta")
    assert museum.value("purpose") == "kokoelmien luettelointi ja lainaaminen."
    assert names(draft, "resource-system", museum.name) == ["Kokoelmahallinta", "Kuvapankki", "asianhallinta"]
    assert museum.items("datasets")[3] == "näyttelyiden suunnitelmat"
    assert museum.value("publicity")
    contacts = {contact.value("type"): contact for contact in draft.of_kind("contact")}
    assert set(contacts) == {"visiting", "telephone", "email"}
    assert contacts["telephone"].value("hours") == "arkisin 9–14"
    assert draft.left_over() == (1, 7, 11)


def test_a_swedish_list_of_systems() -> None:
    draft = page("a_systems_swedish.txt")
    assert draft.language == "sv"
    boats, trees, museum = draft.of_kind("system")
    assert boats.group == ("System inom tekniska sektorn",)
    assert museum.group == ("System inom bildningssektorn",)
    assert (boats.value("owner"), boats.value("users")) == ("Tekniska sektorn, hamnenheten", "Hamnenhetens personal")
    assert trees.items("owner") == ("Tekniska sektorn", "Skogscentralen")
    assert museum.items("owner") == ("Bildningssektorn",)
    assert codes(draft) == ["owner_dates_past"]
    assert "2021" in draft.findings[0].sv


def test_b_resources_with_lists_of_nouns() -> None:
    draft = page("b_finnish_nouns.txt")
    assert {resource.name: names(draft, "resource-system", resource.name) for resource in draft.of_kind("resource")} == {
        "Kansalaisopiston tietovaranto": ["Opistojärjestelmä", "Maksuportaali"],
        "Pelastustoimen hälytysrekisteri": ["Hälytyskeskuksen tietojärjestelmä"],
        "Vesilaitoksen tietovaranto": [
            "Asiakastieto- ja laskutusjärjestelmä",
            "Verkkotietojärjestelmä",
            "Kaukoluennan sovellus",
        ],
        "Satamien tietovaranto": [],
    }
    assert [finding.lines for finding in draft.findings if finding.code == "empty_list"] == [(34,)]
    assert draft.left_over() == (3, 5, 9, 38)


def test_b_resources_in_list_items() -> None:
    draft = page("b_finnish_inline.txt")
    archive, cleaning, lights = draft.of_kind("resource")
    assert (archive.group, lights.group) == (("Konsernipalvelut",), ("Tekniset palvelut",))
    assert archive.value("description") == "pysyvästi säilytettävien aineistojen hoito."
    assert names(draft, "resource-system", archive.name) == ["sähköinen arkistojärjestelmä", "arkistoluettelo"]
    assert names(draft, "resource-system", cleaning.name) == ["siivouksen mitoitusohjelma", "työajan seurannan järjestelmä"]
    assert names(draft, "resource-system", lights.name) == []


def test_b_swedish_with_the_systems_in_the_next_paragraph() -> None:
    draft = page("b_swedish.txt")
    archive, cleaning, lights = draft.of_kind("resource")
    assert archive.name == "Informationslager inom arkivtjänster"
    assert names(draft, "resource-system", archive.name) == ["det elektroniska arkivet", "arkivförteckningen"]
    assert names(draft, "resource-system", cleaning.name) == ["städningens dimensioneringsprogram", "arbetstidssystem"]
    assert lights.group == ("Tekniska tjänster",)
    assert draft.left_over() == (3,)


@pytest.mark.parametrize(
    ("name", "systems", "keys"),
    [
        (
            "c_finnish_datasets.txt",
            ["hankehallintajärjestelmä", "julkaisurekisteri"],
            [("hankkeen nimi", "vastuuhenkilön nimi"), ("julkaisun nimi", "tekijä", "vuosi")],
        ),
        (
            "c_swedish_datasets.txt",
            ["projekthanteringssystem", "publikationsregister"],
            [("projektets namn", "kontaktpersonens namn"), ("författare", "titel", "år")],
        ),
        (
            "c_english_datasets.txt",
            ["project management system", "publication register"],
            [("title or leader",), ("author", "title", "year")],
        ),
    ],
)
def test_c_datasets_with_statements(name: str, systems: list[str], keys: list[tuple[str, ...]]) -> None:
    draft = page(name)
    first, second = draft.of_kind("dataset")[:2]
    assert [names(draft, "dataset-system", entity.name) for entity in (first, second)] == [[systems[0]], [systems[1]]]
    assert [first.items("keys"), second.items("keys")] == keys
    assert [first.items("interface"), second.items("interface")] == [("no",), ("yes",)]
    assert len(first.group) == 2
    assert first.value("content")
    assert draft.left_over() == (3,)


def test_c_privacy_notice_and_partly_open() -> None:
    draft = page("c_finnish_datasets.txt")
    recruiting = draft.of_kind("dataset")[2]
    assert recruiting.group == ("Henkilöstö",)
    assert names(draft, "dataset-register", recruiting.name) == ["Työnhakijat"]
    assert recruiting.items("interface") == ("partly",)


def test_d_keys_of_the_whole_register_go_to_the_authority() -> None:
    draft = page("d_common_keys.txt")
    body = draft.of_kind("body")[0]
    assert body.name == "Saarelan hyvinvointialue"
    assert body.items("keys") == ("asian nimi", "diaarinumero (asianumero)", "vireillepanija")
    assert body.items("interface") == ()
    assert names(draft, "body-dataset", body.name) == ["Ensihoidon tietoaineisto", "Pelastuksen tietoaineisto"]
    (resource,) = draft.of_kind("resource")
    assert names(draft, "resource-system", resource.name) == [
        "ensihoidon kirjausjärjestelmä",
        "ajoneuvojen seurantajärjestelmä",
        "laskutuksen palvelu",
    ]


def test_e_narrative_gives_what_it_says_and_no_more() -> None:
    draft = page("e_narrative.txt")
    (body,) = draft.of_kind("body")
    assert body.name == "Tuulensuun virasto"
    assert body.items("interface") == ("no",)
    assert [system.name for system in draft.of_kind("system")] == ["viraston asianhallintajärjestelmä"]
    contacts = {contact.value("type"): contact.value("value") for contact in draft.of_kind("contact")}
    assert contacts == {"postal": "Tuulensuun virasto, PL 99, 98765 Tuulensuu", "opening_hours": "arkisin klo 8.00–16.15"}
    assert not draft.of_kind("resource")


def test_html_with_headings_lists_a_table_and_furniture() -> None:
    draft = page("a_tables.html")
    water, lights = draft.of_kind("resource")
    assert draft.form == "html"
    assert names(draft, "resource-system", water.name) == ["Vesilaskutuksen järjestelmä", "Verkkotietojärjestelmä"]
    assert water.items("keys") == ("Kiinteistötunnus", "asiakasnumero", "osoite")
    assert water.items("interface") == ("no",)
    assert (lights.value("owner"), lights.value("users")) == ("Tekninen lautakunta", "Kunnossapidon työntekijät")
    billing = next(system for system in draft.of_kind("system") if system.name == "Vesilaskutuksen järjestelmä")
    assert (billing.value("description"), billing.value("owner")) == ("Vesimaksujen laskutus", "Tekninen lautakunta")
    library = next(system for system in draft.of_kind("system") if system.name == "Kirjastojärjestelmä")
    assert library.items("interface") == ("partly",)
    assert library.group == ("Tietojärjestelmien luettelo",)
    assert [contact.value("value") for contact in draft.of_kind("contact")] == ["kirjaamo@kuusiniemi.example"]
    assert len(draft.left_over()) == 5
    assert "kukaan" not in str(draft.to_dict())


def test_html_accordion_in_swedish() -> None:
    draft = page("b_accordion.html")
    day_care, library = draft.of_kind("resource")
    assert draft.of_kind("body")[0].name == "Sandviks stad"
    assert names(draft, "resource-system", day_care.name) == ["dagvårdssystem", "det nationella registret"]
    assert day_care.items("keys") == ("barnets namn", "personbeteckning")
    assert day_care.items("interface") == ("no",)
    assert names(draft, "resource-system", library.name) == ["bibliotekssystem"]


def test_units_of_another_city() -> None:
    draft = page("units_other_city.txt")
    housing, law = draft.of_kind("unit")
    assert (housing.name, law.name) == ("Asuntotoimi", "Lakiyksikkö")
    assert (housing.value("source"), housing.value("tasks")) == (
        "toimintasääntö",
        "Asuntotoimi huolehtii vuokra-asunnoista ja asukasvalinnoista.",
    )
    assert names(draft, "unit-class", housing.name) == ["10 08 01", "10 08", "99 99"]
    assert names(draft, "unit-register", housing.name) == ["Vuokralaisten rekisteri", "Asunnonhakijat"]
    assert names(draft, "unit-system", housing.name) == ["Vuokrajärjestelmä", "hakijajärjestelmä"]
    assert names(draft, "unit-system", law.name) == ["oikeustapausten luettelo", "sopimusarkisto"]


@pytest.mark.parametrize("name", ["junk_recipe.txt", "junk_code.txt"])
def test_a_page_that_describes_nothing_brings_nothing(name: str) -> None:
    draft = page(name)
    assert draft.entities == ()
    assert draft.relations == ()
    assert "nothing_recognised" in codes(draft)


def test_two_entries_of_one_name_are_not_merged() -> None:
    entry = "Tietojärjestelmän kuvaus: {}\nOmistaja: {}\nKäyttäjät: kaikki\n\n"
    draft = text(
        "Tietojärjestelmät\n\nVarausjärjestelmä\n\n"
        + entry.format("Veneet ja laiturit satamassa", "Satama")
        + "Varausjärjestelmä\n\n"
        + entry.format("Salit ja kentät liikunnassa", "Liikunta")
    )
    assert [system.items("owner") for system in draft.of_kind("system")] == [("Satama",), ("Liikunta",)]
    assert codes(draft) == ["name_repeated"]


def test_one_description_under_two_systems_is_a_finding() -> None:
    entry = "{}\n\nTietojärjestelmän kuvaus: Veneiden ja laiturien varaukset\nOmistaja: Satama\n\n"
    draft = text("Tietojärjestelmät\n\n" + entry.format("Venejärjestelmä") + entry.format("Laiturijärjestelmä"))
    assert [(finding.code, finding.lines) for finding in draft.findings] == [
        ("field_missing", (3,)),
        ("same_description", (5, 10)),
        ("field_missing", (8,)),
    ] or sorted(codes(draft)) == ["field_missing", "field_missing", "same_description"]


def test_soft_wraps_belong_to_the_value_they_wrap() -> None:
    draft = text(
        "Tietojärjestelmät\n\nVenejärjestelmä\nKuvaus järjestelmästä: veneiden\nja laiturien varaukset\n"
        "Omistaja: Satama,\nlaituriyksikkö\nKäyttäjät: satamamestarit\n"
    )
    (system,) = draft.of_kind("system")
    assert system.value("description") == "veneiden ja laiturien varaukset"
    assert system.value("owner") == "Satama, laituriyksikkö"
    assert system.lines == (3, 4, 5, 6, 7, 8)
