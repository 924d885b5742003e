"""The letters of a case: a question to a party or another body, and the notice of a transfer."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kirjaamo.cases.letter_texts import told
from kirjaamo.cases.models import EnquiryEnd, EnquiryKind
from kirjaamo.documents.letter import Letter, Part, facts, heading, note, prose, signature
from kirjaamo.documents.marking import marking
from kirjaamo.values.language import Text3, format_day, pick

if TYPE_CHECKING:
    from kirjaamo.cases.models import Case
    from kirjaamo.documents.actions import Metadata
    from kirjaamo.organisation.models import User

TITLES = {
    EnquiryKind.SUPPLEMENT: Text3("Täydennyspyyntö", "Begäran om komplettering", "Request to supplement"),
    EnquiryKind.HEARING: Text3("Kuuleminen", "Hörande", "Hearing"),
    EnquiryKind.CLARIFICATION: Text3("Selvityspyyntö", "Begäran om utredning", "Request for information"),
    EnquiryKind.STATEMENT: Text3("Lausuntopyyntö", "Begäran om utlåtande", "Request for a statement"),
}
SENT = {
    EnquiryKind.SUPPLEMENT: Text3("Täydennyspyyntö lähetettiin", "Begäran om komplettering sändes", "A request to supplement was sent"),
    EnquiryKind.HEARING: Text3("Kuuleminen aloitettiin", "Hörandet inleddes", "A hearing was begun"),
    EnquiryKind.CLARIFICATION: Text3("Selvityspyyntö lähetettiin", "Begäran om utredning sändes", "A request for information was sent"),
    EnquiryKind.STATEMENT: Text3("Lausuntoa pyydettiin", "Utlåtande begärdes", "A statement was requested"),
}
ENDS = {
    EnquiryEnd.ANSWERED: Text3("Pyyntöön vastattiin", "Begäran besvarades", "The request was answered"),
    EnquiryEnd.MISSED: Text3("Vastausta ei saatu määräajassa", "Svar kom inte inom utsatt tid", "No answer came in time"),
    EnquiryEnd.WITHDRAWN: Text3("Pyyntö peruttiin", "Begäran återtogs", "The request was withdrawn"),
}
PROLONGED = Text3("Vastausaikaa pidennettiin", "Svarstiden förlängdes", "More time was given for the answer")
UNHEARD = Text3("Kuuleminen jätettiin pois", "Hörande ansågs inte behövas", "The hearing was left out")
TRANSFER = Text3("Ilmoitus asian siirtämisestä", "Meddelande om överföring av ärende", "Notice of transfer")


@dataclass(frozen=True)
class Written:
    """Who writes a letter, when, and what it is by its publicity."""

    official: User
    at: dt.datetime
    metadata: Metadata


def enquiry_pdf(case: Case, kind: EnquiryKind, recipient: str, text: str, due_on: dt.date, *, written: Written) -> bytes:
    """What is asked, by when, how to answer and what follows if no answer comes (HL 434/2003 § 22, 33, 34, 36)."""
    lang = case.language
    ending = "supplement_else" if kind is EnquiryKind.SUPPLEMENT else "hearing_else"
    parts = [
        prose(told(f"{kind.value}_lead", lang)),
        facts([(told("case", lang), f"{case.identifier} {case.title}")]),
        heading(told("asked", lang)),
        prose(text),
        note(told("by", lang), format_day(due_on, lang)),
        heading(told("how", lang)),
        prose(told("how_text", lang, identifier=case.identifier)),
        heading(told("else", lang)),
        prose(told(ending, lang)),
    ]
    return _letter(case, TITLES[kind], recipient, parts, written)


def transfer_pdf(case: Case, to: str, text: str, *, written: Written) -> bytes:
    """That the case was transferred, and to whom (HL 434/2003 § 21.1)."""
    lang = case.language
    parts = [prose(told("transfer_lead", lang, to=to)), *([prose(text)] if text else []), prose(told("transfer_more", lang))]
    return _letter(case, TRANSFER, "", parts, written)


def _letter(case: Case, title: Text3, recipient: str, parts: list[Part], written: Written) -> bytes:
    lang = case.language
    unit = pick(case.unit.title, lang)
    return Letter(
        language=lang,
        at=written.at,
        title=title.pick(lang),
        authority=pick(case.authority.name, lang),
        unit=unit,
        identifier=case.identifier,
        recipient=[recipient],
        parts=[*parts, signature(written.official.name, unit)],
        marking=marking(written.metadata.publicity, written.metadata.grounds, lang),
    ).pdf()
