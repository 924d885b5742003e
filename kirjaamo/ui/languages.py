"""Texts that stand side by side in three languages, and the choice between them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from django.utils.translation import get_language

LANGUAGES = ("fi", "sv", "en")
OWN_NAMES = {"fi": "Suomeksi", "sv": "På svenska", "en": "In English"}

# One text in one language, or the same text side by side: {"fi": "Päätös", "sv": "Beslut", "en": "Decision"}.
Text = str | Mapping[str, str]


class Picked(NamedTuple):
    """A text and the language it is in; `lang` is empty when the language is that of the page, or not known."""

    text: str
    lang: str


def active_language() -> str:
    """Return the language of the page: `fi`, `sv` or `en` (Finnish when none is active)."""
    language = (get_language() or "fi").split("-")[0]
    return language if language in LANGUAGES else "fi"


def pick(value: Text | None, language: str | None = None) -> Picked:
    """Choose the text of `language` (default: the page's), else the first of fi, sv, en that is not empty.

    A plain string is taken as it is. Nothing to show gives an empty text.
    """
    if value is None:
        return Picked("", "")
    if not isinstance(value, Mapping):
        return Picked(str(value), "")
    wanted = language or active_language()
    for code in (wanted, *LANGUAGES):
        if text := value.get(code):
            return Picked(str(text), "" if code == wanted else code)
    return Picked("", "")
