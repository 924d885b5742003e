"""By which door what is sent comes in: at once where this process registers, or by an intake where it may not.

The public process sets a door of its own at start-up; the pages know only this one.
"""

from __future__ import annotations

from collections.abc import Callable

from kirjaamo.cases.actions import receive_matter
from kirjaamo.cases.eservice.matters import NewMatter
from kirjaamo.kernel.actors import VISITOR
from kirjaamo.kernel.receipts import token_of

Door = Callable[[NewMatter], str]


def at_once(new: NewMatter) -> str:
    """Take it in now; return the token of its receipt."""
    receive_matter(new, actor=VISITOR)
    return token_of(new.key)


_door: list[Door] = [at_once]


def send(new: NewMatter) -> str:
    """Take in what was sent; return the token of its receipt. The same form sent twice gives the same token."""
    return _door[-1](new)


def use(door: Door) -> None:
    """Let what is sent come in by another door (called at start-up)."""
    _door[-1] = door
