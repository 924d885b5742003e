"""Giving a party what it may see of its case: a marked copy of each document, and a letter that says what is refused and why."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from kirjaamo.cases.actions.papers import send_letter
from kirjaamo.cases.actions.steps import record
from kirjaamo.cases.models import PartyAccess
from kirjaamo.cases.publicity.letters import Told, access_pdf
from kirjaamo.cases.publicity.party import Seen, may_be_party, seen_by
from kirjaamo.documents import actions as documents
from kirjaamo.documents.actions import Giving
from kirjaamo.kernel import submissions
from kirjaamo.kernel.actions import action, because, running
from kirjaamo.kernel.errors import Refused
from kirjaamo.values.openness import PartyException

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
    told = Told(given, to_view, refused, access.reason)
    pdf = access_pdf(case, name, told, official=actor, at=running().at)
    letter = send_letter(case, str(LETTER), "", pdf, way=access.way, actor=actor)
    row = PartyAccess.of(
        case=case, party=party, given=[copy.pk for copy in copies], refused=[_told(one) for one in refused],
        reason=access.reason if refused else "", letter=letter, by=actor.actor_ref, at=running().at,
    )  # fmt: skip
    record(case, actor=actor, kind="party_access", label=GIVEN, document=letter)
    return row


LETTER = "Asianosaisen tiedonsaanti"


def _copy(one: Seen, case: Case, name: str, actor: Actor) -> GivenCopy:
    """A copy of the newest version; what is not public is marked on every page and its secret parts are named (§ 25)."""
    assert one.newest is not None  # noqa: S101 - only documents with a file are chosen
    giving = Giving(name, PURPOSE, party=True, language=case.language)
    row, _data = documents.give_copy(one.newest, giving, case=case.identifier, actor=actor)
    return row


def _told(one: Seen) -> dict[str, object]:
    return {"document": one.document.pk, "why": one.why_not, "law": one.for_party.law, "grounds": list(one.document.grounds)}
