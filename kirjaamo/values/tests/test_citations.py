"""A citation is stored in Finnish and read in three languages."""

from __future__ import annotations

import pytest

from kirjaamo.values.citations import cited, cited_code

EXAMPLES = [
    ("HL 434/2003 28 § 1 mom. 1 kohta", "HL 434/2003 28 § 1 mom. 1 punkten", "HL 434/2003 section 28(1)(1)"),
    ("621/1999 14 §; 150/1930 5 §", "621/1999 14 §; 150/1930 5 §", "621/1999 section 14; 150/1930 section 5"),
    ("hallintolaki 434/2003 62 a §", "hallintolaki 434/2003 62 a §", "hallintolaki 434/2003 section 62a"),
    ("EU 2016/679 12 art. 3 kohta", "EU 2016/679 12 art. 3 punkten", "EU 2016/679 Article 12(3)"),
    ("HOL 808/2019 2 luku 13 § 2 mom.", "HOL 808/2019 2 kap. 13 § 2 mom.", "HOL 808/2019 chapter 2, section 13(2)"),
    ("Hallintosääntö", "Hallintosääntö", "Hallintosääntö"),
]


@pytest.mark.parametrize(("finnish", "swedish", "english"), EXAMPLES)
def test_a_section_is_cited_as_its_reader_would(finnish: str, swedish: str, english: str) -> None:
    assert cited(finnish, "fi") == finnish
    assert cited(finnish, "sv") == swedish
    assert cited(finnish, "en") == english


@pytest.mark.parametrize(
    ("code", "finnish", "swedish", "english"),
    [
        ("JulkL-24-1-7", "JulkL 24 § 1 mom. 7 kohta", "OffentlighetsL 24 § 1 mom. 7 punkten", "Openness Act, section 24(1)(7)"),
        ("JulkL-24-1-31a", "JulkL 24 § 1 mom. 31a kohta", "OffentlighetsL 24 § 1 mom. 31a punkten", "Openness Act, section 24(1)(31a)"),
        ("JulkL-24-1-20-muu", "JulkL 24 § 1 mom. 20 kohta", "OffentlighetsL 24 § 1 mom. 20 punkten", "Openness Act, section 24(1)(20)"),
        ("1069-2021-39", "1069/2021 39 §", "1069/2021 39 §", "1069/2021 section 39"),
        ("tuntematon", "tuntematon", "tuntematon", "tuntematon"),
    ],
)
def test_the_code_of_a_ground_is_read_as_its_section(code: str, finnish: str, swedish: str, english: str) -> None:
    assert [cited_code(code, language) for language in ("fi", "sv", "en")] == [finnish, swedish, english]
