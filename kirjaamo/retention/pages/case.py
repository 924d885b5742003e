"""The clocks of one case: how long each document is kept and why, what clocks said before, and telling what happened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kirjaamo.cases.pages.acts import attempt
from kirjaamo.cases.pages.case import case_or_404
from kirjaamo.retention import actions
from kirjaamo.retention.forms import EventForm
from kirjaamo.retention.holds.reading import on_case
from kirjaamo.retention.models import ClockReason
from kirjaamo.retention.pages.holds import class_names, list_row
from kirjaamo.retention.reading import CaseClocks, clocks_of_case, triggers
from kirjaamo.retention.shown import badge, name_of, sentence, steps
from kirjaamo.retention.triggers import KNOWN
from kirjaamo.ui.access import actor_of, page
from kirjaamo.ui.languages import pick
from kirjaamo.ui.parts import Crumb, Deadline, ListRow, TimelineEvent
from kirjaamo.ui.wording import day

if TYPE_CHECKING:
    from kirjaamo.cases.models import Case
    from kirjaamo.retention.models import RetentionClock
    from kirjaamo.ui.languages import Text


@page(needs="cases.read")
def clocks(request: HttpRequest, identifier: str) -> HttpResponse:
    """Show how long the documents of a case are kept."""
    case = case_or_404(request, identifier)
    names, actor, today = triggers(), actor_of(request), timezone.localdate()
    told = clocks_of_case(case, actor, timezone.now())
    values = {
        "case": case,
        "own": _card(told.own, names, today, _("Koko asian säilytysaika")) if told.own else None,
        "documents": [_document(clock, names, today) for clock in told.documents.values()],
        "events": _history(told, names, today),
        "may_tell": actor.may("retention.tell") and bool(told.documents),
        "holds": _holds(case, told),
        "hold_url": f"{reverse('retention_hold_new')}?tunnus={quote(case.identifier)}" if actor.may("retention.hold") else "",
        "waiting": [name_of(trigger, names) for trigger in told.waiting],
        "crumbs": _crumbs(case, _("Säilytys")),
    }
    return render(request, "retention/case.html", values)


@page(needs="retention.tell")
def tell(request: HttpRequest, identifier: str) -> HttpResponse:
    """Tell on which day something happened from which retention counts."""
    case = case_or_404(request, identifier)
    names = triggers()
    told = clocks_of_case(case, actor_of(request), timezone.now())
    wanted = dict.fromkeys((*told.waiting, *(event.trigger for event in told.events)))
    choices = [(code, pick(names.get(code, code)).text) for code in (*wanted, *sorted(set(names) - set(wanted) - set(KNOWN)))]
    form = EventForm(request.POST or None, triggers=choices, initial={"trigger": next(iter(told.waiting), "")})
    url = reverse("case_retention", args=[case.address])
    if form.is_valid() and attempt(form, lambda: _tell(case, form, request)):
        messages.success(request, _("Tapahtuma on kirjattu, ja säilytysajat on laskettu uudelleen."))
        return redirect(url)
    values = {
        "case": case,
        "form": form,
        "title": _("Kerro säilytysajan alkava tapahtuma"),
        "button": _("Kirjaa tapahtuma"),
        "consequences": [_("Asian säilytysajat lasketaan heti uudelleen. Vanhat arvot jäävät talteen.")],
        "cancel_url": url,
        "crumbs": _crumbs(case, _("Säilytys"), url, _("Kerro tapahtuma")),
    }
    return render(request, "cases/act.html", values, status=422 if form.errors else 200)


def _holds(case: Case, told: CaseClocks) -> list[ListRow]:
    """The holds in force that cover the case or some of its documents."""
    rows = on_case(case, list(told.documents))
    names = class_names(rows)
    return [list_row(hold, names) for hold in rows]


def _tell(case: Case, form: EventForm, request: HttpRequest) -> None:
    data = form.cleaned_data
    actions.tell_event(
        case, data["trigger"], data["on"], source=data["source"], note=data["note"], key=data["key"], actor=actor_of(request)
    )


def _crumbs(case: Case, label: str, url: str = "", last: str = "") -> list[Crumb]:
    made = [Crumb(_("Asiat"), reverse("cases")), Crumb(case.identifier, case.get_absolute_url()), Crumb(label, url)]
    return [*made, Crumb(last)] if last else made


def _card(clock: RetentionClock, names: Mapping[str, Text], today: dt.date, title: str) -> Deadline:
    """A clock as a card whose last day opens into its steps."""
    return Deadline(title, clock.last_day, steps(clock, names), note=sentence(clock, names, today), badge=badge(clock, today))


def _document(clock: RetentionClock, names: Mapping[str, Text], today: dt.date) -> dict[str, object]:
    document, node = clock.document, clock.node
    return {
        "id": f"asiakirja-{clock.document_id}",
        "title": document.title if document else "",
        "kind": node.title if node else "",
        "text": sentence(clock, names, today),
        "badge": badge(clock, today),
        "steps": steps(clock, names),
        "held": clock.held,
        "campaign": reverse("retention_campaign", args=[clock.campaign_id]) if clock.campaign_id else "",
        "basis": node.retention_basis if node else "",
        "archiving": node.archiving if node else "undecided",
        "reason": ClockReason(clock.reason).label,
        "reckoned_at": clock.reckoned_at,
    }


def _history(told: CaseClocks, names: Mapping[str, Text], today: dt.date) -> list[TimelineEvent]:
    """Told events, and the values that clocks had before with what made them change, the newest first."""
    rows = []
    for event in told.events:
        happened = _("päivä otettiin takaisin") if event.happened_on is None else day(event.happened_on)
        title = f"{pick(names.get(event.trigger, event.trigger)).text}: {happened}"
        rows.append(TimelineEvent(event.told_at, title, text=" ".join(filter(None, (event.source, event.note)))))
    clocks_ = {clock.pk: clock for clock in (*told.documents.values(), *([told.own] if told.own else []))}
    for value in told.before:
        whose = value.clock.document.title if value.clock.document else _("Koko asia")
        after = clocks_[value.clock_id]
        title = _("%(whose)s: säilytysaika laskettiin uudelleen") % {"whose": whose}
        text = _("Aiemmin: %(before)s Syy: %(why)s.") % {
            "before": sentence(value, names, today),
            "why": ClockReason(_next_reason(told, value.pk, value.clock_id) or after.reason).label,
        }
        rows.append(TimelineEvent(value.replaced_at, title, text=text))
    return sorted(rows, key=lambda row: row.when, reverse=True)  # type: ignore[arg-type, return-value]


def _next_reason(told: CaseClocks, value: int, clock: int) -> str:
    """Why the value after this one came: that of the next older value that replaced it, empty when the present one did."""
    later = [one for one in told.before if one.clock_id == clock and one.pk > value]
    return min(later, key=lambda one: one.pk).reason if later else ""
