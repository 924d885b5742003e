"""What seldom changes and every request reads, such as the units and the classes in force: kept by a process until it changes.

Each kept thing has a mark in the database that becomes another when a row of its tables is written, in the same transaction. A
request reads all marks once (with its account, when somebody is signed in) and believes what was read under the same mark.
What is kept is shared by threads: nobody changes it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Generic, TypeVar

from django.db import connection

from kirjaamo.kernel.following import follow

if TYPE_CHECKING:
    from kirjaamo.kernel.journal import Write

T = TypeVar("T")
Marks = Mapping[str, str]
MARKS = "SELECT coalesce(jsonb_object_agg(name, mark), '{}'::jsonb) FROM kernel_mark"
"""All marks by the name of what is kept."""
_request: ContextVar[dict[str, Marks] | None] = ContextVar("kirjaamo_marks", default=None)


@contextmanager
def one_reading() -> Iterator[None]:
    """Read the marks at most once within."""
    token = _request.set({})
    try:
        yield
    finally:
        _request.reset(token)


def told(marks: Marks) -> None:
    """Take the marks that a statement of the request read with something else."""
    here = _request.get()
    if here is not None:
        here["marks"] = marks


def _marks() -> Marks:
    here = _request.get()
    if here is not None and "marks" in here:
        return here["marks"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, mark::text FROM kernel_mark")
        marks = dict(cursor.fetchall())
    told(marks)
    return marks


class Kept(Generic[T]):
    """One thing that is kept: how it is read, and the tables (`app.model`) on which it hangs."""

    def __init__(self, name: str, tables: Collection[str], read: Callable[[], T]) -> None:
        self.name, self.read = name, read
        self._held: tuple[str | None, T] | None = None
        follow(f"kept {name}", tables, self._changed)

    def __call__(self) -> T:
        """What it is now (no statement when nothing changed)."""
        mark, held = _marks().get(self.name), self._held
        if held is None or held[0] != mark:
            held = self._held = (mark, self.read())
        return held[1]

    def _changed(self, writes: Sequence[Write]) -> None:
        """Give it another mark, which nothing was ever read under: a transaction that is undone leaves no trace of it."""
        del writes
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO kernel_mark (name, mark) VALUES (%s, gen_random_uuid()) ON CONFLICT (name) DO UPDATE SET mark = excluded.mark",
                [self.name],
            )
        here = _request.get()
        if here is not None:
            here.pop("marks", None)
