"""Text that is stored encrypted and reads as a mask wherever a value is turned to words.

Lists, record pages, exports, the interface, search, the answer to requests and error reports all show ``str(value)``. So none of
them can show a sealed text, whoever asks. It is opened by `reveal` alone, which a register calls behind its own check of
who has a client relation and after its own entry in the use log. A copy of the database without its key file shows nothing.
"""

from __future__ import annotations

from typing import Any

from django.db import models

from kirjaamo.kernel import vault
from kirjaamo.kernel.fields import Factual
from kirjaamo.kernel.sealed import SealedForGood

MASK = "•••"


class Sealed:
    """A sealed text: its token, and nothing of its content until it is revealed."""

    __slots__ = ("token",)

    def __init__(self, token: bytes) -> None:
        """Take what the database holds."""
        self.token = token

    @classmethod
    def of(cls, text: str) -> Sealed:
        """Seal a text."""
        return cls(vault.seal(text))

    def reveal(self) -> str:
        """Open the text. Who calls has checked that the reader may, and has logged it."""
        return vault.unseal(self.token)

    def __str__(self) -> str:
        """The mask."""
        return MASK

    __repr__ = __str__

    def __len__(self) -> int:
        """Nothing when nothing was sealed, so that an empty one counts as empty."""
        return len(self.token)


class SealedText(Factual, SealedForGood):
    """A text of many lines that only `Sealed.reveal` opens."""

    plain = "django.db.models.BinaryField"

    @staticmethod
    def token(value: Any) -> bytes:
        """The sealed bytes of a value."""
        return value.token if isinstance(value, Sealed) else bytes(value or b"")

    def from_db_value(self, value: Any, expression: object, connection: object) -> Sealed | None:
        """Give what is stored as a sealed text."""
        del expression, connection
        return None if value is None else Sealed(bytes(value))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:  # noqa: FBT001, FBT002 - Django's signature
        """Give the database the token; a plain text never gets there."""
        if value is not None and not isinstance(value, Sealed):
            message = f"{self.name} takes a sealed text"
            raise TypeError(message)
        return super().get_db_prep_value(None if value is None else value.token, connection, prepared)

    def value_to_string(self, obj: models.Model) -> str:
        """The mask, for serialisers."""
        del obj
        return MASK
