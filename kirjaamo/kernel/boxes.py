"""Boxes that anyone may close and only the holder of the private half opens (X25519, HKDF-SHA256, AES-256-GCM).

A process that takes something in closes it at once with the public half, and can then no more read it than a thief could.
"""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY, NONCE = 32, 12


class BoxClosedError(ValueError):
    """The box was closed for another key, or altered."""


def new_keys() -> tuple[bytes, bytes]:
    """Make the private and the public half of a key."""
    private = X25519PrivateKey.generate()
    return private.private_bytes_raw(), private.public_key().public_bytes_raw()


def close(content: bytes, public: bytes) -> bytes:
    """Close content for the holder of the other half; the same content never gives the same box."""
    once = X25519PrivateKey.generate()
    mine, nonce = once.public_key().public_bytes_raw(), os.urandom(NONCE)
    secret = _shared(once, X25519PublicKey.from_public_bytes(public), mine + public)
    return mine + nonce + AESGCM(secret).encrypt(nonce, content, None)


def open_box(box: bytes, private: bytes) -> bytes:
    """Open a box; `BoxClosedError` when it was closed for another key or altered."""
    if len(box) <= KEY + NONCE:
        raise BoxClosedError
    holder = X25519PrivateKey.from_private_bytes(private)
    theirs, nonce, sealed = box[:KEY], box[KEY : KEY + NONCE], box[KEY + NONCE :]
    try:
        secret = _shared(holder, X25519PublicKey.from_public_bytes(theirs), theirs + holder.public_key().public_bytes_raw())
        return AESGCM(secret).decrypt(nonce, sealed, None)
    except (InvalidTag, ValueError):
        raise BoxClosedError from None


def _shared(private: X25519PrivateKey, public: X25519PublicKey, context: bytes) -> bytes:
    return HKDF(SHA256(), KEY, salt=None, info=b"kirjaamo box" + context).derive(private.exchange(public))
