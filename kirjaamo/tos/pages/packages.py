"""Packages in the browser: one change over many classes, gathered, reviewed and approved as one."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kirjaamo.tos.forms import ApproveForm, BulkForm, PackageForm, ReasonForm
from kirjaamo.tos.impact import impact
from kirjaamo.tos.models import ClassRevision, Package, PackageState
from kirjaamo.tos.norms import known
from kirjaamo.tos.packages import actions
from kirjaamo.tos.packages.actions import BulkChange
from kirjaamo.tos.pages.drafts import attempt, told
from kirjaamo.tos.pages.shown import people
from kirjaamo.tos.pages.tree import tabs
from kirjaamo.ui.access import actor_of, page
from kirjaamo.ui.parts import Badge, Column, Crumb, ListRow, Row, Table, Tone
from kirjaamo.ui.wording import day

TONES: dict[str, Tone] = {"draft": "warning", "in_review": "info", "approved": "success", "discarded": "neutral"}


@page(needs="tos.read")
def packages(request: HttpRequest) -> HttpResponse:
    """List packages and open a new one."""
    may_edit = actor_of(request).may("tos.edit")
    form = PackageForm(request.POST or None)
    if request.method == "POST":
        if not may_edit:
            raise Http404
        made: list[Package] = []
        if form.is_valid() and attempt(
            form, lambda: made.append(actions.create(form.cleaned_data["title"], note=form.cleaned_data["note"], actor=actor_of(request)))
        ):
            return redirect("plan_package", pk=made[0].pk)
    rows = list(Package.objects.all()[:100])
    names = people(row.made_by for row in rows)
    listed = [
        ListRow(
            row.title,
            reverse("plan_package", args=[row.pk]),
            text=row.note,
            meta=[names[row.made_by], day(timezone.localdate(row.made_at))],
            badge=Badge(row.get_state_display(), TONES[row.state]),
        )
        for row in rows
    ]
    crumbs = [Crumb(_("Työtila"), reverse("work")), Crumb(_("Suunnitelma"), reverse("plan")), Crumb(_("Muutospaketit"))]
    return render(
        request, "tos/packages.html", {"rows": listed, "form": form, "tabs": tabs("plan_packages"), "crumbs": crumbs, "may_edit": may_edit}
    )


@page(needs="tos.read")
def package(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a package: its drafts, what each changes and touches."""
    held = get_object_or_404(Package, pk=pk)
    actor, codes = actor_of(request), known()
    drafts = list(held.revisions.order_by("code").select_related("function_class", "parent"))
    current = {
        one.function_class_id: one
        for one in ClassRevision.objects.in_force(timezone.localdate())
        .filter(function_class__in=[draft.function_class_id for draft in drafts])
        .select_related("parent")
    }
    rows = []
    for draft in drafts:
        before = current.get(draft.function_class_id)
        would = impact(draft, before, codes) if before and before.pk != draft.pk and not draft.is_fixed else None
        changed = (
            len(would.difference.changed) + len(would.difference.added) + len(would.difference.removed) if would and would.difference else 0
        )
        rows.append(
            Row(
                (
                    str(draft),
                    draft.get_state_display(),
                    changed,
                    would.use.open_cases if would else 0,
                    would.clocks.running if would else 0,
                ),
                reverse("plan_revision" if draft.is_fixed else "plan_review", args=[draft.pk]),
            )
        )
    columns = (
        Column("code", _("Luokka")),
        Column("state", _("Tila"), nowrap=True),
        Column("changed", _("Muuttuvia kohtia"), numeric=True),
        Column("open", _("Avoimia asioita"), numeric=True),
        Column("clocks", _("Säilytysaikoja kulkee"), numeric=True),
    )
    editing = held.state == PackageState.DRAFT and actor.may("tos.edit")
    values = {
        "package": held,
        "badge": Badge(held.get_state_display(), TONES[held.state]),
        "crumbs": [
            Crumb(_("Työtila"), reverse("work")),
            Crumb(_("Suunnitelma"), reverse("plan")),
            Crumb(_("Muutospaketit"), reverse("plan_packages")),
            Crumb(held.title),
        ],
        "table": Table(_("Luokat"), columns, rows, empty=_("Paketissa ei ole vielä luokkia. Tee muutos moneen luokkaan alla.")),
        "editing": editing,
        "bulk_form": BulkForm(known=codes) if editing else None,
        "may_approve": held.state == PackageState.IN_REVIEW and actor.may("tos.approve"),
        "may_reject": held.state == PackageState.IN_REVIEW and actor.may("tos.edit"),
        "approve_form": ApproveForm(initial={"on": timezone.localdate()}),
        "reason_form": ReasonForm(auto_id="reason_%s"),
        "has_drafts": bool(drafts),
    }
    return render(request, "tos/package.html", values)


@page(needs="tos.edit")
def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Do what a button of the package page says."""
    held = get_object_or_404(Package, pk=pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    actor = actor_of(request)
    reason = request.POST.get("reason", "")[:2000]
    if act == "muuta":
        return _bulk(request, held)
    if act == "hyvaksy":
        form = ApproveForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("Kirjoita voimaantulopäivä."))
            return redirect("plan_package", pk=pk)
        told(
            request,
            lambda: actions.approve(held, actor=actor, on=form.cleaned_data["on"], note=form.cleaned_data["note"]),
            _("Paketti on hyväksytty."),
        )
        return redirect("plan_package", pk=pk)
    acts: dict[str, tuple[Callable[[], object], str]] = {
        "laheta": (lambda: actions.submit(held, actor=actor), _("Paketti on lähetetty tarkastettavaksi.")),
        "palauta": (lambda: actions.reject(held, actor=actor, reason=reason), _("Paketti on palautettu luonnokseksi.")),
        "hylkaa": (lambda: actions.discard(held, actor=actor, reason=reason), _("Paketin luonnokset on poistettu.")),
    }
    if act not in acts:
        raise Http404
    told(request, *acts[act])
    return redirect("plan_package", pk=pk)


def _bulk(request: HttpRequest, held: Package) -> HttpResponse:
    form = BulkForm(request.POST, known=known())
    if not form.is_valid() or not form.rule():
        messages.error(request, _("Valitse, mitä säännössä muutetaan."))
        return redirect("plan_package", pk=held.pk)
    values = form.cleaned_data
    prefixes = [code.strip() for code in values["classes"].split(",") if code.strip()]
    chosen = [
        one
        for one in ClassRevision.objects.in_force(timezone.localdate()).select_related("function_class", "parent").order_by("code")
        if not prefixes or any(one.code == prefix or one.code.startswith(f"{prefix} ") for prefix in prefixes)
    ]
    change = BulkChange(
        form.rule(),
        type_codes=[values["type_code"]] if values["type_code"] else [],
        codes=[values["node_code"]] if values["node_code"] else [],
        on_class=values["on_class"],
    )
    count: list[int] = []
    if told(
        request,
        lambda: count.append(actions.apply_change(held, change, chosen, actor=actor_of(request))),
        _("Muutos on tehty luonnoksiin."),
    ):
        messages.info(request, _("Muuttuneita luokkia: %s.") % count[0])
    return redirect("plan_package", pk=held.pk)
