"""The one way to write: permission, transaction and journal around a typed function.

Every room and register writes only inside a function marked with :func:`action`. The outermost action opens the transaction,
asks whether the actor may, collects what was written, tells those who follow it (:mod:`kirjaamo.kernel.following`) and appends
one journal entry before the commit. An action may call another: the inner one joins the transaction, the entry and the authority
of the outer one.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from django.db import transaction
from django.utils import timezone

from kirjaamo.kernel import journal
from kirjaamo.kernel.errors import NotAllowed, OutsideAction
from kirjaamo.kernel.following import tell_followers

if TYPE_CHECKING:
    import datetime as dt

    from django.db import models

    from kirjaamo.kernel.actors import Actor

P = ParamSpec("P")
R = TypeVar("R")


@dataclass
class ActionInfo:
    """What is known of an action before it is run: `function` is the body, `run` the guarded whole that callers use."""

    name: str
    label: object
    needs: str
    function: Callable[..., object]
    measure: str | None = None
    makes: str | None = None
    when: Callable[..., bool] | None = None
    """Whether it can be done to an object as it now is; what cannot is not offered (the function itself still refuses)."""
    run: Callable[..., object] = field(init=False, repr=False)


@dataclass
class Running:
    """The action under way: who, since when, and what it has written so far."""

    info: ActionInfo
    actor: Actor
    at: dt.datetime
    writes: list[journal.Write] = field(default_factory=list)
    reason: str = ""

    def wrote(self, row: models.Model, verb: str, fields: Mapping[str, object] | None = None) -> None:
        """Remember one written row for the journal."""
        self.writes.append(journal.Write(row._meta.label_lower, row.pk, verb, dict(fields or {})))

    def wrote_many(self, label: str, verb: str, keys: list[object]) -> None:
        """Remember a set-based write by its model and the keys that it touched."""
        self.writes.append(journal.Write(label, None, verb, {"rows": keys}))


ACTIONS: dict[str, ActionInfo] = {}
_running: ContextVar[Running | None] = ContextVar("kirjaamo_running_action", default=None)


def running() -> Running:
    """Return the action under way; a write outside of one is a defect of the program."""
    now = _running.get()
    if now is None:
        raise OutsideAction
    return now


def because(reason: str) -> None:
    """Give the reason of the action under way, for its journal entry."""
    running().reason = reason


def action(
    label: object, *, needs: str, measure: str | None = None, makes: str | None = None
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Mark a function as an action.

    `label` is the verb that people see (Finnish), `needs` the right that the actor must hold, `measure` the kind of measure
    that it leaves on a case and `makes` the document template that it fills. The function takes `actor` by keyword.
    """

    def mark(function: Callable[P, R]) -> Callable[P, R]:
        room = function.__module__.removeprefix("kirjaamo.").partition(".actions")[0]
        info = ActionInfo(f"{room}.{function.__name__}", label, needs, function, measure, makes)
        ACTIONS[info.name] = info

        @functools.wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            actor: Actor = kwargs["actor"]  # type: ignore[assignment]
            if _running.get() is not None:
                return function(*args, **kwargs)
            on = args[0] if args else None
            if not actor.may(needs, on):
                raise NotAllowed(needs)
            with _transaction(info, actor):
                return function(*args, **kwargs)

        info.run = run
        run.info = info  # type: ignore[attr-defined]
        return run

    return mark


@contextmanager
def _transaction(info: ActionInfo, actor: Actor) -> Iterator[Running]:
    with transaction.atomic():
        now = Running(info, actor, timezone.now())
        token = _running.set(now)
        try:
            yield now
            tell_followers(now.writes)
        finally:
            _running.reset(token)
        if now.writes:
            journal.append(info.name, actor.actor_ref, now.at, now.writes, now.reason)
