"""Who is let into a confidential case: telling why one needs it (break-glass), and the grants of its handler."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, cast

from django import forms
from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from kirjaamo.cases import actions
from kirjaamo.cases.forms import Lines
from kirjaamo.cases.models import CaseGrant, GrantLevel
from kirjaamo.cases.need_to_know import may_read
from kirjaamo.cases.pages.acts import attempt
from kirjaamo.cases.pages.case import case_or_404
from kirjaamo.cases.reading import by_address
from kirjaamo.organisation.models import User
from kirjaamo.ui.access import page
from kirjaamo.ui.forms import DateField
from kirjaamo.ui.parts import Badge, Crumb
from kirjaamo.ui.wording import moment

if TYPE_CHECKING:
    from kirjaamo.cases.models import Case


class ExceptionForm(forms.Form):
    """Why a confidential case must be read."""

    summary_shown = True

    reason = Lines(
        label=_("Mihin tehtävään tarvitset asian tietoja?"),
        max_length=2000,
        help_text=_("Tietosuojavastaava näkee syyn ja tarkastaa sen. Älä kirjoita tähän salassa pidettävää tietoa."),
    )


class GrantForm(forms.Form):
    """Who is let in, for what and until when."""

    summary_shown = True

    user = forms.ModelChoiceField(User.objects.none(), label=_("Henkilö"), empty_label=_("Valitse"))
    level = forms.ChoiceField(label=_("Mitä hän saa tehdä?"), choices=GrantLevel, widget=forms.RadioSelect)
    ends_on = DateField(label=_("Viimeinen päivä"), help_text=_("Muodossa pp.kk.vvvv."))
    reason = Lines(label=_("Miksi?"), max_length=2000)

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Offer everyone who works here."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["user"].queryset = User.objects.filter(is_active=True).order_by("name")  # type: ignore[attr-defined]


@page(needs="cases.read")
def case_exception(request: HttpRequest, identifier: str) -> HttpResponse:
    """Ask why a confidential case is needed, and open it for a few hours. Its handler and its unit need no such thing."""
    user = cast("User", request.user)
    found = by_address(identifier, Q(confidential=True))
    if found is None:
        raise Http404
    if may_read(found, user):
        return redirect(found)
    form = ExceptionForm(request.POST or None)
    if form.is_valid() and attempt(form, lambda: actions.break_glass(actions.Plea(found, form.cleaned_data["reason"]), actor=user)):
        return redirect(found)
    hours = settings.KIRJAAMO_EXCEPTION_HOURS
    values = {
        "case": found,
        "form": form,
        "consequences": [
            ngettext("Voit lukea asiaa %(hours)s tunnin ajan.", "Voit lukea asiaa %(hours)s tunnin ajan.", hours) % {"hours": hours},
            gettext("Avaaminen kirjataan asian historiaan ja käyttölokiin sinun nimelläsi."),
            gettext("Tietosuojavastaava saa siitä ilmoituksen ja tarkastaa syyn."),
        ],
        "crumbs": [Crumb(gettext("Asiat"), reverse("cases")), Crumb(found.identifier)],
    }
    return render(request, "cases/exception.html", values, status=422 if form.errors else 403 if request.method == "GET" else 200)


@page(needs="cases.handle")
def case_grants(request: HttpRequest, identifier: str) -> HttpResponse:
    """Show who has been let into the case, and let someone in."""
    case = case_or_404(request, identifier)
    form = GrantForm(request.POST or None)
    if form.is_valid() and attempt(form, lambda: _grant(case, form, cast("User", request.user))):
        return redirect("case_grants", case.address)
    values = {
        "case": case,
        "form": form,
        "grants": [_row(case, one) for one in case.grants.select_related("user")[:100]],
        "crumbs": [
            Crumb(gettext("Asiat"), reverse("cases")),
            Crumb(case.identifier, case.get_absolute_url()),
            Crumb(gettext("Oikeudet asiaan")),
        ],
    }
    return render(request, "cases/grants.html", values, status=422 if form.errors else 200)


def _grant(case: Case, form: GrantForm, user: User) -> None:
    data = form.cleaned_data
    last = dt.datetime.combine(data["ends_on"], dt.time.max, tzinfo=timezone.get_current_timezone())
    actions.grant(case, data["user"], level=GrantLevel(data["level"]), reason=data["reason"], ends_at=last, actor=user)


def _row(case: Case, one: CaseGrant) -> dict[str, object]:
    in_force = one.ends_at > timezone.now()
    kind = gettext("Poikkeuslupa") if one.exceptional else str(GrantLevel(one.level).label)
    return {
        "who": one.user.name,
        "what": kind,
        "reason": one.reason,
        "until": moment(one.ends_at),
        "badge": Badge(gettext("Voimassa"), "success") if in_force else Badge(gettext("Päättynyt")),
        "end_url": reverse("case_grant_end", args=[case.address, one.pk]) if in_force else "",
    }


@page(needs="cases.handle")
@require_POST
def case_grant_end(request: HttpRequest, identifier: str, number: int) -> HttpResponse:
    """End a grant now."""
    case = case_or_404(request, identifier)
    given = case.grants.filter(pk=number).first()
    if given is None:
        raise Http404
    actions.end_grant(given, actor=cast("User", request.user))
    return redirect("case_grants", case.address)
