"""What an analyser of Finnish is to the rest of the program, and the last resort that is always there."""

from __future__ import annotations

import importlib.metadata
import threading
from collections.abc import Sequence
from typing import Protocol

import snowballstemmer  # type: ignore[import-untyped]

from kirjaamo.kernel.words.lexemes import Lexemes

ALGORITHMS = {"fi": "finnish", "sv": "swedish", "en": "english"}


class AnalyserUnavailableError(Exception):
    """The chosen analyser cannot answer now (its process is down or broken); asking later may succeed."""


class Analyser(Protocol):
    """Gives the terms of Finnish word forms. `version` changes whenever the answers may: stored answers carry it."""

    @property
    def name(self) -> str:
        """One of libvoikko, pyvoikko, server, snowball."""

    @property
    def version(self) -> str:
        """Analyser, dictionary and cutting rules, for example `libvoikko-4.3.1/2.5/r1`."""

    def analyse(self, forms: Sequence[str]) -> list[Lexemes | None]:
        """Answer each lower-case form in its place; None for a word that is not known.

        Safe to call from several threads. Raises AnalyserUnavailableError.
        """


class Stemmer:
    """Snowball for one language. The stemmer objects keep state while they work, so each thread has its own."""

    def __init__(self, lang: str) -> None:
        """Take `fi`, `sv` or `en`; any other language leaves words as they are."""
        self._algorithm = ALGORITHMS.get(lang)
        self._local = threading.local()

    @property
    def version(self) -> str:
        """The package whose algorithm this is."""
        return f"snowball-{importlib.metadata.version('snowballstemmer')}"

    def stem(self, form: str) -> str:
        """Return the stem of a lower-case word; the word itself when the language has no stemmer."""
        if self._algorithm is None:
            return form
        stemmer = getattr(self._local, "stemmer", None)
        if stemmer is None:
            stemmer = self._local.stemmer = snowballstemmer.stemmer(self._algorithm)
        return str(stemmer.stemWord(form)) or form


class SnowballAnalyser:
    """Finnish by suffix cutting only: finds about a third of the inflected forms of domain words."""

    name = "snowball"

    def __init__(self) -> None:
        """Load nothing yet."""
        self._stemmer = Stemmer("fi")
        self.version = self._stemmer.version

    def analyse(self, forms: Sequence[str]) -> list[Lexemes | None]:
        """Answer every word with its stem as the base form."""
        return [Lexemes(base=frozenset({self._stemmer.stem(form)})) for form in forms]
