"""The use log is kept for the time of its dated row, and the night after that it goes."""

from __future__ import annotations

import pytest
from django.db import connection

from kirjaamo.cases.tests.made import MACHINE
from kirjaamo.kernel.actions import action
from kirjaamo.kernel.actors import Actor
from kirjaamo.kernel.models import JournalEntry, UseEntry
from kirjaamo.norms.models import DeadlineTerm
from kirjaamo.retention.jobs import purge_use_log

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("helsinki")]


@action("Testi: muuta säilytysaikaa", needs="norms.edit")
def keep(years: int, *, actor: Actor) -> None:
    """Change the row as who keeps the reference data would."""
    del actor
    DeadlineTerm.objects.filter(code="use-log-kept").update(amount=years)


def _used(about: str, ago: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kernel_useentry (at, actor, verb, area, place, about, subjects, count, purpose, reason)"
            " VALUES (now() - %s::interval, 'user:1', 'view', 'cases', '', %s, '{}', 1, 'other', '')",
            [ago, about],
        )


def test_what_is_older_than_the_retention_is_removed_and_nothing_else() -> None:
    _used("vanha", "12 years 2 days")
    _used("uudempi", "11 years 360 days")
    assert purge_use_log(0) == 1
    assert list(UseEntry.objects.values_list("about", flat=True)) == ["uudempi"]
    assert JournalEntry.objects.filter(action__endswith="purge").exists()


def test_the_time_is_a_row_that_can_be_changed_but_two_years_stay() -> None:
    _used("vanha", "6 years")
    _used("uudempi", "4 years")
    keep(5, actor=MACHINE)
    assert purge_use_log(0) == 1
    assert list(UseEntry.objects.values_list("about", flat=True)) == ["uudempi"]
