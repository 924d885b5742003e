"""The words of e-mail, in three languages. A subject and a body say that something waits, and where; nothing of what it is."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone, translation

from kirjaamo.notices.models import MailKind
from kirjaamo.ui.languages import pick
from kirjaamo.ui.wording import moment

SUBJECTS: dict[str, dict[str, str]] = {
    MailKind.ACKNOWLEDGEMENT: {
        "fi": "Lähetyksesi on saapunut: {authority}",
        "sv": "Din försändelse har kommit fram: {authority}",
        "en": "We have received what you sent: {authority}",
    },
    MailKind.NOTICE: {
        "fi": "Sinulle on ilmoitus: {authority}",
        "sv": "Du har ett meddelande: {authority}",
        "en": "There is a notice for you: {authority}",
    },
    MailKind.DIGEST: {
        "fi": "Lukemattomia ilmoituksia: {authority}",
        "sv": "Olästa meddelanden: {authority}",
        "en": "Unread notices: {authority}",
    },
}
BODIES: dict[str, dict[str, str]] = {
    MailKind.ACKNOWLEDGEMENT: {
        "fi": "Lähetyksesi on saapunut {when}.",
        "sv": "Din försändelse kom fram {when}.",
        "en": "What you sent arrived on {when}.",
    },
    MailKind.NOTICE: {
        "fi": "Sinulle on uusi ilmoitus. Avaa se kirjautumalla palveluun.",
        "sv": "Du har ett nytt meddelande. Öppna det genom att logga in i tjänsten.",
        "en": "There is a new notice for you. Sign in to the service to open it.",
    },
    MailKind.DIGEST: {
        "fi": "Sinulla on lukemattomia ilmoituksia. Avaa ne kirjautumalla palveluun.",
        "sv": "Du har olästa meddelanden. Öppna dem genom att logga in i tjänsten.",
        "en": "Notices wait for you unread. Sign in to the service to open them.",
    },
}
ABOUT = {"fi": "Tunnus: {about}", "sv": "Beteckning: {about}", "en": "Identifier: {about}"}
LINK = {"fi": "Katso täältä: {link}", "sv": "Se här: {link}", "en": "Look here: {link}"}
# Laki sähköisestä asioinnista viranomaistoiminnassa 13/2003 § 12
ENDS: dict[str, dict[str, str]] = {
    MailKind.ACKNOWLEDGEMENT: {
        "fi": "Tämä on automaattinen vastaanottokuittaus (laki 13/2003, 12 §). Se ei ole päätös asiassasi. Älä vastaa tähän viestiin.",
        "sv": "Detta är en automatisk mottagningsbekräftelse (lag 13/2003, 12 §). Den är inget beslut. Svara inte på detta meddelande.",
        "en": "This is an automatic acknowledgement of receipt (Act 13/2003, § 12). It is not a decision. Please do not reply to it.",
    },
    MailKind.NOTICE: {
        "fi": "Viesti on lähetetty automaattisesti. Älä vastaa siihen.",
        "sv": "Meddelandet har skickats automatiskt. Svara inte på det.",
        "en": "This message was sent automatically. Please do not reply to it.",
    },
    MailKind.DIGEST: {
        "fi": "Viesti lähetetään enintään kerran päivässä. Muuta sitä palvelussa kohdassa Ilmoitukset. Älä vastaa tähän viestiin.",
        "sv": "Meddelandet skickas högst en gång om dagen. Ändra det i tjänsten under Meddelanden. Svara inte på detta meddelande.",
        "en": "This message comes at most once a day. Change that in the service under Notices. Please do not reply to it.",
    },
}


@dataclass(frozen=True)
class Words:
    """What an e-mail says: its subject and its body."""

    subject: str
    body: str


def words(kind: str, language: str, *, about: str, when: dt.datetime, link: str) -> Words:
    """The message of a kind in a language. `about` is an identifier, `link` a whole address; either may be empty."""
    authority = pick(settings.KIRJAAMO_LOOK.get("authority", "Kirjaamo"), language).text
    with translation.override(language):
        lines = [BODIES[kind][language].format(when=moment(timezone.localtime(when)))]
    if about:
        lines.append(ABOUT[language].format(about=about))
    if link:
        lines.append(LINK[language].format(link=link))
    text = "\n\n".join([*lines, ENDS[kind][language], f"-- \n{authority}"])
    return Words(SUBJECTS[kind][language].format(authority=authority), f"{text}\n")
