"""Names of the days that the deadline act counts as holidays, and of the weekend."""

from __future__ import annotations

from kirjaamo.values.language import Text3

# The Finnish name, its first letter raised, is the one that the `holidays` package gives.
HOLIDAY_NAMES = {
    "new_year": Text3("uudenvuodenpäivä", "nyårsdagen", "New Year's Day"),
    "epiphany": Text3("loppiainen", "trettondagen", "Epiphany"),
    "good_friday": Text3("pitkäperjantai", "långfredagen", "Good Friday"),
    "easter_sunday": Text3("pääsiäispäivä", "påskdagen", "Easter Sunday"),
    "easter_monday": Text3("toinen pääsiäispäivä", "annandag påsk", "Easter Monday"),
    "may_day": Text3("vappu", "första maj", "May Day"),
    "ascension": Text3("helatorstai", "kristi himmelsfärdsdag", "Ascension Day"),
    "pentecost": Text3("helluntaipäivä", "pingstdagen", "Whit Sunday"),
    "midsummer_eve": Text3("juhannusaatto", "midsommarafton", "Midsummer Eve"),
    "midsummer_day": Text3("juhannuspäivä", "midsommardagen", "Midsummer Day"),
    "all_saints": Text3("pyhäinpäivä", "alla helgons dag", "All Saints' Day"),
    "independence_day": Text3("itsenäisyyspäivä", "självständighetsdagen", "Independence Day"),
    "christmas_eve": Text3("jouluaatto", "julafton", "Christmas Eve"),
    "christmas_day": Text3("joulupäivä", "juldagen", "Christmas Day"),
    "boxing_day": Text3("tapaninpäivä", "annandag jul", "Boxing Day"),
    "public_holiday": Text3("pyhäpäivä", "helgdag", "Public holiday"),
    "saturday": Text3("lauantai", "lördag", "Saturday"),
    "sunday": Text3("sunnuntai", "söndag", "Sunday"),
}
