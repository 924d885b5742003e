"""Repairing what was registered wrong: one page, what is wrong, what is right, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kirjaamo.cases import classes
from kirjaamo.cases.actions import repairing
from kirjaamo.cases.forms import Act, Line, Lines, offer
from kirjaamo.cases.models import Arrival, Case
from kirjaamo.cases.pages.case import case_or_404
from kirjaamo.cases.pages.registering import arrival_or_404, attempt
from kirjaamo.cases.reading import by_address
from kirjaamo.cases.visibility import visible_to
from kirjaamo.subjects.actions import add_subject
from kirjaamo.subjects.models import SubjectKind
from kirjaamo.ui.access import actor_of, page
from kirjaamo.ui.parts import Crumb

if TYPE_CHECKING:
    from django.db.models import Q

    from kirjaamo.organisation.models import User
    from kirjaamo.tos.models import ClassRevision

WHAT = (("class", gettext_lazy("Tehtäväluokka")), ("sender", gettext_lazy("Lähettäjä")), ("document", gettext_lazy("Asiakirjan asia")))
KINDS = (
    (SubjectKind.PERSON.value, gettext_lazy("Henkilö")),
    (SubjectKind.ORGANISATION.value, gettext_lazy("Yhteisö tai viranomainen")),
    ("anonymous", gettext_lazy("Nimetön")),
)


class RepairForm(Act):
    """What is wrong, what is right, and why."""

    what = forms.ChoiceField(label=gettext_lazy("Mikä on väärin?"), choices=WHAT, widget=forms.RadioSelect)
    luokka = Line(
        label=gettext_lazy("Oikea tehtäväluokka"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Luokan numero."),
    )
    sender = Line(label=gettext_lazy("Oikea lähettäjä"), max_length=200, required=False)
    sender_kind = forms.ChoiceField(label=gettext_lazy("Lähettäjä on"), choices=KINDS, initial=SubjectKind.PERSON.value)
    document = forms.ChoiceField(label=gettext_lazy("Asiakirja"), required=False)
    case = Line(label=gettext_lazy("Oikean asian asiatunnus"), max_length=80, required=False)
    reason = Lines(
        label=gettext_lazy("Miksi kirjausta korjataan?"),
        max_length=1000,
        help_text=gettext_lazy("Jää asian historiaan. Älä kirjoita nimiä tai salassa pidettävää."),
    )

    def __init__(self, *args: Any, found: Case, condition: Q, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._condition = condition
        self.papers = {str(held.pk): held for held in found.case_documents.select_related("document", "case")}
        offer(self, "document", [("", _("Valitse")), *((key, held.document.title) for key, held in self.papers.items())])
        self.revision: ClassRevision | None = None
        self.to_case: Case | None = None

    def clean(self) -> dict[str, Any]:
        """Each repair needs its own field."""
        data = super().clean() or self.cleaned_data
        what = data.get("what")
        if what == "class":
            hits = classes.find(data.get("luokka") or "", classes.in_use(timezone.localdate()))
            exact = [row for row in hits if row.code == " ".join((data.get("luokka") or "").split())]
            self.revision = exact[0] if exact else hits[0] if len(hits) == 1 else None
            if self.revision is None:
                told = ", ".join(row.code for row in hits[:6])
                self.add_error("luokka", _("Kirjoita luokan numero kokonaan. Löytyi: %(codes)s.") % {"codes": told or "–"})
        elif what == "sender" and data.get("sender_kind") != "anonymous" and not data.get("sender"):
            self.add_error("sender", _("Kirjoita lähettäjän nimi, tai valitse Nimetön."))
        elif what == "document":
            self._clean_document(data)
        return data

    def _clean_document(self, data: dict[str, Any]) -> None:
        if not data.get("document"):
            self.add_error("document", _("Valitse asiakirja, joka on väärässä asiassa."))
        self.to_case = by_address(data["case"], self._condition) if data.get("case") else None
        if self.to_case is None:
            self.add_error("case", _("Kirjoita sen asian asiatunnus, johon asiakirja kuuluu."))


@page(needs="cases.register")
def repair(request: HttpRequest, identifier: str) -> HttpResponse:
    """Correct what was registered wrong."""
    found = case_or_404(request, identifier)
    form = RepairForm(request.POST or None, found=found, condition=visible_to(actor_of(request), timezone.now()))
    if form.is_valid() and attempt(form, lambda: _repair(found, form, cast("User", request.user))):
        messages.success(request, _("Kirjaus on korjattu. Korjaus näkyy asian historiassa."))
        return redirect(found)
    crumbs = [Crumb(_("Asiat"), reverse("cases")), Crumb(found.identifier, found.get_absolute_url()), Crumb(_("Korjaa kirjausta"))]
    values = {
        "case": found,
        "form": form,
        "crumbs": crumbs,
        "cancel_url": found.get_absolute_url(),
        "title": _("Korjaa kirjausta"),
        "button": _("Korjaa"),
        "consequences": [_("Asiatunnus ei muutu."), _("Asian historiaan jää, mitä korjattiin, kuka, milloin ja miksi.")],
    }
    return render(request, "cases/act.html", values, status=422 if form.errors else 200)


def _repair(found: Case, form: RepairForm, user: User) -> None:
    data = form.cleaned_data
    if data["what"] == "class" and form.revision is not None:
        repairing.correct_class(found, form.revision, reason=data["reason"], key=data["key"], actor=user)
    elif data["what"] == "document" and form.to_case is not None:
        repairing.move_paper(form.papers[data["document"]], form.to_case, reason=data["reason"], key=data["key"], actor=user)
    else:
        named = data["sender_kind"] != "anonymous"
        subject = add_subject(data["sender"], kind=SubjectKind(data["sender_kind"]), actor=user) if named else None
        repairing.correct_sender(found, subject, reason=data["reason"], key=data["key"], actor=user)


class ReopenForm(Act):
    """Why an arrival goes back into the queue."""

    reason = Lines(label=gettext_lazy("Miksi saapunut palautetaan jonoon?"), max_length=1000)
    version = forms.IntegerField(widget=forms.HiddenInput)


@page(needs="cases.register")
def arrival_reopen(request: HttpRequest, arrival: int) -> HttpResponse:
    """Put an arrival that was ended wrongly back into the queue."""
    row: Arrival = arrival_or_404(arrival)
    if row.is_waiting or row.case_id is not None:
        return redirect(row)
    form = ReopenForm(request.POST or None, initial={"version": row.version})
    if form.is_valid():
        data, user = form.cleaned_data, cast("User", request.user)
        if attempt(form, lambda: repairing.reopen_arrival(row, reason=data["reason"], version=data["version"], actor=user)):
            messages.success(request, _("Saapunut on palautettu jonoon."))
            return redirect(row)
    values = {
        "form": form,
        "lead": row.identifier,
        "crumbs": [Crumb(_("Saapuneet"), reverse("arrivals")), Crumb(row.identifier, row.get_absolute_url()), Crumb(_("Palauta jonoon"))],
    }
    return render(request, "cases/arrival_reopen.html", values, status=422 if form.errors else 200)
