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

_QUESTION = """
#let asked = json(bytes(sys.inputs.asked))
#let families = json(bytes(sys.inputs.families))
#let weights = (400, 700)
#let shape(family, weight, one) = measure(
  text(font: family, weight: weight, fallback: false, top-edge: "bounds", bottom-edge: "bounds", one)
)
#context {
  let lacking = families.map(family => weights.map(weight => shape(family, weight, "\\u{10FFFD}")))
  let drawn(one) = range(weights.len()).all(w => range(families.len()).any(
    f => shape(families.at(f), weights.at(w), one) != lacking.at(f).at(w)
  ))
  [#metadata(asked.filter(one => not drawn(one))) <lacking>]
}
"""
_PLAIN = frozenset(map(chr, [*range(0x20, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x180)]))
_known: dict[str, bool] = dict.fromkeys(_PLAIN, True)
_lock = Lock()


def drawable(characters: Iterable[str]) -> dict[str, bool]:
    """Tell for each character whether the bundled fonts draw it. What was asked once is remembered."""
    wanted = set(characters)
    with _lock:
        new = sorted(wanted - _known.keys())
        if new:
            lacking = _measure(new)
            _known.update({one: one not in lacking for one in new})
        return {one: _known[one] for one in wanted}


def never_drawn(characters: Iterable[str]) -> None:
    """Remember that the making of a document refused these characters after all."""
    with _lock:
        _known.update(dict.fromkeys(characters, False))


def _measure(characters: list[str]) -> frozenset[str]:
    inputs = {"asked": json.dumps(characters), "families": json.dumps(FAMILIES)}
    answer = typst.query(
        _QUESTION.encode(), "<lacking>", field="value", one=True, font_paths=FONTS, ignore_system_fonts=True, sys_inputs=inputs
    )
    return frozenset(json.loads(answer))
