"""Reading the three published pages: the pure functions alone, without a database."""

from __future__ import annotations

import time
from pathlib import Path
from statistics import median

from kirjaamo.catalog.importing import match, parse, read_page

PAGES = Path(__file__).resolve().parents[1] / "authorities" / "helsinki" / "published"
ROUNDS = 5


def measure() -> dict[str, float]:
    """Return milliseconds of reading each page, of matching them with each other, and of all; the median of some rounds."""
    rounds = [_once() for _ in range(ROUNDS)]
    return {name: round(median(one[name] for one in rounds) * 1000, 1) for name in rounds[0]}


def _once() -> dict[str, float]:
    spent, drafts = {}, []
    for path in sorted(PAGES.glob("*.txt")):
        data = path.read_bytes()
        began = time.perf_counter()
        drafts.append(parse(read_page(data, path.name)))
        spent[path.name] = time.perf_counter() - began
    began = time.perf_counter()
    match(drafts, [])
    spent["matching"] = time.perf_counter() - began
    spent["all"] = sum(spent.values())
    return spent
