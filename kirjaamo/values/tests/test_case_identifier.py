"""Case identifiers by the patterns of real authorities, both ways and in free text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kirjaamo.values import CaseIdentifier, CasePattern, ValueProblem

HELSINKI = "HEL {year}-{number:06}"
PATTERNS = [
    (HELSINKI, 123, 2026, None, "HEL 2026-000123"),
    ("TRE:{number}/{class}/{year}", 6623, 2025, "07.01.00", "TRE:6623/07.01.00/2025"),
    ("ROIDno-{year}-{number}", 4378, 2021, None, "ROIDno-2021-4378"),
    ("{number}/{class}/{year}", 469, 2023, "03.01.00", "469/03.01.00/2023"),
    ("VN/{number}/{year}", 5810, 2021, None, "VN/5810/2021"),
    ("KA/{number}/{class}/{year}", 12266, 2022, "07.01.01.00", "KA/12266/07.01.01.00/2022"),
    ("KKV/{number}/{class}/{year}", 286, 2025, "03.02", "KKV/286/03.02/2025"),
    ("HEL-{year}-{number:06}", 7159, 2016, None, "HEL-2016-007159"),
    ("D{serial:08}", 17, None, None, "D00000017"),
    ("{class} {year}/{number}", 5, 2026, "07 01 04", "07 01 04 2026/5"),
]


@pytest.mark.parametrize(("pattern", "number", "year", "class_code", "text"), PATTERNS)
def test_identifier_is_written_and_read_back(pattern: str, number: int, year: int | None, class_code: str | None, text: str) -> None:
    form = CasePattern.parse(pattern)
    written = form.format(number, year, class_code)
    assert str(written) == text
    assert form.match(text) == written == CaseIdentifier(text, number, year, class_code)


@pytest.mark.parametrize(
    "typed",
    ["hel-2026-123", "HEL 2026-000123", "Hel2026-123", "hel:2026/0123", "HEL–2026–000123"],
)
def test_loosely_typed_identifier_is_found_in_its_exact_form(typed: str) -> None:
    form = CasePattern.parse(HELSINKI)
    assert [str(found) for found in form.find_all(f"Ks. {typed}, kiitos")] == ["HEL 2026-000123"]


def test_each_identifier_is_found_once() -> None:
    found = CasePattern.parse(HELSINKI).find_all("HEL 2026-000123, hel-2026-123, HEL 2026-000124")
    assert [part.number for part in found] == [123, 124]


@pytest.mark.parametrize("text", ["SHEL 2026-123", "HEL 2026-123x", "HEL 1826-123", "HEL 2026-000000", "2026-123", ""])
def test_what_is_no_identifier_is_not_found(text: str) -> None:
    assert CasePattern.parse(HELSINKI).find_all(text) == ()


def test_bare_pattern_is_found_only_as_written() -> None:
    form = CasePattern.parse("{number}/{class}/{year}")
    assert [str(f) for f in form.find_all("asia 469/03.01.00/2023.")] == ["469/03.01.00/2023"]
    assert form.find_all("469-03.01.00-2023") == ()


@pytest.mark.parametrize(
    "text",
    [
        "HEL 2026-123",
        "HEL 2026-0000123",
        "hel 2026-000123",
        "HEL 2026-000123 ",
        "HEL 2026-000000",
        "HEL 1026-000123",
    ],
)
def test_exact_match_wants_the_exact_form(text: str) -> None:
    assert CasePattern.parse(HELSINKI).match(text) is None


def test_number_may_outgrow_its_padding() -> None:
    form = CasePattern.parse(HELSINKI)
    assert str(form.format(1234567, 2026)) == "HEL 2026-1234567"
    assert form.match("HEL 2026-1234567") is not None


def test_prefix_is_given_with_the_pattern() -> None:
    form = CasePattern.parse("{prefix} {year}-{number:06}", prefix="ESPOO")
    assert str(form.format(1, 2026)) == "ESPOO 2026-000001"


@pytest.mark.parametrize(
    ("pattern", "code"),
    [
        ("", "one_number"),
        ("HEL {year}", "one_number"),
        ("{number}/{serial}/{year}", "one_number"),
        ("HEL {number}/{number}/{year}", "one_number"),
        ("HEL {year}/{year}-{number}", "repeated_token"),
        ("HEL {number}", "year_missing"),
        ("HEL {vuosi}-{number}", "unknown_token"),
        ("HEL {year-{number}", "unknown_token"),
        ("HEL {year}-{number:6}", "unknown_token"),
        ("{year}{number}", "not_separated"),
        ("HEL2{year}-{number}", "not_separated"),
        ("{year}-{number}0", "not_separated"),
    ],
)
def test_pattern_that_cannot_work_is_refused(pattern: str, code: str) -> None:
    with pytest.raises(ValueProblem) as caught:
        CasePattern.parse(pattern)
    assert caught.value.code == f"case_pattern.{code}"
    assert "{" not in caught.value.message().replace("{year}", "").replace("{number}", "").replace("{serial}", "").replace(
        "{class}", ""
    ).replace("{prefix}", "")


@pytest.mark.parametrize(
    ("number", "year", "class_code", "code"),
    [
        (0, 2026, "01", "number"),
        (10**12, 2026, "01", "number"),
        (1, None, "01", "year"),
        (1, 1899, "01", "year"),
        (1, 2026, None, "class"),
        (1, 2026, "07/01", "class"),
        (1, 2026, "", "class"),
    ],
)
def test_missing_part_is_named(number: int, year: int | None, class_code: str | None, code: str) -> None:
    with pytest.raises(ValueProblem) as caught:
        CasePattern.parse("X/{number}/{class}/{year}").format(number, year, class_code)
    assert caught.value.code == f"case_identifier.{code}"


def test_yearly_series_restarts_and_a_continuous_one_does_not() -> None:
    yearly, running = CasePattern.parse(HELSINKI), CasePattern.parse("HEL/{serial}")
    assert yearly.series_key(2026) != yearly.series_key(2027)
    assert running.series_key(2026) == running.series_key(2027)
    assert (yearly.yearly, running.yearly) == (True, False)


def test_padding_class_and_separators_open_no_new_series() -> None:
    keys = {CasePattern.parse(pattern).series_key(2026) for pattern in (HELSINKI, "HEL-{year}-{number}", "hel:{number}/{class}/{year}")}
    assert keys == {"HEL|2026"}
    assert CasePattern.parse("{number}/{year}").series_key(2026) == "|2026"


@given(
    st.sampled_from([row[0] for row in PATTERNS]),
    st.integers(1, 10**12 - 1),
    st.integers(1900, 2099),
    st.lists(st.from_regex(r"[0-9]{2}", fullmatch=True), min_size=1, max_size=4),
)
def test_what_is_written_is_read_back(pattern: str, number: int, year: int, levels: list[str]) -> None:
    form = CasePattern.parse(pattern)
    written = form.format(number, year, ".".join(levels))
    assert form.match(written.text) == written
    assert written in form.find_all(f"Asia {written.text} (liite)")


@given(st.text(max_size=60))
def test_free_text_never_breaks_the_search(text: str) -> None:
    for row in PATTERNS:
        CasePattern.parse(row[0]).find_all(text)


@pytest.mark.timeout(10)
@pytest.mark.parametrize("text", ["1 " * 50_000, "1." * 50_000, "HEL " * 25_000, "9" * 100_000])
def test_long_text_is_searched_quickly(text: str) -> None:
    for row in PATTERNS:
        assert CasePattern.parse(row[0]).find_all(text) == ()


def test_class_has_a_depth_that_plans_have() -> None:
    form = CasePattern.parse("{number}/{class}/{year}")
    assert form.match("1/01.02.03.04.05.06.07.08/2026") is not None
    assert form.match("1/01.02.03.04.05.06.07.08.09/2026") is None
