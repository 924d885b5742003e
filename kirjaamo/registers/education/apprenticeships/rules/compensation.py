"""The training compensation paid to an employer: by day, without suspended days, to the cent (673/2017 16–19 §).

Of each month: euros of a month × days in force / days of the month, halves of a cent up, once a month. The addition for a student
under 20 without a qualification is a dated row; a day on which the student has turned 20 has none.
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

from kirjaamo.registers.education.apprenticeships.rules.problems import Problem, RuleError
from kirjaamo.registers.education.apprenticeships.rules.rates import Figure, RateRow, Rates
from kirjaamo.values.calculation import Calculation, RowUsed, Workings
from kirjaamo.values.deadlines import Unit, shift
from kirjaamo.values.language import Text3
from kirjaamo.values.money import Money, Rounding
from kirjaamo.values.period import Period

LAW = "673/2017 16–19 §"
TWENTY = 20
_DAY = dt.timedelta(days=1)
HALF_UP = "half_up"


@dataclass(frozen=True, slots=True)
class Granted:
    """A compensation decision: euros of a month in a time."""

    id: str
    monthly: Money
    valid: Period


@dataclass(frozen=True, slots=True)
class Trained:
    """The training that is compensated: when the contract is in force, when it is suspended, whose it is."""

    valid: Period
    suspended: Sequence[Period]
    decisions: Sequence[Granted]
    born: dt.date | None = None
    without_degree: bool = False
    own_firm: bool = False


def accrued(trained: Trained, days: Period, rates: Rates) -> Calculation:
    """The compensation of some days. RuleError when nothing may be paid at all: the rule, the values and the section."""
    if trained.own_firm:
        raise RuleError(OWN_FIRM)
    if days.start is None or days.end is None:
        raise RuleError(OPEN)
    work = Workings(
        Text3("Koulutuskorvaus työnantajalle", "Utbildningsersättning till arbetsgivaren", "Training compensation to the employer")
    )
    work.step("days", Text3("Jakso", "Period", "Days"), days.format(), law=LAW)
    left_out = sum(1 for day in _days(days) if day in trained.valid and _suspended(trained, day))
    work.step("suspended", Text3("Keskeytyspäiviä", "Dagar av avbrott", "Suspended days"), left_out)
    total = Money(0)
    for first, last in _months(days):
        total += _month(work, trained, Period.through(first, last), rates)
    work.step("total", Text3("Korvaus yhteensä", "Ersättning totalt", "Compensation in all"), total)
    return work.result(total)


def _month(work: Workings, trained: Trained, part: Period, rates: Rates) -> Money:
    """The step of one month; a month without a paid day has a step of zero."""
    counted: Counter[tuple[Money, RateRow | None, str]] = Counter()
    for day in _days(part):
        if (granted := _granted(trained, day)) is not None:
            extra = _extra(trained, day, rates)
            counted[granted.monthly, extra, granted.id] += 1
    assert part.start is not None  # noqa: S101 - a month begins
    length = monthrange(part.start.year, part.start.month)[1]
    with localcontext(prec=40):
        exact = sum(((base.amount + (extra.amount if extra else 0)) * count for (base, extra, _id), count in counted.items()), Decimal(0))
        amount = Money.rounded(exact / length, Rounding.HALF_UP)
    month = f"{part.start.month}/{part.start.year}"
    formula = " + ".join(f"{_told(base, extra)} × {count}/{length}" for (base, extra, _id), count in counted.items())
    rows = dict.fromkeys(_used(base, key, trained) for base, _extra_row, key in counted)
    rows.update(dict.fromkeys(extra.used() for _base, extra, _id in counted if extra))
    label = Text3(f"Kuukausi {month}", f"Månad {month}", f"Month {month}")
    return work.step(f"month_{part.start:%Y_%m}", label, amount, formula=formula, rounding=HALF_UP, rows=list(rows), law=LAW)


def _told(base: Money, extra: RateRow | None) -> str:
    return f"({base.format()} + {extra.money.format()})" if extra else base.format()


def _used(base: Money, key: str, trained: Trained) -> RowUsed:
    decision = next(one for one in trained.decisions if one.id == key)
    month = {"fi": "kk", "sv": "mån", "en": "month"}
    told = {language: f"{base.format(language)} / {unit}, {decision.valid.format(language)}" for language, unit in month.items()}
    return RowUsed(f"decision-{key}", Text3(**told), LAW)


def _granted(trained: Trained, day: dt.date) -> Granted | None:
    """The decision that pays a day; None when the contract is not in force, is suspended, or nothing was decided."""
    if day not in trained.valid or _suspended(trained, day):
        return None
    return next((one for one in trained.decisions if day in one.valid), None)


def _suspended(trained: Trained, day: dt.date) -> bool:
    return any(day in period for period in trained.suspended)


def _extra(trained: Trained, day: dt.date, rates: Rates) -> RateRow | None:
    young = trained.born is not None and shift(trained.born, TWENTY, Unit.YEARS) > day
    return rates.find(Figure.UNDER_TWENTY, day) if young and trained.without_degree else None


def _days(period: Period) -> Iterator[dt.date]:
    assert period.start is not None  # noqa: S101 - callers give both ends
    assert period.end is not None  # noqa: S101 - as above
    for number in range((period.end - period.start).days):
        yield period.start + number * _DAY


def _months(days: Period) -> Iterator[tuple[dt.date, dt.date]]:
    """First and last day of the part of each month."""
    first, last = days.start, days.last_day
    assert first is not None  # noqa: S101 - callers give both ends
    assert last is not None  # noqa: S101 - as above
    while first <= last:
        end = min(last, first.replace(day=monthrange(first.year, first.month)[1]))
        yield first, end
        first = end + _DAY


def decision_problems(days: Period, contract: Period) -> tuple[Problem, ...]:
    """That compensation is decided for days on which the contract is not in force; nothing when all of them are."""
    return () if contract.intersection(days) == days else (_beyond("outside", DECIDED, days, contract, LAW),)


def suspension_problems(days: Period, contract: Period) -> tuple[Problem, ...]:
    """That days are suspended on which the contract is not in force; nothing when all of them are."""
    return () if contract.intersection(days) == days else (_beyond("suspended_outside", SUSPENDED, days, contract, CONTRACT),)


def _beyond(code: str, what: Text3, days: Period, contract: Period, section: str) -> Problem:
    text = Text3(
        f"{what.fi} ({days.format('fi')}) ei mahdu oppisopimuksen aikaan ({contract.format('fi')}).",
        f"{what.sv} ({days.format('sv')}) ryms inte inom läroavtalets tid ({contract.format('sv')}).",
        f"{what.en} ({days.format('en')}) does not fit within the apprenticeship ({contract.format('en')}).",
    )
    return Problem(code, text, section, "first")


CONTRACT = "531/2017 70–77 §"
DECIDED = Text3("Korvausaika", "Ersättningstiden", "The time of the compensation")
SUSPENDED = Text3("Keskeytys", "Avbrottet", "The suspension")
OWN_FIRM = Problem(
    "own_firm",
    Text3(
        "Yrittäjälle, joka kouluttautuu omassa yrityksessään, ei makseta koulutuskorvausta.",
        "Utbildningsersättning betalas inte till en företagare som utbildar sig i sitt eget företag.",
        "No training compensation is paid to an entrepreneur who trains in their own firm.",
    ),
    CONTRACT,
)
OPEN = Problem(
    "open_days",
    Text3("Anna jakson ensimmäinen ja viimeinen päivä.", "Ange periodens första och sista dag.", "Give the first and the last day."),
    LAW,
)
