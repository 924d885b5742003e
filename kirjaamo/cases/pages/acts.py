"""One page for each act on a case: what it means, its form, and clear errors. A second send of the same form does nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from django import forms
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kirjaamo.cases import actions
from kirjaamo.cases.broken import sentence_of
from kirjaamo.cases.forms import AddDocumentForm
from kirjaamo.cases.models import ClosingGround, EnquiryKind, Task, TaskState
from kirjaamo.cases.pages.case import case_or_404
from kirjaamo.cases.pages.sections.history import event_shown
from kirjaamo.cases.whole import events_since, nodes_of
from kirjaamo.cases.working_forms import CloseForm, FinishForm, RecordForm, SeenAct, TakeForm, TaskForm
from kirjaamo.documents.models import Way
from kirjaamo.kernel.errors import Conflict, KirjaamoError, Refused
from kirjaamo.norms.grounds import in_force
from kirjaamo.norms.models import SecrecyGround
from kirjaamo.organisation.models import Unit, User
from kirjaamo.ui.access import page
from kirjaamo.ui.parts import Crumb

if TYPE_CHECKING:
    from kirjaamo.cases.models import Case

NOTED = {"fi": "Merkintä", "sv": "Anteckning", "en": "Note"}
MOVED = {"fi": "Käsittelyvaihe vaihtui", "sv": "Behandlingsskedet ändrades", "en": "The stage changed"}


def attempt(form: forms.Form, act: Callable[[], object]) -> bool:
    """Do an act; what the program or the database refuses becomes an error of the form. Return whether it was done."""
    try:
        with transaction.atomic():
            act()
    except Conflict as error:
        form.add_error(None, str(error))
        if isinstance(form, SeenAct):
            form.conflicted = True
        return False
    except KirjaamoError as error:
        field = error.field if isinstance(error, Refused) and error.field in form.fields else None
        form.add_error(field, str(error))
        return False
    except IntegrityError as error:
        sentence = sentence_of(error)
        if not sentence:
            raise
        form.add_error(None, sentence)
        return False
    return True


def grounds_in_force() -> list[SecrecyGround]:
    """The grounds of secrecy of today, by their order in the law."""
    return in_force(timezone.localdate())


def ask(request: HttpRequest, case: Case, form: forms.Form, **values: object) -> HttpResponse:
    """Show the form of an act under the case; after a conflict also what another did, with what was typed kept."""
    if isinstance(form, SeenAct) and form.conflicted:
        values["changes"] = [event_shown(event) for event in events_since(case, form.seen_at)]
        form.renew(case.version)
    crumbs = [Crumb(_("Asiat"), reverse("cases")), Crumb(case.identifier, case.get_absolute_url()), Crumb(str(values["title"]))]
    values |= {"case": case, "form": form, "crumbs": crumbs, "cancel_url": case.get_absolute_url()}
    return render(request, "cases/act.html", values, status=422 if form.errors else 200)


def done(request: HttpRequest, case: Case, sentence: str) -> HttpResponse:
    """Say what was done, and go back to the case."""
    messages.success(request, sentence)
    return redirect(case)


@page(needs="cases.handle")
def take(request: HttpRequest, identifier: str) -> HttpResponse:
    """Take the case into one's own handling."""
    case = case_or_404(request, identifier)
    user = cast("User", request.user)
    form = TakeForm(request.POST if request.method == "POST" else None, case=case)
    if form.is_valid() and attempt(form, lambda: actions.take(case, user=user, version=form.seen, actor=user)):
        return done(request, case, _("Asia on nyt sinulla käsittelyssä."))
    consequences = [_("Sinut merkitään asian käsittelijäksi, ja se siirtyy omiin asioihisi.")]
    if case.handler and case.handler_id != user.pk:
        consequences.append(_("Asia siirtyy sinulle käsittelijältä %(name)s.") % {"name": case.handler.name})
    return ask(request, case, form, title=_("Ota asia käsittelyyn"), button=_("Ota käsittelyyn"), consequences=consequences)


@page(needs="cases.handle")
def record(request: HttpRequest, identifier: str) -> HttpResponse:
    """Record a measure or a note, and move the case to another stage."""
    case = case_or_404(request, identifier)
    form = RecordForm(request.POST or None, case=case, nodes=nodes_of(case.revision))
    if form.is_valid() and attempt(form, lambda: _record(case, form, cast("User", request.user))):
        return done(request, case, _("Toimenpide on kirjattu."))
    return ask(request, case, form, title=_("Kirjaa toimenpide"), button=_("Kirjaa"))


def _record(case: Case, form: RecordForm, user: User) -> None:
    data = form.cleaned_data
    measure, stage = form.measures.get(data.get("measure") or ""), form.stages.get(data.get("stage") or "")
    moved = stage is not None and stage.code != case.stage
    label = measure.title if measure else MOVED if moved and not data["note"] else NOTED
    kind = measure.code if measure else "stage" if moved else "note"
    actions.record(
        case,
        kind=kind,
        label=label,
        stage=stage if moved else None,
        node=measure,
        note=data["note"],
        key=data["key"],
        version=form.seen,
        actor=user,
    )


@page(needs="cases.handle")
def add_document(request: HttpRequest, identifier: str) -> HttpResponse:
    """Add a document that arrived or that we made."""
    case = case_or_404(request, identifier)
    form = AddDocumentForm(request.POST or None, request.FILES or None, nodes=list(case.revision.nodes.all()), grounds=grounds_in_force())
    if form.is_valid() and attempt(form, lambda: _add_document(case, form, cast("User", request.user))):
        return done(request, case, _("Asiakirja on lisätty."))
    return ask(request, case, form, title=_("Lisää asiakirja"), button=_("Lisää asiakirja"), multipart=True)


def _add_document(case: Case, form: AddDocumentForm, user: User) -> None:
    data = form.cleaned_data
    arrived = form.moment("arrived_on", "arrived_time")
    incoming = actions.Incoming(Way(data["way"]), data["sender"], arrived) if data["direction"] == "incoming" and arrived else None
    actions.add_document(case, form.draft(data["title"], case.language), incoming=incoming, actor=user, key=data["key"])


@page(needs="cases.handle")
def assign(request: HttpRequest, identifier: str) -> HttpResponse:
    """Give a unit or a person a task."""
    case = case_or_404(request, identifier)
    units, users = list(Unit.objects.only("slug", "title")), list(User.objects.filter(is_active=True).order_by("name"))
    form = TaskForm(request.POST or None, units=units, users=users, unit=case.unit_id)
    if form.is_valid() and attempt(form, lambda: _assign(case, form, cast("User", request.user))):
        return done(request, case, _("Tehtävä on annettu."))
    return ask(request, case, form, title=_("Anna tehtävä"), button=_("Anna tehtävä"))


def _assign(case: Case, form: TaskForm, user: User) -> None:
    data = form.cleaned_data
    actions.assign(
        case,
        kind="other",
        title={case.language: data["title"]},
        unit=form.units[data["unit"]],
        user=form.users.get(data["user"]),
        due_on=data["due_on"],
        key=data["key"],
        actor=user,
    )


@page(needs="cases.handle")
def finish(request: HttpRequest, identifier: str, task: int) -> HttpResponse:
    """Mark a task done with its outcome."""
    case = case_or_404(request, identifier)
    row = Task.objects.filter(pk=task, case=case).first()
    if row is None:
        raise Http404
    if row.state == TaskState.DONE and request.method != "POST":
        return redirect(case)
    if row.kind in EnquiryKind.values:
        return redirect("case_enquiry", identifier=case.address, task=row.pk)
    form = FinishForm(request.POST or None)
    if form.is_valid() and attempt(
        form, lambda: actions.finish(row, outcome=form.cleaned_data["outcome"], actor=cast("User", request.user))
    ):
        return done(request, case, _("Tehtävä on merkitty tehdyksi."))
    return ask(request, case, form, title=_("Merkitse tehtävä tehdyksi"), button=_("Merkitse tehdyksi"), lead=row.title)


@page(needs="cases.handle")
def close(request: HttpRequest, identifier: str) -> HttpResponse:
    """End the handling of the case."""
    case = case_or_404(request, identifier)
    form = CloseForm(request.POST or None, case=case)
    if form.is_valid() and attempt(form, lambda: _close(case, form, cast("User", request.user))):
        return done(request, case, _("Asian käsittely on päättynyt."))
    consequences = [_("Asiaan ei voi enää lisätä asiakirjoja eikä tehtäviä."), _("Julkisessa rekisterissä asia näkyy päättyneenä.")]
    return ask(request, case, form, title=_("Päätä asian käsittely"), button=_("Päätä asia"), consequences=consequences)


def _close(case: Case, form: CloseForm, user: User) -> None:
    data = form.cleaned_data
    resolved = data["how"] == "resolved"
    last = next((node for node in case.revision.nodes.all() if node.kind == "stage" and node.terminal), None)
    actions.close(
        case,
        resolved_at=(case.resolved_at or form.moment("resolved_on", "resolved_time")) if resolved else None,
        ground=None if resolved else ClosingGround(data["how"]),
        service_way=Way(data["service_way"]) if data["service_way"] else None,
        stage=last,
        note=data["note"],
        version=form.seen,
        actor=user,
    )
