"""Giving a party what it may see of its case: a marked copy of each document, and a letter that says what is refused and why."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from kirjaamo.cases.actions.papers import metadata_of_letter, send_letter
from kirjaamo.cases.actions.steps import record
from kirjaamo.cases.actions.tasks import assign
from kirjaamo.cases.letters import Written
from kirjaamo.cases.models import CaseState, PartyAccess, TaskState
from kirjaamo.cases.publicity.actions.masking import MASKING
from kirjaamo.cases.publicity.letters import TERM, Told, access_pdf
from kirjaamo.cases.publicity.party import Seen, may_be_party, seen_by
from kirjaamo.documents import actions as documents
from kirjaamo.documents.actions import Giving
from kirjaamo.kernel import submissions
from kirjaamo.kernel.actions import action, because, running
from kirjaamo.kernel.errors import Refused
from kirjaamo.norms import clocks
from kirjaamo.values.openness import PartyException
from kirjaamo.values.publicity import PersonalData, Publicity

if TYPE_CHECKING:
    from kirjaamo.cases.models import Case, CaseParty
    from kirjaamo.documents.models import Document, GivenCopy, Way
    from kirjaamo.kernel.actors import Actor
    from kirjaamo.organisation.models import User

GIVEN = {
    "fi": "Asianosaiselle annettiin tietoa asiakirjoista",
    "sv": "En part fick ta del av handlingar",
    "en": "A party was given documents",
}
WITHHELD = {
    "fi": "Asianosaisen tiedonsaannin poikkeuksesta päätettiin",
    "sv": "Ett undantag från partens rätt till information beslutades",
    "en": "An exception to a party's access was decided",
}
PURPOSE = "Asianosaisen tiedonsaanti (JulkL 11 §)"


@dataclass(frozen=True)
class Access:
    """What is given to a party: the chosen documents by key, how, and why the rest is not."""

    chosen: Sequence[int]
    way: Way
    reason: str = ""


@action("Päätä poikkeuksesta asianosaisen tiedonsaantiin", needs="documents.write")
def withhold(case: Case, document: Document, exceptions: Sequence[PartyException], *, reason: str, actor: Actor) -> None:
    """Say which exceptions keep a document from the parties (JulkL 621/1999 § 11.2); none gives it to them again."""
    document.refresh_from_db(from_queryset=type(document).objects.select_for_update())
    documents.withhold(document, exceptions, reason=reason, actor=actor)
    record(case, actor=actor, kind="party_exception", label=WITHHELD, document=document, note=reason)


@action("Anna asianosaiselle tieto", needs="documents.write")
def give_access(case: Case, party: CaseParty, access: Access, *, actor: User, key: uuid.UUID) -> PartyAccess | None:
    """Make the copies and the letter. What may not be read by the party is never among them, whatever was chosen.

    One form gives once. What is refused needs a reason; the letter tells it with the way to an appealable decision (§ 14).
    """
    if submissions.claim(key) is not None:
        return None
    if party.subject is None or not may_be_party(party):
        sentence = _("Tässä roolissa ei ole asianosaisen tiedonsaantioikeutta. Tieto annetaan kuten kenelle tahansa.")
        raise Refused(sentence, code="cases.no_party", section="JulkL 621/1999 11 §")
    seen = seen_by(case, party, running().at)
    given = [one for one in seen if one.document.pk in set(access.chosen) and one.copied]
    to_view = [one for one in seen if one.for_party.whole and not one.copied]
    refused = [one for one in seen if not one.for_party.whole]
    if not given and not refused and not to_view:
        raise Refused(_("Valitse ainakin yksi asiakirja."), code="cases.nothing_chosen", field="chosen")
    if refused and not access.reason.strip():
        sentence = _("Kerro, miksi osaa asiakirjoista ei anneta.")
        raise Refused(sentence, code="cases.refusal_reason", section="JulkL 621/1999 14 §", field="reason")
    because(PURPOSE)
    name = party.subject.name
    copies = [_copy(one, case, name, actor) for one in given]
    told = Told(given, to_view, refused, access.reason, _answering(case, actor))
    metadata = _of_letter(seen) or metadata_of_letter(case, "")
    pdf = access_pdf(case, name, told, written=Written(actor, running().at, metadata))
    letter = send_letter(case, str(LETTER), "", pdf, way=access.way, actor=actor, metadata=metadata)
    row = PartyAccess.of(
        case=case, party=party, given=[copy.pk for copy in copies], refused=[_told(one) for one in refused],
        reason=access.reason if refused else "", letter=letter, by=actor.actor_ref, at=running().at,
    )  # fmt: skip
    record(case, actor=actor, kind="party_access", label=GIVEN, document=letter)
    _ask_for_copies(case, [one for one in refused if one.waits], actor)
    return row


def _of_letter(seen: Sequence[Seen]) -> documents.Metadata | None:
    """A letter that names documents which are not everyone's is secret in part by their grounds (JulkL 621/1999 § 22)."""
    grounds = sorted({ground for one in seen if not one.for_anyone.whole for ground in one.document.grounds})
    if not grounds:
        return None
    return documents.Metadata(Publicity.PARTLY_SECRET, tuple(grounds), PersonalData.CONTAINS.value, source="law", reason="JulkL 22 §")


MASK = {
    "fi": "Tee peitetty kappale: {identifier}",
    "sv": "Gör ett exemplar med täckta uppgifter: {identifier}",
    "en": "Make a masked copy: {identifier}",
}


def _answering(case: Case, actor: User) -> User:
    """Who answers for the masked copies: the handler of the case, else the one who gives the rest."""
    return case.handler or actor


def _ask_for_copies(case: Case, waiting: Sequence[Seen], actor: User) -> None:
    """Give whoever answers a task for each document whose public parts wait, once, due as an answer to a request is (§ 14.4)."""
    if case.state == CaseState.CLOSED:
        return
    asked = {task.detail.get("document") for task in case.tasks.filter(kind=MASKING).exclude(state=TaskState.DONE)}
    due = clocks.due(TERM, running().at).strict_due if waiting else None
    for one in waiting:
        if one.document.pk not in asked:
            title = {language: text.format(identifier=one.document.identifier) for language, text in MASK.items()}
            user, detail = _answering(case, actor), {"document": one.document.pk}
            assign(case, kind=MASKING, title=title, unit=case.unit, user=user, due_on=due, detail=detail, actor=actor)


LETTER = "Asianosaisen tiedonsaanti"


def _copy(one: Seen, case: Case, name: str, actor: Actor) -> GivenCopy:
    """A copy of the newest version; what is not public is marked on every page and its secret parts are named (§ 25)."""
    assert one.newest is not None  # noqa: S101 - only documents with a file are chosen
    giving = Giving(name, PURPOSE, party=True, language=case.language)
    row, _data = documents.give_copy(one.newest, giving, case=case.identifier, actor=actor)
    return row


def _told(one: Seen) -> dict[str, object]:
    told = {"document": one.document.pk, "why": one.why_not, "law": one.for_party.law, "grounds": list(one.document.grounds)}
    return told | {"waits": one.waits, "masked": one.masked.pk if one.masked else None}
