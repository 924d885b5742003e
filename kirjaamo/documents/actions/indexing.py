"""What of a document can be found by words: its title always, its text only where the text is no secret."""

from __future__ import annotations

from collections.abc import Sequence

from kirjaamo.documents.models import Document, FileText
from kirjaamo.kernel.models import SearchRow
from kirjaamo.kernel.search_text import document_vector
from kirjaamo.values.publicity import Publicity

SOURCE = "documents"
SHOWN = 50_000
"""Characters of the text that are kept beside the words, for the part that a result shows."""
OPEN_TEXTS = frozenset({Publicity.PUBLIC.value, Publicity.NOT_YET_PUBLIC.value})


def refresh(document: Document) -> None:
    """Write the document's search row anew, within an action: after its text was read, and after what was decided of it changed.

    The text of a secret or partly secret document never enters the table.
    """
    text = ""
    if document.publicity in OPEN_TEXTS:
        newest = FileText.objects.filter(file__document=document).order_by("-file__version").values_list("text", "names").first()
        text = "\n".join([newest[0], *newest[1]]) if newest else ""
    SearchRow.objects.filter(source=SOURCE, key=str(document.pk)).delete()
    _row(document, text).save(force_insert=True)


def add(documents: Sequence[Document]) -> None:
    """Write the search rows of new documents that have no file to be read (one statement)."""
    SearchRow.objects.bulk_create([_row(document, "") for document in documents])


def _row(document: Document, text: str) -> SearchRow:
    return SearchRow(
        source=SOURCE,
        key=str(document.pk),
        ref=document.pk,
        language=document.language,
        kind="document",
        title=document.title,
        text=text[:SHOWN],
        facets={"year": str(document.registered_at.year)},
        at=document.arrived_at or document.made_at,
        weight=0.9,
        vector=document_vector(
            {"title": document.title, "again": document.title, "identifier": document.identifier, "text": text}, document.language
        ),
    )
