"""Sections of law as people cite them in each language; they are stored once, in Finnish."""

from __future__ import annotations

import re

_PLACE = re.compile(r"(?P<section>\d+(?: [a-z])?) §(?: (?P<subsection>\d+) mom\.)?(?: (?P<point>\d+) kohta)?")
_ARTICLE = re.compile(r"(?P<article>\d+) art\.(?: (?P<paragraph>\d+) kohta)?")
_CHAPTER = re.compile(r"(?P<chapter>\d+) luku\b,?")


def cited(text: str, language: str) -> str:
    """Return a Finnish citation in the language: `28 § 1 mom. 1 kohta` is `28 § 1 mom. 1 punkten` or `section 28(1)(1)`.

    The statute keeps its abbreviation and number, by which it is found in any language.
    """
    if language == "sv":
        return _CHAPTER.sub(r"\g<chapter> kap.", text.replace(" kohta", " punkten"))
    if language == "en":
        return _CHAPTER.sub(r"chapter \g<chapter>,", _ARTICLE.sub(_english_article, _PLACE.sub(_english, text)))
    return text


def _english(found: re.Match[str]) -> str:
    inner = "".join(f"({part})" for part in found.group("subsection", "point") if part)
    return f"section {found['section'].replace(' ', '')}{inner}"


def _english_article(found: re.Match[str]) -> str:
    inner = f"({found['paragraph']})" if found["paragraph"] else ""
    return f"Article {found['article']}{inner}"
