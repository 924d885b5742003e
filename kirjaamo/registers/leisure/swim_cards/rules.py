"""Who gets a special swimming card, for how long and at what price. Plain Python; every limit and price is a dated row with its source.

Since 1 March 2024 in Helsinki a resident shows one of four proofs and no diagnosis is asked; before that, and in other cities still,
the right was shown otherwise. What is enough is therefore data: `CardTerms` of a day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from kirjaamo.values.calculation import Calculation, RowUsed, Workings
from kirjaamo.values.deadlines import Unit, shift
from kirjaamo.values.language import LANGUAGES, Text3, format_day
from kirjaamo.values.money import Money
from kirjaamo.values.period import Period

MOST_CARD_KIND = 2
"""A card is sold as 1, 2 or 3 by its assistants 0, 1 or 2: a card of more does not exist, whatever the terms say."""
REASONS_LAW = "HL 434/2003 45 §"

PROOFS: Mapping[str, Text3] = {
    "parking_badge": Text3(
        "vammaisen pysäköintitunnus", "parkeringstillstånd för personer med funktionsnedsättning", "parking card for disabled people"
    ),
    "transport_card": Text3("kuljetuspalvelun taksikortti", "färdtjänstens taxikort", "taxi card of the transport service"),
    "visual_card": Text3("näkövammaiskortti", "synskadekort", "card for the visually impaired"),
    "eu_card": Text3("EU:n vammaiskortti", "EU:s funktionshinderkort", "EU disability card"),
    "other": Text3(
        "muu selvitys, kuten Kelan korvausoikeuden koodi",
        "annan utredning, såsom FPA:s ersättningskod",
        "other evidence, such as a Kela code",
    ),
}
NOTHING = Text3("ei todistetta", "inget bevis", "no proof")


@dataclass(frozen=True, slots=True)
class CardTerms:
    """The terms of a time: which proofs are enough, for how many years, with how many assistants, and where that was decided."""

    key: str
    valid: Period
    proofs: frozenset[str]
    years: int
    most_assistants: int
    source: Text3


@dataclass(frozen=True, slots=True)
class CardPrice:
    """The price of a time: of the card and of a new smart card that it is loaded on."""

    key: str
    valid: Period
    card: Decimal
    chip: Decimal
    source: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether the card is granted, and the sentence that says why not (a code and its words in three languages)."""

    granted: bool
    code: str = ""
    reason: Text3 | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """A rule that says no: a stable code, the sentence with the values, the row behind it and the field."""

    code: str
    sentence: Text3
    source: Text3
    field: str = ""


NOT_RESIDENT = Text3(
    "Kortti myönnetään vain kaupungin asukkaalle. Kotikuntaa ei voitu todeta Helsingiksi.",
    "Kortet beviljas bara stadens invånare. Hemkommunen kunde inte konstateras vara Helsingfors.",
    "The card is granted to residents of the city only. Helsinki could not be confirmed as the municipality of residence.",
)


Row = TypeVar("Row", CardTerms, CardPrice)


def in_force(rows: Iterable[Row], on: dt.date) -> Row | None:
    """The row of a day; None when none is known for it: nothing is guessed."""
    return next((row for row in rows if on in row.valid), None)


def judge(terms: CardTerms, *, proof: str, resident: bool) -> Judgement:
    """Grant to a resident with one of the proofs of the terms; otherwise the reason, with what was shown and what is enough."""
    if not resident:
        return Judgement(granted=False, code="not_resident", reason=NOT_RESIDENT)
    if proof not in terms.proofs:
        return Judgement(granted=False, code="no_proof", reason=_not_enough(terms, proof))
    return Judgement(granted=True)


def _not_enough(terms: CardTerms, proof: str) -> Text3:
    shown = PROOFS.get(proof, NOTHING)
    enough = [one for code, one in PROOFS.items() if code in terms.proofs]
    since = [format_day(terms.valid.start, language) if terms.valid.start else "" for language in LANGUAGES]
    fi, sv, en = ([getattr(one, language) for one in enough] for language in LANGUAGES)
    return Text3(
        f"Esitetty: {shown.fi}. Oikeuden korttiin osoittaa {since[0]} alkaen vain {_listed(fi, 'tai')}.",
        f"Visat: {shown.sv}. Rätten till kortet visas från och med {since[1]} bara med {_listed(sv, 'eller')}.",
        f"Shown: {shown.en}. From {since[2]} the right to the card is shown only with {_listed(en, 'or')}.",
    )


def _listed(words: Sequence[str], last: str) -> str:
    return f" {last} ".join(part for part in (", ".join(words[:-1]), words[-1]) if part) if words else "–"


def assistants_problem(terms: CardTerms, assistants: int) -> Problem | None:
    """Why a card cannot have as many assistants."""
    most = min(terms.most_assistants, MOST_CARD_KIND)
    if 0 <= assistants <= most:
        return None
    return Problem(
        "assistants",
        Text3(
            f"Avustajia {assistants}: kortilla voi olla enintään {most} avustajaa.",
            f"Assistenter {assistants}: kortet kan ha högst {most} assistenter.",
            f"Assistants {assistants}: a card may have at most {most}.",
        ),
        terms.source,
        "assistants",
    )


def end_of_validity(first: dt.date, years: int) -> dt.date:
    """The first day on which a card bought on `first` is no longer valid."""
    return shift(first, years, Unit.YEARS)


def last_day(first: dt.date, years: int) -> dt.date:
    """The last day of a card: bought on 5 May 2026 for a year, valid to 4 May 2027."""
    return shift(end_of_validity(first, years), -1, Unit.DAYS)


def price(row: CardPrice, *, new_chip: bool) -> Calculation:
    """What is paid: the card, and a smart card when a new one is given. The row of the tariff stands beside each."""
    full = Money(row.card), Money(row.chip)
    used = (RowUsed(row.key, f"{full[0]} + {full[1]}", row.source),)
    work = Workings(Text3("Erityisuimakortin hinta", "Specialsimkortets pris", "Price of the special swimming card"))
    card = work.step("card", Text3("Uimakortti", "Simkort", "Swimming card"), full[0], rows=used)
    chip = work.step("chip", Text3("Uusi älykortti", "Nytt smartkort", "New smart card"), full[1] if new_chip else Money(0), rows=used)
    paid = work.step("paid", Text3("Maksetaan", "Betalas", "To pay"), card + chip, formula=f"{card} + {chip}")
    return work.result(paid)
