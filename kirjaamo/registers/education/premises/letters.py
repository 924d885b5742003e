"""The data of the register's documents, and of calculations for show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils import timezone, translation

from kirjaamo.decisions.letters import instruction
from kirjaamo.mechanisms.dated import holding
from kirjaamo.registers.education.premises.choices import BookingState
from kirjaamo.registers.education.premises.terms import UseTerms
from kirjaamo.ui import wording
from kirjaamo.ui.languages import pick
from kirjaamo.values.calculation import Calculation
from kirjaamo.values.language import format_day
from kirjaamo.values.money import Money

if TYPE_CHECKING:
    from kirjaamo.cases.models import Case
    from kirjaamo.registers.education.premises.models import Agreement, Bill, Booking, Damage, TurnApplication


def stored(data: Mapping[str, Any]) -> Calculation:
    """A stored calculation."""
    return Calculation.from_data(data)


def _office(case: Case | None, language: str) -> dict[str, object]:
    """Who gives the document and when (hallintolaki 434/2003 § 44)."""
    if case is None:
        return {}
    names = (case.management_unit.name, case.unit.title)
    return {"office": ", ".join(pick(name, language).text for name in names), "day": format_day(timezone.localdate(), language)}


def _review(language: str) -> dict[str, object]:
    """How review of a decision of today is sought (hallintolaki 434/2003 § 46–47), by the dated rows of the law."""
    title, rows = instruction("review-municipal", language, timezone.localdate())
    return {"review": {"title": title, "rows": [list(row) for row in rows]}}


def answer(booking: Booking) -> Mapping[str, object]:
    """The answer to a request: confirmed with its fee, or refused with its reason."""
    language = booking.case.language if booking.case else "fi"
    with translation.override(language):
        return {
            **_head(booking, language),
            "confirmed": booking.state == "confirmed",
            "time": booking.when,
            "headcount": booking.headcount,
            "reason": booking.reason,
            **(_review(language) if booking.state == BookingState.REFUSED else {}),
            **_terms(timezone.localtime(booking.starts_at).date()),
            **_fee(booking, language),
        }


def agreement(row: Agreement) -> Mapping[str, object]:
    """The agreement: parties, room, turn, days and the total."""
    language = row.case.language if row.case else "fi"
    last = row.bookings.order_by("starts_at").last()
    with translation.override(language):
        return {
            **_head(row, language),
            "number": row.number,
            "turn": row.turn,
            "first": format_day(row.valid.lower, language),
            "last": wording.day(last.starts_at) if last else "",
            "headcount": row.headcount,
            **_terms(row.valid.lower),
            **_fee(row, language),
        }


def turn_decision(application: TurnApplication) -> Mapping[str, object]:
    """The decision on an application: each wish with what became of it and why."""
    language = application.case.language if application.case else "fi"
    with translation.override(language):
        return {
            **_office(application.case, language),
            **_review(language),
            "identifier": application.case.identifier if application.case else "",
            "customer": application.customer.name,
            "season": str(application.season),
            "granted": application.outcome == "granted",
            "wishes": [
                {"turn": str(wish), "granted": wish.outcome == "granted", "reason": wish.reason} for wish in application.wishes.all()
            ],
        }


def bill(row: Bill) -> Mapping[str, object]:
    """The bill of a month: a line for each use, the sum, the tax on it and what is to be paid."""
    language = row.case.language if row.case else "fi"
    with translation.override(language):
        return {
            **_office(row.case, language),
            "identifier": row.case.identifier if row.case else "",
            "number": row.number,
            "account": row.account.number,
            "customer": row.customer.name,
            "month": f"{row.month.month}/{row.month.year}",
            **_terms(row.month),
            **_fee(row, language),
        }


def damage_claim(row: Damage) -> Mapping[str, object]:
    """The claim: which use, what was damaged, how much is claimed."""
    language = row.case.language if row.case else "fi"
    with translation.override(language):
        return {
            **_office(row.case, language),
            "identifier": row.case.identifier if row.case else "",
            "customer": row.customer.name,
            "room": str(row.room),
            "time": row.booking.when,
            "found": format_day(row.found_on, language),
            "description": row.description,
            "amount": _money(row.amount, language),
            "law": _terms(timezone.localtime(row.booking.starts_at).date())["law"],
        }


def _head(row: Booking | Agreement, language: str) -> dict[str, object]:
    return {
        **_office(row.case, language),
        "identifier": row.case.identifier if row.case else "",
        "customer": row.customer.name,
        "contact": row.contact.name if row.contact else "",
        "room": str(row.room),
        "address": row.room.address,
        "self_supervised": row.self_supervised,
        "purpose": row.purpose,
        "language": language,
    }


def _terms(day: dt.date) -> dict[str, object]:
    """The terms of use by which a use of a day is cancelled and supervised, and the decision behind them; zeros when there are none."""
    row = holding(UseTerms, day).first()
    return {
        "notice": row.notice_days if row else 0,
        "margin": row.margin if row else 0,
        "age": row.least_age if row else 0,
        "law": row.source if row else "",
    }


def _fee(row: Booking | Agreement | Bill, language: str) -> dict[str, object]:
    """The fee without tax, what is to be paid, and how both were made."""
    worked = row.kept_calculations()
    net = [step.value for one in worked for step in one.steps if step.key == "net"]
    return {
        "fee": _value(net[0], language) if net else "",
        "payable": _value(worked[0].result, language) if worked else "",
        "steps": [line for one in worked for line in _steps(one, language)],
    }


def _money(amount: Any, language: str) -> str:
    return Money(amount).format(language) if amount is not None else ""


def _steps(calculation: Calculation, language: str) -> list[list[str]]:
    """The lines of a calculation: label, how, value."""
    return [[step.label.pick(language), step.formula, _value(step.value, language)] for step in calculation.steps]


def _value(value: object, language: str) -> str:
    return value.format(language) if isinstance(value, Money) else wording.figure(value) if not isinstance(value, str) else value
