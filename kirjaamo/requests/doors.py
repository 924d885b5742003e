"""By which door a request comes in, and what its asker does to it: at once where this process registers, or by an intake.

The public process sets a door of its own at start-up; the pages know only this one.
"""

from __future__ import annotations

import uuid
from typing import Protocol

from kirjaamo.kernel.actors import VISITOR
from kirjaamo.kernel.receipts import token_hash
from kirjaamo.requests.actions import send_request
from kirjaamo.requests.actions.by_receipt import fetched_by_receipt, reply_by_receipt, want_by_receipt
from kirjaamo.requests.arrivals import NewRequest


class Door(Protocol):
    """What comes in from an asker. A token is that of the address of a request."""

    def send(self, new: NewRequest) -> str:
        """Take a request in; return the token of its address. The same form sent twice gives the same token."""

    def reply(self, token: str, text: str, key: uuid.UUID) -> None:
        """Take a message of the asker; the same form twice is one message."""

    def want_decision(self, token: str) -> None:
        """Take the wish to have the authority decide."""

    def fetched(self, token: str, number: int) -> None:
        """Note that a document was fetched."""


class AtOnce:
    """The door of the process that registers."""

    def send(self, new: NewRequest) -> str:
        """Register the request now."""
        return send_request(new, actor=VISITOR).token

    def reply(self, token: str, text: str, key: uuid.UUID) -> None:
        """Write the message now."""
        reply_by_receipt(token_hash(token), text, key=key, actor=VISITOR)

    def want_decision(self, token: str) -> None:
        """Record the wish now."""
        want_by_receipt(token_hash(token), actor=VISITOR)

    def fetched(self, token: str, number: int) -> None:
        """Note it now."""
        fetched_by_receipt(token_hash(token), number, actor=VISITOR)


_door: list[Door] = [AtOnce()]


def current() -> Door:
    """The door of this process."""
    return _door[-1]


def at_once() -> bool:
    """Whether what is sent is registered before its page is shown."""
    return isinstance(_door[-1], AtOnce)


def use(door: Door) -> None:
    """Let what askers send come in by another door (called at start-up)."""
    _door[-1] = door
