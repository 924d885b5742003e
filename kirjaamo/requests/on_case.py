"""What a case page tells of the request that the case is. Imported at start-up."""

from __future__ import annotations

from django.urls import reverse

from kirjaamo.cases.models import Case
from kirjaamo.cases.parts import CasePart, case_part
from kirjaamo.kernel.actors import Actor
from kirjaamo.requests.models import InformationRequest
from kirjaamo.requests.showing import deadline_for_staff, deadline_titles


@case_part
def part_of_case(case: Case, actor: Actor) -> CasePart | None:
    """The way to the desk, and how the due day was reckoned; None for a case that is no request or a reader without the right."""
    request = InformationRequest.objects.filter(case=case).first() if actor.may("requests.read") else None
    if request is None:
        return None
    deadline = deadline_for_staff(request.deadlines[-1], deadline_titles(request)[-1], open_=not request.outcome)
    return CasePart(request.get_kind_display(), reverse("request_case", args=[request.pk]), request.entry_title, deadline)
