"""Keys of what is sealed: kept outside the database and the repository, one set to encrypt and another to find.

The key file (`KIRJAAMO_KEYS`, else ``keys.json`` in the data folder, mode 0600) holds encryption keys and hash keys, newest
first. New values take the newest; older ones open and find what is not yet rotated. What may never be written again (an
append-only note) keeps the key that it was sealed with: that key is kept for opening only. The database keeps a value sealed with
them (`KeyCheck`): one that was restored without its key file refuses to start, loudly. A file is read anew when it changes.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

from kirjaamo.kernel.errors import KirjaamoError
from kirjaamo.kernel.models import KeyCheck

PROBE = "kirjaamo"
"""What the check row holds sealed; no secret."""


class KeysMissing(KirjaamoError):
    """The key file does not open what the database holds."""

    code = "kernel.keys_missing"

    def __str__(self) -> str:
        """Say what to restore."""
        return f"Identity codes cannot be opened: restore the key file {key_file()} that belongs to this database."


@dataclass(frozen=True)
class Keys:
    """The keys of a file, newest first."""

    encrypt: tuple[str, ...]
    find: tuple[str, ...]
    kept: tuple[str, ...] = ()
    """Old encryption keys that only open: rows that never change are still sealed with them."""

    @classmethod
    def fresh(cls) -> Keys:
        """New keys, one of each kind."""
        return cls((Fernet.generate_key().decode(),), (secrets.token_hex(32),))

    @classmethod
    def read(cls, path: Path) -> Keys:
        """Read a file; one of an older version holds its one hash key as text."""
        held = json.loads(path.read_text("utf-8"))
        found = held["hash"]
        return cls(tuple(held["encrypt"]), (found,) if isinstance(found, str) else tuple(found), tuple(held.get("kept", ())))

    def write(self, path: Path) -> None:
        """Write the file whole or not at all, readable by its owner only, durable before this returns."""
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump({"encrypt": list(self.encrypt), "hash": list(self.find), "kept": list(self.kept)}, file)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)

    def with_new(self) -> Keys:
        """The same with new keys before the old ones."""
        new = Keys.fresh()
        return Keys(new.encrypt + self.encrypt, new.find + self.find, self.kept)

    def newest(self, *, keep: bool = False) -> Keys:
        """Only the newest of each kind; with `keep` the older encryption keys stay for opening."""
        return Keys(self.encrypt[:1], self.find[:1], self.encrypt[1:] + self.kept if keep else ())


def key_file() -> Path:
    """Where the keys are."""
    return Path(os.environ.get("KIRJAAMO_KEYS") or settings.DATA_FOLDER / "keys.json")


def keys() -> Keys:
    """The keys at hand. A file that is missing is made only for a database that was never sealed with another."""
    path = key_file()
    try:
        stamp = path.stat()
    except FileNotFoundError:
        if KeyCheck.objects.exists():
            raise KeysMissing from None
        Keys.fresh().write(path)
        stamp = path.stat()
    return _read(path, stamp.st_mtime_ns, stamp.st_ino)


@lru_cache(maxsize=2)
def _read(path: Path, changed_at: int, node: int) -> Keys:
    """Read the file again only when it is another."""
    del changed_at, node
    return Keys.read(path)


@lru_cache(maxsize=4)
def _cipher(encrypt: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key.encode()) for key in encrypt])


def seal(value: str) -> bytes:
    """Encrypt with the newest key."""
    return _cipher(keys().encrypt).encrypt(value.encode())


def unseal(sealed: bytes) -> str:
    """Decrypt with whichever key fits; none fitting is `KeysMissing`."""
    try:
        return _cipher(keys().encrypt + keys().kept).decrypt(sealed).decode()
    except InvalidToken:
        raise KeysMissing from None


def is_newest(sealed: bytes) -> bool:
    """Whether a value is sealed with the newest key."""
    try:
        _cipher(keys().encrypt[:1]).decrypt(sealed)
    except InvalidToken:
        return False
    return True


def fingerprint(value: str) -> str:
    """A keyed hash by which an exact value is found and nothing is guessed; by the newest key."""
    return fingerprints(value)[0]


def fingerprints(value: str) -> Sequence[str]:
    """The keyed hashes of a value by every key at hand, newest first: what to look for while keys are being rotated."""
    return [hmac.new(bytes.fromhex(key), value.encode(), hashlib.sha256).hexdigest() for key in keys().find]


def fits() -> bool:
    """Whether the keys at hand belong to this database; true where none was ever sealed."""
    check = KeyCheck.objects.first()
    if check is None:
        return True
    try:
        return unseal(bytes(check.sealed)) == PROBE and check.hashed in fingerprints(PROBE)
    except KeysMissing:
        return False
