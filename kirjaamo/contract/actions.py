"""The writers of registers: add, change, void, restrict, and the `action` mark of a register's own verbs.

A register's verb returns a record. When the mark names a `measure`, it is recorded on the record's case; when it names a
document (`makes`), the register's Typst template is filled and the PDF joins the case with the metadata that the plan says.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from pathlib import Path
from sys import modules
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, cast

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kirjaamo.cases import actions as cases
from kirjaamo.cases.models import Case
from kirjaamo.contract import derived
from kirjaamo.contract.languages import in_languages
from kirjaamo.contract.record import Declared, Record
from kirjaamo.documents import actions as documents
from kirjaamo.documents import typeset
from kirjaamo.documents.models import DocumentState
from kirjaamo.documents.policy import Upload
from kirjaamo.kernel.actions import action as kernel_action
from kirjaamo.kernel.actions import because
from kirjaamo.kernel.errors import Conflict, Refused
from kirjaamo.tos.models import NodeKind
from kirjaamo.tos.reading import node

if TYPE_CHECKING:
    from kirjaamo.documents.models import Document
    from kirjaamo.kernel.actors import Actor

P = ParamSpec("P")
R = TypeVar("R", bound=Record)


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
    language = record.case.language
    data = {
        "lang": language,
        "date": timezone.localdate().isoformat(),
        "title": kind.title.get(language) or kind.title["fi"],
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
    return documents.compose(draft, author=getattr(actor, "name", actor.actor_ref), actor=actor, state=DocumentState.SIGNED)


@kernel_action("Lisää", needs="registers.write")
def create(record: R, *, actor: Actor) -> R:
    """Validate and store a new record."""
    del actor
    _validate(record)
    _write(record, force_insert=True)
    return record


@kernel_action("Muuta", needs="registers.write")
def change(record: R, values: Mapping[str, Any], *, version: int, actor: Actor) -> R:
    """Change fields of a record as they stood at `version`; someone else's change in between is a `Conflict`."""
    del actor
    held: R = type(record)._default_manager.select_for_update().get(pk=record.pk)  # type: ignore[assignment]
    if held.version != version:
        raise Conflict
    for name, value in values.items():
        setattr(held, name, value)
    _validate(held)
    held.version = version + 1
    _write(held, update_fields=[*values, "version", "changed_at"])
    return held


@kernel_action("Mitätöi", needs="registers.write")
def void(record: R, reason: str, *, actor: Actor) -> R:
    """Mark a record as void with a reason; it stays in sight."""
    del actor
    if not reason.strip():
        raise Refused(_("Kerro, miksi tieto mitätöidään."), code="contract.reason_missing", field="reason")
    because(reason)
    record.voided_at, record.void_reason, record.version = timezone.now(), reason, record.version + 1
    record.save(update_fields=["voided_at", "void_reason", "version", "changed_at"])
    return record


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


def _validate(record: Record) -> None:
    try:
        record.full_clean()
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise Refused(" ".join(messages), code="contract.invalid", field=field) from error


def _write(record: Record, **how: Any) -> None:
    """Save; when another transaction was first, say the sentence of the constraint that refused."""
    try:
        with transaction.atomic():
            record.save(**how)
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
        broken = next((c for c in record._meta.constraints if c.name == name), None)
        if broken is None:
            raise
        raise Refused(broken.violation_error_message, code=str(name)) from error
