"""The identity code: every separator, every wrong part, and that it never prints itself."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kirjaamo.values import (
    PersonalId,
    PersonalIdError,
    PersonalIdProblem,
    find_personal_ids,
    hide_personal_ids,
)

_ALPHABET = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_SEPARATORS = {1800: "+", 1900: "-YXWVU", 2000: "ABCDEF"}


def code_of(born: date, separator: str, number: int) -> str:
    """Make a code the way the register does."""
    digits = f"{born:%d%m}{born.year % 100:02}"
    check = _ALPHABET[int(f"{digits}{number:03}") % 31]
    return f"{digits}{separator}{number:03}{check}"


@st.composite
def codes(draw: st.DrawFn) -> tuple[str, date]:
    """Draw a valid artificial code and its birth date."""
    century = draw(st.sampled_from(sorted(_SEPARATORS)))
    born = draw(st.dates(date(century, 1, 1), date(century + 99, 12, 31)))
    separator = draw(st.sampled_from(_SEPARATORS[century]))
    return code_of(born, separator, draw(st.integers(900, 999))), born


@pytest.mark.parametrize(
    ("code", "born"),
    [
        ("010100A900F", date(2000, 1, 1)),
        ("290204B901D", date(2004, 2, 29)),
        ("150594Y9022", date(1994, 5, 15)),
        ("311299+903B", date(1899, 12, 31)),
    ],
)
def test_known_artificial_codes(code: str, born: date) -> None:
    found = PersonalId.parse(code)
    assert found.reveal() == code
    assert found.birth_date == born
    assert found.artificial


@pytest.mark.parametrize("separator", "-YXWVU")
def test_every_separator_of_the_1900s(separator: str) -> None:
    assert PersonalId.parse(code_of(date(1952, 10, 13), separator, 902)).birth_date.year == 1952


@pytest.mark.parametrize("separator", "ABCDEF")
def test_every_separator_of_the_2000s(separator: str) -> None:
    assert PersonalId.parse(code_of(date(2052, 10, 13), separator, 902)).birth_date.year == 2052


def test_separator_is_a_part_of_the_identity() -> None:
    twins = {PersonalId.parse(code_of(date(1994, 5, 15), mark, 902)) for mark in "-YXWVU"}
    assert len(twins) == 6


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", "missing"),
        (" \t", "missing"),
        ("010100A900", "length"),
        ("010100A900FF", "length"),
        ("0101O0A900F", "shape"),
        ("٠١٠١٠٠A900F", "shape"),
        ("010100A9O0F", "shape"),
        ("010100A900-", "shape"),
        ("010100G900F", "separator"),
        ("010100Z900F", "separator"),
        ("310200A900F", "date"),
        ("290200+900F", "date"),
        ("290203A901D", "date"),
        ("001300A900F", "date"),
        ("010100A001A", "number"),
        ("010100A000A", "number"),
        ("010100A900G", "check"),
        ("010100A900E", "check"),
    ],
)
def test_wrong_part_is_named_and_the_code_is_not(text: str, kind: str) -> None:
    with pytest.raises(PersonalIdError) as caught:
        PersonalId.parse(text)
    problem = caught.value
    assert problem.kind is PersonalIdProblem(kind)
    assert problem.code == f"personal_id.{kind}"
    said = [str(problem), repr(problem), *(problem.message(lang) for lang in ("fi", "sv", "en"))]
    assert not any(text.strip() and text in part for part in said)
    assert problem.__cause__ is None


def test_real_range_is_not_artificial() -> None:
    assert not PersonalId.parse(code_of(date(1900, 1, 1), "-", 899)).artificial


@pytest.mark.parametrize("typed", ["010100a900f", "  010100A900F\n", "010100 A 900F", "010100\u00a0A900F"])
def test_case_and_space_do_not_matter(typed: str) -> None:
    assert PersonalId.parse(typed).reveal() == "010100A900F"


@pytest.mark.parametrize("dash", "\u2010\u2011\u2012\u2013\u2014\u2212")
def test_dashes_of_text_processors_are_hyphens(dash: str) -> None:
    code = code_of(date(1952, 10, 13), "-", 902)
    assert PersonalId.parse(code.replace("-", dash)).reveal() == code


def test_nobody_is_born_tomorrow() -> None:
    code = code_of(date(2026, 11, 23), "A", 902)
    assert PersonalId.parse(code, today=date(2026, 11, 23)).reveal() == code
    with pytest.raises(PersonalIdError) as caught:
        PersonalId.parse(code, today=date(2026, 11, 22))
    assert caught.value.kind is PersonalIdProblem.FUTURE


def test_value_made_past_parse_is_checked_too() -> None:
    with pytest.raises(PersonalIdError):
        PersonalId("010100a900f")


@given(codes())
def test_any_valid_code_is_read_and_never_printed(drawn: tuple[str, date]) -> None:
    code, born = drawn
    found = PersonalId.parse(code)
    assert (found.reveal(), found.birth_date) == (code, born)
    for shown in (
        str(found),
        repr(found),
        f"{found}",
        f"{found!r:>20}",
        repr([found]),
    ):
        assert code not in shown
        assert code[:6] not in shown
    assert found.masked() == code[:7] + "****"


@given(codes(), st.integers(0, 10), st.sampled_from(_ALPHABET + "-+"))
def test_one_changed_character_is_another_person_or_refused(drawn: tuple[str, date], place: int, other: str) -> None:
    code = drawn[0]
    changed = code[:place] + other + code[place + 1 :]
    try:
        found = PersonalId.parse(changed)
    except PersonalIdError:
        assert changed != code
    else:
        assert (found == PersonalId.parse(code)) is (changed == code)


@given(st.text() | codes().map(lambda drawn: drawn[0].lower()))
def test_any_text_is_a_code_or_a_named_problem(text: str) -> None:
    try:
        found = PersonalId.parse(text)
    except PersonalIdError as problem:
        said = problem.message()
    else:
        said = found.masked()
    assert said


def test_codes_are_found_in_free_text() -> None:
    text = "Hakemus: 010100A900F, (150594y9022) ja 311299+903B."
    found = find_personal_ids(text)
    assert [text[place.start : place.end] for place in found] == [
        "010100A900F",
        "150594y9022",
        "311299+903B",
    ]
    assert all(place.certain for place in found)


def test_mistyped_code_is_found_as_uncertain() -> None:
    (place,) = find_personal_ids("Asia 010100A900E")
    assert not place.certain


@pytest.mark.parametrize(
    "text",
    [
        "HEL 2026-000123",
        "310200A900F",
        "X010100A900F",
        "1010100A900F",
        "010100A900F1",
        "010100A001A",
        "Puhelin 050 123 4567",
        "TRE:6623/07.01.00/2025",
    ],
)
def test_other_numbers_are_not_codes(text: str) -> None:
    assert find_personal_ids(text) == ()


def test_codes_are_hidden_whole() -> None:
    text = "Ensin 010100 A900F, sitten 150594Y9022!"
    assert hide_personal_ids(text) == "Ensin ***********, sitten ***********!"


@given(st.text(max_size=20), codes(), st.text(max_size=20))
def test_hiding_leaves_nothing_to_find(before: str, drawn: tuple[str, date], after: str) -> None:
    assert find_personal_ids(hide_personal_ids(f"{before} {drawn[0]} {after}")) == ()
