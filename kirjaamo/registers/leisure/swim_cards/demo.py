"""Invented card holders, applications and cards, so that the register looks like one in use."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable

from django.utils import timezone

from kirjaamo.documents.models import Way
from kirjaamo.kernel.actors import Machine
from kirjaamo.registers.leisure.swim_cards import actions
from kirjaamo.registers.leisure.swim_cards.choices import Outcome, Proof
from kirjaamo.registers.leisure.swim_cards.models import Application
from kirjaamo.requests.demo import PERSON
from kirjaamo.values.personal_id import PersonalId

FIRST = [
    "Aino",
    "Eino",
    "Helmi",
    "Onni",
    "Eevi",
    "Väinö",
    "Lyyli",
    "Toivo",
    "Siiri",
    "Oiva",
    "Alma",
    "Urho",
    "Impi",
    "Reino",
    "Sylvi",
    "Armas",
    "Hilja",
    "Kauko",
    "Martta",
    "Veikko",
]
LAST = ["Esimerkki", "Keksitty", "Mallikas", "Testinen", "Tarunen", "Satunen", "Kuvitelma", "Harjoitus", "Näyte", "Luomanen"]
CHECK = "0123456789ABCDEFHJKLMNPRSTUVWXY"
HOLDERS = 120
ASKING = 20
"""The place of the holder who asks for her own data in the demo of requests."""
WAITING = 8
ELSEWHERE = 0.04
"""The share of applicants who live in another municipality."""
UNFETCHED = 0.1


def artificial_id(chance: random.Random) -> PersonalId:
    """An identity code of the artificial range 900–999."""
    born = dt.date(1940, 1, 1) + dt.timedelta(days=chance.randrange(22_000))
    number = chance.randrange(900, 1000)
    digits = f"{born:%d%m%y}{number}"
    return PersonalId.parse(f"{born:%d%m%y}-{number}{CHECK[int(digits) % 31]}")


def finish(decided: Application, on: dt.date, *, new_chip: bool, actor: Machine) -> None:
    """Sell the granted card, or send the refusal."""
    if decided.outcome == Outcome.GRANTED:
        actions.hand_over(decided, new_chip, on=on, actor=actor)
    else:
        actions.serve(decided, Way.POST, actor=actor)


def make(report: Callable[[int, int, str], None]) -> None:
    """Applications over the past year: most granted, some refused, a few waiting."""
    chance = random.Random(20_240_301)  # noqa: S311 - invented data, the same each time
    clerk = Machine("demo")
    today = timezone.localdate()
    actions.load_terms(actor=clerk)
    proofs = [*Proof, None]
    codes = {str(code.reveal()): code for code in (artificial_id(chance) for _ in range(2 * HOLDERS))}
    asking_code, asking_name = PERSON
    for index, drawn in enumerate(list(codes.values())[:HOLDERS]):
        seen = today - dt.timedelta(days=chance.randrange(330))
        asks = index == ASKING
        code = PersonalId.parse(asking_code) if asks else drawn
        name = asking_name if asks else f"{chance.choice(FIRST)} {chance.choice(LAST)}"
        application = actions.apply(
            code,
            name,
            chance.choices(proofs, weights=[30, 40, 15, 30, 3, 2])[0],
            seen,
            resident=chance.random() > ELSEWHERE,
            assistants=chance.choices([0, 1, 2], weights=[70, 25, 5])[0],
            actor=clerk,
            arrived_at=timezone.make_aware(dt.datetime.combine(seen, dt.time(8 + index % 7, index % 60))) if seen < today else None,
        )
        if index >= WAITING:
            decided = actions.decide(application, actor=clerk, on=seen)
            if chance.random() > UNFETCHED:
                finish(decided, seen, new_chip=index % 3 == 0, actor=clerk)
        report(index + 1, HOLDERS, "swimming cards")
