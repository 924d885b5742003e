"""Who acts: what the kernel must know of an account, and the two actors that are no account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

PUBLIC = "public"
"""The need that everyone meets: an action that a visitor without an account may do."""


@runtime_checkable
class Actor(Protocol):
    """Anyone or anything that acts. Accounts (`organisation.User`) answer it too."""

    @property
    def actor_ref(self) -> str:
        """A lasting reference without personal data, such as ``user:12``."""

    def may(self, need: str, on: object | None = None) -> bool:
        """Tell whether the actor holds the right `need`, on the object `on` when one is given."""


@dataclass(frozen=True)
class Visitor:
    """Someone who uses the public pages without signing in."""

    actor_ref: str = "public"

    def may(self, need: str, on: object | None = None) -> bool:
        """Only what is open to everyone."""
        del on
        return need == PUBLIC


@dataclass(frozen=True)
class Machine:
    """The program itself: a timed job, an import, the making of demo data."""

    name: str

    @property
    def actor_ref(self) -> str:
        """For example ``machine:sealer``."""
        return f"machine:{self.name}"

    def may(self, need: str, on: object | None = None) -> bool:
        """The program may do what its own jobs need."""
        del need, on
        return True


VISITOR = Visitor()
