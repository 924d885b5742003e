"""The documents of a case as its page shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kirjaamo.cases.pages.shown import publicity_badge
from kirjaamo.documents.actions import sealed
from kirjaamo.documents.models import Direction, DocumentState, Way
from kirjaamo.ui.languages import active_language
from kirjaamo.ui.parts import ListRow
from kirjaamo.ui.wording import moment
from kirjaamo.values.citations import cited_code

if TYPE_CHECKING:
    from kirjaamo.cases.models import Case, CaseDocument
    from kirjaamo.cases.pages.sections.seen import Seen
    from kirjaamo.cases.whole import Whole


def section(seen: Seen) -> dict[str, object]:
    """The documents."""
    return {"documents": [document_shown(seen.case, paper, seen.whole) for paper in seen.whole.documents]}


def document_shown(found: Case, paper: CaseDocument, told: Whole) -> dict[str, object]:
    """A document with how it came or was made, its publicity, and its files."""
    document = paper.document
    if document.direction == Direction.INCOMING:
        meta = [_("Saapui %(when)s") % {"when": moment(document.arrived_at)}, str(Way(document.way).label), document.sender]
    else:
        meta = [_("Laadittu %(when)s") % {"when": moment(document.made_at)}, document.author]
    if document.sent_at:
        meta.append(_("Lähetetty %(when)s, %(way)s") % {"when": moment(document.sent_at), "way": Way(document.sent_way).label})
    kind = told.node_title(document.node_key)
    closed = sealed(document, timezone.now())
    if closed:
        meta.append(_("Avataan %(when)s") % {"when": moment(document.sealed_until)})
    files = [
        ListRow(file["name"], "" if closed else reverse("case_file", args=[found.address, file["pk"]]), meta=[filesizeformat(file["size"])])
        for file in paper.file_rows  # type: ignore[attr-defined]
    ]
    state = "" if document.state == DocumentState.READY else str(DocumentState(document.state).label)
    return {
        "title": document.title,
        "url": reverse("paper", args=[found.address, document.identifier]),
        "kind": kind,
        "meta": [one for one in (*meta, state) if one],
        "badge": publicity_badge(document.publicity),
        "grounds": ", ".join(cited_code(code, active_language()) for code in document.grounds),
        "files": files,
    }
