"""The names of the lines of a calculation, each once in three languages."""

from __future__ import annotations

from kirjaamo.values.language import Text3

LABELS: dict[str, Text3] = {
    "title_maximum": Text3("Enimmäishinta", "Maximipris", "Maximum price"),
    "title_market": Text3("Markkinahintaindeksin mukaan", "Enligt marknadsprisindex", "By the market price index"),
    "title_construction": Text3("Rakennuskustannusindeksin mukaan", "Enligt byggnadskostnadsindex", "By the construction price index"),
    "title_ceiling": Text3("Rajaneliöhinnan mukaan", "Enligt gränspriset per kvadratmeter", "By the surface-area price ceiling"),
    "title_interest": Text3("Rakennusaikainen korko", "Ränta under byggtiden", "Interest during construction"),
    "title_price_ceiling": Text3("Rajaneliöhinnan laskenta", "Beräkning av gränspriset", "Computing the price ceiling"),
    "title_release": Text3(
        "Sääntelyn päättymisen vertailu", "Jämförelse för befrielse från regleringen", "Comparison for release from regulation"
    ),
    "acquisition": Text3(
        "Hankinta-arvo ensimmäisessä kaupassa", "Anskaffningsvärde vid första köpet", "Acquisition value in the first sale"
    ),
    "updated_acquisition": Text3("Päivitetty hankinta-arvo", "Uppdaterat anskaffningsvärde", "Updated acquisition value"),
    "extra_work": Text3(
        "Rakennusaikaiset lisä- ja muutostyöt", "Tilläggs- och ändringsarbeten under byggtiden", "Additional work during construction"
    ),
    "interest": Text3("Rakennusaikainen korko", "Ränta under byggtiden", "Interest during construction"),
    "interest_percent": Text3("Rakennusaikaisen koron korkokanta", "Räntesats för byggtiden", "Rate of the interest during construction"),
    "basic": Text3("Perushinta", "Grundpris", "Basic price"),
    "index_then": Text3("Indeksi lähtökuukautena", "Index för utgångsmånaden", "Index of the starting month"),
    "index_now": Text3("Indeksi laskentakuukautena", "Index för beräkningsmånaden", "Index of the month of calculation"),
    "adjustment": Text3("Indeksitarkistus", "Indexjustering", "Index adjustment"),
    "adjusted": Text3("Indeksitarkistettu hinta", "Indexjusterat pris", "Index-adjusted price"),
    "company_works": Text3("Osuus yhtiön parannuksista", "Andel av bolagets förbättringar", "Share of the company's improvements"),
    "home_works": Text3("Huoneiston parannukset", "Lägenhetens förbättringar", "Improvements of the flat"),
    "debt_free": Text3("Velaton hinta", "Skuldfritt pris", "Debt-free price"),
    "per_square": Text3("Velaton hinta neliömetriltä", "Skuldfritt pris per kvadratmeter", "Debt-free price per square metre"),
    "loan": Text3("Huoneiston osuus yhtiölainoista", "Lägenhetens andel av bolagets lån", "The flat's share of the company's loans"),
    "price": Text3("Hinta yhtiölainaosuuden jälkeen", "Pris efter andelen av bolagslån", "Price after the share of loans"),
    "months": Text3("Täydet kuukaudet valmistumisesta", "Hela månader sedan färdigställandet", "Full months since completion"),
    "multiplier": Text3("Ikäalennuskerroin", "Koefficient för åldersavdrag", "Depreciation multiplier"),
    "same_day": Text3(
        "Samana päivänä valmistuneiden huoneistojen hankinta-arvo",
        "Anskaffningsvärde för lägenheter som färdigställts samma dag",
        "Acquisition value of the flats completed on the same day",
    ),
    "all_flats": Text3("Kaikkien huoneistojen hankinta-arvo", "Anskaffningsvärde för alla lägenheter", "Acquisition value of all flats"),
    "company_adjusted": Text3(
        "Yhtiön indeksitarkistettu hankinta-arvo",
        "Bolagets indexjusterade anskaffningsvärde",
        "Index-adjusted acquisition value of the company",
    ),
    "company_assets": Text3("Yhtiön varat", "Bolagets tillgångar", "Assets of the company"),
    "assets_share": Text3("Huoneiston osuus yhtiön varoista", "Lägenhetens andel av bolagets tillgångar", "The flat's share of the assets"),
    "extra_work_adjusted": Text3(
        "Indeksitarkistetut lisä- ja muutostyöt", "Indexjusterade tilläggs- och ändringsarbeten", "Index-adjusted additional work"
    ),
    "area": Text3("Huoneiston pinta-ala", "Lägenhetens yta", "Surface area of the flat"),
    "ceiling": Text3("Rajaneliöhinta", "Gränspris per kvadratmeter", "Price ceiling per square metre"),
    "valid_until": Text3("Voimassa viimeistään", "Gäller senast till", "Valid until"),
    "market": Text3("Markkinahintaindeksin mukainen hinta", "Pris enligt marknadsprisindex", "Price by the market price index"),
    "construction": Text3(
        "Rakennuskustannusindeksin mukainen hinta", "Pris enligt byggnadskostnadsindex", "Price by the construction price index"
    ),
    "ceiling_price": Text3("Rajaneliöhinnan mukainen hinta", "Pris enligt gränspriset", "Price by the price ceiling"),
    "highest": Text3(
        "Korkein kolmesta on enimmäishinta", "Det högsta av de tre är maximipriset", "The highest of the three is the maximum price"
    ),
    "work_value": Text3("hankintahinta", "anskaffningspris", "cost"),
    "work_own": Text3("omavastuun jälkeen", "efter självrisken", "after the owner's own share"),
    "work_adjusted": Text3("indeksitarkistettuna", "indexjusterat", "index-adjusted"),
    "work_depreciation": Text3("poistot", "avskrivningar", "depreciation"),
    "work_company": Text3("arvo yhtiölle", "värde för bolaget", "value for the company"),
    "work_home": Text3("huoneiston osuus", "lägenhetens andel", "the flat's share"),
    "instalment": Text3("maksuerä", "betalningspost", "instalment"),
    "days": Text3("korkopäivät", "räntedagar", "days of interest"),
    "companies": Text3("Yhtiöiden määrä", "Antal bolag", "Number of companies"),
    "sum": Text3("Neliöhintojen summa", "Summan av kvadratmeterpriserna", "Sum of the prices per square metre"),
    "mean": Text3("Keskiarvo", "Medelvärde", "Mean"),
    "adjusted_square": Text3(
        "Yhtiön indeksitarkistettu neliöhinta",
        "Bolagets indexjusterade kvadratmeterpris",
        "Index-adjusted price per square metre of the company",
    ),
    "compared": Text3("Vertailtava neliöhinta", "Kvadratmeterpris som jämförs", "Price per square metre to compare"),
    "area_average": Text3(
        "Postinumeroalueen keskimääräinen neliöhinta",
        "Genomsnittligt kvadratmeterpris i postnummerområdet",
        "Average price of the postal code area",
    ),
    "replacement_average": Text3(
        "Korvaavien postinumeroalueiden keskiarvo",
        "Medelvärde för de ersättande postnummerområdena",
        "Mean of the replacement postal code areas",
    ),
    "released": Text3("Yhtiö vapautuu sääntelystä", "Bolaget befrias från regleringen", "The company is released from regulation"),
}


def label(key: str) -> Text3:
    """The name of a line."""
    return LABELS[key]


def work_label(name: str, key: str) -> Text3:
    """The name of a line of one improvement, instalment or company: its own name and what the line shows."""
    told = LABELS[key]
    return Text3(f"{name}: {told.fi}", f"{name}: {told.sv}", f"{name}: {told.en}")
