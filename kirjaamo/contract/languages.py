"""Lazy texts in every language of the program at once."""

from __future__ import annotations

from django.conf import settings
from django.utils import translation


def in_languages(text: object) -> dict[str, str]:
    """A lazy text as ``{"fi": …, "sv": …, "en": …}``."""
    told = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            told[language] = str(text)
    return told
