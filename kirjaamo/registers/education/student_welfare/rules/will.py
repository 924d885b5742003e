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
    name: str = ""
    guardians: tuple[str, ...] | None = None
    """The recorded guardians by name; None when who asks is known to be one."""


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
UNKNOWN_AGE = Text3(
    "Opiskelijan syntymäaikaa ei tiedetä, joten ei voi todeta, onko hän alaikäinen. Kirjaa henkilötunnus ensin.",
    "Den studerandes födelsetid är okänd, så det kan inte konstateras om hen är minderårig. Anteckna personbeteckningen först.",
    "The student's date of birth is not known, so it cannot be told whether they are a minor. Record the identity code first.",
)
CONSENTED = Text3("Tiedot annetaan suostumuksella.", "Uppgifterna lämnas med samtycke.", "The data is given with consent.")
BY_LAW = Text3("Tiedot annetaan lain nojalla.", "Uppgifterna lämnas med stöd av lag.", "The data is given under a section of law.")


def _grown(age: int, name: str) -> Text3:
    return Text3(
        f"Opiskelija on {age}-vuotias, siis täysi-ikäinen: huoltajalle ({name or '–'}) ei anneta tietoja ilman opiskelijan suostumusta.",
        f"Den studerande är {age} år, alltså myndig: uppgifter lämnas inte till vårdnadshavaren ({name or '–'}) utan samtycke.",
        f"The student is {age}, so of age: no data is given to the guardian ({name or '–'}) without the student's consent.",
    )


def _no_guardian(name: str, guardians: tuple[str, ...]) -> Text3:
    known = ", ".join(guardians) or "–"
    return Text3(
        f"{name or '–'} ei ole asiakkaan kirjattu huoltaja (kirjattu: {known}). Tarkista huoltajuus ja kirjaa huoltaja asiakkaalle ensin.",
        f"{name or '–'} är inte antecknad som klientens vårdnadshavare (antecknade: {known}). Kontrollera och anteckna vårdnaden först.",
        f"{name or '–'} is not a recorded guardian of the client (recorded: {known}). Check the custody and record the guardian first.",
    )


def _no_ground(name: str) -> Text3:
    return Text3(
        f"Tiedot ovat salassa pidettäviä. Saajalle {name or '–'} niitä annetaan vain voimassa olevalla suostumuksella, jossa hänet "
        "mainitaan, tai lain säännöksen nojalla. Kirjaa suostumus tai kerro säännös.",
        f"Uppgifterna är sekretessbelagda. Till {name or '–'} lämnas de bara med ett gällande samtycke som nämner mottagaren eller med "
        "stöd av lag. Anteckna samtycket eller ange bestämmelsen.",
        f"The data is secret. To {name or '–'} it is given only with a consent in force that names the recipient, or under a section of "
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
    return Judgement(given=False, code="no_ground", law=SECRET_LAW, sentence=_no_ground(asked.name))


def _to_guardian(asked: Asked) -> Judgement:
    if asked.birth is None:
        return Judgement(given=False, code="unknown_age", law=BAR_LAW, sentence=UNKNOWN_AGE)
    if asked.barred:
        return Judgement(given=False, code="barred", law=BAR_LAW, sentence=BARRED)
    age = age_on(asked.birth, asked.on)
    if age >= ADULT:
        if asked.consented:
            return Judgement(given=True, code="consent", law=CONSENT_LAW, sentence=CONSENTED)
        return Judgement(given=False, code="grown", law=SECRET_LAW, sentence=_grown(age, asked.name))
    if asked.guardians is not None and not names(asked.name, asked.guardians):
        return Judgement(given=False, code="not_guardian", law=SECRET_LAW, sentence=_no_guardian(asked.name, asked.guardians))
    return Judgement(given=True, code="guardian", law=PARTY_LAW, sentence=TO_GUARDIAN)


def names(name: str, known: tuple[str, ...]) -> bool:
    """Whether a name is one of those known, letter case and extra spaces aside."""
    told = " ".join(name.split()).casefold()
    return bool(told) and told in {" ".join(one.split()).casefold() for one in known}


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
            given=True,
        )
    return None


def consent_problem(given_by: str, assessment: str) -> Problem | None:
    """Why a consent cannot be recorded: a guardian consents only for a student who was assessed unable to."""
    if given_by == STUDENT or assessment.strip():
        return None
    return Problem(
        "not_assessed",
        Text3(
            "Antajaksi on merkitty huoltaja. "
            "Huoltaja antaa suostumuksen vain, jos opiskelija ei itse pysty arvioimaan sen merkitystä. Kirjaa arvio siitä.",
            "Som givare har antecknats vårdnadshavaren. "
            "Vårdnadshavaren ger samtycket bara om den studerande inte själv kan bedöma dess betydelse. Anteckna bedömningen.",
            "The guardian has been entered as the giver. "
            "A guardian consents only when the student cannot assess what the consent means. Record that assessment.",
        ),
        CONSENT_LAW,
        "assessment",
    )


def member_problem(scope: str, member: str) -> Problem | None:
    """Why a consent makes someone no member of the group: it names someone else (§ 14 and 19)."""
    if " ".join(member.split()).casefold() in " ".join(scope.split()).casefold():
        return None
    return Problem(
        "other_member",
        Text3(
            f"Suostumus koskee: {scope}. Siinä ei mainita jäsentä {member}. Kirjaa opiskelijan suostumus tähän jäseneen ensin.",
            f"Samtycket gäller: {scope}. Det nämner inte {member}. Anteckna först den studerandes samtycke till den medlemmen.",
            f"The consent covers: {scope}. It does not name {member}. First record the student's consent to this member.",
        ),
        "1287/2013 14 ja 19 §",
        "member_name",
    )
