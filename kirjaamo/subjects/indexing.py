"""How parties are found by words: by name and business id, never by an identity code or contact facts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kirjaamo.kernel.models import SearchRow
from kirjaamo.kernel.search_text import document_vector

if TYPE_CHECKING:
    from kirjaamo.subjects.models import Subject

SOURCE = "parties"
ANEW = {"update_conflicts": True, "unique_fields": ["source", "key", "language"], "update_fields": ["title", "text", "vector"]}
"""How the rows are written: a party that has a row already gets it anew (`SearchRow.objects.bulk_create(rows, **ANEW)`)."""


def rows(subjects: Iterable[Subject | None]) -> list[SearchRow]:
    """The search rows of parties, one each; names are words of no language."""
    return [
        SearchRow(
            source=SOURCE,
            key=str(subject.pk),
            ref=subject.pk,
            language="fi",
            kind="party",
            title=subject.name,
            text=subject.business_id,
            needs="cases.read",
            vector=document_vector({"name": subject.name, "business id": subject.business_id}, "fi"),
        )
        for subject in {one.pk: one for one in subjects if one is not None}.values()
    ]
