"""From which day a clock counts: what the case register knows itself. Plain Python over stored facts; nothing is guessed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

JULY, DECEMBER = 7, 12


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a document and its case, as days of the authority's calendar."""

    document_on: dt.date | None = None
    """When the document was made, or when it arrived."""
    resolved_on: dt.date | None = None
    closed_on: dt.date | None = None
    """When handling of the case ended; None while it is open."""


def _final_resolution(facts: Facts) -> dt.date | None:
    """The resolution of a case that has ended; one that ended on a ground was finally resolved on the day it ended."""
    return (facts.resolved_on or facts.closed_on) if facts.closed_on else None


def _fiscal_year_end(facts: Facts) -> dt.date | None:
    """The end of the fiscal year of the document: a municipality's is the calendar year."""  # KuntaL 410/2015 § 113
    return dt.date(facts.document_on.year, DECEMBER, 31) if facts.document_on else None


def _school_year_end(facts: Facts) -> dt.date | None:
    """The end of the school year of the document: it runs from 1 August to 31 July."""  # PerusopetusL 628/1998 § 23
    if facts.document_on is None:
        return None
    end = dt.date(facts.document_on.year, JULY, 31)
    return end if facts.document_on <= end else dt.date(facts.document_on.year + 1, JULY, 31)


KNOWN: Mapping[str, Callable[[Facts], dt.date | None]] = {
    "case_resolved": _final_resolution,
    "case_closed": lambda facts: facts.closed_on,
    "document_date": lambda facts: facts.document_on,
    "fiscal_year_end": _fiscal_year_end,
    "school_year_end": _school_year_end,
}
"""The triggers that need nobody to tell them; every other waits for a `TriggerEvent`."""


def date_of(trigger: str, facts: Facts, told: dt.date | None) -> dt.date | None:
    """The day of a trigger: known from the register itself, else as it was told; None while nobody knows it."""
    reckon = KNOWN.get(trigger)
    return reckon(facts) if reckon else told
