"""Names of units in the nominative, and whether two names say the same words."""

# ruff: noqa: PLR2004 - lengths and shares that tell one shape from another stand where they are used

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from kirjaamo.catalog.importing import vocabulary as words
from kirjaamo.catalog.importing.names import tidy

_TITLE_NOUN = re.compile(
    r"\s*\b(?:tietovarannot|tietovaranto|tietovarantoja|asiakirjajulkisuuskuvaus|asiarekisteri ja tietovarannot|"
    r"informationslager|informationslagren|informationslagret|handlingsoffentlighet)\s*$|"
    r"^(?:informationslag\w+ (?:inom|för|vid|i)|(?:information|data) (?:resource|pool)s? (?:of|for|in)(?: the)?|"
    r"beskrivning av handlingars offentlighet(?: (?:i|inom|för|vid))?|document (?:publicity|transparency) description"
    r"(?: of| for)?(?: the)?)\s*",
    re.IGNORECASE,
)
_GENITIVES: Final = (
    ("kaupungin", "kaupunki"),
    ("kunnan", "kunta"),
    ("lautakunnan", "lautakunta"),
    ("keskuksen", "keskus"),
    ("laitoksen", "laitos"),
    ("yksikön", "yksikkö"),
    ("palveluiden", "palvelut"),
    ("palvelujen", "palvelut"),
    ("hallituksen", "hallitus"),
    ("alueen", "alue"),
    ("korkeakoulun", "korkeakoulu"),
    ("yliopiston", "yliopisto"),
    ("viraston", "virasto"),
    ("stads", "stad"),
    ("kommuns", "kommun"),
    ("områdes", "område"),
    ("kansliets", "kansliet"),
)


def unit_name(heading: str, opening: str) -> str:
    """Name of the unit that a heading such as *X:n tietovarannot* belongs to.

    The text under the heading most often begins with the name in the nominative; else the commonest genitives are
    turned, and what cannot be turned stays as it was written.
    """
    bare = tidy(_TITLE_NOUN.sub("", heading))
    if bare == tidy(heading) or not bare:
        return bare
    return _from_opening(bare, opening) or nominative(bare)


def authority_name(title: str, texts: Sequence[str], fallback: str) -> str:
    """Name of the authority whose page this is: as the page says it, else from the title, else what the caller has."""
    for pattern in words.AUTHORITY:
        for text in (title, *texts):
            found = pattern.search(text[:2000])
            if found:
                return nominative(tidy(found.group(1)))
    name = unit_name(title, "")
    return name if words.ORGANISATION.search(name) else title or fallback


def _from_opening(bare: str, opening: str) -> str:
    """The first words of the opening when each shares its stem with the word of the heading."""
    wanted = bare.split()
    given = opening.split()[: len(wanted)]
    if len(given) < len(wanted):
        return ""
    for one, other in zip(wanted, given, strict=True):
        same = _shared(one.casefold(), other.strip(",.").casefold())
        if same < 3 or same * 2 < len(one):
            return ""
    if given[-1].casefold() == wanted[-1].casefold() and wanted[-1].endswith("n"):
        return ""
    return tidy(" ".join(given))


def nominative(bare: str) -> str:
    """The name in the nominative when its genitive is one of the common ones, else as it is."""
    for genitive, ending in _GENITIVES:
        if bare.casefold().endswith(genitive):
            return bare[: -len(genitive)] + (ending.upper() if bare.isupper() else ending)
    return bare[:-1] if re.search(r"[aäoöuyie][aäoöiu]n$|[^e][aäoö]n$", bare) and words.ORGANISATION.search(bare) else bare


def _shared(one: str, other: str) -> int:
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count


def same_words(one: str, other: str) -> bool:
    """Whether the words of the one name are all in the other, inflected or not."""
    stems = [{word[: max(4, len(word) - 3)] for word in words.tokens(name) if len(word) > 3} for name in (one, other)]
    return bool(stems[0] and stems[1]) and (stems[0] <= stems[1] or stems[1] <= stems[0])


def within(name: str, text: str) -> bool:
    """Whether every word of the name, but for its head noun's ending, is among the words of the text."""
    wanted = [word[: max(4, len(word) - 3)] for word in words.tokens(name) if len(word) > 3]
    given = words.tokens(text)
    return bool(wanted) and all(any(word.startswith(stem) for word in given) for stem in wanted)


def more_words(one: str, other: str) -> set[str]:
    """Stems of the first name that the other does not have."""
    stems = [{word[: max(4, len(word) - 3)] for word in words.tokens(name) if len(word) > 3} for name in (one, other)]
    return stems[0] - stems[1]
