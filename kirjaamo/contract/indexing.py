"""How records are found by the one search: by the words of their open text fields, within the registers that a person may read.

A field that is not open is not in the table, so no right has to keep it there: people are found as parties, and by a register's keys.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from kirjaamo.contract import derived
from kirjaamo.kernel.facts import facts_of
from kirjaamo.kernel.fields import Choice
from kirjaamo.kernel.models import SearchRow
from kirjaamo.kernel.search_text import document_vector

if TYPE_CHECKING:
    from kirjaamo.contract.record import Record
    from kirjaamo.contract.register import Register
    from kirjaamo.kernel.actors import Actor

SOURCE = "records"
LONGEST = 2_000


def words_of(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """The fields whose words find a record: open text that people write, no choices and no numbers."""
    own = derived.own_fields(model)
    return [f for f in own if isinstance(f, models.CharField | models.TextField) and not isinstance(f, Choice) and facts_of(f).open]


def written(records: Iterable[Record]) -> None:
    """Write the search rows of records anew, within the action that wrote them; one without open words has none."""
    rows = [row for record in records if (row := _row(record)) is not None]
    if rows:
        anew = ["title", "text", "vector", "at"]
        SearchRow.objects.bulk_create(rows, update_conflicts=True, unique_fields=["source", "key", "language"], update_fields=anew)


def _row(record: Record) -> SearchRow | None:
    texts = {field.name: str(getattr(record, field.name) or "") for field in words_of(type(record))}
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
        at=record.made_at,
        weight=0.8,
        vector=document_vector(texts, "fi"),
    )


class Records:
    """The records of the registers in use."""

    source = SOURCE
    translated = False

    def __init__(self, registers: Mapping[str, Register]) -> None:
        self.registers = registers

    @property
    def kinds(self) -> Mapping[str, object]:
        """Each register by its title."""
        return {slug: register.title for slug, register in self.registers.items()}

    def addresses(self, keys: Sequence[str]) -> Mapping[str, str]:
        """The pages of records."""
        return {key: reverse("record", args=key.split("/")) for key in keys}

    def findable(self, actor: Actor, at: dt.datetime) -> Q | None:
        """The registers that the actor may read."""
        del at
        open_to = [slug for slug, register in self.registers.items() if actor.may(register.read, register)]
        return Q(kind__in=open_to) if open_to else None
