"""What an asker tells is kept sealed: contact facts, answers to the questions, the free text, and the messages."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping

from kirjaamo.kernel import vault


def seal(content: Mapping[str, object]) -> bytes:
    """Encrypt a small JSON document."""
    return vault.seal(json.dumps(content, ensure_ascii=False))


def unseal(sealed: bytes | memoryview) -> dict[str, object]:
    """Decrypt what `seal` made."""
    found: dict[str, object] = json.loads(vault.unseal(bytes(sealed)))
    return found


def new_token() -> str:
    """An unguessable part of an address: 192 random bits."""
    return secrets.token_urlsafe(24)
