"""What a person sends by the e-service."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from kirjaamo.documents.policy import Upload


@dataclass(frozen=True)
class NewMatter:
    """What was told. `case` is the identifier as it was typed; `follows` the hash of the receipt that this one supplements."""

    subject: str
    text: str
    key: uuid.UUID
    name: str = ""
    email: str = ""
    telephone: str = ""
    address: str = ""
    language: str = "fi"
    case: str = ""
    follows: str = ""
    uploads: Sequence[Upload] = field(default_factory=tuple)
    received_at: dt.datetime | None = None
    token: str = ""
