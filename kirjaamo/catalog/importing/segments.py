"""A paragraph into labelled values and running text, each with the lines it stood on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kirjaamo.catalog.importing.blocks import label_of
from kirjaamo.catalog.importing.lines import Line, clean
from kirjaamo.catalog.importing.names import sentences
from kirjaamo.catalog.importing.vocabulary import LIST_WORD, FieldName, field_of

_SHORT_LABEL = 9


@dataclass(frozen=True)
class Segment:
    """A labelled value, or text without a label (``field`` None)."""

    field: FieldName | None
    label: str
    value: str
    text: str
    lines: tuple[Line, ...]

    @property
    def numbers(self) -> tuple[int, ...]:
        """Line numbers of the segment."""
        return tuple(line.number for line in self.lines)

    @property
    def texts(self) -> tuple[str, ...]:
        """Text of each line."""
        return tuple(clean(line.text) for line in self.lines)

    @property
    def empty(self) -> bool:
        """A label with nothing after it."""
        return bool(self.label) and not self.value


def segments(lines: Sequence[Line], *, text: str = "") -> list[Segment]:
    """Segments in order. ``text`` replaces the text of the lines when marks were taken off it."""
    joined = text or " ".join(clean(line.text) for line in lines)
    starts = _line_starts(lines) if not text else [0]
    labelled = [] if text else [start for start, line in zip(starts, lines, strict=True) if _label(clean(line.text))]
    cuts = sorted(_cuts(joined, labelled))
    found: list[Segment] = []
    for place, start in enumerate(cuts):
        end = cuts[place + 1] if place + 1 < len(cuts) else len(joined)
        on = _lines_between(lines, starts, start, end) if not text else tuple(lines)
        found.append(_segment(joined[start:end].strip(), on))
    return found


def _segment(text: str, lines: tuple[Line, ...]) -> Segment:
    label = _label(text)
    if label is None:
        return Segment(None, "", text, text, lines)
    return Segment(field_of(label[0]), label[0], label[1], text, lines)


def _label(text: str) -> tuple[str, str] | None:
    """A label that is known, and short or announcing a list."""
    label = label_of(text)
    if label is None or field_of(label[0]) is None:
        return None
    return label if len(label[0].split()) <= _SHORT_LABEL or LIST_WORD.search(label[0]) else None


def _line_starts(lines: Sequence[Line]) -> list[int]:
    starts: list[int] = []
    place = 0
    for line in lines:
        starts.append(place)
        place += len(clean(line.text)) + 1
    return starts


def _cuts(joined: str, labelled: Sequence[int]) -> set[int]:
    """Where a segment begins: the start, a line or a sentence that opens with a known label."""
    cuts = {0, *labelled}
    place = 0
    for sentence in sentences(joined):
        start = joined.find(sentence, place)
        if start < 0:
            continue
        if _label(sentence):
            cuts.add(start)
        place = start + len(sentence)
    return cuts


def _lines_between(lines: Sequence[Line], starts: Sequence[int], start: int, end: int) -> tuple[Line, ...]:
    found = []
    for place, line in enumerate(lines):
        line_end = starts[place + 1] if place + 1 < len(starts) else end + 1
        if starts[place] < end and line_end > start:
            found.append(line)
    return tuple(found)
