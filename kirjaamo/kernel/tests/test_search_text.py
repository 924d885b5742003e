"""Index and query text, matched by a real PostgreSQL; snippets."""

from __future__ import annotations

from functools import lru_cache

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kirjaamo.kernel.search_text import (
    LAST_POSITION,
    MOST_POSITIONS,
    MOST_TERMS,
    document_vector,
    highlight,
    query,
    query_terms,
)
from kirjaamo.kernel.words import (
    Analyser,
    AnalyserUnavailableError,
    LibvoikkoAnalyser,
    PyvoikkoAnalyser,
    SnowballAnalyser,
    Words,
    nfc,
)

EXAMPLES = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
# Everything that means something in the syntax of tsvector, tsquery, SQL or our own tokens, among ordinary text.
AWKWARD = st.one_of(
    st.text(max_size=120),
    st.lists(
        st.sampled_from(
            [
                "'",
                "\\",
                '"',
                ":*",
                "&",
                "|",
                "!",
                "<->",
                "(",
                ")",
                ":A",
                "lupa",
                "Päätös",
                "-",
                "2026-000123",
                "\x00",
                "vaa'an",
                "%s",
            ]
        ),
        max_size=25,
    ).map(" ".join),
)


@lru_cache(maxsize=1)
def _dictionary() -> Analyser | None:
    for backend in (LibvoikkoAnalyser, PyvoikkoAnalyser):
        try:
            return backend()
        except AnalyserUnavailableError:
            continue
    return None


@pytest.fixture
def words() -> Words:
    analyser = _dictionary()
    if analyser is None:
        pytest.skip("neither libvoikko nor pyvoikko is installed on this machine")
    return Words(analyser)


def _matches(vector: str, asked: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::tsvector @@ %s::tsquery", [vector, asked])
        row = cursor.fetchone()
    return bool(row and row[0])


def _finds(
    asked: str,
    text: str,
    words: Words,
    *,
    wide: bool = False,
    prefix: bool = False,
    lang: str = "fi",
) -> bool:
    made = query(asked, lang, wide, prefix=prefix, words=words)
    return made is not None and _matches(document_vector({"body": text}, lang, words=words), made)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("rakennuslupa", "Luettelo rakennuslupien hakijoista"),
        ("rakennuslupien", "Rakennuslupa myönnettiin"),
        ("lupa", "Kaupunginhallitus myönsi poikkeusluvan"),
        ("asiakirja", "asiakasasiakirjojen luovutus"),
        ("lautakunta", "vaalilautakunnan kokous"),
        ("säilytysaika tietopyyntö", "Tietopyynnön säilytysajasta"),
        ("sote", "Sote-uudistuksen vaikutukset"),
        ("helsinki", "Itä-Helsingissä"),
        ("östersundom", "Östersundomin osayleiskaava"),
        ("qvwertilla", "Järjestelmästä qvwertilla"),
        ("hel 2026-123", "Diaarinumero HEL 2026-000123"),
        ("hel-2026-123", "Diaarinumero HEL 2026-000123"),
        ("2026-000123", "Diaarinumero HEL 2026-000123."),
        ("TRE:6623/07.01.00/2025", "Asia tre:6623/07.01.00/2025"),
        ("6623/2025", "Asia TRE:6623/07.01.00/2025"),
        ("07 01", "tehtäväluokka 07 01 04"),
        ("07.01.04", "tehtäväluokka 07 01 04"),
        ("1234567-8", "Y-tunnus FI12345678"),
        ("91-1-234-5", "kiinteistö 09100102340005"),
        ("2.1.2026", "annettu 02.01.2026"),
        ('"avoin tieto"', "Avoimen tiedon periaate"),
        ('"tieto ja hallinta"', "tiedon ja hallinnan"),
    ],
)
def test_query_finds(asked: str, text: str, words: Words) -> None:
    assert _finds(asked, text, words)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("rakennuslupa", "rakennuskielto ja lupaus"),
        ("lupa kaava", "lupahakemus ilman muuta"),
        ('"tieto avoin"', "Avoimen tiedon periaate"),
        ('"lupa kaava"', "lupa ja sitten kaava"),
        ("2026-124", "HEL 2026-000123"),
        ("07 01 04", "tehtäväluokka 07 01"),
        ("91-1-234-6", "91-1-234-5"),
    ],
)
def test_query_does_not_find(asked: str, text: str, words: Words) -> None:
    assert not _finds(asked, text, words)


@pytest.mark.django_db
def test_parts_inside_a_compound_are_found_only_when_wide(words: Words) -> None:
    assert not _finds("rakennus", "rakennuslupien", words)
    assert _finds("rakennus", "rakennuslupien", words, wide=True)
    assert not _finds("lapsi", "lastensuojelun asiakas", words)
    assert _finds("lapsi", "lastensuojelun asiakas", words, wide=True)


@pytest.mark.django_db
def test_a_phrase_does_not_reach_from_one_field_to_the_next(words: Words) -> None:
    asked = query('"avoin tieto"', words=words)
    assert asked is not None
    assert not _matches(document_vector({"title": "avoin", "body": "tieto"}, words=words), asked)


@pytest.mark.django_db
def test_the_last_word_may_be_unfinished(words: Words) -> None:
    assert _finds("poikkeusl", "Poikkeusluvan ehdot", words, prefix=True)
    assert not _finds("poikkeusl", "Poikkeusluvan ehdot", words)
    assert not _finds("poikkeusl ", "Poikkeusluvan ehdot", words, prefix=True), "a space ends the word"
    assert _finds("ehdot poikkeusl", "Poikkeusluvan ehdot", words, prefix=True)


@pytest.mark.django_db
def test_swedish_and_english(words: Words) -> None:
    assert _finds("beslut", "Nämndens besluten", words, lang="sv")
    assert _finds("permits", "A building permit", words, lang="en")


@pytest.mark.django_db
def test_a_text_indexed_by_snowball_is_still_found_by_the_same_form(
    words: Words,
) -> None:
    vector = document_vector({"body": "tietopyynnöistä"}, words=Words(SnowballAnalyser()))
    asked = query("tietopyynnöistä", words=words)
    assert asked is not None
    assert _matches(vector, asked)


@pytest.mark.parametrize(
    "asked",
    ["", "   ", "ja", "ja tai että", "'&|!():*<->", "010190-999A", '""', "\x00"],
)
def test_nothing_to_search_for(asked: str, words: Words) -> None:
    assert query(asked, words=words) is None


def test_identity_codes_are_in_neither_text(words: Words) -> None:
    vector = document_vector({"body": "Hakija Maija Mäkelä 010190-999A ja 020290-998b"}, words=words)
    asked = query("Mäkelä 010190-999A", words=words)
    for part in ("010190", "020290", "999", "998"):
        assert part not in vector
        assert part not in (asked or "")


@pytest.mark.django_db
@EXAMPLES
@given(
    text=AWKWARD,
    lang=st.sampled_from(["fi", "sv", "en", "se"]),
    wide=st.booleans(),
    prefix=st.booleans(),
)
def test_whatever_is_written_postgresql_reads_it_and_it_finds_itself(text: str, lang: str, *, wide: bool, prefix: bool) -> None:
    words = Words(_dictionary() or SnowballAnalyser())
    asked = query(text, lang, wide, prefix=prefix, words=words)
    vector = document_vector({"body": text}, lang, words=words)
    if asked is None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT %s::tsvector", [vector])
    elif '"' not in text:
        assert _matches(vector, asked)
    else:
        _matches(vector, asked)


@pytest.mark.django_db
def test_positions_stay_within_the_limits_of_postgresql() -> None:
    words = Words(SnowballAnalyser())
    vector = document_vector({"body": "alku keskus " * 10_000 + "loppu"}, words=words)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT lexeme, cardinality(positions), positions[cardinality(positions)] FROM unnest(%s::tsvector)",
            [vector],
        )
        rows = {lexeme: (count, last) for lexeme, count, last in cursor.fetchall()}
    assert rows["loppu"] == (1, LAST_POSITION)
    assert rows["keskus"][0] == MOST_POSITIONS


@pytest.mark.django_db
def test_of_a_text_too_long_the_beginning_is_kept() -> None:
    words = Words(SnowballAnalyser())
    many = " ".join(f"sana{number}x" + "å" * 60 for number in range(30_000))
    vector = document_vector({"title": "Lupahakemus", "body": many + " " + "y" * 5_000}, words=words)
    asked = query("lupahakemus", words=words)
    assert asked is not None
    assert _matches(vector, asked)


def test_a_query_has_a_bounded_number_of_words(words: Words) -> None:
    assert len(query_terms("lupa " * 5_000, words=words)) == MOST_TERMS


def test_snippet_shows_the_best_place_and_marks_inflected_forms(words: Words) -> None:
    text = "Alku on pitkä. " * 40 + "Hakijalle myönnettiin poikkeuslupa asuinrakennukselle. " + "Loppu on pitkä. " * 40
    segments = highlight(text, "rakennus lupa", words=words)
    assert [segment for segment, hit in segments if hit] == [
        "poikkeuslupa",
        "asuinrakennukselle",
    ]
    shown = "".join(segment for segment, _ in segments)
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) <= 204
    assert shown.strip("… ") in text


def test_snippet_without_hits_is_the_beginning(words: Words) -> None:
    segments = highlight("Yksi kaksi kolme. " * 30, "lupa", words=words)
    assert segments[0][0].startswith("Yksi kaksi")
    assert not any(hit for _, hit in segments)
    assert highlight("", "lupa", words=words) == []
    assert highlight("Lyhyt otsikko", "ja", words=words) == [("Lyhyt otsikko", False)]


def test_whole_titles_are_marked(words: Words) -> None:
    title = "Rakennuslupien " + "pitkä otsikko " * 30 + "HEL 2026-000123"
    segments = highlight(title, "rakennuslupa 2026-123", window=0, words=words)
    assert "".join(segment for segment, _ in segments) == title
    assert [segment for segment, hit in segments if hit] == [
        "Rakennuslupien",
        "2026-000123",
    ]


def test_snippet_marks_parts_and_unfinished_words_only_when_asked(words: Words) -> None:
    def marked(asked: str, *, wide: bool = False, prefix: bool = False) -> list[str]:
        return [segment for segment, hit in highlight("Lastensuojelun päätös", asked, wide=wide, prefix=prefix, words=words) if hit]

    assert marked("lapsi") == []
    assert marked("lapsi", wide=True) == ["Lastensuojelun"]
    assert marked("pää") == []
    assert marked("pää", prefix=True) == ["päätös"]


@EXAMPLES
@given(text=AWKWARD, asked=AWKWARD, window=st.integers(0, 80))
def test_snippet_never_raises_and_shows_only_the_text(text: str, asked: str, window: int) -> None:
    words = Words(_dictionary() or SnowballAnalyser())
    segments = highlight(text, asked, window=window, words=words)
    assert all(segment for segment, _ in segments)
    if not window:
        assert "".join(segment for segment, _ in segments).split() == nfc(text).split()
