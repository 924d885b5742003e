"""What the verbs share: days told by people, numbers, and the refusals of rules said in the reader's language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kirjaamo.contract.record import Record
from kirjaamo.kernel.errors import BadInput, OutOfOrder, Refused
from kirjaamo.registers.education.apprenticeships.choices import ApprenticeshipState, PaymentState
from kirjaamo.registers.education.apprenticeships.models import Apprenticeship, CompensationPayment
from kirjaamo.registers.education.apprenticeships.rules.problems import Problem, RuleError
from kirjaamo.ui import wording

T = TypeVar("T")
_DAY = dt.timedelta(days=1)


def days_told(first: dt.date, last: dt.date | None, *, field: str = "last") -> DateRange:
    """A range of days from its first and last day, both of which belong to it."""
    if last is not None and last < first:
        told = {"first": wording.day(first), "last": wording.day(last)}
        raise BadInput(
            _("Viimeinen päivä %(last)s on ennen ensimmäistä päivää %(first)s. Vaihda jompikumpi.") % told,
            code="apprenticeships.days",
            field=field,
        )
    return DateRange(first, last + _DAY if last else None)


def refusal(problem: Problem) -> Refused:
    """The refusal of one problem: a rule with its section, or a dated row that is not there yet."""
    told: dict[str, Any] = {"code": f"apprenticeships.{problem.code}", "field": problem.field or None}
    sentence = problem.sentence.pick(get_language() or "fi")
    return Refused(sentence, section=problem.section, **told) if problem.section else OutOfOrder(sentence, **told)


def refuse(problems: Sequence[Problem]) -> None:
    """Refuse with every problem at once, so that nothing is put right in vain; of several each sentence names its own section."""
    if not problems:
        return
    if len(problems) == 1:
        raise refusal(problems[0])
    sections = "; ".join(dict.fromkeys(problem.section for problem in problems))
    sentence = " ".join(refusal(problem).told() for problem in problems)
    raise Refused(sentence, code=f"apprenticeships.{problems[0].code}", section=sections, field=problems[0].field or None)


def not_in_force(row: Apprenticeship) -> OutOfOrder:
    """Why nothing is done to a contract that is not in force: which state it or its agreement is in, and what comes first."""
    if row.state == ApprenticeshipState.DRAFT:
        sentence = _("Oppisopimus %(number)s on valmisteilla. Vahvista se ensin.") % {"number": row.number}
    elif row.state == ApprenticeshipState.ENDED:
        told = {"number": row.number, "day": wording.day(row.ended_on)}
        sentence = _("Oppisopimus %(number)s päättyi %(day)s. Tarvittaessa tee uusi oppisopimus.") % told
    else:
        told = {"number": row.arrangement.number, "day": wording.day(row.arrangement.ended_on)}
        sentence = _("Järjestämissopimus %(number)s päättyi %(day)s. Tee ensin uusi järjestämissopimus.") % told
    return OutOfOrder(sentence, code="apprenticeships.not_in_force")


def paid_already(row: Apprenticeship, days: DateRange) -> CompensationPayment | None:
    """The first payment that is confirmed for any of some days."""
    found: CompensationPayment | None = row.payments.filter(voided_at=None, state=PaymentState.CONFIRMED, days__overlap=days).first()
    return found


def ruled(rule: Callable[[], T]) -> T:
    """Run a rule; what it refuses is said."""
    try:
        return rule()
    except RuleError as error:
        refuse([error.problem])
        raise


def numbered(model: type[Record], letter: str) -> tuple[int, str]:
    """The next key of a model and the number made of it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [model._meta.db_table])
        key: int = cursor.fetchone()[0]
    return key, f"{letter}-{key:06}"
