"""Writing a draft in the browser: rows edited in place, with and without script."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kirjaamo.kernel.errors import KirjaamoError, Refused
from kirjaamo.tos.editing import actions as editing
from kirjaamo.tos.forms import ClassForm, NewClassForm, NewNodeForm
from kirjaamo.tos.models import ClassRevision, FunctionClass, NodeKind, RevisionState
from kirjaamo.tos.norms import known
from kirjaamo.tos.outline import outline
from kirjaamo.tos.pages.revision import crumbs, form_of, found, places, show
from kirjaamo.tos.tree import options
from kirjaamo.ui.access import actor_of, page
from kirjaamo.ui.parts import Crumb

POST = ["POST"]


def attempt(form: forms.Form, act: Callable[[], object]) -> bool:
    """Do an act; what is refused becomes an error of the form. Return whether it was done."""
    try:
        with transaction.atomic():
            act()
    except KirjaamoError as error:
        field = error.field if isinstance(error, Refused) else None
        named = next((name for name in (field, f"r_{field}", f"{field}_fi") if name in form.fields), None)
        form.add_error(named, str(error))
        return False
    return True


def told(request: HttpRequest, act: Callable[[], object], done: str) -> bool:
    """Do an act of a button; tell how it went. Return whether it was done."""
    try:
        with transaction.atomic():
            act()
    except KirjaamoError as error:
        messages.error(request, str(error))
        return False
    messages.success(request, done)
    return True


def draft_or_404(pk: int) -> ClassRevision:
    """The draft of an address; anything else is not to be written."""
    held = found(pk)
    if held.state != RevisionState.DRAFT:
        raise Http404
    return held


@page(needs="tos.edit")
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a draft of a revision."""
    held = found(pk)
    if request.method == "POST":
        made: list[ClassRevision] = []
        if told(
            request,
            lambda: made.append(editing.draft_of(held, actor=actor_of(request))),
            _("Luonnos on tehty. Voimassa oleva suunnitelma ei muutu ennen hyväksymistä."),
        ):
            return redirect("plan_revision", pk=made[0].pk)
        return redirect("plan_revision", pk=pk)
    question = {
        "title": _("Tee uusi luonnos luokasta %s") % held.code,
        "lead": _(
            "Luonnokseen kopioidaan koko käsittelyprosessi. "
            "Voimassa oleva suunnitelma ei muutu ennen kuin toinen henkilö hyväksyy luonnoksen."
        ),
        "form": forms.Form(),
        "confirm": _("Tee luonnos"),
        "cancel_url": reverse("plan_revision", args=[pk]),
        "base": "ui/base_work.html",
        "crumbs": crumbs(held, Crumb(_("Uusi luonnos"))),
    }
    return render(request, "ui/confirm_page.html", question)


@page(needs="tos.edit")
def new_class(request: HttpRequest) -> HttpResponse:
    """Add a class that does not exist yet."""
    parents = options(timezone.localdate())
    form = NewClassForm(request.POST or None, parents=parents, initial={"parent": request.GET.get("ylaluokka", "")})
    if request.method == "POST" and form.is_valid():
        values, made = form.cleaned_data, []
        parent = FunctionClass.objects.filter(pk=values["parent"]).first() if values["parent"] else None
        if attempt(
            form, lambda: made.append(editing.new_class(values["code"], {"fi": values["title"]}, parent=parent, actor=actor_of(request)))
        ):
            return redirect("plan_revision", pk=made[0].pk)
    path = [Crumb(_("Työtila"), reverse("work")), Crumb(_("Suunnitelma"), reverse("plan")), Crumb(_("Lisää luokka"))]
    return render(
        request,
        "tos/form.html",
        {"form": form, "title": _("Lisää luokka"), "confirm": _("Tee luonnos"), "cancel_url": reverse("plan"), "crumbs": path},
    )


@page(needs="tos.edit")
def edit_class(request: HttpRequest, pk: int) -> HttpResponse:
    """Edit the facts of a class and what its documents inherit."""
    held = draft_or_404(pk)
    parents = [option for option in options(timezone.localdate()) if option[0] != str(held.function_class_id)]
    form = ClassForm(request.POST or None, revision=held, parents=parents, known=known())
    if request.method == "POST" and form.is_valid():
        chosen = {str(one.pk): one for one in FunctionClass.objects.filter(pk=form.cleaned_data["parent"] or 0)}
        if attempt(form, lambda: editing.edit_class(held, form.values(chosen), actor=actor_of(request))):
            messages.success(request, _("Luokan tiedot on tallennettu luonnokseen."))
            return redirect("plan_revision", pk=pk)
    values = {
        "form": form,
        "revision": held,
        "crumbs": crumbs(held, Crumb(_("Luokan tiedot"))),
        "cancel_url": reverse("plan_revision", args=[pk]),
    }
    return render(request, "tos/class_form.html", values)


@page(needs="tos.edit")
def edit_node(request: HttpRequest, pk: int, node: int) -> HttpResponse:
    """Take the form of a row; with errors the page comes back with the row open."""
    held = draft_or_404(pk)
    if request.method != "POST":
        return redirect(f"{reverse('plan_revision', args=[pk])}?muokkaa={node}#kohta-{node}")
    codes = known()
    form = form_of(outline(held, codes), codes, node, request.POST)
    if form is None:
        messages.error(request, _("Kohtaa ei enää ole luonnoksessa."))
        return redirect("plan_revision", pk=pk)
    if form.is_valid():
        row = get_object_or_404(held.nodes, pk=node)
        if attempt(form, lambda: editing.edit_node(row, form.values(), actor=actor_of(request), seen=form.cleaned_data["seen"])):
            messages.success(request, _("Tallennettu luonnokseen."))
            return redirect(f"{reverse('plan_revision', args=[pk])}#kohta-{node}")
    return show(request, held, node_form=form)


@page(needs="tos.edit")
def change_node(request: HttpRequest, pk: int, node: int, act: str) -> HttpResponse:
    """Move, copy or remove a row."""
    held = draft_or_404(pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(POST)
    row = get_object_or_404(held.nodes.select_related("parent", "revision"), pk=node)
    actor = actor_of(request)
    acts: dict[str, tuple[Callable[[], Any], str]] = {
        "ylos": (lambda: editing.move_node(row, -1, actor=actor), _("Kohta siirrettiin ylemmäs.")),
        "alas": (lambda: editing.move_node(row, 1, actor=actor), _("Kohta siirrettiin alemmas.")),
        "kopioi": (lambda: editing.copy_node(row, held, actor=actor, parent=row.parent), _("Kohta kopioitiin.")),
        "poista": (lambda: editing.remove_node(row, actor=actor), _("Kohta poistettiin luonnoksesta.")),
    }
    if act not in acts:
        raise Http404
    told(request, *acts[act])
    anchor = "" if act == "poista" else f"#kohta-{node}"
    return redirect(f"{reverse('plan_revision', args=[pk])}{anchor}")


@page(needs="tos.edit")
def add_node(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a row and open it."""
    held = draft_or_404(pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(POST)
    form = NewNodeForm(request.POST, parents=places(outline(held, known())))
    if form.is_valid():
        values, made = form.cleaned_data, []
        above = held.nodes.filter(pk=values["parent"]).first() if values["parent"] else None
        if attempt(
            form,
            lambda: made.append(
                editing.add_node(held, NodeKind(values["kind"]), {"fi": values["title"]}, parent=above, actor=actor_of(request))
            ),
        ):
            return redirect(f"{reverse('plan_revision', args=[pk])}?muokkaa={made[0].pk}#kohta-{made[0].pk}")
    return show(request, held, add_form=form)


@page(needs="tos.edit")
def copy_process(request: HttpRequest, pk: int) -> HttpResponse:
    """Copy the process of another class into an empty draft."""
    held = draft_or_404(pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(POST)
    code = " ".join(request.POST.get("code", "").replace("-", " ").split())
    source = ClassRevision.objects.in_force(timezone.localdate()).filter(code=code).first()
    if source is None:
        messages.error(request, _("Luokkaa %s ei löydy voimassa olevasta suunnitelmasta.") % code)
    else:
        told(
            request, lambda: editing.copy_process(source, held, actor=actor_of(request)), _("Prosessi kopioitiin. Tarkista jokainen kohta.")
        )
    return redirect("plan_revision", pk=pk)


@page(needs="tos.edit")
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask and delete a draft."""
    held = draft_or_404(pk)
    if request.method == "POST":
        if told(request, lambda: editing.discard(held, actor=actor_of(request)), _("Luonnos on poistettu.")):
            return redirect("plan")
        return redirect("plan_revision", pk=pk)
    question = {
        "title": _("Poista luonnos luokasta %s") % held.code,
        "lead": _("Luonnos ja sen kommentit poistetaan. Hyväksytyt versiot säilyvät."),
        "form": forms.Form(),
        "confirm": _("Poista luonnos"),
        "confirm_kind": "danger",
        "cancel_url": reverse("plan_revision", args=[pk]),
        "base": "ui/base_work.html",
        "crumbs": crumbs(held, Crumb(_("Poista luonnos"))),
    }
    return render(request, "ui/confirm_page.html", question)
