"""How many clocks run by the rules of a class: the answer to `tos.usage`."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import quote

from django.db.models import Count
from django.urls import reverse

from kirjaamo.retention.models import ClockKind, RetentionClock
from kirjaamo.tos.usage import ClockUse

if TYPE_CHECKING:
    from uuid import UUID


def campaigns_of(code: str) -> str:
    """Where the campaigns of a class stand."""
    return f"{reverse('retention_campaigns')}?luokka={quote(code)}"


def clocks_of(function_class: int) -> ClockUse:
    """Count the stored clocks of documents that follow the rules of a class (one statement)."""
    rows = (
        RetentionClock.objects.filter(node__revision__function_class=function_class, document__isnull=False)
        .order_by()
        .values_list("state", "node__key")
        .annotate(count=Count("pk"))
    )
    totals: Counter[str] = Counter()
    nodes: Counter[UUID] = Counter()
    for state, key, count in rows:
        totals[state] += count
        if key is not None and state == ClockKind.RUNNING:
            nodes[key] += count
    return ClockUse(totals[ClockKind.RUNNING], totals[ClockKind.WAITING], totals[ClockKind.PERMANENT], dict(nodes))
