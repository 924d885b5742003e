"""The marking of copies: a cover page that says what is secret and why, and a line on every page (JulkL 621/1999 § 25)."""

from __future__ import annotations

import datetime as dt
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from kirjaamo.documents import extraction
from kirjaamo.documents.letter import Letter, facts, note, prose
from kirjaamo.documents.marking import STAMPS
from kirjaamo.kernel.errors import Refused
from kirjaamo.norms.models import SecrecyGround
from kirjaamo.organisation.models import ManagementUnit
from kirjaamo.values.language import format_day
from kirjaamo.values.publicity import Publicity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kirjaamo.documents.models import Document


@dataclass(frozen=True)
class Mark:
    """What the marking of one copy says."""

    marking: str
    identifier: str
    case: str
    recipient: str
    parts: str
    grounds: tuple[str, ...]
    at: dt.datetime


def marking_of(document: Document) -> str:
    """Which marking the document needs: `secret`, `partly_secret`, or none."""
    publicity = Publicity(document.publicity)
    return publicity.value if publicity.needs_ground else ""


def provisions(codes: Sequence[str]) -> list[tuple[str, SecrecyGround | None]]:
    """The grounds of codes, cited; a code that the norms do not know stands as it is."""
    rows = {row.code: row for row in SecrecyGround.objects.filter(code__in=codes)}
    return [(rows[code].provision(), rows[code]) if code in rows else (code, None) for code in codes]


def marked(data: bytes, mark: Mark, language: str) -> bytes:
    """The PDF behind a cover page, with the mark and the recipient on every page. Refuses what cannot be opened safely."""
    with translation.override(language):
        cover = _cover(mark, language)
        line = f"{STAMPS[language]}  {mark.identifier}  {format_day(timezone.localdate(mark.at), language)}  {mark.recipient}"[:150]
    stamped = extraction.stamped(struct.pack(">Q", len(cover)) + cover + data, line)
    if stamped is None:
        raise Refused(
            _("Tiedostoa ei voitu avata turvallisesti, joten siihen ei voitu lisätä salassapitomerkintää eikä kopiota tehty."),
            code="documents.unmarkable",
            section="JulkL 621/1999 25 §",
        )
    return stamped


def _cover(mark: Mark, language: str) -> bytes:
    cited = provisions(mark.grounds)
    whole = mark.marking == Publicity.SECRET.value
    told = [
        (_("Asiakirja"), mark.identifier),
        (_("Asia"), mark.case),
        (_("Salassa pidettävää"), mark.parts or (_("Koko asiakirja") if whole else _("Osa asiakirjasta"))),
        (_("Peruste"), "\n".join(_ground(text, row, language) for text, row in cited)),
        (_("Kopio annettu"), mark.recipient),
        (_("Päivä"), format_day(timezone.localdate(mark.at), language)),
    ]
    duty = _(
        "Salassa pidettävää asiakirjaa tai sen kopiota ei saa näyttää eikä luovuttaa sivulliselle. Tietoa ei saa paljastaa eikä käyttää "
        "omaksi tai toisen hyödyksi tai toisen vahingoksi (JulkL 621/1999 22–23 §)."
    )
    unit = ManagementUnit.objects.first()
    return Letter(
        language=language,
        at=mark.at,
        title=STAMPS[language],
        authority=str((unit.name if unit else {}).get(language, "")),
        parts=[facts(told), note(_("Velvollisuutesi"), duty), prose(_("Tämä merkintä kuuluu kopioon. Sitä ei saa poistaa."))],
        identifier=mark.identifier,
    ).pdf()


def _ground(text: str, row: SecrecyGround | None, language: str) -> str:
    title = str(row.title.get(language) or row.title.get("fi") or "") if row else ""
    return f"{text}: {title}" if title else text
