"""The letter to a party: what is given, what is refused with its ground, what the party must keep secret, how to go on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kirjaamo.documents.copies import provisions
from kirjaamo.documents.letter import Letter, facts, heading, listed, note, prose, signature, table
from kirjaamo.values.language import Text3, pick
from kirjaamo.values.openness import PartyException

if TYPE_CHECKING:
    import datetime as dt

    from kirjaamo.cases.models import Case
    from kirjaamo.cases.publicity.party import Seen
    from kirjaamo.organisation.models import User

TEXTS = {
    "title": Text3("Asianosaisen tiedonsaanti", "Partens rätt att ta del av handlingar", "A party's access to documents"),
    "case": Text3("Asia", "Ärende", "Case"),
    "given": Text3("Saat nämä asiakirjat", "Du får dessa handlingar", "You are given these documents"),
    "nothing": Text3(
        "Sinulle ei anneta tässä vastauksessa asiakirjoja.", "Du får inga handlingar i detta svar.", "You are given no documents."
    ),
    "document": Text3("Asiakirja", "Handling", "Document"),
    "secret": Text3("Pidettävä salassa", "Ska hållas hemlig", "To be kept secret"),
    "yes": Text3("kyllä", "ja", "yes"),
    "no": Text3("ei", "nej", "no"),
    "duty_title": Text3("Velvollisuutesi", "Din skyldighet", "Your duty"),
    "duty": Text3(
        "Salassa pidettäviin kopioihin on merkitty SALASSA PIDETTÄVÄ. Olet saanut ne, koska olet asianosainen. Tietoja ei saa paljastaa "
        "sivulliselle, kun ne koskevat muuta kuin sinua itseäsi, eikä käyttää toisen hyödyksi tai vahingoksi (JulkL 621/1999 22–23 §).",
        "Sekretessbelagda kopior är märkta SEKRETESSBELAGD. Du har fått dem eftersom du är part. Uppgifter om någon annan än dig själv "
        "får inte röjas för utomstående eller användas till någon annans fördel eller skada (OffentlighetsL 621/1999 22–23 §).",
        "Secret copies are marked CONFIDENTIAL. You were given them because you are a party. What concerns others than yourself may not "
        "be disclosed to outsiders or used for another's benefit or harm (Openness Act 621/1999, sections 22–23).",
    ),
    "to_view": Text3("Näihin saat tutustua", "Dessa får du ta del av på plats", "These you may come and read"),
    "to_view_text": Text3(
        "Näistä ei voi antaa merkittyä kopiota. Sovi kirjaamon kanssa aika, niin saat lukea ne viranomaisen luona (JulkL 621/1999 16 §).",
        "Av dessa kan ingen märkt kopia ges. Kom överens om en tid med registratorskontoret, så får du läsa dem hos myndigheten "
        "(OffentlighetsL 621/1999 16 §).",
        "No marked copy of these can be given. Agree on a time with the registry office and read them there (Openness Act 621/1999, "
        "section 16).",
    ),
    "refused": Text3("Näitä ei anneta", "Dessa lämnas inte ut", "These are not given"),
    "ground": Text3("Peruste", "Grund", "Ground"),
    "why": Text3("Miksi", "Varför", "Why"),
    "how": Text3("Jos haluat viranomaisen päätöksen", "Om du vill ha myndighetens beslut", "If you want the authority's decision"),
    "how_text": Text3(
        "Voit pyytää, että viranomainen ratkaisee asian päätöksellä. Ilmoita siitä kirjaamoon ja mainitse asiatunnus {identifier}. "
        "Päätöksestä voi valittaa hallinto-oikeuteen (JulkL 621/1999 14 ja 33 §). Määräaikaa ei ole.",
        "Du kan be att myndigheten avgör saken genom ett beslut. Meddela registratorskontoret och ange ärendekoden {identifier}. "
        "Beslutet kan överklagas hos förvaltningsdomstolen (OffentlighetsL 621/1999 14 och 33 §). Det finns ingen tidsfrist.",
        "You may ask the authority to decide the matter. Tell the registry office and give the case identifier {identifier}. The decision "
        "may be appealed to the administrative court (Openness Act 621/1999, sections 14 and 33). There is no time limit.",
    ),
}


@dataclass(frozen=True)
class Told:
    """What the party is told: copies given, what may be read on the spot, what is refused and why."""

    given: Sequence[Seen]
    to_view: Sequence[Seen]
    refused: Sequence[Seen]
    reason: str


def access_pdf(case: Case, name: str, access: Told, *, official: User, at: dt.datetime) -> bytes:
    """Everything that the law asks of an answer to a party (JulkL 621/1999 § 11, 14, 22–25)."""
    lang = case.language

    def told(key: str) -> str:
        return TEXTS[key].pick(lang)

    secret = any(one.only_as_party for one in access.given)
    rows = [[one.document.identifier, one.document.title, told("yes" if one.only_as_party else "no")] for one in access.given]
    parts = [
        facts([(told("case"), f"{case.identifier} {case.title}")]),
        heading(told("given")),
        table([told("document"), "", told("secret")], rows) if rows else prose(told("nothing")),
        *([note(told("duty_title"), told("duty"))] if secret else []),
    ]
    if access.to_view:
        seen = [f"{one.document.identifier} {one.document.title}" for one in access.to_view]
        parts += [heading(told("to_view")), prose(told("to_view_text")), listed(seen)]
    if access.refused:
        rows = [[one.document.identifier, _ground(one, lang)] for one in access.refused]
        parts += [heading(told("refused")), table([told("document"), told("ground")], rows), heading(told("why")), prose(access.reason)]
        parts += [heading(told("how")), prose(told("how_text").format(identifier=case.identifier))]
    unit = pick(case.unit.title, lang)
    return Letter(
        lang, at, told("title"), pick(case.authority.name, lang), [*parts, signature(official.name, unit)], unit=unit,
        identifier=case.identifier, recipient=[name],
    ).pdf()  # fmt: skip


def _ground(one: Seen, lang: str) -> str:
    """What keeps a document from the party: the exceptions of § 11.2, the section, the grounds of its secrecy."""
    exceptions = [PartyException(name).label.pick(lang) for name in one.document.withheld]
    cited = [text for text, _row in provisions(one.document.grounds)]
    return "\n".join([*(exceptions or [one.for_party.opening.label.pick(lang)]), one.for_party.law, *cited])
