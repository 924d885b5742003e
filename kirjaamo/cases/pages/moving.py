"""Moving running cases to a newer revision of their class: one case, or the open cases of a class as a batch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kirjaamo.cases import actions
from kirjaamo.cases.forms import Act, Lines
from kirjaamo.cases.models import Case
from kirjaamo.cases.moving import Road, behind, newer, roads
from kirjaamo.cases.pages.acts import attempt
from kirjaamo.cases.pages.case import case_or_404
from kirjaamo.cases.visibility import visible_to
from kirjaamo.tos.models import ClassRevision
from kirjaamo.ui.access import actor_of, page
from kirjaamo.ui.languages import pick
from kirjaamo.ui.parts import Crumb, ListRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kirjaamo.kernel.actors import Actor

SHOWN = 100
MAPPED = "kohta-"


class MoveForm(Act):
    """Why a case moves; the history keeps it."""

    reason = Lines(label=gettext_lazy("Miksi siirretään?"), max_length=1000, required=False)

    field_order: Sequence[str] = ()

    def __init__(self, *args: Any, road: Road | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        missing = road.move.missing if road else ()
        for node in missing:
            choices = [(str(one.key), pick(one.title).text) for one in road.move.instead_of(node)] if road else []
            label = _("Mikä vastaa kohtaa %s?") % pick(node.title).text
            self.fields[f"{MAPPED}{node.key}"] = forms.ChoiceField(label=label, choices=[("", _("Valitse")), *choices])
        self.fields["reason"].required = bool(missing)
        self.order_fields([*(name for name in self.fields if name.startswith(MAPPED)), "reason", "key"])

    @property
    def mapping(self) -> dict[UUID, UUID]:
        """By the key of each missing node the key of the one that was chosen for it."""
        chosen = self.cleaned_data.items()
        return {UUID(name.removeprefix(MAPPED)): UUID(value) for name, value in chosen if name.startswith(MAPPED)}


@page(needs="cases.move")
def move(request: HttpRequest, identifier: str) -> HttpResponse:
    """Tell what a move to the revision in force would mean for a case, and move it."""
    case = case_or_404(request, identifier)
    to = newer(case.revision, timezone.localdate())
    if to is None or case.is_closed:
        messages.info(request, _("Asia seuraa jo luokkansa voimassa olevaa suunnitelmaa tai sen käsittely on päättynyt."))
        return redirect(case)
    (road,) = roads([case], to)
    form = MoveForm(request.POST or None, road=road)
    if form.is_valid() and attempt(form, lambda: _move(case, to, form, actor_of(request))):
        messages.success(request, _("Asia seuraa nyt suunnitelman versiota %s.") % to.number)
        return redirect(case)
    title = _("Siirrä suunnitelman versioon %s") % to.number
    values = {
        "case": case,
        "form": form,
        "title": title,
        "to": to,
        "road": road,
        "mappable": all(road.move.instead_of(node) for node in road.move.missing) and not road.move.unknown,
        "difference_url": reverse("plan_difference", args=[case.revision_id, to.pk]) if actor_of(request).may("tos.read") else "",
        "cancel_url": case.get_absolute_url(),
        "crumbs": [Crumb(_("Asiat"), reverse("cases")), Crumb(case.identifier, case.get_absolute_url()), Crumb(title)],
    }
    return render(request, "cases/move.html", values, status=422 if form.errors else 200)


def _move(case: Case, to: ClassRevision, form: MoveForm, actor: Actor) -> None:
    data = form.cleaned_data
    actions.move(case, to=to, reason=data["reason"], key=data["key"], mapping=form.mapping, actor=actor)


@page(needs="cases.move")
def move_class(request: HttpRequest, slug: str) -> HttpResponse:
    """List the open cases of a class that follow an older revision, and move those that may move."""
    to = ClassRevision.objects.in_force(timezone.localdate()).filter(code=slug.replace("-", " ")).first()
    if to is None:
        raise Http404
    mine = behind(to).filter(visible_to(actor_of(request), timezone.now()))
    form = MoveForm(request.POST or None)
    if form.is_valid():
        return _moved(request, form, to)
    count = mine.count()
    shown = roads(list(mine.select_related("revision").order_by("pk")[:SHOWN]), to)
    values = {
        "to": to,
        "count": count,
        "form": form,
        "going": _rows([road for road in shown if road.move.possible]),
        "kept": _rows([road for road in shown if not road.move.possible], "case_move"),
        "more": max(0, count - SHOWN),
        "crumbs": [Crumb(_("Asiat"), reverse("cases")), Crumb(to.code), Crumb(_("Siirto uudempaan suunnitelmaan"))],
        "cancel_url": f"{reverse('cases')}?luokka={to.code}",
    }
    return render(request, "cases/move_class.html", values)


def _moved(request: HttpRequest, form: MoveForm, to: ClassRevision) -> HttpResponse:
    """Move what may be moved, and say how many went and how many stayed."""
    actor = actor_of(request)
    mine = Case.objects.filter(visible_to(actor, timezone.now()))
    done = actions.move_all(mine, to=to, reason=form.cleaned_data["reason"], key=form.cleaned_data["key"], actor=actor)
    sentence = ngettext(
        "%(count)s asia seuraa nyt suunnitelman versiota %(number)s.", "%(count)s asiaa seuraa nyt suunnitelman versiota %(number)s.",
        len(done.moved),
    )  # fmt: skip
    messages.success(request, sentence % {"count": len(done.moved), "number": to.number})
    if done.kept:
        messages.warning(request, _("%s asiaa jäi ennalleen: ne ovat käyttäneet kohtia, joita uudessa versiossa ei ole.") % len(done.kept))
    return redirect("cases_move", slug=to.slug)


def _rows(told: Sequence[Road], route: str = "case") -> list[ListRow]:
    """Cases with what the move would mean; each leads to its page, or to its own move where a person may map what is gone."""
    return [
        ListRow(road.case.identifier, reverse(route, args=[road.case.address]), text=road.case.title, meta=_meta(road)) for road in told
    ]


def _meta(road: Road) -> list[str]:
    """The version that the case follows, what it would miss, and what would change."""
    told = [_("versio %s") % road.case.revision.number]
    if road.move.missing:
        told.append(_("Uudesta versiosta puuttuu: %s") % ", ".join(pick(node.title).text for node in road.move.missing))
    if road.move.changed:
        told.append(_("Säännöt muuttuvat: %s") % ", ".join(pick(new.title).text for _old, new in road.move.changed))
    return told
