"""The worklist of documents to look at again because the law changed, and the page on which one of them is decided."""

from __future__ import annotations

from typing import cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kirjaamo.cases.models import CaseDocument
from kirjaamo.cases.pages.acts import attempt
from kirjaamo.cases.pages.papers.metadata import LABELS, in_words
from kirjaamo.cases.publicity import law_review
from kirjaamo.cases.publicity.actions import review_for_law
from kirjaamo.organisation.models import User
from kirjaamo.tos.models import Node
from kirjaamo.ui.access import actor_of, page
from kirjaamo.ui.parts import Crumb, Fact, ListRow
from kirjaamo.ui.wording import day

MOST = 100


class ReviewForm(forms.Form):
    """Whether the document takes what the plan says now, and why."""

    takes = forms.ChoiceField(
        label=gettext_lazy("Mitä asiakirjalle tehdään?"),
        choices=[("yes", gettext_lazy("Otetaan suunnitelman uudet tiedot")), ("no", gettext_lazy("Pidetään nykyiset tiedot"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=gettext_lazy("Perustelu"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


def _crumbs() -> list[Crumb]:
    return [Crumb(_("Työtila"), reverse("work")), Crumb(_("Julkisuus"), reverse("publicity")), Crumb(_("Lain muutokset"))]


@page(needs="cases.read")
def law_changes(request: HttpRequest) -> HttpResponse:
    """List the documents that nobody has looked at since a change of law in the plan, those of the newest change first."""
    found = law_review.newest_first(actor_of(request), timezone.now(), timezone.localdate())
    rows = [_row(paper) for paper in found[: MOST + 1]]
    values = {"rows": rows[:MOST], "more": len(rows) > MOST, "crumbs": _crumbs()}
    return render(request, "cases/law_changes.html", values)


def _row(paper: CaseDocument) -> ListRow:
    changed = _("Lain muutos hyväksytty suunnitelmaan %(day)s") % {"day": day(timezone.localdate(paper.changed_at))}  # type: ignore[attr-defined]
    return ListRow(paper.document.title, reverse("law_review", args=[paper.pk]), kind=paper.case.identifier, meta=[changed])


@page(needs="documents.write")
def review(request: HttpRequest, paper: int) -> HttpResponse:
    """Show what the document has and what the plan says now, and take the decision."""
    queue = law_review.for_worker(actor_of(request), timezone.now(), timezone.localdate())
    found = queue.select_related("document", "case__revision").filter(pk=paper).first()
    if found is None:
        raise Http404
    form, user = ReviewForm(request.POST or None), cast("User", request.user)
    if form.is_valid() and attempt(form, lambda: _decide(found, form, user)):
        messages.success(request, _("Asiakirja on tarkistettu. Päätös ja sen syy jäivät asiakirjan historiaan."))
        return redirect("law_changes")
    values = {
        "title": _("Tarkista asiakirja lain muutoksen vuoksi"),
        "lead": found.document.title,
        "kind": found.case.identifier,
        "facts": list(_compared(found, law_review.rule_of(found))),
        "form": form,
        "confirm": _("Tallenna päätös"),
        "cancel_url": reverse("law_changes"),
        "crumbs": [*_crumbs()[:-1], Crumb(_("Lain muutokset"), reverse("law_changes")), Crumb(_("Tarkista"))],
    }
    return render(request, "ui/confirm_page.html", values)


def _decide(paper: CaseDocument, form: ReviewForm, user: User) -> None:
    review_for_law(paper, takes=form.cleaned_data["takes"] == "yes", reason=form.cleaned_data["reason"], actor=user)


def _compared(paper: CaseDocument, rule: Node) -> list[Fact]:
    told = []
    for name in law_review.RULES:
        now, new = getattr(paper.document, name), getattr(rule, name)
        text = in_words(name, now) if now == new else f"{in_words(name, now)} → {in_words(name, new)}"
        told.append(Fact(LABELS[name], text))
    return told
