"""What keeps a price from being computed: each reason has a stable code, its values and words that say what to do."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from kirjaamo.values.language import Text3, format_day, pick
from kirjaamo.values.money import Money

PROBLEMS: dict[str, Text3] = {
    "not_hitas": Text3(
        "Yhtiö {company} ei ole Hitas-yhtiö. Enimmäishintaa ei lasketa.",
        "Bolaget {company} är inte ett Hitasbolag. Inget maximipris beräknas.",
        "{company} is not a Hitas company. No maximum price is computed.",
    ),
    "company_released": Text3(
        "Yhtiö {company} vapautui sääntelystä {day}. Enimmäishintaa ei lasketa.",
        "Bolaget {company} befriades från regleringen {day}. Inget maximipris beräknas.",
        "{company} was released from regulation on {day}. No maximum price is computed.",
    ),
    "company_completion_missing": Text3(
        "Yhtiön {company} huoneistoilta puuttuu valmistumispäivä: {homes}. Kirjaa päivät ennen laskentaa.",
        "I bolaget {company} saknar lägenheter färdigställandedag: {homes}. Registrera dagarna före beräkningen.",
        "In {company} flats lack their completion date: {homes}. Record the dates before the calculation.",
    ),
    "completion_missing": Text3(
        "Huoneiston {home} valmistumispäivä puuttuu. Kirjaa se ennen laskentaa.",
        "Färdigställandedagen för lägenheten {home} saknas. Registrera den före beräkningen.",
        "The completion date of flat {home} is missing. Record it before the calculation.",
    ),
    "completion_in_future": Text3(
        "Valmistumispäivä {day} on laskentapäivän {on} jälkeen. Tarkista päivät.",
        "Färdigställandedagen {day} är efter beräkningsdagen {on}. Kontrollera dagarna.",
        "The completion date {day} is after the day of calculation {on}. Check the dates.",
    ),
    "area_missing": Text3(
        "Huoneiston {home} pinta-ala puuttuu. Kirjaa se ennen laskentaa.",
        "Ytan för lägenheten {home} saknas. Registrera den före beräkningen.",
        "The surface area of flat {home} is missing. Record it before the calculation.",
    ),
    "company_area_missing": Text3(
        "Yhtiön {company} huoneistojen yhteispinta-ala puuttuu. Kirjaa huoneistojen pinta-alat.",
        "Den sammanlagda lägenhetsytan i bolaget {company} saknas. Registrera lägenheternas ytor.",
        "The total surface area of {company} is missing. Record the areas of its flats.",
    ),
    "shares_missing": Text3(
        "Huoneiston {home} osakenumerot puuttuvat. Kirjaa ne ennen laskentaa.",
        "Aktienumren för lägenheten {home} saknas. Registrera dem före beräkningen.",
        "The share numbers of flat {home} are missing. Record them before the calculation.",
    ),
    "first_sale_missing": Text3(
        "Huoneiston {home} ensimmäinen kauppa puuttuu. Myyntihintaluettelon hinta ei riitä: kirjaa kauppa.",
        "Det första köpet av lägenheten {home} saknas. Priset i försäljningsprislistan räcker inte: registrera köpet.",
        "The first sale of flat {home} is missing. A catalogue price is not enough: record the sale.",
    ),
    "acquisition_missing": Text3(
        "Yhtiön {company} huoneistojen hankinta-arvoja ei ole. Kirjaa ensimmäiset kaupat tai luettelohinnat.",
        "Anskaffningsvärdena för lägenheterna i bolaget {company} saknas. Registrera de första köpen eller listpriserna.",
        "{company} has no acquisition values of its flats. Record the first sales or the catalogue prices.",
    ),
    "index_missing": Text3(
        "{index} kuukaudelta {month} puuttuu. Lataa indeksi ennen laskentaa.",
        "{index} för månaden {month} saknas. Läs in indexet före beräkningen.",
        "{index} of {month} is missing. Load the index before the calculation.",
    ),
    "depreciation_missing": Text3(
        "Parannuksen {work} vuosittainen poistoprosentti puuttuu. Kirjaa se ennen laskentaa.",
        "Den årliga avskrivningsprocenten för förbättringen {work} saknas. Registrera den före beräkningen.",
        "The yearly depreciation percentage of improvement {work} is missing. Record it before the calculation.",
    ),
    "work_in_future": Text3(
        "Parannus {work} valmistui {day}, laskentapäivän {on} jälkeen. Tarkista päivät.",
        "Förbättringen {work} blev färdig {day}, efter beräkningsdagen {on}. Kontrollera dagarna.",
        "Improvement {work} was completed on {day}, after the day of calculation {on}. Check the dates.",
    ),
    "loan_negative": Text3(
        "Yhtiölainaosuus {loan} ei voi olla alle nollan.",
        "Andelen av bolagslånet {loan} kan inte vara under noll.",
        "The share of the company loan {loan} cannot be below zero.",
    ),
    "price_not_positive": Text3(
        "Laskettu enimmäishinta {price} ei ole yli nollan. Tarkista yhtiölainaosuus {loan}.",
        "Det beräknade maximipriset {price} är inte över noll. Kontrollera andelen av bolagslånet {loan}.",
        "The computed maximum price {price} is not above zero. Check the share of the company loan {loan}.",
    ),
    "no_confirmed_price": Text3(
        "Huoneistolla {home} ei ole vahvistettua enimmäishintaa, johon kauppapäivän {day} hinta {paid} verrattaisiin. "
        "Laske ja vahvista se ennen kaupan kirjaamista.",
        "Lägenheten {home} har inget fastställt maximipris som priset {paid} på köpedagen {day} kunde jämföras med. "
        "Beräkna och fastställ det innan köpet registreras.",
        "Flat {home} has no confirmed maximum price with which the price {paid} of {day} could be compared. "
        "Compute and confirm one before the sale is recorded.",
    ),
    "price_not_valid": Text3(
        "Enimmäishinta {number} on voimassa {first}–{last}, mutta kauppa tehtiin {day}. Laske uusi enimmäishinta.",
        "Maximipriset {number} gäller {first}–{last}, men köpet gjordes {day}. Beräkna ett nytt maximipris.",
        "Maximum price {number} holds {first}–{last}, but the sale was made on {day}. Compute a new maximum price.",
    ),
    "price_above_maximum": Text3(
        "Velaton kauppahinta {paid} ylittää enimmäishinnan {number}, velattomana {maximum}. Ylitys on {over}.",
        "Det skuldfria köpepriset {paid} överskrider maximipriset {number}, skuldfritt {maximum}. Överskridningen är {over}.",
        "The debt-free price paid, {paid}, is above maximum price {number}, debt-free {maximum}, by {over}.",
    ),
    "shares_not_whole": Text3(
        "Omistusosuuksien summa on {sum}. Osuuksien on oltava yhteensä 100 %.",
        "Summan av ägarandelarna är {sum}. Andelarna ska tillsammans vara 100 %.",
        "The shares of ownership sum to {sum}. They must sum to 100 %.",
    ),
    "no_companies": Text3(
        "Rajaneliöhintaa ei voi laskea neljännekselle, joka alkaa {on}: yksikään säännelty yhtiö ei ole siihen mennessä valmistunut.",
        "Gränspriset kan inte beräknas för kvartalet som börjar {on}: inget reglerat bolag har färdigställts före det.",
        "The price ceiling cannot be computed for the quarter that begins on {on}: no regulated company was completed by then.",
    ),
    "none_due": Text3(
        "Neljänneksellä, joka alkaa {on}, ei ole tarkistettavia yhtiöitä: säännellyn yhtiön valmistumisesta on oltava {years} vuotta "
        "ja puolihitas-yhtiön {half} vuotta.",
        "Inget bolag granskas under kvartalet som börjar {on}: ett reglerat bolag ska ha varit färdigt i {years} år och ett "
        "halvhitasbolag i {half} år.",
        "No company is checked in the quarter that begins on {on}: {years} years must have passed since the completion of a "
        "regulated company, and {half} years of a half-Hitas one.",
    ),
    "draft_expired": Text3(
        "Laskelma {number} laskettiin {first} ja oli voimassa {last} asti. Tänään on {on}. Laske enimmäishinta uudelleen.",
        "Beräkningen {number} gjordes {first} och gällde till {last}. I dag är det {on}. Beräkna maximipriset på nytt.",
        "Calculation {number} was made on {first} and held until {last}. Today is {on}. Compute the maximum price anew.",
    ),
    "area_price_missing": Text3(
        "Postinumeroilta {codes} ei ole hintatietoa ajalta {first}–{last}. Anna korvaavat postinumerot tai jätä yhtiöt odottamaan.",
        "För postnumren {codes} finns ingen prisuppgift för tiden {first}–{last}. Ange ersättande postnummer eller låt bolagen vänta.",
        "Postal codes {codes} have no price from {first}–{last}. Give replacement postal codes or let the companies wait.",
    ),
    "payment_share": Text3(
        "Maksuerien osuuksien summa on {sum} %. Sen on oltava yli 0 ja enintään 100 %.",
        "Summan av betalningsposternas andelar är {sum} %. Den ska vara över 0 och högst 100 %.",
        "The instalments sum to {sum} %. The sum must be above 0 and at most 100 %.",
    ),
}


RULES: dict[str, Text3] = {
    "regulated": Text3(
        "Hitas-ehdot: enimmäishinta lasketaan säännellyn yhtiön huoneistolle",
        "Hitasvillkoren: maximipris beräknas för lägenheter i reglerade bolag",
        "Hitas terms: a maximum price is computed for flats of regulated companies",
    ),
    "index_month": Text3(
        "laskentasääntö: indeksi valmistumisen kuukaudelta ja laskentakuukaudelta",
        "beräkningsregeln: index för färdigställandets och beräkningens månad",
        "rule of calculation: the index of the month of completion and of the calculation",
    ),
    "ceiling": Text3(
        "laskentasääntö: pinta-ala × rajaneliöhinta", "beräkningsregeln: yta × gränspris", "rule of calculation: area × price ceiling"
    ),
    "works": Text3(
        "laskentasääntö: yhtiön ja huoneiston parannukset",
        "beräkningsregeln: bolagets och lägenhetens förbättringar",
        "rule of calculation: improvements of the company and of the flat",
    ),
    "acquisition": Text3(
        "laskentasääntö: hankinta-arvo on ensimmäisen kaupan hinta ja lainaosuus",
        "beräkningsregeln: anskaffningsvärdet är det första köpets pris och låneandel",
        "rule of calculation: the acquisition value is the price and the loan share of the first sale",
    ),
    "maximum": Text3(
        "laskentasääntö: korkein kolmesta hinnasta vähennettynä lainaosuudella, yli nollan",
        "beräkningsregeln: det högsta av tre priser minus låneandelen, över noll",
        "rule of calculation: the highest of three prices less the loan share, above zero",
    ),
    "sale": Text3(
        "Hitas-ehdot: myyntihinta on enintään voimassa oleva vahvistettu enimmäishinta",
        "Hitasvillkoren: försäljningspriset är högst det gällande fastställda maximipriset",
        "Hitas terms: the price of a sale is at most the confirmed maximum price in force",
    ),
    "shares": Text3("omistusosuudet ovat yhteensä 1/1", "ägarandelarna är tillsammans 1/1", "shares of ownership sum to 1/1"),
    "validity": Text3(
        "laskentasääntö: laskelman voimassaolo", "beräkningsregeln: beräkningens giltighet", "rule of calculation: how long a price holds"
    ),
    "ceiling_mean": Text3(
        "laskentasääntö: rajaneliöhinta on säänneltyjen yhtiöiden keskiarvo",
        "beräkningsregeln: gränspriset är medelvärdet av de reglerade bolagen",
        "rule of calculation: the price ceiling is the mean of the regulated companies",
    ),
    "thirty_years": Text3(
        "Hitas-ehdot: 30 vuoden tarkistus neljännesvuosittain",
        "Hitasvillkoren: granskning efter 30 år kvartalsvis",
        "Hitas terms: the check after 30 years, every quarter",
    ),
    "interest": Text3(
        "laskentasääntö: rakennusaikainen korko maksueristä, 30/360",
        "beräkningsregeln: ränta under byggtiden på betalningsposterna, 30/360",
        "rule of calculation: interest during construction of the instalments, 30/360",
    ),
}
"""The rules that refusals rest on, by a short name."""

RULE_OF = {
    "not_hitas": "regulated",
    "company_released": "regulated",
    "company_completion_missing": "index_month",
    "completion_missing": "index_month",
    "completion_in_future": "index_month",
    "index_missing": "index_month",
    "area_missing": "ceiling",
    "company_area_missing": "works",
    "shares_missing": "works",
    "depreciation_missing": "works",
    "work_in_future": "works",
    "first_sale_missing": "acquisition",
    "acquisition_missing": "acquisition",
    "loan_negative": "maximum",
    "price_not_positive": "maximum",
    "no_confirmed_price": "sale",
    "price_not_valid": "sale",
    "price_above_maximum": "sale",
    "shares_not_whole": "shares",
    "no_companies": "ceiling_mean",
    "none_due": "thirty_years",
    "area_price_missing": "thirty_years",
    "draft_expired": "validity",
    "payment_share": "interest",
}
"""The rule of each problem."""


class Kind(StrEnum):
    """What a problem is: a rule refuses, something is not known yet, or what was given cannot be used."""

    RULE = "rule"
    LACKING = "lacking"
    INPUT = "input"


LACKING = frozenset(
    {
        "company_completion_missing",
        "completion_missing",
        "area_missing",
        "company_area_missing",
        "shares_missing",
        "first_sale_missing",
        "acquisition_missing",
        "index_missing",
        "depreciation_missing",
    }
)
INPUT = frozenset({"loan_negative", "shares_not_whole", "payment_share"})


class HitasProblem(ValueError):
    """A named reason for which there is no result. `code` has a row in PROBLEMS; `params` are the values that it concerns.

    `source` names the dated row that it rests on: the source of an index, of a number of the rules, or a confirmed calculation.
    """

    def __init__(self, code: str, *, source: str = "", **params: object) -> None:
        """Keep the code and the values, each a text, a text in three languages, a day or an amount."""
        super().__init__(code)
        self.code = code
        self.source = source
        self.params = params

    @property
    def kind(self) -> Kind:
        """Whether a rule refuses, something is not known yet, or what was given cannot be used."""
        return Kind.LACKING if self.code in LACKING else Kind.INPUT if self.code in INPUT else Kind.RULE

    def message(self, language: str = "fi") -> str:
        """Say in the language what is missing or wrong and what to do."""
        told = {name: _told(value, language) for name, value in self.params.items()}
        return pick(PROBLEMS[self.code], language).format(**told)

    def rule(self, language: str = "fi") -> str:
        """Name in the language the rule that the refusal rests on, and the source of the row behind it."""
        rule = pick(RULES[RULE_OF[self.code]], language)
        return f"{rule}; {self.source}" if self.source else rule

    def __str__(self) -> str:
        """The code and the English sentence, for developers."""
        return f"{self.code}: {self.message('en')}"


def _told(value: object, language: str) -> object:
    if isinstance(value, Text3):
        return value.pick(language)
    if isinstance(value, date):
        return format_day(value, language)
    return value.format(language) if isinstance(value, Money) else value
