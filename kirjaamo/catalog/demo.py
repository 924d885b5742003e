"""The demo's description: version 1, published before the city's own pages wait as drafts for a review."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from kirjaamo.catalog import content, drafting, gate, importing
from kirjaamo.catalog.actions import publish, reindex, store_draft
from kirjaamo.catalog.commands import page_bytes
from kirjaamo.catalog.models import Publication
from kirjaamo.kernel.actors import Machine

ACTOR = Machine("demo")
REASON = "Esittelyversio. Selvittämättömät tiedot näkyvät sivuilla merkinnällä Ei tiedossa, ja ne kysytään toimialoilta."


def make(report: Callable[[int, int, str], None]) -> None:
    """Publish the description unless something is missing of it, and read the published pages that the packs hold."""
    reindex(actor=ACTOR)
    if not Publication.objects.exists() and not gate.judge(content.build()).missing:
        publish(actor=ACTOR, acknowledged=REASON, note="Ensimmäinen versio")
    paths = published_pages()
    report(0, len(paths), "published pages")
    pages = [importing.read_page(page_bytes(path), path.name) for path in paths]
    drafts = [importing.parse(page) for page in pages]
    matching = importing.match(drafts, drafting.known_entries())
    for number, (page, draft) in enumerate(zip(pages, drafts, strict=True), start=1):
        store_draft(page, draft, matching, actor=ACTOR)
        report(number, len(paths), "published pages")


def published_pages() -> list[Path]:
    """The pages as the authorities published them, from the packs beside the program."""
    return sorted((settings.PACKAGE.parent / "authorities").glob("*/published/*.txt"))
