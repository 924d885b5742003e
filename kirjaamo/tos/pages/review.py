"""Review: what is wrong, what changes, what it would touch; sending, approving, sending back, comments, retiring."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kirjaamo.tos import actions
from kirjaamo.tos.difference import Change, Difference, difference
from kirjaamo.tos.forms import ApproveForm, NoteForm, ReasonForm, RetireForm
from kirjaamo.tos.impact import Impact, impact
from kirjaamo.tos.models import ClassRevision, Comment, FunctionClass, RevisionState
from kirjaamo.tos.norms import Known, known
from kirjaamo.tos.outline import findings, outline
from kirjaamo.tos.pages.drafts import attempt, told
from kirjaamo.tos.pages.revision import crumbs, found, tabs
from kirjaamo.tos.pages.shown import FIELD_NAMES, KIND_NAMES, people, state_badges, value_of
from kirjaamo.tos.tree import options
from kirjaamo.tos.usage import CAMPAIGNS
from kirjaamo.ui.access import actor_of, page
from kirjaamo.ui.languages import pick
from kirjaamo.ui.parts import Badge, CheckRow, Column, Crumb, Figure, ListRow, Message, Row, Table
from kirjaamo.ui.wording import day

if TYPE_CHECKING:
    from django import forms

    from kirjaamo.tos.usage import UsedCase


@page(needs="tos.read")
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what approval would bring, before it is asked for."""
    return show(request, found(pk))


def show(request: HttpRequest, held: ClassRevision, **opened: forms.Form) -> HttpResponse:
    """Draw the review page, with a form that was refused when there is one."""
    actor, codes = actor_of(request), known()
    before = (
        ClassRevision.objects.in_force(timezone.localdate()).filter(function_class_id=held.function_class_id).exclude(pk=held.pk).first()
    )
    tree = outline(held, codes)
    wrong = list(findings(tree, codes)) if not held.is_fixed else []
    would = impact(held, before, codes)
    wrote = {held.drafted_by, *held.edited_by}
    remarks = list(held.comments.all())
    names = people(wrote | {remark.author for remark in remarks})
    values = {
        "revision": held,
        "before": before,
        "crumbs": crumbs(held, Crumb(_("Tarkastus"))),
        "badges": state_badges(held),
        "tabs": tabs(held, "plan_review"),
        "checks": _checks(wrong),
        "would": would,
        "figures": _figures(would) if before else [],
        "touched": _touched(would, codes),
        "changes": _difference(would.difference, codes) if would.difference else None,
        "open_cases": _cases(would.open_cases),
        "closed_cases": _cases(would.closed_cases),
        "remarks": [
            (remark, Message(names[remark.author], remark.at, remark.text, own=remark.author == actor.actor_ref)) for remark in remarks
        ],
        "campaigns_url": next((address(held.code) for address in CAMPAIGNS), "") if actor.may("retention.read") else "",
        "writers": ", ".join(names[ref] for ref in sorted(wrote)),
        "own": actor.actor_ref in wrote,
        "may_submit": held.state == RevisionState.DRAFT and actor.may("tos.edit") and not wrong and held.package_id is None,
        "may_reject": held.state == RevisionState.IN_REVIEW and actor.may("tos.edit"),
        "may_approve": held.state == RevisionState.IN_REVIEW and actor.may("tos.approve") and held.package_id is None,
        "approve_form": opened.get("approve") or ApproveForm(initial={"on": timezone.localdate()}),
        "reject_form": opened.get("reject") or ReasonForm(auto_id="reject_%s"),
        "note_form": opened.get("note") or NoteForm(auto_id="note_%s"),
        "refused": any(form.errors for form in opened.values()),
        "forms": list(opened.values()),
    }
    return render(request, "tos/review.html", values, status=422 if values["refused"] else 200)


def _checks(wrong: Sequence[object]) -> list[CheckRow]:
    rows = []
    for finding in wrong:
        place = getattr(finding, "place", None)
        label = f"{KIND_NAMES[place.node.kind]}: {pick(place.node.title).text}" if place else _("Luokan oletukset")
        rows.append(CheckRow(label, "missing", pick(finding.problem.text).text, f"?muokkaa={place.node.pk}" if place else ""))  # type: ignore[attr-defined]
    return rows or [
        CheckRow(_("Säännöt ovat eheät"), "ok", _("Jokaisella asiakirjatyypillä on julkisuusluokka, henkilötietoluonne ja säilytysaika."))
    ]


def _figures(would: Impact) -> list[Figure]:
    use = would.use
    return [
        Figure(use.open_cases, _("avointa asiaa"), _("jatkavat nykyisellä versiolla")),
        Figure(use.stuck_cases, _("ei voi siirtyä"), _("on käyttänyt poistuvaa kohtaa"), tone="warning" if use.stuck_cases else "neutral"),
        Figure(use.closed_cases, _("päättynyttä asiaa"), _("säilyttävät arvonsa")),
        Figure(would.clocks.running, _("säilytysaikaa kulkee"), _("%s odottaa alkamistaan") % would.clocks.waiting),
        Figure(sum(opened + closed for opened, closed in use.documents.values()), _("asiakirjaa"), _("luokan kohdissa")),
    ]


def _touched(would: Impact, codes: Known) -> Table:
    """The nodes that change or go, with their documents."""
    rows = []
    for one in would.touched:
        if one.removed:
            what = _("Poistuu: uusissa asioissa ei enää ole")
        else:
            assert one.change is not None  # noqa: S101 - a node that is not removed has its change
            what = "; ".join(_said(change, codes) for change in (*one.change.facts, *one.change.rules)) or _("Siirtyy toiseen paikkaan")
        rows.append(
            Row(
                (pick(one.place.node.title).text, what, one.open_documents, one.closed_documents, one.running_clocks),
                tone="warning" if one.removed else "neutral",
            )
        )
    columns = (
        Column("node", _("Kohta")),
        Column("change", _("Muutos")),
        Column("open", _("Asiakirjoja avoimissa"), numeric=True),
        Column("closed", _("Asiakirjoja päättyneissä"), numeric=True),
        Column("clocks", _("Säilytysaikoja kulkee"), numeric=True),
    )
    return Table(_("Muuttuvat ja poistuvat kohdat"), columns, rows, empty=_("Mikään nykyinen kohta ei muutu."))


def _said(change: Change, codes: Known) -> str:
    before, after = (value_of(change.name, value, codes) for value in (change.before, change.after))
    return f"{FIELD_NAMES.get(change.name, change.name)}: {before} → {after}"


def _difference(found_: Difference, codes: Known) -> dict[str, object]:
    """A difference as lists of words."""
    return {
        "facts": [_said(change, codes) for change in found_.facts],
        "added": [f"{KIND_NAMES[place.node.kind]}: {pick(place.node.title).text}" for place in found_.added],
        "removed": [f"{KIND_NAMES[place.node.kind]}: {pick(place.node.title).text}" for place in found_.removed],
        "changed": [
            (
                f"{KIND_NAMES[change.after.node.kind]}: {pick(change.after.node.title).text}",
                [_said(one, codes) for one in (*change.facts, *change.rules)] + ([_("siirtyi toiseen paikkaan")] if change.moved else []),
            )
            for change in found_.changed
        ],
    }


def _cases(used: Sequence[UsedCase]) -> list[ListRow]:
    return [ListRow(case.identifier, case.url, text=case.title, meta=[day(case.since)], badge=Badge(case.state)) for case in used]


@page(needs="tos.read")
def changes(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Show what differs between two revisions of a class, by the constant keys of nodes."""
    before, after = found(pk), get_object_or_404(ClassRevision, pk=other, function_class__revisions=pk)
    codes = known()
    told_ = difference(outline(before, codes), outline(after, codes))
    values = {
        "before": before,
        "after": after,
        "changes": _difference(told_, codes),
        "same": not told_,
        "crumbs": crumbs(after, Crumb(_("Versiot %(a)s ja %(b)s") % {"a": before.number, "b": after.number})),
    }
    return render(request, "tos/difference.html", values)


@page(needs="tos.edit")
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a draft to review."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    held = found(pk)
    told(
        request,
        lambda: actions.submit(held, actor=actor_of(request), note=request.POST.get("note", "")[:2000]),
        _("Luonnos on lähetetty tarkastettavaksi. Toinen henkilö hyväksyy sen."),
    )
    return redirect("plan_review", pk=pk)


@page(needs="tos.edit")
def reject(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a revision in review back to be a draft."""
    held, form = found(pk), ReasonForm(request.POST or None, auto_id="reject_%s")
    if form.is_valid() and attempt(form, lambda: actions.reject(held, actor=actor_of(request), reason=form.cleaned_data["reason"])):
        messages.success(request, _("Palautettiin luonnokseksi."))
        return redirect("plan_revision", pk=pk)
    return show(request, held, reject=form)


@page(needs="tos.approve")
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve a revision from a day."""
    held, form = found(pk), ApproveForm(request.POST or None)
    if form.is_valid() and attempt(
        form, lambda: actions.approve(held, actor=actor_of(request), on=form.cleaned_data["on"], note=form.cleaned_data["note"])
    ):
        messages.success(request, _("Suunnitelma on hyväksytty. Uudet asiat seuraavat sitä, avoimet jatkavat entisellä."))
        return redirect("plan_revision", pk=pk)
    return show(request, held, approve=form)


@page(needs="tos.read")
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave a remark."""
    held, form = found(pk), NoteForm(request.POST or None, auto_id="note_%s")
    if form.is_valid() and attempt(
        form, lambda: actions.comment(held, form.cleaned_data["text"], actor=actor_of(request), node_key=form.cleaned_data["node"])
    ):
        return redirect(f"{reverse('plan_review', args=[pk])}#kommentit")
    return show(request, held, note=form)


@page(needs="tos.edit")
def resolve(request: HttpRequest, pk: int, remark: int) -> HttpResponse:
    """Mark a remark as dealt with."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    row = get_object_or_404(Comment, pk=remark, revision_id=pk)
    told(request, lambda: actions.resolve_comment(row, actor=actor_of(request)), _("Kommentti on merkitty käsitellyksi."))
    return redirect(f"{reverse('plan_review', args=[pk])}#kommentit")


@page(needs="tos.approve")
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a class out of use, with its successors."""
    held = found(pk)
    form = RetireForm(request.POST or None, classes=options(timezone.localdate()), initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        successors = list(FunctionClass.objects.filter(pk__in=values["successors"]))
        if attempt(
            form, lambda: actions.retire(held, actor=actor_of(request), on=values["on"], reason=values["reason"], successors=successors)
        ):
            messages.success(request, _("Luokka on poistettu käytöstä. Uudet asiat ohjataan seuraajiin, vanhat jatkuvat."))
            return redirect("plan_revision", pk=pk)
    would = impact(held, held, known())
    values_ = {
        "title": _("Poista luokka %s käytöstä") % held.code,
        "form": form,
        "confirm": _("Poista käytöstä"),
        "confirm_kind": "danger",
        "consequences": [
            _("Luokkaan ei enää voi avata asioita viimeisen voimassaolopäivän jälkeen."),
            _("%s avointa asiaa käsitellään loppuun tämän suunnitelman mukaan.") % would.use.open_cases,
            _("Säilytysajat eivät muutu."),
        ],
        "cancel_url": reverse("plan_revision", args=[pk]),
        "base": "ui/base_work.html",
        "crumbs": crumbs(held, Crumb(_("Poista käytöstä"))),
    }
    return render(request, "ui/confirm_page.html", values_)
