"""The declaration of a register: what is true of it anywhere. Owner, unit, class and connection come from the data pack.

A register is a Django app with `register.py` (this declaration), `models.py` (`Record` subclasses whose fields say their
facts once) and, when it has verbs or rules, `actions.py` and `rules.py`. The rest is derived from these.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import Q, Value

from kirjaamo.contract import derived, reaching
from kirjaamo.contract.actions import restrict_records
from kirjaamo.contract.languages import in_languages
from kirjaamo.contract.record import OwnColumn, Record
from kirjaamo.contract.uses import people_of
from kirjaamo.contract.workbench import CommonTask, Workbench
from kirjaamo.kernel.actors import VISITOR
from kirjaamo.kernel.facts import facts_of
from kirjaamo.kernel.registry import DataGroup, Description, Extract, Found, Key, answer
from kirjaamo.kernel.scope import Scope
from kirjaamo.values.problems import ValueProblem
from kirjaamo.values.text import clean

if TYPE_CHECKING:
    import datetime as dt

    from django.db.models import QuerySet

    from kirjaamo.kernel.actors import Actor
MOST = 200
"""The most hits that one search shows."""


@dataclass(frozen=True)
class SearchKey:
    """A key by which records are found: name, label for an official, question for an asker, and where it looks.

    `path` is the field path it is compared with (the name of the key unless told); `kind` fixes how:
    ``exact``, ``person`` (name or identity code), ``text``, ``date`` or ``period``. Two fields with dots between (``first..last``) find a
    number that lies between them.
    """

    name: str
    label: object
    question: object
    kind: str = "exact"
    path: str = ""
    secret: bool = False

    def condition(self, value: str, model: type[Record], path: str = "") -> Q | None:
        """The condition for a given value on a kind of record; None when the value cannot be one of this kind.

        `path` is where the key looks from that kind, when it is not the register's main one.
        """
        try:
            text = clean(value, max_length=300).text
        except ValueProblem:
            return None
        return reaching.condition(model, self.kind, path or self.path or self.name, text) if text else None


@dataclass
class Register:
    """One register. `model` is the main record; `others` are further records of the same register."""

    slug: str
    title: object
    purpose: object
    model: type[Record]
    columns: Sequence[str | OwnColumn]
    search_keys: Sequence[SearchKey]
    filters: Sequence[str] = ()
    """Fields of the main record, or of what it links to (``company__status``), by which its list is narrowed."""
    others: Sequence[type[Record]] = ()
    order: str = "-id"
    person: str = ""
    """The field path from the main record to the person whom it concerns; empty when it concerns none."""
    system: str = ""
    """The system of the description that the register is, or is a part of; its own slug unless told."""
    data_register: str = ""
    """The register of personal data of the description that it is, when the system is several."""
    retention_class: str = ""
    """The document type of the plan whose retention rules the record; empty: the record has none of its own."""
    start: Callable[[Actor], Workbench | Mapping[str, Any]] | None = None
    """What the register's start page shows beside its list."""
    tasks: Sequence[CommonTask] = ()
    """The commonest tasks of its worker, at most five: on the start page with a key each, and in the handbook."""
    keys_everywhere: bool = False
    """Whether the search words of its lists follow the keys over links: a flat by its owner, a calculation by its flat's address."""
    visible: Callable[[QuerySet[Any], Actor], QuerySet[Any]] | None = None
    """Which of the rows an actor may see at all; without it, all of them by who may read the register."""
    also: Sequence[str] = ()
    """Further links to fetch with each record of the main kind (``apartment__company``), for own columns and names."""
    actions: Sequence[Callable[..., Any]] = field(default_factory=tuple)
    read: str = "registers.read"
    write: str = "registers.write"

    def __post_init__(self) -> None:
        """Tell the models which register they are of."""
        self.system = self.system or self.slug
        for model in (self.model, *self.others):
            model.register = self

    def access_scope(self) -> Scope:
        """Its place: the register itself; whoever works in it is given it by name (or all registers)."""
        return Scope(register=self.slug)

    @property
    def models(self) -> tuple[type[Record], ...]:
        """All record models, the main one first."""
        return (self.model, *self.others)

    def kind(self, name: str) -> type[Record] | None:
        """The kind of record by its name in addresses."""
        return next((model for model in self.models if model._meta.model_name == name), None)

    def rows(self, model: type[Record], actor: Actor) -> QuerySet[Any]:
        """The records of a kind that an actor may see, with their links: every list, page, export and API call starts here."""
        rows = self._rows(model)
        return rows if self.visible is None else self.visible(rows, actor)

    def sees(self, row: Record, actor: Actor) -> bool:
        """Whether an actor may see this record."""
        return self.visible is None or self.rows(type(row), actor).filter(pk=row.pk).exists()

    # The registry protocol -----------------------------------------------------------------------------------------------

    def describe(self) -> Description:
        """What the register holds, for the description: generated from its fields and rows."""
        oldest = self.model._default_manager.order_by("made_at").values_list("made_at", flat=True).first()
        return Description(
            slug=self.slug,
            title=in_languages(self.title),
            purpose=in_languages(self.purpose),
            keys=tuple(Key(k.name, k.kind, in_languages(k.label), in_languages(k.question), k.secret) for k in self.search_keys),
            groups=tuple(self._groups()),
            records=self.model._default_manager.count(),
            since=oldest.date() if oldest else None,
        )

    def _groups(self) -> Sequence[DataGroup]:
        groups = []
        for model in self.models:
            for column in derived.own_fields(model):
                facts = facts_of(column)
                groups.append(
                    DataGroup(
                        f"{model._meta.model_name}.{column.name}",
                        in_languages(column.verbose_name),
                        facts.publicity.value,
                        facts.grounds,
                        facts.personal.value,
                    )
                )
        return groups

    def find(self, keys: Mapping[str, str], *, actor: Actor) -> Sequence[Found]:
        """Records that match every given key, or all records of a case (key ``case``).

        Secret fields are masked for who may not read the register.
        """
        if case := keys.get("case", "").strip():
            return [self.found(row, actor=actor) for row in self._of_case(case)]
        conditions = [key.condition(keys[key.name].strip(), self.model) for key in self.search_keys if keys.get(key.name, "").strip()]
        if not conditions or None in conditions:
            return []
        rows = self._rows(self.model).filter(*(condition for condition in conditions if condition is not None))[:MOST]
        return [self.found(row, actor=actor) for row in rows]

    def held(self, refs: Sequence[tuple[str, int]], *, actor: Actor) -> Sequence[Found]:
        """The records by kind and row, those of one kind in one statement."""
        told: list[Found] = []
        for model in self.models:
            keys = [ref for kind, ref in refs if kind == model._meta.model_name]
            if keys:
                told += [self.found(row, actor=actor) for row in self._rows(model).filter(pk__in=keys)[:MOST]]
        return told

    def _of_case(self, identifier: str) -> list[Record]:
        """The records of a case: one statement over all kinds, then one for each kind that has any."""
        kinds = [
            model._default_manager.filter(case__identifier=identifier).order_by().values_list(Value(number), "pk")
            for number, model in enumerate(self.models)
        ]
        hits: dict[int, list[int]] = {}
        for number, key in kinds[0].union(*kinds[1:], all=True)[:MOST]:
            hits.setdefault(number, []).append(key)
        return [row for number, found in sorted(hits.items()) for row in self._rows(self.models[number]).filter(pk__in=found)]

    def _rows(self, model: type[Record]) -> QuerySet[Any]:
        also = self.also if model is self.model else model.list_also
        return model._default_manager.select_related(*derived.linked(model), *also).order_by(self.order)

    def found(self, row: Record, *, actor: Actor) -> Found:
        """One hit, as an official sees it; of a record that is not theirs to see, no more than anyone."""
        reader = actor if self.sees(row, actor) else VISITOR
        shown = derived.shown_facts(row, reader)
        return Found(
            source=self.slug,
            ref=str(row.pk),
            title=str(row) if reader.may(self.read) else f"{type(row).label} {row.pk}",
            facts=tuple((fact.label, fact.text) for fact in shown if not fact.masked),
            url=row.get_absolute_url(),
            case_identifier=row.case.identifier if row.case_id and row.case else "",
            masked=sum(fact.masked for fact in shown),
            subjects=tuple(sorted(people_of([row]))),
        )

    def extract(self, subject: int, *, actor: Actor) -> Extract:
        """Everything held of a person, in words and as values, for the answer to their own-data request (GDPR 15)."""
        records = []
        for model in self.models:
            concerned = derived.concerns(model, subject)
            if concerned is not None:
                rows = model._default_manager.select_related(*derived.linked(model)).filter(concerned).order_by("id")
                records += [derived.extract_row(row, actor, subject=subject) for row in rows]
        return Extract(self.slug, in_languages(self.title), tuple(records))

    def restrict(self, subject: int, *, actor: Actor, reason: str) -> int:
        """Mark the person's records as restricted (GDPR 18)."""
        return restrict_records(self, subject, reason=reason, actor=actor)

    def purge(self, on: dt.date, *, actor: Actor) -> Sequence[str]:
        """References of records of every kind whose retention has ended on a day: a proposal for destruction, nothing more.

        A record of the main kind is its key, one of a further kind its kind and key (``benefitclaim:17``).
        """
        del actor
        told: list[str] = []
        for model in self.models:
            keys = model._default_manager.filter(retention_due__lt=on).order_by("id").values_list("pk", flat=True)
            told += [str(key) if model is self.model else f"{model._meta.model_name}:{key}" for key in keys]
        return told


REGISTERS: dict[str, Register] = {}


R = TypeVar("R", bound=Register)


def declare(register: R) -> R:
    """Put a register into use; its rooms and pages find it by its slug."""
    REGISTERS[register.slug] = register
    answer(register)
    return register
