"""The list of parties and the page of one: who it is, who acts for it, what it is in; masked until opened with a purpose."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kirjaamo.subjects.forms import SearchForm
from kirjaamo.subjects.models import Mandate, MandateKind, Subject, SubjectKind
from kirjaamo.subjects.parts import parts_of
from kirjaamo.subjects.reading import list_parties
from kirjaamo.ui.access import actor_of, page
from kirjaamo.ui.parts import Action, Badge, Crumb, Fact, ListRow, Pager
from kirjaamo.ui.wording import day
from kirjaamo.values.personal_id import find_personal_ids

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor

HIDDEN = "•••"


def subject_or_404(key: int) -> Subject:
    """The party of an address."""
    found = Subject.objects.select_related("deceased", "merged_into").filter(pk=key).first()
    if found is None:
        raise Http404
    return found


@page(needs="subjects.write")
def parties(request: HttpRequest) -> HttpResponse:
    """Find parties. What was typed is sent; only a name or a business id goes on to the address."""
    if request.method == "POST":
        form = SearchForm(request.POST)
        if form.is_valid():
            return _searched(form)
    elif find_personal_ids(request.GET.get("q", "")):
        return redirect("parties")
    else:
        form = SearchForm(initial={"q": _asked(request)})
    asked = _asked(request)
    listed = list_parties(asked, after=request.GET.get("after", ""), before=request.GET.get("before", ""))
    values = {
        "form": form,
        "asked": asked,
        "none": "tuntematon" in request.GET,
        "rows": [row_of(one) for one in listed.rows],
        "pager": Pager.make(request, before=listed.before, after=listed.after),
        "crumbs": [Crumb(_("Työtila"), reverse("work")), Crumb(_("Osapuolet"))],
        "merges_url": reverse("party_duplicates") if actor_of(request).may("subjects.merge") else "",
    }
    return render(request, "subjects/list.html", values, status=422 if form.errors else 200)


def _asked(request: HttpRequest) -> str:
    """What the address asks for; one that holds an identity code is left at once."""
    return request.GET.get("q", "")[:200]


def _searched(form: SearchForm) -> HttpResponse:
    code = form.code()
    if code is not None:
        found = Subject.by_personal_id(code)
        return redirect("party", key=found.pk) if found else redirect(f"{reverse('parties')}?tuntematon=1")
    return redirect(f"{reverse('parties')}?{urlencode({'q': form.cleaned_data['q']})}")


def row_of(subject: Subject) -> ListRow:
    """A party in a list: enough to tell it from another of its name, nothing that is masked."""
    meta = [str(SubjectKind(subject.kind).label), subject.business_id, subject.municipality]
    if subject.birth_date and not subject.safety_non_disclosure:
        meta.append(_("s. %(year)s") % {"year": subject.birth_date.year})
    badge = Badge(_("Turvakielto"), "secret") if subject.safety_non_disclosure else None
    return ListRow(subject.name, reverse("party", args=[subject.pk]), meta=[one for one in meta if one], badge=badge)


@page(needs="subjects.write")
def party(request: HttpRequest, key: int) -> HttpResponse:
    """Show a party."""
    subject = subject_or_404(key)
    actor, today = actor_of(request), timezone.localdate()
    mandates = list(subject.mandates_given.select_related("representative", "document"))
    held = list(subject.mandates_held.select_related("principal"))
    values = {
        "subject": subject,
        "badges": badges_of(subject),
        "facts": _facts(subject),
        "mandates": [mandate_row(one, today, one.representative) for one in mandates],
        "held": [mandate_row(one, today, one.principal) for one in held],
        "parts": parts_of(subject, actor),
        "merges": [_merged(one) for one in subject.merged.all()],
        "actions": _actions(subject, actor),
        "crumbs": [Crumb(_("Osapuolet"), reverse("parties")), Crumb(subject.name)],
    }
    return render(request, "subjects/party.html", values)


def badges_of(subject: Subject) -> list[Badge]:
    """What must be seen of a party at once."""
    badges = [Badge(str(SubjectKind(subject.kind).label))]
    if subject.safety_non_disclosure:
        badges.append(Badge(_("Turvakielto"), "secret"))
    if subject.merged_into_id:
        badges.append(Badge(_("Yhdistetty toiseen"), "warning"))
    return badges


def _facts(subject: Subject) -> list[Fact]:
    facts = []
    if subject.personal_id_hash:
        facts.append(
            Fact(_("Henkilötunnus"), "******-****", explain=_("Näytetään vain perustellusta syystä, ja katselu kirjataan lokiin."))
        )
    facts += [
        Fact(_("Y-tunnus"), subject.business_id),
        Fact(_("Syntymäaika"), subject.birth_date or ""),
        Fact(_("Kuolinpäivä"), subject.death_date or ""),
    ]
    labels = {"email": _("Sähköposti"), "telephone": _("Puhelin"), "address": _("Osoite"), "municipality": _("Kunta")}
    for name, label in labels.items():
        facts.append(Fact(label, HIDDEN if subject.safety_non_disclosure else getattr(subject, name)))
    if subject.safety_non_disclosure and subject.safety_until:
        facts.append(Fact(_("Turvakielto voimassa asti"), subject.safety_until))
    if subject.deceased:
        facts.append(Fact(_("Vainaja"), subject.deceased.name, url=reverse("party", args=[subject.deceased_id])))
    if subject.merged_into:
        facts.append(Fact(_("Yhdistetty"), subject.merged_into.name, url=reverse("party", args=[subject.merged_into_id])))
    return [fact for fact in facts if fact.value]


def mandate_row(mandate: Mandate, today: dt.date, other: Subject) -> dict[str, object]:
    """A mandate: with whom, what it covers, and whether it holds today."""
    until = day(mandate.valid_to) if mandate.valid_to else _("toistaiseksi")
    return {
        "title": other.name,
        "url": reverse("party", args=[other.pk]),
        "kind": str(MandateKind(mandate.kind).label),
        "meta": [mandate.scope, f"{day(mandate.valid_from)} – {until}", mandate.checked_how, mandate.ended_reason],
        "holds": mandate.holds_on(today),
        "end_url": reverse("party_mandate_end", args=[mandate.principal_id, mandate.pk]) if mandate.holds_on(today) else "",
    }


def _merged(other: Subject) -> ListRow:
    return ListRow(other.name, reverse("party", args=[other.pk]))


def _actions(subject: Subject, actor: Actor) -> list[Action]:
    """What may be done to the party now."""

    def to(route: str) -> str:
        return reverse(route, args=[subject.pk])

    if subject.merged_into_id:
        return [Action(_("Peru yhdistäminen"), to("party_merge_undo"))] if actor.may("subjects.merge") else []
    acts = [Action(_("Muuta tietoja"), to("party_change")), Action(_("Lisää edustaja"), to("party_mandate"))]
    if subject.kind == SubjectKind.PERSON:
        acts.append(Action(_("Turvakielto"), to("party_safety")))
        acts.append(
            Action(_("Näytä henkilötunnus"), to("party_code"))
            if subject.personal_id_hash
            else Action(_("Lisää henkilötunnus"), to("party_identify"))
        )
    if subject.safety_non_disclosure:
        acts.append(Action(_("Näytä yhteystiedot"), to("party_contacts")))
    return acts
