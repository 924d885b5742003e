"""What the tests begin with: an employer, a workplace, a study right, an agreement and a contract that may be confirmed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils import timezone

from kirjaamo.kernel.actors import Machine
from kirjaamo.registers.education.apprenticeships import actions
from kirjaamo.registers.education.apprenticeships.choices import TrainingForm
from kirjaamo.registers.education.apprenticeships.models import Apprenticeship, ArrangementAgreement, StudyRight, TrainingRate, Workplace
from kirjaamo.values.business_id import BusinessId
from kirjaamo.values.personal_id import PersonalId

CLERK = Machine("clerk")
MAIJA, MATTI = PersonalId.parse("150594Y9022"), PersonalId.parse("010100A900F")
NAME = "Maija Meikäläinen"
FIRST, LAST = dt.date(2026, 1, 1), dt.date(2027, 12, 31)
EMPLOYER = "Leipomo Esimerkki Oy"
QUALIFICATION = "Elintarvikealan perustutkinto"
INSTITUTE = "Mallilan ammattiopisto"


def rates() -> None:
    """The dated rows, once."""
    if not TrainingRate.objects.exists():
        actions.load_rates(actor=CLERK)


def workplace(*, instructor: str = "Oili Ohjaaja", code: str = "1234567-1") -> Workplace:
    """A workplace where everything is in order."""
    employer = actions.register_employer(BusinessId.parse(code), EMPLOYER, actor=CLERK)
    return actions.add_workplace(
        employer, "Mallilan leipomo", FIRST, instructor, enough_work=True, tools=True, qualified_staff=True, actor=CLERK
    )


def right(code: PersonalId = MAIJA, name: str = NAME) -> StudyRight:
    """A study right of two years."""
    return actions.add_study_right(code, name, QUALIFICATION, INSTITUTE, TrainingForm.QUALIFICATION, FIRST, LAST, actor=CLERK)


def agreed(place: Workplace | None = None) -> ArrangementAgreement:
    """The agreement with the employer."""
    return actions.agree(place or workplace(), FIRST, LAST, FIRST, actor=CLERK)


def draft(study: StudyRight | None = None, agreement: ArrangementAgreement | None = None, **facts: Any) -> Apprenticeship:
    """A contract that may be confirmed, unless the facts say otherwise."""
    rates()
    told: dict[str, Any] = {"weekly_hours": Decimal("37.50"), "pay_basis": "TES", "hoks_on": dt.date(2025, 12, 15), **facts}
    return actions.draft(study or right(), (agreement or agreed()).number, FIRST, LAST, actor=CLERK, **told)


def confirmed(**facts: Any) -> Apprenticeship:
    """A contract in force."""
    return actions.confirm(draft(**facts), actor=CLERK)


def compensated() -> Apprenticeship:
    """A contract in force with 100 € a month."""
    row = confirmed()
    actions.decide_compensation(row, Decimal(100), FIRST, LAST, "Ohjausta tarvitaan tavallista enemmän.", actor=CLERK)
    return row


def today() -> dt.date:
    """The day of the test."""
    return timezone.localdate()
