"""Sections of law as people cite them in each language; they are stored once, in Finnish."""

from __future__ import annotations

import re

_PLACE = re.compile(r"(?P<section>\d+(?: [a-z])?) §(?: (?P<subsection>\d+) mom\.)?(?: (?P<point>\d+[a-z]?) kohta)?")
_ARTICLE = re.compile(r"(?P<article>\d+) art\.(?: (?P<paragraph>\d+) kohta)?")
OPENNESS_ACT = {"fi": "JulkL", "sv": "OffentlighetsL", "en": "Openness Act,"}
_CODE = re.compile(
    r"(?:JulkL|(?P<number>\d+)-(?P<year>\d{4}))-(?P<section>\d+)(?:-(?P<subsection>\d+))?(?:-(?P<point>\d+[a-z]?))?(?:-[a-zåäö]+)?"
)
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


def cited_code(code: str, language: str) -> str:
    """The section that the code of a ground of secrecy names: `JulkL-24-1-7` is `JulkL 24 § 1 mom. 7 kohta`; another code stays."""
    found = _CODE.fullmatch(code)
    if found is None:
        return code
    act = f"{found['number']}/{found['year']}" if found["number"] else OPENNESS_ACT.get(language, "JulkL")
    place = [f"{act} {found['section']} §"]
    place += [f"{found['subsection']} mom."] if found["subsection"] else []
    place += [f"{found['point']} kohta"] if found["point"] else []
    return cited(" ".join(place), language)


def _english(found: re.Match[str]) -> str:
    inner = "".join(f"({part})" for part in found.group("subsection", "point") if part)
    return f"section {found['section'].replace(' ', '')}{inner}"


def _english_article(found: re.Match[str]) -> str:
    inner = f"({found['paragraph']})" if found["paragraph"] else ""
    return f"Article {found['article']}{inner}"
