"""`pyvoikko` with `kfst-rs`: the same Finnish dictionary from pip, for systems without libvoikko.

The package is GPL-3 and an optional extra: nothing imports it until an analyser is made. It takes one to three seconds and
about 250 MB to load, so web processes ask one process per machine (`server`, `client`) instead of loading it themselves.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import importlib.util
from collections.abc import Iterator, Sequence
from typing import Any

from kirjaamo.kernel.words.analysers import AnalyserUnavailableError
from kirjaamo.kernel.words.lexemes import RULES, Lexemes, Reading, combine

_ADJECTIVES = {"laatusana", "nimisana_laatusana"}


def is_installed() -> bool:
    """Say whether the optional package is there, without loading it."""
    return importlib.util.find_spec("pyvoikko") is not None


def version() -> str:
    """Return the version its answers carry, without loading it; `unavailable` when it is not installed."""
    try:
        return f"pyvoikko-{importlib.metadata.version('pyvoikko')}/{RULES}"
    except importlib.metadata.PackageNotFoundError:
        return "unavailable"


class PyvoikkoAnalyser:
    """Finnish by pyvoikko inside this process."""

    name = "pyvoikko"

    def __init__(self) -> None:
        """Load the transducer. Raises AnalyserUnavailableError when the package is not installed."""
        try:
            self._module = importlib.import_module("pyvoikko")
        except ImportError as error:
            message = "pyvoikko is not installed"
            raise AnalyserUnavailableError(message) from error
        self.version = version()

    def analyse(self, forms: Sequence[str]) -> list[Lexemes | None]:
        """Answer each form in its place; see Analyser."""
        return [combine(reading for analysis in self._module.analyse(form) for reading in _readings(analysis)) for form in forms]


def _readings(analysis: Any) -> Iterator[Reading]:
    """Yield the analysis; twice when an adjective leads, since it may bend (`vanhakaupunki`) or stay (`pahansuopa`)."""
    *modifiers, head = analysis.COMPOUND_PARTS or [analysis]
    alone = tuple(None if part.BASEFORM == part.FORM else _clean(part.BASEFORM) for part in modifiers)
    pieces = tuple(_piece(part, part.FORM) for part in modifiers)
    yield Reading((*pieces, _clean(head.BASEFORM)), alone)
    bent = tuple(_piece(part, part.BASEFORM if part.CLASS in _ADJECTIVES else part.FORM) for part in modifiers)
    if bent != pieces:
        yield Reading((*bent, _clean(head.BASEFORM)))


def _piece(part: Any, text: str) -> str:
    """Return a modifier with one hyphen after it if its form has one."""
    return _clean(text).rstrip("-") + ("-" if part.FORM.endswith("-") else "")


def _clean(text: str) -> str:
    """Take off the marks that the transducer leaves inside some words."""
    return str(text).replace("=", "").replace("--", "-")
