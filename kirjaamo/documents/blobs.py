"""The bytes of files: under their SHA-256, fsynced before the row that names them commits, never changed.

A folder by default. Each blob is written to a temporary name, fsynced, renamed and its folder fsynced; writing the same bytes
again finds them there.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings


class BlobDamaged(RuntimeError):
    """The stored bytes no longer match their name."""


def folder() -> Path:
    """Where blobs are."""
    return Path(settings.MEDIA_ROOT) / "blobs"


def place(sha256: str) -> Path:
    """The path of a blob."""
    return folder() / sha256[:2] / sha256


def keep(data: bytes) -> str:
    """Store bytes durably and return their SHA-256 in hexadecimal."""
    sha256 = hashlib.sha256(data).hexdigest()
    target = place(sha256)
    if target.exists():
        return sha256
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor, temporary = tempfile.mkstemp(dir=target.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    _sync(target.parent)
    return sha256


def _sync(where: Path) -> None:
    descriptor = os.open(where, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read(sha256: str) -> bytes:
    """Return the bytes, checked against their name."""
    data = place(sha256).read_bytes()
    if hashlib.sha256(data).hexdigest() != sha256:
        raise BlobDamaged(sha256)
    return data
