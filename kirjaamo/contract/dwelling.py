"""Where a person may live by what the registers hold: no list leads there by a name under non-disclosure (see `reaching`).

It is told with the contacts of the party, which are opened for a purpose and with a trace.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kirjaamo.contract import derived, reaching
from kirjaamo.contract.register import REGISTERS
from kirjaamo.kernel.fields import Person
from kirjaamo.ui.parts import Fact

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kirjaamo.contract.record import Record
    from kirjaamo.contract.register import Register
    from kirjaamo.kernel.actors import Actor
    from kirjaamo.subjects.models import Subject

MOST = 50


def dwellings_of(subject: Subject, actor: Actor) -> Sequence[Fact]:
    """The places of a person by the registers that the actor may read, each once, with the way to its record."""
    found: dict[str, Fact] = {}
    for register in REGISTERS.values():
        if actor.may(register.read, register):
            for place in _places(register, subject, actor):
                found.setdefault(place.get_absolute_url(), Fact(str(register.title), str(place), url=place.get_absolute_url()))
    return list(found.values())


def _places(register: Register, subject: Subject, actor: Actor) -> Iterator[Record]:
    """The records of the main kind that tell where the person may live, or what names them when it leads to none."""
    for model in register.models:
        for field in derived.own_fields(model):
            if isinstance(field, Person) and field.dwells:
                for row in register.rows(model, actor).filter(**{field.name: subject}, voided_at=None)[:MOST]:
                    yield from _mains(register, row)


def _mains(register: Register, row: Record) -> Iterator[Record]:
    if isinstance(row, register.model):
        yield row
        return
    for way in reaching.ways(type(row), register.model):
        target: Any = row
        for step in way.split(reaching.STEP):
            target = getattr(target, step) if target is not None else None
        if target is not None:
            yield target
