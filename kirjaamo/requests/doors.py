"""By which door a request comes in: at once where this process registers cases, or by an intake where it may not.

The public process sets a door of its own at start-up; the pages know only this one.
"""

from __future__ import annotations

from collections.abc import Callable

from kirjaamo.kernel.actors import VISITOR
from kirjaamo.requests.actions import send_request
from kirjaamo.requests.arrivals import NewRequest

Door = Callable[[NewRequest], str]


def at_once(new: NewRequest) -> str:
    """Register the request now; return the token of its address."""
    return send_request(new, actor=VISITOR).token


_door: list[Door] = [at_once]


def send(new: NewRequest) -> str:
    """Take a request in; return the token of its address. The same form sent twice gives the same token."""
    return _door[-1](new)


def use(door: Door) -> None:
    """Let requests come in by another door (called at start-up)."""
    _door[-1] = door
