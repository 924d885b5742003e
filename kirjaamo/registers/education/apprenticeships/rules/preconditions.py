"""Whether an apprenticeship may be confirmed: every precondition that fails, with its values and its section."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from kirjaamo.registers.education.apprenticeships.rules.problems import Problem
from kirjaamo.registers.education.apprenticeships.rules.rates import Figure, Rates
from kirjaamo.values.deadlines import Unit, shift
from kirjaamo.values.language import Text3, format_day
from kirjaamo.values.period import Period

CONTRACT = "531/2017 70 §"
WORKPLACE = "531/2017 70–77 §"
PROBATION = "55/2001 1 luku 4 §"
EXCLUDED = {
    "preparatory": Text3("valmentava koulutus", "handledande utbildning", "preparatory training"),
    "labour_market": Text3("työvoimakoulutus", "arbetskraftsutbildning", "labour-market training"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """What was found at the workplace `name`."""

    enough_work: bool
    tools: bool
    qualified_staff: bool
    instructor: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A contract before it is confirmed, with what it rests on.

    `arrangement` is None when the agreement of the number `agreed` is not in force; `agreement_ended` is its last day.
    """

    born: dt.date | None
    valid: Period
    weekly_hours: Decimal
    pay_basis: str
    form: str
    study_right: Period
    arrangement: Period | None
    place: Place
    hoks_on: dt.date | None
    probation_last: dt.date | None = None
    agreed: str = ""
    agreement_ended: dt.date | None = None


def problems(draft: Draft, rates: Rates) -> tuple[Problem, ...]:
    """Every precondition that fails, in the order in which a worker would put them right."""
    return tuple(_all(draft, rates))


def _all(draft: Draft, rates: Rates) -> Iterator[Problem]:
    yield from _student(draft, rates)
    yield from _times(draft, rates)
    yield from _probation(draft, rates)
    yield from _papers(draft)
    yield from _place(draft.place)


def _student(draft: Draft, rates: Rates) -> Iterator[Problem]:
    first = _first(draft)
    row = rates.at(Figure.AGE, first)
    least = int(row.amount)
    if draft.born is None:
        yield _said("no_birth_date", row.source, _TEXTS["no_birth_date"], least=least)
    elif shift(draft.born, least, Unit.YEARS) > first:
        turns = shift(draft.born, least, Unit.YEARS)
        yield _said("too_young", row.source, _TEXTS["too_young"], least=least, turns=turns, first=first)
    if draft.form in EXCLUDED:
        yield _said("excluded_training", WORKPLACE, _TEXTS["excluded_training"], form=EXCLUDED[draft.form])


def _times(draft: Draft, rates: Rates) -> Iterator[Problem]:
    row = rates.at(Figure.HOURS, _first(draft))
    if draft.weekly_hours < row.amount:
        yield _said("too_few_hours", row.source, _TEXTS["too_few_hours"], "weekly_hours", hours=draft.weekly_hours, least=row.amount)
    most = rates.find(Figure.MOST_HOURS, _first(draft))
    if most is not None and draft.weekly_hours > most.amount:
        yield _said("too_many_hours", most.source, _TEXTS["too_many_hours"], "weekly_hours", hours=draft.weekly_hours, most=most.amount)
    if draft.valid.end is None:
        yield _said("not_fixed_term", CONTRACT, _TEXTS["not_fixed_term"], "last", first=_first(draft))
    if not _covers(draft.study_right, draft.valid):
        yield _said("outside_study_right", WORKPLACE, _TEXTS["outside_study_right"], contract=draft.valid, outer=draft.study_right)
    if draft.arrangement is None:
        text = _TEXTS["arrangement_ended" if draft.agreement_ended else "no_arrangement"]
        yield _said("no_arrangement", WORKPLACE, text, agreed=draft.agreed, ended=draft.agreement_ended or "")
    elif not _covers(draft.arrangement, draft.valid):
        yield _said("outside_arrangement", WORKPLACE, _TEXTS["outside_arrangement"], contract=draft.valid, outer=draft.arrangement)


def _probation(draft: Draft, rates: Rates) -> Iterator[Problem]:
    """At most some months and at most half of a fixed term (työsopimuslaki 55/2001 1:4)."""
    last, first = draft.probation_last, _first(draft)
    if last is None:
        return
    row = rates.at(Figure.PROBATION, first)
    months, beyond = int(row.amount), shift(first, int(row.amount), Unit.MONTHS)
    if last < first or last >= beyond:
        told: dict[str, object] = {"months": months, "first": first, "last": last, "latest": beyond - dt.timedelta(days=1)}
        yield _said("probation_too_long", row.source, _TEXTS["probation_too_long"], "probation_last", **told)
        return
    whole, days = draft.valid.days(), (last - first).days + 1
    if whole is not None and 2 * days > whole:
        told = {"days": days, "last": last, "half": whole // 2, "contract": draft.valid}
        yield _said("probation_over_half", PROBATION, _TEXTS["probation_over_half"], "probation_last", **told)


def _papers(draft: Draft) -> Iterator[Problem]:
    if draft.hoks_on is None:
        yield _said("no_hoks", WORKPLACE, _TEXTS["no_hoks"], "hoks_on", first=_first(draft))
    if not draft.pay_basis.strip():
        yield _said("no_pay_basis", CONTRACT, _TEXTS["no_pay_basis"], "pay_basis")


def _place(place: Place) -> Iterator[Problem]:
    found = {"enough_work": place.enough_work, "tools": place.tools, "qualified_staff": place.qualified_staff}
    for code, there in found.items():
        if not there:
            yield _said(f"no_{code}", WORKPLACE, _TEXTS[f"no_{code}"], place=place.name)
    if not place.instructor.strip():
        yield _said("no_instructor", WORKPLACE, _TEXTS["no_instructor"], place=place.name)


def _first(draft: Draft) -> dt.date:
    assert draft.valid.start is not None  # noqa: S101 - a contract begins on a day
    return draft.valid.start


def _covers(outer: Period, inner: Period) -> bool:
    return outer.intersection(inner) == inner


def _said(code: str, section: str, text: Text3, field: str = "", **values: object) -> Problem:
    told = (
        text.pick(language).format(**{name: _shown(value, language) for name, value in values.items()}) for language in ("fi", "sv", "en")
    )
    return Problem(code, Text3(*told), section, field)


def _shown(value: object, language: str) -> str:
    if isinstance(value, dt.date):
        return format_day(value, language)
    if isinstance(value, Period):
        return value.format(language)
    if isinstance(value, Text3):
        return value.pick(language)
    text = f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)
    return text if language == "en" else text.replace(".", ",")


_TEXTS = {
    "no_birth_date": Text3(
        "Opiskelijan syntymäaikaa ei tiedetä, joten vähimmäisikää ({least} vuotta) ei voida todeta. Tarkista opiskelijan tiedot.",
        "Den studerandes födelsetid är okänd och minimiåldern ({least} år) kan inte konstateras. Kontrollera uppgifterna.",
        "The student's date of birth is not known, so the least age ({least} years) cannot be checked. Check the student's data.",
    ),
    "too_young": Text3(
        "Oppisopimusopiskelijan on oltava vähintään {least} vuotta. Opiskelija täyttää {least} vuotta {turns}, ja sopimus alkaisi {first}.",
        "En läroavtalsstuderande ska ha fyllt {least} år. Den studerande fyller {least} år {turns} och avtalet skulle börja {first}.",
        "An apprentice must be at least {least} years old. The student turns {least} on {turns}, and the contract would begin on {first}.",
    ),
    "excluded_training": Text3(
        "Oppisopimusta ei tehdä tähän koulutukseen: {form}.",
        "Läroavtal ingås inte för denna utbildning: {form}.",
        "No apprenticeship is made for this training: {form}.",
    ),
    "too_few_hours": Text3(
        "Viikkotyöajan on oltava keskimäärin vähintään {least} tuntia; sopimuksessa on {hours} tuntia.",
        "Veckoarbetstiden ska vara minst {least} timmar i genomsnitt; i avtalet står {hours} timmar.",
        "Weekly hours must be at least {least} on average; the contract says {hours}.",
    ),
    "too_many_hours": Text3(
        "Viikkotyöaika saa olla keskimäärin enintään {most} tuntia; sopimuksessa on {hours} tuntia.",
        "Veckoarbetstiden får vara högst {most} timmar i genomsnitt; i avtalet står {hours} timmar.",
        "Weekly hours are at most {most} on average; the contract says {hours}.",
    ),
    "not_fixed_term": Text3(
        "Oppisopimus on määräaikainen: sopimus alkaa {first}, mutta sillä ei ole viimeistä päivää. Kirjaa se.",
        "Läroavtalet är tidsbundet: avtalet börjar {first} men har ingen sista dag. Ange den.",
        "An apprenticeship is for a fixed term: the contract begins on {first} and has no last day. Give it.",
    ),
    "outside_study_right": Text3(
        "Sopimus ({contract}) ei mahdu opiskeluoikeuden aikaan ({outer}).",
        "Avtalet ({contract}) ryms inte inom studierättens tid ({outer}).",
        "The contract ({contract}) does not fit within the study right ({outer}).",
    ),
    "no_arrangement": Text3(
        "Koulutuksen järjestäjän ja työnantajan sopimus {agreed} ei ole voimassa. Tee se ennen oppisopimusta.",
        "Avtalet {agreed} mellan utbildningsanordnaren och arbetsgivaren är inte i kraft. Ingå det före läroavtalet.",
        "The agreement {agreed} between the provider and the employer is not in force. Make it before the contract.",
    ),
    "arrangement_ended": Text3(
        "Koulutuksen järjestäjän ja työnantajan sopimus {agreed} päättyi {ended}. Tee uusi ennen oppisopimusta.",
        "Avtalet {agreed} mellan utbildningsanordnaren och arbetsgivaren upphörde {ended}. Ingå ett nytt före läroavtalet.",
        "The agreement {agreed} between the provider and the employer ended on {ended}. Make a new one before the contract.",
    ),
    "outside_arrangement": Text3(
        "Sopimus ({contract}) ei mahdu järjestämissopimuksen aikaan ({outer}).",
        "Avtalet ({contract}) ryms inte inom anordnandeavtalets tid ({outer}).",
        "The contract ({contract}) does not fit within the arrangement agreement ({outer}).",
    ),
    "probation_too_long": Text3(
        "Koeaika saa olla enintään {months} kuukautta sopimuksen alusta ({first}), siis viimeistään {latest}; koeaika päättyisi {last}.",
        "Prövotiden får vara högst {months} månader från avtalets början ({first}), alltså till {latest}; den skulle upphöra {last}.",
        "Probation is at most {months} months from the beginning ({first}), so until {latest}; it would end on {last}.",
    ),
    "probation_over_half": Text3(
        "Koeaika on {days} päivää (päättyy {last}). Se saa olla enintään puolet sopimuksen ({contract}) kestosta eli {half} päivää.",
        "Prövotiden är {days} dagar (upphör {last}). Den får vara högst hälften av avtalets ({contract}) längd, alltså {half} dagar.",
        "Probation is {days} days (ends {last}). It is at most half of the length of the contract ({contract}), so {half} days.",
    ),
    "no_hoks": Text3(
        "Henkilökohtainen osaamisen kehittämissuunnitelma (HOKS) puuttuu. Liitä se sopimukseen, joka alkaa {first}.",
        "Den personliga utvecklingsplanen för kunnandet (PUK) saknas. Bifoga den till avtalet som börjar {first}.",
        "The personal competence development plan (HOKS) is missing. Attach it to the contract, which begins on {first}.",
    ),
    "no_pay_basis": Text3(
        "Palkan peruste puuttuu sopimuksesta: kohta on tyhjä.",
        "Lönegrunden saknas i avtalet: fältet är tomt.",
        "The basis of pay is missing from the contract: the field is empty.",
    ),
    "no_enough_work": Text3(
        "Työpaikalla {place} ei ole todettu olevan riittävästi tutkinnon mukaista työtä.",
        "Det har inte konstaterats att arbetsplatsen {place} har tillräckligt med arbete enligt examen.",
        "The workplace {place} was not found to have enough work of the qualification.",
    ),
    "no_tools": Text3(
        "Työpaikalla {place} ei ole todettu olevan tarvittavia työvälineitä.",
        "Det har inte konstaterats att arbetsplatsen {place} har behövliga arbetsredskap.",
        "The workplace {place} was not found to have the tools that are needed.",
    ),
    "no_qualified_staff": Text3(
        "Työpaikalla {place} ei ole todettu olevan ammattitaitoista henkilöstöä.",
        "Det har inte konstaterats att arbetsplatsen {place} har yrkeskunnig personal.",
        "The workplace {place} was not found to have qualified staff.",
    ),
    "no_instructor": Text3(
        "Työpaikalle {place} ei ole nimetty työpaikkaohjaajaa. Nimeä ohjaaja työpaikan sivulla.",
        "Ingen arbetsplatshandledare har utsetts för {place}. Utse en handledare på arbetsplatsens sida.",
        "No workplace instructor is named for {place}. Name one on the workplace's page.",
    ),
}
