"""Words: the domain list, compounds, identifiers, the memory, threads and the analyser process."""

from __future__ import annotations

import itertools
import logging
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kirjaamo.kernel.words import (
    Analyser,
    AnalyserUnavailableError,
    Lexemes,
    LibvoikkoAnalyser,
    LocalList,
    LocalListError,
    PyvoikkoAnalyser,
    SnowballAnalyser,
    SocketAnalyser,
    Words,
    choose_finnish,
    configure,
    default_words,
    has_identity_code,
    start_server,
    tokens,
)
from kirjaamo.kernel.words.memory import Memory

PAIRS = Path(__file__).resolve().parent.parent / "data" / "words" / "pairs_fi.txt"
MOST_MISSED = 2
DICTIONARIES: dict[str, type[LibvoikkoAnalyser | PyvoikkoAnalyser]] = {
    "libvoikko": LibvoikkoAnalyser,
    "pyvoikko": PyvoikkoAnalyser,
}


@lru_cache(maxsize=2)
def _analyser(name: str) -> Analyser | None:
    try:
        return DICTIONARIES[name]()
    except AnalyserUnavailableError:
        return None


@pytest.fixture(params=sorted(DICTIONARIES))
def finnish(request: pytest.FixtureRequest) -> Analyser:
    analyser = _analyser(request.param)
    if analyser is None:
        pytest.skip(f"{request.param} is not installed on this machine")
    return analyser


@pytest.fixture
def words(finnish: Analyser) -> Words:
    return Words(finnish)


@pytest.fixture
def short_path() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="kw") as folder:
        yield Path(folder) / "s"


def _pairs() -> list[tuple[str, str]]:
    lines = PAIRS.read_text(encoding="utf-8").splitlines()
    return [(form, base) for form, base in (line.split() for line in lines if not line.startswith("#"))]


def _keys(found: Lexemes) -> frozenset[str]:
    return found.base or found.stems


def test_domain_words_meet_their_base_forms(words: Words) -> None:
    pairs = _pairs()
    assert len(pairs) >= 110
    found = words.lexemes(itertools.chain.from_iterable(pairs))
    missed = [pair for pair in pairs if not _keys(found[pair[0]]) & _keys(found[pair[1]])]
    assert len(missed) <= MOST_MISSED, missed


def test_different_words_stay_apart(words: Words) -> None:
    """The list would pass if everything were one word; forms of different words must not meet."""
    pairs = _pairs()
    found = words.lexemes(form for form, _ in pairs)
    met = {
        frozenset({one, other})
        for (form, one), (other_form, other) in itertools.combinations(pairs, 2)
        if one != other and found[form].base & found[other_form].base
    }
    assert len(met) <= MOST_MISSED, met


def test_snowball_alone_would_not_do() -> None:
    """The reason for the dictionaries; if Snowball ever passed the floor, they could go."""
    words = Words(SnowballAnalyser())
    pairs = _pairs()
    found = words.lexemes(itertools.chain.from_iterable(pairs))
    met = [pair for pair in pairs if found[pair[0]].base & found[pair[1]].base]
    assert len(met) < len(pairs) / 2
    assert words.degraded


@pytest.mark.parametrize(
    ("form", "base", "heads", "spans"),
    [
        ("rakennuslupien", {"rakennuslupa"}, {"lupa"}, {"rakennus"}),
        ("Poikkeusluvan", {"poikkeuslupa"}, {"lupa"}, {"poikkeus"}),
        (
            "asiakasasiakirjan",
            {"asiakasasiakirja"},
            {"asiakirja", "kirja"},
            {"asiakas", "asia", "asiakasasia"},
        ),
        (
            "viranhaltijapäätöksen",
            {"viranhaltijapäätös"},
            {"haltijapäätös", "päätös"},
            {"virka", "viranhaltija", "haltija"},
        ),
        ("terveydenhuollon", {"terveydenhuolto"}, {"huolto"}, {"terveys"}),
        ("omassatunnossa", {"omatunto"}, set(), set()),
        ("vaa’an", {"vaaka"}, set(), set()),
        ("EU:n", {"eu"}, set(), set()),
        (
            "linja-autoasemalla",
            {"linja-autoasema"},
            {"asema", "autoasema", "linja"},
            {"linja-auto", "auto"},
        ),
    ],
)
def test_compounds_are_cut(words: Words, form: str, base: set[str], heads: set[str], spans: set[str]) -> None:
    found = words.lexemes([form])[form]
    assert found.base == base
    assert heads <= found.heads
    assert spans <= found.spans
    assert not found.heads & found.base
    assert not found.spans & (found.base | found.heads)


def test_every_reading_of_an_ambiguous_form_is_kept(words: Words) -> None:
    assert {"tie", "tee"} <= words.lexemes(["teiden"])["teiden"].base
    assert {"päiväkoti", "päiväkota"} <= words.lexemes(["päiväkotien"])["päiväkotien"].base


def test_unknown_words_give_stem_and_themselves(words: Words) -> None:
    found = words.lexemes(["qvwertilla", "HSY:n", "Qvwert-järjestelmän"])
    assert found["qvwertilla"].base == frozenset()
    assert "qvwertilla" in found["qvwertilla"].stems
    assert "hsy" in found["HSY:n"].stems | found["HSY:n"].base
    assert "qvwert-järjestelmä" in found["Qvwert-järjestelmän"].base
    assert {"järjestelmä", "qvwert"} <= found["Qvwert-järjestelmän"].heads


def test_two_dictionaries_agree_on_the_domain() -> None:
    one, other = _analyser("libvoikko"), _analyser("pyvoikko")
    if one is None or other is None:
        pytest.skip("libvoikko and pyvoikko are not both installed on this machine")
    forms = [form.lower() for form, _ in _pairs()]
    apart = [
        form
        for form, left, right in zip(forms, one.analyse(forms), other.analyse(forms), strict=True)
        if left is not None and (right is None or not left.base & right.base)
    ]
    assert apart == []


def test_swedish_and_english_are_stemmed() -> None:
    words = Words(SnowballAnalyser())
    assert words.lexemes(["besluten"], "sv")["besluten"].base == words.lexemes(["beslut"], "sv")["beslut"].base
    assert words.lexemes(["permits"], "en")["permits"].base == words.lexemes(["permit"], "en")["permit"].base
    assert words.lexemes(["permits"], "de")["permits"].base == {"permits"}


def test_local_list_answers_before_the_analyser(words: Words, finnish: Analyser) -> None:
    form = "Östersundomissakin"
    assert words.lexemes([form])[form].base == {"östersundom"}
    assert Words(finnish, local=LocalList()).lexemes([form])[form].base != {"östersundom"}
    own = Words(
        finnish,
        local=LocalList.parse(["# remark", "", "Palvelutori*\tpalvelu=tori", "sotka\tsotka-järjestelmä"]),
    )
    found = own.lexemes(["palvelutorilla", "palvelutorium", "sotka"])
    assert found["palvelutorilla"] == Lexemes(frozenset({"palvelutori"}), frozenset({"tori"}), frozenset({"palvelu"}))
    assert found["palvelutorium"].base != {"palvelutori"}
    assert found["sotka"].base == {"sotka-järjestelmä"}


@pytest.mark.parametrize("line", ["östersundom", "\töstersundom", "*\töstersundom"])
def test_local_list_names_the_line_it_cannot_read(line: str) -> None:
    with pytest.raises(LocalListError, match="line 2"):
        LocalList.parse(["# remark", line])


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("HEL 2026-000123", [(), ("2026-123", "2026", "000123")]),
        ("hel-2026-123", [("2026-123", "hel-2026-123", "2026", "123")]),
        (
            "TRE:6623/07.01.00/2025",
            [
                (
                    "tre:6623/07.01.00/2025",
                    "6623/07.01.00/2025",
                    "6623/2025",
                    "2025",
                    "07.01.00",
                    "07.01",
                )
            ],
        ),
        ("VN/12345/2026", [("vn/12345/2026", "12345/2026", "2026")]),
        ("621/1999", [("621/1999", "1999")]),
        ("07 01 04", [("07.01.04", "07.01", "07", "01", "04")]),
        ("07.01.04", [("07.01.04", "07.01")]),
        ("1234567-8", [("1234567-8",)]),
        ("FI12345678", [("1234567-8",)]),
        ("91-1-234-5", [("91-1-234-5",)]),
        ("091-001-0234-0005", [("91-1-234-5",)]),
        ("09100102340005", [("91-1-234-5", "09100102340005", "9100102340005")]),
        ("1.2.2026", [("2026-02-01", "2026")]),
        ("2026–02–01", [("2026-02-01", "2026")]),
        ("12,50", [("12.50",)]),
        ("00123", [("00123", "123")]),
        ("2020-luvulla", [()]),
        ("covid-19", [()]),
    ],
)
def test_identifiers_have_their_own_forms(text: str, names: list[tuple[str, ...]]) -> None:
    assert [token.names for token in tokens(text)] == names


@pytest.mark.parametrize(
    "code",
    [
        "010190-999A",
        "010190+999a",
        "010190A999X",
        "010190 - 999A",
        "010190–999A",
        "010190-\n999A",
        "0101\u00ad90-999A",
        "\uff10\uff11\uff10\uff11\uff19\uff10-999A",
        "asia-010190-999A",
        "hetu:010190-999A.",
    ],
)
def test_identity_codes_are_never_tokens(code: str) -> None:
    found = "".join(token.text for token in tokens(f"Hakija {code} pyytää"))
    assert not any(digit in found for digit in "0123456789\uff10\uff11\uff19")
    assert found.startswith("hakija")
    assert found.endswith("pyytää")


@pytest.mark.parametrize("text", ["123456-2026", "0401234567", "1234567-8", "2026-000123", "992613-1234"])
def test_other_numbers_are_not_taken_for_identity_codes(text: str) -> None:
    assert not has_identity_code(text)
    assert list(tokens(text))


@given(st.text(max_size=300))
def test_tokens_stand_where_they_say(text: str) -> None:
    place = 0
    for token in tokens(text):
        assert place <= token.start < token.end <= len(text)
        assert token.text
        assert token.text == token.text.lower() or not token.text.isascii()
        place = token.end


@given(
    st.text(max_size=30),
    st.integers(1, 31),
    st.integers(1, 12),
    st.integers(0, 99),
    st.sampled_from("-+ABCDEFUVWXY"),
    st.integers(900, 999),
    st.sampled_from("0123456789ABCDEFHJKLMNPRSTUVWXY"),
    st.text(max_size=30).filter(lambda text: not text[:1].isdigit()),
)
def test_no_surrounding_text_lets_an_identity_code_through(
    before: str,
    day: int,
    month: int,
    year: int,
    sign: str,
    serial: int,
    check: str,
    after: str,
) -> None:
    code = f"{day:02}{month:02}{year:02}{sign}{serial}{check}"
    for token in tokens(f"{before.rstrip('0123456789')} {code}{after}"):
        assert not has_identity_code(token.text)
        assert code.lower() not in token.text


class _Store:
    """A FormCache in a dict that tells what it was asked."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, str, str], Lexemes] = {}

    def get_many(self, forms: Iterable[str], lang: str, version: str) -> Mapping[str, Lexemes]:
        return {form: self.rows[form, lang, version] for form in forms if (form, lang, version) in self.rows}

    def put_many(self, answers: Mapping[str, Lexemes], lang: str, version: str) -> None:
        self.rows |= {(form, lang, version): lexemes for form, lexemes in answers.items()}


class _Counting:
    """Passes questions on, counts the words and can be told to fail."""

    name = "libvoikko"
    version = "counting-1"

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.down = False

    def analyse(self, forms: Sequence[str]) -> list[Lexemes | None]:
        if self.down:
            message = "down"
            raise AnalyserUnavailableError(message)
        self.asked.extend(forms)
        return [Lexemes(base=frozenset({form[:3]})) for form in forms]


def test_a_form_is_analysed_once_and_kept_under_the_version() -> None:
    counting, store = _Counting(), _Store()
    first = Words(counting, cache=store)
    answer = first.lexemes(["Luvan", "luvan", "covid-19"])
    assert answer["Luvan"] == answer["luvan"]
    assert counting.asked == ["luvan", "covid-19", "covid", "19"]
    first.lexemes(["luvan", "covid-19"])
    assert Words(counting, cache=store).lexemes(["luvan"]) == {"luvan": answer["luvan"]}
    assert counting.asked == ["luvan", "covid-19", "covid", "19"]
    assert list(store.rows) == [("luvan", "fi", "counting-1")], "forms with digits are not stored"
    newer = _Counting()
    newer.version = "counting-2"
    Words(newer, cache=store).lexemes(["luvan"])
    assert newer.asked == ["luvan"]


def test_snowball_stands_in_while_the_analyser_is_down(
    caplog: pytest.LogCaptureFixture,
) -> None:
    counting, store = _Counting(), _Store()
    words = Words(counting, cache=store)
    counting.down = True
    with caplog.at_level(logging.WARNING):
        assert words.lexemes(["taloissa"])["taloissa"].base == {"talo"}
        words.lexemes(["lupia"])
    assert len(caplog.records) == 1
    assert words.degraded
    assert not store.rows
    with pytest.raises(AnalyserUnavailableError):
        words.lexemes(["taloissa"], strict=True)
    counting.down = False
    assert words.lexemes(["taloissa"])["taloissa"].base == {"tal"}
    assert not words.degraded


def test_lexemes_survive_json() -> None:
    found = Lexemes(frozenset({"b", "a"}), frozenset({"c"}), stems=frozenset({"d"}))
    assert found.to_json() == [["a", "b"], ["c"], [], ["d"]]
    assert Lexemes.from_json(found.to_json()) == found


def test_memory_is_bounded_and_keeps_what_is_used() -> None:
    memory: Memory[int] = Memory(10)
    memory.put_many({"kept": 0})
    for number in range(100):
        memory.put_many({str(number): number})
        assert memory.get_many(["kept"]) == {"kept": 0}
        assert len(memory) <= 20
    assert memory.get_many(["0"]) == {}


def test_threads_get_the_same_answers(finnish: Analyser) -> None:
    forms = [form.lower() for pair in _pairs() for form in pair]
    expected = finnish.analyse(forms)
    wrong: list[str] = []

    def work() -> None:
        if any(finnish.analyse(forms) != expected for _ in range(2)):
            wrong.append(threading.current_thread().name)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_the_process_starts_answers_and_stops(short_path: Path) -> None:
    if _analyser("pyvoikko") is None:
        pytest.skip("pyvoikko is not installed on this machine")
    process = start_server(short_path)
    try:
        client = SocketAnalyser(short_path)
        lupa, unknown = client.analyse(["rakennuslupien", "qvwertilla"])
        assert lupa is not None
        assert lupa.base == {"rakennuslupa"}
        assert lupa.heads == {"lupa"}
        assert unknown is None
        assert client.version.startswith("pyvoikko-")
        assert short_path.stat().st_mode & 0o077 == 0
        client.close()
    finally:
        process.terminate()
    assert process.wait(timeout=10) == 0
    assert not short_path.exists()


def test_a_second_process_leaves_the_first_alone(short_path: Path) -> None:
    process = start_server(short_path, backend="snowball")
    try:
        command = [
            sys.executable,
            "-m",
            "kirjaamo.kernel.words.server",
            "--socket",
            str(short_path),
        ]
        assert (
            subprocess.run(
                [*command, "--backend", "snowball"],
                check=False,
                capture_output=True,
                timeout=30,
            ).returncode
            == 0
        )
        client = SocketAnalyser(short_path)
        assert client.greet().startswith("snowball-")
        client.close()
    finally:
        process.terminate()
        process.wait(timeout=10)


def test_a_killed_process_is_survived_and_replaced(short_path: Path) -> None:
    process = start_server(short_path, backend="snowball")
    client = SocketAnalyser(short_path, rest=0.0)
    words = Words(client)
    assert words.lexemes(["taloissa"])["taloissa"].base == {"talo"}
    process.send_signal(signal.SIGKILL)
    process.wait(timeout=10)
    with pytest.raises(AnalyserUnavailableError):
        client.analyse(["lupia"])
    assert words.lexemes(["kirjoissa"])["kirjoissa"].base
    assert words.degraded
    successor = start_server(short_path, backend="snowball")
    try:
        assert client.analyse(["lupia"])[0] is not None
    finally:
        client.close()
        successor.terminate()
        successor.wait(timeout=10)


def test_a_wrong_question_does_not_stop_the_process(short_path: Path) -> None:
    process = start_server(short_path, backend="snowball")
    try:
        client = SocketAnalyser(short_path, rest=0.0)
        with pytest.raises(AnalyserUnavailableError):
            client.analyse(["x" * 101])
        assert len(client.analyse([f"talo{number}" for number in range(1200)])) == 1200
        client.close()
    finally:
        process.terminate()
        process.wait(timeout=10)


def test_after_a_failure_the_client_refuses_at_once(short_path: Path) -> None:
    client = SocketAnalyser(short_path, rest=60)
    with pytest.raises(AnalyserUnavailableError, match="does not answer"):
        client.analyse(["lupa"])
    with pytest.raises(AnalyserUnavailableError, match="a moment ago"):
        client.analyse(["lupa"])


def test_automatic_choice_goes_from_best_to_last(
    short_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    if _analyser("libvoikko") is not None:
        assert choose_finnish(socket=short_path).name == "libvoikko"
    monkeypatch.setattr("kirjaamo.kernel.words.libvoikko.LIBRARY", "libvoikko.so.nowhere")
    monkeypatch.setattr("kirjaamo.kernel.words.pyvoikko.is_installed", lambda: True)
    assert choose_finnish(socket=short_path).name == "server"
    monkeypatch.setattr("kirjaamo.kernel.words.pyvoikko.is_installed", lambda: False)
    with caplog.at_level(logging.WARNING):
        assert choose_finnish(socket=short_path).name == "snowball"
    assert "libvoikko1" in caplog.text
    with pytest.raises(AnalyserUnavailableError):
        choose_finnish("libvoikko")
    with pytest.raises(AnalyserUnavailableError):
        choose_finnish("server")


def test_the_analyser_of_the_process_is_set_and_unset() -> None:
    words = Words(SnowballAnalyser())
    configure(words)
    try:
        assert default_words() is words
    finally:
        configure(None)
    assert default_words() is not words
    assert default_words() is default_words()
