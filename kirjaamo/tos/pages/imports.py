"""Imports in the browser: bring a file, read what was found, take it as drafts or as an edition."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kirjaamo.tos.forms import ImportForm
from kirjaamo.tos.importing import actions
from kirjaamo.tos.models import PlanImport
from kirjaamo.tos.models.drafts import ImportKind
from kirjaamo.tos.pages.drafts import attempt, told
from kirjaamo.tos.pages.shown import people
from kirjaamo.tos.pages.tree import tabs
from kirjaamo.ui.access import actor_of, page
from kirjaamo.ui.languages import pick
from kirjaamo.ui.parts import Badge, Column, Crumb, Figure, ListRow, Row, Table
from kirjaamo.ui.wording import day


@page(needs="tos.read")
def imports(request: HttpRequest) -> HttpResponse:
    """List imports and bring a new file."""
    may_edit = actor_of(request).may("tos.edit")
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        if not may_edit:
            raise Http404
        made: list[PlanImport] = []
        if form.is_valid():
            file = form.cleaned_data["file"]
            if attempt(form, lambda: made.append(actions.bring(file.name, file.read(), actor=actor_of(request)))):
                return redirect("plan_import", pk=made[0].pk)
    rows = list(PlanImport.objects.defer("content")[:100])
    names = people(row.made_by for row in rows)
    listed = [
        ListRow(
            row.name,
            reverse("plan_import", args=[row.pk]),
            kind=row.get_kind_display(),
            meta=[names[row.made_by], day(timezone.localdate(row.made_at))],
            badge=_badge(row),
        )
        for row in rows
    ]
    crumbs = [Crumb(_("Työtila"), reverse("work")), Crumb(_("Suunnitelma"), reverse("plan")), Crumb(_("Tuonnit"))]
    values = {"rows": listed, "form": form, "tabs": tabs("plan_imports"), "crumbs": crumbs, "may_edit": may_edit}
    return render(request, "tos/imports.html", values, status=422 if form.is_bound and form.errors else 200)


def _badge(row: PlanImport) -> Badge:
    if row.taken_at:
        return Badge(_("Otettu käyttöön"), "success")
    errors = sum(one["severity"] == "error" for one in row.findings)
    return Badge(_("%s virhettä") % errors, "danger") if errors else Badge(_("Odottaa tarkastusta"), "warning")


@page(needs="tos.read")
def one_import(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a file brings; the button takes it."""
    held = get_object_or_404(PlanImport, pk=pk)
    may_edit = actor_of(request).may("tos.edit")
    if request.method == "POST":
        if not may_edit:
            raise Http404
        return _take(request, held)
    classes = held.content.get("classes", [])
    kinds = [told["kind"] for one in classes for told in one.get("nodes", [])]
    errors = [one for one in held.findings if one["severity"] == "error"]
    rows = [
        Row(
            (
                one["row"] or _("Koko tiedosto"),
                one["column"],
                pick(one["text"]).text,
                _("Virhe") if one["severity"] == "error" else _("Huomio"),
            )
        )
        for one in held.findings[:500]
    ]
    columns = (
        Column("row", _("Rivi"), numeric=True),
        Column("column", _("Sarake")),
        Column("text", _("Mitä löytyi")),
        Column("kind", _("Laji")),
    )
    shown = [
        Row((one["code"], one["title"] if isinstance(one["title"], str) else one["title"].get("fi", ""), len(one.get("nodes", []))))
        for one in classes[:1000]
    ]
    values = {
        "held": held,
        "badge": _badge(held),
        "crumbs": [
            Crumb(_("Työtila"), reverse("work")),
            Crumb(_("Suunnitelma"), reverse("plan")),
            Crumb(_("Tuonnit"), reverse("plan_imports")),
            Crumb(held.name),
        ],
        "figures": [
            Figure(len(classes), _("luokkaa")),
            Figure(kinds.count("stage"), _("käsittelyvaihetta")),
            Figure(kinds.count("measure"), _("toimenpidettä")),
            Figure(kinds.count("document") + kinds.count("attachment"), _("asiakirjatyyppiä ja liitettä")),
            Figure(len(errors), _("virhettä"), tone="danger" if errors else "neutral"),
        ],
        "findings": Table(_("Löydökset"), columns, rows, empty=_("Tiedostossa ei ollut huomautettavaa.")),
        "classes": Table(
            _("Luokat"),
            (Column("code", _("Tunnus"), nowrap=True), Column("title", _("Nimi")), Column("nodes", _("Kohtia"), numeric=True)),
            shown,
        ),
        "may_take": may_edit and not errors and held.taken_at is None and bool(classes),
        "is_tree": held.kind == ImportKind.TREE,
    }
    return render(request, "tos/import.html", values)


def _take(request: HttpRequest, held: PlanImport) -> HttpResponse:
    actor, today = actor_of(request), timezone.localdate()
    if held.kind == ImportKind.TREE:
        title = request.POST.get("title", "").strip()[:200] or held.name
        source = request.POST.get("source", "")[:300]
        edition: dict[str, Any] = {"title": {"fi": title}, "source": source, "licence": "", "on": today}
        if told(request, lambda: actions.take_edition(held, **edition, actor=actor), _("Luokitus on nyt vertailtavana raporteissa.")):
            return redirect("plan_reports")
        return redirect("plan_import", pk=held.pk)
    made = []
    if told(request, lambda: made.append(actions.take(held, actor=actor, on=today)), _("Luonnokset on tehty. Tarkasta ja lähetä paketti.")):
        return redirect("plan_package", pk=made[0].pk)
    return redirect("plan_import", pk=held.pk)
