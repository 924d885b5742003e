"""What the page of a document tells of how it becomes public, and the acts on that which are possible now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from kirjaamo.cases.publicity import events
from kirjaamo.ui.languages import pick
from kirjaamo.ui.parts import Action, Fact
from kirjaamo.ui.wording import moment
from kirjaamo.values.openness import Harm
from kirjaamo.values.public_start import PublicStart

if TYPE_CHECKING:
    from kirjaamo.cases.pages.papers.found import Paper
    from kirjaamo.documents.models import Document


def publicity_facts(document: Document) -> list[Fact]:
    """The event from which it is public and whether it has happened; what was found when its harm was weighed."""
    facts = []
    if document.starts:
        start = PublicStart(document.starts)
        facts.append(Fact(_("Tulee julkiseksi"), [pick(start.label.as_dict()).text, _when(document)], explain=start.law))
    if events.needs_judgement(document):
        facts.append(Fact(_("Antamisen haitta"), pick(Harm(document.harm).label.as_dict()).text, explain=_("JulkL 621/1999 17 §")))
    return facts


def _when(document: Document) -> str:
    if document.public_from is None:
        return _("Ei ole vielä tapahtunut")
    told = {"when": moment(timezone.localtime(document.public_from))}
    return (_("Tapahtui %(when)s") if document.public_from <= timezone.now() else _("Avataan %(when)s")) % told


def publicity_acts(found: Paper) -> list[Action]:
    """Record the event, set a time of opening, weigh the harm, decide on the exceptions of parties."""
    document, at = found.document, timezone.now()
    acts = []
    if (start := events.awaits_event(document, at)) is not None:
        acts.append(Action(str(events.BY_HAND[start]), found.url("paper_event")))
    if events.may_be_sealed(document, at):
        acts.append(Action(_("Aseta avaamisaika"), found.url("paper_opening")))
    if events.needs_judgement(document):
        acts.append(Action(_("Arvioi antamisen haitta"), found.url("paper_harm")))
    return [*acts, Action(_("Asianosaisen tiedonsaanti"), found.url("paper_withhold"))]
