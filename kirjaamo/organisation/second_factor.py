"""The second factor: codes of an authenticator app (TOTP, RFC 6238) and recovery codes for the day when the phone is lost."""

from __future__ import annotations

import base64
import datetime as dt
import secrets

import segno
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.safestring import SafeString, mark_safe

from kirjaamo.kernel import vault

DIGITS, STEP = 6, 30
SLACK = 1
"""Steps by which a clock may be off, either way."""
RECOVERY_CODES = 10
_SALT = "kirjaamo.organisation.recovery"


def new_secret() -> bytes:
    """A fresh secret of 160 bits."""
    return secrets.token_bytes(20)


def seal(secret: bytes) -> bytes:
    """Encrypt a secret with the keys outside the database."""
    return vault.seal(base64.b32encode(secret).decode())


def unseal(sealed: bytes | memoryview) -> bytes:
    """Decrypt what `seal` made."""
    return base64.b32decode(vault.unseal(bytes(sealed)))


def _totp(secret: bytes) -> TOTP:
    return TOTP(secret, DIGITS, SHA1(), STEP)  # noqa: S303 - RFC 6238's default, the one that every authenticator app knows


def typed(secret: bytes) -> str:
    """The secret for typing by hand, in groups of four."""
    text = base64.b32encode(secret).decode()
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def qr(secret: bytes, account: str, issuer: str) -> SafeString:
    """The secret as a QR code (SVG) that an authenticator app reads."""
    uri = _totp(secret).get_provisioning_uri(account, issuer)
    return mark_safe(segno.make(uri, error="m").svg_inline(scale=5, border=4))


def step_of(secret: bytes, code: str, at: dt.datetime, after: int) -> int | None:
    """The time step whose code this is, newer than `after` and near the moment; None when the code is wrong, old or used."""
    now = int(at.timestamp()) // STEP
    for step in range(now - SLACK, now + SLACK + 1):
        if step > after and constant_time_compare(_totp(secret).generate(step * STEP).decode(), code):
            return step
    return None


def new_recovery_codes() -> list[str]:
    """Codes to be kept on paper, each good for one sign-in."""
    return [f"{secrets.token_hex(4)}-{secrets.token_hex(4)}" for _ in range(RECOVERY_CODES)]


def recovery_hash(code: str) -> str:
    """The keyed hash under which a recovery code is kept."""
    return salted_hmac(_SALT, code.strip().lower(), algorithm="sha256").hexdigest()


def required_of(roles: frozenset[str]) -> bool:
    """Whether the setting asks a second factor of someone with these roles."""
    asked = set(settings.KIRJAAMO_SECOND_FACTOR)
    return "all" in asked or bool(asked & roles)
