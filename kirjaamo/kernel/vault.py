"""Keys of what is sealed: kept outside the database and the repository, one set to encrypt and one to find.

The key file (`KIRJAAMO_KEYS`, else ``keys.json`` in the data folder, mode 0600) holds a list of encryption keys, newest first,
and a hash key. A database restored without its key file refuses to open any code, loudly.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from functools import lru_cache
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class KeysMissing(RuntimeError):
    """The key file does not open what the database holds."""

    def __str__(self) -> str:
        """Say what to restore."""
        return f"Identity codes cannot be opened: restore the key file {key_file()} that belongs to this database."


def key_file() -> Path:
    """Where the keys are."""
    return Path(os.environ.get("KIRJAAMO_KEYS") or settings.DATA_FOLDER / "keys.json")


@lru_cache(maxsize=1)
def _keys() -> tuple[MultiFernet, bytes]:
    path = key_file()
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = {"encrypt": [Fernet.generate_key().decode()], "hash": secrets.token_hex(32)}
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            json.dump(fresh, file)
    held = json.loads(path.read_text())
    return MultiFernet([Fernet(key.encode()) for key in held["encrypt"]]), bytes.fromhex(held["hash"])


def seal(value: str) -> bytes:
    """Encrypt with the newest key."""
    return _keys()[0].encrypt(value.encode())


def unseal(sealed: bytes) -> str:
    """Decrypt with whichever key fits; none fitting is `KeysMissing`."""
    try:
        return _keys()[0].decrypt(sealed).decode()
    except InvalidToken:
        raise KeysMissing from None


def fingerprint(value: str) -> str:
    """A keyed hash by which an exact value is found and nothing is guessed."""
    return hmac.new(_keys()[1], value.encode(), hashlib.sha256).hexdigest()
