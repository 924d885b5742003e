"""Pages of the API: what it offers, its OpenAPI document, and the tokens of one's own account."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kirjaamo.api import actions, spec
from kirjaamo.api.models import Scope, Token
from kirjaamo.contract.register import REGISTERS
from kirjaamo.kernel.errors import Refused
from kirjaamo.organisation.models import User
from kirjaamo.ui.access import STAFF, actor_of, page
from kirjaamo.ui.forms import DateField
from kirjaamo.ui.parts import Column, Crumb, Row, Table

BASE = "/api/v1"


@page()
def document(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document."""
    return JsonResponse(spec.document(request.build_absolute_uri(BASE)))


@page()
def about(request: HttpRequest) -> HttpResponse:
    """What the API offers: each register's calls, made from the same document."""
    paths = spec.document(BASE)["paths"]
    groups: dict[str, list[Row]] = {}
    for path, calls in paths.items():
        for method, call in calls.items():
            groups.setdefault(call["tags"][0], []).append(Row([f"{method.upper()} {BASE}{path}", call["summary"]]))
    columns = [Column("call", _("Kutsu")), Column("what", _("Mitä"))]
    tables = [
        (str(REGISTERS[slug].title) if slug in REGISTERS else _("Muut järjestelmät"), Table(slug, columns, rows, caption_hidden=True))
        for slug, rows in groups.items()
    ]
    return render(request, "api/about.html", {"tables": tables, "document": reverse("api-document"), "crumbs": [Crumb(_("Rajapinta"), "")]})


class TokenForm(forms.Form):
    """A token to be: what for, how long, for which registers."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask in the reader's language."""
        super().__init__(*args, **kwargs)
        slugs = [(one.slug, str(one.title)) for one in REGISTERS.values()]
        hint = _("Valitsematta kaikki, joihin sinulla on oikeus.")
        self.fields["name"] = forms.CharField(label=_("Mihin avainta käytetään"), max_length=100)
        self.fields["scope"] = forms.ChoiceField(label=_("Mitä avaimella saa tehdä"), choices=Scope.choices)
        self.fields["registers"] = forms.MultipleChoiceField(
            label=_("Rekisterit"), choices=slugs, required=False, help_text=hint, widget=forms.CheckboxSelectMultiple
        )
        self.fields["valid_to"] = DateField(label=_("Viimeinen voimassaolopäivä"), initial=timezone.localdate() + dt.timedelta(days=90))


@page(needs=STAFF)
def tokens(request: HttpRequest) -> HttpResponse:
    """One's own tokens; a new one is shown once."""
    user = cast("User", request.user)
    form, secret = TokenForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            _token, secret = actions.create_token(
                user,
                told["name"],
                scope=Scope(told["scope"]),
                valid_to=told["valid_to"],
                registers=told["registers"],
                actor=actor_of(request),
            )
            form = TokenForm()
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
    context = {
        "form": form,
        "secret": secret,
        "tokens": user.tokens.all(),
        "today": timezone.localdate(),
        "crumbs": [Crumb(_("Rajapinnan avaimet"), "")],
    }
    return render(request, "api/tokens.html", context, status=422 if form.errors else 200)


@page(needs=STAFF)
@require_POST
def revoke(request: HttpRequest, key: int) -> HttpResponse:
    """End a token."""
    actions.revoke_token(get_object_or_404(Token, pk=key, user=request.user), actor=actor_of(request))
    messages.success(request, _("Avain on mitätöity."))
    return redirect("api-tokens")
