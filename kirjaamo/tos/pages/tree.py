"""The tree of classes with search, and the drafts that wait."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kirjaamo.tos.models import ClassRevision, RevisionState
from kirjaamo.tos.pages.shown import STATE_TONES, people
from kirjaamo.tos.tree import search, tree
from kirjaamo.ui.access import actor_of, page
from kirjaamo.ui.parts import Action, Badge, Crumb, ListRow, Tab


def tabs(current: str) -> list[Tab]:
    """The views of the plan."""
    views = (
        ("plan", _("Luokat")),
        ("plan_drafts", _("Luonnokset")),
        ("plan_packages", _("Muutospaketit")),
        ("plan_imports", _("Tuonnit")),
        ("plan_reports", _("Raportit")),
    )
    return [Tab(label, reverse(route), current=route == current) for route, label in views]


@page(needs="tos.read")
def plan(request: HttpRequest) -> HttpResponse:
    """Show the classes in force as a tree; `q` narrows it by code or words of the title."""
    words = request.GET.get("q", "").strip()
    whole = tree(timezone.localdate())
    shown = search(whole, words) if words else whole
    classes = [branch for top in shown for branch in top.walk()]
    actions = [
        Action(label, reverse("plan_export", args=[form]), kind="quiet", icon="download")
        for form, label in (("xlsx", _("Lataa Excel")), ("pdf", _("Lataa PDF")), ("csv", _("Lataa CSV")), ("json", _("Lataa JSON")))
    ]
    if actor_of(request).may("tos.edit"):
        actions.insert(0, Action(_("Lisää luokka"), reverse("plan_new_class"), kind="primary"))
    values = {
        "crumbs": [Crumb(_("Työtila"), reverse("work")), Crumb(_("Suunnitelma"))],
        "tabs": tabs("plan"),
        "tree": shown,
        "words": words,
        "total": len(classes),
        "processes": sum(branch.has_process for branch in classes),
        "proposed": sum(branch.proposed for branch in classes),
        "hits": sum(branch.hit for branch in classes),
        "actions": actions,
    }
    return render(request, "tos/tree.html", values)


@page(needs="tos.read")
def drafts(request: HttpRequest) -> HttpResponse:
    """List what is being drafted and what waits for approval."""
    waiting = (
        ClassRevision.objects.filter(state__in=(RevisionState.DRAFT, RevisionState.IN_REVIEW))
        .select_related("package")
        .order_by("-state", "code")
    )
    rows = list(waiting)
    names = people(row.drafted_by for row in rows)
    listed = [
        ListRow(
            f"{row.code} {row.title.get('fi', '')}",
            reverse("plan_review" if row.state == RevisionState.IN_REVIEW else "plan_revision", args=[row.pk]),
            text=row.change_note,
            meta=[_("Laatija: %s") % names[row.drafted_by], *([_("Paketti: %s") % row.package.title] if row.package else [])],
            badge=Badge(row.get_state_display(), STATE_TONES[row.state]),
        )
        for row in rows
    ]
    crumbs = [Crumb(_("Työtila"), reverse("work")), Crumb(_("Suunnitelma"), reverse("plan")), Crumb(_("Luonnokset"))]
    return render(request, "tos/drafts.html", {"crumbs": crumbs, "tabs": tabs("plan_drafts"), "rows": listed})
