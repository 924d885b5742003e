"""The cases that are linked to a case, as its page shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from kirjaamo.cases.models import LinkKind
from kirjaamo.cases.models.case import address_of
from kirjaamo.cases.pages.shown import state_badge
from kirjaamo.ui.parts import ListRow

if TYPE_CHECKING:
    from kirjaamo.cases.pages.sections.seen import Seen
    from kirjaamo.cases.whole import Linked


def section(seen: Seen) -> dict[str, object]:
    """The linked cases."""
    return {"linked": [_row(one) for one in seen.whole.linked]}


def _row(one: Linked) -> ListRow:
    meta = [part for part in (one.identifier, str(LinkKind(one.kind).label), one.reason) if part]
    return ListRow(one.title, reverse("case", args=[address_of(one.identifier)]), meta=meta, badge=state_badge(one.state))
