"""Pages of imports: send a file, say which column is which, look at good and bad rows, load the good ones."""

from __future__ import annotations

import csv
import hashlib
import io
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from kirjaamo.contract import plain, typed
from kirjaamo.contract.importing import actions, files, preview
from kirjaamo.contract.models import Import, ImportFault, ImportState
from kirjaamo.contract.opening import crumbs, open_kind, open_register
from kirjaamo.kernel.errors import KirjaamoError, Refused
from kirjaamo.ui.access import STAFF, actor_of, page
from kirjaamo.ui.forms import FileField
from kirjaamo.ui.parts import Column, Crumb, Fact, ListRow, Pager, Row, Table

if TYPE_CHECKING:
    from collections.abc import Callable

    from kirjaamo.contract.record import Record
    from kirjaamo.contract.register import Register

AT_ONCE = 2000
"""Up to this many rows are checked and loaded while the person waits; larger files are the worker's."""
SHOWN = 100
MOST = 20_000_000


class FileForm(forms.Form):
    """The file."""

    file = FileField(endings=files.ENDINGS, most=MOST)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask in the reader's language."""
        super().__init__(*args, **kwargs)
        self.fields["file"].label = _("Taulukko")


class MappingForm(forms.Form):
    """Which field each column of the file is."""

    def __init__(self, batch: Import, model: type[Record], *args: Any, **kwargs: Any) -> None:
        """One choice for each column, guessed from its head."""
        super().__init__(*args, **kwargs)
        fields = plain.addable(model)
        choices = [("", _("Ei tuoda")), *((name, _named(name, fields)) for name in fields)]
        for number, head in enumerate(batch.heads):
            first = batch.mapping.get(str(number), "")
            self.fields[str(number)] = forms.ChoiceField(label=head or f"({number + 1})", choices=choices, required=False, initial=first)


def _named(name: str, fields: plain.Fields) -> str:
    label = str(fields[name].verbose_name)
    return _("%(label)s (pakollinen)") % {"label": label} if typed.needed(fields[name]) else label


def _kind(request: HttpRequest, slug: str, kind: str) -> tuple[Register, type[Record]]:
    register = open_register(request, slug)
    model = open_kind(register, kind)
    if not actor_of(request).may(model.write_right(), register):
        raise PermissionDenied(model.write_right())
    if not plain.addable(model):
        raise Http404
    return register, model


def _batch(slug: str, kind: str, key: int) -> Import:
    batch = Import.objects.filter(register=slug, kind=kind, pk=key).first()
    if batch is None:
        raise Http404
    return batch


@page(needs=STAFF)
def start(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Send a file; the earlier ones of this kind stand below."""
    register, model = _kind(request, slug, kind)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data["file"].read()
        try:
            rows = files.rows_of(form.cleaned_data["file"].name, data)
            digest = hashlib.sha256(data).hexdigest()
            batch = actions.stage(model, rows, digest, language=get_language() or "fi", actor=actor_of(request))
            return redirect("import", slug, kind, batch.pk)
        except Refused as refusal:
            form.add_error("file", refusal.told())
    title = _("Tuo taulukosta: %(kind)s") % {"kind": model.plural or model.label}
    earlier = [_row(one) for one in Import.objects.filter(register=slug, kind=kind).order_by("-id")[:20]]
    named = [
        Fact(str(one.verbose_name), _("pakollinen") if typed.needed(one) else "", typed.hint(one)) for one in plain.addable(model).values()
    ]
    context = {
        "register": register,
        "form": form,
        "title": title,
        "earlier": earlier,
        "named": named,
        "crumbs": crumbs(register, Crumb(title, "")),
    }
    return render(request, "contract/import_start.html", context, status=422 if form.errors else 200)


def _row(batch: Import) -> ListRow:
    text = _("%(total)d riviä, virheellisiä %(bad)d, ladattu %(loaded)d") % {"total": batch.total, "bad": batch.bad, "loaded": batch.loaded}
    return ListRow(
        f"{batch.made_at:%d.%m.%Y %H.%M}",
        reverse("import", args=[batch.register, batch.kind, batch.pk]),
        text,
        kind=batch.get_state_display(),
    )


@page(needs=STAFF)
def batch(request: HttpRequest, slug: str, kind: str, key: int) -> HttpResponse:
    """A file where it stands: its columns, the work under way, the good and bad rows, what was loaded."""
    register, model = _kind(request, slug, kind)
    one = _batch(slug, kind, key)
    form = MappingForm(one, model, request.POST if request.POST.get("step") == "map" else None)
    step = request.POST.get("step", "") if request.method == "POST" else ""
    done = _steps(request, one, form).get(step)
    if done is not None:
        try:
            done()
            return redirect("register", slug) if step == "discard" else redirect("import", slug, kind, key)
        except KirjaamoError as error:
            form.is_valid()
            form.add_error(None, error.told()) if form.is_bound else messages.error(request, error.told())
    title = _("Tuonti: %(kind)s") % {"kind": model.plural or model.label}
    context = {"register": register, "batch": one, "form": form, "title": title, "crumbs": crumbs(register, Crumb(title, ""))}
    context |= _bad_rows(request, one)
    context["good"] = preview.good_rows(one, model) if one.state == ImportState.CHECKED and one.good else None
    working = one.state in {ImportState.CHECKING, ImportState.LOADING}
    if request.htmx and working:  # type: ignore[attr-defined]
        return render(request, "contract/_import_progress.html", context)
    answer = render(request, "contract/import.html", context, status=422 if form.errors else 200)
    if request.htmx:  # type: ignore[attr-defined]
        answer.headers["HX-Refresh"] = "true"
    return answer


def _steps(request: HttpRequest, one: Import, form: MappingForm) -> dict[str, Callable[[], object]]:
    """What the buttons of the page do."""
    actor = actor_of(request)

    def mapped() -> None:
        mapping = form.cleaned_data if form.is_valid() else {}
        actions.map_columns(one, mapping, actor=actor)
        _work(request, one, ImportState.CHECKING)

    return {
        "map": mapped,
        "again": lambda: _work(request, one, ImportState.CHECKING),
        "load": lambda: _work(request, one, ImportState.LOADING),
        "discard": lambda: actions.discard(one, actor=actor),
    }


def _work(request: HttpRequest, one: Import, state: ImportState) -> None:
    """Check or load now when the file is small, else leave it to the worker."""
    actor, checking = actor_of(request), state == ImportState.CHECKING
    if one.total <= AT_ONCE:
        (actions.check if checking else actions.load)(one, actor=actor)
        return
    actions.mark(one, state, actor=actor)
    job = "contract.check_import" if checking else "contract.load_import"
    app.configure_task(job).defer(batch=one.pk, user=int(request.user.pk or 0))


def _bad_rows(request: HttpRequest, one: Import) -> dict[str, Any]:
    """A page of the bad rows, by key."""
    after = request.GET.get("after", "")
    rows = one.faults.filter(pk__gt=int(after)) if after.isdigit() else one.faults.all()
    found = list(rows.order_by("pk")[: SHOWN + 1])
    pager = Pager.make(request, after=str(found[SHOWN - 1].pk) if len(found) > SHOWN else "", shown=min(len(found), SHOWN), total=one.bad)
    columns = [Column("line", _("Rivi"), numeric=True), Column("column", _("Sarake")), Column("reason", _("Mikä on vialla"))]
    table = Table(_("Virheelliset rivit"), columns, [Row([fault.line, fault.column, fault.reason]) for fault in found[:SHOWN]])
    return {"faults": table, "pager": pager}


@page(needs=STAFF)
def faults(request: HttpRequest, slug: str, kind: str, key: int) -> HttpResponseBase:
    """Every bad row as a file: row, column, reason."""
    _kind(request, slug, kind)
    one = _batch(slug, kind, key)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow([_("Rivi"), _("Sarake"), _("Mikä on vialla")])
    writer.writerows(ImportFault.objects.filter(batch=one).values_list("line", "column", "reason"))
    answer = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="tuonti-{one.pk}-viat.csv"'
    return answer
