"""The base of every register's rows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from django.db import models
from django.db.models import QuerySet
from django.urls import reverse

from kirjaamo.cases.actions import belongs
from kirjaamo.cases.models import Case
from kirjaamo.contract import indexing, kept, telling
from kirjaamo.contract.on_site import OnSite
from kirjaamo.kernel.actions import running
from kirjaamo.kernel.actors import Actor
from kirjaamo.kernel.rows import Row
from kirjaamo.kernel.scope import Scope
from kirjaamo.kernel.sight import InSight
from kirjaamo.values.calculation import Calculation


class Declared(Protocol):
    """What a record knows of its register's declaration."""

    slug: str
    title: object
    read: str
    write: str
    retention_class: str
    actions: Sequence[Callable[..., Any]]

    @property
    def models(self) -> Sequence[type[Record]]:
        """All record models of the register."""

    def rows(self, model: type[Record], actor: Actor) -> QuerySet[Any]:
        """The records of a kind that an actor may see."""


@dataclass(frozen=True)
class OwnColumn:
    """A column of a list that is no field: its heading and what it says of a record.

    It is masked for who may not read the register unless it is `open`. What it reads of linked rows must be among those that
    the list fetches (the record's own links, or `Register.also`), so that a list stays one statement.
    """

    key: str
    label: object
    of: Callable[[Any], object]
    open: bool = False
    numeric: bool = False


class Record(InSight, Row):
    """A row of a register: its case, when it was made and changed, whether it is void or restricted, when it is to be destroyed.

    `version` counts changes, so that two people who change the same record both learn of it. `extras` holds local additions
    of an authority: exact-match filter only, never seen by rules.
    """

    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)
    voided_at = models.DateTimeField(null=True, blank=True)
    void_reason = models.TextField(blank=True)
    restricted_at = models.DateTimeField(null=True, blank=True)
    retention_due = models.DateField(null=True, blank=True)
    extras = models.JSONField(default=dict, blank=True)

    register: ClassVar[Declared]
    label: ClassVar[object] = ""
    """What one record is called (not in Meta, so that a change of words makes no migration)."""
    plural: ClassVar[object] = ""
    """What many are called, as the heading of a list."""
    list_columns: ClassVar[Sequence[str | OwnColumn]] = ()
    """The columns of the list of a further kind (the main kind's stand in the declaration); empty: its first five fields."""
    list_also: ClassVar[Sequence[str]] = ()
    """Further links to fetch with each record of a further kind, for its own columns (`Register.also` of the main kind)."""
    list_filters: ClassVar[Sequence[str]] = ()
    """The filters of the list of a further kind; empty: each of its choices."""
    adds: ClassVar[Sequence[str] | None] = None
    """The fields by which a record is added as such, by form, file or API; None: all when the register has no verbs, else none."""
    edits: ClassVar[Sequence[str] | None] = None
    """The fields that may be changed as such, one record or many at a time; None as above."""
    writes: ClassVar[str] = ""
    """The right to write records of this kind as such, when it is another than the register's."""
    laws: ClassVar[Mapping[str, str]] = {}
    """The section of law behind a constraint, by its name: whoever breaks it reads which rule refused."""
    of_person: ClassVar[Sequence[str]] = ()
    """Further field paths to persons whom a record concerns by what it belongs to (``contract__student``): for own-data answers."""
    endings: ClassVar[Sequence[telling.Ending]] = ()
    """Which of its days is from which retention of its case's documents counts, by the plan's triggers: told when the day has come."""
    on_site: ClassVar[OnSite | None] = None
    """What the register's public pages read of a kind that is no open data; None: nothing, as the site reads public facts only."""
    open_data: ClassVar[bool] = False
    """Whether the public fields of its records may be had by anyone as open data; void and restricted records never."""

    class Meta:
        """No table of its own."""

        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the record with the words by which it is found; one of a case is told to the case, whose page so finds it at once."""
        names: Collection[str] | None = kwargs.get("update_fields")
        super().save(*args, **kwargs)
        if self.case_id is not None and self.case is not None and (names is None or "case" in names or "case_id" in names):
            belongs(self.case, self.register.slug, str(self._meta.model_name), self.pk, actor=running().actor)
        telling.written(self, names)
        indexing.written([self])

    @classmethod
    def write_right(cls) -> str:
        """The right to write a record of this kind as such."""
        return cls.writes or cls.register.write

    def is_kept(self) -> bool:
        """Of a kind that has a field which is not everyone's."""
        return kept.keeps(type(self))

    def sight_subjects(self) -> list[int]:
        """The people whom it names."""
        told = self.__dict__
        return [key for name in kept.persons(type(self)) if (key := told.get(name))]

    @classmethod
    def access_scope(cls) -> Scope:
        """The place of its register: the same for a record and for its kind."""
        return Scope(register=cls.register.slug)

    def get_absolute_url(self) -> str:
        """The record's page."""
        return reverse("record", args=[self.register.slug, self._meta.model_name, self.pk])

    def kept_calculations(self) -> Sequence[Calculation]:
        """The calculations that the record keeps whole; a register that computes overrides this, and pages show and compare them."""
        return ()

    def fixed(self) -> object:
        """Why the record may no longer be changed as such, as a sentence; empty: it may. A register with states overrides this."""
        return ""

    def relied_on(self) -> object:
        """Why the record may not be voided as such, as a sentence that names what rests on it; empty: it may."""
        return ""

    def letter(self, type_code: str) -> Mapping[str, object]:
        """The data of a document that the record makes, by document type; a register that makes documents overrides this."""
        raise LookupError(type_code)
