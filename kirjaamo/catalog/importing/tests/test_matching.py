"""A name in a list is found to be a thing that is known already, or proposed to be, or new."""

from __future__ import annotations

import pytest

from kirjaamo.catalog.importing import Draft, KnownEntry, Matching, match
from kirjaamo.catalog.importing.tests.reading import published, text


@pytest.fixture(scope="module")
def drafts() -> list[Draft]:
    return [published(name) for name in ("education.txt", "systems.txt", "executive-office.txt")]


@pytest.fixture(scope="module")
def matching(drafts: list[Draft]) -> Matching:
    return match(drafts, [])


def _target(matching: Matching, name: str, kind: str = "system") -> tuple[str, str]:
    row = next(row for row in matching.matches if row.name == name and row.kind == kind)
    return row.verdict, row.target_name


@pytest.mark.parametrize(
    ("name", "verdict", "target"),
    [
        ("asianhallintajärjestelmä", "same", "Asianhallintajärjestelmä"),
        ("oppilashuollon järjestelmä", "probably_same", "Oppilas- ja opiskelijahuollon tietojärjestelmä"),
        ("oppilashuollonjärjestelmä", "same", "oppilashuollon järjestelmä"),
        ("oppisopimusten hallintajärjestelmä", "probably_same", "Oppisopimuskoulutuksen tietojärjestelmä"),
        ("oppisopimuskoulutusten hallintajärjestelmä", "probably_same", "Oppisopimuskoulutuksen tietojärjestelmä"),
        (
            "ammattikoulun opiskelijahallintojärjestelmä",
            "probably_same",
            "Ammatillisen koulutuksen opintohallintojärjestelmä",
        ),
        ("asiakas- ja oppilashallinnon järjestelmä", "probably_same", "Koko toimialan asiakas- ja opintohallinnon järjestelmä"),
        ("sähköiset oppimisympäristöt", "probably_same", "Digitaalisten oppimisympäristöjen tietojärjestelmäkokonaisuudet"),
        ("Henkilöstöhallintojärjestelmä", "probably_same", "Henkilöstö- ja palkkahallinnon tietojärjestelmä"),
        ("Asian- ja asiakirjahallintajärjestelmä", "probably_same", "Asianhallintajärjestelmä"),
        ("talous- ja henkilöstöhallinnon järjestelmät", "same", "talous- ja henkilöstöhallinnon tietojärjestelmät"),
        ("Ajan- ja tilavarausjärjestelmä", "probably_same", "ajan- ja tilanvarausjärjestelmä"),
        ("koulumatkojen hallintajärjestelmä", "new", ""),
        ("YO-kirjoitusten valmistautumisohjelma", "new", ""),
        ("laite ja palvelupyyntörekisteri", "new", ""),
    ],
)
def test_prose_names_of_the_published_pages(matching: Matching, name: str, verdict: str, target: str) -> None:
    assert _target(matching, name) == (verdict, target)


def test_an_abbreviation_joins_two_pages(matching: Matching) -> None:
    row = next(row for row in matching.matches if row.name == "toimipiste- ja palvelurekisteri (TPR)")
    assert (row.verdict, row.target_name, row.reason) == ("same", "toimipisterekisteri (TPR)", "other_name")


def test_a_register_of_the_name_of_a_system_is_for_the_reviewer(matching: Matching) -> None:
    row = next(row for row in matching.matches if row.name == "Avustusrekisteri")
    assert (row.verdict, row.reason, row.target_name) == ("probably_same", "other_kind", "Avustusrekisteri/avustusjärjestelmä")
    assert "henkilörekisteri" in row.fi
    assert "personregister" in row.sv


def test_entries_of_one_page_are_told_apart(drafts: list[Draft], matching: Matching) -> None:
    described = {entity.key for entity in drafts[1].of_kind("system")}
    rows = [row for row in matching.matches if row.page == "systems.txt" and row.key in described]
    assert len(rows) == 43
    assert {row.verdict for row in rows} == {"new"}


def test_a_system_described_on_another_page_is_not_called_undescribed(matching: Matching) -> None:
    nowhere = {finding.params["name"] for finding in matching.findings}
    assert "oppilashuollonjärjestelmä" not in nowhere
    assert "asianhallintajärjestelmä" not in nowhere
    assert "koulumatkojen hallintajärjestelmä" in nowhere


KNOWN = [
    KnownEntry("system", "venepaikat", ("Venepaikkojen varausjärjestelmä", "VENE")),
    KnownEntry("system", "puut", ("Puistopuiden hoitorekisteri",)),
    KnownEntry("class_code", "luokka-1", (), ("10 08",)),
]


def test_against_the_catalog() -> None:
    draft = text(
        "Satamien tietovaranto\n\nTietojärjestelmät: venepaikkojen varausjärjestelmässä, Vene-palvelu (VENE), "
        "puistopuiden rekisteri, valaistuksen ohjausjärjestelmä\n\nTehtäväluokat\n\n • 10 08 Asuminen\n • 10 09 Muu\n"
    )
    rows = {row.name: (row.verdict, row.target, row.known) for row in match([draft], KNOWN).matches if row.kind != "resource"}
    assert rows == {
        "venepaikkojen varausjärjestelmä": ("same", "venepaikat", True),
        "Vene-palvelu (VENE)": ("same", "venepaikat", True),
        "puistopuiden rekisteri": ("probably_same", "puut", True),
        "valaistuksen ohjausjärjestelmä": ("new", "", False),
        "10 08": ("same", "luokka-1", True),
        "10 09": ("new", "", False),
    }


def test_an_analyser_makes_inflected_modifiers_equal() -> None:
    known = [KnownEntry("system", "kalat", ("Kalojen käden järjestelmä",))]
    draft = text("Kalojen tietovaranto\n\nTietojärjestelmät: kala käsi järjestelmä\n")
    bases = {"kalojen": {"kala"}, "kala": {"kala"}, "käden": {"käsi"}, "käsi": {"käsi"}}

    def analyse(word: str) -> set[str]:
        return bases.get(word, {word})

    name = "kala käsi järjestelmä"
    without = next(row for row in match([draft], known).matches if row.name == name)
    with_it = next(row for row in match([draft], known, analyse=analyse).matches if row.name == name)
    assert without.verdict != "same"
    assert (with_it.verdict, with_it.target) == ("same", "kalat")


def test_names_that_only_share_general_words_are_new() -> None:
    draft = text("Satamien tietovaranto\n\nTietojärjestelmät: kaupungin yhteinen hallintajärjestelmä, laivojen tietojärjestelmä\n")
    known = [
        KnownEntry("system", "x", ("Kaupungin talouden hallintajärjestelmä",)),
        KnownEntry("system", "y", ("Lainojen tietojärjestelmä",)),
    ]
    assert {row.verdict for row in match([draft], known).matches if row.kind == "system"} == {"new"}
