"""The dated rows that the rules read: limits and amounts, each with its time, its source and how surely it is known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from kirjaamo.registers.education.apprenticeships.rules.problems import Problem, RuleError
from kirjaamo.values.calculation import RowUsed
from kirjaamo.values.language import Text3, format_day
from kirjaamo.values.money import Money
from kirjaamo.values.period import Period


class Figure(StrEnum):
    """What a row is of."""

    AGE = "age"
    HOURS = "hours"
    MOST_HOURS = "most_hours"
    PROBATION = "probation"
    PER_DIEM = "per_diem"
    FAMILY = "family"
    LODGING = "lodging"
    DISTANCE = "distance"
    UNDER_TWENTY = "under_twenty"


NAMES: Mapping[Figure, Text3] = {
    Figure.AGE: Text3("Opiskelijan vähimmäisikä (vuotta)", "Den studerandes minimiålder (år)", "Least age of the student (years)"),
    Figure.HOURS: Text3("Viikkotyöaika vähintään (tuntia)", "Veckoarbetstid minst (timmar)", "Least weekly hours"),
    Figure.MOST_HOURS: Text3("Viikkotyöaika enintään (tuntia)", "Veckoarbetstid högst (timmar)", "Longest weekly hours"),
    Figure.PROBATION: Text3("Koeaika enintään (kuukautta)", "Prövotid högst (månader)", "Longest probation (months)"),
    Figure.PER_DIEM: Text3("Päiväraha (€/päivä)", "Dagpenning (€/dag)", "Per diem (€/day)"),
    Figure.FAMILY: Text3("Perheavustus (€/päivä)", "Familjebidrag (€/dag)", "Family allowance (€/day)"),
    Figure.LODGING: Text3("Majoituskorvaus (€/yö)", "Inkvarteringsersättning (€/natt)", "Lodging (€/night)"),
    Figure.DISTANCE: Text3(
        "Matka, jota pidempi korvataan (km suuntaansa)",
        "Resa som ska överskridas (km i en riktning)",
        "Distance beyond which travel is paid (km)",
    ),
    Figure.UNDER_TWENTY: Text3(
        "Korotus alle 20-vuotiaasta vailla tutkintoa (€/kk)",
        "Tillägg för den som är under 20 år utan examen (€/mån)",
        "Addition for a student under 20 without a qualification (€/month)",
    ),
}


@dataclass(frozen=True, slots=True)
class RateRow:
    """A dated row."""

    id: str
    figure: Figure
    amount: Decimal
    valid: Period
    source: str
    sure: bool = True

    def used(self) -> RowUsed:
        """The row as a step of a calculation names it; one that is from memory says so."""
        note = "" if self.sure else " (muistinvarainen, tarkistettava)"
        name, amount = NAMES[self.figure], f"{self.amount.normalize():f}"
        comma = amount.replace(".", ",")
        return RowUsed(self.id, Text3(f"{name.fi}: {comma}", f"{name.sv}: {comma}", f"{name.en}: {amount}"), f"{self.source}{note}")

    @property
    def money(self) -> Money:
        """The amount in euros."""
        return Money(self.amount)


@dataclass(frozen=True, slots=True)
class Rates:
    """The rows by which something is judged."""

    rows: tuple[RateRow, ...]

    @classmethod
    def of(cls, rows: Iterable[RateRow]) -> Rates:
        """Take rows in any order."""
        return cls(tuple(rows))

    def find(self, figure: Figure, day: dt.date) -> RateRow | None:
        """The row in force on a day; None when there is none."""
        return next((row for row in self.rows if row.figure is figure and day in row.valid), None)

    def at(self, figure: Figure, day: dt.date) -> RateRow:
        """The row in force on a day. RuleError names what is missing: nothing is guessed."""
        found = self.find(figure, day)
        if found is None:
            raise RuleError(_missing(figure, day))
        return found


def _missing(figure: Figure, day: dt.date) -> Problem:
    name = NAMES[figure]
    return Problem(
        "no_rate",
        Text3(
            f"Mitoitustieto puuttuu: {name.fi}, {format_day(day, 'fi')}. Lisää rivi ennen kuin jatkat.",
            f"Uppgift saknas: {name.sv}, {format_day(day, 'sv')}. Lägg till raden innan du fortsätter.",
            f"A dated row is missing: {name.en}, {format_day(day, 'en')}. Add the row before you go on.",
        ),
        "",
    )
