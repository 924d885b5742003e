"""Which time of an arrival counts, and by when it must be registered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from kirjaamo.cases.models import ChannelOutage
from kirjaamo.norms import clocks

if TYPE_CHECKING:
    from kirjaamo.documents.models import Way

REGISTER_TERM = "register-arrival"


def counted(
    received_at: dt.datetime, sent_at: dt.datetime | None, outages: Iterable[ChannelOutage]
) -> tuple[dt.datetime, ChannelOutage | None]:
    """The time that counts and the outage that makes it so.

    A message has arrived when it is there for us to handle; what was sent while the channel was down counts as arrived when
    it was provably sent. # 13/2003 § 10
    """
    if sent_at is not None and sent_at < received_at:
        for outage in outages:
            if outage.began_at <= sent_at and (outage.ended_at is None or sent_at < outage.ended_at):
                return sent_at, outage
    return received_at, None


def outages_of(way: Way | str) -> list[ChannelOutage]:
    """The outages of a channel, the newest first (one statement)."""
    return list(ChannelOutage.objects.filter(way=way)[:200])


def register_by(counts_at: dt.datetime) -> dt.date:
    """The day by which an arrival must be registered: without delay, which is the dated row's working days (TiHL 906/2019 § 25.1)."""
    return clocks.due(REGISTER_TERM, counts_at).strict_due
