"""What keeps a price from being computed: each reason has a stable code, its values and words that say what to do."""

from __future__ import annotations

from kirjaamo.values.language import Text3, pick

PROBLEMS: dict[str, Text3] = {
    "not_hitas": Text3(
        "Yhtiö {company} ei ole Hitas-yhtiö. Enimmäishintaa ei lasketa.",
        "Bolaget {company} är inte ett Hitasbolag. Inget maximipris beräknas.",
        "{company} is not a Hitas company. No maximum price is computed.",
    ),
    "company_released": Text3(
        "Yhtiö {company} on vapautunut sääntelystä. Enimmäishintaa ei lasketa.",
        "Bolaget {company} har befriats från regleringen. Inget maximipris beräknas.",
        "{company} has been released from regulation. No maximum price is computed.",
    ),
    "company_completion_missing": Text3(
        "Yhtiön {company} kaikkien huoneistojen valmistumispäivät eivät ole tiedossa. Kirjaa puuttuvat päivät.",
        "Färdigställandedagen för bolaget {company} är inte känd för alla lägenheter. Registrera de dagar som saknas.",
        "The completion of {company} is not known for every flat. Record the missing dates.",
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
        "Huoneistolla ei ole vahvistettua enimmäishintaa. Laske ja vahvista se ennen kaupan kirjaamista.",
        "Lägenheten har inget fastställt maximipris. Beräkna och fastställ det innan köpet registreras.",
        "The flat has no confirmed maximum price. Compute and confirm one before the sale is recorded.",
    ),
    "price_not_valid": Text3(
        "Enimmäishinta {number} on voimassa {first}–{last}, mutta kauppa tehtiin {day}. Laske uusi enimmäishinta.",
        "Maximipriset {number} gäller {first}–{last}, men köpet gjordes {day}. Beräkna ett nytt maximipris.",
        "Maximum price {number} holds {first}–{last}, but the sale was made on {day}. Compute a new maximum price.",
    ),
    "price_above_maximum": Text3(
        "Velaton kauppahinta {paid} € ylittää enimmäishinnan {number}, velattomana {maximum} €. Ylitys on {over} €.",
        "Det skuldfria köpepriset {paid} € överskrider maximipriset {number}, skuldfritt {maximum} €. Överskridningen är {over} €.",
        "The debt-free price paid, {paid} €, is above maximum price {number}, debt-free {maximum} €, by {over} €.",
    ),
    "shares_not_whole": Text3(
        "Omistusosuuksien summa on {sum}. Osuuksien on oltava yhteensä yksi.",
        "Summan av ägarandelarna är {sum}. Andelarna ska tillsammans vara ett.",
        "The shares of ownership sum to {sum}. They must sum to one.",
    ),
    "no_companies": Text3(
        "Laskentaan kelpaavia yhtiöitä ei ole päivänä {on}.",
        "Det finns inga bolag som ingår i beräkningen den {on}.",
        "There are no companies for the calculation on {on}.",
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
    "no_companies": "thirty_years",
    "payment_share": "interest",
}
"""The rule of each problem."""


class HitasProblem(ValueError):
    """A named reason for which there is no result. `code` has a row in PROBLEMS; `params` are the values that it concerns."""

    def __init__(self, code: str, **params: object) -> None:
        """Keep the code and the values, each a text or a text in three languages."""
        super().__init__(code)
        self.code = code
        self.params = params

    def message(self, language: str = "fi") -> str:
        """Say in the language what is missing or wrong and what to do."""
        told = {name: value.pick(language) if isinstance(value, Text3) else value for name, value in self.params.items()}
        return pick(PROBLEMS[self.code], language).format(**told)

    def rule(self, language: str = "fi") -> str:
        """Name in the language the rule that the refusal rests on."""
        return pick(RULES[RULE_OF[self.code]], language)

    def __str__(self) -> str:
        """The code and the English sentence, for developers."""
        return f"{self.code}: {self.message('en')}"
