"""Campaigns on pages: which revisions want one, proposing one with its preview, deciding about it, and how far it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kirjaamo.cases.models import Case
from kirjaamo.cases.pages.acts import attempt
from kirjaamo.cases.visibility import visible_to
from kirjaamo.retention.campaigns import actions
from kirjaamo.retention.campaigns.reading import Candidate, Example, candidates, examples, wanted
from kirjaamo.retention.forms import CampaignForm, NoteForm, ReasonForm
from kirjaamo.retention.models import Campaign, CampaignRule, CampaignState, Effect
from kirjaamo.retention.reading import triggers
from kirjaamo.retention.shown import rule_words, value_words
from kirjaamo.tos.models import ClassRevision
from kirjaamo.tos.models.classes import FIXED
from kirjaamo.tos.pages.shown import people
from kirjaamo.ui.access import actor_of, page
from kirjaamo.ui.languages import pick
from kirjaamo.ui.parts import Badge, Cell, Column, Crumb, Fact, ListRow, Row, Table
from kirjaamo.ui.wording import day, moment, soften

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kirjaamo.kernel.actors import Actor
    from kirjaamo.ui.languages import Text
    from kirjaamo.ui.parts import Tone

SHOWN = 100
TONES: dict[str, Tone] = {CampaignState.PROPOSED: "warning", CampaignState.APPROVED: "success", CampaignState.WITHDRAWN: "neutral"}


@page(needs="retention.read")
def campaigns(request: HttpRequest) -> HttpResponse:
    """List the revisions whose rules bind older cases but have not been laid on them, and all campaigns."""
    class_code = request.GET.get("luokka", "").replace("\x00", "").strip()[:40]
    found = list(Campaign.objects.select_related("revision")[:SHOWN])
    if class_code:
        found = [one for one in found if f"{one.revision.code} ".startswith(f"{class_code} ")]
    values = {
        "wanted": [_wanted(one.revision, one.documents) for one in wanted(timezone.localdate(), class_code)],
        "rows": [_row(one) for one in found],
        "class_code": class_code,
        "crumbs": _crumbs(),
    }
    return render(request, "retention/campaigns.html", values)


def _wanted(revision: ClassRevision, documents: int) -> ListRow:
    text = ngettext("%s asiakirja seuraa vielä lyhyempää sääntöä.", "%s asiakirjaa seuraa vielä lyhyempää sääntöä.", documents) % documents
    return ListRow(
        f"{revision.code} {pick(revision.title).text}",
        reverse("retention_campaign_new", args=[revision.pk]),
        text=text,
        meta=[_("versio %s") % revision.number],
    )


def _row(one: Campaign) -> ListRow:
    state = CampaignState(one.state)
    return ListRow(
        f"{one.revision.code} {pick(one.revision.title).text}",
        reverse("retention_campaign", args=[one.pk]),
        text=one.reason,
        meta=[_("versio %s") % one.revision.number, day(timezone.localdate(one.drafted_at))],
        badge=Badge(str(state.label), TONES[state]),
    )


@page(needs="retention.campaign")
def propose(request: HttpRequest, revision: int) -> HttpResponse:
    """Choose the rules that bind older cases too, with what each would touch."""
    to = get_object_or_404(ClassRevision, pk=revision, state__in=FIXED)
    found, names = candidates(to), triggers()
    usual = [one.key for one in found if one.usual]
    form = CampaignForm(request.POST or None, rules=[(one.key, pick(one.node.title).text) for one in found], initial={"rules": usual})
    made: list[Campaign | None] = []
    if form.is_valid() and attempt(form, lambda: made.append(_propose(to, form, actor_of(request)))):
        messages.success(request, _("Muutosajo odottaa toisen henkilön hyväksyntää. Mikään ei ole vielä muuttunut."))
        return redirect("retention_campaign", pk=made[0].pk) if made[0] else redirect("retention_campaigns")
    chosen = set(form["rules"].value() or ())
    values = {
        "to": to,
        "form": form,
        "choices": [_choice(one, names, one.key in chosen) for one in found],
        "cancel_url": reverse("retention_campaigns"),
        "crumbs": _crumbs(_("Uusi muutosajo")),
    }
    return render(request, "retention/campaign_new.html", values, status=422 if form.errors else 200)


def _propose(to: ClassRevision, form: CampaignForm, actor: Actor) -> Campaign | None:
    data = form.cleaned_data
    return actions.propose(to, data["rules"], data["reason"], norm=data["norm"], key=data["key"], actor=actor)


def _choice(one: Candidate, names: Mapping[str, Text], chosen: bool) -> dict[str, object]:  # noqa: FBT001 - a mark of the form
    return {
        "key": one.key,
        "title": one.node.title,
        "effect": Badge(str(one.effect.label), "warning" if one.effect in {Effect.SHORTER, Effect.OTHER} else "info"),
        "before": sorted({rule_words(node, names) for node in one.before}),
        "after": rule_words(one.node, names),
        "open": one.open,
        "closed": one.closed,
        "chosen": chosen,
    }


@page(needs="retention.read")
def campaign(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a campaign: its rules, what it would change or has changed, and the decision about it."""
    held = get_object_or_404(Campaign.objects.select_related("revision"), pk=pk)
    if request.htmx:  # type: ignore[attr-defined]
        return _progress(request, held)
    return _show(request, held)


def _show(request: HttpRequest, held: Campaign, approving: NoteForm | None = None, withdrawing: ReasonForm | None = None) -> HttpResponse:
    actor, names = actor_of(request), triggers()
    proposed = held.state == CampaignState.PROPOSED
    may_decide = proposed and actor.may("retention.campaign")
    forms = [form for form in (approving, withdrawing) if form is not None and form.errors]
    state = CampaignState(held.state)
    values = {
        "campaign": held,
        "badge": Badge(str(state.label), TONES[state]),
        "facts": _facts(held),
        "rules": _rules(held.rules.select_related("node"), names),
        "would": _examples(examples(held, timezone.localdate()), names, actor) if proposed else None,
        "progress": {"url": request.path} if state == CampaignState.APPROVED and not held.has_spread else None,
        "may_decide": may_decide,
        "own": actor.actor_ref == held.drafted_by,
        "approving": approving or NoteForm(auto_id="approve_%s"),
        "withdrawing": withdrawing or ReasonForm(auto_id="withdraw_%s"),
        "forms": forms,
        "crumbs": _crumbs(f"{held.revision.code} {pick(held.revision.title).text}"),
    }
    return render(request, "retention/campaign.html", values, status=422 if forms else 200)


@page(needs="retention.campaign")
def decide(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Approve a campaign that another person proposed, or withdraw it."""
    held = get_object_or_404(Campaign.objects.select_related("revision"), pk=pk)
    actor, sent = actor_of(request), request.POST if request.method == "POST" else None
    if act == "hyvaksy":
        approving = NoteForm(sent, auto_id="approve_%s")
        if approving.is_valid() and attempt(approving, lambda: actions.approve(held, note=approving.cleaned_data["note"], actor=actor)):
            messages.success(
                request, _("Muutosajo on hyväksytty. Säilytysajat lasketaan uusien sääntöjen mukaan, ja vanhat arvot jäävät talteen.")
            )
            return redirect("retention_campaign", pk=pk)
        return _show(request, held, approving=approving)
    withdrawing = ReasonForm(sent, auto_id="withdraw_%s")
    if withdrawing.is_valid() and attempt(withdrawing, lambda: actions.withdraw(held, note=withdrawing.cleaned_data["note"], actor=actor)):
        messages.success(request, _("Muutosajo on peruttu."))
        return redirect("retention_campaign", pk=pk)
    return _show(request, held, withdrawing=withdrawing)


def _progress(request: HttpRequest, held: Campaign) -> HttpResponse:
    """How far the clocks are; the page is drawn anew when all have followed."""
    values = {"url": request.path, "value": held.done, "most": held.total, "label": _("Säilytysaikoja lasketaan"), "every": 2}
    answer = render(request, "ui/progress.html", values)
    if held.has_spread:
        answer.headers["HX-Refresh"] = "true"
    return answer


def _facts(held: Campaign) -> list[Fact]:
    names = people({held.drafted_by, held.decided_by} - {""})
    told = [
        Fact(_("Miksi"), held.reason),
        Fact(_("Säännös tai päätös"), held.norm),
        Fact(_("Valmistellut"), f"{names[held.drafted_by]}, {moment(held.drafted_at)}"),
        Fact(_("Asioita vanhemmilla versioilla"), held.total),
    ]
    if held.decided_at:
        label = _("Hyväksynyt") if held.state == CampaignState.APPROVED else _("Perunut")
        told += [Fact(label, f"{names[held.decided_by]}, {moment(held.decided_at)}"), Fact(_("Huomautus"), held.decided_note)]
    return [fact for fact in told if fact.value != ""]


def _rules(rows: Iterable[CampaignRule], names: Mapping[str, Text]) -> Table:
    columns = (Column("node", _("Asiakirjatyyppi")), Column("effect", _("Vaikutus")), Column("rule", _("Uusi sääntö")))
    told = [
        Row(
            (
                soften(pick(row.node.title).text),
                Cell("", badge=Badge(str(Effect(row.effect).label), "warning" if row.shortens else "info")),
                rule_words(row.node, names),
            )
        )
        for row in rows
    ]
    return Table(_("Säännöt"), columns, told, caption_hidden=True)


def _examples(rows: Sequence[Example], names: Mapping[str, Text], actor: Actor) -> Table:
    """Documents by their identifiers before and after, of cases that the actor may see."""
    seen = set(Case.objects.filter(visible_to(actor, timezone.now()), pk__in={row.case.pk for row in rows}).values_list("pk", flat=True))
    columns = (
        Column("document", _("Asiakirja")),
        Column("case", _("Asia")),
        Column("before", _("Nyt")),
        Column("after", _("Muutosajon jälkeen")),
    )
    told = [
        Row(
            (row.document.identifier, row.case.identifier, value_words(row.change.so_far, names), value_words(row.change.value, names)),
            reverse("case_retention", args=[row.case.address]),
        )
        for row in rows
        if row.case.pk in seen
    ]
    return Table(_("Esimerkkejä"), columns, told, caption_hidden=True, empty=_("Yhdenkään asiakirjan säilytysaika ei muuttuisi."))


def _crumbs(last: str = "") -> list[Crumb]:
    first = [Crumb(_("Työtila"), reverse("work")), Crumb(_("Säilytys"), reverse("retention"))]
    if not last:
        return [*first, Crumb(_("Muutosajot"))]
    return [*first, Crumb(_("Muutosajot"), reverse("retention_campaigns")), Crumb(last)]
