"""What an asker tells, and what they get when it has been taken."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kirjaamo.documents.models import Way

if TYPE_CHECKING:
    from kirjaamo.catalog.models import Entry


@dataclass(frozen=True)
class NewRequest:
    """What an asker told. `answers` are by the order of the questions; everything but the kind may be empty."""

    kind: str
    entry: Entry
    what: str
    answers: Sequence[Mapping[str, Any]] = field(default_factory=tuple)
    name: str = ""
    email: str = ""
    address: str = ""
    language: str = "fi"
    key: uuid.UUID = field(default_factory=uuid.uuid4)
    way: Way = Way.E_SERVICE
    received_at: dt.datetime | None = None
    token: str = ""
    """The token of the address when the asker has it already; empty: a new one is made."""


@dataclass(frozen=True)
class Sent:
    """A request that was taken: the case identifier and the token of its address (known to nobody else)."""

    identifier: str
    token: str
