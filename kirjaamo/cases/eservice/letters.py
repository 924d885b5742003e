"""What was sent by the e-service, as the document that the case register keeps of it: the words of the sender and nothing more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from kirjaamo.documents import typeset
from kirjaamo.documents.letter import Letter, facts, heading, listed, note, prose
from kirjaamo.organisation.models import ManagementUnit
from kirjaamo.values.language import Text3, format_day, pick

if TYPE_CHECKING:
    import datetime as dt

    from kirjaamo.cases.eservice.matters import NewMatter

TEXTS = {
    "title": Text3("Sähköinen lähetys", "Elektronisk försändelse", "Sent by the e-service"),
    "arrived": Text3("Saapunut", "Inkommit", "Received"),
    "about": Text3("Aihe", "Ämne", "Subject"),
    "case": Text3("Asiatunnus lähettäjän mukaan", "Ärendekod enligt avsändaren", "Case identifier given by the sender"),
    "text": Text3("Lähettäjän teksti", "Avsändarens text", "Text of the sender"),
    "files": Text3("Liitteet", "Bilagor", "Attachments"),
    "sender": Text3("Lähettäjä", "Avsändare", "Sender"),
    "name": Text3("Nimi", "Namn", "Name"),
    "contacts": Text3("Yhteystiedot", "Kontaktuppgifter", "Contacts"),
    "kept_apart": Text3("tallessa rekisterissä, ei tässä asiakirjassa", "i registret, inte i denna handling", "in the register, not here"),
    "unproved": Text3(
        "Lähettäjää ei ole tunnistettu. Nimi ja yhteystiedot ovat lähettäjän omia.",
        "Avsändaren har inte identifierats. Namn och kontaktuppgifter är avsändarens egna.",
        "The sender has not been identified. Name and contacts are as the sender gave them.",
    ),
    "squares": Text3(
        "Tekstissä on {count} merkkiä, joita kirjasimissa ei ole. Niiden paikalla on neliö.",
        "Texten innehåller {count} tecken som typsnitten saknar. De visas som en ruta.",
        "The text has {count} characters that the fonts lack. A square stands for each.",
    ),
    "follows": Text3("Täydentää lähetystä", "Kompletterar försändelsen", "Supplements"),
}


def matter_pdf(new: NewMatter, at: dt.datetime, first: str) -> bytes:
    """What was sent, when, by whom as far as they said, and with which files; `first`: the identifier of what it supplements.

    How the sender is reached stands on the arrival and with the party, so that non-disclosure hides it at once.
    """
    lang = new.language

    def told(key: str) -> str:
        return TEXTS[key].pick(lang)

    arrived = f"{format_day(timezone.localtime(at).date(), lang)} {timezone.localtime(at):%H:%M}"
    squares = sum(typeset.replaced(text) for text in (new.subject, new.text, new.name))
    reached = told("kept_apart") if new.email or new.telephone or new.address else ""
    parts = [
        facts([(told("arrived"), arrived), (told("about"), new.subject), (told("case"), new.case), (told("follows"), first)]),
        *([heading(told("text")), prose(new.text)] if new.text else []),
        *([heading(told("files")), listed([one.name for one in new.uploads])] if new.uploads else []),
        *([heading(told("sender")), facts([(told("name"), new.name), (told("contacts"), reached)])] if new.name else []),
        note("", told("unproved")),
        *([note("", told("squares").format(count=squares))] if squares else []),
    ]
    return Letter(lang, at, told("title"), pick(ManagementUnit.objects.get().name, lang), parts).pdf()
