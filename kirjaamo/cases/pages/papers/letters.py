"""Letters from patterns: choose one and its language, fill it in, and it is a draft among the case's documents."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kirjaamo.cases import actions
from kirjaamo.cases.letter_forms import LetterForm
from kirjaamo.cases.models import PartyRole
from kirjaamo.cases.pages.acts import attempt, grounds_in_force
from kirjaamo.cases.pages.case import case_or_404
from kirjaamo.cases.pages.papers.acts import ask, done
from kirjaamo.cases.pages.papers.found import Paper, paper_or_404
from kirjaamo.documents.models import LetterText
from kirjaamo.documents.patterns import LANGUAGES, Head, patterns
from kirjaamo.organisation.models import ManagementUnit
from kirjaamo.subjects.reading import without_hidden
from kirjaamo.ui.access import page
from kirjaamo.ui.parts import Crumb, ListRow
from kirjaamo.values.language import format_day, pick

if TYPE_CHECKING:
    from kirjaamo.cases.models import Case
    from kirjaamo.organisation.models import User

TIME_TO_ANSWER = dt.timedelta(days=14)
"""What a pattern proposes as the time to answer; the person writes the day that fits the matter (434/2003 § 22 and 33)."""


def _user(request: HttpRequest) -> User:
    return cast("User", request.user)


@page(needs="documents.write")
def choose(request: HttpRequest, identifier: str) -> HttpResponse:
    """The patterns, each in its three languages; that of the case first."""
    case = case_or_404(request, identifier)
    order = sorted(LANGUAGES, key=lambda language: language != case.language)
    rows = [
        ListRow(pattern.title[language], reverse("letter_new", args=[case.address, pattern.code, language]), meta=[_NAMES[language]])
        for language in order
        for pattern in patterns().values()
    ]
    crumbs = [Crumb(_("Asiat"), reverse("cases")), Crumb(case.identifier, case.get_absolute_url()), Crumb(_("Laadi kirje"))]
    return render(request, "cases/paper/patterns.html", {"case": case, "rows": rows, "crumbs": crumbs})


_NAMES = {"fi": "suomi", "sv": "svenska", "en": "English"}


@page(needs="documents.write")
def new(request: HttpRequest, identifier: str, pattern: str, language: str) -> HttpResponse:
    """Fill a pattern in."""
    case, user = case_or_404(request, identifier), _user(request)
    found = patterns().get(pattern)
    if found is None or language not in LANGUAGES:
        raise Http404
    head = _head(case, user, language)
    text = found.filled(language, _known(case, head, language))
    initial = {"title": found.title[language], "recipient": _recipient(case), "text": text}
    form = LetterForm(request.POST or None, initial=initial, pattern=pattern, language=language)
    form.set_document(list(case.revision.nodes.all()), grounds_in_force())
    if form.is_valid() and attempt(
        form, lambda: actions.write_letter(case, form.new(), form.written(), head, actor=user, key=form.cleaned_data["key"])
    ):
        messages.success(request, _("Kirje on luonnoksena asian asiakirjoissa."))
        return redirect(case)
    title = _("Laadi kirje")
    crumbs = [Crumb(_("Asiat"), reverse("cases")), Crumb(case.identifier, case.get_absolute_url()), Crumb(title)]
    values = {"case": case, "form": form, "crumbs": crumbs, "cancel_url": case.get_absolute_url(), "title": title}
    values |= {"button": _("Tallenna luonnos"), "lead": found.title[language]}
    return render(request, "cases/act.html", values, status=422 if form.errors else 200)


def _head(case: Case, user: User, language: str) -> Head:
    authority = pick(ManagementUnit.objects.get().name, language)
    return Head(authority, pick(case.unit.title, language), case.identifier, user.name)


def _known(case: Case, head: Head, language: str) -> dict[str, str]:
    today = timezone.localdate()
    until = format_day(today + TIME_TO_ANSWER, language)
    return {
        "case": case.identifier,
        "matter": case.title,
        "day": format_day(today, language),
        "until": until,
        "unit": head.unit,
        "handler": head.author,
    }


def _recipient(case: Case) -> str:
    """The initiator's name and address; under non-disclosure the address is empty."""
    party = case.parties.select_related("subject").filter(role=PartyRole.INITIATOR).exclude(subject=None).first()
    subject = party.subject if party else None
    return "\n".join(one for one in (subject.name, subject.address) if one) if subject else ""


def letter_of(found: Paper) -> LetterText | None:
    """The text of the newest version, when it is a letter made here."""
    return LetterText.objects.filter(file=found.newest).first() if found.newest else None


@page(needs="documents.write")
def edit(request: HttpRequest, identifier: str, paper: str) -> HttpResponse:
    """Write the next version of a letter, from the text of the newest."""
    found, user = paper_or_404(request, identifier, paper), _user(request)
    letter = letter_of(found)
    if letter is None or found.newest is None:
        raise Http404
    newest, parties = found.newest.version, [one.subject for one in found.case.parties.select_related("subject") if one.subject]
    told = {name: without_hidden(getattr(letter, name), parties) for name in ("recipient", "text")}
    initial = {"title": letter.title, "on": newest, **told}
    form = LetterForm(request.POST or None, initial=initial, pattern=letter.pattern, language=letter.language)
    form.only_text()
    form.fields["on"] = forms.IntegerField(widget=forms.HiddenInput)
    if form.is_valid() and attempt(form, lambda: _rewrite(found, form, user)):
        return done(request, found, _("Uusi versio on tallennettu. Aiemmat versiot säilyvät."))
    return ask(request, found, form, title=_("Muokkaa kirjettä"), button=_("Tallenna versio"))


def _rewrite(found: Paper, form: LetterForm, user: User) -> None:
    data = form.cleaned_data
    head = _head(found.case, user, form.language)
    actions.rewrite_letter(found.case, found.document, form.written(), head, on=data["on"], actor=user, key=data["key"])
