"""What was opened by break-glass, for who oversees reading: each is looked at afterwards, and what was found is written down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kirjaamo.cases import actions
from kirjaamo.cases.forms import Lines
from kirjaamo.cases.models import CaseGrant
from kirjaamo.cases.pages.acts import attempt
from kirjaamo.kernel.use_log import Purpose, Use, UseVerb, note
from kirjaamo.organisation.oversight import names_of
from kirjaamo.ui.access import actor_of, page
from kirjaamo.ui.parts import Badge, Crumb, Fact, ListRow, Pager, Tab, changed_query
from kirjaamo.ui.wording import moment

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor

PAGE = 30
LONGEST_KEY = 18
"""Digits of the largest key of a row."""


class ReviewForm(forms.Form):
    """What the review found."""

    summary_shown = True

    verdict = Lines(
        label=_("Mitä tarkastuksessa todettiin?"),
        max_length=2000,
        help_text=_("Kerro, oliko avaamiselle peruste ja mihin ryhdytään, jos ei ollut. Älä kirjoita tähän salassa pidettävää tietoa."),
    )


@page(needs="use_log.read")
def case_exceptions(request: HttpRequest) -> HttpResponse:
    """List what was opened by break-glass, newest first; with `?kaikki=1` also what has been reviewed."""
    whole, after = request.GET.get("kaikki") == "1", request.GET.get("after", "")
    rows = CaseGrant.objects.filter(exceptional=True).select_related("user", "case")
    rows = rows if whole else rows.filter(reviewed_at=None)
    rows = rows.filter(pk__lt=int(after)) if after.isascii() and after.isdigit() and len(after) <= LONGEST_KEY else rows
    found = list(rows[: PAGE + 1])
    shown = found[:PAGE]
    _looked(len(shown), "", actor_of(request))
    values = {
        "rows": [_row(one) for one in shown],
        "tabs": [
            Tab(gettext("Tarkastamatta"), request.path, current=not whole),
            Tab(gettext("Kaikki"), changed_query(request, kaikki="1", after=None), current=whole),
        ],
        "pager": Pager.make(request, after=str(shown[-1].pk) if len(found) > PAGE else "", shown=len(shown)),
        "crumbs": [Crumb(gettext("Käyttöloki"), reverse("use_log")), Crumb(gettext("Poikkeusluvat"))],
    }
    return render(request, "cases/exceptions.html", values)


def _looked(count: int, about: str, actor: Actor) -> None:
    note(Use(UseVerb.LOG, "use_log", Purpose.OVERSIGHT, about, place="case_exceptions", count=count), actor=actor)


def _row(one: CaseGrant) -> ListRow:
    meta = [moment(one.starts_at), one.case.identifier]
    address = reverse("case_exception_review", args=[one.pk])
    return ListRow(one.user.name, address, text=one.reason, meta=meta, badge=_badge(one))


def _badge(one: CaseGrant) -> Badge:
    return Badge(gettext("Tarkastettu"), "success") if one.reviewed_at else Badge(gettext("Tarkastamatta"), "warning")


@page(needs="use_log.read")
def case_exception_review(request: HttpRequest, number: int) -> HttpResponse:
    """Show one opening by break-glass, and write down what its review found. A review is made once."""
    taken = CaseGrant.objects.filter(pk=number, exceptional=True).select_related("user__unit", "case").first()
    if taken is None:
        raise Http404
    form = ReviewForm(request.POST or None) if taken.reviewed_at is None else None
    actor = actor_of(request)
    if form and form.is_valid() and attempt(form, lambda: actions.review_exception(taken, form.cleaned_data["verdict"], actor=actor)):
        messages.success(request, gettext("Poikkeuslupa on merkitty tarkastetuksi."))
        return redirect("case_exceptions")
    _looked(1, taken.case.identifier, actor)
    values = {
        "facts": _facts(taken),
        "form": form,
        "badges": [_badge(taken)],
        "title": taken.case.identifier,
        "crumbs": [
            Crumb(gettext("Käyttöloki"), reverse("use_log")),
            Crumb(gettext("Poikkeusluvat"), reverse("case_exceptions")),
            Crumb(taken.case.identifier),
        ],
    }
    return render(request, "cases/exception_review.html", values, status=422 if form and form.errors else 200)


def _facts(taken: CaseGrant) -> list[Fact]:
    facts = [
        Fact(gettext("Avaaja"), taken.user.name),
        Fact(gettext("Yksikkö"), taken.user.unit.title if taken.user.unit else ""),
        Fact(gettext("Avattu"), moment(taken.starts_at)),
        Fact(gettext("Voimassa asti"), moment(taken.ends_at)),
        Fact(gettext("Syy"), taken.reason),
    ]
    if taken.reviewed_at:
        who = names_of([taken.reviewed_by]).get(taken.reviewed_by, taken.reviewed_by)
        facts += [Fact(gettext("Tarkastettu"), f"{moment(taken.reviewed_at)}, {who}"), Fact(gettext("Tarkastuksen tulos"), taken.review)]
    return facts
