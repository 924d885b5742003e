"""Likely duplicates side by side, the merge of two, and its undoing. A person decides each; the program only proposes."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kirjaamo.subjects import actions
from kirjaamo.subjects.duplicates import proposals
from kirjaamo.subjects.forms import ReasonForm
from kirjaamo.subjects.models import Subject, SubjectKind, SubjectMerge
from kirjaamo.subjects.pages.acts import ask, attempt, done, sent
from kirjaamo.subjects.pages.parties import subject_or_404
from kirjaamo.ui.access import actor_of, page
from kirjaamo.ui.parts import Cell, Column, Crumb, Row, Table


@page(needs="subjects.merge")
def duplicates(request: HttpRequest) -> HttpResponse:
    """The pairs that may be one party, and why."""
    rows = [_pair(one.one, one.other, str(one.why)) for one in proposals()]
    columns = [
        Column("one", _("Osapuoli")),
        Column("other", _("Toinen osapuoli")),
        Column("why", _("Peruste")),
        Column("act", _("Toiminto")),
    ]
    table = Table(_("Mahdolliset kaksoiskappaleet"), columns, rows, caption_hidden=True, empty=_("Kaksoiskappaleita ei löytynyt."))
    crumbs = [Crumb(_("Osapuolet"), reverse("parties")), Crumb(_("Kaksoiskappaleet"))]
    return render(request, "subjects/duplicates.html", {"table": table, "crumbs": crumbs})


def _pair(one: Subject, other: Subject, why: str) -> Row:
    compare = Cell(_("Vertaa ja yhdistä"), url=reverse("party_merge", args=[one.pk, other.pk]))
    return Row([_cell(one), _cell(other), why, compare])


def _cell(subject: Subject) -> Cell:
    return Cell(subject.name, url=reverse("party", args=[subject.pk]))


@page(needs="subjects.merge")
def merge(request: HttpRequest, key: int, other: int) -> HttpResponse:
    """Compare two parties and make them one."""
    kept, gone, actor = subject_or_404(key), subject_or_404(other), actor_of(request)
    form = ReasonForm(sent(request))
    if form.is_valid() and attempt(form, lambda: actions.merge(kept, gone, reason=form.cleaned_data["reason"], actor=actor)):
        return done(request, kept, _("Osapuolet on yhdistetty. Yhdistämisen voi perua."))
    consequences = [
        _("%(name)s jää, ja siihen siirtyvät toisen asiat, rekisteritiedot ja valtuutukset.") % {"name": kept.name},
        _("Toinen jää viittaukseksi, ja yhdistämisen voi perua."),
    ]
    return ask(
        request, kept, form, title=_("Yhdistä osapuolet"), button=_("Yhdistä"), consequences=consequences, table=_compared(kept, gone),
        swap_url=reverse("party_merge", args=[other, key]),
    )  # fmt: skip


def _compared(kept: Subject, gone: Subject) -> Table:
    """What is known of both, side by side; codes and what non-disclosure hides only as known or not."""
    columns = [Column("fact", _("Tieto")), Column("kept", _("Jää")), Column("gone", _("Yhdistyy tähän"))]
    rows = [Row([label, value(kept), value(gone)]) for label, value in _COMPARED]
    return Table(_("Vertailu"), columns, [row for row in rows if any(row.cells[1:])])


def _known(subject: Subject) -> str:
    return _("Tiedossa") if subject.personal_id_hash else ""


_COMPARED = (
    (gettext_lazy("Nimi"), lambda one: one.name),
    (gettext_lazy("Laji"), lambda one: str(SubjectKind(one.kind).label)),
    (gettext_lazy("Henkilötunnus"), _known),
    (gettext_lazy("Y-tunnus"), lambda one: one.business_id),
    (gettext_lazy("Syntymäaika"), lambda one: one.birth_date or ""),
    (gettext_lazy("Kuolinpäivä"), lambda one: one.death_date or ""),
    (gettext_lazy("Sähköposti"), lambda one: one.email),
    (gettext_lazy("Puhelin"), lambda one: one.telephone),
    (gettext_lazy("Osoite"), lambda one: one.address),
    (gettext_lazy("Kunta"), lambda one: one.municipality),
)


@page(needs="subjects.merge")
def undo(request: HttpRequest, key: int) -> HttpResponse:
    """Part two parties again."""
    subject, actor = subject_or_404(key), actor_of(request)
    row = SubjectMerge.objects.select_related("kept").filter(gone=subject, undone_at=None).first()
    if row is None:
        raise Http404
    form = ReasonForm(sent(request))
    if form.is_valid() and attempt(form, lambda: actions.undo_merge(row, reason=form.cleaned_data["reason"], actor=actor)):
        return done(request, subject, _("Yhdistäminen on peruttu."))
    back = _("Siirretyt asiat, rekisteritiedot ja valtuutukset palaavat tälle osapuolelle.")
    return ask(request, subject, form, title=_("Peru yhdistäminen"), button=_("Peru yhdistäminen"), consequences=[back])
