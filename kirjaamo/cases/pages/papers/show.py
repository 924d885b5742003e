"""The page of a document: its facts, where each came from, its versions, and a look at the newest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from kirjaamo.cases.pages.papers.found import Paper, file_or_404, paper_or_404
from kirjaamo.cases.pages.papers.metadata import decisions, metadata
from kirjaamo.cases.pages.papers.opening import masked_facts, publicity_acts, publicity_facts
from kirjaamo.cases.pages.shown import publicity_badge
from kirjaamo.cases.parts import parts_of_paper
from kirjaamo.documents import hazards
from kirjaamo.documents.actions import SEALED, draw, open_copy, open_file, open_text, sealed
from kirjaamo.documents.extraction import PDF
from kirjaamo.documents.models import Direction, DocumentState, File, GivenCopy, LetterText, Outside, ScanState, TextState, Way
from kirjaamo.kernel.errors import Refused
from kirjaamo.ui.access import actor_of, page
from kirjaamo.ui.parts import Action, Badge, Crumb, Fact, ListRow
from kirjaamo.ui.wording import moment

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from kirjaamo.kernel.actors import Actor
    from kirjaamo.ui.parts import Tone

PICTURES = frozenset({"image/png", "image/jpeg"})
READABLE = frozenset({TextState.READ, TextState.PARTLY})
STATE_TONES: Mapping[str, Tone] = {"draft": "warning", "ready": "info", "signed": "success", "sent": "success"}
TEXT_TONES: Mapping[str, Tone] = {"read": "success", "partly": "warning", "refused": "danger", "failed": "danger"}
SCAN_TONES: Mapping[str, Tone] = {"clean": "success", "infected": "danger", "failed": "danger"}


@page(needs="cases.read")
def paper(request: HttpRequest, identifier: str, paper: str) -> HttpResponse:
    """Show a document."""
    found = paper_or_404(request, identifier, paper)
    document, actor = found.document, actor_of(request)
    values = {
        "case": found.case,
        "document": document,
        "badges": _badges(found),
        "crumbs": [Crumb(_("Asiat"), reverse("cases")), Crumb(found.case.identifier, found.case.get_absolute_url()), Crumb(document.title)],
        "facts": _facts(found),
        "metadata": metadata(document),
        "decisions": decisions(document),
        "versions": [version_shown(found, file) for file in found.files],
        "copies": [_copy(found, row) for row in _copies(found)],
        "actions": _actions(found, actor),
        "look": _look(request, found, actor),
        "parts": parts_of_paper(found.case, document, actor),
    }
    return render(request, "cases/paper/page.html", values)


def _badges(found: Paper) -> list[Badge]:
    document = found.document
    badges = [Badge(str(DocumentState(document.state).label), STATE_TONES[document.state]), publicity_badge(document.publicity)]
    if document.outside:
        badges.append(Badge(_("Muu kuin viranomaisen asiakirja")))
    return badges


def _facts(found: Paper) -> list[Fact]:
    document = found.document
    facts = [Fact(_("Tunniste"), document.identifier), Fact(_("Suunta"), str(Direction(document.direction).label))]
    if document.direction == Direction.INCOMING:
        told = [(_("Lähettäjä"), document.sender), (_("Saapui"), document.arrived_at), (_("Saapumistapa"), str(Way(document.way).label))]
    else:
        told = [(_("Laatija"), document.author), (_("Laadittu"), document.made_at)]
    facts += [Fact(label, value) for label, value in told]
    if document.sent_at:
        facts += [Fact(_("Lähetetty"), document.sent_at), Fact(_("Lähettämistapa"), str(Way(document.sent_way).label))]
    facts += [Fact(_("Kirjattu"), document.registered_at), *publicity_facts(document)]
    facts += masked_facts(found)
    if document.outside:
        facts.append(Fact(_("Ei viranomaisen asiakirja"), [str(Outside(document.outside).label), document.outside_reason]))
    return facts


def version_shown(found: Paper, file: File) -> dict[str, object]:
    """A version: what it is, how far its reading is, what the scanner says, what to beware of."""
    text, closed = file.text, sealed(found.document, timezone.now())
    sentences = [str(SEALED)] if closed else [hazards.sentence(code) for code in (text.problem, *text.warnings)]
    return {
        "title": _("Versio %(number)s") % {"number": file.version},
        "file": ListRow(
            file.name, "" if text.infected or closed else found.url("paper_file", file.version), meta=[filesizeformat(file.size)]
        ),
        "at": file.made_at,
        "sha256": file.sha256,
        "badges": []
        if closed
        else [
            Badge(str(TextState(text.state).label), TEXT_TONES.get(text.state, "neutral")),
            Badge(str(ScanState(text.scan).label), SCAN_TONES.get(text.scan, "neutral")),
        ],
        "sentences": [one for one in sentences if one],
        "names": text.names,
        "pages": text.pages,
        "waiting": "" if text.finished or closed else found.url("paper_progress", file.version),
    }


@page(needs="cases.read")
def progress(request: HttpRequest, identifier: str, paper: str, version: int) -> HttpResponse:
    """How far the reading of a version is: asked again by its page until it has ended."""
    found = paper_or_404(request, identifier, paper)
    return render(request, "cases/paper/version.html", {"version": version_shown(found, file_or_404(found, version))})


def _look(request: HttpRequest, found: Paper, actor: Actor) -> dict[str, object]:
    """What can be seen of the newest version: a page of a PDF, a picture, or its text when asked for."""
    file = found.newest
    if file is None or sealed(found.document, timezone.now()) or file.text.infected or file.text.state == TextState.REFUSED:
        return {}
    if request.GET.get("nayta") == "teksti" and file.text.state in READABLE:
        return {"text": open_text(file, why=found.case.identifier, actor=actor)}
    offered: dict[str, object] = {"text_url": f"{found.url()}?nayta=teksti"} if file.text.state in READABLE else {}
    if file.media_type in PICTURES and "polyglot" not in file.text.warnings:
        return offered | {"picture": found.url("paper_picture", file.version, 1)}
    if file.media_type == PDF and file.text.pages:
        return offered | _pages(request, found, file)
    return offered


def _pages(request: HttpRequest, found: Paper, file: File) -> dict[str, object]:
    asked, most = request.GET.get("sivu", "1"), file.text.pages or 1
    number = min(max(int(asked), 1), most) if asked.isdecimal() and len(asked) < 7 else 1  # noqa: PLR2004 - digits of a page
    turn = {name: f"{found.url()}?sivu={to}#katselu" for name, to in (("before", number - 1), ("after", number + 1)) if 1 <= to <= most}
    return {"picture": found.url("paper_picture", file.version, number), "number": number, "most": most, **turn}


@page(needs="cases.read")
def picture(request: HttpRequest, identifier: str, paper: str, version: int, number: int) -> HttpResponse:
    """A page of a PDF drawn here, or a picture as it is; nothing of the file reaches the browser but pixels."""
    found = paper_or_404(request, identifier, paper)
    file = file_or_404(found, version)
    data = _pixels(file, number, found.case.identifier, actor_of(request))
    return _inert(HttpResponse(data, content_type=file.media_type if file.media_type in PICTURES else "image/png"))


def _pixels(file: File, number: int, why: str, actor: Actor) -> bytes:
    try:
        drawn = open_file(file, why=why, actor=actor) if file.media_type in PICTURES else draw(file, number - 1, why=why, actor=actor)
    except Refused:
        raise Http404 from None
    if drawn is None:
        raise Http404
    return drawn


@page(needs="cases.read")
def file(request: HttpRequest, identifier: str, paper: str, version: int) -> HttpResponse:
    """Give a version to save; the journal keeps that it was opened. What the scanner condemned is not given."""
    found = paper_or_404(request, identifier, paper)
    row = file_or_404(found, version)
    try:
        data = open_file(row, why=found.case.identifier, actor=actor_of(request))
    except Refused:
        raise Http404 from None
    return _attached(HttpResponse(data, content_type=row.media_type), row.name)


@page(needs="documents.write")
def copy(request: HttpRequest, identifier: str, paper: str, copy: int) -> HttpResponse:
    """The copy that was given, as it was given."""
    found = paper_or_404(request, identifier, paper)
    row = _copies(found).filter(pk=copy).first()
    if row is None:
        raise Http404
    data = open_copy(row, actor=actor_of(request))
    return _attached(HttpResponse(data, content_type=row.file.media_type), f"{found.document.identifier}.pdf")


def _attached(response: HttpResponse, name: str) -> HttpResponse:
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return _inert(response)


def _inert(response: HttpResponse) -> HttpResponse:
    """Nothing in the answer may run or load anything, and it is kept nowhere."""
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response


def _copies(found: Paper) -> QuerySet[GivenCopy]:
    return GivenCopy.objects.filter(file__document=found.document).select_related("file").order_by("-pk")


def _copy(found: Paper, row: GivenCopy) -> ListRow:
    marked = _("salassapitomerkintä") if row.marking != "none" else _("ei merkintää")
    return ListRow(row.recipient, found.url("paper_copy", row.pk), text=row.purpose, meta=[moment(row.at), marked])


def _actions(found: Paper, actor: Actor) -> list[Action]:
    """Every act that this person may do on the document now."""
    document = found.document
    if not actor.may("documents.write", document):
        return []
    acts = [Action(_("Päätä tiedoista"), found.url("paper_decide")), Action(_("Viranomaisen asiakirja?"), found.url("paper_outside"))]
    acts += publicity_acts(found)
    if found.newest:
        acts.append(Action(_("Anna kopio"), found.url("paper_copy_new")))
    if document.direction == Direction.INCOMING or found.case.is_closed:
        return acts
    return [*_own_acts(found), *acts]


def _own_acts(found: Paper) -> list[Action]:
    """The way on of a document of our own; the next step first."""
    state = found.document.state
    version = Action(_("Lisää versio"), found.url("paper_version"))
    if state in {DocumentState.DRAFT, DocumentState.READY} and found.newest and LetterText.objects.filter(file=found.newest).exists():
        version = Action(_("Muokkaa kirjettä"), found.url("paper_letter"))
    if state == DocumentState.DRAFT:
        return [Action(_("Merkitse valmiiksi"), found.url("paper_step", "valmis"), kind="primary"), version]
    if state == DocumentState.READY:
        sign = [Action(_("Allekirjoita"), found.url("paper_step", "allekirjoitus"), kind="primary")] if found.newest else []
        back = Action(_("Palauta luonnokseksi"), found.url("paper_step", "luonnos"))
        return [*sign, Action(_("Merkitse lähetetyksi"), found.url("paper_send")), version, back]
    return [Action(_("Merkitse lähetetyksi"), found.url("paper_send"), kind="primary")] if state == DocumentState.SIGNED else []
