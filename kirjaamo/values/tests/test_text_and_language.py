"""Cleaning of input, Finnish order, and texts in three languages."""

from __future__ import annotations

import re
import string
import unicodedata
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kirjaamo.values import (
    LANGUAGES,
    PROBLEM_TEXTS,
    Text3,
    ValueProblem,
    base_language,
    clean,
    format_day,
    pick,
    pick_with_language,
    sort_key,
    sort_words,
)


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("  a \t b\u00a0 c ", "a b c"),
        ("a\r\nb\x85c\u2028d", "a b c d"),
        ("A\u0308iti", "Äiti"),
        ("", ""),
        ("👩‍👩‍👧‍👦 ❤️", "👩‍👩‍👧‍👦 ❤️"),
        ("\U0001f3f4\U000e0067\U000e0062\U000e007f", "\U0001f3f4\U000e0067\U000e0062\U000e007f"),
        ("שלום مرحبا", "שלום مرحبا"),
        ("می‌خواهم", "می‌خواهم"),
    ],
)
def test_what_people_write_is_kept(raw: str, kept: str) -> None:
    cleaned = clean(raw, max_length=100)
    assert cleaned.text == kept
    assert cleaned.removed == ()


@pytest.mark.parametrize(
    ("raw", "kept", "removed"),
    [
        ("a\x00b\x1bc", "abc", (("control", 2),)),
        ("lasku\u202efdp.exe", "laskufdp.exe", (("bidi", 1),)),
        ("a\u2066b\u2069", "ab", (("bidi", 2),)),
        ("sa\u00adna\u200b\ufeff", "sana", (("invisible", 3),)),
        ("a\U000e0041", "a", (("invisible", 1),)),
        ("a\ud800b\uffff\ufdd0", "ab", (("noncharacter", 3),)),
        ("a\u200b\x07\u0308", "ä", (("control", 1), ("invisible", 1))),
        ("\U000e0041", "", (("invisible", 1),)),
    ],
)
def test_what_hides_is_taken_out_and_told(raw: str, kept: str, removed: tuple[tuple[str, int], ...]) -> None:
    cleaned = clean(raw, max_length=100)
    assert (cleaned.text, cleaned.removed) == (kept, removed)


def test_lines_stay_where_they_are_wanted() -> None:
    raw = "\n\n Otsikko  \r\n\r\n\n\n teksti\tjatkuu\n"
    assert clean(raw, max_length=100, multiline=True).text == "Otsikko\n\nteksti jatkuu"


def test_length_is_that_of_the_result() -> None:
    assert clean("  abcde\u200b ", max_length=5).text == "abcde"
    with pytest.raises(ValueProblem) as caught:
        clean("abcdefg", max_length=5)
    assert caught.value.code == "text.too_long"
    assert "5" in caught.value.message("sv")
    assert "2" in caught.value.message("sv")


def test_required_text_of_nothing_visible_is_missing() -> None:
    with pytest.raises(ValueProblem) as caught:
        clean(" \u200b\n", max_length=5, required=True)
    assert caught.value.code == "text.missing"
    assert clean("a", max_length=5, required=True).text == "a"


@given(st.text(st.characters(codec=None)), st.booleans())
def test_clean_text_is_clean_again_and_can_be_stored(raw: str, multiline: bool) -> None:
    once = clean(raw, max_length=10_000, multiline=multiline)
    again = clean(once.text, max_length=10_000, multiline=multiline)
    assert again.text == once.text
    assert again.removed == ()
    assert unicodedata.is_normalized("NFC", once.text)
    once.text.encode("utf-8")
    controls = {c for c in once.text if unicodedata.category(c) == "Cc"}
    assert controls <= ({"\n"} if multiline else set())


@pytest.mark.parametrize(
    "row",
    [
        ["Aalto", "Bergström", "Virtanen", "Zetterberg", "Åberg", "Äijälä", "Öhman"],
        ["Vaara", "Waara", "Virtanen", "Wirtanen", "Vuori"],
        ["ala", "Ala-aho", "Alanen"],
        ["Müller", "Myyrä", "Myöhänen", "Mäki"],
        ["Sarkanen", "Šarkanen", "Sarkola"],
        ["", "1", "2", "a"],
        ["Æ", "Äb", "Ø", "Öb"],
        ["z", "å", "Жуков"],
        ["Alfa 1", "Alfa koulu", "Alfakoulu"],
    ],
)
def test_finnish_order(row: list[str]) -> None:
    assert all(sort_key(one) < sort_key(other) for one, other in pairwise(row))


def test_keys_are_fit_for_the_database() -> None:
    assert sort_key("Ala-Åkerman") == "ala!{kerman ala-åkerman"
    assert sort_key("A\u030akerman") == sort_key("Åkerman") == sort_key("åkerman")


@given(st.text(st.characters(codec=None, exclude_categories=["Cs"])))
def test_key_depends_on_neither_case_nor_form(text: str) -> None:
    assert sort_key(text) == sort_key(unicodedata.normalize("NFD", text))
    assert sort_key(text.casefold()) == sort_key(text)


@given(st.text(string.ascii_lowercase.replace("w", ""), min_size=1), st.sampled_from("åäö"))
def test_swedish_and_finnish_letters_come_after_z(word: str, letter: str) -> None:
    assert sort_key(word) < sort_key(letter) < sort_key(f"{letter}{word}")


def test_text_falls_back_to_finnish() -> None:
    text = Text3("kissa", en="cat")
    assert (text.pick("fi"), text.pick("sv"), text.pick("en-GB")) == ("kissa", "kissa", "cat")
    assert str(text) == "kissa"
    assert pick_with_language(text, "sv") == ("kissa", "fi")
    assert pick({"sv": "katt"}, "en") == "katt"
    assert pick_with_language({}, "sv") == ("", "sv")
    assert text.as_dict() == {"fi": "kissa", "en": "cat"}
    assert Text3.of(text.as_dict()) == text == Text3.of(text)
    assert Text3.of("kissa") == Text3("kissa")


@pytest.mark.parametrize(("tag", "language"), [("sv-FI", "sv"), ("en_US", "en"), ("FI", "fi"), ("de", "fi"), ("", "fi")])
def test_language_tags_are_reduced(tag: str, language: str) -> None:
    assert base_language(tag) == language


def test_days_are_written_as_people_do() -> None:
    day = date(2026, 4, 2)
    assert [format_day(day, language) for language in LANGUAGES] == [
        "2.4.2026",
        "2.4.2026",
        "2 April 2026",
    ]


@pytest.mark.parametrize("code", sorted(PROBLEM_TEXTS))
def test_every_problem_speaks_three_languages(code: str) -> None:
    problem = ValueProblem(code, first=1, last=2, limit=3, over=4)
    said = [problem.message(language) for language in LANGUAGES]
    assert len(set(said)) == 3
    assert all(text.endswith(".") for text in said)
    assert all(set(text.fi + text.sv + text.en).isdisjoint("\n") for text in PROBLEM_TEXTS.values())
    assert str(problem) == f"{code}: {said[2]}"


def test_every_code_raised_has_a_text() -> None:
    raised = set()
    for file in Path(__file__).parents[1].glob("*.py"):
        raised |= set(re.findall(r'ValueProblem\(\s*"([a-z_.]+)"', file.read_text("utf-8")))
    assert raised
    assert raised | {c for c in PROBLEM_TEXTS if c.startswith("personal_id.")} == set(PROBLEM_TEXTS)


def test_the_words_of_a_name_stand_within_its_sort_key() -> None:
    """A name is found by its words in any order, however they are accented or cased."""
    for told in ("Maija Meikäläinen", "MEIKÄLÄINEN, maija", "Meikäläinen Maija"):
        assert all(word in sort_key("Maija Meikäläinen") for word in sort_words(told))
    assert sort_words("  ,. ") == ()
