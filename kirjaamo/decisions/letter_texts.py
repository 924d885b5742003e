"""What a decision says beside its own text, in Finnish, Swedish and English side by side."""

from __future__ import annotations

from kirjaamo.values.language import Text3

TEXTS: dict[str, Text3] = {
    "kind": Text3("Viranhaltijapäätös", "Tjänsteinnehavarbeslut", "Decision of an office holder"),
    "section": Text3("Pykälä", "Paragraf", "Section"),
    "case": Text3("Asia", "Ärende", "Case"),
    "power": Text3("Toimivalta", "Befogenhet", "Power to decide"),
    "parties": Text3("Asianosaiset", "Parter", "Parties"),
    "operative": Text3("Päätös", "Beslut", "Decision"),
    "reasons": Text3("Perustelut", "Motivering", "Reasons"),
    "provisions": Text3("Sovelletut säännökset", "Tillämpade bestämmelser", "Provisions applied"),
    "prepared": Text3("Lisätietoja antaa", "Mer information ger", "Contact"),
    "instructions": Text3("Muutoksenhaku", "Ändringssökande", "Appeal"),
    "registry": Text3("Kirjaamo", "Registratorskontoret", "Registry office"),
    "where": Text3("Minne", "Vart", "Where"),
    "time": Text3("Määräaika", "Tidsfrist", "Time"),
    "what": Text3("Mitä kirjoitat", "Vad du skriver", "What to write"),
    "law": Text3("Perustuu", "Grund", "Basis"),
    "within": Text3(
        "{amount} {unit} siitä päivästä, jona sait päätöksen tiedoksi. Tiedoksisaantipäivää ei lasketa mukaan. "
        "Jos viimeinen päivä on pyhäpäivä, itsenäisyyspäivä, vapunpäivä, joulu- tai juhannusaatto tai lauantai, "
        "aika jatkuu seuraavaan arkipäivään. Kirjelmän on oltava perillä ennen viraston aukioloajan päättymistä.",
        "{amount} {unit} från den dag du fick del av beslutet. Dagen för delfåendet räknas inte med. "
        "Om den sista dagen är en helgdag, självständighetsdagen, första maj, jul- eller midsommarafton eller en lördag "
        "fortsätter tiden till följande vardag. Skrivelsen ska vara framme innan ämbetsverket stänger.",
        "{amount} {unit} from the day you were served with the decision; that day is not counted. "
        "If the last day is a church holiday, Independence Day, May Day, Christmas Eve, Midsummer Eve or a Saturday, "
        "the time runs to the next working day. The document must arrive before the office closes.",
    ),
    "known_letter": Text3(
        "Tavallisella kirjeellä lähetetty päätös katsotaan saaduksi tiedoksi {days}. päivänä lähettämisestä, jollei muuta näytetä ({law}).",
        "Ett beslut som sänts med vanligt brev anses ha kommit till kännedom den {days}:e dagen efter avsändandet, "
        "om inte annat visas ({law}).",
        "A decision sent by ordinary letter is held to be known on day {days} after it was sent, unless shown otherwise ({law}).",
    ),
    "known_message": Text3(
        "Sähköisesti lähetetty päätös katsotaan saaduksi tiedoksi {days}. päivänä lähettämisestä, jollei muuta näytetä ({law}).",
        "Ett beslut som sänts elektroniskt anses ha kommit till kännedom den {days}:e dagen efter avsändandet, "
        "om inte annat visas ({law}).",
        "A decision sent electronically is held to be known on day {days} after it was sent, unless shown otherwise ({law}).",
    ),
    "known_message_0": Text3(
        "Sähköisesti lähetetty päätös katsotaan saaduksi tiedoksi lähettämispäivänä ({law}).",
        "Ett beslut som sänts elektroniskt anses ha kommit till kännedom den dag det sändes ({law}).",
        "A decision sent electronically is held to be known on the day it was sent ({law}).",
    ),
    "days": Text3("päivää", "dagar", "days"),
    "weeks": Text3("viikkoa", "veckor", "weeks"),
    "months": Text3("kuukautta", "månader", "months"),
    "draft": Text3("LUONNOS", "UTKAST", "DRAFT"),
}


def told(key: str, language: str, **facts: object) -> str:
    """A text in a language, filled in."""
    return TEXTS[key].pick(language).format(**facts)
