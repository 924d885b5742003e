"""The unguessable address by which whoever sent something follows it: a token, of which only a hash is kept."""

from __future__ import annotations

import base64
import hashlib
import hmac
import uuid

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def token_of(key: uuid.UUID) -> str:
    """The token of a form: the same for a second send, and guessed by nobody who does not hold the signing key of this process."""
    made = hmac.new(settings.SECRET_KEY.encode(), b"request token" + key.bytes, hashlib.sha256).digest()
    return base64.urlsafe_b64encode(made[:24]).decode()


def token_hash(token: str) -> str:
    """What the database keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def keys_of(token: str) -> tuple[bytes, bytes]:
    """The private and the public half of the key of an address: what is closed with the public half only its holder opens."""
    private = HKDF(SHA256(), 32, salt=None, info=b"kirjaamo receipt").derive(token.encode())
    return private, X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()
