"""What each problem code says: what is wrong and what to do, in Finnish, Swedish and English."""

from __future__ import annotations

from kirjaamo.values.language import Text3

_PERSONAL_ID = {
    "personal_id.missing": Text3(
        "Henkilötunnus puuttuu. Kirjoita se muodossa PPKKVV-XXXX.",
        "Personbeteckningen saknas. Skriv den i formen DDMMÅÅ-XXXX.",
        "The personal identity code is missing. Write it in the form DDMMYY-XXXX.",
    ),
    "personal_id.length": Text3(
        "Henkilötunnuksessa on 11 merkkiä. Tarkista, ettei merkkejä puutu tai ole liikaa.",
        "En personbeteckning har 11 tecken. Kontrollera att inga saknas eller är för många.",
        "A personal identity code has 11 characters. Check that none is missing or extra.",
    ),
    "personal_id.shape": Text3(
        "Henkilötunnuksessa on väärä merkki. Kirjoita syntymäaika kuudella numerolla, välimerkki, kolme numeroa ja tarkistusmerkki.",
        "Personbeteckningen har ett felaktigt tecken. Skriv födelsetiden med sex siffror, skiljetecknet, tre siffror och kontrolltecknet.",
        "The personal identity code has a wrong character. Write six digits of the birth date, "
        "the separator, three digits and the check character.",
    ),
    "personal_id.separator": Text3(
        "Henkilötunnuksen seitsemäs merkki ei ole oikea. Se on +, -, Y, X, W, V, U, A, B, C, D, E tai F.",
        "Personbeteckningens sjunde tecken är fel. Det är +, -, Y, X, W, V, U, A, B, C, D, E eller F.",
        "The seventh character of the personal identity code is wrong. It is +, -, Y, X, W, V, U, A, B, C, D, E or F.",
    ),
    "personal_id.date": Text3(
        "Henkilötunnuksen alun päivämäärää ei ole olemassa. Tarkista päivä, kuukausi ja vuosi.",
        "Datumet i början av personbeteckningen finns inte. Kontrollera dag, månad och år.",
        "The date at the start of the personal identity code does not exist. Check it.",
    ),
    "personal_id.future": Text3(
        "Henkilötunnuksen syntymäaika on tulevaisuudessa. Tarkista seitsemäs merkki.",
        "Födelsetiden i personbeteckningen är i framtiden. Kontrollera det sjunde tecknet.",
        "The birth date of the personal identity code is in the future. Check character seven.",
    ),
    "personal_id.number": Text3(
        "Henkilötunnuksen yksilönumeroa ei anneta kenellekään. Tarkista numerot 8–10.",
        "Personbeteckningens individnummer ges inte åt någon. Kontrollera siffrorna 8–10.",
        "The individual number of the personal identity code is in no use. Check digits 8–10.",
    ),
    "personal_id.check": Text3(
        "Henkilötunnuksen viimeinen merkki (tarkistusmerkki) ei sovi numeroihin: "
        "jokin numeroista 1–6 ja 8–10 tai viimeinen merkki on väärin. "
        "Vertaa merkki merkiltä asiakirjaan, josta tunnus on peräisin.",
        "Det sista tecknet (kontrolltecknet) passar inte siffrorna: någon av siffrorna 1–6 och 8–10 eller det sista tecknet är fel. "
        "Jämför tecken för tecken med handlingen som beteckningen kommer från.",
        "The last character (the check character) does not fit the digits: one of digits 1–6 and 8–10 or the last character is wrong. "
        "Compare it character by character with the document that the code comes from.",
    ),
}

_BUSINESS_ID = {
    "business_id.missing": Text3(
        "Y-tunnus puuttuu. Kirjoita se muodossa 1234567-8.",
        "FO-numret saknas. Skriv det i formen 1234567-8.",
        "The Business ID is missing. Write it in the form 1234567-8.",
    ),
    "business_id.shape": Text3(
        "Y-tunnuksessa on seitsemän numeroa, väliviiva ja tarkistusnumero. Korjaa muoto.",
        "Ett FO-nummer har sju siffror, bindestreck och en kontrollsiffra. Rätta formen.",
        "A Business ID has seven digits, a hyphen and a check digit. Correct the form.",
    ),
    "business_id.check": Text3(
        "Y-tunnuksen viimeinen numero (tarkistusnumero) ei sovi seitsemään ensimmäiseen: jokin niistä tai viimeinen on väärin. "
        "Vertaa tunnusta Yritys- ja yhteisötietojärjestelmään (ytj.fi).",
        "FO-numrets sista siffra (kontrollsiffran) passar inte de sju första: någon av dem eller den sista är fel. "
        "Jämför numret med Företags- och organisationsdatasystemet (ytj.fi).",
        "The last digit of the Business ID (the check digit) does not fit the first seven: one of them or the last is wrong. "
        "Compare it with the Business Information System (ytj.fi).",
    ),
}

_CASE = {
    "case_pattern.unknown_token": Text3(
        "Asiatunnuksen mallissa on tuntematon merkintä. Käytä merkintöjä {{year}}, {{number}}, {{serial}}, {{class}} ja {{prefix}}.",
        "Mönstret för ärendekoden har en okänd beteckning. Använd {{year}}, {{number}}, {{serial}}, {{class}} och {{prefix}}.",
        "The pattern of the case identifier has an unknown token. Use {{year}}, {{number}}, {{serial}}, {{class}} and {{prefix}}.",
    ),
    "case_pattern.one_number": Text3(
        "Asiatunnuksen mallissa on oltava yksi juokseva numero: {{number}} tai {{serial}}.",
        "Mönstret för ärendekoden ska ha ett löpnummer: {{number}} eller {{serial}}.",
        "The pattern of the case identifier needs one running number: {{number}} or {{serial}}.",
    ),
    "case_pattern.repeated_token": Text3(
        "Sama merkintä on asiatunnuksen mallissa kahdesti. Poista toinen.",
        "Samma beteckning finns två gånger i mönstret för ärendekoden. Ta bort den ena.",
        "The pattern of the case identifier has one token twice. Remove one of them.",
    ),
    "case_pattern.year_missing": Text3(
        "Vuosittain alkava numero tarvitsee vuoden. Lisää {{year}} tai käytä {{serial}}.",
        "Ett nummer som börjar om varje år kräver årtalet. Lägg till {{year}} eller använd {{serial}}.",
        "A number that restarts each year needs the year. Add {{year}} or use {{serial}}.",
    ),
    "case_pattern.not_separated": Text3(
        "Asiatunnuksen mallin osien välissä on oltava muu merkki kuin numero.",
        "Mellan delarna i mönstret för ärendekoden behövs ett tecken som inte är en siffra.",
        "The parts of the case identifier's pattern need a character other than a digit between.",
    ),
    "case_identifier.number": Text3(
        "Asiatunnuksen juoksevan numeron on oltava vähintään 1 ja enintään 12-numeroinen.",
        "Ärendekodens löpnummer ska vara minst 1 och ha högst 12 siffror.",
        "The running number of a case identifier must be at least 1 and at most 12 digits long.",
    ),
    "case_identifier.year": Text3(
        "Asiatunnus tarvitsee vuoden väliltä 1900–2099.",
        "Ärendekoden kräver ett årtal mellan 1900 och 2099.",
        "The case identifier needs a year from 1900 to 2099.",
    ),
    "case_identifier.class": Text3(
        "Asiatunnus tarvitsee tehtäväluokan numeron, esimerkiksi 07.01.00.",
        "Ärendekoden kräver uppgiftsklassens nummer, till exempel 07.01.00.",
        "The case identifier needs the code of a function class, such as 07.01.00.",
    ),
}

_PERIOD_AND_MONEY = {
    "period.moment": Text3(
        "Ajanjakso annetaan päivinä ilman kellonaikaa.",
        "En period anges i dagar utan klockslag.",
        "A period is given in days without a time of day.",
    ),
    "period.order": Text3(
        "Ajanjakso päättyy ennen kuin se alkaa. Tarkista alku- ja loppupäivä.",
        "Perioden slutar innan den börjar. Kontrollera första och sista dagen.",
        "The period ends before it begins. Check its first and last day.",
    ),
    "money.float": Text3(
        "Rahamäärä annetaan tarkkana lukuna, ei liukulukuna.",
        "Ett belopp anges som ett exakt tal, inte som ett flyttal.",
        "An amount of money is given as an exact number, not as a float.",
    ),
    "money.shape": Text3(
        "Rahamäärä ei ole luku. Kirjoita se esimerkiksi näin: 1 234,50.",
        "Beloppet är inte ett tal. Skriv det till exempel så här: 1 234,50.",
        "The amount is not a number. Write it for example like this: 1 234,50.",
    ),
    "money.part_of_cent": Text3(
        "Rahamäärässä on sentin osia. Pyöristä se senteiksi.",
        "Beloppet innehåller delar av en cent. Avrunda det till hela cent.",
        "The amount has parts of a cent. Round it to whole cents.",
    ),
    "money.size": Text3(
        "Rahamäärä on liian suuri. Tarkista luku.",
        "Beloppet är för stort. Kontrollera talet.",
        "The amount is too large. Check the number.",
    ),
    "money.weights": Text3(
        "Rahamäärää ei voi jakaa näin. Anna ainakin yksi osuus, joka on suurempi kuin nolla.",
        "Beloppet kan inte delas så här. Ange minst en andel som är större än noll.",
        "The amount cannot be divided so. Give at least one share above zero.",
    ),
    "calculation.value": Text3(
        "Laskelman arvon on oltava tarkka luku, rahamäärä, päivä tai teksti.",
        "Ett värde i en beräkning ska vara ett exakt tal, ett belopp, en dag eller en text.",
        "A value of a calculation must be an exact number, an amount, a day or a text.",
    ),
    "calculation.repeated_step": Text3(
        "Laskelmassa on kaksi samannimistä riviä. Anna kummallekin oma tunnus.",
        "Beräkningen har två rader med samma nyckel. Ge var och en sin egen.",
        "The calculation has two steps of one key. Give each its own.",
    ),
}

_TIME = {
    "calendar.year": Text3(
        "Pyhäpäivät tunnetaan vuosilta {first}–{last}. Tarkista vuosi.",
        "Helgdagarna är kända för åren {first}–{last}. Kontrollera årtalet.",
        "Holidays are known for the years {first}–{last}. Check the year.",
    ),
    "calendar.terms": Text3(
        "Koulun kalenterissa on oltava ainakin yksi lukukausi, jolla on alku ja loppu.",
        "Skolans kalender ska ha minst en termin med början och slut.",
        "A school calendar needs at least one term with a first and a last day.",
    ),
    "calendar.school_unknown": Text3(
        "Koulun työpäiviä ei tiedetä tältä ajalta. Lisää lukukaudet kalenteriin.",
        "Skolans arbetsdagar är inte kända för denna tid. Lägg till terminerna i kalendern.",
        "School days are not known for this time. Add the terms to the calendar.",
    ),
    "clock.time_zone": Text3(
        "Ajankohdasta puuttuu aikavyöhyke. Anna se aikavyöhykkeen kanssa.",
        "Tidpunkten saknar tidszon. Ange den med tidszon.",
        "The moment has no time zone. Give it with one.",
    ),
    "clock.outage_order": Text3(
        "Häiriö päättyy ennen kuin se alkaa. Tarkista ajat.",
        "Störningen slutar innan den börjar. Kontrollera tiderna.",
        "The outage ends before it begins. Check the times.",
    ),
    "deadline.amount": Text3(
        "Määräajan pituuden on oltava vähintään 1.",
        "Tidens längd ska vara minst 1.",
        "The length of a deadline must be at least 1.",
    ),
    "deadline.backward_rolls": Text3(
        "Taaksepäin laskettava määräaika ei siirry pyhäpäivän yli. Poista siirto säännöstä.",
        "En tid som räknas bakåt flyttas inte över en helgdag. Ta bort flyttningen ur regeln.",
        "A deadline counted backward does not move over a holiday. Take the roll out of the rule.",
    ),
    "deadline.not_in_force": Text3(
        "Sääntö ei ollut voimassa alkamispäivänä. Valitse silloin voimassa ollut sääntö.",
        "Regeln var inte i kraft på begynnelsedagen. Välj den regel som då gällde.",
        "The rule was not in force on the starting day. Choose the one that was.",
    ),
    "deadline.shown_before_sent": Text3(
        "Tietoa ei ole voitu saada ennen lähettämistä. Tarkista päivät.",
        "Delfåendet kan inte ha skett före sändandet. Kontrollera dagarna.",
        "It cannot have been known before it was sent. Check the days.",
    ),
    "deadline.extends_other": Text3(
        "Tämä jatko koskee toista määräaikaa. Valitse määräaikaan kuuluva jatko.",
        "Denna förlängning gäller en annan tid. Välj den som hör till tiden.",
        "This extension is for another deadline. Choose the one that belongs to it.",
    ),
    "deadline.extension_reason": Text3(
        "Jatkamisen peruste ei ole sallittu. Valitse jokin säännöksen perusteista.",
        "Grunden för förlängningen är inte tillåten. Välj en av bestämmelsens grunder.",
        "The reason for the extension is not allowed. Choose one that the provision names.",
    ),
    "deadline.extension_early": Text3(
        "Määräaikaa ei voi jatkaa ennen kuin se on alkanut. Tarkista päivä.",
        "Tiden kan inte förlängas innan den har börjat. Kontrollera dagen.",
        "A deadline cannot be extended before it has begun. Check the day.",
    ),
    "deadline.extension_shorter": Text3(
        "Jatkettu määräaika päättyisi ennen alkuperäistä. Tarkista säännöt.",
        "Den förlängda tiden skulle gå ut före den ursprungliga. Kontrollera reglerna.",
        "The extended deadline would end before the first one. Check the rules.",
    ),
    "deadline.unit": Text3(
        "Työ- ja koulupäivien laskeminen tarvitsee kalenterin.",
        "För att räkna arbets- och skoldagar behövs en kalender.",
        "Counting working or school days needs a calendar.",
    ),
    "deadline.school_missing": Text3(
        "Koulupäivien laskeminen tarvitsee koulun kalenterin. Lisää se.",
        "För att räkna skoldagar behövs skolans kalender. Lägg till den.",
        "Counting school days needs the calendar of the school. Add it.",
    ),
    "deadline.out_of_range": Text3(
        "Päivä menee kalenterin ulkopuolelle. Tarkista päivä ja määrä.",
        "Dagen hamnar utanför kalendern. Kontrollera dagen och antalet.",
        "The day falls outside the calendar. Check the day and the amount.",
    ),
}

_PUBLICITY_AND_TEXT = {
    "publicity.code": Text3(
        "Koodia ei ole JHS 191:n luettelossa. Tarkista koodi.",
        "Koden finns inte i JHS 191. Kontrollera koden.",
        "The code is not in the list of JHS 191. Check the code.",
    ),
    "secrecy.end_rule": Text3(
        "Salassapidon päättymissääntö on vajaa. Anna vuodet, kuolinpäivän puuttuessa käytettävät "
        "vuodet tai tapahtuma sen mukaan, miten salassapito päättyy.",
        "Regeln för när sekretessen upphör är ofullständig. Ange åren, åren då dödsdagen inte är "
        "känd eller händelsen enligt hur sekretessen upphör.",
        "The rule on the end of secrecy is not whole. Give the years, the years for an unknown "
        "death or the event, by the way in which secrecy ends.",
    ),
    "secrecy.no_ground": Text3(
        "Salassapitoperuste puuttuu. Anna ainakin yksi peruste.",
        "Sekretessgrunden saknas. Ange minst en grund.",
        "The ground for secrecy is missing. Give at least one.",
    ),
    "text.missing": Text3(
        "Teksti puuttuu. Kirjoita se.",
        "Texten saknas. Skriv den.",
        "The text is missing. Write it.",
    ),
    "text.too_long": Text3(
        "Teksti on liian pitkä: enintään {limit} merkkiä. Lyhennä sitä {over} merkillä.",
        "Texten är för lång: högst {limit} tecken. Förkorta den med {over} tecken.",
        "The text is too long: {limit} characters at most. Shorten it by {over}.",
    ),
}

PROBLEM_TEXTS = _PERSONAL_ID | _BUSINESS_ID | _CASE | _PERIOD_AND_MONEY | _TIME | _PUBLICITY_AND_TEXT
