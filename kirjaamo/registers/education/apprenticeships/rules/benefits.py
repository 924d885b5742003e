"""Benefits of an apprentice for unpaid days at the provider: per diem, family, lodging, travel (679/2017)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from kirjaamo.registers.education.apprenticeships.rules.problems import Problem, RuleError
from kirjaamo.registers.education.apprenticeships.rules.rates import NAMES, Figure, RateRow, Rates
from kirjaamo.values.calculation import Calculation, Workings
from kirjaamo.values.language import Text3
from kirjaamo.values.money import Money

LAW = "679/2017"
NOTHING = Money(0)


@dataclass(frozen=True, slots=True)
class Claim:
    """What is claimed. `days` are the unpaid days at the provider; `round_trip` is the cost of one by the cheapest mode."""

    days: Sequence[dt.date]
    minor_children: int = 0
    nights: int = 0
    kilometres: Decimal = Decimal(0)
    round_trip: Money = NOTHING
    daily_travel: bool = False


def benefits(claim: Claim, rates: Rates) -> Calculation:
    """The benefits of a claim, each part a step. RuleError says why nothing can be granted."""
    if not claim.days:
        raise RuleError(NO_DAYS)
    if claim.nights > len(claim.days):
        raise RuleError(_too_many_nights(claim))
    work = Workings(Text3("Opiskelijan etuudet", "Den studerandes förmåner", "Benefits of the student"))
    work.step("days", Text3("Palkattomia koulupäiviä", "Obetalda skoldagar", "Unpaid days of training"), len(claim.days), law=LAW)
    total = _daily(work, Figure.PER_DIEM, claim.days, rates)
    total += _daily(work, Figure.FAMILY, claim.days if claim.minor_children else (), rates)
    total += _lodging(work, claim, rates)
    total += _travel(work, claim, rates)
    work.step("total", Text3("Etuudet yhteensä", "Förmåner totalt", "Benefits in all"), total)
    return work.result(total)


def _daily(work: Workings, figure: Figure, days: Sequence[dt.date], rates: Rates) -> Money:
    """Days × the row of each day; a change of the row in the middle of a claim is counted by day."""
    rows = [rates.at(figure, day) for day in days]
    amount = Money(sum((row.amount for row in rows), Decimal(0)))
    return work.step(
        figure.value, NAMES[figure], amount, formula=_formula(rows), rows=list(dict.fromkeys(row.used() for row in rows)), law=LAW
    )


def _formula(rows: Sequence[RateRow]) -> str:
    counts = {row: rows.count(row) for row in dict.fromkeys(rows)}
    return " + ".join(f"{count} × {row.money.format()}" for row, count in counts.items())


def _lodging(work: Workings, claim: Claim, rates: Rates) -> Money:
    """Nights away from home; none when daily travel is paid."""
    nights = 0 if claim.daily_travel else claim.nights
    row = rates.at(Figure.LODGING, max(claim.days))
    formula = f"{nights} × {row.money.format()}"
    return work.step("lodging", NAMES[Figure.LODGING], Money(row.amount * nights), formula=formula, rows=[row.used()], law=LAW)


def _travel(work: Workings, claim: Claim, rates: Rates) -> Money:
    """One round trip a week (each day when daily travel is paid) when one way is longer than the limit."""
    limit = rates.at(Figure.DISTANCE, max(claim.days))
    work.step("kilometres", Text3("Matka suuntaansa", "Resa i en riktning", "One way"), claim.kilometres, unit="km", rows=[limit.used()])
    trips = 0 if claim.kilometres <= limit.amount else len(set(claim.days)) if claim.daily_travel else _weeks(claim.days)
    work.step(
        "trips", Text3("Korvattavia meno-paluumatkoja", "Resor fram och tillbaka som ersätts", "Round trips that are paid"), trips, law=LAW
    )
    formula = f"{trips} × {claim.round_trip.format()}"
    label = Text3("Matkakorvaus (halvin kulkutapa)", "Reseersättning (billigaste färdsätt)", "Travel (cheapest mode)")
    return work.step("travel", label, Money(claim.round_trip.amount * trips), formula=formula, law=LAW)


def _weeks(days: Sequence[dt.date]) -> int:
    return len({day.isocalendar()[:2] for day in days})


def _too_many_nights(claim: Claim) -> Problem:
    nights, days = claim.nights, len(claim.days)
    return Problem(
        "too_many_nights",
        Text3(
            f"Majoitusöitä on {nights}, mutta palkattomia koulupäiviä vain {days}. Tarkista yöt.",
            f"Antalet nätter är {nights} men de obetalda skoldagarna bara {days}. Kontrollera nätterna.",
            f"There are {nights} nights but only {days} unpaid days of training. Check the nights.",
        ),
        LAW,
        "nights",
    )


NO_DAYS = Problem(
    "no_unpaid_days",
    Text3(
        "Jaksolla ei ole palkattomia koulupäiviä. Etuuksia maksetaan vain päiviltä, joilta työnantaja ei maksa palkkaa.",
        "Perioden har inga obetalda skoldagar. Förmåner betalas bara för dagar som arbetsgivaren inte betalar lön för.",
        "The time has no unpaid days of training. Benefits are paid only for days for which the employer pays no wages.",
    ),
    LAW,
)
