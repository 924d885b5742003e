"""What a large invented city writes about: matters, names and running text, the same each time for the same number.

Words come from the plan's own titles and from a small vocabulary of municipal work, so that searches meet word forms, compounds
and common words in believable shares. All people and firms are invented.
"""

from __future__ import annotations

import random

FIRST = (
    "Aino", "Onni", "Helmi", "Väinö", "Siiri", "Eino", "Alma", "Leo", "Saimi", "Urho", "Lempi", "Toivo", "Hilma", "Arvo", "Impi", "Veikko",
    "Ebba", "Sixten", "Signe", "Birger", "Astrid", "Gösta", "Maire", "Tauno", "Aili", "Reino", "Kerttu", "Pentti", "Rauha", "Yrjö",
)  # fmt: skip
LAST = (
    "Esimerkki", "Keksitty", "Tarunen", "Mallikas", "Kuvitelma", "Satunen", "Näyte", "Luomanen", "Testinen", "Harjoitus", "Tuulentupa",
    "Pilvilinna", "Haaveinen", "Utukka", "Vertaus", "Kertomus", "Juonela", "Hahmola", "Exempel", "Påhitt", "Sagolund", "Drömstrand",
)  # fmt: skip
FIRMS = ("Rakennus", "Kiinteistö", "Torikauppa", "Lämpö", "Kahvila", "Kuljetus", "Suunnittelu", "Konsertit", "Varasto", "Puutarha")
FORMS = ("Oy", "ry", "Ky", "Tmi", "osk")
STREETS = (
    "Koskelantie", "Kaislatie", "Mäkelänkatu", "Rantapolku", "Sahaajankatu", "Viikintie", "Tapulikuja", "Myllymestarintie", "Laivurinrinne",
    "Pihlajatie", "Malmin raitti", "Roihuvuorentie", "Isonnevantie", "Kuusisaarentie", "Meripuistotie", "Turunlinnantie", "Neulapadontie",
)  # fmt: skip
MATTERS = (
    "meluaidan rakentaminen", "pysäköintipaikkojen järjestely", "leikkipuiston kunnostus", "katuvalaistuksen uusiminen",
    "tontin vuokraaminen", "poikkeamislupa", "rakennuslupa", "avustushakemus", "vahingonkorvausvaatimus", "kadun nimen muuttaminen",
    "suojatien siirtäminen", "päiväkodin tilapäiset tilat", "kuntalaisaloite", "tietopyyntö", "hankinnan oikaisuvaatimus",
    "lausuntopyyntö asemakaavaluonnoksesta", "jätehuollon järjestäminen", "hulevesien johtaminen", "puiden kaataminen",
    "liikuntasalin käyttövuoro", "ulkotarjoilualueen vuokraus", "huoneiston terveyshaitta", "siirtokehotus ajoneuvosta",
    "ryhmävuokrasopimuksen tarkistaminen", "koulukuljetus", "ympäristöluvan muuttaminen",
)  # fmt: skip
SENTENCES = (
    "Hakija esittää, että {matter} toteutetaan kohteessa {street} {number}.",
    "Asiaa on käsitelty aikaisemmin lautakunnan kokouksessa, ja esittelijän ehdotus hyväksyttiin muutoksitta.",
    "Selvityksen mukaan kustannusarvio on {sum} euroa, johon sisältyy arvonlisävero.",
    "Naapureita on kuultu, eikä muistutuksia ole määräajassa saapunut.",
    "Viranhaltija katsoo, että hakemuksen edellytykset täyttyvät ja päätös voidaan tehdä toimivaltansa nojalla.",
    "Asiakirjat ovat nähtävillä kirjaamossa, ja niistä voi pyytää jäljennöksiä.",
    "Lisätietoja antaa yksikön suunnittelija, joka valmistelee lausunnon ympäristölautakunnalle.",
    "Työt ajoitetaan siten, että liikenteelle ja lähialueen asukkaille aiheutuu mahdollisimman vähän haittaa.",
    "Alue kuuluu asemakaavassa puistoon, jonka hoitoluokka on tarkistettu edellisvuonna.",
    "Päätöksestä ilmoitetaan hakijalle, ja siihen voi hakea oikaisua neljäntoista päivän kuluessa.",
    "Sopimusluonnos on tarkistettu oikeuspalveluissa, eikä siihen ole huomautettavaa.",
    "Hankkeen vaikutukset lapsiin ja nuoriin on arvioitu erillisessä muistiossa.",
)
DOCUMENTS = ("Hakemus", "Selvitys", "Päätösehdotus", "Lausunto", "Liite", "Muistio", "Pöytäkirjanote", "Vastine")


class Invention:
    """A source of invented matters: the same seed gives the same city."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - invented data, the same each time

    def person(self) -> str:
        """The name of someone who does not exist."""
        return f"{self.chance.choice(FIRST)} {self.chance.choice(LAST)}"

    def firm(self) -> str:
        """The name of a firm or association that does not exist."""
        return f"{self.chance.choice(FIRMS)} {self.chance.choice(LAST)} {self.chance.choice(FORMS)}"

    def street(self) -> str:
        """The name of a street."""
        return self.chance.choice(STREETS)

    def matter(self) -> str:
        """The title of a matter."""
        matter, street = self.chance.choice(MATTERS), self.chance.choice(STREETS)
        return f"{matter[0].upper()}{matter[1:]}, {street} {self.chance.randrange(1, 180)}"

    def text(self) -> str:
        """Running text of some paragraphs, as a document of a matter has."""
        chosen = self.chance.sample(SENTENCES, self.chance.randrange(4, len(SENTENCES)))
        facts = {
            "matter": self.chance.choice(MATTERS),
            "street": self.chance.choice(STREETS),
            "number": self.chance.randrange(1, 180),
            "sum": f"{self.chance.randrange(2, 900)} 000",
        }
        return "\n\n".join(sentence.format(**facts) for sentence in chosen) + "\n"
