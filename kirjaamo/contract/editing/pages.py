"""Pages of plain edits: add a record, change one, void one, change many with a preview of what changes and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kirjaamo.contract import actions, plain
from kirjaamo.contract.editing import bulk
from kirjaamo.contract.editing.forms import bulk_form, changed, record_form
from kirjaamo.contract.opening import crumbs, open_kind, open_record, open_register
from kirjaamo.kernel.errors import KirjaamoError, Refused
from kirjaamo.ui.access import STAFF, actor_of, page
from kirjaamo.ui.parts import Crumb

if TYPE_CHECKING:
    from collections.abc import Callable

    from kirjaamo.contract.record import Record
    from kirjaamo.contract.register import Register


def _writable(request: HttpRequest, slug: str, kind: str) -> tuple[Register, type[Record]]:
    register = open_register(request, slug)
    model = open_kind(register, kind)
    if not actor_of(request).may(model.write_right(), register):
        raise PermissionDenied(model.write_right())
    return register, model


def _shown(request: HttpRequest, register: Register, form: forms.Form, title: str, **more: Any) -> HttpResponse:
    context = {"register": register, "form": form, "title": title, "crumbs": crumbs(register, Crumb(title, "")), **more}
    return render(request, "contract/edit.html", context, status=422 if form.errors else 200)


def _tried(form: forms.Form, write: Callable[[], Record]) -> Record | None:
    """Write; a refusal stands at its field or at the top, and nothing typed is lost."""
    try:
        return write()
    except Refused as refusal:
        told = refusal.told()
        form.add_error(refusal.field if refusal.field in form.fields else None, told)
    except KirjaamoError as error:
        form.add_error(None, error.told())
    return None


@page(needs=STAFF)
def add(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """The form of a new record, where the register adds records without a verb."""
    register, model = _writable(request, slug, kind)
    fields = plain.addable(model)
    if not fields:
        raise Http404
    form = record_form(fields, None)(request.POST or None)
    title = _("Lisää: %(kind)s") % {"kind": model.label}
    if request.method == "POST" and form.is_valid():
        made = _tried(form, lambda: actions.add(model, changed(form, fields), actor=actor_of(request)))
        if made is not None:
            messages.success(request, _("Tieto on lisätty."))
            return redirect(made.get_absolute_url())
    return _shown(request, register, form, title, action=_("Lisää"))


@page(needs=STAFF)
def edit(request: HttpRequest, slug: str, kind: str, key: int) -> HttpResponse:
    """The form of a record's plain values. Two who change it at once both learn of it."""
    register, model = _writable(request, slug, kind)
    row = open_record(register, kind, key, actor_of(request))
    fields = plain.editable(model)
    if not fields:
        raise Http404
    form = record_form(fields, row)(request.POST or None)
    version = request.POST.get("version", "")
    if request.method == "POST" and form.is_valid():
        values = changed(form, fields)
        at = int(version) if version.isdigit() else row.version
        if not values or _tried(form, lambda: actions.edit(row, values, version=at, actor=actor_of(request))) is not None:
            messages.success(request, _("Tiedot on tallennettu.") if values else _("Mikään ei muuttunut."))
            return redirect(row.get_absolute_url())
    why_not = plain.why_not(row)
    return _shown(
        request, register, form, _("Muuta tietoja"), record=row, action=_("Tallenna"), version=version or row.version, why_not=why_not
    )


class VoidForm(forms.Form):
    """Why a record is void."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask in the reader's language."""
        super().__init__(*args, **kwargs)
        self.fields["reason"] = forms.CharField(
            label=_("Miksi tieto mitätöidään"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
        )


@page(needs=STAFF)
def void(request: HttpRequest, slug: str, kind: str, key: int) -> HttpResponse:
    """Void a record with a reason: it stays in sight."""
    register, model = _writable(request, slug, kind)
    row = open_record(register, kind, key, actor_of(request))
    if not plain.editable(model) or row.voided_at is not None:
        raise Http404
    form = VoidForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = _tried(form, lambda: actions.strike(row, form.cleaned_data["reason"], actor=actor_of(request)))
        if done is not None:
            messages.success(request, _("Tieto on mitätöity."))
            return redirect(row.get_absolute_url())
    return _shown(request, register, form, _("Mitätöi"), record=row, action=_("Mitätöi"))


# Many at a time -----------------------------------------------------------------------------------------------------------


@page(needs=STAFF)
def change_many(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """One form for the chosen rows → what changes and what is refused → done in one action."""
    register, model = _writable(request, slug, kind)
    fields = bulk.fields_for_many(model)
    if not fields:
        raise Http404
    rows = list(bulk.chosen_rows(register, model, request.GET, actor_of(request))[: bulk.MOST + 1])
    if not rows or len(rows) > bulk.MOST:
        none = _("Valitse luettelosta rivit, joita muutetaan.")
        many = _("Rajaa luetteloa: kerralla muutetaan enintään %(most)d riviä.") % {"most": bulk.MOST}
        messages.error(request, many if rows else none)
        return redirect(f"{reverse('register', args=[slug])}?laji={kind}")
    form = bulk_form(fields)(request.POST or None)
    told = None
    if request.method == "POST" and form.is_valid():
        values = changed(form, fields)
        if not values:
            form.add_error(None, _("Täytä ainakin yksi muutettava tieto."))
        else:
            told = bulk.preview(rows, values)
            if request.POST.get("step") == "do" and _done(request, form, model, told, values):
                return redirect(f"{reverse('register', args=[slug])}?laji={kind}")
    title = ngettext("Muuta %(count)d rivi", "Muuta %(count)d riviä", len(rows)) % {"count": len(rows)}
    tables = {"changes": bulk.changes_table(told), "refusals": bulk.refusals_table(told)} if told is not None else {}
    context = {"register": register, "form": form, "title": title, "told": told, "crumbs": crumbs(register, Crumb(title, "")), **tables}
    context["stamp"] = _stamp(told) if told is not None else ""
    return render(request, "contract/bulk.html", context, status=422 if form.errors else 200)


def _done(request: HttpRequest, form: forms.Form, model: type[Record], told: bulk.Preview, values: dict[str, Any]) -> bool:
    """Do what the preview showed; when something changed since it was shown, the new preview is shown instead."""
    if request.POST.get("stamp") != _stamp(told):
        form.add_error(None, _("Tiedot muuttuivat esikatselun jälkeen. Tarkista uusi esikatselu ja vahvista uudelleen."))
        return False
    try:
        count = actions.edit_many(model, told.chosen, values, actor=actor_of(request))
    except KirjaamoError as error:
        form.add_error(None, error.told())
        return False
    messages.success(request, ngettext("%(count)d rivi muutettiin.", "%(count)d riviä muutettiin.", count) % {"count": count})
    return True


def _stamp(told: bulk.Preview) -> str:
    """What a preview showed, so briefly that the form carries it: how many rows, their versions, how many refusals."""
    chosen = told.chosen
    return f"{len(chosen)}-{sum(chosen)}-{sum(chosen.values())}-{len(told.refused)}"
