"""What a register's own start page is made of: what is due today, figures, notices, and the commonest tasks of its worker.

A register gives `start` (a function of the actor that returns a `Workbench`) and `tasks`; the contract's template shows them.
A register that wants another order writes a template `<app>/start.html` that extends ``contract/start.html`` and fills its blocks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.urls import reverse

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor
    from kirjaamo.ui.parts import Figure, ListRow, Table, Tone


@dataclass(frozen=True)
class Due:
    """Things that wait for someone: a heading and rows, the most urgent first. `empty` says that nothing waits, when that matters.

    `url` leads to the list of all of them, when the rows are only the first.
    """

    title: object
    rows: Sequence[ListRow]
    empty: object = ""
    url: str = ""


@dataclass(frozen=True)
class Told:
    """A box of words above the list: what is wrong or missing today, and where it is put right."""

    text: object
    title: object = ""
    items: Sequence[object] = ()
    tone: Tone = "info"
    url: str = ""
    link: object = ""


@dataclass(frozen=True)
class Workbench:
    """What a start page shows around its list. `more` goes to the register's own template as it is."""

    due: Sequence[Due] = ()
    told: Sequence[Told] = ()
    figures: Sequence[Figure] = ()
    tables: Sequence[Table] = ()
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class CommonTask:
    """One of the commonest tasks of a register's worker: what it is and how it is done by keyboard.

    `verb` names the action that it ends in: when that starts from the register, the task leads to its form. Otherwise it leads to
    the list as `where` narrows it (``laji=application&outcome=pending``).
    """

    title: object
    how: object
    verb: str = ""
    where: str = ""


@dataclass(frozen=True)
class TaskLink:
    """A common task as the start page offers it: its number is its key."""

    title: str
    how: str
    url: str


def task_links(slug: str, tasks: Sequence[CommonTask], forms: Mapping[str, str]) -> list[TaskLink]:
    """The tasks with their addresses. `forms`: the address of each verb of the register that its reader may start."""
    here = reverse("register", args=[slug])
    return [TaskLink(str(one.title), str(one.how), forms.get(one.verb) or f"{here}?{one.where}#list") for one in tasks]


def shown(start: object, actor: Actor) -> dict[str, Any]:
    """What a register's `start` gives, as names of its template; a plain mapping goes there as it is."""
    if not callable(start):
        return {}
    made = start(actor)
    return {"workbench": made, **made.more} if isinstance(made, Workbench) else dict(made)
