"""Why a wish was not granted: a code and the sentence that the applicant reads, with the values that were compared."""

from __future__ import annotations

import datetime as dt

from kirjaamo.registers.education.premises.rules.terms import Terms
from kirjaamo.registers.education.premises.rules.times import clock_text, is_on_step, span_text
from kirjaamo.registers.education.premises.rules.turns import ACTIVITIES, WEEKDAYS, Claim, Hall, RankRow, Turn, TurnRequest
from kirjaamo.values.clock import HELSINKI
from kirjaamo.values.language import Text3, format_day

_SATURDAY = 5
Reason = tuple[str, Text3]
GRANTED = Text3("Vuoro myönnettiin.", "Turen beviljades.", "The turn was granted.")
EARLIER_WISH: Reason = (
    "earlier_wish",
    Text3(
        "Hakemukselle myönnettiin aiempi toive.",
        "Ansökan beviljades ett tidigare önskemål.",
        "An earlier wish of the application was granted.",
    ),
)
NOT_LET: Reason = (
    "not_let",
    Text3("Tila ei ole kauden jaossa.", "Lokalen ingår inte i säsongens fördelning.", "The room is not in the season's allocation."),
)
AGREED: Reason = (
    "agreed",
    Text3(
        "Vuorosta on jo voimassa oleva käyttösopimus.",
        "Det finns redan ett gällande nyttjandeavtal för turen.",
        "A use agreement of the turn is already in force.",
    ),
)
OWN_TURN: Reason = (
    "own_turn",
    Text3(
        "Vuoro myönnettiin saman asiakkaan toiselle hakemukselle.",
        "Turen beviljades samma kunds andra ansökan.",
        "The turn was granted to another application of the same customer.",
    ),
)


def not_registered(terms: Terms) -> Reason:
    """Only a registered customer is given a turn."""
    return "not_registered", Text3(
        f"Hakijaa ei ollut rekisteröity asiakkaaksi ennen vuorojen jakoa ({terms.source}).",
        f"Sökanden hade inte registrerats som kund före fördelningen av turer ({terms.source}).",
        f"The applicant had not been registered as a customer before the turns were allocated ({terms.source}).",
    )


def too_small(hall: Hall, headcount: int) -> Reason:
    """The room does not hold the group."""
    return "too_small", Text3(
        f"Tilaan {hall.name} mahtuu {hall.capacity} henkilöä, ja ryhmässä on {headcount}.",
        f"Lokalen {hall.name} rymmer {hall.capacity} personer och gruppen har {headcount}.",
        f"The room {hall.name} holds {hall.capacity} people and the group has {headcount}.",
    )


def outside(turn: Turn, terms: Terms) -> Reason | None:
    """The wish lies outside of the hours of use, or not on the steps by which times are booked; None when it is within."""
    hours = terms.weekend if turn.weekday >= _SATURDAY else terms.weekday
    is_stepped = is_on_step(turn.start, terms.step) and is_on_step(turn.end, terms.step)
    if turn.minutes > 0 and hours[0] <= turn.start and turn.end <= hours[1] and is_stepped:
        return None
    day, span, asked, law = WEEKDAYS[turn.weekday], span_text(hours), span_text((turn.start, turn.end)), terms.source
    return "hours", Text3(
        f"Tiloja annetaan ({day.fi}) klo {span} tasan {terms.step} minuutin välein. Toivottu aika oli {asked} ({law}).",
        f"Lokaler upplåts ({day.sv}) kl. {span} med jämna {terms.step} minuter. Den önskade tiden var {asked} ({law}).",
        f"Premises are let ({day.en}) {span} by steps of {terms.step} minutes. The time wished for was {asked} ({law}).",
    )


def lost_to(winner: TurnRequest, won: Claim, loser: TurnRequest, claim: Claim, ranks: RankRow) -> Reason:
    """The first criterion in which the winner was ahead when it won."""
    if won[0] != claim[0]:
        return "rank", _by_rank(winner.activity, won[0], loser.activity, claim[0], ranks)
    if won[1] != claim[1]:
        return "fewer_minutes", Text3(
            f"Vuoron sai hakija, jolle oli jaettu vähemmän viikkoaikaa ({_time(won[1])}) kuin sinulle ({_time(claim[1])}).",
            f"Turen gick till en sökande som hade tilldelats mindre veckotid ({_time(won[1])}) än du ({_time(claim[1])}).",
            f"The turn went to an applicant who had been given less weekly time ({_time(won[1])}) than you ({_time(claim[1])}).",
        )
    if won[2] != claim[2]:
        return "continuing", Text3(
            "Vuoron sai hakija, joka haki ensisijaisesti edellisen kautensa vuoroa.",
            "Turen gick till en sökande som i första hand sökte sin tur från föregående säsong.",
            "The turn went to an applicant whose first wish was its own turn of last season.",
        )
    if won[3] != claim[3]:
        return "arrived", _by_arrival(won[3], claim[3])
    return "number", Text3(
        "Hakemukset saapuivat samaan aikaan, ja vuoron sai aiemmin kirjattu.",
        "Ansökningarna kom samtidigt och turen gick till den som registrerades först.",
        "The applications arrived at the same time, and the turn went to the one registered first.",
    )


def _by_rank(won: str, won_rank: int, lost: str, lost_rank: int, ranks: RankRow) -> Text3:
    first, second, law = ACTIVITIES[won], ACTIVITIES[lost], ranks.source
    return Text3(
        f"Vuoron sai hakija, jonka toiminta on jakojärjestyksessä edellä: {first.fi} (sija {won_rank}), "
        f"sinun toimintasi {second.fi} (sija {lost_rank}). Peruste: {law}.",
        f"Turen gick till en sökande vars verksamhet går före i ordningen: {first.sv} (plats {won_rank}), "
        f"din verksamhet {second.sv} (plats {lost_rank}). Grund: {law}.",
        f"The turn went to an applicant whose activity ranks higher: {first.en} (rank {won_rank}), "
        f"yours {second.en} (rank {lost_rank}). Basis: {law}.",
    )


def _by_arrival(won: dt.datetime, lost: dt.datetime) -> Text3:
    fi, sv, en = ((_moment(won, language), _moment(lost, language)) for language in ("fi", "sv", "en"))
    return Text3(
        f"Hakijat olivat muuten tasavertaiset, ja vuoron sai aiemmin saapunut hakemus ({fi[0]}; sinun {fi[1]}).",
        f"Sökandena var i övrigt likvärdiga och turen gick till den ansökan som kom först ({sv[0]}; din {sv[1]}).",
        f"The applicants were otherwise equal, and the turn went to the application that arrived first ({en[0]}; yours {en[1]}).",
    )


def _moment(at: dt.datetime, language: str) -> str:
    local = at.astimezone(HELSINKI)
    return f"{format_day(local.date(), language)} {clock_text(local.time())}"


def _time(minutes: int) -> str:
    return f"{minutes // 60} h {minutes % 60:02} min"
