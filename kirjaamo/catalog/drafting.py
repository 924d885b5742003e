"""From a page that was read to a reviewable draft: what is new, what is known, what stands in the catalog already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from django.utils import timezone

from kirjaamo.catalog.importing import Draft, Entity, KnownEntry, Match, Matching, Relation, difference
from kirjaamo.catalog.models import (
    Change,
    Entry,
    InformationResource,
    InformationSystem,
    ItemState,
    Likeness,
    PersonalDataRegister,
    Statement,
)
from kirjaamo.organisation.models import Unit
from kirjaamo.tos.models import ClassRevision
from kirjaamo.ui.languages import LANGUAGES

ENTRY_KINDS: Mapping[str, type[Entry]] = {"system": InformationSystem, "register": PersonalDataRegister, "resource": InformationResource}
QUOTED = ("description", "owner", "users")
Values = dict[str, Any]


def known_entries() -> list[KnownEntry]:
    """Return what the catalog has, by all its names, for the importer to recognise."""
    found = []
    for kind, model in ENTRY_KINDS.items():
        for slug, title, names in model.objects.values_list("slug", "title", "names"):
            found.append(KnownEntry(kind, slug, [*dict.fromkeys([*_titles(title), *names])]))
    for slug, title, short in Unit.objects.values_list("slug", "title", "short"):
        found.append(KnownEntry("unit", slug, [*_titles(title), *([short] if short else [])]))
    for code, title in ClassRevision.objects.in_force(timezone.localdate()).values_list("code", "title"):
        found.append(KnownEntry("class_code", code, [code, *_titles(title)], [code]))
    return found


def _titles(title: Mapping[str, str]) -> list[str]:
    """The names of the languages in their order; the database keeps no order of keys."""
    return [title[language] for language in LANGUAGES if title.get(language)]


def items_of(draft: Draft, matching: Matching, before: Draft | None) -> list[Values]:
    """Return the rows of a draft; with an earlier reading of the page only what differs from it."""
    relations = _by_entity(draft)
    if before is None:
        return [_item(entity, draft, matching, relations, {}) for entity in draft.entities]
    changes = difference(draft, before)
    told: dict[str, Values] = defaultdict(dict)
    for change in changes.changed:
        told[change.key][change.field] = change.old
    touched = {relation.source for relation in changes.relations_new} | {relation.target for relation in changes.relations_new}
    new = {entity.key for entity in changes.new}
    shown = [entity for entity in draft.entities if entity.key in new or entity.key in told or entity.key in touched]
    made = [_item(entity, draft, matching, relations, told.get(entity.key, {}), again=entity.key not in new) for entity in shown]
    return made + [_gone(entity) for entity in changes.gone]


def _by_entity(draft: Draft) -> dict[str, list[Relation]]:
    """The relations of each entity, whichever end it is."""
    found: dict[str, list[Relation]] = defaultdict(list)
    for relation in draft.relations:
        for key in {relation.source, relation.target} - {""}:
            found[key].append(relation)
    return found


def _item(
    entity: Entity, draft: Draft, matching: Matching, relations: Mapping[str, list[Relation]], old: Values, *, again: bool = False
) -> Values:
    match = matching.of(draft.page, entity.key)
    known = bool(match and match.known)
    change = Change.CHANGED if again else Change.KNOWN if known else Change.NEW
    item = {
        "key": entity.key,
        "kind": entity.kind,
        "name": entity.name,
        "verbatim": entity.verbatim,
        "parent": entity.parent,
        "group": list(entity.group),
        "fields": [asdict(field) | ({"old": old[field.name]} if field.name in old else {}) for field in entity.fields],
        "relations": [asdict(relation) for relation in relations.get(entity.key, [])],
        "lines": list(entity.lines),
        "change": change,
        **_match(match),
    }
    if not again and known and match and match.verdict == "same" and stands(entity, match):
        item["state"] = ItemState.STANDING
    return item


def _match(match: Match | None) -> Values:
    if match is None or match.verdict == "new":
        return {"match": Likeness.NEW}
    return {
        "match": Likeness(match.verdict),
        "match_slug": match.target if match.known else "",
        "match_name": match.target_name,
        "match_reason": {"fi": match.fi, "sv": match.sv, "en": match.en},
    }


def _gone(entity: Entity) -> Values:
    return {
        "key": entity.key,
        "kind": entity.kind,
        "name": entity.name,
        "verbatim": entity.verbatim,
        "fields": [asdict(field) for field in entity.fields],
        "lines": [],
        "change": Change.GONE,
    }


def stands(entity: Entity, match: Match) -> bool:
    """Whether the catalog already holds what the page says of the thing: the same words, or the name when it says no more."""
    if entity.kind not in ENTRY_KINDS:
        return True
    quoted = {name: entity.value(name) for name in QUOTED}
    if not any(quoted.values()):
        return True
    told = Statement.objects.filter(**{f"{entity.kind}__slug": match.target}).values(*QUOTED)
    return any(same_words(statement, quoted) for statement in told)


def same_words(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Compare published words without regard to white space."""
    return all(_plain(one[name]) == _plain(other[name]) for name in QUOTED)


def _plain(text: str) -> str:
    return " ".join(text.split())


def lines_of(texts: Iterable[str], numbers: Iterable[int]) -> list[tuple[int, str]]:
    """Return lines of a page by their numbers, which count from 1."""
    every = list(texts)
    return [(number, every[number - 1]) for number in numbers if 0 < number <= len(every)]
