"""The description as plain data: every unit, class, resource, dataset, system and register with what it is tied to.

`build()` reads the rows once (a fixed number of statements, whatever their count) and gives for each kind the entries by
slug. A page, a download, the gate, the search and a publication are all made of these dictionaries (906/2019 § 28).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils import timezone

from kirjaamo.cases.classes import WORDS
from kirjaamo.catalog.contacts import Reach, reaches
from kirjaamo.catalog.kinds import Kind
from kirjaamo.catalog.models import (
    About,
    Correction,
    DataGroup,
    Dataset,
    Entry,
    Example,
    GetHere,
    InformationResource,
    InformationSystem,
    PersonalDataRegister,
    SearchKey,
    Statement,
    SystemOwner,
)
from kirjaamo.kernel.registry import Source, parts_of
from kirjaamo.norms.models import SecrecyGround
from kirjaamo.organisation.models import ExternalBody, ManagementUnit, Unit
from kirjaamo.tos.models import ClassRevision, Responsible

OPENNESS_ACT = "621/1999"
Content = dict[str, Any]
Entries = dict[str, dict[str, Content]]
Links = Mapping[int, list[int]]


@dataclass(frozen=True)
class Rows:
    """Every row that the description is made of, by key."""

    units: Mapping[int, Unit]
    reach: Mapping[int, Reach]
    classes: Mapping[int, ClassRevision]
    resources: Mapping[int, InformationResource]
    datasets: Mapping[int, Dataset]
    systems: Mapping[int, InformationSystem]
    registers: Mapping[int, PersonalDataRegister]
    groups: Mapping[int, list[DataGroup]]
    owners: Mapping[int, list[SystemOwner]]
    about: Mapping[tuple[str, int], Mapping[str, list[Content]]]
    examples: list[Example]
    responsible: list[tuple[int, int]]
    grounds: Mapping[str, Mapping[str, str]]
    bodies: Mapping[str, Mapping[str, str]]
    resource_classes: Links
    system_classes: Links
    register_classes: Links
    resource_systems: Links
    resource_registers: Links
    register_systems: Links
    dataset_systems: Links
    resource_feeds: Links
    system_feeds: Links


def build() -> Entries:
    """Return the whole description: kind → slug → what its page says."""
    rows = read_rows()
    made: Entries = {
        Kind.UNIT: {unit.slug: _unit(unit, rows) for unit in rows.units.values()},
        Kind.CLASS: {revision.code: _class(revision, rows) for revision in rows.classes.values()},
        Kind.RESOURCE: {row.slug: _resource(row, rows) for row in rows.resources.values()},
        Kind.DATASET: {row.slug: _dataset(row, rows) for row in rows.datasets.values()},
        Kind.SYSTEM: {row.slug: _system(row, rows) for row in rows.systems.values()},
        Kind.REGISTER: {row.slug: _register(row, rows) for row in rows.registers.values()},
    }
    for entries in made.values():
        for order, entry in enumerate(entries.values()):
            entry["order"] = order
    return made


def read_rows() -> Rows:
    """Read the catalog with its units and classes."""
    units = {unit.pk: unit for unit in Unit.objects.select_related("authority")}
    approved = ClassRevision.objects.in_force(timezone.localdate()).order_by("code")
    return Rows(
        units=units,
        reach=reaches(units),
        classes={revision.function_class_id: revision for revision in approved},
        resources={row.pk: row for row in InformationResource.objects.all()},
        datasets={row.pk: row for row in Dataset.objects.all()},
        systems={row.pk: row for row in InformationSystem.objects.all()},
        registers={row.pk: row for row in PersonalDataRegister.objects.all()},
        groups=_grouped(DataGroup.objects.all(), "dataset_id"),
        owners=_grouped(SystemOwner.objects.select_related("external"), "system_id"),
        about=_about(),
        examples=list(Example.objects.order_by("slug")),
        responsible=list(Responsible.objects.order_by("unit__order").values_list("function_class_id", "unit_id")),
        grounds=_grounds(),
        bodies={unit.slug: unit.title for unit in units.values()} | dict(ExternalBody.objects.values_list("slug", "title")),
        resource_classes=_links(InformationResource.classes.through, "informationresource_id", "functionclass_id"),
        system_classes=_links(InformationSystem.classes.through, "informationsystem_id", "functionclass_id"),
        register_classes=_links(PersonalDataRegister.classes.through, "personaldataregister_id", "functionclass_id"),
        resource_systems=_links(InformationResource.systems.through, "informationresource_id", "informationsystem_id"),
        resource_registers=_links(InformationResource.registers.through, "informationresource_id", "personaldataregister_id"),
        register_systems=_links(PersonalDataRegister.systems.through, "personaldataregister_id", "informationsystem_id"),
        dataset_systems=_links(Dataset.systems.through, "dataset_id", "informationsystem_id"),
        resource_feeds=_links(InformationResource.feeds.through, "from_informationresource_id", "to_informationresource_id"),
        system_feeds=_links(InformationSystem.feeds.through, "from_informationsystem_id", "to_informationsystem_id"),
    )


def _grouped(rows: Iterable[Any], key: str) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, key)].append(row)
    return found


def _links(through: type[models.Model], left: str, right: str) -> Links:
    found: dict[int, list[int]] = defaultdict(list)
    for one, other in through._base_manager.order_by("id").values_list(left, right):  # noqa: SLF001 - the table of a relation
        found[one].append(other)
    return found


def _grounds() -> dict[str, dict[str, str]]:
    """What each ground for secrecy is called, by the short form in which the pack cites it."""
    found: dict[str, dict[str, str]] = {}
    for act, section, subsection, point, title in SecrecyGround.objects.values_list("act", "section", "subsection", "point", "title"):
        cited = f"JulkL {section}.{subsection} § {point}" if act == OPENNESS_ACT else f"{act} {section} §"
        told = found.setdefault(cited, {})
        for language, text in title.items():
            told[language] = f"{told[language]} / {text}" if language in told else text
    return found


def _turned(links: Links, key: int) -> list[int]:
    return [one for one, others in links.items() if key in others]


def _about() -> dict[tuple[str, int], dict[str, list[Content]]]:
    """What is said of each entry: keys, links, statements and corrections, by the entry's kind and key."""
    found: dict[tuple[str, int], dict[str, list[Content]]] = defaultdict(lambda: defaultdict(list))
    pages = {page["page"]: page for unit in ManagementUnit.objects.all() for page in unit.sources}
    told: tuple[tuple[str, type[About], tuple[str, ...]], ...] = (
        ("keys", SearchKey, ("kind", "label", "question", "origin", "secret", "needed")),
        ("get_here", GetHere, ("title", "url", "kind", "note")),
        ("statements", Statement, ("page", "heading", "description", "owner", "users")),
        ("corrections", Correction, ("about", "published", "corrected", "reason", "source", "page")),
    )
    for name, model, fields in told:
        for row in model.objects.values("resource_id", "system_id", "register_id", *fields):
            kind = next(kind for kind in (Kind.RESOURCE, Kind.SYSTEM, Kind.REGISTER) if row[f"{kind}_id"])
            said = {field: row[field] for field in fields}
            if "page" in said:
                page = pages.get(said["page"], {})
                said |= {"page_title": page.get("title", {}), "page_url": page.get("url", "")}
            found[kind, row[f"{kind}_id"]][name].append(said)
    return found


def ref(kind: Kind, slug: str, title: Mapping[str, str]) -> Content:
    """Return a reference to a page."""
    return {"kind": kind.value, "slug": slug, "title": dict(title)}


def _unit_ref(unit: Unit) -> Content:
    return ref(Kind.UNIT, unit.slug, unit.title)


def _class_ref(revision: ClassRevision) -> Content:
    return ref(Kind.CLASS, revision.code, revision.title)


def _refs(kind: Kind, rows: Mapping[int, Any], keys: Iterable[int]) -> list[Content]:
    chosen = sorted((rows[key] for key in keys if key in rows), key=lambda row: (row.order, row.slug))
    return [ref(kind, row.slug, row.title) for row in chosen]


def _class_refs(rows: Rows, keys: Iterable[int]) -> list[Content]:
    return [
        _class_ref(revision) for revision in sorted((rows.classes[key] for key in keys if key in rows.classes), key=lambda one: one.code)
    ]


def _common(entry: Entry, kind: Kind, rows: Rows, *, city_wide: bool = False) -> Content:
    unit = rows.units[entry.decided_by_id]
    about = rows.about.get((kind, entry.pk), {})
    return {
        "kind": kind.value,
        "slug": entry.slug,
        "title": entry.title,
        "names": entry.names,
        "purpose": entry.purpose,
        "description": entry.description,
        "access": {
            "kind": entry.access,
            "grounds": entry.access_grounds,
            "ground_titles": [dict(rows.grounds.get(ground, {})) for ground in entry.access_grounds],
            "note": entry.access_note,
        },
        "retention": entry.retention_note,
        "since": entry.since,
        "route": entry.route,
        "source": entry.source,
        "decided_by": _unit_ref(unit) | {"authority": unit.authority.name},
        "contacts": rows.reach[unit.pk].content(city_wide=city_wide),
        "keys": list(about.get("keys", [])),
        "get_here": list(about.get("get_here", [])),
        "statements": list(about.get("statements", [])),
        "corrections": list(about.get("corrections", [])),
    }


def _resource(row: InformationResource, rows: Rows) -> Content:
    datasets = [dataset for dataset in rows.datasets.values() if dataset.resource_id == row.pk]
    return _common(row, Kind.RESOURCE, rows, city_wide=row.city_wide) | {
        "unit": _unit_ref(rows.units[row.unit_id]),
        "city_wide": row.city_wide,
        "stub": row.stub,
        "stub_reason": row.stub_reason,
        "part_of": _whole(Kind.RESOURCE, rows.resources, row.part_of_id),
        "parts": _refs(Kind.RESOURCE, rows.resources, (one.pk for one in rows.resources.values() if one.part_of_id == row.pk)),
        "feeds": _refs(Kind.RESOURCE, rows.resources, rows.resource_feeds.get(row.pk, [])),
        "fed_by": _refs(Kind.RESOURCE, rows.resources, _turned(rows.resource_feeds, row.pk)),
        "datasets": [_dataset_part(dataset, rows) for dataset in datasets],
        "systems": [_system_part(key, rows) for key in _in_order(rows.systems, rows.resource_systems.get(row.pk, []))],
        "registers": _refs(Kind.REGISTER, rows.registers, rows.resource_registers.get(row.pk, [])),
        "classes": _class_refs(rows, rows.resource_classes.get(row.pk, [])),
        "examples": [_example(one, rows) for one in rows.examples if one.resource_id == row.pk],
    }


def _in_order(rows: Mapping[int, Any], keys: Iterable[int]) -> list[int]:
    return sorted((key for key in keys if key in rows), key=lambda key: (rows[key].order, rows[key].slug))


def _whole(kind: Kind, rows: Mapping[int, Any], key: int | None) -> Content | None:
    return ref(kind, rows[key].slug, rows[key].title) if key else None


def _dataset_part(dataset: Dataset, rows: Rows) -> Content:
    """A dataset as other pages show it: its data groups and what is left out."""
    groups = [{"title": g.title, "publicity": g.publicity, "personal": g.personal} for g in rows.groups.get(dataset.pk, [])]
    return ref(Kind.DATASET, dataset.slug, dataset.title) | {
        "description": dataset.description,
        "groups": groups,
        "left_out": dataset.left_out,
    }


def _system_part(key: int, rows: Rows) -> Content:
    """A system as other pages show it: with its owners, users and how it is reached."""
    row = rows.systems[key]
    return ref(Kind.SYSTEM, row.slug, row.title) | {
        "owners": _owners(row, rows),
        "users": row.users,
        "controller": row.controller,
        "connection": row.connection,
        "state": row.state,
        "open_interface": row.open_interface,
    }


def _owners(row: InformationSystem, rows: Rows) -> list[Content]:
    made = []
    for owner in rows.owners.get(row.pk, []):
        body = owner.external
        who = {"kind": "external", "slug": body.slug, "title": body.title} if body else _unit_ref(rows.units[owner.unit_id or 0])
        dates = {"from": owner.valid_from and owner.valid_from.isoformat(), "to": owner.valid_to and owner.valid_to.isoformat()}
        made.append(who | dates | {"joint": owner.joint, "note": owner.note})
    return made


def _dataset(row: Dataset, rows: Rows) -> Content:
    resource = rows.resources[row.resource_id]
    systems = rows.dataset_systems.get(row.pk, [])
    keys = [key for system in _in_order(rows.systems, systems) for key in rows.about.get((Kind.SYSTEM, system), {}).get("keys", [])]
    made = _common(row, Kind.DATASET, rows, city_wide=resource.city_wide)
    return made | {
        "keys": [dict(text) for text in {str(key): key for key in keys}.values()],
        "resource": ref(Kind.RESOURCE, resource.slug, resource.title),
        "groups": _dataset_part(row, rows)["groups"],
        "left_out": row.left_out,
        "systems": [_system_part(key, rows) for key in _in_order(rows.systems, systems)],
    }


def _controllers(row: InformationSystem, rows: Rows) -> list[Mapping[str, str]]:
    """The names of the controllers beside or instead of this authority."""
    return [rows.bodies.get(slug, {"fi": slug}) for slug in row.controller_names]


def _system(row: InformationSystem, rows: Rows) -> Content:
    datasets = [rows.datasets[key] for key in _in_order(rows.datasets, _turned(rows.dataset_systems, row.pk))]
    return _common(row, Kind.SYSTEM, rows) | {
        "heading": row.heading,
        "users": row.users,
        "owners": _owners(row, rows),
        "controller": {"kind": row.controller, "names": _controllers(row, rows), "note": row.controller_note},
        "connection": row.connection,
        "state": row.state,
        "state_note": row.state_note,
        "feeds_case_register": row.feeds_case_register,
        "feeds_service_data": row.feeds_service_data,
        "open_interface": {"answer": row.open_interface, "url": row.interface_url, "note": row.interface_note},
        "is_group": row.is_group,
        "part_of": _whole(Kind.SYSTEM, rows.systems, row.part_of_id),
        "parts": _refs(Kind.SYSTEM, rows.systems, (one.pk for one in rows.systems.values() if one.part_of_id == row.pk)),
        "feeds": _refs(Kind.SYSTEM, rows.systems, rows.system_feeds.get(row.pk, [])),
        "fed_by": _refs(Kind.SYSTEM, rows.systems, _turned(rows.system_feeds, row.pk)),
        "datasets": [_dataset_part(dataset, rows) for dataset in datasets],
        "resources": _refs(Kind.RESOURCE, rows.resources, _turned(rows.resource_systems, row.pk)),
        "registers": _refs(Kind.REGISTER, rows.registers, _turned(rows.register_systems, row.pk)),
        "classes": _class_refs(rows, rows.system_classes.get(row.pk, [])),
        "examples": [_example(one, rows) for one in rows.examples if one.system_id == row.pk],
        "home": _home(row.slug),
    }


def _register(row: PersonalDataRegister, rows: Rows) -> Content:
    return _common(row, Kind.REGISTER, rows) | {
        "unit": _unit_ref(rows.units[row.unit_id]),
        "controller": {"kind": row.controller, "names": [], "note": row.controller_note},
        "notice": row.notice,
        "notice_url": row.notice_url,
        "state": row.state,
        "state_note": row.state_note,
        "systems": [_system_part(key, rows) for key in _in_order(rows.systems, rows.register_systems.get(row.pk, []))],
        "resources": _refs(Kind.RESOURCE, rows.resources, _turned(rows.resource_registers, row.pk)),
        "classes": _class_refs(rows, rows.register_classes.get(row.pk, [])),
        "examples": [_example(one, rows) for one in rows.examples if one.register_id == row.pk],
    }


def _example(row: Example, rows: Rows) -> Content:
    resource, system = rows.resources[row.resource_id], rows.systems[row.system_id]
    return {
        "slug": row.slug,
        "title": row.title,
        "resource": ref(Kind.RESOURCE, resource.slug, resource.title),
        "system": ref(Kind.SYSTEM, system.slug, system.title),
        "register": _whole(Kind.REGISTER, rows.registers, row.register_id),
        "keys": row.keys,
        "channels": row.channels,
        "note": row.note,
    }


def _home(slug: str) -> Content | None:
    """What the registers of this program that make up the system say of themselves, when there are any."""
    told = [described(source) for source in parts_of(slug)]
    if len(told) < 2:  # noqa: PLR2004 - one register is the system
        return told[0] if told else None
    together = {name: _different([one for part in told for one in part[name]]) for name in ("keys", "groups")}
    return told[0] | together | {"slug": slug, "since": min((part["since"] for part in told if part["since"]), default="")}


def described(source: Source) -> Content:
    """A source's own description without its count, which is shown as it is at the moment of looking."""
    told = source.describe()
    return {
        "slug": told.slug,
        "title": dict(told.title),
        "purpose": dict(told.purpose),
        "keys": [
            {"name": k.name, "kind": k.kind, "label": dict(k.label), "question": dict(k.question), "secret": k.secret} for k in told.keys
        ],
        "groups": _different(
            [{"title": dict(g.title), "publicity": g.publicity, "grounds": list(g.grounds), "personal": g.personal} for g in told.groups]
        ),
        "since": told.since.isoformat() if told.since else "",
    }


def _different(groups: list[Content]) -> list[Content]:
    """Each group once: a register may hold the same fact in two of its tables."""
    return [group for place, group in enumerate(groups) if group not in groups[:place]]


def _unit(unit: Unit, rows: Rows) -> Content:
    parent = rows.units.get(unit.parent_id or 0)
    mine = {unit.pk}
    return {
        "kind": Kind.UNIT.value,
        "slug": unit.slug,
        "title": unit.title,
        "short": unit.short,
        "names": [unit.short] if unit.short else [],
        "parent": _unit_ref(parent) if parent else None,
        "children": [_unit_ref(one) for one in rows.units.values() if one.parent_id == unit.pk],
        "body": unit.body,
        "authority": unit.authority.name,
        "tasks": unit.tasks,
        "tasks_source": unit.tasks_source,
        "decides": unit.decides,
        "is_registry_office": unit.is_registry_office,
        "contacts": rows.reach[unit.pk].content(),
        "resources": _refs(Kind.RESOURCE, rows.resources, (r.pk for r in rows.resources.values() if r.unit_id in mine)),
        "registers": _refs(Kind.REGISTER, rows.registers, (r.pk for r in rows.registers.values() if r.unit_id in mine)),
        "owned": _refs(Kind.SYSTEM, rows.systems, {o.system_id for owners in rows.owners.values() for o in owners if o.unit_id in mine}),
        "decided": _refs(Kind.SYSTEM, rows.systems, (s.pk for s in rows.systems.values() if s.decided_by_id in mine)),
        "classes": _class_refs(rows, [one for one, responsible in rows.responsible if responsible in mine]),
    }


def _class(revision: ClassRevision, rows: Rows) -> Content:
    key = revision.function_class_id
    parent = rows.classes.get(revision.parent_id or 0)
    return {
        "kind": Kind.CLASS.value,
        "slug": revision.code,
        "title": revision.title,
        "names": [],
        "everyday": WORDS().get(revision.code, {}),
        "description": revision.description,
        "origin": revision.origin,
        "note": revision.note,
        "valid_from": revision.valid_from.isoformat() if revision.valid_from else "",
        "parent": _class_ref(parent) if parent else None,
        "children": [_class_ref(one) for one in rows.classes.values() if one.parent_id == key],
        "units": [_unit_ref(rows.units[unit]) for one, unit in rows.responsible if one == key],
        "resources": _refs(Kind.RESOURCE, rows.resources, _turned(rows.resource_classes, key)),
        "systems": _refs(Kind.SYSTEM, rows.systems, _turned(rows.system_classes, key)),
        "registers": _refs(Kind.REGISTER, rows.registers, _turned(rows.register_classes, key)),
    }
