"""The published pages of one city, down to the last line. The numbers here are counted by hand from the pages."""

from __future__ import annotations

import json
import re

import pytest

from kirjaamo.catalog.importing import Draft, difference
from kirjaamo.catalog.importing.tests.reading import PUBLISHED, accounted, codes, names, published

SYSTEMS = "systems.txt"
OFFICE = "executive-office.txt"
EDUCATION = "education.txt"


@pytest.fixture(scope="module")
def systems() -> Draft:
    return published(SYSTEMS)


@pytest.fixture(scope="module")
def office() -> Draft:
    return published(OFFICE)


@pytest.fixture(scope="module")
def education() -> Draft:
    return published(EDUCATION)


@pytest.mark.parametrize(("name", "lines"), [(SYSTEMS, 289), (OFFICE, 207), (EDUCATION, 111)])
def test_no_line_is_lost(name: str, lines: int) -> None:
    draft = published(name)
    accounted(draft)
    assert len(draft.accounting) == sum(draft.line_counts().values()) == lines
    raw = (PUBLISHED / name).read_text(encoding="utf-8").split("\n")
    blank = [number for number, line in enumerate(raw, start=1) if not line.replace("\ufeff", "").strip()]
    assert [row.line for row in draft.accounting if row.status == "blank"] == blank


def test_left_over_lines_are_the_skip_link_and_the_introduction(systems: Draft, office: Draft, education: Draft) -> None:
    assert systems.left_over() == (1, 5, 7)
    assert office.left_over() == ()
    assert education.left_over() == ()


# --- systems ----------------------------------------------------------------------------------------------------


def test_43_systems_with_owner_users_and_description(systems: Draft) -> None:
    """An oracle apart from the parser: an entry is a line, an empty line, then description, owner and users."""
    raw = (PUBLISHED / SYSTEMS).read_text(encoding="utf-8").split("\n")
    entries = []
    for at, line in enumerate(raw):
        if line.startswith("Omistaja:"):
            told = [re.sub(r"\s+", " ", raw[place].split(":", 1)[1].strip()) for place in (at - 1, at, at + 1)]
            entries.append((raw[at - 3].strip().removesuffix("."), told))
    assert len(entries) == 43
    found = systems.of_kind("system")
    assert [entity.name for entity in found] == [name for name, _ in entries]
    for entity, (_, told) in zip(found, entries, strict=True):
        assert [entity.value(name) for name in ("description", "owner", "users")] == told
        assert len(entity.lines) == 4


def test_systems_stand_under_their_headings(systems: Draft) -> None:
    counted: dict[str, int] = {}
    for entity in systems.of_kind("system"):
        counted["/".join(entity.group)] = counted.get("/".join(entity.group), 0) + 1
    assert counted == {
        "Organisaatio ja päätöksenteon tietojärjestelmät": 2,
        "Henkilöstöhallinnon järjestelmät/Henkilöstörekisteri": 2,
        "Sopimusten hallintajärjestelmä": 1,
        "Taloushallinnon tietojärjestelmät": 1,
        "Kasvatuksen ja koulutuksen tietojärjestelmät": 8,
        "Sidosryhmien tietojärjestelmät": 3,
        "Turvallisuus": 2,
        "Kaupunkiympäristön tietojärjestelmät": 17,
        "Kulttuuri- ja vapaa-ajan tietojärjestelmät": 5,
        "Sosiaali- ja terveystoimialan tietojärjestelmät": 2,
    }


def test_joint_and_dated_owners_are_taken_apart(systems: Draft) -> None:
    owners = {entity.name: entity for entity in systems.of_kind("system")}
    assert owners["Tupakkaluparekisteri"].items("owner") == ("Ruokavirasto", "Kaupunkiympäristön toimiala")
    dated = owners["Asumisoikeusasuntojärjestelmä"]
    assert dated.items("owner") == ("Kaupunkiympäristön toimiala",)
    assert dated.value("owner_note").startswith("vuoden 2022 loppuun asti")
    assert owners["Asiakas- ja potilastietojärjestelmä (APOTTI)"].names == (
        "Asiakas- ja potilastietojärjestelmä (APOTTI)",
        "Asiakas- ja potilastietojärjestelmä",
        "APOTTI",
    )


def test_findings_of_the_systems_page(systems: Draft) -> None:
    found = [(finding.code, finding.lines) for finding in systems.findings]
    assert found == [
        ("similar_description", (91, 103)),
        ("owner_dates_past", (164,)),
        ("similar_description", (199, 205)),
        ("duplicated_text", (287,)),
    ]


# --- units ------------------------------------------------------------------------------------------------------

UNITS = [
    "Sisäinen tarkastus",
    "Elinkeino-osasto",
    "Hallinto-osasto",
    "Henkilöstöosasto",
    "Strategiaosasto",
    "Talous- ja suunnitteluosasto",
    "Viestintäosasto",
]


def test_seven_units_with_tasks_source_and_body(office: Draft) -> None:
    assert [unit.name for unit in office.of_kind("unit")] == UNITS
    assert [body.name for body in office.of_kind("body")] == ["Kaupunginkanslia"]
    assert [row.target_name for row in office.related("body-above")] == ["kaupunginhallitus"]
    for unit in office.of_kind("unit"):
        assert unit.value("tasks").startswith(unit.name)
        assert unit.value("source") == ("" if unit.name == "Strategiaosasto" else "hallintosääntö")
        assert unit.parent == "body:kaupunginkanslia"
    assert [finding.params["name"] for finding in office.findings if finding.code == "source_missing"] == ["Strategiaosasto"]


def test_48_classes_at_their_units(office: Draft) -> None:
    """The oracle reads codes by their shape and gives them to the last heading of a unit."""
    wanted: list[tuple[str, str]] = []
    unit = ""
    for line in (PUBLISHED / OFFICE).read_text(encoding="utf-8").split("\n"):
        for name in UNITS:
            if line.endswith("tietovarannot") and line[:5] == name[:5]:
                unit = name
        code = re.match(r" • ((?:\d\d )+)(\D.*)$", line)
        if code:
            wanted.append((unit, code.group(1).strip()))
    assert len(wanted) == 48
    found = [(office.entity(row.source), row.target_name) for row in office.related("unit-class")]
    assert [(unit.name if unit else "", code) for unit, code in found] == wanted
    assert len(office.of_kind("class_code")) == 48
    first = office.of_kind("class_code")[0]
    assert (first.name, first.value("title"), first.lines) == ("00 03 03", "Sisäinen tarkastus", (17,))


def test_37_registers_at_their_units(office: Draft) -> None:
    counted = {unit: len(names(office, "unit-register", unit)) for unit in UNITS}
    assert list(counted.values()) == [1, 8, 7, 3, 7, 5, 6]
    assert len(office.of_kind("register")) == 37
    raw = (PUBLISHED / OFFICE).read_text(encoding="utf-8").split("\n")
    bullets = [line[3:].strip() for line in raw if re.match(r" • \D", line)]
    assert len(bullets) == 36
    assert [register.name for register in office.of_kind("register")][1:] == bullets
    assert names(office, "unit-register", "Sisäinen tarkastus") == ["tarkastukseen liittyvä henkilörekisteri"]


def test_ten_own_systems(office: Draft) -> None:
    assert {unit: names(office, "unit-system", unit) for unit in UNITS} == {
        "Sisäinen tarkastus": [],
        "Elinkeino-osasto": ["Asiakkuudenhallinnan tietojärjestelmät"],
        "Hallinto-osasto": ["Asian- ja asiakirjahallintajärjestelmä", "säilytys- ja arkistojärjestelmä", "tiedonohjaus"],
        "Henkilöstöosasto": ["Henkilöstöhallintojärjestelmä"],
        "Strategiaosasto": ["asiointia tukevat palvelut", "käyttäjähakemisto", "toimipiste- ja palvelurekisteri (TPR)"],
        "Talous- ja suunnitteluosasto": ["Taloushallinnon tietojärjestelmä"],
        "Viestintäosasto": ["Sisällöntuotto- ja julkaisujärjestelmä"],
    }


def test_contacts_of_the_registry_are_typed(office: Draft) -> None:
    contacts = {contact.value("type"): contact for contact in office.of_kind("contact")}
    assert {kind: contact.value("value") for kind, contact in contacts.items()} == {
        "postal": "Helsingin kaupungin kirjaamo, PL 10, 00099 Helsingin kaupunki",
        "letterbox": "Pohjoisesplanadi 11–13",
        "opening_hours": "arkisin klo 9.00–15.00",
        "secure_mail": "https://securemail.hel.fi/",
    }
    assert contacts["secure_mail"].value("address") == "helsinki.kirjaamo@hel.fi"
    assert contacts["secure_mail"].value("sign_ins") == "bank, mobile_certificate, certificate_card"
    assert contacts["postal"].lines == (198, 199, 200, 201)


# --- resources --------------------------------------------------------------------------------------------------

EARLY = "Varhaiskasvatuksen ja esiopetuksen tietovaranto"
BASIC = "Perusopetuksen tietovaranto"
SECONDARY = "Lukio- ja ammatillisen koulutuksen ja vapaan sivistystyön tietovaranto"
ADMINISTRATION = "Toimialan hallinnon tietovaranto"


def test_four_resources_with_their_datasets(education: Draft) -> None:
    resources = education.of_kind("resource")
    assert [resource.name for resource in resources] == [EARLY, BASIC, SECONDARY, ADMINISTRATION]
    raw = (PUBLISHED / EDUCATION).read_text(encoding="utf-8").split("\n")
    for resource, line in zip(resources, (17, 33, 51, 69), strict=True):
        datasets = resource.field("datasets")
        assert datasets is not None
        assert datasets.lines == (line,)
        assert datasets.value == " ".join(raw[line - 1].split())
    assert resources[0].items("content") == (
        "varhaiskasvatuksen asiakastiedot",
        "iltapäivätoiminnan järjestämisen tiedot",
        "päivähoitajatiedot",
    )
    assert [row.target_name for row in education.related("resource-feeds")] == ["kaupunkiyhteinen asiakastietovaranto"] * 4
    assert [row.target_name for row in education.related("body-above")] == ["kasvatus- ja koulutuslautakunta"]


def test_systems_listed_in_prose_are_split(education: Draft) -> None:
    """45 names in all: 31 in the lists of three resources, 3 in the first, 11 added after *lisäksi*."""
    assert names(education, "resource-system", EARLY) == [
        "varhaiskasvatuksen järjestelmät",
        "varhaiskasvatuksen valtakunnallinen VARDA-rekisteri",
        "työajansuunnittelu- ja hallintajärjestelmät",
    ]
    assert names(education, "resource-system", BASIC) == [
        "asiakas- ja oppilashallinnon järjestelmä",
        "koulumatkojen hallintajärjestelmä",
        "opintohallinnon yleissivistävä järjestelmä",
        "lukujärjestysten ja resurssien hallintajärjestelmä",
        "kodin ja koulun välisen yhteistyön järjestelmä",
        "oppilashuollon järjestelmä",
        "sairaalakoulun perusopetusjärjestelmä",
        "verkon käyttövaltuutushallintaohjelmat",
        "talous- ja henkilöstöhallinnon tietojärjestelmät",
    ]
    assert names(education, "resource-system", SECONDARY) == [
        "ammattikoulun opiskelijahallintojärjestelmä",
        "opintohallinon yleissivistävä tietojärjestelmä",
        "lukujärjestysten ja resurssien suunnittelujärjestelmä",
        "kodin ja oppilaitoksen yhteistyöjärjestelmä",
        "opintosuoritusten ja tutkintotietojen tietovaranto",
        "oppilashuollon järjestelmä",
        "sairaalakoulun perusopetusjärjestelmä",
        "organisaation sisäiset kirjastopalvelut",
        "oppisopimuskoulutusten hallintajärjestelmä",
        "ammattikoulujen oppilashallinnon järjestelmät",
        "työpajatoiminta opiskelijahallintojärjestelmä",
        "työväenopiston Kuha-arkistointi",
        "työväenopiston Kursor-opistojärjestelmä",
        "YO-kirjoitusten valmistautumisohjelma",
        "talous- ja henkilöstöhallinnon järjestelmät",
        "verkon käyttövaltuutushallintajärjestelmät",
    ]
    assert names(education, "resource-system", ADMINISTRATION) == [
        "ajan- ja tilanvarausjärjestelmä",
        "asiakas- ja oppilashallintojärjestelmä",
        "asianhallintajärjestelmä",
        "laite ja palvelupyyntörekisteri",
        "toimialan M365",
        "oppilashallintojärjestelmä",
        "oppilashuollonjärjestelmä",
        "sähköiset oppimisympäristöt",
        "puhelinliittymien hallinta",
        "oppisopimusten hallintajärjestelmä",
        "sähköinen asiointipalvelu (asiointi.hel.fi)",
        "taloushallinnan- ja henkilöstöhallinnanjärjestelmät",
        "viestintä- ja verkkopalvelujärjestelmät",
        "tietovarasto",
        "toimipisterekisteri (TPR)",
        "työajansuunnittelu- ja hallintajärjestelmät",
        "verkon käyttövaltuushallintajärjestelmä",
    ]
    listed = [row for row in education.related("resource-system") if "additional" not in row.note]
    assert len([row for row in listed if row.source != f"resource:{EARLY.casefold()}"]) == 31
    assert len(education.related("resource-system")) == 45
    shared = [row.target_name for row in education.related("resource-system") if "shared" in row.note]
    assert shared == [
        "talous- ja henkilöstöhallinnon tietojärjestelmät",
        "talous- ja henkilöstöhallinnon järjestelmät",
        "sähköinen asiointipalvelu (asiointi.hel.fi)",
    ]


def test_three_worked_examples_with_system_keys_and_channels(education: Draft) -> None:
    first, second, third = education.of_kind("request_example")
    assert first.items("keys") == (
        "Työntekijän nimi",
        "asiakkaan henkilötiedot",
        "huoltajien tiedot",
        "koulunkäyntitiedot",
        "yhteistyötahot",
        "asiakirjaliikenne",
        "asiakaskertomus",
    )
    assert second.items("keys") == (
        "Oppisopimusopiskelijan tiedot",
        "opiskelijan oppisopimuskoulutukseen liittyvät tiedot",
        "kouluttavien työnantajien tiedot",
        "yhteistyöoppilaitosten tiedot",
    )
    assert third.items("keys") == ("Rekisteröidyt henkilöasiakkaat", "seurojen ja yhteisöjen vastuuhenkilöiden yhteystiedot")
    wanted = [
        (first, "Oppilashuollon järjestelmä", BASIC, "PL 58300"),
        (second, "Oppisopimusten hallintajärjestelmä", SECONDARY, "PL 51309"),
        (third, "Ajan- ja tilavarausjärjestelmä", ADMINISTRATION, "PL 58300"),
    ]
    for example, system, resource, box in wanted:
        assert names(education, "example-system", example.name) == [system]
        assert names(education, "example-resource", example.name) == [resource]
        assert len(names(education, "example-key", example.name)) == len(example.items("keys"))
        channels = {row.note: education.entity(row.target) for row in education.related("example-contact", example.key)}
        electronic, written = channels["channel_electronic"], channels["channel_written"]
        assert electronic is not None
        assert (electronic.value("type"), electronic.value("value")) == ("e_service", "https://asiointi.hel.fi")
        assert written is not None
        assert written.value("type") == "postal"
        assert box in written.value("value")
        assert written.value("value").endswith("00099 Helsingin kaupunki")
    assert first.value("register").endswith("kuraattorien yksilökohtaiseen rekisteriin")
    assert third.value("register") == "tilojen asukaskäytön asiakasrekisteriin"
    assert second.lines == (98, 100, 101, 102, 103, 104)


def test_contacts_of_the_division_are_typed(education: Draft) -> None:
    contacts = [(contact.value("type"), contact.value("value")) for contact in education.of_kind("contact")]
    assert contacts[:5] == [
        ("telephone", "09 310 8600"),
        ("visiting", "Työpajankatu 8, 00580 Helsinki"),
        ("postal", "Kasvatuksen ja koulutuksen toimiala, PL 58300, 00099 Helsingin kaupunki"),
        ("email", "kasvatusjakoulutus@hel.fi"),
        ("e_service", "https://asiointi.hel.fi"),
    ]
    assert contacts[5][0] == "web"
    assert education.of_kind("contact")[0].value("hours") == "arkisin 8-16"


def test_findings_of_the_education_page(education: Draft) -> None:
    empty = [finding.lines for finding in education.findings if finding.code == "empty_list"]
    assert empty == [(13,), (29,), (47,), (65,)]
    assert [finding.params["name"] for finding in education.findings if finding.code == "resource_not_described"] == [
        "ruotsinkielisten palvelujen tietovaranto"
    ]
    repeated = {finding.params["address"]: finding.lines for finding in education.findings if finding.code == "address_repeated"}
    assert repeated == {"Työpajankatu 8": (77, 96, 111), "PL 58300": (81, 96, 111)}
    assert ("duplicated_text", (63, 69)) in [(finding.code, finding.lines) for finding in education.findings]
    assert codes(education).count("system_not_described") == len(education.of_kind("system")) == 43


@pytest.mark.parametrize("name", [SYSTEMS, OFFICE, EDUCATION])
def test_a_draft_survives_json_and_a_second_reading_brings_nothing(name: str) -> None:
    draft = published(name)
    assert Draft.from_dict(json.loads(json.dumps(draft.to_dict()))) == draft
    assert difference(published(name), draft).empty
