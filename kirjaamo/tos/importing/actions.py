"""What may be done to imports: bring a file as a draft with findings, and take it when it holds no error."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from kirjaamo.kernel.actions import action, running
from kirjaamo.kernel.errors import Refused
from kirjaamo.tos.actions import add_edition
from kirjaamo.tos.editing import actions as editing
from kirjaamo.tos.importing.content import CLASS_FACTS, unsaved
from kirjaamo.tos.importing.reading import read_file
from kirjaamo.tos.models import ClassRevision, FunctionClass, PlanEdition, PlanImport
from kirjaamo.tos.models.drafts import ImportKind
from kirjaamo.tos.norms import known
from kirjaamo.tos.packages import actions as packages

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor
    from kirjaamo.tos.models import Package


@action("Tuo tiedosto", needs="tos.edit")
def bring(name: str, data: bytes, *, actor: Actor) -> PlanImport:
    """Read a file and keep what it brings with its findings. A file that is not read at all is kept too, with the reason."""
    read = read_file(data, known())
    return PlanImport.of(
        kind=read.kind if read.kind in ImportKind.values else ImportKind.TABLE,
        name=name[-200:],
        sha256=hashlib.sha256(data).hexdigest(),
        content=read.content if not read.errors else {},
        findings=read.findings_data(),
        made_by=actor.actor_ref,
        made_at=running().at,
    )


@action("Ota tuonti luonnoksiksi", needs="tos.edit")
def take(brought: PlanImport, *, actor: Actor, on: dt.date) -> Package:
    """Make drafts of the classes of an import, in a package of their own; all or nothing.

    A class in force gets a draft whose content is replaced; another becomes a new class. Nodes keep their keys by key, else by
    kind and code.
    """
    held = _sound(brought)
    if held.kind == ImportKind.TREE:
        raise Refused(_("Luokitus otetaan vertailtavaksi laitokseksi, ei luonnoksiksi."), code="tos.tree_is_an_edition")
    package = packages.create(_("Tuonti: %s") % held.name, actor=actor)
    current = {one.code: one for one in ClassRevision.objects.in_force(on).select_related("function_class", "parent")}
    made: dict[str, FunctionClass] = {}
    for content in held.content["classes"]:
        before = current.get(content["code"])
        parent = _parent(content, current, made)
        if before is not None:
            draft = packages.add(package, before, actor=actor)
        else:
            draft = editing.new_class(content["code"], content["title"], parent=parent, package=package, actor=actor)
        made[content["code"]] = draft.function_class
        keys = {(node.kind, node.code): str(node.key) for node in before.nodes.all()} if before else {}
        _replace(draft, _with_keys(content, keys), parent or (before.parent if before and "parent" not in content else None), actor=actor)
    _taken(held, actor, package)
    return package


@action("Ota tuonti vertailtavaksi laitokseksi", needs="tos.edit")
def take_edition(brought: PlanImport, *, title: Mapping[str, str], source: str, licence: str, on: dt.date, actor: Actor) -> PlanEdition:
    """Keep a tree of classes as an edition to compare with; it brings nothing in force."""
    held = _sound(brought)
    if held.kind != ImportKind.TREE:
        raise Refused(_("Vain luokituksen voi ottaa vertailtavaksi."), code="tos.not_a_tree")
    edition = add_edition(held.content["classes"], title=title, source=source, licence=licence, on=on, actor=actor)
    _taken(held, actor, None)
    return edition


def _sound(brought: PlanImport) -> PlanImport:
    held = PlanImport.objects.select_for_update().get(pk=brought.pk)
    if held.taken_at is not None:
        raise Refused(_("Tuonti on jo otettu käyttöön."), code="tos.import_taken")
    if any(found["severity"] == "error" for found in held.findings) or not held.content:
        raise Refused(_("Tuonnissa on virheitä. Korjaa tiedosto ja tuo se uudelleen."), code="tos.import_has_errors")
    return held


def _taken(held: PlanImport, actor: Actor, package: Package | None) -> None:
    held.taken_at, held.taken_by, held.package = running().at, actor.actor_ref, package
    held.save(update_fields=["taken_at", "taken_by", "package"])


def _parent(content: Mapping[str, Any], current: Mapping[str, ClassRevision], made: Mapping[str, FunctionClass]) -> FunctionClass | None:
    code = content.get("parent", content["code"].rpartition(" ")[0])
    if not code:
        return None
    if code in made:
        return made[code]
    if code in current:
        return current[code].function_class
    sentence = _("Luokan %(code)s yläluokkaa %(parent)s ei ole suunnitelmassa. Tuo se samassa tiedostossa.")
    raise Refused(sentence % {"code": content["code"], "parent": code}, code="tos.parent_missing")


def _with_keys(content: Mapping[str, Any], keys: Mapping[tuple[str, str], str]) -> dict[str, Any]:
    """The content with the keys that nodes of the same kind and code have already, unless the file names known keys itself."""
    known_keys = set(keys.values())
    fresh = {
        told["key"]: told["key"] if told["key"] in known_keys else keys.get((told["kind"], told["code"]), told["key"])
        for told in content["nodes"]
    }
    if len(set(fresh.values())) != len(fresh):  # two nodes would take one key: the file's own stand, new ones are made for the rest
        fresh = {key: key if key in known_keys else str(uuid.uuid4()) for key in fresh}
    nodes = [{**told, "key": fresh[told["key"]], "parent": fresh.get(told["parent"] or "", "")} for told in content["nodes"]]
    return {**content, "nodes": nodes}


def _replace(draft: ClassRevision, content: Mapping[str, Any], parent: FunctionClass | None, *, actor: Actor) -> None:
    """Put the content of an import into a draft in place of what it holds."""
    facts = {name: content[name] for name in CLASS_FACTS if name in content}
    editing.edit_class(draft, {**facts, "parent": parent or draft.parent}, actor=actor)
    editing.replace_nodes(draft, unsaved(content, draft.function_class)[1], actor=actor)
