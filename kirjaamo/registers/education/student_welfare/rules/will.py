"""Statements of will, and to whom data may be given: the student, the guardian, others (1287/2013 §§ 14, 18, 19).

A minor may for a weighty reason forbid giving data to the guardian when a professional has assessed that the minor is able to.
A guardian has no right to forbid the minor to use the services. Data goes to others by consent or by a section of law.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from kirjaamo.registers.education.student_welfare.rules.problems import Problem
from kirjaamo.values.deadlines import Unit, shift
from kirjaamo.values.language import Text3

ADULT = 18
BAR_LAW = "1287/2013 18 § 2 mom."
CONSENT_LAW = "1287/2013 19 §"
SECRET_LAW = "JulkL 621/1999 24 § 1 mom. 30 kohta"  # noqa: S105 - a section of law
PARTY_LAW = "JulkL 621/1999 12 §"
STUDENT, GUARDIAN = "student", "guardian"


@dataclass(frozen=True, slots=True)
class Asked:
    """A disclosure to judge: to whom, of a student born when, on which day, and what is known of their will."""

    recipient: str
    birth: dt.date | None
    on: dt.date
    barred: bool = False
    consented: bool = False
    ground: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether data is given, the section, and the sentence that the answer states."""

    given: bool
    code: str
    law: str
    sentence: Text3


SELF = Text3(
    "Tiedot annetaan opiskelijalle itselleen.", "Uppgifterna lämnas till den studerande själv.", "The data is given to the student."
)
TO_GUARDIAN = Text3(
    "Tiedot annetaan alaikäisen huoltajalle.",
    "Uppgifterna lämnas till den minderårigas vårdnadshavare.",
    "The data is given to the guardian of a minor.",
)
BARRED = Text3(
    "Tietoja on jätetty pois, koska alaikäinen on painavasta syystä kieltänyt antamasta niitä huoltajalle.",
    "Uppgifter har utelämnats, eftersom den minderåriga av vägande skäl har förbjudit att de lämnas till vårdnadshavaren.",
    "Data has been left out because the minor has for a weighty reason forbidden giving it to the guardian.",
)
GROWN = Text3(
    "Opiskelija on täysi-ikäinen: huoltajalle ei anneta tietoja ilman opiskelijan suostumusta.",
    "Den studerande är myndig: uppgifter lämnas inte till vårdnadshavaren utan den studerandes samtycke.",
    "The student is of age: no data is given to the guardian without the student's consent.",
)
UNKNOWN_AGE = Text3(
    "Opiskelijan syntymäaikaa ei tiedetä, joten ei voi todeta, onko hän alaikäinen. Kirjaa henkilötunnus ensin.",
    "Den studerandes födelsetid är okänd, så det kan inte konstateras om hen är minderårig. Anteckna personbeteckningen först.",
    "The student's date of birth is not known, so it cannot be told whether they are a minor. Record the identity code first.",
)
CONSENTED = Text3("Tiedot annetaan suostumuksella.", "Uppgifterna lämnas med samtycke.", "The data is given with consent.")
BY_LAW = Text3("Tiedot annetaan lain nojalla.", "Uppgifterna lämnas med stöd av lag.", "The data is given under a section of law.")
NO_GROUND = Text3(
    "Tiedot ovat salassa pidettäviä. Muulle kuin opiskelijalle ja huoltajalle niitä annetaan vain voimassa olevalla suostumuksella tai "
    "lain säännöksen nojalla. Kirjaa suostumus tai kerro säännös.",
    "Uppgifterna är sekretessbelagda. Till andra än den studerande och vårdnadshavaren lämnas de bara med gällande samtycke eller med "
    "stöd av lag. Anteckna samtycket eller ange bestämmelsen.",
    "The data is secret. To others than the student and the guardian it is given only with a consent in force or under a section of "
    "law. Record the consent or name the section.",
)


def age_on(birth: dt.date, day: dt.date) -> int:
    """Full years on a day."""
    years = day.year - birth.year
    return years if shift(birth, years, Unit.YEARS) <= day else years - 1


def is_minor(birth: dt.date | None, day: dt.date) -> bool | None:
    """Whether someone is under eighteen on a day; None when the birth date is not known."""
    return None if birth is None else age_on(birth, day) < ADULT


def judge(asked: Asked) -> Judgement:
    """Whether data may be given to a recipient, with the section and the sentence for the answer."""
    if asked.recipient == STUDENT:
        return Judgement(given=True, code="self", law=PARTY_LAW, sentence=SELF)
    if asked.recipient == GUARDIAN:
        return _to_guardian(asked)
    if asked.consented:
        return Judgement(given=True, code="consent", law=CONSENT_LAW, sentence=CONSENTED)
    if asked.ground.strip():
        return Judgement(given=True, code="law", law=asked.ground.strip(), sentence=BY_LAW)
    return Judgement(given=False, code="no_ground", law=SECRET_LAW, sentence=NO_GROUND)


def _to_guardian(asked: Asked) -> Judgement:
    minor = is_minor(asked.birth, asked.on)
    if minor is None:
        return Judgement(given=False, code="unknown_age", law=BAR_LAW, sentence=UNKNOWN_AGE)
    if asked.barred:
        return Judgement(given=False, code="barred", law=BAR_LAW, sentence=BARRED)
    if not minor and not asked.consented:
        return Judgement(given=False, code="grown", law=SECRET_LAW, sentence=GROWN)
    return Judgement(given=True, code="guardian", law=PARTY_LAW, sentence=TO_GUARDIAN)


def bar_problem(birth: dt.date | None, on: dt.date, assessment: str) -> Problem | None:
    """Why a bar cannot be recorded: the student is of age, the age is not known, or the assessment is missing."""
    minor = is_minor(birth, on)
    if minor is None:
        return Problem("unknown_age", UNKNOWN_AGE, BAR_LAW)
    if not minor and birth is not None:
        age = age_on(birth, on)
        return Problem(
            "grown",
            Text3(
                f"Opiskelija on {age}-vuotias. Täysi-ikäisen tietoja ei anneta huoltajalle muutenkaan, joten kieltoa ei tarvita.",
                f"Den studerande är {age} år. En myndig persons uppgifter lämnas inte till vårdnadshavaren, så ett förbud behövs inte.",
                f"The student is {age} years old. An adult's data is not given to the guardian anyway, so no bar is needed.",
            ),
            BAR_LAW,
            "given_on",
        )
    if not assessment.strip():
        return Problem(
            "no_assessment",
            Text3(
                "Kirjaa ammattihenkilön arvio alaikäisen iästä, kehitystasosta ja kiellon painavasta syystä.",
                "Anteckna den yrkesutbildade personens bedömning av den minderårigas ålder, utvecklingsnivå och det vägande skälet.",
                "Record the professional's assessment of the minor's age, level of development and weighty reason.",
            ),
            BAR_LAW,
            "assessment",
        )
    return None


def consent_problem(given_by: str, assessment: str) -> Problem | None:
    """Why a consent cannot be recorded: a guardian consents only for a student who was assessed unable to."""
    if given_by == STUDENT or assessment.strip():
        return None
    return Problem(
        "not_assessed",
        Text3(
            "Huoltaja antaa suostumuksen vain, jos opiskelija ei itse pysty arvioimaan sen merkitystä. Kirjaa arvio siitä.",
            "Vårdnadshavaren ger samtycket bara om den studerande inte själv kan bedöma dess betydelse. Anteckna bedömningen.",
            "A guardian consents only when the student cannot assess what the consent means. Record that assessment.",
        ),
        CONSENT_LAW,
        "assessment",
    )
