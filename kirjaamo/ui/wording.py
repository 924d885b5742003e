"""Dates, times, sums and figures as they are written in Finnish, Swedish and English official text."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from django.utils import dateformat, timezone
from django.utils.translation import gettext as _

from kirjaamo.ui.languages import active_language
from kirjaamo.values.language import format_day

NBSP = "\u00a0"
MINUS = "\u2212"
CLOCK = {"fi": "klo", "sv": "kl.", "en": "at"}
LONG = {"fi": "l j. E Y", "sv": "l j F Y", "en": "l j F Y"}


WORD = re.compile(r"[^\W\d_]+")
SYLLABLE = re.compile(r"(?<=[^\W\d_]{4})(?=[bcdfghjklmnpqrstvwxz][aeiouyäöå][^\W\d_]{3})", re.IGNORECASE)


def soften(text: str, longest: int = 18) -> str:
    """Put soft hyphens where a long Finnish word may be divided: before a consonant that a vowel follows.

    Browsers know no Finnish hyphenation on most desktops, so a title such as *asumisoikeusrekisteriseloste* would be cut
    anywhere. Words of at most `longest` letters stay as they are.
    """
    return WORD.sub(lambda m: SYLLABLE.sub("\u00ad", m.group()) if len(m.group()) > longest else m.group(), text)


def day(value: date | None, style: str = "") -> str:
    """Write a day: `22.11.2026`, in English `22 November 2026`. None is empty.

    Style `long`: `sunnuntai 22. marraskuuta 2026`; `iso`: `2026-11-22`.
    """
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = local(value).date()
    if style == "iso":
        return value.isoformat()
    if style == "long":
        return dateformat.format(value, LONG[active_language()])
    return format_day(value, active_language())


def clock(value: time | datetime | None) -> str:
    """Write a time of day: `klo 14.30`, `kl. 14.30`, `at 14:30`. None is empty."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = local(value).timetz()
    language = active_language()
    mark = ":" if language == "en" else "."
    return f"{CLOCK[language]}{NBSP}{value.hour}{mark}{value.minute:02}"


def moment(value: datetime | date | None) -> str:
    """Write a moment: `22.11.2026 klo 14.30`; a plain date is written as a day."""
    return f"{day(value)} {clock(value)}" if isinstance(value, datetime) else day(value)


def local(value: datetime) -> datetime:
    """Return the moment in the time zone of the authority."""
    return timezone.localtime(value) if timezone.is_aware(value) else value


def figure(value: object, decimals: int | None = None) -> str:
    """Write a figure with its groups: `12 345,6`; anything that is not a figure is returned as text."""
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    if not number.is_finite():
        return str(value)
    if decimals is not None:
        number = number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    group, point = (",", ".") if active_language() == "en" else (NBSP, ",")
    written = f"{abs(number):,f}".replace(",", "\0").replace(".", point).replace("\0", group)
    return MINUS + written if number < 0 else written


def rounding(code: str) -> str:
    """How a step of a calculation was rounded, in words; a code of another kind (``0,01 ↑``) says the step to which, and the way."""
    words = {
        "half_up": _("Pyöristetty lähimpään, puolikas ylöspäin"),
        "half_up_shown": _("Näytetty sentin tarkkuudella, laskettu pyöristämättä"),
        "half_even": _("Pyöristetty lähimpään, puolikas parilliseen"),
        "up": _("Pyöristetty ylöspäin"),
        "down": _("Pyöristetty alaspäin"),
    }
    return str(words.get(code) or _("Pyöristys: %(how)s") % {"how": code})


def euro(value: object, decimals: int = 2) -> str:
    """Write a sum of euros: `1 234,50 €`, in English `€1,234.50`. None is empty; a money value is read by its `amount`."""
    if value is None:
        return ""
    amount = getattr(value, "amount", value)
    written = figure(amount, decimals)
    if active_language() != "en":
        return f"{written}{NBSP}€"
    return f"{MINUS}€{written[1:]}" if written.startswith(MINUS) else f"€{written}"
