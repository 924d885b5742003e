"""From when a published decision is known, and until when each way of appeal is open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kirjaamo.norms import clocks

if TYPE_CHECKING:
    from kirjaamo.norms.models import AppealRoute

ON_NETWORK = "minutes_online"
"""The presumption of service by minutes on the public network: a dated row (KuntaL 410/2015 § 140)."""


@dataclass(frozen=True)
class Counted:
    """When members of the municipality are held to know, until when it stands on view, and each way with its time."""

    known_on: dt.date
    until: dt.date
    ways: Sequence[Mapping[str, Any]]


def counted(routes: Sequence[AppealRoute], published_on: dt.date) -> Counted:
    """Count every way of appeal from publication (KuntaL 410/2015 § 140: known on the seventh day after it stands on the network).

    Without a way that has a time it stands on view until it is known.
    """
    known = clocks.presumption(ON_NETWORK, published_on)
    known_on = published_on + dt.timedelta(days=known.days)
    ways = [_way(route, published_on) for route in routes]
    ends = [dt.date.fromisoformat(way["last_day"]) for way in ways if way["last_day"]]
    return Counted(known_on, max([known_on, *ends]), ways)


def _way(route: AppealRoute, published_on: dt.date) -> dict[str, Any]:
    told: dict[str, Any] = {
        "title": route.title, "addressee": route.addressee, "contents": route.contents, "law": route.legal_basis,
        "last_day": "", "steps": [],
    }  # fmt: skip
    if route.term:
        deadline = clocks.after_service(route.term, published_on, ON_NETWORK)
        told |= {"last_day": deadline.legal_last_day.isoformat(), "steps": [step.as_data() for step in deadline.steps]}
    return told
