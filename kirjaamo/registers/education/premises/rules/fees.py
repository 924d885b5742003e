"""Fees of use from dated price lists: hours × price of the hour and the tax on it, to the cent, with every row that was used.

Prices are without value added tax, as the committee decides them; what a list does not price is refused, never guessed. The tax
of a bill is reckoned on the sum of its month, so it may differ by cents from the sum of the taxes of single uses.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

from kirjaamo.registers.education.premises.rules.problems import Because, Problem, RuleError
from kirjaamo.registers.education.premises.rules.times import Occurrence, Slot, clock_text, is_weekend
from kirjaamo.values.calculation import Calculation, RowUsed, Workings
from kirjaamo.values.language import Text3, format_day
from kirjaamo.values.money import Money, Rounding
from kirjaamo.values.period import Period
from kirjaamo.values.problems import ValueProblem

KINDS = {
    "classroom": Text3("luokkahuone", "klassrum", "classroom"),
    "special": Text3("aineluokka, auditorio tai ruokala", "ämnesklass, auditorium eller matsal", "subject room, auditorium or canteen"),
    "hall": Text3("juhlasali", "festsal", "assembly hall"),
}
GROUPS = {
    "general": Text3("yleinen", "allmän", "general"),
    "education": Text3("aikuiskoulutus", "vuxenutbildning", "adult education"),
    "youth": Text3("lapset ja nuoret", "barn och unga", "children and young people"),
}
DAYS = {False: Text3("arki", "vardag", "weekday"), True: Text3("viikonloppu", "veckoslut", "weekend")}
SUPERVISION = {False: Text3("valvottu", "övervakad", "supervised"), True: Text3("omatoiminen", "på egen hand", "self-supervised")}
NET = Text3("Yhteensä ilman arvonlisäveroa", "Sammanlagt utan mervärdesskatt", "Total without value added tax")
TAX = Text3("Arvonlisävero", "Mervärdesskatt", "Value added tax")
NO_TAX = Text3("Hinta ilman arvonlisäveroa", "Pris utan mervärdesskatt", "Price without value added tax")


@dataclass(frozen=True, slots=True)
class Cell:
    """What a price depends on: kind of room, group of user, weekend or not, with a supervisor of the city or without."""

    kind: str
    group: str
    weekend: bool
    self_supervised: bool

    def told(self) -> Text3:
        """The cell in words, as a row of the price list is called."""
        parts = (KINDS[self.kind], GROUPS[self.group], DAYS[self.weekend], SUPERVISION[self.self_supervised])
        return Text3(*(", ".join(part.pick(language) for part in parts) for language in ("fi", "sv", "en")))


@dataclass(frozen=True, slots=True)
class PriceRow:
    """One dated row of a price list: euros per hour of a cell."""

    id: str
    cell: Cell
    hourly: Money
    valid: Period
    source: str

    def __post_init__(self) -> None:
        if self.hourly < Money(0):
            raise ValueProblem("money.size")

    def used(self) -> RowUsed:
        """The row as a step names it."""
        return RowUsed(self.id, f"{self.cell.told().fi}, {self.hourly.format()} / h", self.source)


def price_of(rows: Sequence[PriceRow], cell: Cell, day: dt.date) -> PriceRow:
    """The row of a cell in force on a day. RuleError names the cell, the day and the list in force when no list prices it."""
    for row in rows:
        if row.cell == cell and day in row.valid:
            return row
    told, law = cell.told(), next((row.source for row in rows if day in row.valid), "")
    raise RuleError(
        Problem(
            "no_price",
            Text3(
                f"Hinnastossa ei ole hintaa: {told.fi}, {format_day(day, 'fi')}. Lisää hinta ennen kuin vahvistat varauksen.",
                f"Prislistan har inget pris: {told.sv}, {format_day(day, 'sv')}. Lägg till priset innan du bekräftar bokningen.",
                f"The price list has no price: {told.en}, {format_day(day, 'en')}. Add the price before you confirm the booking.",
            ),
            source=law,
            because=Because.ORDER,
        )
    )


def amount(hourly: Money, minutes: int) -> Money:
    """Price of the hour × minutes / 60, halves of a cent up. Minutes below zero are refused."""
    if minutes < 0:
        raise ValueProblem("money.size")
    with localcontext(prec=40):
        return Money.rounded(hourly.amount * minutes / 60, Rounding.HALF_UP)


def fee(slot: Slot, kind: str, group: str, *, self_supervised: bool, rows: Sequence[PriceRow], taxes: Sequence[TaxRow]) -> Calculation:
    """The fee of one use: without tax in the step `net`, with it as the result."""
    row = price_of(rows, Cell(kind, group, is_weekend(slot.day), self_supervised), slot.day)
    work = Workings(Text3("Käyttömaksu", "Nyttjandeavgift", "Fee of use"))
    work.step("time", Text3("Käyttöaika", "Användningstid", "Time of use"), _when(slot))
    hours = work.step("hours", Text3("Tunteja", "Timmar", "Hours"), _hours(slot.minutes), formula=f"{slot.minutes} min / 60", unit="h")
    work.step("hourly", NO_TAX, row.hourly, unit="/ h", rows=[row.used()])
    net = work.step(
        "net",
        NET,
        amount(row.hourly, slot.minutes),
        formula=f"{_plain(hours)} h × {row.hourly.format()}",
        rounding=Rounding.HALF_UP.value,
    )
    return work.result(_taxed(work, net, {tax_of(taxes, slot.day): net}))


def season_fee(
    days: Sequence[Occurrence],
    start: dt.time,
    end: dt.time,
    kind: str,
    group: str,
    *,
    self_supervised: bool,
    rows: Sequence[PriceRow],
    taxes: Sequence[TaxRow],
) -> Calculation:
    """The fee of a standing turn: a line for each day, the skipped ones with their reason, the sum in the step `net`, and the tax."""
    work = Workings(Text3("Vakiovuoron maksu", "Avgift för fast tur", "Fee of a standing turn"))
    sums: dict[TaxRow, Money] = {}
    for one in days:
        slot = Slot(one.day, start, end)
        label = Text3(*(format_day(one.day, language) for language in ("fi", "sv", "en")))
        if one.skipped is not None:
            work.step(one.day.isoformat(), _joined(label, one.skipped), Money(0))
            continue
        row = price_of(rows, Cell(kind, group, is_weekend(one.day), self_supervised), one.day)
        sum_ = amount(row.hourly, slot.minutes)
        formula = f"{_plain(_hours(slot.minutes))} h × {row.hourly.format()}"
        work.step(one.day.isoformat(), label, sum_, formula=formula, rounding=Rounding.HALF_UP.value, rows=[row.used()])
        rate = tax_of(taxes, one.day)
        sums[rate] = sums.get(rate, Money(0)) + sum_
    used = sum(one.skipped is None for one in days)
    work.step("count", Text3("Käyttökertoja", "Antal gånger", "Times of use"), used)
    return work.result(_taxed(work, work.step("net", NET, sum(sums.values(), Money(0))), sums))


@dataclass(frozen=True, slots=True)
class TaxRow:
    """One dated rate of value added tax, in per cent."""

    id: str
    percent: Decimal
    valid: Period
    source: str

    def used(self) -> RowUsed:
        """The row as a step names it."""
        return RowUsed(self.id, f"{_plain(self.percent)} %", self.source)


@dataclass(frozen=True, slots=True)
class Use:
    """A use that is billed: its key, what it is called on the bill, its fee without tax, its day."""

    key: str
    label: Text3
    fee: Money
    day: dt.date


def tax_of(rows: Sequence[TaxRow], day: dt.date) -> TaxRow:
    """The rate in force on a day. RuleError names the day when none is."""
    for row in rows:
        if day in row.valid:
            return row
    raise RuleError(
        Problem(
            "no_tax",
            Text3(
                f"Arvonlisäverokantaa ei ole {format_day(day, 'fi')}. Lisää verokanta ennen kuin maksu lasketaan.",
                f"Ingen mervärdesskattesats gäller {format_day(day, 'sv')}. Lägg till skattesatsen innan avgiften räknas.",
                f"No rate of value added tax is in force on {format_day(day, 'en')}. Add the rate before the fee is reckoned.",
            ),
            source="arvonlisäverolaki 1501/1993 84 §",
            because=Because.ORDER,
        )
    )


def tax_on(net: Money, percent: Decimal) -> Money:
    """The tax on a sum, halves of a cent up."""
    with localcontext(prec=40):
        return Money.rounded(net.amount * percent / 100, Rounding.HALF_UP)


def month_total(month: dt.date, uses: Sequence[Use], taxes: Sequence[TaxRow]) -> Calculation:
    """The bill of a month: a line for each use, their sum, the tax on the sum of each rate, and what is to be paid."""
    span = f"{month.month}/{month.year}"
    work = Workings(Text3(f"Laskutus {span}", f"Fakturering {span}", f"Billing {span}"))
    sums: dict[TaxRow, Money] = {}
    for one in uses:
        row = tax_of(taxes, one.day)
        sums[row] = sums.get(row, Money(0)) + work.step(one.key, one.label, one.fee)
    return work.result(_taxed(work, work.step("net", NET, sum(sums.values(), Money(0))), sums))


def _taxed(work: Workings, net: Money, sums: Mapping[TaxRow, Money]) -> Money:
    """What is to be paid: the net sum and, a line for each rate, the tax on what is taxed by it."""
    payable = net
    for row, taxed in sums.items():
        payable += work.step(
            f"tax-{row.id}",
            TAX,
            tax_on(taxed, row.percent),
            formula=f"{taxed.format()} × {_plain(row.percent)} %",
            rounding=Rounding.HALF_UP.value,
            rows=[row.used()],
        )
    return payable


def _when(slot: Slot) -> str:
    return f"{format_day(slot.day, 'fi')} {clock_text(slot.start)}–{clock_text(slot.end)}"


def _hours(minutes: int) -> Decimal:
    """Hours with two decimals, for show: the fee is computed of minutes."""
    return Money.rounded(Decimal(minutes) / 60, Rounding.HALF_UP).amount


def _plain(hours: Decimal) -> str:
    return f"{hours.normalize():f}".replace(".", ",")


def _joined(label: Text3, more: Text3) -> Text3:
    return Text3(f"{label.fi} {more.fi}", f"{label.sv} {more.sv}", f"{label.en} {more.en}")
