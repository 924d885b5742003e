"""Recording what the plan offers a case: one click."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from kirjaamo.cases import actions
from kirjaamo.cases.pages.case import case_or_404
from kirjaamo.kernel.errors import KirjaamoError
from kirjaamo.tos.models import Node, NodeKind
from kirjaamo.ui.access import page

if TYPE_CHECKING:
    from kirjaamo.cases.models import Case, CaseEvent
    from kirjaamo.organisation.models import User


@page(needs="cases.handle")
def record_next(request: HttpRequest, identifier: str) -> HttpResponse:
    """Record a measure that the plan offers, or let the case enter the next stage: one click. A second send does nothing."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    case = case_or_404(request, identifier)
    try:
        node_key, key = uuid.UUID(request.POST.get("node", "")), uuid.UUID(request.POST.get("key", ""))
    except ValueError as error:
        raise Http404 from error
    node = case.revision.nodes.filter(key=node_key, kind__in=(NodeKind.MEASURE, NodeKind.STAGE)).first()
    if node is None:
        messages.error(request, _("Asian suunnitelmassa ei ole tätä toimenpidettä. Lataa sivu uudelleen."))
        return redirect(case)
    try:
        _record(case, node, key, cast("User", request.user))
    except KirjaamoError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Toimenpide on kirjattu."))
    return redirect(case)


def _record(case: Case, node: Node, key: uuid.UUID, user: User) -> CaseEvent | None:
    if node.kind == NodeKind.STAGE:
        return actions.record(case, kind="stage", label=node.title, stage=node, key=key, actor=user)
    return actions.record(case, kind=node.code, label=node.title, node=node, key=key, actor=user)
