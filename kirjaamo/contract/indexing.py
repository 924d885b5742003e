"""By which words records are found in the one search: those of their open text fields (within which registers: `searched`).

A field that is not open is not in the table, so no right has to keep it there: people are found as parties, and by a register's keys.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models

from kirjaamo.kernel.facts import facts_of
from kirjaamo.kernel.fields import Choice
from kirjaamo.kernel.models import SearchRow
from kirjaamo.kernel.search_text import document_vector, learn

SOURCE = "records"
LONGEST = 2_000


def words_of(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """The fields whose words find a record: open text that people write, no choices and no numbers."""
    texts = [f for f in model._meta.concrete_fields if isinstance(f, models.CharField | models.TextField)]
    return [f for f in texts if not isinstance(f, Choice) and facts_of(f).open]


def made_of(model: type[models.Model]) -> str:
    """What tells of which fields the search rows of a kind are made: when it changes, they are made anew before they serve."""
    return ",".join(field.name for field in words_of(model))


def stale(model: Any) -> bool:
    """Whether the search rows of a kind are made of other fields than those that are open now (one or two statements)."""
    rows = of_kind(model)
    told = made_of(model)
    if not told:
        return rows.exists()
    return rows.exclude(facets__of=told).exists() or (not rows.exists() and model._default_manager.exists())


def of_kind(model: Any) -> models.QuerySet[SearchRow]:
    """The search rows of a kind of record."""
    return SearchRow.objects.filter(
        source=SOURCE, kind=model.register.slug, key__startswith=f"{model.register.slug}/{model._meta.model_name}/"
    )


def written(records: Iterable[Any], *, new: bool = False) -> None:
    """Write the search rows of records anew, within the action that wrote them; one without open words has none.

    `new`: the records are new ones, and their rows are poured in.
    """
    told = list(records)
    names = {kind: [field.name for field in words_of(kind)] for kind in {type(record) for record in told}}
    learn(str(getattr(record, name) or "") for record in told for name in names[type(record)])
    rows = [row for record in told if (row := _row(record, names[type(record)])) is not None]
    if rows and new:
        for row, key in zip(rows, SearchRow.objects.take_keys(len(rows)), strict=True):
            row.pk = key
        SearchRow.objects.pour(rows)
    elif rows:
        anew = ["title", "text", "vector", "at", "facets"]
        SearchRow.objects.bulk_create(rows, update_conflicts=True, unique_fields=["source", "key", "language"], update_fields=anew)


def _row(record: Any, names: Sequence[str]) -> SearchRow | None:
    texts = {name: str(getattr(record, name) or "") for name in names}
    told = [text for text in texts.values() if text.strip()]
    if not told:
        return None
    return SearchRow(
        source=SOURCE,
        key=f"{record.register.slug}/{record._meta.model_name}/{record.pk}",
        ref=record.pk,
        language="fi",
        kind=record.register.slug,
        title=" · ".join(told[:2])[:300],
        text=" · ".join(told[2:])[:LONGEST],
        needs=record.register.read,
        facets={"of": ",".join(names)},
        at=record.made_at,
        weight=0.8,
        vector=document_vector(texts, "fi"),
    )
