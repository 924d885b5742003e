"""Findings: what a person should look at before anything of a draft is accepted."""

# ruff: noqa: PLR2004 - lengths and shares that tell one shape from another stand where they are used

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from kirjaamo.catalog.importing import vocabulary as words
from kirjaamo.catalog.importing.blocks import MAX_LINE
from kirjaamo.catalog.importing.draft import Draft, Entity, Finding
from kirjaamo.catalog.importing.facts import years_in
from kirjaamo.catalog.importing.lines import clean
from kirjaamo.catalog.importing.names import norm, sentences
from kirjaamo.catalog.importing.page import Page
from kirjaamo.catalog.importing.units import same_words

TEXTS: Final[dict[str, tuple[str, str, str]]] = {
    "nothing_recognised": (
        "Sivulta ei tunnistettu mitään kuvattavaa. Tarkista, että annoit oikean sivun.",
        "Ingenting att beskriva kändes igen på sidan. Kontrollera att du angav rätt sida.",
        "Nothing to describe was recognised on the page. Check that you gave the right page.",
    ),
    "empty_list": (
        "Luettelo puuttuu: lauseen ”{text}” jälkeen ei tule mitään.",
        "En förteckning saknas: efter ”{text}” följer ingenting.",
        "A list is missing: nothing follows “{text}”.",
    ),
    "duplicated_text": (
        "Sama asia sanotaan kahdesti: ”{text}”.",
        "Samma sak sägs två gånger: ”{text}”.",
        "The same thing is said twice: “{text}”.",
    ),
    "same_description": (
        "Järjestelmillä {one} ja {other} on sama kuvaus: ”{text}”.",
        "Systemen {one} och {other} har samma beskrivning: ”{text}”.",
        "The systems {one} and {other} have the same description: “{text}”.",
    ),
    "similar_description": (
        "Järjestelmien {one} ja {other} kuvaukset ovat lähes samat.",
        "Beskrivningarna av systemen {one} och {other} är nästan desamma.",
        "The descriptions of the systems {one} and {other} are nearly the same.",
    ),
    "system_not_described": (
        "Järjestelmä {name} mainitaan, mutta sitä ei kuvata tällä sivulla.",
        "Systemet {name} nämns men beskrivs inte på denna sida.",
        "The system {name} is named but not described on this page.",
    ),
    "system_described_nowhere": (
        "Järjestelmä {name} mainitaan, mutta sitä ei kuvata millään luetulla sivulla eikä luettelossa.",
        "Systemet {name} nämns men beskrivs inte på någon läst sida och inte i katalogen.",
        "The system {name} is named but described neither on any page read nor in the catalog.",
    ),
    "resource_not_described": (
        "Tietovaranto {name} mainitaan, mutta sitä ei kuvata tällä sivulla.",
        "Informationslagret {name} nämns men beskrivs inte på denna sida.",
        "The information resource {name} is named but not described on this page.",
    ),
    "owner_dates_past": (
        "Omistaja on voinut vaihtua: kohteen {name} omistajatieto mainitsee vuoden {year}, joka on ohi.",
        "Ägaren kan ha bytts: uppgiften om ägare till {name} nämner år {year}, som har gått.",
        "The owner may have changed: the owner of {name} names the year {year}, which is past.",
    ),
    "unknown_class": (
        "Tehtäväluokkaa {number} {title} ei ole käytössä olevassa luokituksessa.",
        "Uppgiftsklassen {number} {title} finns inte i den klassificering som används.",
        "The function class {number} {title} is not in the classification in use.",
    ),
    "class_title_differs": (
        "Tehtäväluokan {number} nimi on sivulla ”{title}” ja luokituksessa ”{known}”.",
        "Uppgiftsklassen {number} heter ”{title}” på sidan och ”{known}” i klassificeringen.",
        "The function class {number} is “{title}” on the page and “{known}” in the classification.",
    ),
    "address_repeated": (
        "Osoite {address} on kirjoitettu sivulle {count} kertaa. Anna se kerran yhteystietona.",
        "Adressen {address} står {count} gånger på sidan. Ange den en gång som kontaktuppgift.",
        "The address {address} is written {count} times on the page. Give it once as a contact.",
    ),
    "name_repeated": (
        "Sivulla on kaksi kohtaa nimellä {name}. Tarkista, ovatko ne sama asia.",
        "Två ställen på sidan heter {name}. Kontrollera om de är samma sak.",
        "Two entries of the page are called {name}. Check whether they are the same thing.",
    ),
    "field_missing": (
        "Järjestelmältä {name} puuttuu {what_fi}.",
        "Systemet {name} saknar {what_sv}.",
        "The system {name} lacks {what_en}.",
    ),
    "source_missing": (
        "Yksikön {name} tehtäville ei kerrota lähdettä, vaikka sivun muille yksiköille kerrotaan.",
        "Källan till uppgifterna för {name} saknas, fast den anges för sidans andra enheter.",
        "No source is given for the tasks of {name}, though it is for the other units of the page.",
    ),
    "line_too_long": (
        "Rivillä on {length} merkkiä, enemmän kuin yksi rivi tekstiä. Riviä ei luettu.",
        "Raden har {length} tecken, mer än en rad text. Raden lästes inte.",
        "The line has {length} characters, more than a line of text. It was not read.",
    ),
}
_MISSING: Final = {
    "owner": ("omistaja", "ägare", "an owner"),
    "users": ("käyttäjät", "användare", "users"),
    "description": ("kuvaus", "beskrivning", "a description"),
}


def finding(code: str, lines: Iterable[int], **params: str) -> Finding:
    """A finding with its sentences filled in. ``code`` is a key of ``TEXTS``."""
    fi, sv, en = (text.format(**params) for text in TEXTS[code])
    return Finding(code, tuple(sorted(set(lines))), params, fi, sv, en)


def check(
    draft: Draft,
    page: Page,
    *,
    empty: Sequence[tuple[str, tuple[int, ...]]],
    repeated: Sequence[tuple[str, tuple[int, ...]]],
    known_classes: Mapping[str, str] | None,
    today: date,
) -> Draft:
    """The draft with its findings, in the order of the page."""
    found = [finding("empty_list", lines, text=_short(text)) for text, lines in empty]
    found += [finding("name_repeated", lines, name=name) for name, lines in repeated]
    if not draft.entities:
        found.append(finding("nothing_recognised", ()))
    found += [finding("line_too_long", (line.number,), length=str(len(line.text))) for line in page.lines if len(line.text) > MAX_LINE]
    found += _duplicated(draft)
    found += _descriptions(draft)
    found += _undescribed(draft)
    found += _resources_named(draft)
    found += _owners(draft, today)
    found += _missing(draft)
    found += _sources(draft)
    found += _addresses(draft, page)
    if known_classes is not None:
        found += _classes(draft, known_classes)
    return replace(draft, findings=tuple(sorted(found, key=lambda one: (one.lines or (0,), one.code))))


def _short(text: str, limit: int = 90) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"


def stems(text: str) -> list[str]:
    """Words cut to the part that inflection leaves alone: enough to see that two sentences say the same."""
    return [word[: max(4, min(7, len(word) - 2))] for word in words.tokens(text)]


def _duplicated(draft: Draft) -> list[Finding]:
    """A sentence said twice running in one value, and a long value standing under two names of one entity."""
    found: list[Finding] = []
    for entity in draft.entities:
        for field in entity.fields:
            before: frozenset[str] = frozenset()
            for sentence in sentences(field.value[:20_000]):
                now = frozenset(stems(sentence))
                if len(now) >= 4 and now == before:
                    found.append(finding("duplicated_text", field.lines, text=_short(sentence)))
                before = now
        found += _same_values(entity)
    return found


def _same_values(entity: Entity) -> list[Finding]:
    lists = [field for field in entity.fields if len(field.items) >= 5 and field.name in {"content", "datasets"}]
    for place, one in enumerate(lists):
        for other in lists[place + 1 :]:
            left, right = ({_core(item) for item in field.items} for field in (one, other))
            if len(left & right) * 10 >= 6 * min(len(left), len(right)):
                return [finding("duplicated_text", (*one.lines, *other.lines), text=_short(other.value))]
    return []


def _core(item: str) -> frozenset[str]:
    """An item of a list by the words before its head: the head is what inflects with the sentence around it."""
    said = words.tokens(item)
    return frozenset(word[:6] for word in (said[:-1] or said))


def _descriptions(draft: Draft) -> list[Finding]:
    """Systems with the same description, and with nearly the same (compared only while the page has few systems)."""
    described = [(entity, entity.field("description")) for entity in draft.of_kind("system") if entity.value("description")]
    same: dict[str, list[Entity]] = defaultdict(list)
    for entity, _ in described:
        same[norm(entity.value("description"))].append(entity)
    found = [_pair("same_description", one[0], other, one[0].value("description")) for one in same.values() for other in one[1:]]
    if len(described) > 400:
        return found
    told = [(entity, frozenset(stems(entity.value("description")))) for entity, _ in described]
    often = Counter(stem for _, one in told for stem in one)
    common = {stem for stem, count in often.items() if count > max(3, len(told) // 10)}
    sets = [(entity, one - common) for entity, one in told]
    for place, (first, left) in enumerate(sets):
        for second, right in sets[place + 1 :]:
            if norm(first.value("description")) == norm(second.value("description")):
                continue
            near = min(len(left), len(right)) >= 5 and len(left & right) * 100 >= 55 * min(len(left), len(right))
            if near or _contained(first, second):
                found.append(_pair("similar_description", first, second, second.value("description")))
    return found


def _contained(one: Entity, other: Entity) -> bool:
    """Whether the whole description of the one is a sentence of the other's."""
    texts = [one.value("description"), other.value("description")]
    parts = [{norm(sentence) for sentence in sentences(text)} for text in texts]
    return norm(texts[0]) in parts[1] or norm(texts[1]) in parts[0]


def _pair(code: str, one: Entity, other: Entity, text: str) -> Finding:
    fields = [field for entity in (one, other) if (field := entity.field("description"))]
    lines = [number for field in fields for number in field.lines]
    return finding(code, lines, one=one.name, other=other.name, text=_short(text))


def _undescribed(draft: Draft) -> list[Finding]:
    return [
        finding("system_not_described", entity.lines, name=entity.name)
        for entity in draft.of_kind("system")
        if not entity.value("description")
    ]


def _resources_named(draft: Draft) -> list[Finding]:
    described = [entity.name for entity in draft.of_kind("resource")]
    return [
        finding("resource_not_described", row.lines, name=row.target_name)
        for row in draft.related("body-resource")
        if row.note == "named" and not any(_same_core(row.target_name, name) for name in described)
    ]


def _same_core(one: str, other: str) -> bool:
    """Whether two resource names have the same words apart from the head noun, or one is about part of the other."""
    left, right = (" ".join(name.split()[:-1]) for name in (one, other))
    starts = {word[:6] for word in words.tokens(left) if len(word) > 5}
    return same_words(left, right) or bool(starts and starts <= {word[:6] for word in words.tokens(right)})


def _owners(draft: Draft, today: date) -> list[Finding]:
    found: list[Finding] = []
    for entity in draft.entities:
        field = entity.field("owner")
        past = [year for year in years_in(field.value) if year < today.year] if field else []
        if field and past:
            found.append(finding("owner_dates_past", field.lines, name=entity.name, year=str(max(past))))
    return found


def _missing(draft: Draft) -> list[Finding]:
    """A system that the page has an entry for, without one of the three things such entries say."""
    found: list[Finding] = []
    for entity in draft.of_kind("system"):
        said = {field.name for field in entity.fields}
        if not said & {"owner", "users"}:
            continue
        for name, (fi, sv, en) in _MISSING.items():
            if name not in said:
                found.append(finding("field_missing", entity.lines[:1], name=entity.name, what_fi=fi, what_sv=sv, what_en=en))
    return found


def _sources(draft: Draft) -> list[Finding]:
    units = [entity for entity in draft.of_kind("unit") if entity.value("tasks")]
    without = [entity for entity in units if not entity.value("source")]
    if len(without) * 2 >= len(units):
        return []
    return [finding("source_missing", entity.lines[:1], name=entity.name) for entity in without]


def _addresses(draft: Draft, page: Page) -> list[Finding]:
    """Box numbers and e-mail addresses written more than once."""
    if not draft.entities:
        return []
    seen: dict[str, list[int]] = defaultdict(list)
    for line in page.lines:
        if line.furniture or len(line.text) > MAX_LINE:
            continue
        text = clean(line.text)
        for box in words.POSTAL_BOX.finditer(text):
            seen[re.sub(r"\s+", " ", box.group(0))].append(line.number)
        for street in words.STREET.finditer(text):
            seen[street.group(1)].append(line.number)
        for mail in words.EMAIL.findall(text):
            seen[mail].append(line.number)
    return [
        finding("address_repeated", lines, address=address, count=str(len(lines))) for address, lines in seen.items() if len(set(lines)) > 1
    ]


def _classes(draft: Draft, known: Mapping[str, str]) -> list[Finding]:
    found: list[Finding] = []
    for entity in draft.of_kind("class_code"):
        title = entity.value("title")
        if entity.name not in known:
            found.append(finding("unknown_class", entity.lines, number=entity.name, title=title))
        elif known[entity.name] and norm(known[entity.name]) != norm(title):
            found.append(finding("class_title_differs", entity.lines, number=entity.name, title=title, known=known[entity.name]))
    return found
