"""The page where the description is checked against the law and published."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kirjaamo.catalog import actions, gate, reading
from kirjaamo.catalog.forms import PublishForm
from kirjaamo.catalog.gate import GROUP_TITLES, PROBLEMS, Gate, GateRow, Group, Verdict
from kirjaamo.catalog.kinds import KINDS, Kind, entry_address
from kirjaamo.kernel.errors import Refused
from kirjaamo.ui.access import actor_of, page
from kirjaamo.ui.languages import pick
from kirjaamo.ui.parts import CheckRow, Crumb, Figure


@page(needs="catalog.publish")
def gate_page(request: HttpRequest) -> HttpResponse:
    """Show what 28 § asks, row by row, and publish when nothing is missing."""
    judged = gate.judge(reading.everything())
    form = PublishForm(request.POST or None, unknown=len(judged.unknown))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.publish(
                actor=actor_of(request), acknowledged=form.cleaned_data.get("acknowledged", ""), note=form.cleaned_data["note"]
            )
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            messages.success(request, _("Kuvaus on julkaistu versiona %(number)s.") % {"number": made.number})
            return redirect(reverse("catalog_version", args=[made.number]))
    last = reading.publications()[:1]
    values = {
        "form": form,
        "judged": judged,
        "groups": [_group(judged, group) for group in Group],
        "figures": [
            Figure(len(judged.missing), _("puuttuu"), _("estää julkaisemisen"), tone="danger" if judged.missing else "success"),
            Figure(len(judged.unknown), _("ei tiedossa"), _("julkaisija perustelee"), tone="warning" if judged.unknown else "success"),
            Figure(sum(row.verdict == Verdict.OK for row in judged.rows), _("kunnossa"), tone="success"),
        ],
        "last": last[0] if last else None,
        "crumbs": [Crumb(_("Kuvaus"), reverse("catalog")), Crumb(_("Tarkastus ja julkaisu"))],
    }
    return render(request, "catalog/gate.html", values, status=400 if form.is_bound else 200)


def _group(judged: Gate, group: Group) -> dict[str, Any]:
    counts = judged.counts(group)
    rows = [row for row in judged.rows if row.group == group]
    return {
        "number": int(group),
        "title": GROUP_TITLES[group],
        "missing": [_check(row) for row in rows if row.verdict == Verdict.MISSING],
        "unknown": [_check(row) for row in rows if row.verdict == Verdict.UNKNOWN],
        "fine": [_check(row) for row in rows if row.verdict == Verdict.OK],
        "state": "missing" if counts["missing"] else "unknown" if counts["unknown"] else "ok",
    }


def _check(row: GateRow) -> CheckRow:
    kind = str(KINDS[Kind(row.kind)].one) if row.kind else ""
    title = pick(row.title or {}).text
    label = f"{title} ({kind.lower()})" if title else kind
    url = entry_address(row.kind, row.slug) if row.kind else ""
    return CheckRow(label or str(GROUP_TITLES[row.group]), row.verdict.value, str(PROBLEMS[row.problem]) if row.problem else "", url)
