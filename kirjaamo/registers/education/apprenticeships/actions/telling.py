"""What the verbs share: days told by people, numbers, and the refusals of rules said in the reader's language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import TypeVar

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kirjaamo.contract.record import Record
from kirjaamo.kernel.errors import Refused
from kirjaamo.registers.education.apprenticeships.rules.problems import Problem, RuleError

T = TypeVar("T")
_DAY = dt.timedelta(days=1)


def days_told(first: dt.date, last: dt.date | None, *, field: str = "last") -> DateRange:
    """A range of days from its first and last day, both of which belong to it."""
    if last is not None and last < first:
        raise Refused(_("Viimeinen päivä ei voi olla ennen ensimmäistä."), code="apprenticeships.days", field=field)
    return DateRange(first, last + _DAY if last else None)


def said(problem: Problem) -> str:
    """The sentence of a problem with its section."""
    sentence = problem.sentence.pick(get_language() or "fi")
    return f"{sentence} ({problem.section})" if problem.section else sentence


def refuse(problems: Sequence[Problem]) -> None:
    """Refuse with every problem at once, so that nothing is put right in vain; of several each sentence names its own section."""
    if not problems:
        return
    first, one = problems[0], len(problems) == 1
    sentence = first.sentence.pick(get_language() or "fi") if one else " ".join(said(problem) for problem in problems)
    raise Refused(sentence, code=f"apprenticeships.{first.code}", section=first.section if one else "", field=first.field or None)


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
