"""What a person typed of an arrival and has not saved yet, sealed; and what can be guessed of a message."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from kirjaamo.kernel import vault
from kirjaamo.values.personal_id import hide_personal_ids

if TYPE_CHECKING:
    from kirjaamo.cases.models import Arrival

_PREFIX = re.compile(r"^\s*(?:(?:re|fw|fwd|vs|vl|sv|vb|aw|ad)\s*(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
COMMON = {
    "sv": "och att det är jag för inte på med som av till har om vi en ett den ni hälsningar ärendet ansökan",
    "en": "the and of to is in for that with this please regards you we are not have application request",
    "fi": "ja on ei että se olen joka tämä hei terveisin asia hakemus liitteenä kiitos pyydän kuin mutta voi",
}
"""Words by which the language of a message is guessed; a person may choose another."""


def seal(typed: Mapping[str, str]) -> bytes:
    """Seal what was typed."""
    return vault.seal(json.dumps(dict(typed), ensure_ascii=False))


def typed_of(arrival: Arrival) -> dict[str, str]:
    """What was typed of an arrival; empty when nothing was kept."""
    if arrival.draft_sealed is None:
        return {}
    return dict(json.loads(vault.unseal(bytes(arrival.draft_sealed))))


def title_of(subject: str) -> str:
    """A title to begin with: the subject without the marks of replies and without identity codes."""
    return hide_personal_ids(_PREFIX.sub("", subject)).strip()[:300]


def language_of(text: str) -> str:
    """The language that a text looks like, Finnish when it does not tell."""
    words = [word.lower() for word in _WORD.findall(text)]
    found = {language: sum(word in known.split() for word in words) for language, known in COMMON.items()}
    best = max(found, key=lambda language: (found[language], language == "fi"))
    return best if found[best] else "fi"
