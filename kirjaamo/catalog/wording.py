"""The words for codes of the catalog; what is not known is said so, never left empty."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from kirjaamo.catalog.models import Access, Answer, Connection, Controller, LifeState
from kirjaamo.ui.parts import Tone

NOT_KNOWN = _("Ei tiedossa")

ACCESS: Mapping[str, object] = dict(Access.choices)
ACCESS_TONES: Mapping[str, Tone] = {"public": "success", "partly": "warning", "secret": "secret", "unknown": "neutral"}
ACCESS_LEADS: Mapping[str, object] = {
    "public": _("Jokainen saa tiedot pyytämällä. Syytä ei tarvitse kertoa."),
    "partly": _(
        "Osa tiedoista on julkisia ja osa salassa pidettäviä. Saat julkisen osan, vaikka samassa asiakirjassa olisi salassa pidettävää."
    ),
    "secret": _(
        "Tiedot ovat pääosin salassa pidettäviä. Omat tietosi saat silti pyytää, ja asianosaisella on laajempi oikeus saada tietoa."
    ),
    "unknown": _("Julkisuutta ei ole kuvattu. Voit silti pyytää: julkisuus ratkaistaan asiakirja kerrallaan."),
}
ANSWERS: Mapping[str, object] = dict(Answer.choices)
CONTROLLERS: Mapping[str, object] = dict(Controller.choices)
CONNECTIONS: Mapping[str, object] = dict(Connection.choices)
CONNECTION_LEADS: Mapping[str, object] = {
    "home": _("Virkailija hakee tiedon suoraan tästä ohjelmasta."),
    "fed": _("Järjestelmä lähettää asiat ja asiakirjat asiarekisteriin."),
    "hand": _("Pyynnöstä tulee tehtävä yksikölle, joka hakee tiedon järjestelmästä."),
}
STATES: Mapping[str, object] = dict(LifeState.choices)
STATE_TONES: Mapping[str, Tone] = {"in_use": "success", "closed": "neutral", "moved": "warning"}
PERSONAL: Mapping[str, object] = {
    "none": _("Ei henkilötietoja"),
    "contains": _("Sisältää henkilötietoja"),
    "special": _("Sisältää erityisiä henkilötietoja"),
    "unknown": NOT_KNOWN,
}
NOTICES: Mapping[str, object] = {"published": _("Julkaistu"), "missing": _("Ei julkaistu"), "unknown": NOT_KNOWN}
ORIGINS: Mapping[str, object] = {"published": _("Julkaistu"), "proposed": _("Ehdotus")}
CLASS_ORIGINS: Mapping[str, object] = {
    "published": _("Luokka on julkaistulla sivulla"),
    "added": _("Ehdotus: luokkaa ei mainita julkaistulla sivulla"),
}
GET_HERE: Mapping[str, object] = {
    "e_service": _("Sähköinen palvelu"),
    "open_data": _("Avoin data"),
    "public_register": _("Julkinen rekisteri"),
}

HEADINGS: Mapping[str, object] = {
    "governance": _("Hallinto ja päätöksenteko"),
    "staff": _("Henkilöstö"),
    "contracts": _("Sopimukset ja hankinnat"),
    "finance": _("Talous"),
    "education": _("Kasvatus ja koulutus"),
    "stakeholders": _("Asiakkaat ja sidosryhmät"),
    "safety": _("Turvallisuus ja varautuminen"),
    "urban": _("Kaupunkiympäristö"),
    "leisure": _("Kulttuuri ja vapaa-aika"),
    "social_health": _("Sosiaali- ja terveyspalvelut"),
    "office": _("Keskushallinto"),
}
KEY_KINDS: Mapping[str, object] = {
    "case_id": _("Asian tunnus"),
    "document_id": _("Asiakirjan tunnus"),
    "person_name": _("Henkilön nimi"),
    "person_id": _("Henkilötunnus"),
    "organisation": _("Organisaatio"),
    "business_id": _("Y-tunnus"),
    "address": _("Osoite"),
    "property_id": _("Kiinteistötunnus"),
    "date": _("Päivä"),
    "period": _("Ajanjakso"),
    "vehicle": _("Ajoneuvo"),
    "contract_id": _("Sopimustunnus"),
    "place": _("Paikka"),
    "free_text": _("Vapaa teksti"),
    "other": _("Muu"),
}
REQUEST_KINDS: Mapping[str, object] = {
    "document": _("Asiakirjapyyntö"),
    "party": _("Asianosaisen pyyntö"),
    "own_data": _("Omat tiedot"),
    "rectification": _("Tietojen oikaisu"),
    "log_data": _("Lokitiedot"),
    "compiled": _("Koottava aineisto"),
    "stage": _("Käsittelyn vaihe"),
}
SIGN_INS: Mapping[str, object] = {"bank": _("pankkitunnukset"), "mobile": _("mobiilivarmenne"), "card": _("varmennekortti")}
CORRECTED: Mapping[str, object] = {
    "description": _("Kuvaus"),
    "owner": _("Omistaja"),
    "users": _("Käyttäjät"),
    "name": _("Nimi"),
    "heading": _("Otsikko"),
    "systems": _("Tietojärjestelmät"),
    "registers": _("Henkilörekisterit"),
    "purpose": _("Käyttötarkoitus"),
    "contact": _("Yhteystiedot"),
    "state": _("Tila"),
    "interface": _("Avoin rajapinta"),
    "controller": _("Rekisterinpitäjä"),
    "class": _("Tehtäväluokka"),
    "classes": _("Tehtäväluokat"),
    "privacy_notices": _("Tietosuojaselosteet"),
}
ITEM_KINDS: Mapping[str, object] = {
    "body": _("Viranomainen"),
    "unit": _("Yksikkö"),
    "system": _("Tietojärjestelmä"),
    "register": _("Henkilörekisteri"),
    "resource": _("Tietovaranto"),
    "dataset": _("Tietoaineisto"),
    "class_code": _("Tehtäväluokka"),
    "contact": _("Yhteystieto"),
    "request_example": _("Esimerkki pyynnöstä"),
}
FIELDS: Mapping[str, object] = {
    "description": _("Kuvaus"),
    "owner": _("Omistaja"),
    "owner_note": _("Lisätietoa omistajasta"),
    "users": _("Käyttäjät"),
    "title": _("Nimi"),
    "tasks": _("Tehtävät"),
    "source": _("Lähde"),
    "systems": _("Tietojärjestelmät"),
    "type": _("Laji"),
    "value": _("Arvo"),
    "label": _("Otsikko sivulla"),
    "request_instructions": _("Ohje pyytäjälle"),
    "content": _("Sisältö"),
    "address": _("Osoite"),
    "sign_ins": _("Tunnistautuminen"),
    "datasets": _("Tietoaineistot"),
    "keys": _("Hakutekijät"),
    "channel_electronic": _("Sähköinen kanava"),
    "channel_written": _("Kirjallinen kanava"),
    "register": _("Henkilörekisteri"),
    "hours": _("Aukioloaika"),
    "purpose": _("Käyttötarkoitus"),
    "interface": _("Avoin rajapinta"),
    "retention": _("Säilytysaika"),
    "controller": _("Rekisterinpitäjä"),
    "publicity": _("Julkisuus"),
    "classes": _("Tehtäväluokat"),
}
RELATIONS: Mapping[str, object] = {
    "system-owner": _("Omistaja"),
    "unit-class": _("Yksikön tehtäväluokka"),
    "unit-register": _("Yksikön rekisteri"),
    "unit-system": _("Yksikön tietojärjestelmä"),
    "unit-body": _("Kuuluu viranomaiseen"),
    "body-contact": _("Yhteystieto"),
    "body-above": _("Ylempi toimielin"),
    "unit-above": _("Ylempi toimielin"),
    "resource-system": _("Tietovaranto ja tietojärjestelmä"),
    "resource-register": _("Tietovaranto ja rekisteri"),
    "resource-class": _("Tehtäväluokka"),
    "resource-body": _("Viranomaisen tietovaranto"),
    "resource-feeds": _("Syöttää tietoja"),
    "body-resource": _("Viranomaisen tietovaranto"),
    "example-key": _("Hakutekijä"),
    "example-contact": _("Kanava"),
    "example-system": _("Haetaan järjestelmästä"),
    "example-resource": _("Tietovaranto"),
    "example-register": _("Rekisteri"),
    "dataset-system": _("Tietojärjestelmä"),
    "dataset-key": _("Hakutekijä"),
    "resource-key": _("Hakutekijä"),
}


def said(table: Mapping[str, object], code: str) -> str:
    """Return the word for a code in the language in force; a code without a word is shown as it is."""
    return str(table.get(code, code))
