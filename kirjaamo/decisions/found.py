"""Which decision an address means, for who may see its case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kirjaamo.cases.visibility import visible_to
from kirjaamo.decisions.models import Decision
from kirjaamo.ui.access import actor_of
from kirjaamo.ui.parts import Crumb

if TYPE_CHECKING:
    from kirjaamo.cases.models import Case


def decision_or_404(request: HttpRequest, key: int) -> Decision:
    """The decision of an address, when the actor may see its case."""
    rows = Decision.objects.select_related("case__revision", "case__authority", "unit", "prepared_by", "decider", "document")
    found = rows.filter(pk=key).first()
    if found is None or not type(found.case).objects.filter(visible_to(actor_of(request), timezone.now()), pk=found.case_id).exists():
        raise Http404
    return found


def crumbs_of(case: Case, title: str) -> list[Crumb]:
    """The way to a page of a decision of the case."""
    return [Crumb(_("Asiat"), reverse("cases")), Crumb(case.identifier, case.get_absolute_url()), Crumb(title)]
