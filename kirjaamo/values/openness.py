"""Who may read a document at a moment, and on what it rests: the one place where that is decided (JulkL 621/1999).

Pure: the facts of the document, who asks and the moment go in; what may be read and the section come out. The condition that a
database is asked says the same (`documents.openness`); a property test holds the two together.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kirjaamo.values.clock import local_day
from kirjaamo.values.language import Text3
from kirjaamo.values.publicity import ClauseType, Publicity


class Reader(StrEnum):
    """In what capacity someone asks."""

    ANYONE = "anyone"
    PARTY = "party"
    OFFICIAL = "official"


class Harm(StrEnum):
    """What was found when a ground with a test was weighed (JulkL 621/1999 § 17, § 24)."""

    NOT_JUDGED = "not_judged"
    FOUND = "found"
    NONE = "none"

    @property
    def label(self) -> Text3:
        """Name in three languages."""
        return _HARM_LABELS[self]


_HARM_LABELS = {
    Harm.NOT_JUDGED: Text3("Ei arvioitu", "Inte bedömd", "Not judged"),
    Harm.FOUND: Text3("Antamisesta aiheutuu haittaa", "Utlämnandet medför skada", "Giving it causes harm"),
    Harm.NONE: Text3("Antamisesta ei aiheudu haittaa", "Utlämnandet medför ingen skada", "Giving it causes no harm"),
}


class PartyException(StrEnum):
    """Why a party does not get what concerns their own case (JulkL 621/1999 § 11.2)."""

    IMPORTANT_INTEREST = "important_interest"
    PRETRIAL = "pretrial"
    MEMO = "memo"
    LITIGATION = "litigation"
    ENFORCEMENT = "enforcement"
    TENDER_SECRET = "tender_secret"  # noqa: S105 - a trade secret of a tenderer, not a password
    CONTACTS = "contacts"
    DISPUTED = "disputed"

    @property
    def label(self) -> Text3:
        """Name in three languages."""
        return _EXCEPTION_LABELS[self]


_EXCEPTION_LABELS = {
    PartyException.IMPORTANT_INTEREST: Text3(
        "Erittäin tärkeä yleinen, lapsen tai muu yksityinen etu",
        "Ett synnerligen viktigt allmänt intresse, ett barns intresse eller ett annat enskilt intresse",
        "A very important public interest, a child's or another private interest",
    ),
    PartyException.PRETRIAL: Text3("Esitutkinta kesken", "Förundersökningen pågår", "Pre-trial investigation under way"),
    PartyException.MEMO: Text3(
        "Valmistelumuistio ennen asian päättymistä",
        "Föredragningspromemoria i ett öppet ärende",
        "Preparatory memo of an open case",
    ),
    PartyException.LITIGATION: Text3("Viranomaisen oma oikeudenkäynti", "Myndighetens egen rättegång", "The authority's own litigation"),
    PartyException.ENFORCEMENT: Text3("Ulosoton tiedot", "Uppgifter om utsökning", "Data of enforcement"),
    PartyException.TENDER_SECRET: Text3(
        "Toisen tarjoajan liikesalaisuus", "En annan anbudsgivares företagshemlighet", "Another tenderer's trade secret"
    ),
    PartyException.CONTACTS: Text3(
        "Todistajan, asianomistajan tai ilmoittajan yhteystiedot",
        "Kontaktuppgifter till ett vittne, en målsägande eller en anmälare",
        "Contacts of a witness, an injured party or an informant",
    ),
    PartyException.DISPUTED: Text3(
        "Tieto, jonka julkisuudesta on riita", "Uppgift vars offentlighet är tvistig", "Information whose publicity is in dispute"
    ),
}


class Opening(StrEnum):
    """What may be read, or what stands in the way."""

    WHOLE = "whole"
    PARTS = "parts"
    JUDGE = "judge"
    CONFIRM = "confirm"
    NOT_YET = "not_yet"
    SECRET = "secret"  # noqa: S105 - a state of a document, not a password
    NO_DOCUMENT = "no_document"

    @property
    def label(self) -> Text3:
        """Name in three languages."""
        return _OPENING_LABELS[self]


_OPENING_LABELS = {
    Opening.WHOLE: Text3("Saa lukea kokonaan", "Får läsas i sin helhet", "May be read as a whole"),
    Opening.PARTS: Text3("Saa lukea julkisin osin", "De offentliga delarna får läsas", "The public parts may be read"),
    Opening.JUDGE: Text3("Haitta arvioitava ennen antamista", "Skadan ska bedömas före utlämnandet", "Harm must be judged before giving"),
    Opening.CONFIRM: Text3(
        "Salassapidon päättyminen vahvistettava", "Att sekretessen upphört ska bekräftas", "The end of secrecy must be confirmed"
    ),
    Opening.NOT_YET: Text3("Ei vielä julkinen", "Ännu inte offentlig", "Not yet public"),
    Opening.SECRET: Text3("Salassa pidettävä", "Sekretessbelagd", "Secret"),
    Opening.NO_DOCUMENT: Text3("Ei viranomaisen asiakirja", "Inte en myndighetshandling", "Not a document of the authority"),
}


@dataclass(frozen=True, slots=True)
class Paper:
    """What the decision needs to know of a document.

    `authoritys`: it is an authority's document (§ 5). `draft`: it is not finished. `public_from`: when the event of § 6–7 happened
    or is set to happen. `clause`: the strictest of its grounds. `secret_until`: the last day of secrecy, None when none is known;
    `confirm`: a person has to confirm that end (§ 31.3). `withheld`: exceptions from the access of parties (§ 11.2).
    `sealed_until`: it is to be opened at a set time (§ 7).
    """

    publicity: Publicity
    authoritys: bool = True
    draft: bool = False
    public_from: datetime | None = None
    clause: ClauseType | None = None
    harm: Harm = Harm.NOT_JUDGED
    secret_until: date | None = None
    confirm: bool = False
    withheld: frozenset[PartyException] = frozenset()
    case_closed_at: datetime | None = None
    sealed_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Openness:
    """The decision: what may be read, and the section that it rests on."""

    opening: Opening
    law: str

    @property
    def whole(self) -> bool:
        """Whether all of it may be read."""
        return self.opening is Opening.WHOLE


def openness(paper: Paper, reader: Reader, at: datetime) -> Openness:
    """Decide what a reader may read of a document at a moment."""
    if reader is Reader.OFFICIAL:
        return Openness(Opening.WHOLE, "TiHL 906/2019 16 §")
    if not paper.authoritys:
        return Openness(Opening.NO_DOCUMENT, "JulkL 621/1999 5 §")
    if paper.draft:
        return Openness(Opening.NOT_YET, "JulkL 621/1999 9.2 §")
    if paper.sealed_until is not None and paper.sealed_until > at:
        return Openness(Opening.NOT_YET, "JulkL 621/1999 7 §")
    open_to_all = _for_anyone(paper, at)
    if reader is Reader.ANYONE or open_to_all.whole:
        return open_to_all
    return _for_party(paper, at, open_to_all)


def _for_anyone(paper: Paper, at: datetime) -> Openness:
    if paper.public_from is None or paper.public_from > at:
        return Openness(Opening.NOT_YET, "JulkL 621/1999 6–7 §")
    secrecy = secrecy_on(paper, local_day(at))
    if secrecy is None:
        return Openness(Opening.WHOLE, "JulkL 621/1999 9.1 §")
    if secrecy is Opening.SECRET and paper.publicity is Publicity.PARTLY_SECRET:
        return Openness(Opening.PARTS, "JulkL 621/1999 10 §")
    return Openness(secrecy, "JulkL 621/1999 31 §" if secrecy is Opening.CONFIRM else "JulkL 621/1999 24 §")


def secrecy_on(paper: Paper, day: date) -> Opening | None:
    """Whether secrecy stands in the way on a day, and how; None when it does not.

    A ground with a test gives way when no harm was found (§ 17); one that presumes publicity waits for the judgement;
    an absolute one never does. The last day of secrecy is itself secret (§ 31).
    """
    if not paper.publicity.needs_ground:
        return None
    tested = paper.clause in {ClauseType.HARM_TEST, ClauseType.SECRECY_PRESUMPTION}
    if tested and paper.harm is Harm.NONE:
        return None
    if paper.secret_until is not None and day > paper.secret_until:
        return Opening.CONFIRM if paper.confirm else None
    if paper.clause is ClauseType.HARM_TEST and paper.harm is Harm.NOT_JUDGED:
        return Opening.JUDGE
    return Opening.SECRET


def _for_party(paper: Paper, at: datetime, open_to_all: Openness) -> Openness:
    """A party reads also what is not public, but for the exceptions; the total price of a tender is always given (§ 11)."""
    standing = paper.withheld - ({PartyException.MEMO} if _closed(paper, at) else frozenset())
    if not standing:
        return Openness(Opening.WHOLE, "JulkL 621/1999 11.1 §")
    if standing == {PartyException.TENDER_SECRET}:
        return Openness(Opening.PARTS, "JulkL 621/1999 11.2 §")
    if open_to_all.opening is Opening.PARTS:
        return open_to_all
    return Openness(Opening.SECRET, "JulkL 621/1999 11.2 §")


def _closed(paper: Paper, at: datetime) -> bool:
    return paper.case_closed_at is not None and paper.case_closed_at <= at


STRICTNESS = (ClauseType.HARM_TEST, ClauseType.SECRECY_PRESUMPTION, ClauseType.ABSOLUTE)


def strictest(clauses: list[ClauseType]) -> ClauseType | None:
    """Of the clauses of several grounds the one that decides; None without a ground."""
    return max(clauses, key=STRICTNESS.index, default=None)
