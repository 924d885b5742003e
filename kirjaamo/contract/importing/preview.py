"""What a checked file would bring: its first good rows as the register would show them, read as they will be read when they are loaded."""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from kirjaamo.contract import derived, plain
from kirjaamo.contract.importing import judging
from kirjaamo.contract.importing.judging import Judged
from kirjaamo.kernel import vault
from kirjaamo.ui.parts import Column, Row, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kirjaamo.contract.models import Import
    from kirjaamo.contract.record import Record
    from kirjaamo.subjects.models import Subject

SHOWN = 10


def good_rows(batch: Import, model: type[Record]) -> Table:
    """The first good rows of a checked file: a date as a date, a choice by its word, a party by its name and never by its code."""
    names = [batch.mapping[number] for number in sorted(batch.mapping, key=int)]
    found = list(islice(_judged(batch, model), SHOWN))
    known = judging.known_parties(found)
    columns = [Column("line", _("Rivi"), numeric=True), *(Column(name, str(plain.addable(model)[name].verbose_name)) for name in names)]
    rows = [Row([one.line, *(_cell(one, name, known) for name in names)]) for one in found]
    return Table(_("Näin ensimmäiset kelvolliset rivit tallentuisivat"), columns, rows)


def _judged(batch: Import, model: type[Record]) -> Iterator[Judged]:
    """The rows that the check found good, in the order of the file."""
    bad = set(batch.faults.values_list("line", flat=True))
    for chunk in batch.chunks.iterator(chunk_size=1):
        cells = json.loads(vault.unseal(bytes(chunk.sealed)))
        rows = [row for row in enumerate(cells, start=chunk.first) if row[0] not in bad]
        yield from (one for one in judging.judge(model, batch.heads, batch.mapping, rows) if isinstance(one, Judged))


def _cell(one: Judged, name: str, known: dict[str, Subject]) -> str:
    field = plain.addable(type(one.record))[name]
    if (party := one.parties.get(name)) is not None:
        subject = known.get(judging.code_key(party))
        if subject is None:
            return party.name
        setattr(one.record, name, subject)
    return derived.in_words(one.record, field)
