"""The pages derived from a register's declaration: its workbench, a record, a verb's form, export.

Each is open to every account, and then to who holds the right that the register itself names (`Register.read`).

A register's own template `<app>/start.html` or `<app>/<model>.html` composes the same parts in its own way; without one the
plain composition serves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import select_template
from django.utils.translation import gettext as _

from kirjaamo.contract import calculated, listing, parts, uses
from kirjaamo.contract.export import EXPORTS
from kirjaamo.contract.forms import action_form
from kirjaamo.contract.opening import crumbs, open_record, open_register
from kirjaamo.contract.register import REGISTERS, Register
from kirjaamo.kernel.errors import KirjaamoError, Refused
from kirjaamo.ui.access import STAFF, actor_of, page
from kirjaamo.ui.parts import Crumb

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpRequest

    from kirjaamo.contract.record import Record
    from kirjaamo.kernel.actions import ActionInfo


@page(needs=STAFF)
def registers(request: HttpRequest) -> HttpResponse:
    """The registers that the reader may open."""
    actor = actor_of(request)
    shown = [register for register in REGISTERS.values() if actor.may(register.read, register)]
    return render(request, "contract/registers.html", {"rows": parts.register_rows(shown), "crumbs": crumbs()})


@page(needs=STAFF)
def register(request: HttpRequest, slug: str) -> HttpResponse:
    """A register's workbench: search, filters, list, the verbs that start something."""
    one = open_register(request, slug)
    kind = request.GET.get("laji", "")
    model = one.kind(kind) or one.model
    shown = listing.listing(one, model, request)
    context = {"register": one, "listing": shown, "crumbs": crumbs(one)[:1]}
    if not request.htmx:  # type: ignore[attr-defined]
        context |= parts.start_context(one, model, request)
    names = ["contract/_list.html"] if request.htmx else [f"{_app(one)}/start.html", "contract/start.html"]  # type: ignore[attr-defined]
    return HttpResponse(select_template(names).render(context, request))


@page(needs=STAFF)
def record(request: HttpRequest, slug: str, kind: str, key: int) -> HttpResponse:
    """One record: facts, case, what can be done, links to records that belong to it."""
    one = open_register(request, slug)
    row = open_record(one, kind, key, actor_of(request))
    context = {
        "register": one,
        "record": row,
        "crumbs": crumbs(one, Crumb(str(row), "")),
        **parts.record_context(one, row, actor_of(request)),
    }
    names = [f"{_app(one)}/{kind}.html", "contract/record.html"]
    return HttpResponse(select_template(names).render(context, request))


@page(needs=STAFF)
def compare(request: HttpRequest, slug: str, kind: str, key: int) -> HttpResponse:
    """The calculations of a record beside those of another of the same thing; the earlier one stands first."""
    one, actor, other = open_register(request, slug), actor_of(request), request.GET.get("kanssa", "")
    row = open_record(one, kind, key, actor)
    found = calculated.others(row, actor)
    beside = found.filter(pk=int(other)).first() if found is not None and other.isdigit() else None
    if beside is None:
        raise Http404
    earlier, later = sorted((row, beside), key=lambda record: int(record.pk))
    compared = calculated.side_by_side(earlier.kept_calculations(), later.kept_calculations())
    context = {"register": one, "record": row, "earlier": earlier, "later": later, "compared": compared}
    context["crumbs"] = crumbs(one, Crumb(str(row), row.get_absolute_url()), Crumb(_("Laskelmien vertailu"), ""))
    return render(request, "contract/compare.html", context)


@page(needs=STAFF)
def expired(request: HttpRequest, slug: str) -> HttpResponse:
    """The records of every kind whose retention has ended, the longest ago first: a proposal, nothing is destroyed here."""
    one = open_register(request, slug)
    context = {
        "register": one,
        "tables": parts.expired(one, actor_of(request)),
        "crumbs": crumbs(one, Crumb(_("Säilytysaika päättynyt"), "")),
    }
    return render(request, "contract/expired.html", context)


def filled(request: HttpRequest) -> dict[str, str]:
    """What a link to a form has filled in already (a calendar tells the day and the time); the person may change it."""
    return {name: str(value)[:200] for name, value in request.GET.items()}


@page(needs=STAFF)
def act(request: HttpRequest, slug: str, verb: str, key: int | None = None) -> HttpResponse:
    """The form of a verb, and its doing. A refusal stands at the top (or at its field) with what to do; nothing typed is lost."""
    one = open_register(request, slug)
    info = parts.verb(one, verb)
    if info is None or (key is None) == parts.acts_on_record(info):
        raise Http404
    actor = actor_of(request)
    row = open_record(one, parts.model_of(info, one), key, actor) if key is not None else None
    if not actor.may(info.needs, row or one):
        raise PermissionDenied(info.needs)
    form = action_form(info)(request.POST or None, initial=filled(request))
    if request.method == "POST" and form.is_valid():
        done = _do(request, info, form, row)
        if done is not None:
            messages.success(request, _("Tehty: %(verb)s.") % {"verb": info.label})
            return redirect(done.get_absolute_url())
    context = {"register": one, "record": row, "form": form, "action": info, "crumbs": crumbs(one, Crumb(str(info.label), ""))}
    return render(request, "contract/act.html", context, status=422 if form.errors else 200)


def _do(request: HttpRequest, info: ActionInfo, form: forms.Form, row: Record | None) -> Record | None:
    try:
        run: Any = info.run
        done: Record = run(*([row] if row else []), **form.cleaned_data, actor=actor_of(request))
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.told())
    except KirjaamoError as error:
        form.add_error(None, error.told())
    else:
        return done
    return None


@page(needs=STAFF)
def export(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """The list as it stands filtered, as CSV, JSON or XLSX; masked fields stay masked."""
    one = open_register(request, slug)
    write = EXPORTS.get(form)
    if write is None:
        raise Http404
    kind = request.GET.get("laji", "")
    model = one.kind(kind) or one.model
    rows = listing.filtered(one, model, request.GET, actor_of(request))
    uses.note_export(one, model, rows, actor_of(request))
    return write(one, model, rows, actor_of(request))


def _app(register: Register) -> str:
    return apps.get_containing_app_config(register.model.__module__).label  # type: ignore[union-attr]
