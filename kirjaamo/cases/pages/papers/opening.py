"""What the page of a document tells of how it becomes public, and the acts on that which are possible now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
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
    facts += _sealed(document)
    if events.needs_judgement(document):
        facts.append(Fact(_("Antamisen haitta"), pick(Harm(document.harm).label.as_dict()).text, explain=_("JulkL 621/1999 17 §")))
    return facts


def masked_facts(found: Paper) -> list[Fact]:
    """The masked copies of the document, or the document that this one masks."""
    copies = found.document.masked_copies.filter(in_cases__case=found.case).only("identifier")
    facts = [Fact(_("Peitetty kappale"), one.identifier, url=_url(found, one)) for one in copies]
    if (masks := found.document.masks) is not None:
        facts.append(Fact(_("Peitetty kappale asiakirjasta"), masks.identifier, url=_url(found, masks)))
    return facts


def _url(found: Paper, document: Document) -> str:
    return reverse("paper", args=[found.case.address, document.identifier])


def _sealed(document: Document) -> list[Fact]:
    """The time of opening of what is public by another event, such as a tender when the contract is made."""
    if document.sealed_until is None or document.starts == PublicStart.OPENED:
        return []
    told = {"when": moment(timezone.localtime(document.sealed_until))}
    ahead = document.sealed_until > timezone.now()
    sentence = (_("Avataan %(when)s") if ahead else _("Sai avata %(when)s alkaen")) % told
    return [Fact(_("Avaamisaika"), sentence, explain="JulkL 621/1999 7 §")]


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
    if events.may_be_masked(document, at):
        acts.append(Action(_("Lisää peitetty kappale"), found.url("paper_mask")))
    return [*acts, Action(_("Asianosaisen tiedonsaanti"), found.url("paper_withhold"))]
