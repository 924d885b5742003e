"""The register as a source of the program: how it answers requests, keeps a minor's bar, and proposes what is due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kirjaamo.contract import derived, reaching
from kirjaamo.contract.languages import in_languages
from kirjaamo.contract.register import Register, SearchKey
from kirjaamo.kernel.registry import Extract, Found
from kirjaamo.registers.education.student_welfare import access
from kirjaamo.registers.education.student_welfare.bases import ClientBase
from kirjaamo.registers.education.student_welfare.choices import Holding, StatementKind
from kirjaamo.registers.education.student_welfare.rules import will
from kirjaamo.ui import wording
from kirjaamo.values.deadlines import Unit, shift
from kirjaamo.values.problems import ValueProblem
from kirjaamo.values.text import clean

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from kirjaamo.contract.record import Record
    from kirjaamo.kernel.actors import Actor

LOG_YEARS = 2
"""Log data older than this is given for a special reason only (703/2023 § 11)."""


@dataclass(frozen=True)
class AnyOf(SearchKey):
    """A key that is compared with several paths: either guardian, or rows that belong to the client."""

    paths: tuple[str, ...] = ()

    def condition(self, value: str, model: type[Record], path: str = "") -> Q | None:
        """The condition for a value in any of the paths."""
        try:
            text = clean(value, max_length=300).text
        except ValueProblem:
            return None
        ways = [path] if path else self.paths
        found = [one for way in ways if (one := reaching.condition(model, self.kind, way, text)) is not None] if text else []
        return Q(*found, _connector=Q.OR) if found else None


@dataclass
class ConfidentialRegister(Register):
    """A register of confidential casework. `holding` names it among the three that never merge."""

    holding: str = ""

    def find(self, keys: Mapping[str, str], *, actor: Actor) -> Sequence[Found]:
        """Clients that match, each once: what the actor may not see is masked, and a bar is told to whoever answers."""
        found = {one.ref: one for one in super().find(keys, actor=actor)}
        return list(found.values())

    def found(self, row: Record, *, actor: Actor) -> Found:
        """One hit; a bar in force stands beside it even when everything else is masked, since an answer must keep it."""
        told = super().found(row, actor=actor)
        if isinstance(row, ClientBase) and barred(row):
            return replace(told, notice=_("Tietoja ei anneta huoltajalle: alaikäisen kielto (%(law)s).") % {"law": will.BAR_LAW})
        return told

    def extract(self, subject: int, *, actor: Actor) -> Extract:
        """What is held of a person: of a student everything, of a guardian that they are one, unless the minor has barred it.

        The entries' texts are there only when who collects has a relation to the client; otherwise the sentence who gives them.
        """
        rows: QuerySet[Any] = self.model._default_manager.select_related(*derived.linked(self.model)).order_by("pk")
        records: list[Mapping[str, object]] = []
        for client in rows.filter(student=subject):
            records += _of_student(client, actor)
        for client in rows.filter(Q(guardian=subject) | Q(second_guardian=subject)).exclude(student=subject):
            records.append(_of_guardian(client))
        return Extract(self.slug, in_languages(self.title), tuple(records))


def barred(client: ClientBase, day: dt.date | None = None) -> bool:
    """Whether a minor's bar on giving data to the guardian is in force: it ends when the student comes of age."""
    on = day or timezone.localdate()
    if will.is_minor(client.student.birth_date, on) is False:
        return False
    return any(one.in_force(on) for one in client.statements.filter(kind=StatementKind.GUARDIAN_BAR))  # type: ignore[attr-defined]


def tells_who(client: ClientBase) -> bool:
    """Whether the log tells the student also who has read: of client data of social and health care it does (703/2023 § 11).

    The student welfare register of the education provider is under no such act, and there a worker's name is their own data (GDPR 15).
    """
    return bool(client.register.holding != Holding.GROUP)  # type: ignore[attr-defined]


def log_since() -> dt.datetime:
    """The moment from which on the log is told."""
    return timezone.make_aware(dt.datetime.combine(shift(timezone.localdate(), -LOG_YEARS, Unit.YEARS), dt.time.min))


def _row(record: object, made: dt.datetime, facts: Mapping[str, str]) -> Mapping[str, object]:
    return {"record": str(record), "case": "", "made_at": made.isoformat(), "facts": dict(facts)}


def _of_guardian(client: ClientBase) -> Mapping[str, object]:
    if barred(client):
        return _row(_("Pois jätetty"), client.made_at, {_("Peruste"): f"{will.BARRED.pick(_language())} ({will.BAR_LAW})"})
    facts = {
        _("Asema"): _("Huoltaja"),
        _("Asiakas"): client.student.name,
        _("Koulu"): client.school,
        _("Kertomus"): _("Huoltajana pyydä lapsen tietoja erikseen: rekisterin työntekijä tarkistaa, mitä voidaan antaa."),
    }
    return _row(client.label, client.made_at, facts)


def _language() -> str:
    return get_language() or "fi"


def _of_student(client: ClientBase, actor: Actor) -> Iterator[Mapping[str, object]]:
    """The client row and everything that belongs to it, in the order of kinds; the log of the last two years."""
    yield derived.extract_row(client, actor, subject=client.student_id)
    opens = access.relation_of(client, actor) is not None
    for name in ("contacts", "appointments", "relations", "statements", "disclosures"):
        for row in getattr(client, name).order_by("pk") if hasattr(client, name) else ():
            yield _whole(row, actor, opens=opens)
    for row in client.notes.order_by("written_on", "pk"):  # type: ignore[attr-defined]
        yield _whole(row, actor, opens=opens)
    for use in client.uses.filter(used_at__gte=log_since()).order_by("pk"):  # type: ignore[attr-defined]
        facts = {_("Aika"): wording.moment(timezone.localtime(use.used_at)), _("Tarkoitus"): use.get_purpose_display()}
        who = {_("Kuka"): use.user_name} if tells_who(client) else {}
        yield _row(use.label, use.made_at, facts | {_("Mitä katsottiin"): use.what} | who)


def _whole(row: Any, actor: Actor, *, opens: bool) -> Mapping[str, object]:
    """A row of the client for the answer; a sealed text is opened for who has a relation, otherwise told where it is got."""
    told = dict(derived.extract_row(row, actor, subject=row.client.student_id))
    facts = dict(told["facts"])  # type: ignore[call-overload]
    for field in derived.own_fields(type(row)):
        name = str(field.verbose_name)
        if field.name == "client":
            facts.pop(name, None)
        elif facts.get(name) == derived.MASK:
            where = _("Tekstin antaa rekisterin työntekijä, joka tarkistaa henkilöllisyyden.")
            facts[name] = getattr(row, field.name).reveal() if opens else where
    return told | {"facts": facts}
