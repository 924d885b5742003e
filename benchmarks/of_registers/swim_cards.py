"""The special swimming card: judging one application is its calculation; its bulk run lists the cards to be destroyed."""

from __future__ import annotations

import datetime as dt

DAY = dt.date(2026, 5, 5)


def calculate() -> object:
    """Judge an application by the terms of the day and reckon the card's last day; of a register without terms, look for them."""
    from kirjaamo.registers.leisure.swim_cards import rows, rules  # noqa: PLC0415 - after Django is set up

    terms = rows.terms_on(DAY)
    return (rules.judge(terms, proof="eu_card", resident=True), rules.last_day(DAY, terms.years)) if terms else None


def run() -> object:
    """List the cards whose retention has ended."""
    from kirjaamo.contract.register import REGISTERS  # noqa: PLC0415 - as above
    from kirjaamo.kernel.actors import Machine  # noqa: PLC0415 - as above

    return REGISTERS["erityisuimakortit"].purge(dt.date(2100, 1, 1), actor=Machine("bench"))
