"""What a party of a case may see, as the party would see it, and giving it (JulkL 621/1999 § 11–12)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kirjaamo.cases.models import PartyAccess, PartyRole
from kirjaamo.cases.pages.acts import attempt
from kirjaamo.cases.pages.case import case_or_404
from kirjaamo.cases.publicity import actions
from kirjaamo.cases.publicity.party import Seen, may_be_party, seen_by
from kirjaamo.cases.publicity_forms import AccessForm
from kirjaamo.documents.models import GivenCopy, Way
from kirjaamo.ui.access import page
from kirjaamo.ui.languages import pick
from kirjaamo.ui.parts import Badge, Crumb, ListRow
from kirjaamo.ui.wording import moment
from kirjaamo.values.openness import Opening, PartyException

if TYPE_CHECKING:
    from kirjaamo.cases.models import Case, CaseParty
    from kirjaamo.organisation.models import User
    from kirjaamo.ui.parts import Tone

TONES: dict[Opening, Tone] = {Opening.WHOLE: "success", Opening.PARTS: "warning"}


def _party(case: Case, key: int) -> CaseParty:
    found = case.parties.select_related("subject").filter(pk=key).exclude(subject=None).first()
    if found is None:
        raise Http404
    return found


@page(needs="documents.write")
def party_view(request: HttpRequest, identifier: str, party: int) -> HttpResponse:
    """Each document of the case as the party may read it, on which section that rests, and the form that gives it."""
    case = case_or_404(request, identifier)
    found = _party(case, party)
    seen = seen_by(case, found, timezone.now())
    accesses = list(PartyAccess.objects.filter(party=found).select_related("letter"))
    form = AccessForm(request.POST or None, seen=seen, before=_given_before(accesses))
    if form.is_valid() and attempt(form, lambda: _give(case, found, form, cast("User", request.user))):
        messages.success(request, _("Kopiot ja kirje on tehty. Ne ovat alla."))
        return redirect("case_party_view", case.address, found.pk)
    title = _("Asianosaisen näkymä")
    values = {
        "case": case,
        "title": title,
        "name": found.subject.name if found.subject else "",
        "role": str(PartyRole(found.role).label),
        "entitled": may_be_party(found),
        "rows": [_row(case, one) for one in seen],
        "refused": any(not one.for_party.whole for one in seen),
        "form": form,
        "given": [_access(case, row) for row in accesses],
        "crumbs": [Crumb(_("Asiat"), reverse("cases")), Crumb(case.identifier, case.get_absolute_url()), Crumb(title)],
    }
    return render(request, "cases/party_view.html", values, status=422 if form.errors else 200)


def _given_before(accesses: Sequence[PartyAccess]) -> set[int]:
    """The documents that the party has: copies of earlier answers, and their letters."""
    copies = GivenCopy.objects.filter(pk__in=[key for row in accesses for key in row.given])
    return {*copies.values_list("file__document_id", flat=True), *(row.letter_id for row in accesses)}


def _give(case: Case, party: CaseParty, form: AccessForm, user: User) -> None:
    data = form.cleaned_data
    access = actions.Access([int(key) for key in data.get("chosen", ())], Way(data["way"]), data.get("reason", ""))
    actions.give_access(case, party, access, actor=user, key=data["key"])


def _row(case: Case, one: Seen) -> ListRow:
    """A document with what the party may read of it and on which section that rests."""
    document, decided = one.document, one.for_party
    meta = [document.identifier, decided.law, *(pick(PartyException(name).label.as_dict()).text for name in document.withheld)]
    if decided.whole and not one.copied:
        meta.append(_("Luettavaksi viranomaisen luona: merkittyä kopiota ei voi tehdä (JulkL 16 ja 25 §)"))
    elif one.only_as_party:
        meta.append(_("Vain asianosaisena: kopio merkitään salassa pidettäväksi (JulkL 25 §)"))
    if one.masked is not None:
        meta.append(_("Annetaan peitetty kappale %(identifier)s (JulkL 10 §)") % {"identifier": one.masked.identifier})
    elif one.waits:
        told = {"name": case.handler.name if case.handler else _("kopioiden antaja")}
        meta.append(_("Odottaa peitettyä kappaletta, josta vastaa %(name)s (JulkL 10 §). Lisää se asiakirjan sivulla.") % told)
    if document.masks_id:
        meta.append(_("Peitetty kappale toisesta asiakirjasta"))
    badge = Badge(pick(decided.opening.label.as_dict()).text, TONES.get(decided.opening, "secret"))
    return ListRow(document.title, reverse("paper", args=[case.address, document.identifier]), meta=meta, badge=badge)


def _access(case: Case, row: PartyAccess) -> dict[str, object]:
    """What was given earlier: the letter and the copies, each to be opened."""
    copies = GivenCopy.objects.filter(pk__in=row.given).select_related("file__document")
    files = [
        ListRow(copy.file.document.title, reverse("paper_copy", args=[case.address, copy.file.document.identifier, copy.pk]))
        for copy in copies
    ]
    letter = ListRow(row.letter.title, reverse("paper", args=[case.address, row.letter.identifier]))
    refused = _("%(count)s asiakirjaa ei annettu") % {"count": len(row.refused)} if row.refused else ""
    if waiting := sum(bool(one.get("waits")) for one in row.refused):
        refused = _("%(refused)s, niistä %(count)s odottaa peitettyä kappaletta") % {"refused": refused, "count": waiting}
    return {"at": moment(timezone.localtime(row.at)), "files": [letter, *files], "refused": refused}
