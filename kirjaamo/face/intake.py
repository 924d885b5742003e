"""The intake of the public process: what is sent is closed in a box that this process cannot open, and put in by a function.

The credential of the intake may call three functions and nothing else: one puts a box in, one tells whether a box has been taken,
one tells by which identifier what a form of a register told was registered.
The worker opens the boxes and registers what is in them (`face.actions.take_arrivals`).
"""

from __future__ import annotations

import base64
import time
import uuid
from typing import TYPE_CHECKING, Any

from django.db import connections

from kirjaamo.face import parcels
from kirjaamo.face.models import BoxKind, FaceState
from kirjaamo.kernel import arriving
from kirjaamo.kernel.boxes import close
from kirjaamo.kernel.receipts import token_hash, token_of

if TYPE_CHECKING:
    from kirjaamo.cases.eservice.matters import NewMatter
    from kirjaamo.requests.arrivals import NewRequest

ALIAS = "arrivals"
PUBLIC_KEY = "arrivals_key"
ACTS = uuid.UUID("5d7f3f0c-9a53-4f0b-8c0e-0c6a3a2f7d11")
"""The name space of the keys of acts that are done once."""
PATIENCE, STEP = 5.0, 0.1  # seconds that a sender waits until it is registered, and between looks


class Boxes:
    """The door of the public process for askers: each act is a box. A key of its own keeps a second send from doing it twice."""

    def send(self, new: NewRequest) -> str:
        """Put a request in; return the token of its address."""
        token = token_of(new.key)
        deposit(BoxKind.REQUEST, new.key, token_hash(token), parcels.of_request(new, token))
        return token

    def reply(self, token: str, text: str, key: uuid.UUID) -> None:
        """Put a message in."""
        deposit(BoxKind.REPLY, key, token_hash(token), parcels.packed({"text": text}))

    def want_decision(self, token: str) -> None:
        """Put in the wish to have the authority decide."""
        deposit(BoxKind.WISH, _once(token, "wish"), token_hash(token), parcels.packed({}))

    def fetched(self, token: str, number: int) -> None:
        """Put in that a document was fetched; nobody waits for it."""
        deposit(BoxKind.FETCHED, _once(token, str(number)), token_hash(token), parcels.packed({"number": number}), wait=False)


def _once(token: str, what: str) -> uuid.UUID:
    """The key of what can be done once by an address."""
    return uuid.uuid5(ACTS, f"{token_hash(token)}:{what}")


def matter(new: NewMatter) -> str:
    """Put in what was sent by the e-service; return the token of its receipt."""
    token = token_of(new.key)
    deposit(BoxKind.MATTER, new.key, token_hash(token), parcels.of_matter(new, token))
    return token


def record(name: str, key: uuid.UUID, told: arriving.Told) -> str:
    """Put in what a form of a register tells; return its identifier, empty when it has not been registered yet."""
    deposit(BoxKind.RECORD, key, token_hash(token_of(key)), parcels.packed({"to": name, "told": dict(told)}))
    return identifier(key)


def identifier(key: uuid.UUID) -> str:
    """The identifier under which what a form told was registered; empty until then."""
    with connections[ALIAS].cursor() as cursor:
        cursor.execute("SELECT arrivals.identifier(%s)", [key])
        return str(cursor.fetchone()[0])


def deposit(kind: BoxKind, key: uuid.UUID, receipt: str, content: bytes, *, wait: bool = True) -> None:
    """Close something in a box, put it in, and wait a moment until it is registered. A second send of a key is the first."""
    box = close(content, _public_half())
    with connections[ALIAS].cursor() as cursor:
        cursor.execute("SELECT arrivals.deposit(%s, %s, %s, %s)", [key, kind.value, receipt, box])
        limit = time.monotonic() + PATIENCE
        while wait and time.monotonic() < limit and not _taken(cursor, key):
            time.sleep(STEP)


def _taken(cursor: Any, key: uuid.UUID) -> bool:
    cursor.execute("SELECT arrivals.taken(%s)", [key])
    return bool(cursor.fetchone()[0])


def _public_half() -> bytes:
    return base64.b64decode(FaceState.objects.values_list("value", flat=True).get(key=PUBLIC_KEY))
