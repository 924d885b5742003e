"""What ends in a register starts the retention of its case's documents: told when the day has come, told anew when it is corrected."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import QuerySet
from django.utils import timezone

from kirjaamo.contract.actions import change
from kirjaamo.contract.jobs import tell_endings
from kirjaamo.contract.register import REGISTERS
from kirjaamo.contract.tests.conftest import CLERK
from kirjaamo.registers.leisure.swim_cards import actions as cards
from kirjaamo.registers.leisure.swim_cards.models import Application, SwimCard
from kirjaamo.registers.leisure.swim_cards.rules import last_day
from kirjaamo.retention.actions import tell_event
from kirjaamo.retention.models import RetentionClock, TriggerEvent
from kirjaamo.retention.triggers import KNOWN
from kirjaamo.tos.models import CodeValue

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("helsinki")]
Apply = Callable[..., Application]
DAY = dt.timedelta(days=1)


def long_ago() -> dt.date:
    return timezone.localdate() - 500 * DAY


def clocks(application: Application) -> set[tuple[str, dt.date | None]]:
    """Triggers and the days from which the clocks of a case's documents count."""
    found = RetentionClock.objects.filter(document__in_cases__case=application.case)
    return {(clock.trigger, clock.trigger_on) for clock in found}


def granted(apply: Apply, first: dt.date) -> SwimCard:
    application = apply()
    cards.decide(application, actor=CLERK, on=first)
    return SwimCard.objects.get(application=application)


def test_a_card_that_has_expired_starts_retention_and_a_corrected_day_is_told_anew(apply: Apply) -> None:
    card = granted(apply, long_ago())
    event = TriggerEvent.objects.get(case=card.case)
    assert (event.trigger, event.happened_on, event.source) == ("validity_end", last_day(long_ago(), 1), "Erityisuimakorttirekisteri")
    assert clocks(card.application) == {("validity_end", last_day(long_ago(), 1))}
    sooner = last_day(long_ago(), 1) - 60 * DAY
    card = change(card, {"valid": DateRange(long_ago(), sooner + DAY)}, version=card.version, actor=CLERK)
    assert clocks(card.application) == {("validity_end", sooner)}
    change(card, {"valid": DateRange(long_ago(), timezone.localdate() + 30 * DAY)}, version=card.version, actor=CLERK)
    assert clocks(card.application) == {("validity_end", None)}


def test_a_day_to_come_is_told_by_the_nightly_job_once_it_has_come(apply: Apply) -> None:
    card = granted(apply, timezone.localdate())
    assert not TriggerEvent.objects.exists()
    assert tell_endings(0) == 0
    ended = timezone.localdate() - 2 * DAY
    QuerySet(SwimCard).filter(pk=card.pk).update(valid=DateRange(long_ago(), ended + DAY))
    assert (tell_endings(0), tell_endings(0)) == (1, 0)
    assert clocks(card.application) == {("validity_end", ended)}


def test_what_a_person_told_is_left_alone(apply: Apply) -> None:
    card = granted(apply, timezone.localdate())
    assert card.case is not None
    told = timezone.localdate() - 10 * DAY
    tell_event(card.case, "validity_end", told, source="Palautettu kortti", actor=CLERK)
    change(card, {"valid": DateRange(long_ago(), told - DAY)}, version=card.version, actor=CLERK)
    assert clocks(card.application) == {("validity_end", told)}


def test_every_ending_of_every_register_is_a_trigger_that_someone_has_to_tell_and_a_day_that_can_be_read() -> None:
    known = set(CodeValue.objects.filter(list_name="RetentionPeriodStart").values_list("code", flat=True)) - set(KNOWN)
    endings = [(model, ending) for register in REGISTERS.values() for model in register.models for ending in model.endings]
    assert {model.register.slug for model, _ending in endings} == set(REGISTERS)
    assert {ending.trigger for _model, ending in endings} <= known
    assert tell_endings(0) == 0
