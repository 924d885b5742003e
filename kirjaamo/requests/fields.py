"""Fields of forms that take what people write: any script and emoji, without characters that show nothing or turn text around."""

from __future__ import annotations

import re
import unicodedata
import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

# Joiners belong to emoji and to some scripts; marks that turn the direction of what follows do not.
KEPT = {"\n", "\u200c", "\u200d", "\u00ad"}
MOST_LETTERS = 20_000


def plain(text: str, *, lines: bool = True) -> str:
    """Return a text in one normal form: one kind of line end, no control, direction or unassigned characters."""
    ended = re.sub(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]", "\n" if lines else " ", text).replace("\t", " ")
    kept = "".join(c for c in unicodedata.normalize("NFC", ended) if c in KEPT or unicodedata.category(c)[0] != "C")
    return kept if lines else kept.replace("\n", " ")


class PlainField(forms.CharField):
    """One line of text."""

    lines = False

    def __init__(self, **kwargs: Any) -> None:
        """A text without a limit of its own takes 300 characters."""
        kwargs.setdefault("max_length", 300)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        """Clean before length and content are judged, so that a stray character is no error of the person."""
        return super().to_python(plain(value, lines=self.lines) if isinstance(value, str) else value)


class ProseField(PlainField):
    """Text of many lines."""

    lines = True
    widget = forms.Textarea

    def __init__(self, *, rows: int = 6, **kwargs: Any) -> None:
        """`rows` is the height of the field."""
        kwargs.setdefault("max_length", MOST_LETTERS)
        super().__init__(**kwargs)
        self.widget.attrs["rows"] = str(rows)


class KeyField(forms.UUIDField):
    """The hidden key of a form, by which sending twice takes it once. A key that is no key is replaced by a new one."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        """Make a new key for every form that is shown."""
        super().__init__(required=False, initial=uuid.uuid4)

    def clean(self, value: Any) -> uuid.UUID:
        """The key, or a new one."""
        try:
            return super().clean(value) or uuid.uuid4()
        except forms.ValidationError:
            return uuid.uuid4()


IDENTITY_IN_TEXT = _("Älä kirjoita henkilötunnusta tähän. Poista se: tunnistautuminen tehdään erikseen.")
