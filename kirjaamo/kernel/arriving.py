"""What visitors send by a register's public forms: taken in at once, or by a door of another kind where this process may not register.

A register says by name who takes what was sent, as plain values that can lie in a box. The public process sets a door of its own at
start-up; the pages know only `send`.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from kirjaamo.kernel import submissions
from kirjaamo.kernel.actors import VISITOR, Actor

Told = Mapping[str, Any]
Taker = Callable[[Told, dt.datetime | None, Actor], str]
"""Takes what was told, when it came (now unless told) and for whom; returns the identifier of its case."""
Door = Callable[[str, uuid.UUID, Told], str]
Look = Callable[[uuid.UUID], str]

V = TypeVar("V", bound=Callable[..., Any])

_takers: dict[str, Taker] = {}


def takes(name: str, taker: Taker) -> None:
    """Say who takes what a form sends (called by the register's declaration)."""
    _takers[name] = taker


def take(name: str, told: Told, at: dt.datetime | None, actor: Actor) -> str:
    """Register what was sent; `LookupError` when no register takes it."""
    return _takers[name](told, at, actor)


def _at_once(name: str, key: uuid.UUID, told: Told) -> str:
    del key
    return take(name, told, None, VISITOR)


_door: list[Door] = [_at_once]
_look: list[Look] = [submissions.result]


def send(name: str, key: uuid.UUID, told: Told) -> str:
    """Send what was told; return the identifier of its case, or nothing when it is registered in a moment by another process."""
    return _door[-1](name, key, told)


def identifier(key: uuid.UUID) -> str:
    """The identifier of what was sent by a form, by the key of the form; empty while it is not registered."""
    return _look[-1](key)


def sends(view: V) -> V:
    """Mark a view that sends in what a form tells: where nothing can be taken in, its address leads to the other process."""
    view.sends = True  # type: ignore[attr-defined]
    return view


def use(door: Door, look: Look) -> None:
    """Let forms come in by another door, and ask there what became of them (called at start-up)."""
    _door[-1], _look[-1] = door, look
