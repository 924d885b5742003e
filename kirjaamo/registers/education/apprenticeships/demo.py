"""Invented employers, students and contracts in every state that a worker meets. All through the verbs."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from kirjaamo.kernel.actors import Machine
from kirjaamo.organisation.actions import create_user
from kirjaamo.organisation.demo import PASSWORD, SINCE
from kirjaamo.organisation.models import Unit, User
from kirjaamo.organisation.roles import Role
from kirjaamo.registers.education.apprenticeships import actions
from kirjaamo.registers.education.apprenticeships.actions import Contacted
from kirjaamo.registers.education.apprenticeships.choices import (
    ContactRole,
    Continuation,
    DemonstrationResult,
    LearningPlace,
    OwnCause,
    TrainingForm,
)
from kirjaamo.registers.education.apprenticeships.models import (
    Apprenticeship,
    CompensationPayment,
    EndingNotice,
    TrainingContact,
    Workplace,
)
from kirjaamo.requests.demo import PERSON
from kirjaamo.values.business_id import BusinessId
from kirjaamo.values.personal_id import PersonalId

CONTRACTS = 60
EMPLOYERS = 24
LACKING, ENDING, LEAVING = 7, 5, 13
"""Which contracts of each ten, fifteen and forty are drafts, end by agreement, and end with the study right."""
DAY = dt.timedelta(days=1)
CHECK = "0123456789ABCDEFHJKLMNPRSTUVWXY"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2)
CLERK = Machine("demo")
WORKER = ("olli", "Olli Oppisopimus")
SIGN_INS = [(WORKER[0], PASSWORD, f"{WORKER[1]}: {Role.HANDLER.value}, {Role.REGISTER_WORKER.value}")]
TRADES = ["Leipomo", "Rakennus", "Hoiva", "Ravintola", "Autohuolto", "Kauppa", "Sähkö", "Puutarha"]
NAMES = ["Esimerkki", "Keksitty", "Mallikas"]
QUALIFICATIONS = [
    "Elintarvikealan perustutkinto",
    "Rakennusalan perustutkinto",
    "Sosiaali- ja terveysalan perustutkinto",
    "Ravintola- ja catering-alan perustutkinto",
    "Autoalan perustutkinto",
    "Liiketoiminnan perustutkinto",
    "Sähkö- ja automaatioalan perustutkinto",
    "Puutarha-alan perustutkinto",
]
INSTITUTES = ["Stadin ammatti- ja aikuisopisto", "Mallilan ammattiopisto", "Tarulan aikuiskoulutuskeskus"]
FIRST = ["Aada", "Eetu", "Iida", "Joni", "Kerttu", "Leevi", "Milja", "Niilo", "Oona", "Pyry", "Ronja", "Samu", "Tuuli", "Veeti", "Ylva"]
LAST = ["Tarunen", "Satunen", "Testinen", "Harjoitus", "Näyte", "Kuvitelma", "Luomanen"]


@dataclass(frozen=True)
class Made:
    """Who makes the demo and on which day."""

    chance: random.Random
    today: dt.date


def business_id(number: int) -> BusinessId | None:
    """A business id of a number; None when the number has no check digit."""
    digits = f"{number:07}"
    rest = sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=True)) % 11
    return None if rest == 1 else BusinessId.parse(f"{digits}-{11 - rest if rest else 0}")


def make(report: Callable[[int, int, str], None]) -> None:
    """Dated rows, employers with workplaces, contracts drafted, confirmed, paid, suspended and ended."""
    made = Made(random.Random(531_2017), timezone.localdate())  # noqa: S311 - invented data, the same each time
    make_account()
    actions.load_rates(actor=CLERK)
    places = _places(made)
    for index in range(CONTRACTS):
        _contract(made, index, places[index % len(places)])
        report(index + 1, CONTRACTS, "apprenticeships")
    _pay(made)
    _contacts()
    for notice in EndingNotice.objects.order_by("pk")[::2]:
        actions.notify(notice, made.today, actor=CLERK)


def make_account() -> None:
    """The worker of the register, in the unit that decides on it."""
    unit = Unit.objects.get(slug="stadin-ammatti-ja-aikuisopisto")
    roles = (Role.HANDLER, Role.REGISTER_WORKER)
    if not User.objects.filter(username=WORKER[0]).exists():
        create_user(*WORKER, PASSWORD, roles=roles, actor=CLERK, since=SINCE, unit=unit, registers=("oppisopimuskoulutus",))


def _places(made: Made) -> list[Workplace]:
    """Workplaces; the last one still lacks its instructor."""
    places: list[Workplace] = []
    number = 9_000_000
    while len(places) < EMPLOYERS:
        number += 1
        code = business_id(number)
        if code is None:
            continue
        at = len(places)
        name = f"{TRADES[at % len(TRADES)]} {NAMES[at // len(TRADES) % len(NAMES)]} Oy"
        employer = actions.register_employer(code, name, f"{FIRST[at % len(FIRST)]} Yhteyshenkilö", "yhteys@example.org", actor=CLERK)
        instructor = f"{FIRST[-1 - at % len(FIRST)]} Ohjaaja" if at < EMPLOYERS - 1 else ""
        seen = made.today - dt.timedelta(days=200 + at)
        places.append(
            actions.add_workplace(
                employer,
                name,
                seen,
                instructor,
                "Ammattitutkinto",
                "Mallikatu 1",
                enough_work=True,
                tools=True,
                qualified_staff=True,
                actor=CLERK,
            )
        )
    return places


def _student(made: Made, index: int) -> tuple[PersonalId, str]:
    """A student with an identity code of the artificial range; one is the person who asks for her own data elsewhere in the demo."""
    if index == 0:
        return PersonalId.parse(PERSON[0]), PERSON[1]
    born = dt.date(1980, 1, 1) + dt.timedelta(days=made.chance.randrange(9_500))
    digits = f"{born:%d%m%y}{900 + index % 100}"
    code = PersonalId.parse(f"{digits[:6]}-{digits[6:]}{CHECK[int(digits) % 31]}")
    return code, f"{FIRST[index % len(FIRST)]} {LAST[index % len(LAST)]}"


def _contract(made: Made, index: int, place: Workplace) -> None:
    """One contract; what becomes of it depends on its number."""
    code, name = _student(made, index)
    first = made.today - dt.timedelta(days=made.chance.randrange(90, 400))
    last = first + dt.timedelta(days=made.chance.randrange(420, 1000))
    form = TrainingForm.PART if index % 9 == 0 else TrainingForm.QUALIFICATION
    right = actions.add_study_right(code, name, QUALIFICATIONS[index % len(TRADES)], INSTITUTES[index % 3], form, first, last, actor=CLERK)
    agreed = actions.agree(place, first, last, first - 7 * DAY, "Ohjaaja käyttää ohjaukseen kaksi tuntia viikossa.", actor=CLERK)
    hours = Decimal(24) if index % 30 == LACKING else Decimal("37.50")
    row = actions.draft(
        right, agreed.number, first, last, hours, "Työehtosopimuksen mukainen palkka", first, first + 100 * DAY, actor=CLERK
    )
    _plan(row, index)
    if index % 10 != LACKING and place.instructing():
        _living(made, index, actions.confirm(row, actor=CLERK))


UNITS = ("Asiakaspalvelussa toimiminen", "Ammatin perustyöt", "Työpaikan laatutyö")
TASKS = ("Asiakkaan palveleminen ja tilausten vastaanotto", "Työpäivän tehtävät ohjaajan kanssa ja itsenäisesti", "")


def _plan(row: Apprenticeship, index: int) -> None:
    """Three parts of the plan, one after another; the second is learnt at the college."""
    first, whole = row.valid.lower, (row.valid.upper - row.valid.lower).days
    for at, unit in enumerate(UNITS):
        begins, ends = first + at * whole // 3 * DAY, first + ((at + 1) * whole // 3 - 1) * DAY
        place = LearningPlace.PROVIDER if at == 1 else LearningPlace.WORKPLACE
        part = actions.add_plan_part(row, unit, place, begins, ends, TASKS[at], actor=CLERK)
        if ends < timezone.localdate() and index % 3:
            result = DemonstrationResult.AGAIN if index % 10 == 1 else DemonstrationResult.PASSED
            actions.record_demonstration(part, ends, result, actor=CLERK)


def _living(made: Made, index: int, row: Apprenticeship) -> None:
    """What happens on a confirmed contract."""
    first, last = row.valid.lower, row.valid.upper - DAY
    monthly = made.chance.choice([Decimal(100), Decimal(150), Decimal(200), Decimal(250)])
    actions.decide_compensation(row, monthly, first, last, "Hankittava osaaminen vaatii tavallista enemmän ohjausta.", actor=CLERK)
    if index % 6 == 0:
        actions.suspend(row, made.today - 80 * DAY, made.today - 66 * DAY, "Perhevapaa", actor=CLERK)
    if index % 4 == 0:
        monday = made.today - dt.timedelta(days=35 + made.today.weekday())
        actions.add_training_days(row, monday, monday + 2 * DAY, actor=CLERK)
        claim = actions.claim_benefits(row, monday, monday + 6 * DAY, index % 3, 2, Decimal(62), Decimal("24.80"), actor=CLERK)
        if index % 8 == 0:
            actions.decide_benefits(claim, actor=CLERK)
    if index % 15 == ENDING:
        actions.end_contract(row, OwnCause.MUTUAL, made.today - 5 * DAY, "Opiskelija vaihtaa alaa.", actor=CLERK)
        if index % 2:
            row.refresh_from_db()
            actions.agree_continuation(row, Continuation.PROVIDER, actor=CLERK)
    if index % 40 == LEAVING:
        actions.withdraw_study_right(row.study_right, made.today - 2 * DAY, "Opiskelija erosi.", actor=CLERK)


def _contacts() -> None:
    """Contacts of the public form: an employer and two students, one answered."""
    told = [
        (ContactRole.EMPLOYER, "Kerttu Näyte", "Kahvila Keksitty Oy", "Ravintola-ala", "Meillä olisi kokin paikka syksystä alkaen."),
        (ContactRole.STUDENT, "Samu Satunen", "", "Sähköala", "Olen jo töissä alalla ja haluaisin perustutkinnon."),
        (ContactRole.STUDENT, "Tuuli Testinen", "", "Puutarha-ala", ""),
    ]
    for role, name, employer, trade, text in told:
        actions.make_contact(Contacted(role, name, "yhteys@example.org", trade, "", employer, text), actor=CLERK)
    first = TrainingContact.objects.order_by("-pk")[0]
    actions.answer_contact(first, timezone.localdate(), "Sovittiin tapaaminen työpaikalla.", actor=CLERK)


def _pay(made: Made) -> None:
    """The month before the last one is paid; a few of the last one wait, and the rest of it is not reckoned yet."""
    last = made.today.replace(day=1) - DAY
    before = last.replace(day=1) - DAY
    actions.compute_month(before, actor=CLERK)
    for payment in CompensationPayment.objects.order_by("pk"):
        actions.confirm_payment(payment, actor=CLERK)
    for row in Apprenticeship.objects.filter(state="in_force").order_by("pk")[:5]:
        actions.compute_payment(row, last.replace(day=1), last, actor=CLERK)
