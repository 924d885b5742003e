"""The system's libvoikko (Debian: `libvoikko1` and `voikko-fi`), called through ctypes.

A handle of the library is not for simultaneous use, so each thread opens its own when it first needs one (about 20 ms and
5 MB) and closes it when the thread ends.
"""

from __future__ import annotations

import ctypes
import os
import threading
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from kirjaamo.kernel.words.analysers import AnalyserUnavailableError
from kirjaamo.kernel.words.lexemes import RULES, Lexemes, Reading, combine

LIBRARY = "libvoikko.so.1"
_ATTRIBUTES = (b"BASEFORM", b"STRUCTURE", b"WORDBASES")
_REMEMBERED_MODIFIERS = 20_000
_DICTIONARY_PLACES = (
    "~/.voikko/5",
    "/etc/voikko/5",
    "/usr/lib/voikko/5",
    "/usr/share/voikko/5",
    "/usr/local/lib/voikko/5",
)


@lru_cache(maxsize=1)
def _library(name: str) -> ctypes.CDLL:
    """Load the shared library and declare the six functions used. Raises OSError when the system has none."""
    library = ctypes.CDLL(name)
    library.voikkoInit.restype = ctypes.c_void_p
    library.voikkoInit.argtypes = [
        ctypes.POINTER(ctypes.c_char_p),
        ctypes.c_char_p,
        ctypes.c_char_p,
    ]
    library.voikkoTerminate.restype = None
    library.voikkoTerminate.argtypes = [ctypes.c_void_p]
    library.voikkoAnalyzeWordCstr.restype = ctypes.POINTER(ctypes.c_void_p)
    library.voikkoAnalyzeWordCstr.argtypes = [ctypes.c_void_p, ctypes.c_char_p]
    library.voikko_mor_analysis_value_cstr.restype = ctypes.c_void_p
    library.voikko_mor_analysis_value_cstr.argtypes = [ctypes.c_void_p, ctypes.c_char_p]
    library.voikko_free_mor_analysis_value_cstr.restype = None
    library.voikko_free_mor_analysis_value_cstr.argtypes = [ctypes.c_void_p]
    library.voikko_free_mor_analysis.restype = None
    library.voikko_free_mor_analysis.argtypes = [ctypes.POINTER(ctypes.c_void_p)]
    library.voikkoGetVersion.restype = ctypes.c_char_p
    library.voikkoGetVersion.argtypes = []
    return library


class _Handle:
    """One open analyser. Belongs to one thread; closed when that thread's storage goes."""

    def __init__(self, library: ctypes.CDLL) -> None:
        self._library = library
        error = ctypes.c_char_p()
        self._handle = library.voikkoInit(ctypes.byref(error), b"fi", None)
        if not self._handle:
            reason = (error.value or b"no reason given").decode("utf-8", "replace")
            message = f"libvoikko did not open the Finnish dictionary: {reason}"
            raise AnalyserUnavailableError(message)
        self._own_bases: dict[str, str | None] = {}

    def __del__(self) -> None:
        if getattr(self, "_handle", None):
            self._library.voikkoTerminate(self._handle)
            self._handle = None

    def analyses(self, form: str) -> Iterator[tuple[str, str, str]]:
        """Yield BASEFORM, STRUCTURE and WORDBASES of every analysis."""
        found = self._library.voikkoAnalyzeWordCstr(self._handle, form.encode("utf-8", "ignore"))
        if not found:
            return
        try:
            index = 0
            while found[index]:
                base, structure, bases = (self._value(found[index], key) for key in _ATTRIBUTES)
                yield base, structure, bases
                index += 1
        finally:
            self._library.voikko_free_mor_analysis(found)

    def own_base(self, piece: str) -> str | None:
        """Return the base form of a modifier as a word of its own (`terveyden` → `terveys`), or None."""
        if piece not in self._own_bases:
            if len(self._own_bases) >= _REMEMBERED_MODIFIERS:
                self._own_bases.clear()
            found = next(self.analyses(piece), None)
            self._own_bases[piece] = found[0] if found and found[0].lower() != piece else None
        return self._own_bases[piece]

    def _value(self, analysis: int, key: bytes) -> str:
        place = self._library.voikko_mor_analysis_value_cstr(analysis, key)
        if not place:
            return ""
        try:
            return ctypes.string_at(place).decode("utf-8", "replace")
        finally:
            self._library.voikko_free_mor_analysis_value_cstr(place)


class LibvoikkoAnalyser:
    """Finnish by the system's libvoikko."""

    name = "libvoikko"

    def __init__(self) -> None:
        """Open the first handle. Raises AnalyserUnavailableError when the library or its dictionary is missing."""
        try:
            self._library = _library(LIBRARY)
        except (OSError, AttributeError) as error:
            message = f"{LIBRARY} is not installed on this system"
            raise AnalyserUnavailableError(message) from error
        self._local = threading.local()
        self._opening = threading.Lock()
        self._handle()
        library = (self._library.voikkoGetVersion() or b"").decode("ascii", "replace")
        self.version = f"libvoikko-{library}/{_dictionary_version()}/{RULES}"

    def _handle(self) -> _Handle:
        handle: _Handle | None = getattr(self._local, "handle", None)
        if handle is None:
            with self._opening:
                handle = self._local.handle = _Handle(self._library)
        return handle

    def analyse(self, forms: Sequence[str]) -> list[Lexemes | None]:
        """Answer each form in its place; see Analyser."""
        handle = self._handle()
        return [combine([_reading(handle, form, *values) for values in handle.analyses(form)]) for form in forms]


def _dictionary_version() -> str:
    """Return the version that the installed dictionary tells of itself, or `unknown`."""
    places = [os.environ.get("VOIKKO_DICTIONARY_PATH", ""), *_DICTIONARY_PLACES]
    for place in filter(None, places):
        for index in sorted(Path(place).expanduser().glob("mor-*/index.txt")):
            for line in index.read_text(encoding="utf-8", errors="replace").splitlines():
                if line.startswith("SM-Version:"):
                    return line.partition(":")[2].strip() or "unknown"
    return "unknown"


def _reading(handle: _Handle, form: str, base: str, structure: str, word_bases: str) -> Reading:
    """Cut the base form where STRUCTURE has `=`.

    STRUCTURE describes the inflected form letter by letter. Where the parts before the last one are inflected too
    (`omassatunnossa`, base form `omatunto`), the places do not hold for the base form, and it is left whole.
    """
    pieces: list[str] = []
    place = 0
    for part in structure.split("=")[1:-1]:
        pieces.append(form[place : place + len(part)])
        place += len(part)
    modifiers = "".join(pieces)
    if not base.lower().startswith(modifiers) or len(base) <= len(modifiers):
        return Reading((base,))
    bases = _modifier_bases(word_bases)
    plain = [piece.strip("-") for piece in pieces]
    alone = tuple(bases[piece] if piece in bases else handle.own_base(piece) for piece in plain)
    return Reading((*pieces, base[place:]), alone)


def _modifier_bases(word_bases: str) -> dict[str, str]:
    """`+viran(virka)+haltija(haltija)` → {viran: virka, haltija: haltija}; a part with a derived ending after it is left out."""
    found: dict[str, str] = {}
    parts = [part.rstrip(")").partition("(") for part in word_bases.replace("(+", "(~").split("+") if part]
    for index, (surface, _, own) in enumerate(parts):
        following = parts[index + 1][2] if index + 1 < len(parts) else ""
        if own and not own.startswith("~") and not following.startswith("~"):
            found[surface.lower()] = own
    return found
