"""What a case page tells of the request that the case is. Imported at start-up."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from kirjaamo.cases.parts import CasePart, case_part
from kirjaamo.cases.whole import Whole
from kirjaamo.kernel.actors import Actor
from kirjaamo.requests.models import SOURCE, InformationRequest
from kirjaamo.requests.showing import deadline_for_staff, deadline_titles


@case_part(SOURCE)
def part_of_case(told: Whole, refs: Sequence[int], actor: Actor) -> CasePart | None:
    """The way to the desk, and how the due day was reckoned; None for a case that is no request or a reader without the right."""
    del told
    request = InformationRequest.objects.filter(pk__in=refs).first() if refs and actor.may("requests.read") else None
    if request is None:
        return None
    deadline = deadline_for_staff(request.deadlines[-1], deadline_titles(request)[-1], open_=not request.outcome)
    return CasePart(request.get_kind_display(), reverse("request_case", args=[request.pk]), request.entry_title, deadline)
