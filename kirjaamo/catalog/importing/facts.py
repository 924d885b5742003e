"""What one sentence says: which systems it names, which search keys, whether there is an open interface.

Each function takes running text and answers with plain values; none of them knows where on the page it stood.
"""

# ruff: noqa: PLR2004 - lengths and shares that tell one shape from another stand where they are used

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from kirjaamo.catalog.importing import vocabulary as words
from kirjaamo.catalog.importing.blocks import label_of
from kirjaamo.catalog.importing.names import base_form, is_system_noun, last_word, sentences, split_systems, split_things, tidy

_CODE = re.compile(r"^(\d{2}(?:[ .-]\d{2}){0,5})\.?\s+([^\W\d_].{1,200})$")
_YEAR = re.compile(r"\b(19[89]\d|20\d\d)\b")
_NOT_OWNER = re.compile(r"^(?:[a-zåäö]+\s|\d)|\b(?:asti|lukien|alkaen|saakka|jälkeen|fram till|från och med|until|since)\b")
_VERB = re.compile(
    r"\b(?:on|ovat|ei|eivät|voi|voidaan|sisältää|sisältävät|tuottaa|tuottavat|koostuu|är|finns|innehåller|kan|is|are|contains?|can)\b",
    re.IGNORECASE,
)
_TIME = re.compile(r"\b(?:vuoteen|vuoden|vuodesta|fram till|från och med|sedan|until|since|from)\s[^/]*\d{4}|\b\d{1,2}\.\d{1,2}\.\d{4}")
_CONSISTS = re.compile(
    r"\b(?:koostuu|koostuvat|muodostuu|muodostuvat|kuuluu|kuuluvat|sisältää|sisältävät|ovat|består av|omfattar|innehåller|"
    r"consists? of|contains?|includes?)\s+",
    re.IGNORECASE,
)
_RELATIVE_START = re.compile(r"^(?:jo[tkslnh]\w*|jonka|som|där|vilk\w+|which|that|where)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Named:
    """A name found in running text: as it stood, in the base form, whether it came as an addition, whether it is shared."""

    verbatim: str
    name: str
    additional: bool = False
    shared: bool = False


@dataclass(frozen=True)
class Fact:
    """One statement of a sentence. ``field`` is a field name of the vocabulary or ``feeds``."""

    field: Literal["interface", "keys", "systems", "registers", "feeds", "owner", "publicity"]
    items: tuple[str, ...]
    named: tuple[Named, ...] = ()


def class_code(text: str) -> tuple[str, str] | None:
    """``(code, title)`` of a function class such as ``12 34 56 Title``, code groups parted by single spaces."""
    found = _CODE.match(text)
    if not found:
        return None
    return re.sub(r"[.-]", " ", found.group(1)), tidy(found.group(2))


def systems_in(text: str, *, listed: bool) -> list[Named]:
    """Names of systems in running text. ``listed``: the text is known to be a list of systems, so any noun will do."""
    found: list[Named] = []
    for sentence in sentences(text):
        additional = bool(words.ADDITIONAL.match(sentence))
        tail, introduced = _list_part(sentence)
        if not introduced and (not listed or not (additional or _is_list(tail))):
            continue
        for piece in split_systems(tail):
            name = tidy(words.RELATIVE.sub("", piece))
            if not name or _RELATIVE_START.match(name) or len(name.split()) > 14 or (not listed and not is_system_noun(name)):
                continue
            own = words.SHARED.sub("", name)
            found.append(Named(name, base_form(own), additional, own != name))
    return found


def _list_part(sentence: str) -> tuple[str, bool]:
    """The part of the sentence that holds the list, and whether words of the sentence introduced it."""
    label = label_of(sentence)
    if label and words.field_of(label[0]) == "systems":
        return label[1], True
    verb = words.SYSTEM_VERB.search(sentence)
    if verb:
        return sentence[verb.end() :], True
    return words.ADDITIONAL.sub("", sentence), False


def _is_list(text: str) -> bool:
    """A sentence that can be nothing but a list of names: no verb, and a system noun or few words between commas."""
    pieces = split_systems(text)
    if not pieces or _VERB.search(text) or words.DEFINITION.search(text):
        return False
    return any(is_system_noun(piece) for piece in pieces) or all(len(piece.split()) <= 8 for piece in pieces)


def keys_in(text: str, *, listed: bool) -> tuple[str, ...]:
    """Search keys named in running text, without repeats."""
    found: list[str] = []
    for place, sentence in enumerate(sentences(text)):
        tail = sentence
        label = label_of(sentence)
        example = words.EXAMPLE_WORD.search(sentence)
        speaks = words.field_of(sentence) == "keys" or words.SEARCH_VERB.search(sentence)
        verb = words.KEYS_VERB.search(sentence)
        if label and words.field_of(label[0]) == "keys":
            tail = label[1]
        elif example:
            tail = re.sub(r"^(?:by|med|genom)\s+", "", sentence[example.end() :])
        elif speaks and verb:
            tail = sentence[verb.end() :]
            again = words.KEYS_VERB.match(tail)
            tail = tail[again.end() :] if again else tail
        elif not listed or place:
            continue
        if not label and not listed and not speaks:
            continue
        found += [key for key in split_things(tail) if len(key) <= 160]
    return tuple(dict.fromkeys(found))


def interface_state(text: str) -> str:
    """``yes``, ``no``, ``partly`` or ``unknown`` for a statement about an open technical interface."""
    if words.NOT_KNOWN.search(text):
        return "unknown"
    if words.PARTLY.search(text):
        return "partly"
    if words.NEGATION.search(text):
        return "no"
    return "yes" if words.AFFIRMATION.search(text) else "unknown"


def facts_of(sentence: str) -> list[Fact]:
    """Every statement of one sentence; a sentence that only defines a term or announces what follows says nothing."""
    if words.DEFINITION.search(sentence):
        return []
    facts: list[Fact] = []
    field = words.field_of(sentence)
    if field == "interface":
        state = interface_state(sentence)
        facts += [Fact("interface", (state,))] if state != "unknown" else []
    elif field == "keys" or words.SEARCH_VERB.search(sentence):
        keys = keys_in(sentence, listed=False)
        facts += [Fact("keys", keys)] if keys else []
    else:
        named = systems_in(sentence, listed=False)
        facts += [Fact("systems", tuple(one.name for one in named), tuple(named))] if named else []
    registers = tuple(tidy(name) for name in words.REGISTER_QUOTED.findall(sentence))
    facts += [Fact("registers", registers)] if registers else []
    for pattern in words.FEEDS:
        feeds = pattern.search(sentence)
        if feeds:
            facts.append(Fact("feeds", (base_form(tidy(feeds.group(1))),)))
            break
    responsible = words.RESPONSIBLE.search(sentence)
    facts += [Fact("owner", (tidy(responsible.group(1)),))] if responsible else []
    if field == "publicity" or re.search(r"\bsalassa pidett|\bsekretessbelag", sentence, re.IGNORECASE):
        facts.append(Fact("publicity", (sentence,)))
    return facts


def datasets_in(text: str) -> tuple[str, ...]:
    """Datasets named in *the dataset consists of A, B and C*, sentence by sentence."""
    found: list[str] = []
    for sentence in sentences(text):
        label = label_of(sentence)
        verb = _CONSISTS.search(sentence)
        tail = label[1] if label else sentence[verb.end() :] if verb else sentence
        things = split_things(tail)
        found += _elatives(things) if verb and verb.group(0).casefold().startswith(("koostu", "muodostu")) else things
    return tuple(dict.fromkeys(found))


def _elatives(things: list[str]) -> list[str]:
    """After *koostuu* every item ends in -sta; what does not is the beginning of the next one."""
    found: list[str] = []
    begun = ""
    for thing in things:
        begun = f"{begun}, {thing}" if begun else thing
        if re.search(r"(?:sta|stä)$", last_word(thing)):
            found.append(begun)
            begun = ""
    return [*found, begun] if begun else found


def owners_of(value: str) -> tuple[tuple[str, ...], str]:
    """Owners of a labelled value, and what the value says besides (since when, until when)."""
    owners: list[str] = []
    notes: list[str] = []
    for part in re.split(r"\s*/\s*(?!tai\b|eller\b|or\b)", value):
        text, since = _when(tidy(part))
        notes += [since] if since else []
        if text and _NOT_OWNER.search(text):
            notes.append(text)
        elif text:
            owners.append(text)
    return tuple(owners), " / ".join(notes)


def _when(text: str) -> tuple[str, str]:
    """The owner and the words about time after it."""
    found = _TIME.search(text)
    if not found or not found.start():
        return text, ""
    return tidy(text[: found.start()].rstrip(" ,(")), tidy(text[found.start() :].strip("()"))


def years_in(text: str) -> tuple[int, ...]:
    """Years from 1980 on that the text names."""
    return tuple(int(year) for year in _YEAR.findall(text))


def is_register(name: str) -> bool:
    """Whether the head of the name is a register."""
    return bool(words.REGISTER_NOUN.search(last_word(name)))
