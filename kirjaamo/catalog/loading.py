"""How an entry of a data pack becomes catalog rows: two passes, entries first, then what they refer to."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from kirjaamo.catalog.models import (
    Connection,
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
from kirjaamo.kernel.packs import Item, Pack
from kirjaamo.organisation.models import ExternalBody, Unit
from kirjaamo.tos.models import ClassRevision, FunctionClass

MODELS: Mapping[str, type[Entry]] = {
    "resource": InformationResource,
    "dataset": Dataset,
    "system": InformationSystem,
    "register": PersonalDataRegister,
}
VERSION = 1
"""Raised when the same pack is to be written anew because this module reads it otherwise."""


@dataclass
class Names:
    """What the entries of a pack may refer to, by slug or code."""

    units: Mapping[str, Unit]
    externals: Mapping[str, ExternalBody]
    classes: Mapping[str, FunctionClass]
    fed: frozenset[str] = frozenset()
    """The systems that report their events here: what a pack says does not undo it."""
    entries: dict[str, dict[str, Entry]] = field(default_factory=lambda: {"resource": {}, "dataset": {}, "system": {}, "register": {}})

    def pick(self, item: Item, key: str, among: Mapping[str, Any]) -> list[Any]:
        """The rows that a list of references names; an unknown one is an error that names it."""
        missing = [name for name in item.get(key, []) if name not in among]
        if missing:
            raise item.problem(f"{key}: not in the pack: {', '.join(missing)}")
        return [among[name] for name in dict.fromkeys(item.get(key, []))]

    def unit(self, item: Item, key: str) -> Unit:
        """The unit that a reference names."""
        slug = item.need(key)
        if slug not in self.units:
            raise item.problem(f"{key}: no unit '{slug}'")
        return self.units[slug]


def load(pack: Pack) -> dict[str, int]:
    """Write all entries of the pack; return how many of each kind. Must run within an action."""
    revisions = ClassRevision.objects.in_force(timezone.localdate()).select_related("function_class")
    names = Names(
        units={unit.slug: unit for unit in Unit.objects.all()},
        externals={body.slug: body for body in ExternalBody.objects.all()},
        classes={revision.code: revision.function_class for revision in revisions},
        fed=frozenset(InformationSystem.objects.filter(connection=Connection.FED).values_list("slug", flat=True)),
    )
    makers: dict[str, Callable[[Item, Names, int], Entry]] = {
        "system": _system,
        "register": _register,
        "resource": _resource,
        "dataset": _dataset,
    }
    changed: list[tuple[str, Item]] = []
    for kind, make in makers.items():
        known = {row.slug: row for row in MODELS[kind].objects.all()}
        for order, item in enumerate(pack.items(kind)):
            slug = item.need("slug")
            if slug in names.entries[kind]:
                raise item.problem(f"the {kind} stands in the pack twice")
            above = kind == "dataset" and any(other.get("slug") == item.get("resource") for what, other in changed if what == "resource")
            if slug in known and known[slug].pack_digest == digest(item, order) and not above:
                names.entries[kind][slug] = known[slug]
                continue
            names.entries[kind][slug] = make(item, names, order)
            changed.append((kind, item))
    for kind, item in changed:
        _relate(kind, item, names)
    for item in pack.items("example"):
        _example(item, names)
    return {kind: len(found) for kind, found in names.entries.items()} | {"example": len(pack.items("example"))}


def digest(item: Item, order: int) -> str:
    """Return the mark of what a pack says of an entry.

    An entry whose mark is as before is left alone, with what people have since accepted or written; a changed one is
    written anew as the pack says.
    """
    return hashlib.sha256(json.dumps([VERSION, order, item.values], sort_keys=True, default=str).encode()).hexdigest()


def _common(item: Item, names: Names, order: int) -> dict[str, Any]:
    access = item.get("access", {})
    return {
        "title": item.text("title"),
        "names": item.get("names", []),
        "purpose": item.text("purpose"),
        "description": item.text("description"),
        "decided_by": names.unit(item, "decided_by"),
        "access": access.get("kind", "unknown"),
        "access_grounds": access.get("grounds", []),
        "access_note": access.get("note", {}),
        "retention_note": item.text("retention_note"),
        "since": str(item.get("since", "")),
        "route": item.text("route"),
        "source": item.get("source", {}),
        "order": order,
        "pack_digest": digest(item, order),
    }


def _system(item: Item, names: Names, order: int) -> Entry:
    controllers = item.get("controller_names", [])
    facts = _common(item, names, order) | {
        "heading": item.need("heading"),
        "users": item.text("users"),
        "controller": item.get("controller", "own"),
        "controller_names": controllers,
        "controller_note": item.text("controller_note"),
        "connection": Connection.FED if item.get("slug") in names.fed else item.get("connection", "hand"),
        "state": item.get("state", "in_use"),
        "state_note": item.text("state_note"),
        "feeds_case_register": item.get("feeds_case_register", "unknown"),
        "feeds_service_data": item.get("feeds_service_data", "unknown"),
        "open_interface": item.get("open_interface", "unknown"),
        "interface_url": item.get("interface_url", ""),
        "interface_note": item.text("interface_note"),
        "is_group": item.get("is_group", False),
    }
    system, _new = InformationSystem.objects.update_or_create(slug=item.need("slug"), defaults=facts)
    return system


def _register(item: Item, names: Names, order: int) -> Entry:
    facts = _common(item, names, order) | {
        "unit": names.unit(item, "unit"),
        "controller": item.get("controller", "own"),
        "controller_note": item.text("controller_note"),
        "notice": item.get("notice", "unknown"),
        "notice_url": item.get("notice_url", ""),
        "state": item.get("state", "in_use"),
        "state_note": item.text("state_note"),
    }
    register, _new = PersonalDataRegister.objects.update_or_create(slug=item.need("slug"), defaults=facts)
    return register


def _resource(item: Item, names: Names, order: int) -> Entry:
    facts = _common(item, names, order) | {
        "unit": names.unit(item, "unit"),
        "city_wide": item.get("city_wide", False),
        "stub": item.get("stub", False),
        "stub_reason": item.text("stub_reason"),
    }
    resource, _new = InformationResource.objects.update_or_create(slug=item.need("slug"), defaults=facts)
    return resource


def _dataset(item: Item, names: Names, order: int) -> Entry:
    resources = names.entries["resource"]
    if item.need("resource") not in resources:
        raise item.problem(f"no resource '{item.need('resource')}'")
    resource = resources[item.need("resource")]
    known = Item(item.file, {"decided_by": resource.decided_by.slug, **item.values})
    facts = _common(known, names, order) | {"resource": resource, "left_out": item.text("left_out"), "pack_digest": digest(item, order)}
    dataset, _new = Dataset.objects.update_or_create(slug=item.need("slug"), defaults=facts)
    dataset.groups.all().delete()
    DataGroup.objects.bulk_create(
        [
            DataGroup(
                dataset=dataset,
                title=g.text("title"),
                publicity=g.get("publicity", "unknown"),
                personal=g.get("personal", "unknown"),
                order=i,
            )
            for i, g in enumerate(item.items("groups"))
        ]
    )
    return dataset


def _relate(kind: str, item: Item, names: Names) -> None:
    entry = names.entries[kind][item.need("slug")]
    if isinstance(entry, InformationResource | InformationSystem | PersonalDataRegister):
        entry.classes.set(names.pick(item, "classes", names.classes))
    if isinstance(entry, InformationResource | Dataset | PersonalDataRegister):
        entry.systems.set(names.pick(item, "systems", names.entries["system"]))
    if isinstance(entry, InformationResource):
        entry.registers.set(names.pick(item, "registers", names.entries["register"]))
    if isinstance(entry, InformationResource | InformationSystem):
        entry.feeds.set(names.pick(item, "feeds", names.entries[kind]))
        _part_of(entry, item, names.entries[kind])
    if isinstance(entry, InformationSystem):
        _owners(entry, item, names)
    if not isinstance(entry, Dataset):
        _about(entry, kind, item)


def _part_of(entry: InformationResource | InformationSystem, item: Item, among: Mapping[str, Entry]) -> None:
    whole = item.get("part_of")
    if whole is not None and whole not in among:
        raise item.problem(f"part_of: no '{whole}'")
    entry.part_of = among[whole] if whole else None  # type: ignore[assignment]
    entry.save(update_fields=["part_of"])


def _owners(system: InformationSystem, item: Item, names: Names) -> None:
    system.owners.all().delete()
    owners = []
    for order, owner in enumerate(item.items("owners")):
        unit, external = owner.get("unit"), owner.get("external")
        if (unit and unit not in names.units) or (external and external not in names.externals):
            raise item.problem(f"owner: no '{unit or external}'")
        owners.append(
            SystemOwner(
                system=system,
                unit=names.units[unit] if unit else None,
                external=names.externals[external] if external else None,
                valid_from=owner.get("from"),
                valid_to=owner.get("to"),
                joint=owner.get("joint", False),
                note=owner.text("note"),
                order=order,
            )
        )
    SystemOwner.objects.bulk_create(owners)


def _about(entry: Entry, kind: str, item: Item) -> None:
    """Replace what is said of the entry: keys, links, statements, corrections."""
    of = {kind: entry}
    SearchKey.objects.filter(**of).delete()
    GetHere.objects.filter(**of).delete()
    Statement.objects.filter(**of).delete()
    Correction.objects.filter(**of).delete()
    SearchKey.objects.bulk_create(
        [
            SearchKey(
                **of,
                order=i,
                kind=k.need("kind"),
                label=k.text("label"),
                question=k.text("question"),
                origin=k.get("origin", "proposed"),
                secret=k.get("secret", False),
                needed=k.get("needed", False),
            )
            for i, k in enumerate(item.items("key"))
        ]
    )
    GetHere.objects.bulk_create(
        [
            GetHere(**of, order=i, title=g.text("title"), url=g.need("url"), kind=g.need("kind"), note=g.text("note"))
            for i, g in enumerate(item.items("get_here"))
        ]
    )
    Statement.objects.bulk_create([_statement(of, s, i) for i, s in enumerate(item.items("published"))])
    Correction.objects.bulk_create(
        [
            Correction(
                **of,
                order=i,
                about=c.need("about"),
                published=c.get("published", ""),
                corrected=c.text("corrected"),
                reason=c.text("reason"),
                source=c.get("source", ""),
                page=c.get("page", ""),
            )
            for i, c in enumerate(item.items("correction"))
        ]
    )


def _statement(of: Mapping[str, Entry], told: Item, order: int) -> Statement:
    texts = {key: told.get(key, "") for key in ("heading", "description", "owner", "users")}
    return Statement(**of, order=order, page=told.need("page"), **texts)


def _example(item: Item, names: Names) -> None:
    def one(kind: str) -> Entry:
        slug = item.need(kind)
        if slug not in names.entries[kind]:
            raise item.problem(f"no {kind} '{slug}'")
        return names.entries[kind][slug]

    facts = {
        "title": item.text("title"),
        "resource_id": one("resource").pk,
        "system_id": one("system").pk,
        "register_id": one("register").pk if item.get("register") else None,
        "keys": _plain(item.get("keys", [])),
        "channels": _plain(item.get("channels", [])),
        "note": item.text("note"),
        "source": item.get("source", {}),
    }
    known = Example.objects.filter(slug=item.need("slug"))
    if known.filter(**facts).exists():
        return
    Example.objects.update_or_create(slug=item.need("slug"), defaults=facts)


def _plain(values: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [dict(value) for value in values]
