"""The special swimming card: judging one application is its calculation; its bulk run lists the cards to be destroyed."""

from __future__ import annotations

import datetime as dt

DAY = dt.date(2026, 5, 5)


def calculate() -> object:
    """Judge an application by the rules in force."""
    from kirjaamo.registers.leisure.swim_cards import rules  # noqa: PLC0415 - after Django is set up

    return rules.judge(proof="eu_card", resident=True, seen_on=DAY), rules.last_day(DAY)


def run() -> object:
    """List the cards whose retention has ended."""
    from kirjaamo.contract.register import REGISTERS  # noqa: PLC0415 - as above
    from kirjaamo.kernel.actors import Machine  # noqa: PLC0415 - as above

    return REGISTERS["erityisuimakortit"].purge(dt.date(2100, 1, 1), actor=Machine("bench"))
