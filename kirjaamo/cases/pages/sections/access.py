"""Who reads a confidential case: said on its page, with the way to let someone in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

if TYPE_CHECKING:
    from kirjaamo.cases.pages.sections.seen import Seen


def section(seen: Seen) -> dict[str, object]:
    """Nothing for a case that everyone at work may read."""
    if not seen.case.confidential:
        return {}
    return {"access": {"grants_url": reverse("case_grants", args=[seen.case.address]) if seen.may_handle else ""}}
