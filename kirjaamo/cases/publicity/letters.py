"""The letter to a party: what is given, what is refused with its ground, what the party must keep secret, how to go on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kirjaamo.documents.copies import provisions
from kirjaamo.documents.letter import Letter, Part, facts, heading, listed, note, prose, signature, table
from kirjaamo.documents.marking import marking
from kirjaamo.norms import clocks
from kirjaamo.values.language import Text3, format_day, pick
from kirjaamo.values.openness import PartyException

if TYPE_CHECKING:
    import datetime as dt

    from kirjaamo.cases.letters import Written
    from kirjaamo.cases.models import Case
    from kirjaamo.cases.publicity.party import Seen
    from kirjaamo.organisation.models import User

TERM = "julkl-14-ordinary"
"""The clock of an answer to who asks for a document."""
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
    "parts": Text3("Näistä saat julkiset osat", "Av dessa får du de offentliga delarna", "Of these you get the public parts"),
    "parts_text": Text3(
        "Salassa pidettävät kohdat on peitetty kappaleesta, jonka tunniste on taulukossa (JulkL 621/1999 10 ja 11 §).",
        "De sekretessbelagda uppgifterna är täckta i det exemplar vars beteckning står i tabellen (OffentlighetsL 621/1999 10 och 11 §).",
        "What is secret is masked in the copy whose identifier stands in the table (Openness Act 621/1999, sections 10 and 11).",
    ),
    "masked": Text3("Peitetty kappale", "Exemplar med täckta uppgifter", "Masked copy"),
    "waits": Text3("Näiden julkiset osat odottavat", "De offentliga delarna av dessa väntar", "The public parts of these wait"),
    "waits_text": Text3(
        "Asiakirjassa on kohtia, joita sinulle ei anneta. Ne peitetään ensin, ja saat muun osan peitettynä kappaleena. Kappaleesta "
        "vastaa {who} ({unit}). Vastaus annetaan viimeistään {due} (JulkL 621/1999 10 ja 14 §).",
        "Handlingen innehåller uppgifter som du inte får. De täcks först, och du får resten som ett exemplar med täckta uppgifter. "
        "För exemplaret svarar {who} ({unit}). Svaret ges senast {due} (OffentlighetsL 621/1999 10 och 14 §).",
        "The document holds something that you are not given. That is masked first, and you get the rest as a masked copy. {who} "
        "({unit}) answers for it, by {due} at the latest (Openness Act 621/1999, sections 10 and 14).",
    ),
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
    answers: User
    """Who answers for what waits to be masked."""


def access_pdf(case: Case, name: str, access: Told, *, written: Written) -> bytes:
    """Everything that the law asks of an answer to a party (JulkL 621/1999 § 11, 14, 22–25)."""
    lang, at = case.language, written.at

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
    parts += _in_parts(case, access, at)
    if wholly := [one for one in access.refused if not one.waits and one.masked is None]:
        rows = [[one.document.identifier, _ground(one, lang)] for one in wholly]
        parts += [heading(told("refused")), table([told("document"), told("ground")], rows)]
    if access.refused:
        parts += [
            heading(told("why")),
            prose(access.reason),
            heading(told("how")),
            prose(told("how_text").format(identifier=case.identifier)),
        ]
    unit = pick(case.unit.title, lang)
    return Letter(
        lang, at, told("title"), pick(case.authority.name, lang), [*parts, signature(written.official.name, unit)], unit=unit,
        identifier=case.identifier, recipient=[name],
        marking=marking(written.metadata.publicity, written.metadata.grounds, lang),
    ).pdf()  # fmt: skip


def _in_parts(case: Case, access: Told, at: dt.datetime) -> list[Part]:
    """What is given in parts: by a masked copy, or, when it waits to be made, why, who answers and by when (§ 10, 14)."""
    lang = case.language
    parts: list[Part] = []
    if masked := [(one, one.masked) for one in access.refused if one.masked is not None]:
        rows = [[one.document.identifier, copy.identifier, _ground(one, lang)] for one, copy in masked]
        heads = [TEXTS[key].pick(lang) for key in ("document", "masked", "ground")]
        parts += [heading(TEXTS["parts"].pick(lang)), prose(TEXTS["parts_text"].pick(lang)), table(heads, rows)]
    if waiting := [one for one in access.refused if one.waits]:
        due = format_day(clocks.due(TERM, at).strict_due, lang)
        text = TEXTS["waits_text"].pick(lang).format(who=access.answers.name, unit=pick(case.unit.title, lang), due=due)
        rows = [[one.document.identifier, _ground(one, lang)] for one in waiting]
        heads = [TEXTS[key].pick(lang) for key in ("document", "ground")]
        parts += [heading(TEXTS["waits"].pick(lang)), prose(text), table(heads, rows)]
    return parts


def _ground(one: Seen, lang: str) -> str:
    """What keeps a document from the party: the exceptions of § 11.2, the section, the grounds of its secrecy."""
    exceptions = [PartyException(name).label.pick(lang) for name in one.document.withheld]
    cited = [text for text, _row in provisions(one.document.grounds)]
    return "\n".join([*(exceptions or [one.for_party.opening.label.pick(lang)]), one.for_party.law, *cited])
