"""Which characters the bundled fonts really draw: asked of the fonts themselves, one small question for what is not known yet.

PDF/A refuses a document with a character that no font has, so the answer decides what is replaced. Nothing is assumed of
ranges: each new character is measured against the shape that a font draws for what it lacks, in upright and in bold.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from threading import Lock

import typst

FAMILIES = ("Libertinus Serif", "DejaVu Sans Mono", "New Computer Modern", "New Computer Modern Math")
FONTS = typst.Fonts(include_system_fonts=False)
"""Only the fonts that come with Typst: the same input makes the same bytes on every machine."""
REPLACEMENT = "\N{WHITE SQUARE}"
"""Stands for what no font draws."""

_QUESTION = """
#let asked = json(bytes(sys.inputs.asked))
#let families = json(bytes(sys.inputs.families))
#let weights = (400, 700)
#let shape(family, weight, one) = measure(
  text(font: family, weight: weight, fallback: false, top-edge: "bounds", bottom-edge: "bounds", one)
)
#context {
  let lacking = families.map(family => weights.map(weight => shape(family, weight, "\\u{10FFFD}")))
  let drawn-by(one) = range(families.len()).filter(f => range(weights.len()).all(
    w => shape(families.at(f), weights.at(w), one) != lacking.at(f).at(w)
  ))
  [#metadata(asked.map(drawn-by)) <drawn>]
}
"""
_PLAIN = frozenset(map(chr, [*range(0x20, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x180)]))
_ALL = frozenset(range(len(FAMILIES)))
_known: dict[str, frozenset[int]] = {}
_lock = Lock()
Families = frozenset[int]


def drawn_by(characters: Iterable[str]) -> dict[str, Families]:
    """Tell for each character which of the bundled families draw it, upright and bold. What was asked once is remembered."""
    wanted = set(characters)
    with _lock:
        new = sorted(wanted - _known.keys() - _PLAIN)
        if new:
            _known.update(zip(new, _measure(new), strict=True))
        return {one: _ALL if one in _PLAIN else _known[one] for one in wanted}


def never_drawn(characters: Iterable[str]) -> bool:
    """Remember that the making of a document refused these characters after all; tell whether that was news."""
    with _lock:
        news = {one for one in characters if one not in _PLAIN and one != REPLACEMENT and _known.get(one)}
        _known.update(dict.fromkeys(news, frozenset[int]()))
    return bool(news)


def _measure(characters: list[str]) -> list[Families]:
    inputs = {"asked": json.dumps(characters), "families": json.dumps(FAMILIES)}
    answer = typst.query(
        _QUESTION.encode(), "<drawn>", field="value", one=True, font_paths=FONTS, ignore_system_fonts=True, sys_inputs=inputs
    )
    drawn = (frozenset(found) for found in json.loads(answer))
    return [frozenset() if _adjusted(one) else found for one, found in zip(characters, drawn, strict=True)]


def _adjusted(character: str) -> bool:
    """Whether Typst fits the width of the character to its neighbours: measuring says nothing of it, and no font here has it."""
    return "\u3000" <= character <= "\u303f" or "\uff00" <= character <= "\uffef"
