"""The narrative: opened by who has a relation, with an entry in the log; written by adding, corrected by adding."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kirjaamo.contract.actions import action, create
from kirjaamo.contract.forms import Ask
from kirjaamo.kernel import vault
from kirjaamo.kernel.actions import action as kernel_action
from kirjaamo.kernel.errors import BadInput
from kirjaamo.mechanisms.confidential.sealed import Sealed
from kirjaamo.norms import clocks
from kirjaamo.registers.education.student_welfare import access
from kirjaamo.registers.education.student_welfare.actions.relations import table_of
from kirjaamo.registers.education.student_welfare.bases import ClientBase, NoteBase, RelationBase, StatementBase, UseBase
from kirjaamo.registers.education.student_welfare.calendar import refuse, refuse_moved
from kirjaamo.registers.education.student_welfare.choices import ClientState, NoteKind, Profession, Purpose
from kirjaamo.registers.education.student_welfare.rules.problems import future_problem
from kirjaamo.values.deadlines import shift
from kirjaamo.values.language import Text3

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor

WRITTEN = Text3("Merkinnän päivä", "Anteckningens dag", "The day of the entry")
LOG_KEPT = "use-log-kept"


@dataclass(frozen=True)
class Opened:
    """An entry with its text, for who may read it."""

    note: NoteBase
    text: str


def log_use(client: ClientBase, what: str, purpose: str, *, actor: Actor) -> UseBase:
    """Add a line to the use log: who, when, why and what (703/2023 § 10). Within the action that opens something."""
    rule, today = clocks.rule(LOG_KEPT, timezone.localdate()), timezone.localdate()
    row = table_of(client, "uses")(
        client=client,
        used_at=timezone.now(),
        retention_due=shift(today, rule.amount, rule.unit),
        actor=actor.actor_ref,
        user_name=getattr(actor, "name", actor.actor_ref),
        purpose=purpose,
        what=what,
    )
    made: UseBase = create(row, actor=actor)
    return made


@kernel_action(_("Avaa kertomus"), needs=access.WORK)
def open_story(client: ClientBase, *, actor: Actor) -> Sequence[Opened]:
    """The entries with their texts, the oldest first. Refused without a relation in force; each opening stands in the log."""
    access.must_work(client, actor)
    relation = access.must_relate(client, actor)
    log_use(client, "Kertomus", relation.purpose if relation else Purpose.OVERSIGHT, actor=actor)
    return [Opened(note, note.body.reveal()) for note in client.notes.order_by("written_on", "pk")]  # type: ignore[attr-defined]


@kernel_action(_("Avaa arvio"), needs=access.WORK)
def open_assessment(statement: StatementBase, *, actor: Actor) -> str:
    """The professional's assessment behind a statement of will; opened and logged as the narrative is."""
    client: ClientBase = statement.client  # type: ignore[attr-defined]
    access.must_work(statement, actor)
    relation = access.must_relate(client, actor)
    log_use(client, str(statement), relation.purpose if relation else Purpose.OVERSIGHT, actor=actor)
    return statement.assessment.reveal() if statement.assessment else ""


def _in_hand(client: ClientBase) -> bool:
    return bool(client.state == ClientState.OPEN)


@action(_("Kirjaa kertomukseen"), needs=access.WORK, when=_in_hand)
def add_note(
    client: ClientBase,
    written_on: Annotated[dt.date, Ask(_("Päivä"))],
    kind: Annotated[NoteKind, Ask(_("Laji"))],
    text: Annotated[str, Ask(_("Merkintä"), long=True, hint=_("Kirjaa vain tehtävän kannalta tarpeellinen. Merkintää ei voi muuttaa."))],
    *,
    actor: Actor,
) -> NoteBase:
    """Add an entry with its author and profession. It is never changed."""
    access.must_work(client, actor)
    relation = access.must_relate(client, actor)
    refuse_moved(client.register.holding, written_on)  # type: ignore[attr-defined]
    refuse(future_problem(WRITTEN, written_on, timezone.localdate(), field="written_on"))
    if kind == NoteKind.CORRECTION:
        sentence = _("Lajiksi on valittu oikaisu. Tee oikaisu siltä merkinnältä, jota se koskee.")
        raise BadInput(sentence, code="student_welfare.correction", field="kind")
    return _stored(client, written_on, kind, text, relation, actor=actor)


def _stored(
    client: ClientBase,
    day: dt.date,
    kind: NoteKind,
    text: str,
    relation: RelationBase | None,
    *,
    actor: Actor,
    corrects: NoteBase | None = None,
) -> NoteBase:
    """An entry; the keyed hash of its text goes into the journal, so that a later change would show."""
    row = table_of(client, "notes")(
        client=client,
        written_on=day,
        kind=kind,
        author=getattr(actor, "name", actor.actor_ref),
        profession=relation.profession if relation else Profession.OTHER,
        body=Sealed.of(text),
        digest=vault.fingerprint(text),
        corrects=corrects,
        retention_due=client.retention_due,
    )
    made: NoteBase = create(row, actor=actor)
    return made


@action(_("Oikaise merkintä"), needs=access.WORK)
def correct_note(note: NoteBase, text: Annotated[str, Ask(_("Oikaistu teksti"), long=True)], *, actor: Actor) -> NoteBase:
    """Correct an entry by a new one that names it; the first stays. Also where entries are otherwise written elsewhere (GDPR 16)."""
    access.must_work(note, actor)
    client: ClientBase = note.client  # type: ignore[attr-defined]
    relation = access.must_relate(client, actor)
    return _stored(client, timezone.localdate(), NoteKind.CORRECTION, text, relation, actor=actor, corrects=note)
