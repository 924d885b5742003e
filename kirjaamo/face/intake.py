"""The intake of the public process: what an asker sends is closed in a box that this process cannot open, and put in by a function.

The credential of the intake may call two functions and nothing else: one puts a box in, one tells whether a box has been taken.
The worker opens the boxes and registers what is in them (`face.actions.take_arrivals`).
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import json
import time
import uuid
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connections

from kirjaamo.documents.models import Way
from kirjaamo.face.models import FaceState
from kirjaamo.kernel.boxes import close
from kirjaamo.requests.arrivals import NewRequest
from kirjaamo.requests.plan import find_entry
from kirjaamo.requests.sealed import token_hash

if TYPE_CHECKING:
    from collections.abc import Mapping

ALIAS = "arrivals"
PUBLIC_KEY = "arrivals_key"
PATIENCE, STEP = 5.0, 0.1  # seconds that an asker waits for the case identifier, and between looks


def deposit(new: NewRequest) -> str:
    """Close a request in a box, put it in, and wait a moment until it is registered; return the token of its address."""
    token = _token(new.key)
    box = close(json.dumps(packed(new, token), ensure_ascii=False).encode(), _public_half())
    with connections[ALIAS].cursor() as cursor:
        cursor.execute("SELECT arrivals.deposit(%s, 'request', %s, %s)", [new.key, token_hash(token), box])
        limit = time.monotonic() + PATIENCE
        while time.monotonic() < limit and not _taken(cursor, new.key):
            time.sleep(STEP)
    return token


def _taken(cursor: Any, key: uuid.UUID) -> bool:
    cursor.execute("SELECT arrivals.taken(%s)", [key])
    return bool(cursor.fetchone()[0])


def _token(key: uuid.UUID) -> str:
    """The token of a form: the same for a second send, and guessed by nobody who does not hold the key of this process."""
    made = hmac.new(settings.SECRET_KEY.encode(), b"request token" + key.bytes, hashlib.sha256).digest()
    return base64.urlsafe_b64encode(made[:24]).decode()


def _public_half() -> bytes:
    return base64.b64decode(FaceState.objects.values_list("value", flat=True).get(key=PUBLIC_KEY))


def packed(new: NewRequest, token: str) -> dict[str, Any]:
    """A request as it lies in its box."""
    told = asdict(new) | {"entry": [new.entry.kind, new.entry.slug], "key": str(new.key), "way": new.way.value, "token": token}
    return told | {"answers": [dict(answer) for answer in new.answers], "received_at": None}


def unpacked(told: Mapping[str, Any], received_at: dt.datetime) -> NewRequest | None:
    """The request of a box as it came in at a moment; None when what it asks about is no longer described."""
    kind, slug = told["entry"]
    entry = find_entry(kind, slug)
    if entry is None:
        return None
    facts = {name: told[name] for name in ("kind", "what", "answers", "name", "email", "address", "language", "token")}
    return NewRequest(entry=entry, key=uuid.UUID(told["key"]), way=Way(told["way"]), received_at=received_at, **facts)
