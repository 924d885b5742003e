"""The intake of the public process: what is sent is closed in a box that this process cannot open, and put in by a function.

The credential of the intake may call two functions and nothing else: one puts a box in, one tells whether a box has been taken.
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
from kirjaamo.kernel.boxes import close
from kirjaamo.kernel.receipts import token_hash, token_of

if TYPE_CHECKING:
    from kirjaamo.cases.eservice.matters import NewMatter
    from kirjaamo.requests.arrivals import NewRequest

ALIAS = "arrivals"
PUBLIC_KEY = "arrivals_key"
PATIENCE, STEP = 5.0, 0.1  # seconds that a sender waits until it is registered, and between looks


def request(new: NewRequest) -> str:
    """Put a request in; return the token of its address."""
    token = token_of(new.key)
    deposit(BoxKind.REQUEST, new.key, token_hash(token), parcels.of_request(new, token))
    return token


def matter(new: NewMatter) -> str:
    """Put in what was sent by the e-service; return the token of its receipt."""
    token = token_of(new.key)
    deposit(BoxKind.MATTER, new.key, token_hash(token), parcels.of_matter(new, token))
    return token


def deposit(kind: BoxKind, key: uuid.UUID, receipt: str, content: bytes) -> None:
    """Close something in a box, put it in, and wait a moment until it is registered. A second send of a key is the first."""
    box = close(content, _public_half())
    with connections[ALIAS].cursor() as cursor:
        cursor.execute("SELECT arrivals.deposit(%s, %s, %s, %s)", [key, kind.value, receipt, box])
        limit = time.monotonic() + PATIENCE
        while time.monotonic() < limit and not _taken(cursor, key):
            time.sleep(STEP)


def _taken(cursor: Any, key: uuid.UUID) -> bool:
    cursor.execute("SELECT arrivals.taken(%s)", [key])
    return bool(cursor.fetchone()[0])


def _public_half() -> bytes:
    return base64.b64decode(FaceState.objects.values_list("value", flat=True).get(key=PUBLIC_KEY))
