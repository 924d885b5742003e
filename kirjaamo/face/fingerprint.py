"""The fingerprint of what decides the public face: every field's declared publicity, the queries, and the list of rights."""

from __future__ import annotations

import datetime as dt
import hashlib

from kirjaamo.face import mirrors, rights
from kirjaamo.face.models import FaceState
from kirjaamo.face.truth import TABLES
from kirjaamo.kernel.fingerprint import fingerprint

FIXED = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def now() -> str:
    """The fingerprint of the program as it is."""
    digest = hashlib.sha256(fingerprint().encode())
    for table in TABLES:
        digest.update(str(table.rows(FIXED).query).encode())
    digest.update(repr((rights.OPEN, mirrors.every())).encode())
    return digest.hexdigest()


def is_current() -> bool:
    """Whether the public face was made by the program as it is."""
    return FaceState.objects.filter(key="fingerprint", value=now()).exists()
