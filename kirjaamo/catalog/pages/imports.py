"""Pages on which a person reviews what was read from a published page, and accepts or rejects it."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kirjaamo.catalog import actions, drafting, importing, wording
from kirjaamo.catalog.accepting import ACCEPTED_KINDS
from kirjaamo.catalog.forms import DecideForm, PageForm
from kirjaamo.catalog.kinds import Kind, entry_address
from kirjaamo.catalog.models import Change, Draft, DraftItem, ItemState, Likeness
from kirjaamo.kernel.errors import Refused
from kirjaamo.ui.access import actor_of, page
from kirjaamo.ui.languages import active_language, pick
from kirjaamo.ui.parts import Badge, Cell, Column, Crumb, Figure, Row, Tab, Table, changed_query

STATE_TONES = {"open": "warning", "accepted": "success", "rejected": "neutral", "standing": "info"}
CHANGE_TONES = {"new": "info", "known": "neutral", "changed": "warning", "gone": "danger"}
SHOWN_LINES = 400
EVERY = "kaikki"
LONGEST_KEY = 18


@page(needs="catalog.import")
def drafts(request: HttpRequest) -> HttpResponse:
    """List the pages that were read, and take a new one."""
    form = PageForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        draft = _read(request, form)
        if draft is not None:
            return redirect("catalog_import", draft.pk)
    found = list(Draft.objects.defer("read", "lines", "accounting", "findings")[:100])
    counts: dict[int, Counter[str]] = {}
    for draft_id, state in DraftItem.objects.filter(draft__in=found).values_list("draft_id", "state"):
        counts.setdefault(draft_id, Counter())[state] += 1
    rows = [_draft_row(draft, counts.get(draft.pk, Counter())) for draft in found]
    columns = [Column("name", _("Sivu")), Column("made", _("Luettu")), Column("open", _("Tarkistettavana"), numeric=True),
               Column("standing", _("Jo luettelossa"), numeric=True), Column("settled", _("Ratkaistu"), numeric=True)]  # fmt: skip
    table = Table(_("Luetut sivut"), columns, rows, empty=_("Yhtään sivua ei ole vielä luettu"))
    values = {"form": form, "table": table, "crumbs": [Crumb(_("Tuonnit"))]}
    return render(request, "catalog/drafts.html", values, status=400 if form.is_bound else 200)


def _draft_row(draft: Draft, counts: Counter[str]) -> Row:
    settled = counts["accepted"] + counts["rejected"]
    cells = [draft.name, Cell(draft.made_at), counts["open"], counts["standing"], settled]
    return Row(cells, reverse("catalog_import", args=[draft.pk]))


def _read(request: HttpRequest, form: PageForm) -> Draft | None:
    """Read an uploaded page; what is wrong with it becomes an error of the field."""
    file = form.cleaned_data["page"]
    try:
        given = importing.read_page(file.read(importing.MAX_BYTES + 1), file.name)
    except importing.PageProblem as problem:
        form.add_error("page", str(getattr(problem, active_language())))
        return None
    read = importing.parse(given)
    matching = importing.match([read], drafting.known_entries())
    return actions.store_draft(given, read, matching, actor=actor_of(request))


@page(needs="catalog.import")
def draft(request: HttpRequest, number: int) -> HttpResponse:
    """Review one page: what was recognised and from which lines, what was not placed, and what to do with it."""
    found = Draft.objects.filter(pk=number).first()
    if found is None:
        raise Http404
    form = DecideForm(request.POST or None)
    if request.method == "POST":
        return _decide(request, found, form)
    items = list(found.items.all())
    kind, state = request.GET.get("laji", ""), request.GET.get("tila", "open")
    shown = [item for item in items if (not kind or item.kind == kind) and state in (EVERY, item.state)]
    values = {
        "draft": found,
        "form": form,
        "items": [_item(item, found) for item in shown],
        "kinds": _tabs(request, items, state, kind),
        "states": _state_tabs(request, items, state),
        "figures": _figures(found),
        "findings": _findings(found),
        "left_over": _left_over(found),
        "any_open": any(item.state == ItemState.OPEN for item in shown),
        "crumbs": [Crumb(_("Tuonnit"), reverse("catalog_imports")), Crumb(found.name)],
    }
    return render(request, "catalog/draft.html", values)


def _decide(request: HttpRequest, found: Draft, form: DecideForm) -> HttpResponse:
    """Accept or reject what was chosen, one or many; nothing chosen is said, not guessed."""
    verb, _colon, one = request.POST.get("do", "").partition(":")
    ids = [one] if one else request.POST.getlist("item")
    chosen = [int(text) for text in ids if text.isascii() and text.isdigit() and len(text) <= LONGEST_KEY]
    here = redirect(request.get_full_path())
    if not chosen or not form.is_valid() or verb not in ("accept", "reject"):
        messages.warning(request, _("Valitse ensin, mitkä kohdat hyväksyt tai hylkäät."))
        return here
    choices = {item: request.POST.get(f"as-{item}", "") for item in chosen if request.POST.get(f"as-{item}")}
    try:
        if verb == "accept":
            decided = actions.accept_items(found, chosen, actor=actor_of(request), decider=form.cleaned_data["decider"], choices=choices)
        else:
            decided = actions.reject_items(found, chosen, actor=actor_of(request))
    except Refused as refused:
        messages.error(request, str(refused))
        return here
    told = ngettext("%(count)s kohta ratkaistu.", "%(count)s kohtaa ratkaistu.", decided.settled) % {"count": decided.settled}
    if decided.settled:
        messages.success(request, told)
    for problem in list(decided.problems)[:10]:
        messages.warning(request, problem)
    return here


def _item(item: DraftItem, found: Draft) -> dict[str, Any]:
    url = entry_address(item.kind, item.match_slug) if item.match_slug and item.kind in set(Kind) else ""
    return {
        "row": item,
        "kind": wording.said(wording.ITEM_KINDS, item.kind),
        "lines": drafting.lines_of(found.lines, item.lines[:20]),
        "fields": [
            {
                "label": wording.said(wording.FIELDS, field["name"]),
                "value": field["value"],
                "old": field.get("old", ""),
                "lines": ", ".join(str(number) for number in field["lines"][:8]),
            }
            for field in item.fields
        ],
        "relations": [_relation(relation, item) for relation in item.relations[:60]],
        "state": Badge(str(ItemState(item.state).label), STATE_TONES[item.state]),  # type: ignore[arg-type]
        "change": Badge(str(Change(item.change).label), CHANGE_TONES[item.change]),  # type: ignore[arg-type]
        "likeness": str(Likeness(item.match).label),
        "reason": pick(item.match_reason).text,
        "url": url,
        "open": item.state == ItemState.OPEN,
        "acceptable": item.state == ItemState.OPEN and item.kind in ACCEPTED_KINDS and item.change != Change.GONE,
        "choose": item.match == Likeness.PROBABLY and bool(item.match_slug) and item.kind in ACCEPTED_KINDS,
    }


def _relation(relation: dict[str, Any], item: DraftItem) -> str:
    other = relation["target_name"] if relation["source"] == item.key else relation["source"].partition(":")[2]
    return f"{wording.said(wording.RELATIONS, relation['kind'])}: {other}"


def _tabs(request: HttpRequest, items: list[DraftItem], state: str, kind: str) -> list[Tab]:
    counts = Counter(item.kind for item in items if state in (EVERY, item.state))
    every = Tab(_("Kaikki"), changed_query(request, laji=None), current=not kind, count=sum(counts.values()))
    return [
        every,
        *(
            Tab(wording.said(wording.ITEM_KINDS, one), changed_query(request, laji=one), one == kind, count)
            for one, count in counts.items()
        ),
    ]


def _state_tabs(request: HttpRequest, items: list[DraftItem], state: str) -> list[Tab]:
    counts = Counter(item.state for item in items)
    tabs = [Tab(str(one.label), changed_query(request, tila=one.value, laji=None), state == one, counts[one]) for one in ItemState]
    return [*tabs, Tab(_("Kaikki"), changed_query(request, tila=EVERY, laji=None), state == EVERY, len(items))]


def _figures(found: Draft) -> list[Figure]:
    counts = Counter(row["status"] for row in found.accounting)
    left = counts["left_over"]
    return [
        Figure(len(found.lines), _("riviä sivulla")),
        Figure(counts["placed"], _("sijoitettu")),
        Figure(counts["heading"], _("otsikkoa")),
        Figure(left, _("jäi yli"), url="#yli" if left else "", tone="warning" if left else "success"),
        Figure(
            len(found.findings), _("huomiota"), url="#huomiot" if found.findings else "", tone="warning" if found.findings else "success"
        ),
    ]


def _findings(found: Draft) -> list[dict[str, Any]]:
    return [{"text": row, "lines": ", ".join(str(number) for number in row["lines"][:8])} for row in found.findings[:SHOWN_LINES]]


def _left_over(found: Draft) -> list[tuple[int, str]]:
    numbers = [row["line"] for row in found.accounting if row["status"] == "left_over"]
    return drafting.lines_of(found.lines, numbers[:SHOWN_LINES])
