"""When a message is held to have arrived, also when the channel was down."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from kirjaamo.values import HELSINKI, Outage, ValueProblem, effective_arrival, local_day


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 9, day, hour, minute, tzinfo=HELSINKI)


OUTAGE = Outage(at(1, 12), at(2, 8), "e-mail")


def test_message_arrives_when_it_is_received() -> None:
    arrival = effective_arrival(at(1, 15), at(1, 14, 59))
    assert (arrival.moment, arrival.day, arrival.outage) == (at(1, 15), date(2026, 9, 1), None)
    assert arrival.law == "13/2003 10.1 §"


@pytest.mark.parametrize("sent", [at(1, 11, 59), at(1, 12), at(1, 23, 50), at(2, 7, 59)])
def test_channel_down_makes_the_sending_time_count(sent: datetime) -> None:
    arrival = effective_arrival(at(2, 9), sent, [Outage(at(3, 1), at(3, 2)), OUTAGE])
    assert arrival.moment == sent
    assert arrival.day == sent.date()
    assert arrival.outage == OUTAGE
    assert arrival.law == "13/2003 10.2 §"


@pytest.mark.parametrize(
    ("received", "sent"),
    [
        (at(2, 9), at(2, 8)),
        (at(1, 11), at(1, 10)),
        (at(2, 9), None),
        (at(1, 13), at(1, 14)),
        (at(1, 13), at(1, 13)),
    ],
)
def test_otherwise_the_receipt_counts(received: datetime, sent: datetime | None) -> None:
    assert effective_arrival(received, sent, [OUTAGE]).moment == received


def test_outage_that_still_goes_on() -> None:
    still = Outage(at(1, 12), None)
    assert effective_arrival(at(4, 9), at(2, 9), [still]).moment == at(2, 9)
    assert effective_arrival(at(1, 11), at(1, 10), [still]).moment == at(1, 11)


def test_day_of_sending_is_the_day_in_finland() -> None:
    sent = datetime(2026, 9, 1, 21, 30, tzinfo=UTC)
    assert effective_arrival(at(3, 9), sent, [OUTAGE]).day == date(2026, 9, 2)


def test_day_is_its_own_local_day() -> None:
    assert local_day(date(2026, 9, 1)) == date(2026, 9, 1)


def test_wrong_outage_is_refused() -> None:
    with pytest.raises(ValueProblem) as caught:
        Outage(at(2, 8), at(1, 12))
    assert caught.value.code == "clock.outage_order"


@pytest.mark.parametrize(
    ("start", "end"),
    [(at(1, 1), at(1, 2).replace(tzinfo=None)), (at(1, 1).replace(tzinfo=None), None)],
)
def test_moments_without_a_time_zone_are_refused(start: datetime, end: datetime | None) -> None:
    with pytest.raises(ValueProblem) as caught:
        Outage(start, end)
    assert caught.value.code == "clock.time_zone"
    with pytest.raises(ValueProblem):
        effective_arrival(at(1, 1).replace(tzinfo=None))
