"""Finnish, Swedish and English words for search: tokens, base forms, heads of compounds. No Django here.

Start with `default_words()` or `Words(choose_finnish(...))`; `kirjaamo.kernel.search_text` makes index and query text of it.
"""

from __future__ import annotations

from kirjaamo.kernel.words.analysers import (
    Analyser,
    AnalyserUnavailableError,
    SnowballAnalyser,
)
from kirjaamo.kernel.words.client import SocketAnalyser, start_server
from kirjaamo.kernel.words.lexemes import Lexemes
from kirjaamo.kernel.words.libvoikko import LibvoikkoAnalyser
from kirjaamo.kernel.words.local import LocalList, LocalListError
from kirjaamo.kernel.words.pyvoikko import PyvoikkoAnalyser
from kirjaamo.kernel.words.tokens import Token, has_identity_code, nfc, normal, tokens
from kirjaamo.kernel.words.words import (
    Backend,
    FormCache,
    Words,
    choose_finnish,
    configure,
    default_words,
    stop_words,
)

__all__ = [
    "Analyser",
    "AnalyserUnavailableError",
    "Backend",
    "FormCache",
    "Lexemes",
    "LibvoikkoAnalyser",
    "LocalList",
    "LocalListError",
    "PyvoikkoAnalyser",
    "SnowballAnalyser",
    "SocketAnalyser",
    "Token",
    "Words",
    "choose_finnish",
    "configure",
    "default_words",
    "has_identity_code",
    "nfc",
    "normal",
    "start_server",
    "stop_words",
    "tokens",
]
