"""What one word form gives to search: base forms, the head chain of a compound and its other spans.

Finnish compounds end in their head: `asiakasasiakirja` is an `asiakirja`, which is a `kirja`. A word found by its head is a
good hit, a word found by any other part is a distant one; therefore the two are kept apart all the way to the index.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

RULES = "r1"  # raise when the cutting below changes: every stored word form is then analysed again
SHORTEST_SPAN = 2


@dataclass(frozen=True, slots=True)
class Lexemes:
    """The search terms of one word form, from the most exact to the loosest; all lower case.

    `base`: base forms of every analysis. `heads`: ends of compounds. `spans`: other parts of compounds.
    `stems`: for a word the analyser does not know, its Snowball stem.
    """

    base: frozenset[str] = frozenset()
    heads: frozenset[str] = frozenset()
    spans: frozenset[str] = frozenset()
    stems: frozenset[str] = frozenset()

    def to_json(self) -> list[list[str]]:
        """Return four sorted lists: base, heads, spans, stems."""
        return [
            sorted(self.base),
            sorted(self.heads),
            sorted(self.spans),
            sorted(self.stems),
        ]

    @classmethod
    def from_json(cls, value: Iterable[Iterable[str]]) -> Lexemes:
        """Return what `to_json` wrote. Raises ValueError when the shape is another one."""
        base, heads, spans, stems = (frozenset(part) for part in value)
        return cls(base, heads, spans, stems)


@dataclass(frozen=True, slots=True)
class Reading:
    """One analysis of a word form.

    `pieces` joined are the base form of the whole word (`viran` + `haltija`); `alone` gives for each piece its own base form
    (`virka`), or None where it is not known or the same. A piece keeps the hyphen that follows it.
    """

    pieces: tuple[str, ...]
    alone: tuple[str | None, ...] = ()


def combine(readings: Iterable[Reading]) -> Lexemes | None:
    """Return the terms of all readings together, or None when there is no reading: the word is not known."""
    base: set[str] = set()
    heads: set[str] = set()
    spans: set[str] = set()
    for reading in readings:
        pieces = tuple(piece.lower() for piece in reading.pieces)
        base.add("".join(pieces).strip("-"))
        heads.update("".join(pieces[start:]).strip("-") for start in range(1, len(pieces)))
        spans.update(_inner_spans(pieces, reading.alone))
    base.discard("")
    if not base:
        return None
    heads = {head for head in heads if len(head) >= SHORTEST_SPAN} - base
    spans = {span for span in spans if len(span) >= SHORTEST_SPAN} - base - heads
    return Lexemes(frozenset(base), frozenset(heads), frozenset(spans))


def _inner_spans(pieces: tuple[str, ...], alone: tuple[str | None, ...]) -> Iterable[str]:
    """Yield every run of pieces that stops before the last one, also with its last piece in its own base form."""
    for start in range(len(pieces) - 1):
        for end in range(start + 1, len(pieces)):
            yield "".join(pieces[start:end]).strip("-")
            own = alone[end - 1] if end <= len(alone) else None
            if own:
                yield ("".join(pieces[start : end - 1]) + own.lower()).strip("-")
