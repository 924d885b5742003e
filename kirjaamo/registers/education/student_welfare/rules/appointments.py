"""Times of appointments as people type them."""

from __future__ import annotations

import datetime as dt
import re

from kirjaamo.registers.education.student_welfare.rules.problems import Problem
from kirjaamo.values.language import Text3

_CLOCK = re.compile(r"(?:klo\s*)?(\d{1,2})(?:[.:]?(\d{2}))?", re.IGNORECASE)


def read_clock(text: str) -> dt.time | Problem:
    """Read a time of day: 9, 9.30, 9:30, 0930 or klo 9.30."""
    found = _CLOCK.fullmatch(text.strip())
    try:
        return dt.time(int(found[1]), int(found[2] or 0)) if found else _no_clock(text)
    except ValueError:
        return _no_clock(text)


def _no_clock(text: str) -> Problem:
    return Problem(
        "clock",
        Text3(
            f"{text.strip() or '–'} ei ole kellonaika. Kirjoita esimerkiksi 9.30.",
            f"{text.strip() or '–'} är inget klockslag. Skriv till exempel 9.30.",
            f"{text.strip() or '–'} is no time of day. Write for example 9.30.",
        ),
        "",
        "clock",
        given=True,
    )
