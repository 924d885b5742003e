"""The marking of secrecy on what the authority itself writes: the word of the act, which part is secret, and on which ground."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kirjaamo.values.citations import cited_code
from kirjaamo.values.language import Text3
from kirjaamo.values.publicity import Publicity

if TYPE_CHECKING:
    from collections.abc import Sequence

STAMPS = {"fi": "SALASSA PIDETTÄVÄ", "sv": "SEKRETESSBELAGD", "en": "SALASSA PIDETTÄVÄ / CONFIDENTIAL"}
WHOLE = Text3("Koko asiakirja", "Hela handlingen", "The whole document")
PART = Text3("Osa asiakirjasta", "En del av handlingen", "A part of the document")


def marking(publicity: Publicity | str, grounds: Sequence[str], language: str) -> tuple[str, ...]:
    """The lines of the marking of a document (JulkL 621/1999 § 25); nothing when it is not secret."""
    if not Publicity(publicity).needs_ground:
        return ()
    part = (PART if publicity == Publicity.PARTLY_SECRET else WHOLE).pick(language)
    return (STAMPS[language], f"{part}: {', '.join(cited_code(code, language) for code in grounds)}")
