"""The writers of imports: take a file in, judge it, load its good rows, throw it away.

Judging writes the good rows as sets and rolls them back, so that the preview says exactly what the database would refuse. Loading
does the same for good, in one transaction: whole or not at all, and one file once.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.db import DataError, IntegrityError, connection, connections, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from kirjaamo.contract import indexing, plain, sifting
from kirjaamo.contract.importing import judging, staging
from kirjaamo.contract.importing.judging import Fault, Judged
from kirjaamo.contract.models import Import, ImportChunk, ImportFault, ImportState
from kirjaamo.contract.record import Record
from kirjaamo.contract.register import REGISTERS
from kirjaamo.kernel import vault
from kirjaamo.kernel.actions import action, running
from kirjaamo.kernel.errors import BadInput, NotAllowed, OutOfOrder, Refused
from kirjaamo.kernel.rows import copy_in
from kirjaamo.subjects.models import Subject, SubjectKind
from kirjaamo.ui import wording
from kirjaamo.ui.access import STAFF
from kirjaamo.values.personal_id import PersonalId

if TYPE_CHECKING:
    from kirjaamo.contract.importing.staging import Staging
    from kirjaamo.contract.typed import Party
    from kirjaamo.kernel.actors import Actor

CHUNK = 500
KEPT_DAYS = 7
"""A file that nobody loads is thrown away after this many days: it may hold identity codes."""
LOCK = 7_210_911


def model_of(batch: Import) -> type[Record]:
    """The kind of record that a file is for."""
    model = REGISTERS[batch.register].kind(batch.kind)
    assert model is not None  # noqa: S101 - a file is taken in for a kind that there is
    return model


def _ask(model: type[Record], actor: Actor) -> None:
    if not actor.may(model.write_right(), model):
        raise NotAllowed(model.write_right())


@action(gettext_lazy("Lue tiedosto"), needs=STAFF)
def stage(model: type[Record], rows: Iterable[Sequence[str]], sha256: str, *, language: str, actor: Actor) -> Import:
    """Take the rows of a file in, sealed and by hundreds; the first row is the heads. Nothing of it is in the register yet."""
    _ask(model, actor)
    _throw_old(running().at)
    walk = iter(rows)
    heads = list(next(walk, []))
    if not heads or not plain.addable(model):
        raise BadInput(_("Tiedostossa ei ole otsikkoriviä ja tietoja."), code="contract.file_empty", field="file")
    batch = Import.of(
        register=model.register.slug,
        kind=str(model._meta.model_name),
        sha256=sha256,
        heads=heads,
        mapping=judging.guessed(model, heads),
        language=language,
        made_by=actor.actor_ref,
    )
    total = 0
    while some := list(islice(walk, CHUNK)):
        ImportChunk.of(batch=batch, first=total + 2, sealed=vault.seal(json.dumps(some)))
        total += len(some)
    if not total:
        raise BadInput(_("Tiedostossa on vain otsikot."), code="contract.file_empty", field="file")
    batch.total = total
    batch.save(update_fields=["total"])
    return batch


def _throw_old(now: dt.datetime) -> None:
    stale = Import.objects.filter(made_at__lt=now - dt.timedelta(days=KEPT_DAYS)).exclude(state=ImportState.LOADED)
    if stale.exists():
        stale.delete()


@action(gettext_lazy("Kohdista sarakkeet"), needs=STAFF)
def map_columns(batch: Import, mapping: Mapping[str, str], *, actor: Actor) -> Import:
    """Say which field each column is; a field that every record needs must have its column."""
    model = model_of(batch)
    _ask(model, actor)
    told = {number: name for number, name in mapping.items() if name}
    if wrong := _wrongly_mapped(model, told):
        raise BadInput(
            _("Kohdista kukin tieto yhteen sarakkeeseen. Useampaan on kohdistettu: %(names)s.") % {"names": ", ".join(wrong)},
            code="contract.mapping_twice",
        )
    if lacking := judging.missing(model, told):
        raise BadInput(
            _("Näille tiedoille on kohdistettava sarake: %(names)s.") % {"names": ", ".join(lacking)}, code="contract.mapping_lacks"
        )
    batch.mapping, batch.state, batch.done = told, ImportState.CHECKING, 0
    batch.save(update_fields=["mapping", "state", "done"])
    return batch


def _wrongly_mapped(model: type[Record], told: Mapping[str, str]) -> list[str]:
    """The labels of the fields that have two columns or more, and the names that are none of the record's."""
    fields, names = plain.addable(model), list(told.values())
    twice = [str(field.verbose_name) for name, field in fields.items() if names.count(name) > 1]
    return twice + [name for name in dict.fromkeys(names) if name not in fields]


@action(gettext_lazy("Tarkista tiedosto"), needs=STAFF)
def check(batch: Import, *, actor: Actor) -> Import:
    """Judge every row by the record's own rules and by the database, and name every bad one. Nothing stays in the register."""
    model = model_of(batch)
    _ask(model, actor)
    _alone(batch)
    faults: list[Fault] = []
    with override(batch.language):
        with transaction.atomic():
            for _loaded, found in _walk(batch, model, keep=False):
                faults += found
            transaction.set_rollback(True)
        batch.faults.all().delete()
        ImportFault.objects.bulk_create(
            [ImportFault(batch=batch, line=f.line, column=f.column[:200], reason=f.reason) for f in faults], batch_size=CHUNK
        )
    batch.state, batch.bad, batch.done, batch.failure = ImportState.CHECKED, len(faults), batch.total, ""
    batch.save(update_fields=["state", "bad", "done", "failure"])
    return batch


@action(gettext_lazy("Lataa tiedosto"), needs=STAFF)
def load(batch: Import, *, actor: Actor) -> Import:
    """Load the rows of a checked file that the check found good, in one transaction: all of them or none.

    A second load of the same file is refused; a retry finds the first.
    """
    model = model_of(batch)
    _ask(model, actor)
    _alone(batch)
    batch.refresh_from_db()
    if batch.state == ImportState.LOADED:
        return batch
    if batch.state not in {ImportState.CHECKED, ImportState.LOADING}:
        told = {"state": batch.get_state_display()}
        raise OutOfOrder(_("Tarkista tiedosto ennen lataamista. Sen vaihe on nyt: %(state)s.") % told, code="contract.not_checked")
    earlier = Import.objects.filter(register=batch.register, kind=batch.kind, sha256=batch.sha256, state=ImportState.LOADED).first()
    if earlier is not None:
        raise _loaded(earlier)
    loaded = 0
    with override(batch.language):
        for count, found in _walk(batch, model, keep=True):
            loaded += count
            if found:
                raise OutOfOrder(
                    _("Rekisteri muuttui tarkistuksen jälkeen: rivi %(line)d ei enää kelpaa (%(reason)s). Tarkista tiedosto uudelleen.")
                    % {"line": found[0].line, "reason": found[0].reason.rstrip(".")},
                    code="contract.check_again",
                )
    batch.chunks.all().delete()
    batch.state, batch.loaded, batch.loaded_at, batch.done = ImportState.LOADED, loaded, running().at, batch.total
    batch.save(update_fields=["state", "loaded", "loaded_at", "done"])
    return batch


@action(gettext_lazy("Hylkää tiedosto"), needs=STAFF)
def discard(batch: Import, *, actor: Actor) -> None:
    """Throw a file away that is not loaded."""
    _ask(model_of(batch), actor)
    if batch.state == ImportState.LOADED:
        raise _loaded(batch)
    batch.delete()


def _loaded(batch: Import) -> OutOfOrder:
    told = {"moment": wording.moment(batch.loaded_at or batch.made_at), "loaded": batch.loaded}
    sentence = _("Sama tiedosto on jo ladattu tähän rekisteriin %(moment)s, %(loaded)d riviä. Sinun ei tarvitse tehdä mitään.")
    return OutOfOrder(sentence % told, code="a_file_is_loaded_once")


@action(gettext_lazy("Merkitse tuonnin vaihe"), needs=STAFF)
def mark(batch: Import, state: ImportState, *, actor: Actor, failure: str = "") -> Import:
    """Say that the work on a file is under way, or that it broke off and why."""
    _ask(model_of(batch), actor)
    batch.state, batch.failure, batch.done = state, failure, 0
    batch.save(update_fields=["state", "failure", "done"])
    return batch


def _alone(batch: Import) -> None:
    """One at a time works on a file; the other is told to wait."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [LOCK, batch.pk % 2**31])
        if not cursor.fetchone()[0]:
            raise OutOfOrder(_("Tiedostoa käsitellään juuri nyt. Odota hetki."), code="contract.busy")


# The rows of a file, some hundreds at a time --------------------------------------------------------------------------------


def _walk(batch: Import, model: type[Record], *, keep: bool) -> Iterator[tuple[int, list[Fault]]]:
    """Write chunk after chunk; yield how many rows were written and what is wrong in the rest. Memory holds one chunk.

    `keep` writes through the journal, without the rows that are known to be bad; without it the caller rolls everything back.
    """
    heads = {name: batch.heads[int(number)] for number, name in batch.mapping.items()}
    bad = set(batch.faults.values_list("line", flat=True)) if keep else set()
    done = 0
    sifting.judge_at_once()
    staged = staging.lay(model)
    for chunk in batch.chunks.iterator(chunk_size=4):
        cells = json.loads(vault.unseal(bytes(chunk.sealed)))
        rows = [row for row in enumerate(cells, start=chunk.first) if row[0] not in bad]
        faults: list[Fault] = []
        good: list[Judged] = []
        for one in judging.judge(model, batch.heads, batch.mapping, rows):
            (faults if isinstance(one, Fault) else good).append(one)  # type: ignore[arg-type]
        faults += _with_parties(good, heads, keep=keep)
        refused = _take(staged, good, keep=keep)
        faults += [Fault(one.line, heads.get(told.field or "", ""), told.told()) for one, told in refused]
        done += len(cells)
        _tell(batch, done)
        yield len(good) - len(refused), sorted(faults, key=lambda fault: fault.line)


def _with_parties(good: list[Judged], heads: Mapping[str, str], *, keep: bool) -> list[Fault]:
    """Give each row its parties, making those that are new; rows whose party cannot be made leave the list as faults."""
    known = judging.known_parties(good)
    new = judging.new_parties(good, known)
    faults = [fault for one in good if (fault := judging.nameless(one, {*known, *new}, heads))]
    barred = {fault.line for fault in faults}
    good[:] = [one for one in good if one.line not in barred]
    made = [_subject(party) for party in new.values()]
    plain_rows: QuerySet[Subject] = QuerySet(Subject)
    (Subject.objects.all() if keep else plain_rows).bulk_create(made)
    known |= dict(zip(new, made, strict=True))
    for one in good:
        for name, party in one.parties.items():
            setattr(one.record, name, known[judging.code_key(party)])
    return faults


def _subject(party: Party) -> Subject:
    if isinstance(party.code, PersonalId):
        subject = Subject(name=party.name)
        subject.set_personal_id(party.code)
    else:
        subject = Subject(name=party.name, kind=SubjectKind.ORGANISATION, business_id=str(party.code))
    subject.sortable()
    return subject


def _take(staged: Staging, good: Sequence[Judged], *, keep: bool) -> list[tuple[Judged, Refused]]:
    """Write what the database takes and return the rest with its reasons: as sets, row by row only what is refused."""
    try:
        with transaction.atomic():
            return _as_sets(staged, good, keep=keep)
    except (IntegrityError, DataError):  # what a set cannot tell apart, such as a link to what has just gone
        return sifting.sift(good, lambda some: _write(staged.model, some, keep=keep), staged.model)


def _as_sets(staged: Staging, good: Sequence[Judged], *, keep: bool) -> list[tuple[Judged, Refused]]:
    """Stage the rows, leave those that break a check of their own, insert the others, and ask of each that conflicts what it breaks."""
    model, records = staged.model, [one.record for one in good]
    for record, key in zip(records, model._default_manager.take_keys(len(records)), strict=True):
        record.pk = key
    _stage(model, records)
    broken = staged.broken()
    written = _insert(staged, list(broken))
    if keep and written:
        running().wrote_many(model._meta.label_lower, "create", [*sorted(written)])
        indexing.written([record for record in records if record.pk in written], new=True)
    refused = [(one, sifting.broken_constraint(model, broken[one.record.pk])) for one in good if one.record.pk in broken]
    for one in good:
        if one.record.pk not in written and one.record.pk not in broken:
            refused += sifting.sift([one], lambda some: _write(model, some, keep=keep), model)
    return refused


def _stage(model: type[Record], records: Sequence[Record]) -> None:
    """Put some records, each with its key, in place of those that were staged before."""
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {staging.TABLE}")
    copy_in(model, records, staging.TABLE)


def _insert(staged: Staging, but: list[int]) -> set[int]:
    """Insert what is staged, but some, in the order of the file; what conflicts with another row is passed over. Return the keys."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {staged.table} ({staged.columns}) SELECT {staged.columns} FROM {staging.TABLE}"  # noqa: S608 - our names
            " WHERE NOT id = ANY(%s) ORDER BY id ON CONFLICT DO NOTHING RETURNING id",
            [but],
        )
        return {key for (key,) in cursor.fetchall()}


def _write(model: type[Record], some: Sequence[Judged], *, keep: bool) -> None:
    """Insert rows as a set: through the journal, or past it when they are rolled back."""
    records: list[Any] = [one.record for one in some]
    for record in records:
        record.pk, record._state.adding = None, True
    (model._default_manager if keep else QuerySet(model)).bulk_create(records)
    if keep:
        indexing.written(records)


def _tell(batch: Import, done: int) -> None:
    """Say how far the work is, past its own transaction, so that whoever waits sees it."""
    if batch.total <= CHUNK * 4 or done % (CHUNK * 4):
        return
    with closing(connections["default"].copy()) as other, other.cursor() as cursor:
        cursor.execute("UPDATE contract_import SET done = %s WHERE id = %s", [done, batch.pk])
