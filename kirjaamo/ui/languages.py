"""Texts that stand side by side in three languages, and the choice between them for the page at hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import get_language

from kirjaamo.values.citations import cited
from kirjaamo.values.language import LANGUAGES, Text3, base_language, pick_with_language

OWN_NAMES = {"fi": "Suomeksi", "sv": "På svenska", "en": "In English"}

# One text in one language, or the same text side by side: {"fi": "Päätös", "sv": "Beslut", "en": "Decision"}.
Text = str | Promise | Mapping[str, str] | Text3

__all__ = ["LANGUAGES", "OWN_NAMES", "Picked", "Text", "active_language", "law", "pick"]


class Picked(NamedTuple):
    """A text and the language it is in; `lang` is empty when the language is that of the page, or not known."""

    text: str
    lang: str


def law(text: Text) -> str:
    """Return a section of law as the reader of the page would cite it (kirjaamo.values.citations)."""
    return cited(pick(text).text, active_language())


def active_language() -> str:
    """Return the language of the page: `fi`, `sv` or `en` (Finnish when none is active)."""
    return base_language(get_language() or "fi")


def pick(value: object, language: str | None = None) -> Picked:
    """Choose the text of `language` (default: the page's), else the first of fi, sv, en that is not empty.

    Mappings of languages and `Text3` are chosen from; anything else is taken as text; None and empty give an empty text.
    """
    if value is None:
        return Picked("", "")
    if not isinstance(value, (Mapping, Text3)):
        return Picked(str(value), "")
    wanted = language or active_language()
    text, found = pick_with_language(value, wanted)
    return Picked(str(text), "" if found == wanted or not text else found)
