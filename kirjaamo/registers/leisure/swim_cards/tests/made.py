"""What the tests start from: the terms and prices of the data pack, and an application as the clerk enters it."""

from __future__ import annotations

import datetime as dt

from kirjaamo.kernel.actors import Machine
from kirjaamo.registers.leisure.swim_cards import actions
from kirjaamo.registers.leisure.swim_cards.models import Application, CardTerms, Proof
from kirjaamo.values.personal_id import PersonalId

MAIJA = PersonalId.parse("150594Y9022")
DAY = dt.date(2026, 5, 5)
CLERK = Machine("clerk")
SOURCE = "Kulttuuri- ja vapaa-aikalautakunnan päätös HEL 2019-004390"


def terms() -> None:
    """The terms and prices of the data pack, unless they are there."""
    if not CardTerms.objects.exists():
        actions.load_terms(actor=CLERK)


def applied(
    code: PersonalId = MAIJA,
    *,
    name: str = "Maija Meikäläinen",
    proof: Proof | None = Proof.EU_CARD,
    resident: bool = True,
    assistants: int = 0,
) -> Application:
    """An application as the clerk enters it."""
    terms()
    return actions.apply(code, name, proof, DAY, resident=resident, assistants=assistants, actor=CLERK)
