"""Invented arrivals of the last days, so that the queue of the registry office looks like one on a working morning."""

from __future__ import annotations

import datetime as dt
import random
import uuid
from dataclasses import dataclass, replace
from email.message import EmailMessage
from email.utils import format_datetime

from django.utils import timezone

from kirjaamo.cases import actions
from kirjaamo.cases.models import ArrivalState, Case
from kirjaamo.documents.letter import Letter, prose, signature
from kirjaamo.documents.models import Way
from kirjaamo.kernel.actors import Machine
from kirjaamo.organisation.models import Unit
from kirjaamo.values.text import clean

CLERK = Machine("demo")
HOST = "esimerkki.example"
KEY = uuid.UUID("0b6f4c6e-3a53-4a0e-8a3b-6f3d8b6d6f21")
ENDED_BEFORE = 28


@dataclass(frozen=True)
class Letterbox:
    """One invented message."""

    sender: str
    subject: str
    text: str
    hours: float
    attached: str = ""
    unit: str = ""
    about: bool = False
    language: str = "fi"


MESSAGES = (
    Letterbox(
        "Aino Esimerkki", "Tietopyyntö: uimarantojen vedenlaatu", "Hei,\n\npyydän viime kesän mittaustulokset kaikilta rannoilta.", 1.2
    ),
    Letterbox(
        "Onni Keksitty",
        "Aloite penkeistä Töölönlahdelle",
        "Rannalle tarvitaan lisää penkkejä, jotta vanhuksetkin jaksavat kulkea.",
        2.5,
        "aloite",
    ),
    Letterbox("Esimerkin Uinti ry", "Liikuntaseuran toiminta-avustus", "Liitteenä hakemus ja toimintasuunnitelma.", 3.1, "avustushakemus"),
    Letterbox("Helmi Tarunen", "VS: Päätös on viipynyt", "Missä vaiheessa asiani on? Tunnus on {identifier}.", 4.0, about=True),
    Letterbox(
        "Exempelkören rf",
        "Ansökan om verksamhetsunderstöd",
        "Bifogat finns vår ansökan om understöd för nästa år.",
        5.4,
        "ansokan",
        language="sv",
    ),
    Letterbox(
        "Väinö Mallikas", "Meluhaitta työmaalta", "Naapuritontin työmaa pitää melua öisin. Pyydän, että kaupunki puuttuu asiaan.", 7.7
    ),
    Letterbox(
        "Siiri Kuvitelma",
        "Palaute talvikunnossapidosta",
        "Kävelytietä ei ole hiekoitettu viikkoon.",
        9.2,
        unit="kaupunkiympariston-toimiala",
    ),
    Letterbox(
        "Kuvitteellinen kuntayhtymä",
        "Lausuntopyyntö ilmastosopimuksesta",
        "Pyydämme lausuntoa liitteenä olevasta luonnoksesta.",
        22.0,
        "lausuntopyynto",
    ),
    Letterbox("Eino Satunen", "Verokorttini", "Lähetän muuttuneet tiedot uutta verokorttia varten.", 26.5),
    Letterbox(
        "Alma Näyte",
        "Koulukuljetuksen järjestäminen",
        "Lapseni koulumatka on muuttunut. Haemme kuljetusta kevätlukukaudeksi.",
        31.0,
        "hakemus",
    ),
    Letterbox("Keksitty Katutaide ry", "Katufestivaali kesällä", "Haemme lupaa ja avustusta katufestivaaliin.", 75.0, "suunnitelma"),
    Letterbox(
        "Newcomer Example",
        "Feedback on guidance in English",
        "The opening hours on the English pages differ from the Finnish ones.",
        98.0,
        language="en",
    ),
)


def fill(chance: random.Random) -> int:
    """Put the messages into the queue and end a few older ones otherwise; return how many there were."""
    now = timezone.now()
    case = Case.objects.order_by("-pk").first()
    units = {unit.slug: unit for unit in Unit.objects.all()}
    for one in MESSAGES:
        at = now - dt.timedelta(hours=one.hours)
        new = actions.of_mail(_message(one, at, case.identifier if case else ""), at + dt.timedelta(seconds=40))
        actions.take_in(replace(new, unit=units.get(one.unit)), actor=CLERK)
    return len(MESSAGES) + _ended(now, chance)


def _message(one: Letterbox, at: dt.datetime, identifier: str) -> bytes:
    mail = EmailMessage()
    name = clean(one.sender, max_length=100).text
    address = "".join(c if c.isascii() and c.isalnum() else "." for c in name.lower().replace("ä", "a").replace("ö", "o"))
    mail["From"], mail["To"], mail["Subject"] = f"{name} <{address}@{HOST}>", f"kirjaamo@{HOST}", one.subject
    mail["Date"], mail["Message-ID"] = format_datetime(at), f"<{address}.{one.hours}@{HOST}>"
    mail.set_content(f"{one.text.format(identifier=identifier)}\n\n{name}\n")
    if one.attached:
        letter = Letter(one.language, at, one.subject, "", [prose(one.text), signature(name)])
        mail.add_attachment(letter.pdf(), maintype="application", subtype="pdf", filename=f"{one.attached}.pdf")
    return mail.as_bytes()


ENDED = (
    (ArrivalState.SPAM, "Voita matka auringon alle", "Roskapostia", ""),
    (ArrivalState.TRANSFERRED, "Ajokortin uusiminen", "Ajokortin myöntää poliisi tai Traficom.", "Liikenne- ja viestintävirasto Traficom"),
    (ArrivalState.ANSWERED, "Milloin kirjaamo on auki?", "Aukioloajat kerrottiin puhelimessa.", ""),
    (ArrivalState.NOT_REGISTERED, "Uutiskirje", "Yleinen uutiskirje, ei viranomaisen asiakirja (JulkL 5 §).", ""),
)


def _ended(now: dt.datetime, chance: random.Random) -> int:
    """Arrivals of the past weeks that became no case of their own."""
    for number in range(ENDED_BEFORE):
        state, subject, reason, where = ENDED[number % len(ENDED)]
        at = now - dt.timedelta(days=chance.randrange(2, 80), minutes=chance.randrange(0, 500))
        new = actions.NewArrival(f"demo:{number}", Way.EMAIL, at, sender_name="Keksitty Lähettäjä", subject=subject, acknowledged=False)
        arrival, _new = actions.take_in(new, actor=CLERK)
        told = "sähköpostilla samana päivänä" if where else ""
        after = at + dt.timedelta(hours=chance.choice([2, 5, 20, 90]))
        ending = actions.Ending(state, reason=reason, transferred_to=where, sender_told=told, at=after)
        actions.end_arrival(arrival, ending, version=arrival.version, key=uuid.uuid5(KEY, str(number)), actor=CLERK)
    return ENDED_BEFORE
