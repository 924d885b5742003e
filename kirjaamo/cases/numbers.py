"""The account of case numbers: of each series how many were given, to what, which are void and why, and which are missing.

A series is of a year. The counter of the series only grows, by one, in the statement that writes the case (a trigger refuses all
else), so a missing number means that a row went past the program.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection

from kirjaamo.cases.models import NumberSeries, VoidNumber

if TYPE_CHECKING:
    import datetime as dt

MOST_MISSING = 200

COUNTS = """
SELECT s.id, s.key, s.last,
    (SELECT count(*) FROM cases_case c WHERE c.series = s.key),
    (SELECT count(*) FROM cases_voidnumber v WHERE v.series = s.key),
    (SELECT count(*) FROM cases_voidnumber v WHERE v.series = s.key AND v.case_id IS NULL)
FROM cases_numberseries s ORDER BY split_part(s.key, '|', 2) DESC, s.key
"""
MISSING = """
SELECT g FROM cases_numberseries s, generate_series(1, s.last) g WHERE s.key = %s
AND NOT EXISTS (SELECT 1 FROM cases_case c WHERE c.series = s.key AND c.number = g)
AND NOT EXISTS (SELECT 1 FROM cases_voidnumber v WHERE v.series = s.key AND v.number = g) ORDER BY g LIMIT %s
"""
ALL = """
SELECT g, c.identifier, c.registered_at, v.at, v.reason FROM cases_numberseries s, generate_series(1, s.last) g
LEFT JOIN cases_case c ON c.series = %(key)s AND c.number = g LEFT JOIN cases_voidnumber v ON v.series = %(key)s AND v.number = g
WHERE s.key = %(key)s AND g > %(after)s ORDER BY g LIMIT %(most)s
"""
AT_ONCE = 5_000


@dataclass(frozen=True)
class Account:
    """A series: its last number, and of the numbers up to it how many are a valid case's, how many void, how many missing."""

    key: int
    series: str
    last: int
    used: int
    void: int
    missing: int

    @property
    def title(self) -> str:
        """The series as people write it: ``HEL 2026``."""
        prefix, _bar, year = self.series.partition("|")
        return " ".join(part for part in (prefix, year.replace("*", "")) if part)


@dataclass(frozen=True)
class Numbered:
    """One number of a series: its case, or when and why it is void; neither when it is missing."""

    number: int
    identifier: str
    registered_at: dt.datetime | None
    void_at: dt.datetime | None
    reason: str


def accounts() -> list[Account]:
    """Every series, the newest year first (one statement)."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTS)
        rows = cursor.fetchall()
    return [
        Account(key, series, last, cases - (void - caseless), void, last - cases - caseless)
        for key, series, last, cases, void, caseless in rows
    ]


def missing_of(series: str) -> list[int]:
    """The first missing numbers of a series."""
    with connection.cursor() as cursor:
        cursor.execute(MISSING, [series, MOST_MISSING])
        return [number for (number,) in cursor.fetchall()]


def voids_of(series: str) -> Sequence[VoidNumber]:
    """The void numbers of a series, in order."""
    return list(VoidNumber.objects.filter(series=series).order_by("number"))


def numbers_of(series: NumberSeries) -> Iterator[Numbered]:
    """Every number of a series in order, however many."""
    after = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(ALL, {"key": series.key, "after": after, "most": AT_ONCE})
            rows = cursor.fetchall()
        yield from (Numbered(number, identifier or "", at, void_at, reason or "") for number, identifier, at, void_at, reason in rows)
        if len(rows) < AT_ONCE:
            return
        after = rows[-1][0]
