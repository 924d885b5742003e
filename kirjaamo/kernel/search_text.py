"""Index text and query text for PostgreSQL, made of word analysis; and the snippet that shows why a text was found.

The application writes the `tsvector` itself and PostgreSQL only stores and matches it (`%s::tsvector`, `%s::tsquery`), so no
extension and no language configuration of the server is needed. Weights: A base forms, B heads of compounds, C their other
parts, D the word as written, stems of unknown words, identifiers. A query asks for A and B, a wide one for C too; always for
the exact word or identifier in D. Personal identity codes are in neither.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice

from kirjaamo.kernel.words import (
    Lexemes,
    Token,
    Words,
    default_words,
    nfc,
    stop_words,
    tokens,
)

LAST_POSITION = 16_383  # PostgreSQL, "Limitations" of text search: positions above this are stored as this
MOST_POSITIONS = 255  # of one lexeme
LONGEST_LEXEME = 2_046  # bytes
LARGEST_VECTOR = 1_000_000  # bytes; PostgreSQL refuses one of 1 048 576
FIELD_GAP = 10  # positions between fields, so that a phrase does not reach over them
MOST_TERMS = 32  # words of one query; what comes after is not looked at
SHORTEST_PREFIX = 2
_BATCH = 400  # tokens analysed at a time for a snippet
_FARTHEST = 60_000  # tokens of one text looked at for a snippet

Positions = dict[str, dict[int, str]]


@dataclass(frozen=True, slots=True)
class Term:
    """One word or identifier of a query. `gap`: places after the previous term of the same quoted phrase; 0 outside one."""

    text: str
    lexemes: Lexemes
    names: tuple[str, ...] = ()
    prefix: bool = False
    gap: int = 0


def learn(texts: Iterable[str], lang: str = "fi") -> None:
    """Analyse the words of many texts in one question, so that the vectors that are made of them next need none of their own."""
    ignored = stop_words(lang)
    forms = {token.text for text in texts for token in tokens(nfc(text)) if not token.names and token.text not in ignored}
    if forms:
        default_words().lexemes(forms, lang)


def document_vector(
    texts: Mapping[str, str],
    lang: str = "fi",
    *,
    words: Words | None = None,
    strict: bool = False,
) -> str:
    """Return a literal to be cast to `tsvector`; the empty string for no words.

    `texts`: field name → text; the names are for the caller only, the order gives the positions. To rank titles above
    bodies keep two vectors. `strict`: raise AnalyserUnavailableError rather than write Snowball stems (indexing jobs).
    """
    analyser = words or default_words()
    found: Positions = defaultdict(dict)
    ignored = stop_words(lang)
    place = 0
    for text in texts.values():
        here = list(tokens(nfc(text)))
        forms = {token.text for token in here if not token.names and token.text not in ignored}
        lexemes = analyser.lexemes(forms, lang, strict=strict)
        for token in here:
            place = min(place + 1, LAST_POSITION)
            for lexeme, weight in _document_lexemes(token, lexemes.get(token.text)):
                before = found[lexeme].get(place, weight)
                found[lexeme][place] = min(before, weight)
        place = min(place + FIELD_GAP, LAST_POSITION)
    return _vector_text(found)


def _document_lexemes(token: Token, lexemes: Lexemes | None) -> Iterable[tuple[str, str]]:
    for name in token.names:
        yield name, "D"
    if token.names or lexemes is None:
        return
    yield token.text, "D"
    for weight, group in zip("ABCD", (lexemes.base, lexemes.heads, lexemes.spans, lexemes.stems), strict=True):
        for lexeme in group:
            yield lexeme, weight


def _vector_text(found: Positions) -> str:
    """Write the vector within PostgreSQL's limits; of a text too long, the loosest terms are left out first."""
    entries = {lexeme: places for lexeme, places in found.items() if 0 < len(lexeme.encode()) <= LONGEST_LEXEME}
    most = MOST_POSITIONS
    while _size(entries, most) > LARGEST_VECTOR and most > 1:
        most = max(1, most // 4)
    if _size(entries, most) > LARGEST_VECTOR:
        entries = _fitting(entries, most)
    return " ".join(f"{quoted(lexeme)}:{_places(entries[lexeme], most)}" for lexeme in sorted(entries))


def _fitting(entries: Positions, most: int) -> Positions:
    kept: Positions = {}
    size = 0
    for lexeme, places in sorted(entries.items(), key=lambda entry: (min(entry[1].values()), min(entry[1]))):
        size += _size({lexeme: places}, most)
        if size > LARGEST_VECTOR:
            break
        kept[lexeme] = places
    return kept


def _size(entries: Positions, most: int) -> int:
    """Bytes in the server, counted high: the lexeme, its alignment, a count and two bytes for each position."""
    return sum(len(lexeme.encode()) + 4 + 2 * min(len(places), most) for lexeme, places in entries.items())


def _places(places: Mapping[int, str], most: int) -> str:
    best = sorted(places.items(), key=lambda item: (item[1], item[0]))[:most]
    return ",".join(f"{place}{'' if weight == 'D' else weight}" for place, weight in sorted(best))


def quoted(lexeme: str) -> str:
    """Return the lexeme as a quoted word of PostgreSQL's text search syntax."""
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"


def query(
    text: str,
    lang: str = "fi",
    wide: bool = False,  # noqa: FBT001, FBT002 - the third word of a search, as people say it
    *,
    prefix: bool = False,
    words: Words | None = None,
) -> str | None:
    """Return a text to be cast to `tsquery`, or None when there is nothing to search for (empty, only stop words).

    All words must be found; words in double quotes must follow each other. `wide` also finds words inside compounds.
    `prefix` takes a last word that nothing follows as unfinished. Never raises, whatever a person has written.
    """
    parts: list[str] = []
    for term in query_terms(text, lang, prefix=prefix, words=words):
        alternatives = _alternatives(term, wide=wide)
        if term.gap and parts:
            parts[-1] += f" <{term.gap}> {alternatives}"
        else:
            parts.append(alternatives)
    return " & ".join(parts) or None


def _alternatives(term: Term, *, wide: bool) -> str:
    """Write the OR of what one word may be in the index, each with the weights it may have there."""
    weights: dict[str, str] = {}
    if term.names:
        weights[term.names[0]] = "D"
    else:
        weights |= dict.fromkeys(term.lexemes.stems, "ABD")
        weights |= dict.fromkeys(term.lexemes.base, "ABC" if wide else "AB")
        weights[term.text] = "".join(sorted({*weights.get(term.text, ""), "D"}))
    found = [f"{quoted(lexeme)}:{weights[lexeme]}" for lexeme in sorted(weights)]
    if term.prefix:
        found.append(f"{quoted(term.text)}:*{'ABCD' if wide else 'ABD'}")
    return found[0] if len(found) == 1 else f"({' | '.join(found)})"


def query_terms(text: str, lang: str = "fi", *, prefix: bool = False, words: Words | None = None) -> list[Term]:
    """Return the words and identifiers of a query in order, without stop words and at most MOST_TERMS."""
    plain = nfc(text)
    analyser = words or default_words()
    ignored = stop_words(lang)
    here = list(islice(tokens(plain), MOST_TERMS))
    lexemes = analyser.lexemes({token.text for token in here if not token.names}, lang)
    unfinished = here[-1].end if here and prefix and here[-1].end == len(plain) else -1
    terms: list[Term] = []
    phrase, place = 0, 0
    for number, token in enumerate(here):
        is_prefix = token.end == unfinished and len(token.text) >= SHORTEST_PREFIX and (len(token.names) < 2 or token.text.isdigit())  # noqa: PLR2004 - one reading
        if token.text in ignored and not token.names and not is_prefix:
            continue
        current = plain.count('"', 0, token.start)
        same_phrase = bool(terms) and current % 2 == 1 and current == phrase
        gap = number - place if same_phrase else 0
        terms.append(
            Term(
                token.text,
                lexemes.get(token.text, Lexemes()),
                token.names,
                is_prefix,
                gap,
            )
        )
        phrase, place = current, number
    return terms


def highlight(
    text: str,
    query: str,
    lang: str = "fi",
    *,
    wide: bool = False,
    prefix: bool = False,
    window: int = 200,
    words: Words | None = None,
) -> list[tuple[str, bool]]:
    """Return the part of the text that answers the query best, as segments with a mark on those that are hits.

    Inflected forms are marked whole. White space is folded; `…` stands where text is left out. `window` in characters, 0 for
    the whole text (titles). Joined, the segments are the shown text; escaping is the template's work.
    """
    plain = " ".join(nfc(text).split())
    analyser = words or default_words()
    terms = query_terms(query, lang, prefix=prefix, words=analyser)
    hits = _hits(plain, terms, analyser, lang, wide=wide, window=window) if terms else []
    start, end = _window(plain, hits, window)
    segments: list[tuple[str, bool]] = [("… ", False)] if start else []
    place = start
    for hit_start, hit_end, _ in hits:
        if hit_start < place or hit_end > end:
            continue
        segments += [(plain[place:hit_start], False), (plain[hit_start:hit_end], True)]
        place = hit_end
    segments.append((plain[place:end], False))
    if end < len(plain):
        segments.append((" …", False))
    return [segment for segment in segments if segment[0]]


def _hits(text: str, terms: list[Term], words: Words, lang: str, *, wide: bool, window: int) -> list[tuple[int, int, int]]:
    """Return start, end and number of term of the hits; stops reading once every term is found and the window is full."""
    hits: list[tuple[int, int, int]] = []
    stream = islice(tokens(text), _FARTHEST)
    while batch := list(islice(stream, _BATCH)):
        lexemes = words.lexemes({token.text for token in batch if not token.names}, lang)
        for token in batch:
            for number, term in enumerate(terms):
                if _matches(term, token, lexemes.get(token.text, Lexemes()), wide=wide):
                    hits.append((token.start, token.end, number))
                    break
        complete = len({number for _, _, number in hits}) == len(terms)
        if window and complete and batch[-1].end > hits[-1][0] + window:
            break
    return hits


def _matches(term: Term, token: Token, found: Lexemes, *, wide: bool) -> bool:
    if term.names or token.names:
        exact = bool(term.names) and term.names[0] in token.names
        return exact or (term.prefix and any(name.startswith(term.text) for name in token.names))
    index = found.base | found.heads | (found.spans if wide else frozenset())
    if term.text == token.text or term.lexemes.base & index or term.lexemes.stems & (found.stems | index):
        return True
    return term.prefix and any(lexeme.startswith(term.text) for lexeme in (token.text, *index))


def _window(text: str, hits: list[tuple[int, int, int]], window: int) -> tuple[int, int]:
    """Choose where the shown part begins and ends: most different terms, then most hits, then the earliest."""
    if not window or len(text) <= window:
        return 0, len(text)
    start = 0
    best = (0, 0)
    for index, (hit_start, _, _) in enumerate(hits):
        inside = [hit for hit in hits[index : index + window] if hit[1] <= hit_start + window * 3 // 4]
        score = (len({hit[2] for hit in inside}), len(inside))
        if score > best:
            best, start = score, hit_start
    start = max(0, min(start - window // 4, len(text) - window))
    if start:
        space = text.find(" ", start, start + window // 4)
        start = space + 1 if space >= 0 else start
    end = min(len(text), start + window)
    if end < len(text):
        space = text.rfind(" ", start + window // 2, end + 1)
        end = space if space >= 0 else end
    return start, end
