"""Names as they stand in running text: splitting lists, base forms of heads, other names, comparing keys.

The base form needs no dictionary: only the head noun of a system's name is turned to the nominative, and only when
its ending is one that this vocabulary knows. Anything else stays as it was written.
"""

# ruff: noqa: PLR2004 - lengths and shares that tell one shape from another stand where they are used

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from kirjaamo.catalog.importing.lines import clean
from kirjaamo.catalog.importing.vocabulary import SYSTEM_NOUN

_QUOTES: Final = "\"'“”„»«’‘"
_NO_GENITIVE = re.compile(r"(?:aan|ään|een|iin|oon|uun|yyn|öön|hen|nen|tion|son|system(?:en)?)$", re.IGNORECASE)
_LEAD = re.compile(
    r"^(?:muun muassa|mm\.|esimerkiksi|esim\.|kuten|mukaan lukien|bland annat|bl\.a\.|till exempel|t\.ex\.|såsom|"
    r"for example|such as|e\.g\.|including|the|sekä|samt|ja|och|and)\s+",
    re.IGNORECASE,
)
_TAIL = re.compile(r"[\s,]+(?:ym|yms|jne|tms|osv|m\.?\s?fl|m\.?\s?m|etc)\.?$", re.IGNORECASE)
_STRONG = re.compile(r"\s+(?:sekä|samt)\s+", re.IGNORECASE)
_WEAK = re.compile(r"\s+(?:ja|och|and|&)\s+", re.IGNORECASE)
_BRACKETS = re.compile(r"\s*\(([^()]{1,200})\)")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ0-9“\"])")
_SHORT = re.compile(
    r"(?:\b(?:mm|esim|ym|yms|ks|nro|klo|puh|tel|tfn|s|ns|em|ml|bl\.a|t\.ex|e\.g|i\.e|nr|kl|ca|dvs|o\.d)|^\d{1,2})\.$", re.IGNORECASE
)

# Each head: the nominative, and the stems its cases are built on, singular and plural apart.
_HEADS: Final[tuple[tuple[re.Pattern[str], str], ...]] = tuple(
    (re.compile(pattern + "$", re.IGNORECASE), nominative)
    for pattern, nominative in (
        (r"järjestelm(?:ässä|ästä|ään|ällä|ältä|älle|än|änä|ää)", "järjestelmä"),
        (r"järjestelm(?:issä|istä|iin|iä|illä|iltä|ille|ien)", "järjestelmät"),
        (r"(rekister|portaal)(?:issa|issä|ista|istä|iin|illa|illä|ille|in|ia|iä)", r"\1i"),
        (r"(rekister|portaal)(?:eissa|eissä|eista|eistä|eihin|eita|eitä|eja|ejä|ien)", r"\1it"),
        (r"ohjelm(?:assa|asta|aan|alla|alle|an|aa)", "ohjelma"),
        (r"ohjelm(?:issa|ista|iin|ia|illa|ien)", "ohjelmat"),
        (r"sovellu(?:ksessa|ksesta|kseen|ksella|ksen|sta)", "sovellus"),
        (r"sovellu(?:ksissa|ksista|ksiin|ksia|ksilla|sten)", "sovellukset"),
        (r"palvelu(?:ssa|sta|un|lla|n|a)", "palvelu"),
        (r"palvelu(?:issa|ista|ihin|illa|iden|jen|ita|ja)", "palvelut"),
        (r"(arkisto|varasto|hakemisto|ohjelmisto|luettelo)(?:ssa|sta|on|lla|n|a)", r"\1"),
        (r"(arkisto|varasto|hakemisto|ohjelmisto|luettelo)(?:issa|ista|ihin|illa|jen|ja|iden|ita)", r"\1t"),
        (r"(tieto)?varan(?:nossa|nosta|toon|nolla|non|toa)", r"\1varanto"),
        (r"hallin(?:taan|nassa|nasta|taa)", "hallinta"),
        (r"alust(?:alla|alta|alle|assa|aan|an|aa)", "alusta"),
        (r"ympäristö(?:ssä|stä|ön|llä|n|ä)", "ympäristö"),
        (r"(system|program|arkiv)et", r"\1"),
        (r"registret", "register"),
    )
)
_DEFINITE = re.compile(r"(?:det|den|de)\s", re.IGNORECASE)
_INESSIVE = re.compile(r"(?:ssa|ssä)$", re.IGNORECASE)
_ADJECTIVES: Final[tuple[tuple[re.Pattern[str], str], ...]] = (
    (re.compile(r"(v[aä])(?:ssa|ssä)$", re.IGNORECASE), r"\1"),
    (re.compile(r"(i)se(?:ssa|ssä)$", re.IGNORECASE), r"\1nen"),
)
_PARTITIVE = re.compile(r"(?<=[aäeioöuy])i(?:sta|stä)$", re.IGNORECASE)
_ILLATIVE = re.compile(r"iseen$", re.IGNORECASE)
_PARTITIVE_PLURAL = re.compile(r"(?<=is)(?:ia|iä)$", re.IGNORECASE)


def norm(name: str) -> str:
    """A comparing key: lower case, no quotes, no dots at the end, single spaces."""
    text = clean(name).casefold().strip(_QUOTES + " .,;:•–-")
    return re.sub(r"\s*/\s*", "/", text)


def tidy(name: str) -> str:
    """A name ready to be shown: single spaces, no quotes around it and no stop after it."""
    text = clean(name).strip(_QUOTES + " ,;:•–").removesuffix(".").strip()
    while _LEAD.match(text):
        text = _LEAD.sub("", text, count=1)
    return _TAIL.sub("", text).strip(_QUOTES + " ,;")


def last_word(text: str) -> str:
    """The last word outside brackets, in lower case."""
    words = _BRACKETS.sub("", text).rstrip(" .,;").split()
    return words[-1].casefold() if words else ""


def is_system_noun(text: str) -> bool:
    """Whether the head of the phrase is a noun for a system, register, service or the like, in any case."""
    return bool(SYSTEM_NOUN.search(last_word(text)))


@lru_cache(maxsize=4096)
def base_form(name: str) -> str:
    """The name with its head noun in the nominative, and its adjectives when their form is plain to see."""
    if _DEFINITE.match(name):
        return name
    words = name.split(" ")
    at = len(words) - 1
    while at > 0 and words[at].startswith("("):
        at -= 1
    head = words[at]
    for pattern, nominative in _HEADS:
        based = pattern.sub(nominative, head)
        if based != head:
            break
    else:
        return name
    inessive = bool(_INESSIVE.search(head))
    partitive = head.endswith(("a", "ä")) and not inessive
    words[at] = based
    for place in range(at):
        words[place] = _adjective(words[place], inessive=inessive, partitive=partitive, plural=based.endswith("t"))
    return " ".join(words)


def _adjective(word: str, *, inessive: bool, partitive: bool, plural: bool) -> str:
    if inessive:
        for pattern, nominative in _ADJECTIVES:
            if pattern.search(word):
                return pattern.sub(nominative, word)
    if _ILLATIVE.search(word) and not partitive:
        return _ILLATIVE.sub("inen", word)
    if partitive and not plural:
        return _PARTITIVE.sub("inen", word)
    return _PARTITIVE_PLURAL.sub("et", word) if plural else word


def other_names(name: str) -> tuple[str, ...]:
    """The name and the names inside it: both sides of a slash, the text without brackets, an abbreviation in them."""
    found = [name]
    bare = clean(_BRACKETS.sub("", name))
    if bare != name:
        found.append(bare)
        found += [clean(inside) for inside in _BRACKETS.findall(name) if re.fullmatch(r"[A-ZÅÄÖ0-9.-]{2,15}", inside.strip())]
    parts = [clean(part) for part in bare.split("/")]
    if len(parts) > 1 and all(len(part) > 3 for part in parts):
        found += parts
    return tuple(dict.fromkeys(part for part in found if part))


def sentences(text: str) -> list[str]:
    """Sentences of a text, each with its stop. Abbreviations do not end one."""
    found: list[str] = []
    for piece in _SENTENCE.split(text):
        if found and _SHORT.search(found[-1][-12:]):
            found[-1] = f"{found[-1]} {piece}"
        elif piece.strip():
            found.append(piece.strip())
    return found


def split_commas(text: str) -> list[str]:
    """Pieces between commas and semicolons outside brackets; a piece that ends in a hyphen belongs to the next."""
    pieces: list[str] = []
    depth, start = 0, 0
    for place, sign in enumerate(text):
        if sign in "([":
            depth += 1
        elif sign in ")]":
            depth = max(0, depth - 1)
        elif sign in ",;" and depth == 0 and not text[place - 1 : place + 2].replace(",", "").isdigit():
            pieces.append(text[start:place])
            start = place + 1
    pieces.append(text[start:])
    joined: list[str] = []
    for piece in pieces:
        if joined and (joined[-1].rstrip().endswith("-") or _modifier(joined[-1])):
            joined[-1] = f"{joined[-1].rstrip()}, {piece.strip()}"
        elif piece.strip():
            joined.append(piece.strip())
    return joined


def split_systems(text: str) -> list[str]:
    """Single names from a list in running text. *A- ja B-järjestelmä* is one name, *A-järjestelmä ja B-rekisteri* two."""
    found: list[str] = []
    for piece in split_commas(text):
        for part in _split_strong(piece):
            found += _split_weak(part, both_systems=True)
    return [name for name in (tidy(part) for part in found) if name]


def split_things(text: str) -> list[str]:
    """Single things from a list of data, keys or groups."""
    found: list[str] = []
    for piece in split_commas(text):
        for part in _split_strong(piece):
            found += _split_weak(part, both_systems=False)
    return [name for name in (tidy(part) for part in found) if name]


def split_modifiers(text: str) -> list[str]:
    """Modifiers of one head: *A:n, B:n ja C:n*."""
    parts = re.split(r"\s*,\s*|\s+(?:ja|sekä|och|samt|and)\s+", text)
    joined: list[str] = []
    for part in parts:
        if joined and joined[-1].endswith("-"):
            joined[-1] = f"{joined[-1]} ja {part}"
        elif part:
            joined.append(part)
    return [tidy(part) for part in joined]


def _split_strong(piece: str) -> list[str]:
    """At *sekä* or *samt*, but not in *sekä … että* and not between two modifiers of one head."""
    if re.search(r"\bsekä\b.+\bettä\b", piece, re.IGNORECASE):
        return [piece]
    parts = _STRONG.split(piece)
    joined = parts[:1]
    for part in parts[1:]:
        if _modifier(joined[-1]):
            joined[-1] = f"{joined[-1]} sekä {part}"
        else:
            joined.append(part)
    return joined


def _split_weak(piece: str, *, both_systems: bool) -> list[str]:
    joined: list[str] = []
    before = 0
    for found in _WEAK.finditer(piece):
        left, right = piece[before : found.start()], piece[found.end() :]
        apart = is_system_noun(left) and is_system_noun(right) if both_systems else not _modifier(left)
        if not both_systems and re.search(r"(?:iin|hin)$", last_word(left)):
            apart = False
        if left.rstrip().endswith("-") or not right or not apart or (both_systems and _modifier(left)):
            continue
        joined.append(left)
        before = found.end()
    return [*joined, piece[before:]]


def _modifier(text: str) -> bool:
    """Whether the phrase ends in a genitive or a hyphen, so that its head is still to come."""
    word = last_word(text)
    if word.endswith("-"):
        return True
    own = text.rstrip(" .,;").split()[-1:]
    return word.endswith("n") and len(word) > 4 and own[0].islower() and not _NO_GENITIVE.search(word)
