"""The one door to word analysis: chooses the Finnish analyser, remembers answers, adds what the analyser does not give."""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Literal, Protocol

from kirjaamo.kernel.words import pyvoikko
from kirjaamo.kernel.words.analysers import (
    ALGORITHMS,
    Analyser,
    AnalyserUnavailableError,
    SnowballAnalyser,
    Stemmer,
)
from kirjaamo.kernel.words.client import SocketAnalyser
from kirjaamo.kernel.words.lexemes import Lexemes
from kirjaamo.kernel.words.libvoikko import LibvoikkoAnalyser
from kirjaamo.kernel.words.local import LocalList
from kirjaamo.kernel.words.memory import Memory
from kirjaamo.kernel.words.pyvoikko import PyvoikkoAnalyser
from kirjaamo.kernel.words.tokens import normal

DATA = Path(__file__).resolve().parent.parent / "data" / "words"
REMEMBERED = 50_000  # word forms per process, at most twice this
LONGEST_STORED = 64  # characters of a form kept in the database

Backend = Literal["auto", "libvoikko", "server", "pyvoikko", "snowball"]
log = logging.getLogger(__name__)


class FormCache(Protocol):
    """A lasting store of analysed word forms, `word_form(form, lang, lexemes, analyser_version)`.

    It is never given a form with a digit in it.
    """

    def get_many(self, forms: Iterable[str], lang: str, version: str) -> Mapping[str, Lexemes]:
        """Return those forms that are stored under this analyser version."""

    def put_many(self, answers: Mapping[str, Lexemes], lang: str, version: str) -> None:
        """Store answers; a form stored meanwhile by another process is not an error."""


class Words:
    """Terms of word forms in Finnish, Swedish and English. Safe for several threads."""

    def __init__(
        self,
        finnish: Analyser,
        *,
        cache: FormCache | None = None,
        local: LocalList | None = None,
        remembered: int = REMEMBERED,
    ) -> None:
        """Use this analyser. `local` defaults to the list that comes with the program."""
        self._finnish = finnish
        self._cache = cache
        self._local = LocalList.load(DATA / "local_fi.txt") if local is None else local
        self._stemmers = {lang: Stemmer(lang) for lang in ALGORITHMS}
        self._last_resort = SnowballAnalyser()
        self._memory: Memory[Lexemes] = Memory(remembered)
        self._warned = False
        self._degraded = finnish.name == "snowball"

    @property
    def analyser(self) -> str:
        """Name of the Finnish analyser: libvoikko, server, pyvoikko or snowball."""
        return self._finnish.name

    @property
    def degraded(self) -> bool:
        """True when the last Finnish question was answered by Snowball: a text indexed now should be indexed again."""
        return self._degraded

    def version(self, lang: str) -> str:
        """Return the version that answers in this language carry."""
        return self._finnish.version if lang == "fi" else self._stemmer(lang).version

    def lexemes(self, forms: Iterable[str], lang: str = "fi", *, strict: bool = False) -> dict[str, Lexemes]:
        """Return the terms of each form, keyed by the form as given.

        When the analyser does not answer, Snowball does and nothing is stored; with `strict` AnalyserUnavailableError is
        raised instead (for indexing jobs, which can be tried again).
        """
        asked = {form: normal(form) for form in forms}
        if lang != "fi":
            stemmer = self._stemmer(lang)
            return {form: Lexemes(base=frozenset({stemmer.stem(plain)})) for form, plain in asked.items()}
        found = self._finnish_lexemes(dict.fromkeys(asked.values()), strict=strict)
        return {form: found[plain] for form, plain in asked.items()}

    def _stemmer(self, lang: str) -> Stemmer:
        return self._stemmers.get(lang) or self._stemmers.setdefault(lang, Stemmer(lang))

    def _finnish_lexemes(self, forms: Iterable[str], *, strict: bool) -> dict[str, Lexemes]:
        found: dict[str, Lexemes] = {}
        missing: list[str] = []
        for form in forms:
            own = self._local.get(form)
            if own is None:
                missing.append(form)
            else:
                found[form] = own
        if missing:
            known = self._memory.get_many(missing)
            fresh = self._unremembered([form for form in missing if form not in known], strict=strict)
            found |= known
            found |= fresh
        return found

    def _unremembered(self, forms: list[str], *, strict: bool) -> dict[str, Lexemes]:
        if not forms:
            return {}
        version = self._finnish.version
        storable = [form for form in forms if _may_be_stored(form)]
        stored = dict(self._cache.get_many(storable, "fi", version)) if self._cache and storable else {}
        self._memory.put_many(stored)
        try:
            fresh = self._analysed([form for form in forms if form not in stored])
        except AnalyserUnavailableError as error:
            if strict:
                raise
            return stored | self._by_last_resort([form for form in forms if form not in stored], error)
        self._degraded = self._finnish.name == "snowball"
        self._memory.put_many(fresh)
        storing = {form: lexemes for form, lexemes in fresh.items() if _may_be_stored(form)}
        if self._cache and storing:
            self._cache.put_many(storing, "fi", self._finnish.version)
        return stored | fresh

    def _analysed(self, forms: list[str]) -> dict[str, Lexemes]:
        """Ask the analyser about the forms and the pieces of hyphenated ones in one question."""
        pieces = {form: _pieces(form) for form in forms}
        asked = list(dict.fromkeys([*forms, *(piece for parts in pieces.values() for piece in parts)]))
        answers = dict(zip(asked, self._finnish.analyse(asked), strict=True)) if asked else {}
        whole = {form: answer if answer is not None else self._unknown(form) for form, answer in answers.items()}
        return {form: _with_pieces(whole[form], [(part, whole[part]) for part in pieces[form]]) for form in forms}

    def _unknown(self, form: str) -> Lexemes:
        """A word that the dictionary lacks: its stem; for an inflected abbreviation (`hsy:n`) what stands before the colon."""
        beginning = form.partition(":")[0]
        stem = beginning if beginning != form else self._stemmers["fi"].stem(form)
        return Lexemes(stems=frozenset({stem, form}))

    def _by_last_resort(self, forms: list[str], error: Exception) -> dict[str, Lexemes]:
        self._degraded = True
        if not self._warned:
            self._warned = True
            log.warning("Finnish words are cut by Snowball for now: %s", error)
        answers = self._last_resort.analyse(forms)
        return {form: answer or Lexemes() for form, answer in zip(forms, answers, strict=True)}


def _may_be_stored(form: str) -> bool:
    return len(form) <= LONGEST_STORED and not any(letter.isdigit() for letter in form)


def _pieces(form: str) -> list[str]:
    """Return the parts of a hyphenated word, which people take for words; none for a word without hyphens."""
    parts = [part for part in re.split(r"[-·&]+", form) if part]
    return parts if len(parts) > 1 else []


def _with_pieces(whole: Lexemes, parts: list[tuple[str, Lexemes]]) -> Lexemes:
    """Add the parts of a hyphenated word: `sote-uudistus` is found by `sote`, and an unknown one gets its base form."""
    if not parts:
        return whole
    base, heads, spans = set(whole.base), set(whole.heads), set(whole.spans)
    if not base:
        beginning = "-".join(form for form, _ in parts[:-1])
        base.update(f"{beginning}-{last}" for last in parts[-1][1].base)
    for _, part in parts:
        heads |= part.base | part.heads | part.stems
        spans |= part.spans
    heads -= base | whole.stems
    return Lexemes(frozenset(base), frozenset(heads), frozenset(spans - base - heads), whole.stems)


def choose_finnish(backend: Backend = "auto", *, socket: Path | None = None) -> Analyser:
    """Return the Finnish analyser to use in this process.

    `auto`: libvoikko of the system; else the analyser process at `socket` when one is given and pyvoikko is installed or
    something listens there; else Snowball with a warning. A named backend is made as named, and AnalyserUnavailableError
    is raised when it cannot be. `pyvoikko` loads 250 MB into this process: for jobs and tests, not for web processes.
    """
    if backend == "pyvoikko":
        return PyvoikkoAnalyser()
    if backend == "snowball":
        return SnowballAnalyser()
    if backend in {"auto", "libvoikko"}:
        try:
            return LibvoikkoAnalyser()
        except AnalyserUnavailableError:
            if backend == "libvoikko":
                raise
    if socket is not None and (backend == "server" or pyvoikko.is_installed() or socket.exists()):
        return SocketAnalyser(socket)
    if backend == "server":
        message = "the backend `server` needs the path of its socket"
        raise AnalyserUnavailableError(message)
    log.warning(
        "No Finnish dictionary: two of three inflected words will not be found. Install libvoikko1 and voikko-fi, "
        "or the optional extra pyvoikko with its analyser process."
    )
    return SnowballAnalyser()


_configured: Words | None = None
_configuring = threading.Lock()


def configure(words: Words | None) -> None:
    """Set what `default_words` returns in this process; None returns to the automatic choice."""
    global _configured  # noqa: PLW0603 - one analyser in a process
    with _configuring:
        _configured = words


def default_words() -> Words:
    """Return the analyser of this process, chosen automatically unless `configure` was called."""
    return _configured or _automatic()


@lru_cache(maxsize=1)
def _automatic() -> Words:
    return Words(choose_finnish())


@lru_cache(maxsize=8)
def stop_words(lang: str) -> frozenset[str]:
    """Return the words of a language that carry no meaning in a search; none for other languages than fi, sv, en."""
    path = DATA / f"stop_{lang}.txt"
    if lang not in ALGORITHMS:
        return frozenset()
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
