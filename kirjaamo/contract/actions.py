"""The writers of registers: add, change, void, restrict, and the `action` mark of a register's own verbs.

A register's verb returns a record. When the mark names a `measure`, it is recorded on the record's case; when it names a
document (`makes`), the register's Typst template is filled and the PDF joins the case with the metadata that the plan says.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from sys import modules
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, cast

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kirjaamo.cases import actions as cases
from kirjaamo.cases.models import Case
from kirjaamo.contract import breaking, derived, indexing, plain, sifting, telling
from kirjaamo.contract.languages import in_languages
from kirjaamo.contract.record import Declared, Record
from kirjaamo.contract.typed import Party
from kirjaamo.documents import actions as documents
from kirjaamo.documents import typeset
from kirjaamo.documents.models import DocumentState
from kirjaamo.documents.policy import Upload
from kirjaamo.kernel.actions import action as kernel_action
from kirjaamo.kernel.actions import because, running
from kirjaamo.kernel.errors import BadInput, Conflict, NotAllowed, OutOfOrder, Refused
from kirjaamo.subjects.actions import add_subject
from kirjaamo.subjects.models import Subject, SubjectKind
from kirjaamo.tos.models import NodeKind
from kirjaamo.tos.reading import node
from kirjaamo.ui.access import STAFF
from kirjaamo.values.personal_id import PersonalId

if TYPE_CHECKING:
    from kirjaamo.documents.models import Document
    from kirjaamo.kernel.actors import Actor

P = ParamSpec("P")
R = TypeVar("R", bound=Record)
REINDEXED = 2_000
"""How many records get their search rows at a time."""


def action(
    label: object,
    *,
    needs: str,
    measure: str | None = None,
    makes: str | None = None,
    stage: str | None = None,
    when: Callable[[Any], bool] | None = None,
    done: object = "",
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Mark a verb of a register. `needs` is ``read``, ``write`` or ``decide`` of registers, or the full name of a right.

    `when` tells of a record whether the verb can be done to it now: a page offers no other. `done` is what the case's history
    says when the verb was done; without it the verb itself.
    """
    right = needs if "." in needs else f"registers.{needs}"

    def mark(function: Callable[P, R]) -> Callable[P, R]:
        @functools.wraps(function)
        def whole(*args: P.args, **kwargs: P.kwargs) -> R:
            record = function(*args, **kwargs)
            actor = cast("Actor", kwargs["actor"])
            _leave_trace(record, done or label, measure=measure, makes=makes, stage=stage, actor=actor)
            return record

        run = kernel_action(label, needs=right, measure=measure, makes=makes)(whole)
        run.info.when = when  # type: ignore[attr-defined]
        return run

    return mark


def _leave_trace(record: Record, label: object, *, measure: str | None, makes: str | None, stage: str | None, actor: Actor) -> None:
    if record.case is None or (measure is None and makes is None):
        return
    document = make_document(record, makes, actor=actor) if makes else None
    step = node(record.case.revision, NodeKind.STAGE, stage) if stage else None
    case = Case.objects.select_for_update().get(pk=record.case.pk)  # the verb may have changed the case since it was read
    cases.record(case, actor=actor, kind=measure or "document", label=in_languages(label), stage=step, document=document)


def make_document(record: Record, type_code: str, *, actor: Actor) -> Document:
    """Fill the register's template of a document type and put the PDF among the documents, signed by who acts."""
    assert record.case is not None  # noqa: S101 - callers have a case
    kind = node(record.case.revision, NodeKind.DOCUMENT, type_code)
    language, author = record.case.language, str(getattr(actor, "name", actor.actor_ref))
    data = {
        "lang": language,
        "date": timezone.localdate().isoformat(),
        "title": kind.title.get(language) or kind.title["fi"],
        "by": author,
        **record.letter(type_code),
    }
    pdf = typeset.make_pdf(type_code, data, root=Path(str(modules[type(record).__module__].__file__)).parent / "typst")
    draft = documents.Draft(
        title=kind.title["fi"],
        type_code=type_code,
        metadata=documents.Metadata.of(kind),
        language=language,
        node=kind,
        uploads=[Upload(f"{type_code}.pdf", pdf, "application/pdf")],
    )
    return documents.compose(draft, author=author, actor=actor, state=DocumentState.SIGNED)


@kernel_action("Lisää", needs=STAFF)
def create(record: R, *, actor: Actor) -> R:
    """Validate and store a new record."""
    _ask(type(record), actor)
    _validate(record)
    _write(record, force_insert=True)
    return record


@kernel_action("Muuta", needs=STAFF)
def change(record: R, values: Mapping[str, Any], *, version: int, actor: Actor) -> R:
    """Change fields of a record as they stood at `version`; someone else's change in between is a `Conflict`."""
    _ask(type(record), actor)
    held: R = type(record)._default_manager.select_for_update().get(pk=record.pk)  # type: ignore[assignment]
    if held.version != version:
        raise Conflict
    for name, value in values.items():
        setattr(held, name, value)
    _validate(held)
    held.version = version + 1
    _write(held, update_fields=[*values, "version", "changed_at"])
    return held


@kernel_action("Mitätöi", needs=STAFF)
def void(record: R, reason: str, *, actor: Actor) -> R:
    """Mark a record as void with a reason; it stays in sight."""
    _ask(type(record), actor)
    if not reason.strip():
        raise BadInput(_("Kerro, miksi tieto mitätöidään."), code="contract.reason_missing", field="reason")
    because(reason)
    record.voided_at, record.void_reason, record.version = timezone.now(), reason, record.version + 1
    record.save(update_fields=["voided_at", "void_reason", "version", "changed_at"])
    return record


@kernel_action("Kerro, mikä on päättynyt", needs="retention.tell")
def tell_register(register: Declared, since: dt.date, *, actor: Actor) -> int:
    """Tell the cases what ended in a register on a day or later, unless it was told already; return how many events were told."""
    cases = {case for model in register.models for ending in model.endings for case in telling.ended(model, ending, since)}
    return telling.tell(register, cases, actor=actor) if cases else 0


@kernel_action("Rajoita käsittelyä", needs="requests.answer")
def restrict_records(register: Declared, subject: int, *, reason: str, actor: Actor) -> int:
    """Mark a person's records of a register as restricted (GDPR 18)."""
    del actor
    because(reason)
    count = 0
    for model in register.models:
        concerned = derived.concerns(model, subject)
        if concerned is not None:
            rows = model._default_manager.filter(concerned, restricted_at=None)
            count += rows.update(restricted_at=timezone.now(), version=F("version") + 1)
    return count


@kernel_action("Tee tietueiden hakurivit uudelleen", needs="organisation.manage")
def reindex(registers: Iterable[Declared], *, actor: Actor) -> int:
    """Make the search rows anew of each kind whose open fields are no longer those that they were made of; return how many kinds.

    A class of publicity is no column: changing it makes no migration, but what is no longer open must not be found by it.
    """
    del actor
    kinds = [model for register in registers for model in register.models if indexing.stale(model)]
    for model in kinds:
        indexing.of_kind(model).delete()
        rows = model._default_manager.order_by("pk").iterator(chunk_size=REINDEXED)
        while some := list(islice(rows, REINDEXED)):
            indexing.written(some)
    return len(kinds)


def _ask(model: type[Record], actor: Actor) -> None:
    """Ask the right of the record's own register, unless a verb (which asked for its own) is what runs."""
    if running().info.function.__module__ == __name__ and not actor.may(model.write_right(), model):
        raise NotAllowed(model.write_right())


# Plain writing: what a register allows without a verb of its own ------------------------------------------------------------


@kernel_action(_("Lisää tieto"), needs=STAFF)
def add(model: type[R], values: Mapping[str, Any], *, actor: Actor) -> R:
    """Store a new record of plain values (`Record.adds`); a party that is not known yet is made."""
    _ask(model, actor)
    return create(model(**_settled(plain.addable(model), values, actor)), actor=actor)


@kernel_action(_("Muuta tietoja"), needs=STAFF)
def edit(record: R, values: Mapping[str, Any], *, version: int, actor: Actor) -> R:
    """Change plain values of a record (`Record.edits`) as it stood at `version`."""
    _ask(type(record), actor)
    if reason := plain.why_not(record):
        if record.restricted_at is not None and record.voided_at is None:
            raise Refused(reason, code="contract.restricted", section=plain.RESTRICTED)
        raise OutOfOrder(reason, code="contract.fixed")
    return change(record, _settled(plain.editable(type(record)), values, actor), version=version, actor=actor)


@kernel_action(_("Mitätöi"), needs=STAFF)
def strike(record: R, reason: str, *, actor: Actor) -> R:
    """Void a record as such, when nothing rests on it that has to be voided first."""
    _ask(type(record), actor)
    if kept := plain.why_kept(record):
        raise OutOfOrder(kept, code="contract.relied_on")
    return void(record, reason, actor=actor)


@kernel_action(_("Muuta monta tietoa"), needs=STAFF)
def edit_many(model: type[Record], chosen: Mapping[int, int], values: Mapping[str, Any], *, actor: Actor) -> int:
    """Give many records the same plain values, all or none. `chosen`: the version of each record as it was shown, by key."""
    _ask(model, actor)
    settled = _settled(plain.editable(model), values, actor)
    held = list(model._default_manager.select_for_update().filter(pk__in=chosen).order_by("pk"))
    if len(held) != len(chosen) or any(row.version != chosen[row.pk] for row in held):
        raise Conflict
    refused = judged_many(held, settled)
    if refused:
        row, reason = refused[0]
        raise OutOfOrder(f"{row}: {reason}", code="contract.bulk_refused")
    changed = model._default_manager.filter(pk__in=chosen).update(**settled, version=F("version") + 1, changed_at=running().at)
    indexing.written(model._default_manager.filter(pk__in=chosen))
    return changed


def judged_many(rows: Sequence[Record], values: Mapping[str, Any]) -> list[tuple[Record, str]]:
    """Which of the rows may not take the values, each with its reason: its state, its own rules, the database. Nothing is changed."""
    refused = [(row, reason) for row in rows if (reason := plain.why_not(row) or _own_rules(row, values))]
    barred = {row.pk for row, _reason in refused}
    trying = [row.pk for row in rows if row.pk not in barred]
    with transaction.atomic():
        sifting.judge_at_once()
        held = _tried(type(rows[0]), trying, values) if trying else []
        transaction.set_rollback(True)
    by_key = {row.pk: row for row in rows}
    return refused + [(by_key[key], refusal.told()) for key, refusal in held]


def _tried(model: type[Record], keys: Sequence[int], values: Mapping[str, Any]) -> list[tuple[int, Refused]]:
    """What the database says of the values, written as sets past the journal: the caller rolls back."""
    plain_rows: QuerySet[Any] = QuerySet(model)
    return sifting.sift(keys, lambda some: plain_rows.filter(pk__in=some).update(**values), model)


def _own_rules(row: Record, values: Mapping[str, Any]) -> str:
    before = {name: getattr(row, name) for name in values}
    try:
        for name, value in values.items():
            setattr(row, name, value)
        row.clean()
    except ValidationError as error:
        return " ".join(error.messages)
    finally:
        for name, value in before.items():
            setattr(row, name, value)
    return ""


def _settled(allowed: plain.Fields, values: Mapping[str, Any], actor: Actor) -> dict[str, Any]:
    """The values as the fields take them, each party found or made; a field that is not open to plain writing is refused."""
    closed = [name for name in values if name not in allowed]
    if closed:
        raise BadInput(_("Tätä tietoa ei kirjoiteta sellaisenaan: %(names)s.") % {"names": ", ".join(closed)}, code="contract.closed_field")
    told = {name: plain.told_value(allowed[name], value) for name, value in values.items()}
    return {name: party_of(value, actor) if isinstance(value, Party) else value for name, value in told.items()}


def party_of(party: Party, actor: Actor) -> Subject:
    """The party of a code; a new one needs its name."""
    if isinstance(party.code, PersonalId):
        known = Subject.by_personal_id(party.code)
    else:
        known = Subject.objects.filter(business_id=str(party.code)).order_by("id").first()
    if known is not None:
        return known
    if not party.name:
        raise BadInput(_("Tunnuksella ei löydy osapuolta. Kirjoita nimi tunnuksen perään."), code="contract.party_unknown")
    if isinstance(party.code, PersonalId):
        return add_subject(party.name, actor=actor, personal_id=party.code)
    return add_subject(party.name, actor=actor, kind=SubjectKind.ORGANISATION, business_id=str(party.code))


# How a row is written -------------------------------------------------------------------------------------------------------


def _validate(record: Record) -> None:
    try:
        record.full_clean(validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise BadInput(" ".join(messages), code="contract.invalid", field=field) from error
    breaking.judge(record)


def _write(record: Record, **how: Any) -> None:
    """Save; when another transaction was first, say the sentence of the constraint that refused."""
    try:
        with transaction.atomic():
            record.save(**how)
    except IntegrityError as error:
        if "constraint" not in str(error):
            raise
        raise sifting.refusal(type(record), error, record) from error
