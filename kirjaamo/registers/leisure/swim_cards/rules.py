"""Who gets a special swimming card and for how long. Plain Python; the rules in force are dated rows with their source.

Source of the present rules: committee decision HEL 2019-004390, in force from 1 March 2024: a resident whose proof is one
of four; no diagnosis is asked. Before that the right was shown with Kela codes and medical statements.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from kirjaamo.values.deadlines import Unit, shift
from kirjaamo.values.language import Text3
from kirjaamo.values.period import Period

MOST_ASSISTANTS = 2


@dataclass(frozen=True)
class CardRules:
    """The rules of a time: which proofs are enough, and where that was decided."""

    valid: Period
    proofs: frozenset[str]
    years: int
    source: Mapping[str, str]


RULES = (
    CardRules(
        valid=Period(dt.date(2024, 3, 1), None),
        proofs=frozenset({"parking_badge", "transport_card", "visual_card", "eu_card"}),
        years=1,
        source={
            "fi": "Kulttuuri- ja vapaa-aikalautakunnan päätös HEL 2019-004390",
            "sv": "Kultur- och fritidsnämndens beslut HEL 2019-004390",
            "en": "Decision of the Culture and Leisure Committee HEL 2019-004390",
        },
    ),
)


@dataclass(frozen=True)
class Judgement:
    """Whether the card is granted, and the sentence that says why not (a code and its words in three languages)."""

    granted: bool
    code: str = ""
    reason: Text3 | None = None


NOT_RESIDENT = Text3(
    "Kortti myönnetään vain kaupungin asukkaalle. Kotikuntaa ei voitu todeta Helsingiksi.",
    "Kortet beviljas bara stadens invånare. Hemkommunen kunde inte konstateras vara Helsingfors.",
    "The card is granted to residents of the city only. Helsinki could not be confirmed as the municipality of residence.",
)
NO_PROOF = Text3(
    "Oikeus korttiin osoitetaan vammaisen pysäköintitunnuksella, kuljetuspalvelun taksikortilla, "
    "näkövammaiskortilla tai EU:n vammaiskortilla. Muu selvitys, kuten Kelan korvausoikeuden koodi, ei riitä "
    "1.3.2024 alkaen.",
    "Rätten visas med parkeringstillstånd för personer med funktionsnedsättning, färdtjänstens taxikort, "
    "synskadekort eller EU:s funktionshinderkort. Annan utredning, såsom FPA:s ersättningskod, räcker inte från "
    "1.3.2024.",
    "The right is shown with a parking card for disabled people, a taxi card of the transport service, a card for "
    "the visually impaired or the EU disability card. Other evidence, such as a Kela code, is not enough from 1 "
    "March 2024.",
)


def rules_in_force(on: dt.date) -> CardRules:
    """The rules of a day; a day before the first known ones is refused."""
    for rules in RULES:
        if on in rules.valid:
            return rules
    message = f"No rules of the card are known for {on.isoformat()}"
    raise LookupError(message)


def judge(*, proof: str, resident: bool, seen_on: dt.date) -> Judgement:
    """Grant to a resident with one of the proofs; otherwise the reason."""
    if not resident:
        return Judgement(granted=False, code="not_resident", reason=NOT_RESIDENT)
    if proof not in rules_in_force(seen_on).proofs:
        return Judgement(granted=False, code="no_proof", reason=NO_PROOF)
    return Judgement(granted=True)


def end_of_validity(first: dt.date) -> dt.date:
    """The first day on which a card bought on `first` is no longer valid: a year from the purchase."""
    return shift(first, rules_in_force(first).years, Unit.YEARS)


def last_day(first: dt.date) -> dt.date:
    """The last day of a card: bought on 5 May 2026, valid to 4 May 2027."""
    return shift(end_of_validity(first), -1, Unit.DAYS)
