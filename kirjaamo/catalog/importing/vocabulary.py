"""The words descriptions of this kind use in Finnish, Swedish and English: labels, section names, head nouns.

Only general words stand here: the kinds of things that section 28 of Act 906/2019 asks to be described, the labels
they are published under, and the words of addresses and opening hours. No name of any city, unit or system.
"""

# ruff: noqa: PLR2004 - lengths and shares that tell one shape from another stand where they are used

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, Literal

FieldName = Literal[
    "channel_electronic",
    "channel_written",
    "keys",
    "interface",
    "registers",
    "retention",
    "owner",
    "users",
    "controller",
    "purpose",
    "description",
    "content",
    "datasets",
    "systems",
    "resource",
    "classes",
    "publicity",
    "contact",
    "name",
]


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_FIRST: Final[tuple[tuple[FieldName, re.Pattern[str]], ...]] = (
    (
        "channel_electronic",
        _words(r"\b(sähköi\w+|elektronis\w+|electronic\w*|online)\b[^:]{0,40}\b(\w*pyyn\w+|yhteydenot\w+|begär\w+|request\w*)"),
    ),
    (
        "channel_written",
        _words(
            r"\b(kirjalli\w+|skriftlig\w*|written|postitse|per post)\b[^:]{0,40}"
            r"\b(\w*pyyn\w+|yhteydeno\w+|begär\w+|request\w*)"
        ),
    ),
    (
        "classes",
        _words(
            r"(tiedonohjaussuunnitelm\w+|\bTOS\b|tehtäväluok\w+|asiaryhm\w+|informationsstyrningsplan\w*|uppgiftsklass\w*|"
            r"klassificering\w*|function class\w*|task classification)"
        ),
    ),
    (
        "keys",
        _words(
            r"\b(hakuteki\w+|hakuperust\w+|hakuehto\w*|hakuehdo\w+|hakusan\w+|hakuavai\w+|hakukriteer\w+|sökterm\w*|"
            r"sökord\w*|sökvillkor\w*|sökkriteri\w+|sökbegrepp\w*|search (?:key|term|criteri|word|factor)\w*)"
        ),
    ),
    ("interface", _words(r"(rajapin[nt]\w*|gränssnitt\w*|\binterface\w*|\bAPI\b)")),
    (
        "registers",
        _words(
            r"(tietosuojaselost\w+|tietosuojailmoitu\w+|rekisteriselost\w+|henkilörekister\w+|dataskyddsbeskriv\w+|"
            r"dataskyddsmeddel\w+|dataskyddsinform\w+|registerbeskriv\w+|personregist\w+|personuppgiftsregist\w+|"
            r"privacy (?:notice|statement|polic)\w*|personal data (?:file|regist)\w*)"
        ),
    ),
    ("retention", _words(r"\b(säilytysa\w+|säilytysti\w+|förvaringsti\w+|bevarandeti\w+|retention\w*)")),
    ("controller", _words(r"\b(rekisterinpitäj\w+|personuppgiftsansvarig\w*|controller\w*)")),
    (
        "owner",
        _words(
            r"\b(\w*omistaj[aiu]\w*|vastuu(?:taho|viranomai|yksik|organisaatio|henkilö|toimiala)\w*|"
            r"vastaava (?:viranomainen|yksikkö|taho|toimiala|organisaatio)|\w*ägare\w*|ansvarig\w*|owner\w*|owned by|"
            r"responsible)\b"
        ),
    ),
    ("users", _words(r"\b((?:\w+n)?käyttäj(?:ä|ät|äryhm\w+|iä|ien)|använda(?:re|rna|rgrupp\w*)|users?|user groups?)\b")),
    ("publicity", _words(r"\b(salassapi\w+|julkisuus(?:luokka)?|sekretess\w*|offentlighetsklass|publicity|secrecy)\b")),
    ("purpose", _words(r"(käyttötarkoitu\w+|\btarkoitus\b|ändamål\w*|\bsyfte\w*|\bpurposes?\b)")),
    ("description", _words(r"\b(kuvau(?:s|kset|sta|ksessa|kset)|beskrivning\w*|descriptions?)\b")),
    ("content", _words(r"\b(\w*sisältö|sisällöt|innehåll\w*|contents?|tietoryhm\w+|datagrupp\w*|data groups?)\b")),
)
_LAST: Final[tuple[tuple[FieldName, re.Pattern[str]], ...]] = (
    ("datasets", _words(r"\b(\w*aineisto\w*|informationsmaterial\w*|datamaterial\w*|data ?sets?|information material)\b")),
    (
        "systems",
        _words(r"\b(\w*järjestelm\w*|\w*informationssystem\w*|datasystem\w*|\w*systemen|system|systems?|sovelluks\w+)\b"),
    ),
    (
        "resource",
        _words(r"(tietovaran[nt]\w*|informationslag\w+|informationsresurs\w*|\b(?:information|data) (?:resource|pool)s?)"),
    ),
)

CONTACT_LABEL: Final = _words(
    r"\b(\w*postiosoit\w+|käyntiosoit\w+|katuosoit\w+|osoite|sähköpost\w*|puhelin\w*|puh|aukiolo\w*|postadress\w*|"
    r"besöksadress\w*|adress|e-post\w*|epost|telefon\w*|tfn|öppettid\w*|postal address|visiting address|street address|"
    r"address|e-?mail|telephone|phone|tel|opening hours|postitse|per post|by mail|sähköpostilla|by email|tietopyyn\w+|"
    r"kirjaamo\w*|informationsbegäran|registraturen|registry)\b"
)


@lru_cache(maxsize=4096)
def field_of(label: str) -> FieldName | None:
    """What a label or section name speaks of, or None. The first rule that fits wins; of the last three the last word."""
    for name, pattern in _FIRST:
        if pattern.search(label):
            return name
    best: tuple[int, FieldName] | None = None
    for name, pattern in _LAST:
        for found in pattern.finditer(label):
            if best is None or found.start() >= best[0]:
                best = (found.start(), name)
    if best:
        return best[1]
    return "contact" if CONTACT_LABEL.search(label) else None


# --- head nouns -------------------------------------------------------------------------------------------------

RESOURCE_SINGULAR: Final = _words(
    r"(?:tietovaranto|informationslag(?:er|ret)|informationsresurs(?:en)?|(?:information|data) (?:resource|pool))$"
)
RESOURCE_PLURAL: Final = _words(
    r"(?:tietovarannot|tietovarantoja|informationslagren|informationsresurser(?:na)?|(?:information|data) (?:resource|pool)s)$"
)
RESOURCE_FIRST: Final = _words(r"^(?:informationslag(?:er|ret)|(?:information|data) (?:resource|pool)s?)\s+(?:inom|för|i|vid|of|for|in)\s")
RESOURCE_GENITIVE: Final = _words(r"^(.{2,120}?)[ -]tietovarannon\b")

_SECTION_WORDS: Final[dict[str, FieldName]] = {
    "tietojärjestelmät": "systems",
    "järjestelmät": "systems",
    "tietojärjestelmä": "systems",
    "informationssystem": "systems",
    "informationssystemen": "systems",
    "datasystem": "systems",
    "datasystemen": "systems",
    "systems": "systems",
    "systemen": "systems",
    "tietoaineistot": "datasets",
    "tietoaineisto": "datasets",
    "aineistot": "datasets",
    "informationsmaterial": "datasets",
    "informationsmaterialet": "datasets",
    "datamaterial": "datasets",
    "datasets": "datasets",
    "rekisterit": "registers",
    "register": "registers",
    "registren": "registers",
    "registers": "registers",
}
_ALONE_ONLY: Final = frozenset({"tietojärjestelmä", "tietoaineisto", "register"})
_SECTION_ANYWHERE: Final = frozenset(
    {"keys", "interface", "registers", "purpose", "description", "content", "classes", "retention", "publicity"}
)
INTRODUCTION: Final = _words(
    r"(asiakirjajulkisuu|julkisuuskuvau|asiakirjojen julkisuu|handling\w* offentlighet|handlingsoffentlighet|"
    r"document (?:publicity|transparency)|publicity of documents)"
)
_EXAMPLES = _words(r"\b(esimerk\w+|exempel\w*|examples?)\b.*(pyyn|begär|request)")
_REQUEST = _words(
    r"(tietopyyn|tietopyyt|asiakirjapyyn|tiedon pyytämi|informationsbegär|begäran om|begära (?:information|handling)|"
    r"(?:information|data|document) requests?|request(?:ing|s)? (?:for )?(?:information|data|documents)|yhteystied|"
    r"yhteydenotot|ota yhteyttä|kontaktuppgift|ta kontakt|\bkontakt\b|\bcontact\b|^kirjaamo|registratorskontor|^registry)"
)
_TOKEN = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


def tokens(text: str) -> list[str]:
    """Words in lower case; a hyphen inside a word stays."""
    return _TOKEN.findall(text.casefold())


@lru_cache(maxsize=4096)
def section_of(heading: str) -> FieldName | None:
    """The kind of section a heading opens when it names a kind of content and not one thing of its own."""
    text = heading.strip().rstrip(":").strip()
    words = tokens(text)
    if not words or len(words) > 16 or resource_head(text) or (len(words) > 1 and RESOURCE_PLURAL.search(words[0])):
        return None
    if words[0] in {"informationslager", "informationslagren"} and len(words) > 1:
        return None
    field = field_of(text)
    if field in _SECTION_ANYWHERE and not INTRODUCTION.search(text):
        return field
    for word in (words[-1], words[0]):
        if word in _SECTION_WORDS and (word not in _ALONE_ONLY or len(words) == 1):
            return _SECTION_WORDS[word]
    return None


@lru_cache(maxsize=4096)
def resource_head(text: str) -> Literal["singular", "plural"] | None:
    """Whether the head noun of the text is *information resource*, and in which number."""
    text = text.strip().rstrip(":").strip()
    if RESOURCE_SINGULAR.search(text):
        return "singular"
    if RESOURCE_PLURAL.search(text):
        return "plural"
    first = RESOURCE_FIRST.search(text)
    if first:
        return "plural" if first.group(0).split()[1].endswith("s") else "singular"
    return None


def is_examples(heading: str) -> bool:
    """A heading over worked examples of a request."""
    return bool(_EXAMPLES.search(heading))


def is_request(heading: str) -> bool:
    """A heading over instructions and contacts for making a request."""
    return bool(_REQUEST.search(heading))


COMMON_REGISTER: Final = _words(r"(asiarekister|ärenderegist|case regist)")
RESOURCE_LISTED: Final = _words(
    r"^(?:tiedot|tietoaineistot|rekisterit|asiarekisterit?|informationsmaterial\w*|uppgifter|data|registers?)\s+"
    r"(?:ja|sekä|och|samt|and)\s+\S+$"
)
WHOLE_AUTHORITY: Final = _words(
    r"\b\w*(?:kaupungin|kunnan|hyvinvointialueen|kuntayhtymän|korkeakoulun|yliopiston|ministeriön|viraston|stads|kommuns|"
    r"välfärdsområdets?|högskolans|universitets|ministeriets|city|municipality|university|ministry)\b"
)

# --- organisations ----------------------------------------------------------------------------------------------

ORGANISATION: Final = _words(
    r"\b\w*(osasto|toimiala|kansli|virasto|yksikö|yksikkö|keskuks|keskus|laitoks|laitos|lautakun|aluee|kaupungi|kunnan?\b|"
    r"ministeriö|korkeakoulu|yliopisto|palvelu(?:iden|jen|t)|hallituks|hallitus|tuomioistui|avdelning|sektor|förvaltning|"
    r"enhet|central|verk(?:et)?s?\b|nämnd|stads?\b|kommun|ministeri|office|division|department|unit|city|municipality|"
    r"ministry|university)\w*"
)
TASK_VERB: Final = _words(
    r"\b(huolehti\w+|vastaa|vastaavat|tehtävä(?:nä|nään|t|iin)|on osa|raportoi\w*|järjestää|tuottaa palvel\w+|"
    r"ansvarar för|sköter|har till uppgift|is responsible|responsible for|takes care)\b"
)
UNDER: Final = (
    _words(r"\btoimii\s+([^.]{3,120}?)\s+alaisuudessa\b"),
    _words(r"\b(?:lyder|arbetar|verkar|är underställd)\s+(?:under\s+)?([^.]{3,120}?)(?:\.|$)"),
    _words(r"\b(?:operates|works)\s+under\s+(?:the\s+)?([^.]{3,120}?)(?:\.|$)"),
)
SOURCE: Final = re.compile(r"\s*\((?:lähde|källa|source)\s*[:\s]\s*([^()]{2,200})\)", re.IGNORECASE)

FURNITURE: Final = frozenset(
    """siirry sisältöön|hyppää sisältöön|hyppää pääsisältöön|siirry pääsisältöön|ohita valikko|valikko|etusivu|tulosta|
    jaa sivu|sivukartta|hae sivustolta|takaisin ylös|sivun alkuun|gå till innehållet|till innehållet|hoppa till innehållet|
    meny|framsida|skriv ut|dela sidan|sidkarta|till början av sidan|skip to content|skip to main content|menu|home|print|
    share this page|sitemap|back to top""".replace("\n", "")
    .replace("    ", "")
    .split("|")
)


def is_furniture(text: str) -> bool:
    """A line that belongs to the site, such as a skip link copied along with the page."""
    return text.strip(" »>.:").casefold() in FURNITURE


# --- sentences --------------------------------------------------------------------------------------------------

NEGATION: Final = _words(r"\b(ei|eivät|eikä|ej|inte|not|no|ingen|inga|inget|none|cannot)\b")
PARTLY: Final = _words(r"\b(osittain|osin|osa\s+\w+|delvis|en del av|partly|partially|some of)\b")
AFFIRMATION: Final = _words(r"\b(on|ovat|kyllä|saata\w+|avoi\w+|finns|ja|är|öpp\w+|yes|is|are|available)\b")
NOT_KNOWN: Final = _words(r"\b(ei tiedossa|selvitetään|selvityksessä|okänt|utreds|unknown|not known)\b")
EXAMPLE_WORD: Final = _words(
    r"\b(?:esimerkiksi|esim\.|muun muassa|mm\.|kuten|till exempel|t\.ex\.|bl\.a\.|bland annat|exempelvis|såsom|"
    r"for example|for instance|e\.g\.|eg\b|such as)\s*"
)
KEYS_VERB: Final = _words(
    r"\b(?:toimivat|toimii|ovat|on|käyttää|käytetään|är|utgörs av|används|can be searched(?: \w+)? by|searched by|by|"
    r"include|are|is|med hjälp av|med)\s+"
)
SEARCH_VERB: Final = _words(r"\b(?:can be searched|voidaan hakea|voi hakea|kan sökas|söks)\b")
LIST_WORD: Final = _words(r"\b(seuraav\w+|följande|following)\b")
FEEDS: Final = (
    _words(r"\b(?:tuottaa|tuottavat|luovuttaa|siirtää)\s+tieto(?:ja|a)\s+(.{3,120}?tietovaran[nt]o\w*)"),
    _words(r"\b(?:producerar|levererar|matar)\s+(?:uppgifter|data|information)\s+(?:till|i)\s+(.{3,120}?informationslag\w+)"),
    _words(r"\b(?:feeds|provides|supplies)\s+(?:data|information)?\s*(?:to|into)\s+(?:the\s+)?(.{3,120}?(?:resource|pool))\b"),
)
ADDITIONAL: Final = _words(r"^\s*(?:lisäksi|tämän lisäksi|dessutom|därtill|därutöver|in addition|additionally)\b\s*,?\s*")
SHARED: Final = _words(
    r"^(?:\w*yhtei(?:siä|set|sissä|stä|nen|sessä|sen)|gemensam(?:t|ma)?|stadens gemensamma|shared|common|city-wide)\s+(?=\S)"
)
SYSTEM_VERB: Final = _words(
    r"\b(?:käytössä (?:ovat|on)|käytetään|tallennettu|tallennetaan|tallentuvat|tallentuu|kirjataan|rekisteröidään|"
    r"käsitellään|ylläpidetään|hallinnoidaan|säilytetään|lagras i|lagrade i|sparas i|sparade i|sparats i|lagrats i|"
    r"registreras i|finns i|hanteras i|behandlas i|hanteras med|används|"
    r"(?:stored|entered|recorded|registered|kept|saved|managed|processed|maintained) (?:in|into|with)(?: the| an?)?)\s+"
    r"(?:pääosin |pääasiassa |sähköisesti |myös )?"
)
RESOURCE_NAMED: Final = _words(r"tietovaran(?:toihin|toon)\s+kuuluvat\s+([^.]{3,200}?)\s+tietovarannot\b")
BELONGS: Final = _words(r"\btietovaran(?:toon|toihin)\s+kuulu(?:u|vat)\s+([^.]{3,600})")
RESOURCE_SENTENCE: Final = _words(
    r"^(.{2,120}?(?:tietovaranto|informationslag(?:er|ret)))\s+(?:sisältää|koostuu|muodostuu|käsittää|pitää|kattaa|tuottaa|"
    r"innehåller|består|omfattar|producerar)\b"
)

# --- nouns of systems, registers, datasets --------------------------------------------------------------------

SYSTEM_NOUN: Final = _words(
    r"(?:järjestelm\w{1,5}|rekister\w{0,6}|ohjelm\w{1,8}|sovellu\w{1,7}|palvel\w{1,6}|arkisto\w{0,4}|arkistoin\w+|varasto\w{0,4}|"
    r"varan[nt]o\w{0,4}|hakemisto\w{0,4}|hallinta|hallintaan|hallinnassa|portaal\w{1,5}|alust\w{1,5}|tietokan[tn]\w{1,5}|ympäristö\w{0,4}|luettelo\w{0,4}|"
    r"lomakkeisto|lomake|(?:system|register|program|tillämpning|tjänst|arkiv|databas|portal|plattform|applikation)"
    r"(?:et|en|n|s|er|erna|ar|arna|na)?|registr(?:et|y|ies)|systems|programme|software|applications?|services?|databases?|"
    r"archives?|portals?|platforms?|apps?)$"
)
REGISTER_NOUN: Final = _words(r"(?:rekister\w{0,6}|register(?:et|n)?|registr(?:et|y|ies)|data file)$")
DATASET_NOUN: Final = _words(r"(?:aineisto\w{0,3}|informationsmaterial\w{0,3}|datamaterial\w{0,3}|data ?sets?)$")
RESOURCE_KIND: Final = _words(r"(tietovaran[nt]o?\w*|rekister\w*|informationslag\w+|register\w*|resource)")

AUTHORITY: Final = (
    re.compile(r"(?:^|\.\s+)([A-ZÅÄÖ][^.]{2,60}?)\s+on\s[^.]{0,80}tiedonhallintayksikkö"),
    re.compile(r"(?:^|\.\s+)([A-ZÅÄÖ][^.]{2,60}?)\s+är\s[^.]{0,80}informationshanteringsenhet"),
    re.compile(r"(?:^|\.\s+)(?:The\s)?([A-Z][^.]{2,60}?)\s+is\s[^.]{0,80}information management (?:unit|entity)"),
    re.compile(r"\b([A-ZÅÄÖ][\w-]+n\s(?:kaupungin|kunnan|hyvinvointialueen|ammattikorkeakoulun|yliopiston|viraston|seurakuntayhtymän))\b"),
    re.compile(r"\b([A-ZÅÄÖ][\w-]+\s(?:stads|kommuns|välfärdsområdes))\b"),
)
DEFINITION: Final = _words(
    r"\b(tarkoitetaan|määritellään|kerrotaan|ilmenee|ilmettävä|kuvataan|on kuvattu|mainitaan|luetellaan|luetellut?|"
    r"tulee sisältää|sisältää tiedot|innehåller uppgifter om|contains information|avses|framgår|beskrivs|anges|"
    r"redogör|listat|means|refers to|is described|are described|describes)\b"
)
EVIDENCE: Final = _words(
    r"(tietovaran[nt]|tietoaineist|asiakirjajulkisuu|tietojärjestelm|tiedonhallin|hakutekij|informationslag|"
    r"handlingsoffentlig|handlingars offentlighet|informationshanter|informationsmaterial|informationssystem|datasystem|"
    r"document publicity|document transparency|publicity of documents|information resource|data resource|"
    r"information system|case register)"
)
REGISTER_QUOTED: Final = _words(
    r"(?:tietosuojaselost\w+|tietosuojailmoitu\w+|rekisteriselost\w+|dataskydds\w+|privacy (?:notice|statement))"
    r"[^\"“”»]{0,20}[\"“”»]\s?([^\"“”»]{3,120}?)\s?[\"“”»]"
)
RESPONSIBLE: Final = _words(
    r"\b(?:vastuuhenkilönä|vastuutahona|vastuuviranomaisena|vastaavana viranomaisena|rekisterinpitäjänä) (?:toimii|on) ([^.]{3,160})"
)
STORED_SYSTEM: Final = _words(r"\b(tallenne\w*|tallenn\w+|lagra\w*|spara\w*|stored|entered)\b")
EMPTY_VALUE: Final = frozenset({"", "-", "–", "—", "ei", "ei ole", "inga", "none", "n/a"})
RELATIVE: Final = _words(r"\s*,?\s+(?:joka|jotka|jossa|joissa|jolla|jonka|jota|johon|som|där|vilk\w+|which|that|where)\s.*$")
SIGN_INS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    ("suomi_fi", _words(r"suomi\.fi")),
    ("bank", _words(r"(verkkopankkitunnu|pankkitunnu|bankkod|nätbank|bank(?:ing)? (?:credential|code|id))")),
    ("mobile_certificate", _words(r"(mobiilivarmen|mobilcertifikat|mobile (?:certificate|id))")),
    ("certificate_card", _words(r"(varmennekort|toimikort|henkilökort|certifikatkort|identitetskort|certificate card|id card)")),
)
SECURE_MAIL: Final = _words(
    r"(suojat\w*\s+sähköpost|turvasähköpost|turvaposti|salat\w*\s+sähköpost|skyddad\s+e-post|säker\w*\s+e-post|"
    r"krypterad\s+e-post|secure\s*(?:e-?)?mail|encrypted\s+e-?mail)"
)
LETTERBOX: Final = _words(r"(postilaatik|kirjelaatik|postlåd|brevlåd|brevinkast|letter ?box|mail ?box)")
E_SERVICE: Final = _words(r"(asioin|verkkopalvel|lomak|sähköis|e-tjänst|etjänst|blankett|elektronisk|e-service|online|form\b|portal)")
VISITING: Final = _words(r"(käynti|toimii osoitteessa|sijaitsee|besök|finns på adressen|visit|located at)")
HOURS: Final = _words(
    r"((?:arkisin|ma\s?[–-]\s?pe|maanantaista perjantaihin|vardagar|mån\w*\s?[–-]\s?fre\w*|weekdays|mon\w*\s?[–-]\s?fri\w*)"
    r"[^()\n;]{0,40}?\d{1,2}(?:[.:]\d{2})?\s?[–-]\s?\d{1,2}(?:[.:]\d{2})?)"
)
OPEN: Final = _words(r"\b(palvelee|palvelemme|avoinna|auki|aukiolo\w*|öppet|betjänar|öppettider|open|opening hours)\b")
PHONE: Final = _words(
    r"\b(?:puh(?:elin(?:vaihde)?)?|vaihde|tfn|telefon|tel|phone|telephone)\b[.:]?\s*(?:\([^)]{1,30}\)\s*)?(\+?\d[\d\s()-]{4,18}\d)"
)
POSTAL_BOX: Final = re.compile(r"\b(?:PL|PB|P\.?\s?O\.?\s?Box)\s*(\d{1,6})\b")
POSTCODE: Final = re.compile(r"\b(\d{5})\s+([A-ZÅÄÖ][^\W\d_]+(?:[ -][^\W\d_]+)?)")
STREET: Final = re.compile(
    r"\b([A-ZÅÄÖ][^\W\d_]*(?:katu|tie|kuja|polku|aukio|tori|ranta|rinne|väylä|puisto|esplanadi|kaari|raitti|gatan|vägen|"
    r"gränd|stigen|torget|kajen|allén|esplanaden| street| road)\s+\d{1,4}(?:\s?[–-]\s?\d{1,4})?(?:\s?[A-Za-z]\b)?)"
)
EMAIL: Final = re.compile(r"[A-Za-z0-9._%+-]{1,64}(?:@|\(at\)|\[at\])[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}")
ADDRESS_OF_PAGE: Final = re.compile(r"https?://[^\s<>\"')\]]{3,500}")
