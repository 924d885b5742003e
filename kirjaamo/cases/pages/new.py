"""Registering a case: first the class, by code or by words, then everything else on one page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from kirjaamo.cases import actions, classes
from kirjaamo.cases.forms import NewCaseForm
from kirjaamo.cases.models import address_of
from kirjaamo.cases.pages.acts import attempt, grounds_in_force
from kirjaamo.documents.models import Way
from kirjaamo.organisation.models import Unit
from kirjaamo.subjects.models import SubjectKind
from kirjaamo.ui.access import page
from kirjaamo.ui.parts import Crumb, ListRow

if TYPE_CHECKING:
    from kirjaamo.organisation.models import User
    from kirjaamo.tos.models import ClassRevision


@page(needs="cases.register")
def case_new(request: HttpRequest) -> HttpResponse:
    """Ask for the class, then for the case; a form that was sent twice leads to the one case that it made."""
    found = classes.in_use(timezone.localdate())
    chosen = next((row for row in found if row.code == request.GET.get("luokka", "")), None)
    if chosen is None:
        return _choose(request, found)
    user = cast("User", request.user)
    units = list(Unit.objects.filter(function_classes__function_class=chosen.function_class_id))
    form = NewCaseForm(
        request.POST or None,
        request.FILES or None,
        revision=chosen,
        units=list(Unit.objects.all()),
        grounds=grounds_in_force(),
        unit=units[0] if units else user.unit,
    )
    made: list[str] = []
    if form.is_valid() and attempt(form, lambda: made.append(actions.register(_arrival(form, chosen), actor=user))):
        messages.success(request, _("Asia on kirjattu tunnuksella %(identifier)s.") % {"identifier": made[0]})
        return redirect("case", identifier=address_of(made[0]))
    values = {"form": form, "chosen": chosen, "crumbs": _crumbs(), "again": f"{reverse('case_new')}?{urlencode({'haku': chosen.code})}"}
    return render(request, "cases/new.html", values, status=422 if form.errors else 200)


def _crumbs() -> list[Crumb]:
    return [Crumb(_("Työtila"), reverse("work")), Crumb(_("Asiat"), reverse("cases")), Crumb(_("Kirjaa asia"))]


def _choose(request: HttpRequest, found: Sequence[ClassRevision]) -> HttpResponse:
    """The classes that the words point at, or all of them; a code that names exactly one goes straight on."""
    text = request.GET.get("haku", "").replace("\x00", "")[:200]
    hits = classes.find(text, found)
    exact = [row for row in hits if row.code == " ".join(text.split())]
    if exact and not request.GET.get("vaihda"):
        return redirect(_to_form(exact[0]))
    rows = [ListRow(row.title, _to_form(row), text=row.description, kind=row.code) for row in (hits if text else found)]
    values = {"text": text, "rows": rows, "crumbs": _crumbs(), "all": not text}
    return render(request, "cases/choose_class.html", values)


def _to_form(row: ClassRevision) -> str:
    return f"{reverse('case_new')}?{urlencode({'luokka': row.code})}"


def _arrival(form: NewCaseForm, chosen: ClassRevision) -> actions.Arrival:
    data = form.cleaned_data
    arrived = form.moment("arrived_on", "arrived_time")
    assert arrived is not None  # noqa: S101 - the day is a field that must be filled
    named = data["sender_kind"] != "anonymous"
    sender = actions.Sender(
        name=data["sender"] if named else "",
        kind=SubjectKind(data["sender_kind"]) if named else SubjectKind.PERSON,
        personal_id=data["personal_id"] if named else None,
        business_id=data["business_id"] if named else "",
        email=data["email"] if named else "",
    )
    return actions.Arrival(
        revision=chosen,
        unit=Unit.objects.get(pk=data["unit"]),
        title=data["title"],
        public_title=data["title"] if data["title_open"] == "yes" else "",
        way=Way(data["way"]),
        arrived_at=min(arrived, timezone.now()),
        document=form.draft(data["title"], data["language"]),
        sender=sender,
        stage=next((node for node in form.nodes if node.kind == "stage"), None),
        due_on=data["due_on"],
        language=data["language"],
        key=data["key"],
    )
