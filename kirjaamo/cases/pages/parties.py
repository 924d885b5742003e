"""The page on which a party is added to a case."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kirjaamo.cases import actions
from kirjaamo.cases.pages.acts import attempt
from kirjaamo.cases.pages.case import case_or_404
from kirjaamo.cases.party_forms import PartyForm
from kirjaamo.ui.access import page
from kirjaamo.ui.parts import Crumb

if TYPE_CHECKING:
    from kirjaamo.cases.models import Case
    from kirjaamo.organisation.models import User


@page(needs="cases.handle")
def add(request: HttpRequest, identifier: str) -> HttpResponse:
    """Add a party."""
    case = case_or_404(request, identifier)
    rows = case.parties.select_related("subject").exclude(subject=None)
    form = PartyForm(request.POST or None, principals=[row.subject for row in rows if row.subject])
    if form.is_valid() and attempt(form, lambda: _add(case, form, cast("User", request.user))):
        messages.success(request, _("Osapuoli on lisätty."))
        return redirect(case)
    title = _("Lisää osapuoli")
    crumbs = [Crumb(_("Asiat"), reverse("cases")), Crumb(case.identifier, case.get_absolute_url()), Crumb(title)]
    values = {"case": case, "form": form, "crumbs": crumbs, "title": title, "button": title, "cancel_url": case.get_absolute_url()}
    return render(request, "cases/act.html", values, status=422 if form.errors else 200)


def _add(case: Case, form: PartyForm, user: User) -> None:
    principal, mandate = form.given()
    actions.add_party(case, form.told(), principal=principal, mandate=mandate, key=form.cleaned_data["key"], actor=user)
