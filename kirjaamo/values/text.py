"""Cleaning of what people type, and the key by which Finnish texts are put in order."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

from kirjaamo.values.problems import ValueProblem

# Characters that change the direction of what follows: embeddings, overrides, isolates.
_BIDI = frozenset("\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Invisible and meaningless in text; U+200C and U+200D stay, scripts and emoji need them.
_INVISIBLE = frozenset("\u00ad\u180e\u200b\u2060\ufeff\ufff9\ufffa\ufffb")
_TAGS = range(0xE0000, 0xE0080)
_BLACK_FLAG = "\U0001f3f4"
_NONCHARACTERS = range(0xFDD0, 0xFDF0)
_SAFE_CONTROLS = frozenset("\t\n\v\f\r\x85")
_LINE_BREAK = re.compile(r"\r\n|[\n\v\f\r\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text fit to be stored, and how many characters of which kind were taken out."""

    text: str
    removed: tuple[tuple[str, int], ...] = ()


def clean(text: str, *, max_length: int, required: bool = False, multiline: bool = False) -> Cleaned:
    """Bring human input to the form that is stored, and tell what was taken out.

    NFC; control, invisible and direction-changing characters out; white space collapsed;
    with `multiline` line breaks stay, at most one empty line in a row. Emoji stay.
    Lengths are characters of the result. Raises `text.too_long` or `text.missing`.
    """
    kept, removed = _sift(text)
    normal = unicodedata.normalize("NFC", kept)
    result = _lines(normal) if multiline else " ".join(normal.split())
    if required and not result:
        raise ValueProblem("text.missing")
    if len(result) > max_length:
        raise ValueProblem("text.too_long", limit=max_length, over=len(result) - max_length)
    return Cleaned(result, tuple(sorted(removed.items())))


def _sift(text: str) -> tuple[str, Counter[str]]:
    """Take out the characters that may not be stored, counting them by kind."""
    kept: list[str] = []
    removed: Counter[str] = Counter()
    for character in text:
        kind = _forbidden(character, kept[-1] if kept else "")
        if kind:
            removed[kind] += 1
        else:
            kept.append(character)
    return "".join(kept), removed


def _forbidden(character: str, before: str) -> str:
    """Name the kind of a character that may not be stored; empty when it may."""
    code = ord(character)
    category = unicodedata.category(character)
    if character in _BIDI:
        return "bidi"
    if category == "Cc" and character not in _SAFE_CONTROLS:
        return "control"
    if category == "Cs" or code in _NONCHARACTERS or code & 0xFFFE == 0xFFFE:  # noqa: PLR2004 - the last two of every plane
        return "noncharacter"
    if character in _INVISIBLE or (code in _TAGS and not _in_flag(before)):
        return "invisible"
    return ""


def _in_flag(before: str) -> bool:
    """Whether a tag character continues the flag of a region, its only lawful use."""
    return before == _BLACK_FLAG or (before != "" and ord(before) in _TAGS)


def _lines(text: str) -> str:
    lines = [" ".join(line.split()) for line in _LINE_BREAK.split(text)]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


# Finnish order: … z å ä ö; foreign letters go with their kin.
# '{', '|' and '}' are the code points next after z.
_LETTERS = {
    "å": "{", "ä": "|", "ö": "}",
    "w": "v", "æ": "|", "ø": "}", "õ": "}", "ő": "}", "œ": "}", "ü": "y", "ű": "y",
    "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ł": "l", "ŋ": "n", "þ": "th", "ŧ": "t",
}  # fmt: skip
KEY_GAP, KEY_END = "!", " "
"""What stands between the words of a sort key, and between its words and the text itself."""


def sort_key(text: str) -> str:
    """Give a key whose plain code-point order is the Finnish order of the texts.

    The database has no ICU, so the program writes the key beside the text and the
    database compares it in the "C" collation. Case is folded, accents only break ties,
    punctuation parts words. Decision: v and w are one letter, as in Finnish lists of
    names (Virtanen and Wirtanen stand together), and w comes after v in a tie.
    """
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).casefold())
    plain = "".join(character for character in folded if not unicodedata.combining(character))
    words = ("".join(map(_primary, word)) for word in re.findall(r"[^\W_]+", plain))
    return KEY_GAP.join(words) + KEY_END + folded


def sort_words(text: str) -> tuple[str, ...]:
    """Give the words of a text as they stand within its sort key: what a name is searched by, in any order of its parts."""
    primary = sort_key(text).split(KEY_END, 1)[0]
    return tuple(word for word in primary.split(KEY_GAP) if word)


def _primary(character: str) -> str:
    """Reduce a folded character to the letter by which it is ordered first."""
    letter = _LETTERS.get(character)
    return letter or unicodedata.normalize("NFD", character)[0]
