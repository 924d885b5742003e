"""The facts of a case and its due day, beside its page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from kirjaamo.cases.models import WebLevel
from kirjaamo.cases.pages.shown import due_badge, ending
from kirjaamo.documents.models import Way
from kirjaamo.ui.parts import Deadline, Fact

if TYPE_CHECKING:
    from kirjaamo.cases.models import Case
    from kirjaamo.cases.pages.sections.seen import Seen
    from kirjaamo.cases.parts import CasePart


def section(seen: Seen) -> dict[str, object]:
    """Facts, the due day and what the rooms above tell."""
    return {"facts": facts(seen.case), "deadline": deadline(seen.case, seen.parts), "parts": seen.parts}


def facts(found: Case) -> list[Fact]:
    """Class, unit, handler, times and what everyone sees of the case."""
    told = [
        Fact(_("Tehtäväluokka"), [found.revision.title, found.revision.code]),
        Fact(_("Suunnitelman versio"), str(found.revision.number)),
        Fact(_("Vastuuyksikkö"), found.unit.title),
        Fact(_("Viranomainen"), found.authority.name),
        Fact(_("Käsittelijä"), found.handler.name if found.handler else _("Ei vielä")),
        Fact(_("Vireille"), found.initiated_at),
        Fact(_("Kirjattu"), found.registered_at),
    ]
    if found.is_closed:
        told += [Fact(_("Päättynyt"), found.closed_at), Fact(_("Päättyi"), ending(found))]
        if found.service_way:
            told.append(Fact(_("Tiedoksianto"), str(Way(found.service_way).label)))
    if found.web == WebLevel.NONE:
        told.append(Fact(_("Julkisessa rekisterissä"), str(WebLevel.NONE.label)))
    else:
        open_title = found.public_title or _("Nimikettä ei näytetä")
        told.append(Fact(_("Julkisessa rekisterissä"), open_title, url=found.get_public_url()))
    return told


def deadline(found: Case, parts: Sequence[CasePart]) -> Deadline | None:
    """The due day with its reckoning when a room tells it; else the bare day."""
    told = next((part.deadline for part in parts if part.deadline), None)
    if told or found.due_on is None:
        return told
    badge = due_badge(found.due_on)
    return Deadline(_("Määräpäivä"), found.due_on, tone=badge.tone if badge else "neutral", badge=badge)
