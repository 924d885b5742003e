"""One class: its stages, measures and document types in one table, as approved or being drafted; history; print."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kirjaamo.tos.editing.actions import stamp
from kirjaamo.tos.forms import NewNodeForm, NodeForm, NoteForm
from kirjaamo.tos.models import ClassRevision, CodeValue, NodeKind, RevisionState
from kirjaamo.tos.norms import Known, known
from kirjaamo.tos.outline import Finding, Outline, Place, findings, outline
from kirjaamo.tos.pages.shown import (
    FIELD_NAMES,
    KIND_NAMES,
    NodeRow,
    archiving_told,
    people,
    personal_told,
    publicity_told,
    retention_told,
    state_badges,
    validity,
    value_of,
)
from kirjaamo.tos.rules import resolve
from kirjaamo.ui.access import actor_of, page
from kirjaamo.ui.languages import pick
from kirjaamo.ui.parts import Action, Crumb, Fact, ListRow, Tab, TimelineEvent

if TYPE_CHECKING:
    from django import forms

    from kirjaamo.kernel.actors import Actor


def found(pk: int) -> ClassRevision:
    """The revision of an address, with what its page shows."""
    return get_object_or_404(ClassRevision.objects.select_related("function_class", "parent", "package"), pk=pk)


@page(needs="tos.read")
def by_code(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead to the revision of a code that is in force today."""
    code = slug.replace("-", " ")
    held = ClassRevision.objects.in_force(timezone.localdate()).filter(code=code).first()
    held = held or ClassRevision.objects.filter(code=code).order_by("-number").first()
    if held is None:
        raise Http404
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return redirect(reverse("plan_revision", args=[held.pk]) + query)


@page(needs="tos.read")
def revision(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a revision; `muokkaa` opens a row of a draft for editing."""
    return show(request, found(pk))


def show(
    request: HttpRequest, held: ClassRevision, *, node_form: NodeForm | None = None, add_form: forms.Form | None = None
) -> HttpResponse:
    """Draw the page of a revision, with a form of a row when one is open."""
    actor, codes = actor_of(request), known()
    tree = outline(held, codes)
    may_edit = held.state == RevisionState.DRAFT and actor.may("tos.edit")
    if node_form is None and may_edit and request.GET.get("muokkaa", "").isdigit():
        node_form = form_of(tree, codes, int(request.GET["muokkaa"]))
    values = {
        "revision": held,
        "crumbs": crumbs(held),
        "badges": state_badges(held),
        "tabs": tabs(held, "plan_revision"),
        "facts": facts(held, codes),
        "rows": rows(tree, codes, comments_of(held)),
        "notices": list(class_findings(tree, codes)),
        "may_edit": may_edit,
        "node_form": node_form,
        "add_form": add_form or NewNodeForm(parents=places(tree)),
        "may_comment": actor.may("tos.read"),
        "note_form": NoteForm(),
        "actions": actions(held, actor),
        "children": children(held),
        "copies": may_edit and not tree.roots,
    }
    return render(request, "tos/revision.html", values, status=422 if node_form is not None and node_form.errors else 200)


def form_of(tree: Outline, codes: Known, node: int, data: Any = None) -> NodeForm | None:
    """The form of a node, with what it would inherit."""
    place = next((one for one in tree if one.node.pk == node), None)
    if place is None:
        return None
    inherited = resolve(place.above, codes.ends)
    return NodeForm(data, place=place, inherited=inherited, known=codes, seen=stamp(place.node))


def rows(tree: Outline, codes: Known, remarks: Mapping[uuid.UUID | None, int]) -> list[NodeRow]:
    """The rows of the table in the order of the process."""
    wrong: dict[int, list[str]] = {}
    if not tree.revision.is_fixed:
        for finding in findings(tree, codes):
            if finding.place:
                wrong.setdefault(finding.place.node.pk, []).append(pick(finding.problem.text).text)
    types = {(value.list_name, value.code): value.label for value in CodeValue.objects.filter(list_name__in=("PhaseType", "RecordType"))}
    ends = {id(group[0]) for group in _groups(tree)}, {id(group[-1]) for group in _groups(tree)}
    return [_row(place, codes, types, wrong.get(place.node.pk, ()), remarks.get(place.node.key, 0), ends) for place in tree]


def _groups(tree: Outline) -> list[Sequence[Place]]:
    return [group for group in (tree.roots, *(place.children for place in tree)) if group]


def _row(
    place: Place, codes: Known, types: Mapping[tuple[str, str], Any], wrong: Sequence[str], remarks: int, ends: tuple[set[int], set[int]]
) -> NodeRow:
    list_name = "PhaseType" if place.node.kind == NodeKind.STAGE else "RecordType"
    columns = (
        (publicity_told(place, codes), personal_told(place), retention_told(place, codes), archiving_told(place))
        if place.is_document
        else ()
    )
    return NodeRow(
        place=place,
        kind=str(KIND_NAMES[place.node.kind]),
        type_name=pick(types.get((list_name, place.node.type_code), place.node.type_code)).text,
        columns=columns,
        findings=wrong,
        comments=remarks,
        first=id(place) in ends[0],
        last=id(place) in ends[1],
    )


def class_findings(tree: Outline, codes: Known) -> Sequence[Finding]:
    """What is wrong with the class itself."""
    return [one for one in findings(tree, codes) if one.place is None] if not tree.revision.is_fixed else []


def comments_of(held: ClassRevision) -> dict[uuid.UUID | None, int]:
    """Open remarks by node."""
    counts: dict[uuid.UUID | None, int] = {}
    for key in held.comments.filter(resolved_at=None).values_list("node_key", flat=True):
        counts[key] = counts.get(key, 0) + 1
    return counts


def places(tree: Outline) -> list[tuple[str, str]]:
    """What a new node may stand under, indented."""
    return [
        (str(place.node.pk), f"{'– ' * place.depth}{pick(place.node.title).text}")
        for place in tree
        if place.node.kind != NodeKind.ATTACHMENT
    ]


def crumbs(held: ClassRevision, *more: Crumb) -> list[Crumb]:
    """The path through the plan to a revision."""
    own = Crumb(held.code, reverse("plan_revision", args=[held.pk]) if more else "")
    return [Crumb(_("Työtila"), reverse("work")), Crumb(_("Suunnitelma"), reverse("plan")), own, *more]


def tabs(held: ClassRevision, current: str) -> list[Tab]:
    """The views of a revision."""
    views = [("plan_revision", _("Käsittelyprosessi"))]
    if not held.is_fixed:
        views.append(("plan_review", _("Tarkastus ja vaikutukset")))
    views.append(("plan_history", _("Versiot ja historia")))
    return [Tab(label, reverse(route, args=[held.pk]), current=route == current) for route, label in views]


def facts(held: ClassRevision, codes: Known) -> list[Fact]:
    """What is said of the class."""
    above = (
        ClassRevision.objects.in_force(timezone.localdate()).filter(function_class_id=held.parent_id).first() if held.parent_id else None
    )
    names = people({held.drafted_by, held.approved_by} - {""})
    told = [
        Fact(_("Voimassa"), validity(held)),
        Fact(_("Versio"), str(held.number)),
        Fact(_("Laatija"), names.get(held.drafted_by, "")),
    ]
    if held.approved_by:
        told.append(Fact(_("Hyväksyjä"), names[held.approved_by]))
        told.append(Fact(_("Hyväksytty"), held.approved_at))
    if above:
        told.append(Fact(_("Yläluokka"), str(above), url=reverse("plan_revision", args=[above.pk])))
    told += [Fact(FIELD_NAMES[name], value_of(name, value, codes)) for name, value in held.rules.items() if name in FIELD_NAMES]
    if held.template:
        told.append(Fact(_("Pohja"), held.template))
    if held.sources:
        told.append(Fact(_("Lähteet"), "; ".join(held.sources)))
    if held.content_hash:
        told.append(Fact(_("Sisällön tiiviste"), held.content_hash[:16]))
    return told


def children(held: ClassRevision) -> list[ListRow]:
    """The classes below."""
    below = ClassRevision.objects.in_force(timezone.localdate()).filter(parent=held.function_class_id).order_by("code")
    return [ListRow(f"{one.code} {pick(one.title).text}", reverse("plan_revision", args=[one.pk])) for one in below]


def actions(held: ClassRevision, actor: Actor) -> list[Action]:
    """What the actor may do with a revision."""
    made: list[Action] = []
    edits = actor.may("tos.edit")
    under_way = held.function_class.revisions.filter(state__in=(RevisionState.DRAFT, RevisionState.IN_REVIEW)).exclude(pk=held.pk).first()
    if held.state == RevisionState.DRAFT and edits:
        made.append(Action(_("Tarkasta ja lähetä"), reverse("plan_review", args=[held.pk]), kind="primary"))
        made.append(Action(_("Luokan tiedot"), reverse("plan_edit_class", args=[held.pk])))
        made.append(Action(_("Poista luonnos"), reverse("plan_discard", args=[held.pk]), kind="quiet"))
    elif held.state == RevisionState.IN_REVIEW:
        made.append(Action(_("Tarkasta"), reverse("plan_review", args=[held.pk]), kind="primary"))
    elif under_way is not None:
        made.append(Action(_("Avaa luonnos"), reverse("plan_revision", args=[under_way.pk]), kind="primary"))
    elif edits and held.state == RevisionState.APPROVED:
        made.append(Action(_("Tee uusi luonnos"), reverse("plan_draft", args=[held.pk]), kind="primary"))
    if held.state == RevisionState.APPROVED and held.number > 1 and actor.may("cases.move"):
        made.append(Action(_("Siirrä avoimia asioita tähän"), reverse("cases_move", args=[held.slug])))
    if held.state == RevisionState.APPROVED and actor.may("tos.approve") and under_way is None:
        made.append(Action(_("Poista käytöstä"), reverse("plan_retire", args=[held.pk]), kind="quiet"))
    made.append(Action(_("Tulosta"), reverse("plan_print", args=[held.pk]), kind="quiet", icon="print"))
    return made


@page(needs="tos.read")
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the revisions of a class, and what happened to this one."""
    held = found(pk)
    others = list(held.function_class.revisions.order_by("-number"))
    steps = list(held.steps.all())
    names = people({step.actor for step in steps} | {one.drafted_by for one in others})
    listed = [
        ListRow(
            _("Versio %s") % one.number,
            reverse("plan_revision", args=[one.pk]),
            text=one.change_note,
            meta=[validity(one), _("Laatija: %s") % names[one.drafted_by]],
            badge=state_badges(one)[0],
        )
        for one in others
    ]
    compared = [(one, reverse("plan_difference", args=[one.pk, held.pk])) for one in others if one.number < held.number]
    events = [TimelineEvent(step.at, step.get_kind_display(), text=step.note, who=names[step.actor]) for step in reversed(steps)]
    values = {
        "revision": held,
        "crumbs": crumbs(held, Crumb(_("Historia"))),
        "badges": state_badges(held),
        "tabs": tabs(held, "plan_history"),
        "listed": listed,
        "compared": compared,
        "events": events,
    }
    return render(request, "tos/history.html", values)


@page(needs="tos.read")
def printed(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a revision as a person would file it."""
    held, codes = found(pk), known()
    tree = outline(held, codes)
    values = {
        "revision": held,
        "badges": state_badges(held),
        "facts": facts(held, codes),
        "rows": rows(tree, codes, {}),
        "crumbs": crumbs(held, Crumb(_("Tuloste"))),
    }
    return render(request, "tos/printed.html", values)
