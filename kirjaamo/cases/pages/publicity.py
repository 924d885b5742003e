"""What of publicity waits for a person: secrecy whose last day has passed, and what the open web shows of each class."""

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

from kirjaamo.cases.models import CaseDocument, WebLevel, WebRule
from kirjaamo.cases.pages.acts import attempt
from kirjaamo.cases.publicity.actions import confirm_end, set_web_rule
from kirjaamo.cases.visibility import visible_to
from kirjaamo.documents.models import Document
from kirjaamo.documents.openness import to_confirm
from kirjaamo.organisation.models import User
from kirjaamo.tos.models import ClassRevision
from kirjaamo.ui.access import actor_of, page
from kirjaamo.ui.languages import active_language
from kirjaamo.ui.parts import Action, Crumb, Fact, ListRow
from kirjaamo.ui.wording import day
from kirjaamo.values.citations import cited_code

MOST = 100


class ConfirmForm(forms.Form):
    """Why the secrecy has ended."""

    reason = forms.CharField(label=gettext_lazy("Mistä tiedät, että salassapito on päättynyt"), max_length=500, widget=forms.Textarea)


class WebRuleForm(forms.Form):
    """What the open web shows of the cases of a class, and why."""

    class_code = forms.CharField(label=gettext_lazy("Tehtäväluokan tunnus"), help_text=gettext_lazy("Esimerkiksi 05 02"), max_length=40)
    level = forms.ChoiceField(label=gettext_lazy("Mitä verkossa näytetään"), choices=WebLevel.choices, widget=forms.RadioSelect)
    why = forms.CharField(label=gettext_lazy("Miksi"), max_length=500)
    source = forms.CharField(
        label=gettext_lazy("Mihin sääntö perustuu"), help_text=gettext_lazy("Laki ja pykälä tai päätös"), max_length=200
    )

    def clean_class_code(self) -> str:
        """A class of the plan in force, or one above such."""
        code = str(self.cleaned_data["class_code"]).strip()
        if not ClassRevision.objects.in_force(timezone.localdate()).filter(code=code).exists():
            raise forms.ValidationError(_("Suunnitelmassa ei ole tehtäväluokkaa %(code)s. Tarkista tunnus.") % {"code": code})
        return code


@page(needs="cases.read")
def publicity(request: HttpRequest) -> HttpResponse:
    """List the documents whose secrecy has ended but for a person's confirmation."""
    at = timezone.now()
    papers = CaseDocument.objects.filter(visible_to(actor_of(request), at, "case__"), document__in=Document.objects.filter(to_confirm(at)))
    rows = [_row(paper) for paper in papers.select_related("document", "case").order_by("document__secret_until", "pk")[:MOST]]
    actions = [Action(_("Lain muutokset"), reverse("law_changes"))]
    if actor_of(request).may("tos.read"):
        actions.append(Action(_("Mitä verkossa näytetään"), reverse("web_rules")))
    crumbs = [Crumb(_("Työtila"), reverse("work")), Crumb(_("Julkisuus"))]
    return render(request, "cases/publicity.html", {"rows": rows, "actions": actions, "crumbs": crumbs})


def _row(paper: CaseDocument) -> ListRow:
    until = _("Viimeinen salassapitopäivä %(day)s") % {"day": day(paper.document.secret_until)}
    url = reverse("publicity_confirm", args=[paper.document_id])
    return ListRow(
        paper.document.title,
        url,
        kind=paper.case.identifier,
        meta=[until, ", ".join(cited_code(code, active_language()) for code in paper.document.grounds)],
    )


@page(needs="documents.write")
def confirm(request: HttpRequest, document: int) -> HttpResponse:
    """Ask for the reason and confirm that the secrecy of a document has ended."""
    found = Document.objects.filter(to_confirm(timezone.now()), pk=document).first()
    if found is None:
        raise Http404
    form = ConfirmForm(request.POST or None)
    user = cast("User", request.user)
    if form.is_valid() and attempt(form, lambda: confirm_end(found, reason=form.cleaned_data["reason"], actor=user)):
        messages.success(request, _("Asiakirja on nyt julkinen."))
        return redirect("publicity")
    values = {
        "title": _("Vahvista, että salassapito on päättynyt"),
        "lead": found.title,
        "kind": found.identifier,
        "consequences": [
            _("Kuka tahansa saa tiedon asiakirjasta."),
            _("Asiakirja tulee julkiseen asiarekisteriin, jos luokan sääntö sallii."),
        ],
        "facts": [
            Fact(_("Perusteet"), ", ".join(cited_code(code, active_language()) for code in found.grounds)),
            Fact(_("Viimeinen salassapitopäivä"), found.secret_until),
            Fact(_("Laki"), "JulkL 621/1999 31 §"),
        ],
        "form": form,
        "confirm": _("Vahvista päättyminen"),
        "cancel_url": reverse("publicity"),
        "crumbs": [Crumb(_("Työtila"), reverse("work")), Crumb(_("Julkisuus"), reverse("publicity")), Crumb(_("Vahvista"))],
    }
    return render(request, "ui/confirm_page.html", values)


@page(needs="tos.read")
def web_rules(request: HttpRequest) -> HttpResponse:
    """Show what the open web shows of each class, with its ground; whoever approves the plan may decide otherwise."""
    may = actor_of(request).may("tos.approve")
    form = WebRuleForm(request.POST or None) if may else None
    if form is not None and form.is_valid() and attempt(form, lambda: _set(form, cast("User", request.user))):
        messages.success(request, _("Sääntö on voimassa. Julkinen rekisteri noudattaa sitä heti."))
        return redirect("web_rules")
    rows = [
        ListRow(str(WebLevel(rule.level).label), "", rule.why, kind=rule.class_code, meta=[rule.source]) for rule in WebRule.objects.all()
    ]
    crumbs = [Crumb(_("Työtila"), reverse("work")), Crumb(_("Julkisuus"), reverse("publicity")), Crumb(_("Verkossa näyttäminen"))]
    return render(request, "cases/web_rules.html", {"rows": rows, "form": form, "crumbs": crumbs})


def _set(form: WebRuleForm, user: User) -> None:
    told = form.cleaned_data
    set_web_rule(told["class_code"], WebLevel(told["level"]), source=told["source"], why=told["why"], actor=user)
