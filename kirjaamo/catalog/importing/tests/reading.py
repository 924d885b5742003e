"""What the tests of the importer share: reading a page of the published statement, a test page, or plain text."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kirjaamo.catalog.importing import Draft, parse, read_page

ROOT = Path(__file__).resolve().parents[4]
PUBLISHED = ROOT / "authorities" / "helsinki" / "published"
PAGES = Path(__file__).parent / "pages"
TODAY = date(2026, 11, 22)


def published(name: str) -> Draft:
    """Draft of a page of the published statement."""
    path = PUBLISHED / name
    return parse(read_page(path.read_bytes(), path.name), today=TODAY)


def page(name: str) -> Draft:
    """Draft of a test page."""
    path = PAGES / name
    return parse(read_page(path.read_bytes(), path.name), today=TODAY)


def text(content: str) -> Draft:
    """Draft of a text."""
    return parse(read_page(content.encode(), "text.txt"), today=TODAY)


def accounted(draft: Draft) -> None:
    """Every line is accounted for exactly once, and what is placed names an entity."""
    assert [row.line for row in draft.accounting] == list(range(1, len(draft.accounting) + 1))
    keys = {entity.key for entity in draft.entities}
    for row in draft.accounting:
        assert set(row.by) <= keys
        assert bool(row.by) or row.status != "placed"


def names(draft: Draft, relation: str, source: str) -> list[str]:
    """Names at the other end of the relations of one kind of the entity of that name."""
    keys = {entity.key for entity in draft.entities if entity.name == source}
    return [row.target_name for row in draft.related(relation) if row.source in keys]


def codes(draft: Draft) -> list[str]:
    """Codes of the findings."""
    return [finding.code for finding in draft.findings]
