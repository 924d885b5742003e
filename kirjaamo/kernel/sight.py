"""What one answer puts in sight of a person: the rows that are not everyone's, gathered while the answer is made.

A model whose rows may be secret or of a person is :class:`InSight`: a row that is read from the database while an answer is made
comes into sight by itself, whatever page reads it and by whatever query. Who stands before all pages (`config.sighted`) opens the
sight and notes it in the use log, so no page has to remember. What is read past the models (`values`, `JSONObject`) is told by
`saw`; a test walks every exit for what was told by neither (`tests/access/test_use_log.py`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Self

from django.db import models

_sight: ContextVar[Sight | None] = ContextVar("kirjaamo_sight", default=None)


@dataclass
class Sight:
    """What has come into sight: the first row (what the page is about), what of it all is not everyone's, and whose data it was."""

    first: InSight | None = None
    kept: set[str] = field(default_factory=set)
    subjects: set[int] = field(default_factory=set)
    noted: set[int] = field(default_factory=set)
    told: bool = False

    def see(self, row: InSight) -> None:
        """Take a row that was read."""
        if self.first is None:
            self.first = row
        if row.is_kept():
            self.kept.add(row.sight_label())
            self.subjects.update(row.sight_subjects())

    @property
    def owes(self) -> bool:
        """Whether something is in sight that the use log has not been told."""
        return bool(self.subjects - self.noted) or (bool(self.kept) and not self.told)


class InSight(models.Model):
    """A row that comes into sight when it is read. A model says which of its rows are not everyone's, and whose data they are."""

    class Meta:
        """No table of its own."""

        abstract = True

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any], **more: Any) -> Self:
        """Read a row, into sight when an answer is being made."""
        row = super().from_db(db, field_names, values, **more)
        if (now := _sight.get()) is not None:
            now.see(row)
        return row

    def is_kept(self) -> bool:
        """Whether the row is not everyone's. It asks only what was read: a statement here would be one more for each row."""
        return True

    def sight_label(self) -> str:
        """The identifier by which the use log knows it: no name, nothing secret."""
        return f"{self._meta.model_name} {self.pk}"

    def sight_subjects(self) -> Collection[int]:
        """The people whose data the row is, by key."""
        return ()


@contextmanager
def opened(sight: Sight | None = None) -> Iterator[Sight]:
    """Gather what comes into sight from here on."""
    now = sight or Sight()
    token = _sight.set(now)
    try:
        yield now
    finally:
        _sight.reset(token)


def saw(labels: Collection[str], subjects: Collection[int] = ()) -> None:
    """Tell of what was read past the models."""
    now = _sight.get()
    if now is not None:
        now.kept.update(labels)
        now.subjects.update(subjects)


def noted(subjects: Collection[int]) -> None:
    """Tell that the use log knows of these people in this answer already."""
    now = _sight.get()
    if now is not None:
        now.noted.update(subjects)
        now.told = True
