"""How many clocks run by the rules of a class: the answer to `tos.usage`."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.db.models import Count, F

from kirjaamo.cases.models import CaseDocument
from kirjaamo.retention.models import ClockKind
from kirjaamo.tos.usage import ClockUse

if TYPE_CHECKING:
    from uuid import UUID


def clocks_of(function_class: int) -> ClockUse:
    """Count the stored clocks of the documents in the cases of a class (one statement)."""
    rows = (
        CaseDocument.objects.filter(case__revision__function_class=function_class, document__retention_clock__isnull=False)
        .order_by()
        .values_list(F("document__retention_clock__state"), F("document__node_key"))
        .annotate(count=Count("document", distinct=True))
    )
    totals: Counter[str] = Counter()
    nodes: Counter[UUID] = Counter()
    for state, key, count in rows:
        totals[state] += count
        if key is not None and state == ClockKind.RUNNING:
            nodes[key] += count
    return ClockUse(totals[ClockKind.RUNNING], totals[ClockKind.WAITING], totals[ClockKind.PERMANENT], dict(nodes))
