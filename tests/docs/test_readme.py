"""The figures of the README are those of today's program."""

from __future__ import annotations

import re

import pytest

from kirjaamo.catalog.importing import parse, read_page
from tests.docs.following import ROOT

PUBLISHED = ROOT / "authorities" / "helsinki" / "published"
README = (ROOT / "README.md").read_text("utf-8")
WORDS = {
    "system": r"(\d+) (?:systems|names of systems)",
    "unit": r"(\d+) units",
    "class_code": r"(\d+) class codes",
    "register": r"(\d+) registers",
    "resource": r"(\d+) resources",
    "contact": r"(\d+) contact facts",
    "request_example": r"(\d+) worked examples",
}


@pytest.mark.parametrize("name", sorted(path.name for path in PUBLISHED.glob("*.txt")))
def test_the_import_report_of_the_readme_is_what_the_importer_says(name: str) -> None:
    row = next(line for line in README.splitlines() if line.startswith(f"| `{name}`"))
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    draft = parse(read_page((PUBLISHED / name).read_bytes(), name))
    counts, lines = draft.counts(), draft.line_counts()
    assert [int(cell) for cell in cells[1:6]] == [
        sum(lines.values()),
        *(lines.get(key, 0) for key in ("placed", "heading", "blank", "left_over")),
    ]
    told = {kind: int(found[1]) for kind, words in WORDS.items() if (found := re.search(words, cells[6]))}
    assert told == {kind: counts[kind] for kind in WORDS if counts.get(kind)}
