"""The importer knows kinds of things and no thing: no name of the published pages stands in its source."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from kirjaamo.catalog.importing import Draft
from kirjaamo.catalog.importing.tests.reading import PUBLISHED, published

SOURCE = Path(__file__).resolve().parents[1]
LAW = {"tiedonohjaus"}
"""Words of the law that a page happens to use as the name of a thing."""


def _source() -> str:
    return " ".join(path.read_text(encoding="utf-8").casefold() for path in SOURCE.glob("*.py"))


def _names(draft: Draft) -> set[str]:
    found = {name for entity in draft.entities for name in (entity.name, entity.verbatim, *entity.names)}
    found |= {entity.value("title") for entity in draft.of_kind("class_code")}
    found |= {name for entity in draft.entities for name in (*entity.group, *entity.items("owner"))}
    found |= {entity.value("value") for entity in draft.of_kind("contact")}
    return {name.casefold() for name in found if len(name) > 3} - LAW


def test_no_heading_name_or_code_of_the_published_pages_stands_in_the_source() -> None:
    source = _source()
    for path in sorted(PUBLISHED.glob("*.txt")):
        draft = published(path.name)
        lines = path.read_text(encoding="utf-8").split("\n")
        headings = {lines[row.line - 1].strip().casefold() for row in draft.accounting if row.status == "heading"}
        assert len(_names(draft) | headings) > 50
        assert {name for name in _names(draft) | headings if name in source} == set()


def test_no_city_or_known_word_of_it_stands_in_the_source() -> None:
    source = _source().replace("europe/helsinki", "")
    words = [
        "helsin",
        "stadi",
        "kasko",
        "talpa",
        "apotti",
        "kursor",
        "hitas",
        "lupapiste",
        "securemail",
        "esplanadi 11",
        "työpajankatu",
        "elinkeino",
    ]
    assert [word for word in words if word in source] == []


def test_the_importer_needs_no_django() -> None:
    told = subprocess.run(
        [sys.executable, "-c", "import sys, kirjaamo.catalog.importing; print([name for name in sys.modules if 'django' in name])"],
        capture_output=True,
        text=True,
        check=True,
        cwd=SOURCE.parents[2],
    )
    assert told.stdout.strip() == "[]"
