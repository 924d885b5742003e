"""What the invented cases of the demo are about: class, unit, title, first document, and who sent it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Matter:
    """One invented matter. Without `sender` a person sent it; a matter that is not `open` is masked in the public register."""

    code: str
    unit: str
    title: str
    document: str
    sender: str = ""
    open: bool = True
    language: str = "fi"
    type_code: str = ""
    """The type of the first document in the plan; empty: the first type that the plan names for the first stage, if any."""


YMP, KASKO, KUVA, SOTE = (
    "kaupunkiympariston-toimiala",
    "kasvatuksen-ja-koulutuksen-toimiala",
    "kulttuurin-ja-vapaa-ajan-toimiala",
    "sosiaali-ja-terveystoimiala",
)
HALLINTO, KIRJAAMO, SVENSKA = "hallinto-osasto", "kirjaamo", "ruotsinkieliset-palvelut"

MATTERS = (
    Matter("00 00 03", HALLINTO, "Valtuustoaloite penkkien lisäämisestä rantareiteille", "Aloite", "Keksityn Helsingin valtuustoryhmä"),
    Matter("00 00 03", HALLINTO, "Valtuustoaloite koulupihojen avaamisesta viikonloppuisin", "Aloite", "Mallikas valtuustoryhmä"),
    Matter("00 00 03", HALLINTO, "Motion om belysning längs cykelvägen på Drumsö", "Motion", "Exempelgruppen i fullmäktige", language="sv"),
    Matter("00 01 02 03", KIRJAAMO, "Palaute talvikunnossapidosta Käpylän kävelyteillä", "Palaute", type_code="feedback"),
    Matter("00 01 02 03", KIRJAAMO, "Palaute palvelupisteen aukioloajoista", "Palaute", type_code="feedback"),
    Matter(
        "00 01 02 03", KIRJAAMO, "Feedback on English-language guidance for new residents", "Feedback", language="en", type_code="feedback"
    ),
    Matter(
        "00 01 07",
        HALLINTO,
        "Lausuntopyyntö seudullisesta ilmastotyön yhteistyösopimuksesta",
        "Lausuntopyyntö",
        "Kuvitteellinen kuntayhtymä",
    ),
    Matter("00 04 07", HALLINTO, "Osallistuvan budjetoinnin ehdotus: katettu keinu Pikku Huopalahteen", "Ehdotus"),
    Matter("00 04 07", HALLINTO, "Osallistuvan budjetoinnin ehdotus: yhteispuutarha Myllypuroon", "Ehdotus"),
    Matter("01 01 01 01", "henkilostoosasto", "Tietopalvelusihteerin viran täyttäminen", "Hakuilmoitus", "Kaupunginkanslia"),
    Matter("01 01 01 01", "henkilostoosasto", "Suunnitteluinsinöörin toimen täyttäminen", "Hakuilmoitus", "Kaupunkiympäristön toimiala"),
    Matter(
        "01 01 01 00", "henkilostoosasto", "Täyttölupa: kaksi kirjastovirkailijaa", "Täyttölupahakemus", "Kulttuurin ja vapaa-ajan toimiala"
    ),
    Matter("01 01 04", "henkilostoosasto", "Palvelussuhteen päättyminen", "Irtisanoutumisilmoitus", open=False, type_code="termination"),
    Matter(
        "02 05 00",
        "talous-ja-suunnitteluosasto",
        "Uimahallien pääsymaksujen tarkistaminen",
        "Esitys",
        "Kulttuurin ja vapaa-ajan toimiala",
        type_code="draft",
    ),
    Matter(
        "02 05 01 00",
        KUVA,
        "Liikuntaseuran toiminta-avustus: Esimerkin Uinti ry",
        "Avustushakemus",
        "Esimerkin Uinti ry",
        type_code="grant_application",
    ),
    Matter(
        "02 05 01 00",
        KUVA,
        "Kulttuuriavustus: katufestivaali Sörnäisissä",
        "Avustushakemus",
        "Keksitty Katutaide ry",
        type_code="grant_application",
    ),
    Matter(
        "02 05 01 00",
        KUVA,
        "Verksamhetsunderstöd: Exempelkören rf",
        "Bidragsansökan",
        "Exempelkören rf",
        language="sv",
        type_code="grant_application",
    ),
    Matter(
        "02 05 01 00",
        KUVA,
        "Nuorisotoiminnan pienavustus: pelikerho Kontulassa",
        "Avustushakemus",
        "Kuvitelman Pelikerho ry",
        type_code="grant_application",
    ),
    Matter("02 06 07", "talpa", "Maksun lykkäämistä koskeva hakemus", "Hakemus", open=False),
    Matter("02 06 07", "talpa", "Päivähoitomaksun lykkäys", "Hakemus", open=False),
    Matter("02 08 01 00", "talpa", "Koulukalusteiden kilpailutus", "Tarjouspyyntö", "Kasvatuksen ja koulutuksen toimiala"),
    Matter("02 08 02 00", HALLINTO, "Kirjaamon skannauspalvelun kilpailutus", "Tarjouspyyntö", "Hallinto-osasto"),
    Matter("02 08 02 01", YMP, "Ilmakuvien tilaus ilman kilpailutusta", "Hankintaesitys", "Kaupunkimittaus"),
    Matter("02 08 03 00", YMP, "Leikkipuiston peruskorjauksen urakan kilpailutus", "Tarjouspyyntö", "Rakennuttaminen"),
    Matter("03 01 00", "oikeuspalvelut", "Vahingonkorvausvaatimus liukastumisesta", "Korvausvaatimus", open=False),
    Matter("03 01 00", "oikeuspalvelut", "Vahingonkorvausvaatimus ajoneuvon vaurioista katutyömaalla", "Korvausvaatimus", open=False),
    Matter("03 01 01", "oikeuspalvelut", "Vastine hallinto-oikeudelle vuokrausasiassa", "Lausuntopyyntö", "Hallinto-oikeus"),
    Matter("05 01 02", KASKO, "Päiväkodin tilapäinen sulkeminen putkiremontin ajaksi", "Ilmoitus", "Kiinteistö Oy Keksitty"),
    Matter("05 01 02", SVENSKA, "Öppettider vid ett daghem i Nordsjö", "Framställning", "Exempelföräldrar rf", language="sv"),
    Matter("05 01 08", KASKO, "Yksityisen päiväkodin toimitilan muutosilmoitus", "Ilmoitus", "Päiväkoti Satumetsä Oy"),
    Matter(
        "07 00 02",
        HALLINTO,
        "Tietosuojan vaikutustenarviointi kirjaston asiakaspalautteesta",
        "Arviointi",
        "Kirjastopalvelut",
        type_code="impact_assessment",
    ),
    Matter(
        "07 01 01",
        KIRJAAMO,
        "Arkistoaineiston siirto keskusarkistoon vuosilta 1985–1994",
        "Luovutusluettelo",
        "Sosiaali- ja terveystoimiala",
    ),
    Matter("08 03 01 01", YMP, "Pysäköintimaksuvyöhykkeen rajan tarkistaminen Vallilassa", "Esitys", "Vallilan Esimerkkiyhdistys ry"),
    Matter("08 03 01 02", YMP, "Hylätyn ajoneuvon siirto Suutarilassa", "Ilmoitus"),
    Matter("10 01 01 02", YMP, "Tontin lyhytaikainen vuokraus työmaatukikohdaksi Kalasatamassa", "Hakemus", "Rakennus Keksintö Oy"),
    Matter("10 01 01 02", YMP, "Kioskipaikan vuokrasopimuksen jatkaminen Töölönlahdella", "Hakemus", "Kioski Mallikas Ky"),
    Matter("10 01 01 04", YMP, "Joulutorin aluevuokraus Hakaniemessä", "Hakemus", "Torikauppiaat Esimerkki ry"),
    Matter("10 01 01 04", YMP, "Elokuvakuvaukset Kruununhaan kaduilla", "Hakemus", "Kuvitelma Filmi Oy"),
    Matter("10 01 01 04", YMP, "Katusoiton festivaalin esiintymispaikat", "Hakemus", "Keksitty Katutaide ry"),
    Matter("10 01 01 06", YMP, "Kaukolämpöputken sijoittaminen katualueelle Munkkivuoressa", "Hakemus", "Lämpö Luomanen Oy"),
    Matter("10 02 04", YMP, "Osoitenumeron muuttaminen Pukinmäessä", "Hakemus", "Asunto Oy Keksityn Kulma"),
    Matter("10 03 03", YMP, "Asemakaavan muutos: liiketilasta asunnoiksi Lauttasaaressa", "Hakemus", "Kiinteistö Oy Kuvitelman Ranta"),
    Matter("10 03 03", YMP, "Mielipide asemakaavaluonnoksesta Malmin aseman ympäristössä", "Mielipide", "Malmin Malliyhdistys ry"),
    Matter("10 03 07", YMP, "Nimiehdotus puistolle Jätkäsaaressa", "Ehdotus"),
    Matter("10 04 01", YMP, "Poikkeamislupa: ullakon rakentaminen asunnoiksi Kalliossa", "Hakemus", "Asunto Oy Mallilinna"),
    Matter("10 04 03", YMP, "Rakennuslupa: pientalo ja autotalli Puistolassa", "Hakemus"),
    Matter("10 04 03", YMP, "Rakennuslupa: päiväkodin laajennus Viikissä", "Hakemus", "Päiväkoti Satumetsä Oy"),
    Matter("10 04 03", YMP, "Bygglov: ombyggnad av ett radhus i Baggböle", "Ansökan", "Bostads Ab Exemplet", language="sv"),
    Matter("10 04 04", YMP, "Toimenpidelupa: parvekelasitus Herttoniemessä", "Hakemus", "Asunto Oy Testirinne"),
    Matter("10 04 05", YMP, "Varastorakennuksen purkaminen Roihupellossa", "Hakemus", "Varasto Näyte Oy"),
    Matter("11 01 00 02", YMP, "Meluilmoitus: yöllinen raiteiden kunnostus Pasilassa", "Meluilmoitus", "Raide Esimerkki Oy"),
    Matter("11 01 00 02", YMP, "Meluilmoitus: ulkoilmakonsertti Kaisaniemessä", "Meluilmoitus", "Kuvitelma Konsertit Oy"),
    Matter("11 02 00", YMP, "Elintarvikehuoneiston ilmoitus: kahvila Arabiassa", "Ilmoitus", "Kahvila Tarunen Oy"),
    Matter("11 02 02 01", YMP, "Kosmetologiliikkeen aloittamisilmoitus", "Ilmoitus", "Hoitola Harjoitus Tmi"),
    Matter("11 02 04", YMP, "Tupakan vähittäismyyntilupa: kioski Itäkeskuksessa", "Hakemus", "Kioski Mallikas Ky"),
    Matter("12 01 00", KASKO, "Oppilaaksi ottaminen muuhun kuin lähikouluun", "Hakemus", open=False),
    Matter("12 01 01", KASKO, "Taidepainotteisen opetuksen aloittaminen", "Esitys", "Keksityn koulun johtokunta"),
    Matter(
        "12 01 04",
        SVENSKA,
        "Föräldraråd: skolans trafikarrangemang i Munksnäs",
        "Framställning",
        "Exempelföräldrar rf",
        language="sv",
        type_code="guardian_message",
    ),
    Matter("12 02 02 01", KUVA, "Kirjaston kokoustilan käyttöehtojen tarkistaminen", "Esitys", "Lukupiiri Luomanen ry"),
    Matter("12 03 05", KUVA, "Jäähallin vuorojen jako kaudelle", "Hakemus", "Testin Kiekko ry"),
    Matter("12 03 05", KUVA, "Uimahallin rataharjoitteluvuoro", "Hakemus", "Esimerkin Uinti ry"),
    Matter("12 04 01", KUVA, "Nuorten aloite: skeittipaikka Vuosaareen", "Aloite", "Vuosaaren nuorten ryhmä"),
    Matter(
        "14 00 03",
        "elinkeino-osasto",
        "Yritysneuvonnan järjestäminen englanniksi",
        "Yhteydenotto",
        "Newcomer Example Oy",
        language="en",
        type_code="advice_booking",
    ),
)
