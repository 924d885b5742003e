"""Where an object stands, as far as rights are concerned: its unit, its class, its register, and who is tied to it in person.

A role is given for a unit, a class of the plan or a register (`organisation.RoleAssignment`). An object that knows its place
answers `access_scope`; whoever asks `may(need, on=object)` is then judged by it. What has no place is judged by the right alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor

PLACED = frozenset(
    {
        "cases.handle",
        "cases.decide",
        "documents.write",
        "requests.answer",
        "requests.decide",
        "registers.read",
        "registers.write",
        "registers.decide",
    }
)
"""The rights that are held where the role is given and nowhere else."""
NEED_TO_KNOW = frozenset({"cases.read", "requests.read"})
"""The rights to read that reach everywhere except to what is confidential: that asks for a tie."""


def nobody(actor: Actor, need: str) -> bool:
    """The tie of an object to which nobody is tied in person."""
    del actor, need
    return False


@dataclass(frozen=True)
class Scope:
    """The place of an object: its unit with the units above it (`units`), class, register; `tied` tells of ties in person."""

    units: frozenset[int] = frozenset()
    class_code: str = ""
    register: str = ""
    confidential: bool = False
    tied: Callable[[Actor, str], bool] = nobody


@runtime_checkable
class Placed(Protocol):
    """Anything that knows its place."""

    def access_scope(self) -> Scope:
        """Its place; ties in person are asked of the database only when no role gives the right there."""


def scope_of(on: object | None) -> Scope | None:
    """The place of an object, when it knows it."""
    return on.access_scope() if isinstance(on, Placed) else None
