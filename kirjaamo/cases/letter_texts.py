"""What the letters of a case say, in Finnish, Swedish and English side by side. Words in braces are filled in."""

from __future__ import annotations

from kirjaamo.values.language import Text3

TEXTS: dict[str, Text3] = {
    "case": Text3("Asia", "Ärende", "Case"),
    "asked": Text3("Mitä pyydämme", "Vad vi ber om", "What we ask"),
    "by": Text3("Vastaa viimeistään", "Svara senast", "Answer by"),
    "how": Text3("Näin vastaat", "Så här svarar du", "How to answer"),
    "how_text": Text3(
        "Lähetä vastaus kaupungin kirjaamoon ja mainitse asiatunnus {identifier}. "
        "Sähköinen vastaus on perillä ajoissa, kun se tulee viimeisen päivän aikana. Määräaikaa voi pyytää lisää ennen sen päättymistä.",
        "Sänd svaret till stadens registratorskontor och ange ärendekoden {identifier}. "
        "Ett elektroniskt svar är i tid när det kommer in under den sista dagen. Du kan be om mer tid innan fristen går ut.",
        "Send the answer to the registry office of the city with the case identifier {identifier}. "
        "An electronic answer is in time when it arrives during the last day. You may ask for more time before the time ends.",
    ),
    "else": Text3("Jos vastausta ei tule", "Om inget svar kommer", "If no answer comes"),
    "supplement_lead": Text3(
        "Asiakirja, jonka lähetit, tarvitsee täydennystä ennen kuin asia voidaan ratkaista.",
        "Den handling som du har lämnat in behöver kompletteras innan ärendet kan avgöras.",
        "The document that you sent needs to be supplemented before the case can be decided.",
    ),
    "supplement_else": Text3(
        "Jos täydennystä ei tule, asia voidaan ratkaista niiden tietojen pohjalta, jotka meillä on, tai jättää tutkimatta.",
        "Om ingen komplettering kommer kan ärendet avgöras på de uppgifter som vi har, eller lämnas utan prövning.",
        "Without the supplement, the case may be decided on what we have or be left unexamined.",
    ),
    "hearing_lead": Text3(
        "Voit lausua mielipiteesi asiasta ja antaa selityksesi vaatimuksista ja selvityksistä, jotka voivat vaikuttaa ratkaisuun.",
        "Du kan framföra din åsikt om ärendet och ge din förklaring till yrkanden och utredningar som kan påverka avgörandet.",
        "You may give your opinion of the case and your explanation of the claims and information that may affect the outcome.",
    ),
    "hearing_else": Text3(
        "Asia voidaan ratkaista, vaikka vastausta ei tulisi määräajassa.",
        "Ärendet kan avgöras även om inget svar kommer inom utsatt tid.",
        "The case may be decided even if no answer comes in time.",
    ),
    "clarification_lead": Text3(
        "Asian ratkaiseminen edellyttää lisäselvitystä.",
        "För att avgöra ärendet behövs ytterligare utredning.",
        "More information is needed to decide the case.",
    ),
    "statement_lead": Text3(
        "Pyydämme lausuntoa seuraavasta asiasta.",
        "Vi ber om ett utlåtande i följande ärende.",
        "We ask for a statement on the following case.",
    ),
    "transfer_lead": Text3(
        "Asia ei kuulu meille. Siirsimme sen toimivaltaiselle viranomaiselle: {to}.",
        "Ärendet hör inte till oss. Vi har överfört det till den behöriga myndigheten: {to}.",
        "The case is not ours to handle. We have transferred it to the competent authority: {to}.",
    ),
    "transfer_more": Text3(
        "Käsittely jatkuu siellä. Siirrosta ei tehdä erillistä päätöstä (hallintolaki 434/2003 21 §).",
        "Behandlingen fortsätter där. Överföringen kräver inget särskilt beslut (förvaltningslagen 434/2003 21 §).",
        "It is handled there from now on. No separate decision is made of a transfer (Administrative Procedure Act 434/2003, section 21).",
    ),
}


def told(key: str, language: str, **facts: object) -> str:
    """A text in a language, filled in."""
    return TEXTS[key].pick(language).format(**facts)
