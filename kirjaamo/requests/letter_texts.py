"""What the letters of requests say, in Finnish, Swedish and English side by side. Words in braces are filled in."""

from __future__ import annotations

from kirjaamo.values.language import Text3

TEXTS: dict[str, Text3] = {
    # The request as it was received
    "request_title": Text3("Tietopyyntö", "Begäran om information", "Information request"),
    "arrived": Text3("Saapunut", "Inkommit", "Received"),
    "way": Text3("Saapumistapa", "Hur begäran kom in", "How it came"),
    "kind": Text3("Pyynnön laji", "Typ av begäran", "Kind of request"),
    "about": Text3("Mitä pyyntö koskee", "Vad begäran gäller", "What it is about"),
    "what": Text3("Pyynnön sisältö", "Begärans innehåll", "What is asked"),
    "answers": Text3("Tiedot hakua varten", "Uppgifter för sökningen", "Details for the search"),
    "asker": Text3("Pyytäjä", "Den som begär", "Who asks"),
    "name": Text3("Nimi", "Namn", "Name"),
    "contacts": Text3("Yhteystiedot", "Kontaktuppgifter", "Contacts"),
    "kept_apart": Text3("tallessa rekisterissä, ei tässä asiakirjassa", "i registret, inte i denna handling", "in the register, not here"),
    "anonymous": Text3("Pyyntö on tehty nimettömänä.", "Begäran har gjorts anonymt.", "The request was made without a name."),
    "language": Text3("Vastauksen kieli", "Svarets språk", "Language of the answer"),
    "language_name": Text3("suomi", "svenska", "English"),
    "squares": Text3(
        "Tekstissä on {count} merkkiä, joita kirjasimissa ei ole. Niiden paikalla on neliö. "
        "Alkuperäinen teksti on tallessa pyynnön tiedoissa.",
        "Texten innehåller {count} tecken som typsnitten saknar. De visas som en ruta. Den "
        "ursprungliga texten finns bland begärans uppgifter.",
        "The text has {count} characters that the fonts lack. A square stands for each. The original text is kept with the request.",
    ),
    # The official's first-line refusal
    "refusal_title": Text3(
        "Vastaus tietopyyntöön: tietoa ei anneta",
        "Svar på begäran: uppgifter lämnas inte ut",
        "Answer to your request: information is not given",
    ),
    "partly_title": Text3(
        "Vastaus tietopyyntöön: osaa tiedoista ei anneta",
        "Svar på begäran: en del av uppgifterna lämnas inte ut",
        "Answer to your request: part of it is not given",
    ),
    "asked": Text3("Mitä pyysit", "Vad du begärde", "What you asked for"),
    "asked_text": Text3(
        "Pyyntösi koskee kohdetta {entry}. Se saapui {day} ({way}). Asiatunnus on {identifier}.",
        "Din begäran gäller {entry}. Den kom in {day} ({way}). Ärendekoden är {identifier}.",
        "Your request is about {entry}. It arrived on {day} ({way}). The case identifier is {identifier}.",
    ),
    "given": Text3("Mitä annetaan", "Vad som lämnas ut", "What is given"),
    "nothing_given": Text3(
        "Tässä vastauksessa ei anneta pyydettyä tietoa.",
        "Begärda uppgifter lämnas inte ut i detta svar.",
        "Nothing of what was asked is given with this answer.",
    ),
    "not_given": Text3("Mitä ei anneta", "Vad som inte lämnas ut", "What is not given"),
    "why": Text3("Miksi tietoa ei anneta", "Varför uppgifterna inte lämnas ut", "Why it is not given"),
    "grounds": Text3("Salassapitoperusteet", "Sekretessgrunder", "Grounds for secrecy"),
    "party": Text3(
        "Asianosaisen oikeus ja oikeus omiin tietoihin",
        "Partens rätt och rätten till egna uppgifter",
        "Rights of a party and to one's own data",
    ),
    "partial": Text3("Miksi osaa ei anneta", "Varför en del inte lämnas ut", "Why no part is given"),
    "provisions": Text3("Sovelletut säännökset", "Tillämpade bestämmelser", "Provisions applied"),
    "decision": Text3("Voit saada viranomaisen päätöksen", "Du kan få myndighetens beslut", "You can have the authority decide"),
    "decision_text": Text3(
        "Tämä on virkamiehen vastaus. Voit saattaa asian viranomaisen ratkaistavaksi, ja viranomaisen "
        "päätöksestä voit valittaa hallinto-oikeuteen (JulkL 14 ja 33 §).",
        "Detta är tjänsteinnehavarens svar. Du kan föra ärendet till myndigheten för avgörande, och "
        "myndighetens beslut kan överklagas hos förvaltningsdomstolen (OffentlighetsL 14 och 33 §).",
        "This is the answer of an official. You can have the matter decided by the authority, and its "
        "decision can be appealed to the Administrative Court (Openness Act, sections 14 and 33).",
    ),
    "decision_question": Text3(
        "Haluatko, että asia siirretään viranomaisen ratkaistavaksi? Ilmoita siitä pyyntösi "
        "sivulla tai yhteyshenkilölle. Syytä ei tarvitse kertoa.",
        "Vill du att ärendet förs till myndigheten för avgörande? Meddela detta på begärans sida eller "
        "till kontaktpersonen. Du behöver inte ange något skäl.",
        "Do you want the matter to be taken to the authority for decision? Say so on the page of your "
        "request or to the contact person. You need not give a reason.",
    ),
    "ombudsman": Text3(
        "Voit kääntyä tietosuojavaltuutetun puoleen",
        "Du kan vända dig till dataombudsmannen",
        "You can turn to the Data Protection Ombudsman",
    ),
    "ombudsman_text": Text3(
        "Voit saattaa asian tietosuojavaltuutetun käsiteltäväksi, jos katsot, että henkilötietojesi "
        "käsittelyssä rikotaan tietosuojasäännöksiä (EU 2016/679 77 art., 1050/2018 21 §). Ohjeet: "
        "tietosuoja.fi. Sinulla on myös oikeus oikeussuojakeinoihin tuomioistuimessa (79 art.).",
        "Du kan föra ärendet till dataombudsmannen om du anser att dina personuppgifter behandlas i strid "
        "med dataskyddsbestämmelserna (EU 2016/679 art. 77, 1050/2018 21 §). Anvisningar: "
        "dataskydd.fi. Du har också rätt till rättsmedel i domstol (art. 79).",
        "You can bring the matter to the Data Protection Ombudsman if you consider that your personal data "
        "is processed against data-protection law (EU 2016/679, art. 77; Act 1050/2018, section 21). "
        "Instructions: tietosuoja.fi/en. You also have the right to a judicial remedy (art. 79).",
    ),
    "advice": Text3("Tämä vastaus on neuvontaa", "Detta svar är rådgivning", "This answer is advice"),
    "advice_text": Text3(
        "Vastaus on neuvontaa (hallintolaki 8 §), eikä siitä voi valittaa erikseen. Jos pyydät asiakirjaa "
        "etkä saa sitä, saat siitä halutessasi viranomaisen päätöksen, josta voi valittaa.",
        "Svaret är rådgivning (förvaltningslagen 8 §) och kan inte överklagas särskilt. Om du begär en "
        "handling och inte får den kan du få ett överklagbart beslut av myndigheten.",
        "The answer is advice (Administrative Procedure Act, section 8) and cannot be appealed as such. If "
        "you ask for a document and are not given it, you can have an appealable decision of the authority.",
    ),
    "fees": Text3("Maksut", "Avgifter", "Fees"),
    "contact": Text3("Yhteyshenkilö", "Kontaktperson", "Contact person"),
    "unit": Text3("Yksikkö", "Enhet", "Unit"),
    "clause": Text3("Lausekkeen laji", "Typ av klausul", "Type of clause"),
    "test": Text3("Arvio", "Bedömning", "Assessment"),
    # Why, by basis
    "basis_secret": Text3("Tieto on salassa pidettävä.", "Uppgiften är sekretessbelagd.", "The information is secret by law."),
    "basis_not_yet_public": Text3(
        "Asiakirja ei ole vielä julkinen, ja tiedon antaminen siitä on viranomaisen harkinnassa (JulkL 6, 7 ja 9 §).",
        "Handlingen är ännu inte offentlig, och myndigheten prövar om uppgifter ur den lämnas ut (OffentlighetsL 6, 7 och 9 §).",
        "The document is not public yet, and giving information on it is at the authority's "
        "discretion (Openness Act, sections 6, 7 and 9).",
    ),
    "basis_not_found": Text3(
        "Pyydettyä asiakirjaa tai tietoa ei löytynyt hauista, jotka pyynnön vuoksi tehtiin.",
        "Den begärda handlingen eller uppgiften hittades inte vid de sökningar som gjordes med anledning av begäran.",
        "The document or information was not found by the searches that were made for the request.",
    ),
    "basis_not_a_document": Text3(
        "Aineisto ei ole julkisuuslaissa tarkoitettu viranomaisen asiakirja (JulkL 5 §).",
        "Materialet är inte en sådan myndighetshandling som avses i offentlighetslagen (OffentlighetsL 5 §).",
        "The material is not an official document under the Openness Act (section 5).",
    ),
    "basis_not_compiled": Text3(
        "Viranomainen ei kokoa pyydettyä aineistoa järjestelmistään (JulkL 21 §).",
        "Myndigheten framställer inte det begärda materialet ur sina system (OffentlighetsL 21 §).",
        "The authority does not compile the material from its systems (Openness Act, section 21).",
    ),
    "basis_restricted": Text3(
        "Oikeuttasi saada tietoa itsestäsi on tässä rajoitettu lailla (1050/2018 34 §).",
        "Din rätt att få uppgifter om dig själv är här begränsad i lag (1050/2018 34 §).",
        "Your right to data on yourself is restricted here by law (Act 1050/2018, section 34).",
    ),
    "basis_excessive": Text3(
        "Pyyntö on ilmeisen perusteeton tai kohtuuton (EU 2016/679 12 art. 5 kohta).",
        "Begäran är uppenbart ogrundad eller orimlig (EU 2016/679 art. 12.5).",
        "The request is manifestly unfounded or excessive (EU 2016/679, art. 12(5)).",
    ),
    "basis_other_law": Text3(
        "Tietoa ei anneta muun laissa säädetyn syyn vuoksi.",
        "Uppgifterna lämnas inte ut av ett annat i lag föreskrivet skäl.",
        "The information is not given for another reason laid down by law.",
    ),
    # Lengthening
    "extension": Text3(
        "Pyyntösi {identifier} määräaikaa on jatkettu. Syy: {reason}. Uusi määräaika on {legal}, "
        "kun se muuten olisi ollut {before}. Perusta: {law}.",
        "Tiden för att besvara din begäran {identifier} har förlängts. Skäl: {reason}. Den nya "
        "tidsfristen är {legal}; utan förlängning {before}. Grund: {law}.",
        "The time to answer your request {identifier} has been extended. Reason: {reason}. The new last "
        "day is {legal}; it would have been {before}. Basis: {law}.",
    ),
    "reason_many_documents": Text3("asiakirjoja on paljon", "handlingarna är många", "there are many documents"),
    "reason_secret_parts": Text3(
        "asiakirjoissa on salassa pidettäviä osia", "handlingarna innehåller sekretessbelagda delar", "the documents contain secret parts"
    ),
    "reason_other_comparable": Text3(
        "pyyntö vaatii erityistoimenpiteitä tai tavanomaista enemmän työtä",
        "begäran kräver specialåtgärder eller mer arbete än vanligt",
        "the request needs special measures or more work than usual",
    ),
    "reason_complex": Text3("pyyntö on monimutkainen", "begäran är komplicerad", "the request is complex"),
    "reason_many_requests": Text3("pyyntöjä on paljon", "begärandena är många", "the requests are many"),
    # Transfer
    "transferred": Text3(
        "Pyyntösi siltä osin kuin se koskee kohdetta {system} on siirretty: {body}. Tiedot ovat sen hallinnassa, ja se vastaa sinulle.",
        "Din begäran har till den del den gäller {system} överförts till {body}. Uppgifterna finns hos den, och den svarar dig.",
        "The part of your request about {system} has been transferred to {body}. It holds the data and will answer you.",
    ),
    # The answer
    "answer_title": Text3("Vastaus tietopyyntöön", "Svar på begäran om information", "Answer to your request"),
    "given_documents": Text3("Annetut asiakirjat", "Utlämnade handlingar", "Documents given"),
    "document": Text3("Asiakirja", "Handling", "Document"),
    "title": Text3("Nimi", "Titel", "Title"),
    "given_way": Text3("Antotapa", "Sätt", "How"),
    # The own-data package
    "package_title": Text3("Sinua koskevat henkilötiedot", "Personuppgifter om dig", "Personal data about you"),
    "package_lead": Text3(
        "Tähän on koottu tiedot, jotka {authority} käsittelee sinusta niissä rekistereissä, joista haku "
        "tehtiin ohjelmallisesti. Samat tiedot ovat mukana koneluettavana tiedostona (EU 2016/679 15 art.).",
        "Här har samlats de uppgifter som {authority} behandlar om dig i de register där sökningen gjordes "
        "maskinellt. Samma uppgifter finns med som en maskinläsbar fil (EU 2016/679 art. 15).",
        "This is the data that {authority} processes about you in the registers that the program searched. "
        "The same data comes as a machine-readable file (EU 2016/679, art. 15).",
    ),
    "package_none": Text3(
        "Tietojasi ei ole tässä rekisterissä.",
        "Det finns inga uppgifter om dig i detta register.",
        "There is no data about you in this register.",
    ),
    "package_purpose": Text3("Käyttötarkoitus", "Ändamål", "Purpose"),
    "package_record": Text3("Merkintä {number}", "Anteckning {number}", "Record {number}"),
    "package_case": Text3("Asiatunnus", "Ärendekod", "Case identifier"),
    "package_made": Text3("Kirjattu", "Antecknat", "Recorded"),
    "package_searches": Text3("Muut haut", "Övriga sökningar", "Other searches"),
    "package_searches_text": Text3(
        "Näistä järjestelmistä virkailija haki tietosi käsin. Löytyneet tiedot annetaan erikseen.",
        "Ur dessa system sökte en handläggare dina uppgifter för hand. Uppgifter som hittades lämnas särskilt.",
        "An official searched these systems by hand. What was found is given separately.",
    ),
    # Who has looked at one's data
    "log_title": Text3("Kuka on katsonut tietojasi", "Vem som har tittat på dina uppgifter", "Who has looked at your data"),
    "log_lead": Text3(
        "Tähän on koottu käyttölokista, milloin ja mihin tarkoitukseen tietojasi on katsottu {since} alkaen. "
        "Rekisterinpitäjä: {authority} (EU 2016/679 15 art.).",
        "Här har ur användningsloggen hos {authority} samlats när och för vilket ändamål dina uppgifter har använts från och med {since} "
        "(EU 2016/679 art. 15).",
        "This tells, out of the use log of {authority}, when and for what purpose your data has been looked at since {since} "
        "(EU 2016/679, art. 15).",
    ),
    "log_no_names": Text3(
        "Työntekijöiden nimiä ei kerrota, koska he ovat käsitelleet tietoja työtehtävissään rekisterinpitäjän lukuun.",
        "Namnen på anställda uppges inte, eftersom de har behandlat uppgifterna i sitt arbete för den personuppgiftsansvariges räkning.",
        "The names of employees are not told, since they handled the data in their work on behalf of the controller.",
    ),
    "log_names": Text3(
        "Käyttäjän nimi kerrotaan niistä tiedoista, joista laki niin säätää (703/2023 11 §).",
        "Användarens namn uppges för de uppgifter för vilka lagen föreskriver det (703/2023 11 §).",
        "The name of the user is told of the data for which the act so provides (703/2023, § 11).",
    ),
    "log_none": Text3(
        "Tietojasi ei ole katsottu tänä aikana.",
        "Ingen har tittat på dina uppgifter under denna tid.",
        "Nobody has looked at your data in this time.",
    ),
    "log_at": Text3("Milloin", "När", "When"),
    "log_where": Text3("Missä rekisterissä", "I vilket register", "In which register"),
    "log_what": Text3("Mitä tehtiin", "Vad som gjordes", "What was done"),
    "log_purpose": Text3("Mihin tarkoitukseen", "För vilket ändamål", "For what purpose"),
    "log_who": Text3("Kuka", "Vem", "Who"),
    "log_cases": Text3("Asiarekisteri", "Ärenderegistret", "Case register"),
    "log_requests": Text3("Tietopyynnöt", "Begäranden om information", "Information requests"),
    "log_other": Text3("Muu rekisteri", "Annat register", "Another register"),
    "log_rights": Text3(
        "Jos epäilet, että tietojasi on katsottu aiheetta, pyydä selvitystä tästä osoitteesta tai ota yhteys "
        "tietosuojavastaavaan. Voit kannella tietosuojavaltuutetulle (tietosuoja.fi).",
        "Om du misstänker att någon har tittat på dina uppgifter utan grund, be om en utredning här eller kontakta "
        "dataskyddsombudet. Du kan klaga hos dataombudsmannen (dataskydd.fi).",
        "If you suspect that your data was looked at without a reason, ask for an account from us or contact the data "
        "protection officer. You can complain to the Data Protection Ombudsman (tietosuoja.fi/en).",
    ),
    "system": Text3("Järjestelmä", "System", "System"),
    "hits": Text3("Osumia", "Träffar", "Hits"),
    "not_searched": Text3("ei vielä haettu", "ännu inte sökt", "not searched yet"),
    "package_rights": Text3("Oikeutesi", "Dina rättigheter", "Your rights"),
    "package_rights_text": Text3(
        "Voit pyytää väärän tiedon oikaisua ja käsittelyn rajoittamista sekä vastustaa käsittelyä laissa "
        "säädetyissä tapauksissa. Voit kannella tietosuojavaltuutetulle (tietosuoja.fi).",
        "Du kan begära rättelse av felaktiga uppgifter och begränsning av behandlingen samt invända mot "
        "behandlingen i de fall som lagen anger. Du kan klaga hos dataombudsmannen (dataskydd.fi).",
        "You can ask for wrong data to be rectified and for processing to be restricted, and object to "
        "processing in the cases laid down by law. You can complain to the Data Protection Ombudsman (tietosuoja.fi/en).",
    ),
}


def told(key: str, language: str, **words: object) -> str:
    """The text of a key in a language, its words filled in."""
    return TEXTS[key].pick(language).format(**words)
