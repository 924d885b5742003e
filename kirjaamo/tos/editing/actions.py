"""What may be done to a draft. Every change notes who made it: none of them may approve the draft."""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, connection, transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from kirjaamo.kernel.actions import action, running
from kirjaamo.kernel.errors import Conflict, Refused
from kirjaamo.tos.actions import lock
from kirjaamo.tos.guards import refusal, refusal_of
from kirjaamo.tos.models import ClassRevision, FunctionClass, Node, NodeKind, RevisionState, RevisionStep, StepKind
from kirjaamo.tos.norms import known
from kirjaamo.tos.outline import Outline, Place, outline
from kirjaamo.tos.rules import EMPTY, Rule, unknown
from kirjaamo.ui.languages import pick

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kirjaamo.kernel.actors import Actor
    from kirjaamo.tos.models import Package

CODE = re.compile(r"\d{2}( \d{2}){0,5}")
"""Groups of two digits with a space between, as the city numbers its classes (records.md § 6)."""

COPIED = ("code", "title", "description", "internal", "parent", "origin", "note", "rules", "template", "sources", "proposed")
CLASS_FIELDS = (*COPIED, "law_change", "change_note")
NODE_FIELDS = ("code", "title", "type_code", "specifier", "terminal", "required", "deadline", "note", "source", "said")


@action("Tee luonnos", needs="tos.edit")
def draft_of(revision: ClassRevision, *, actor: Actor, package: Package | None = None) -> ClassRevision:
    """Make a draft of the next revision: everything of the given one, every node under its constant key.

    `Refused` when the class has a draft already.
    """
    FunctionClass.objects.select_for_update().get(pk=revision.function_class_id)
    newest = revision.function_class.revisions.order_by("-number").first() or revision
    if not newest.is_fixed:
        raise refusal_of("one_draft_of_a_class_at_a_time")
    draft = ClassRevision.of(
        function_class_id=revision.function_class_id,
        number=newest.number + 1,
        drafted_by=actor.actor_ref,
        edited_by=[actor.actor_ref],
        package=package,
        **{name: getattr(revision, name) for name in COPIED},
    )
    _insert(_copies(outline(revision, known()).roots, draft, None, keep_keys=True))
    RevisionStep.of(revision=draft, at=running().at, actor=actor.actor_ref, kind=StepKind.CREATED)
    return draft


@action("Lisää luokka", needs="tos.edit")
def new_class(
    code: str, title: Mapping[str, str], *, actor: Actor, parent: FunctionClass | None = None, package: Package | None = None
) -> ClassRevision:
    """Make a draft of a class that does not exist yet."""
    draft = ClassRevision.of(
        function_class=FunctionClass.of(),
        code=_checked_code(code),
        title=_checked_title(title),
        parent=parent,
        drafted_by=actor.actor_ref,
        edited_by=[actor.actor_ref],
        package=package,
    )
    RevisionStep.of(revision=draft, at=running().at, actor=actor.actor_ref, kind=StepKind.CREATED)
    return draft


@action("Muuta luokkaa", needs="tos.edit")
def edit_class(revision: ClassRevision, values: Mapping[str, Any], *, actor: Actor) -> ClassRevision:
    """Change facts of the class itself and the rules that its documents inherit."""
    draft = _open(revision, actor)
    for name, value in values.items():
        if name not in CLASS_FIELDS:
            raise Refused(_("Luokalla ei ole tällaista tietoa: %s") % name, code="tos.unknown_field", field=name)
        setattr(draft, name, value)
    draft.code, draft.title = _checked_code(draft.code), _checked_title(draft.title)
    _check_rule(draft.rules)
    if draft.parent_id == draft.function_class_id:
        raise refusal_of("a_class_is_not_under_itself")
    draft.save(update_fields=list(values) or ["title"])
    return draft


@action("Lisää kohta", needs="tos.edit")
def add_node(
    revision: ClassRevision,
    kind: NodeKind,
    title: Mapping[str, str],
    *,
    actor: Actor,
    parent: Node | None = None,
    code: str = "",
    type_code: str = "",
) -> Node:
    """Add a stage, measure, document type or attachment type as the last of its brothers."""
    draft = _open(revision, actor)
    place = code or _free_code(draft, kind, _checked_title(title)["fi"])
    node = Node(revision=draft, parent=parent, kind=kind, order=draft.nodes.count(), code=place, title=dict(title), type_code=type_code)
    _guarded_save(node)
    renumber(draft)
    node.refresh_from_db(fields=["order"])
    return node


@action("Muuta kohtaa", needs="tos.edit")
def edit_node(node: Node, values: Mapping[str, Any], *, actor: Actor, seen: str = "") -> Node:
    """Change facts of a node. `seen` is the `stamp` of what was on the screen: another's change in between is a `Conflict`."""
    draft = _open(node.revision, actor)
    held = draft.nodes.get(pk=node.pk)
    if seen and seen != stamp(held):
        raise Conflict
    for name, value in values.items():
        if name not in NODE_FIELDS:
            raise Refused(_("Kohdalla ei ole tällaista tietoa: %s") % name, code="tos.unknown_field", field=name)
        setattr(held, name, value)
    held.title = _checked_title(held.title)
    _check_rule(held.said)
    _guarded_save(held, list(values) or ["title"])
    return held


@action("Muuta sääntöä", needs="tos.edit")
def say(node: Node, values: Mapping[str, Any], *, actor: Actor, seen: str = "") -> Node:
    """Say rule values on a node; a value of `None` takes the word back, so that it is inherited again."""
    said = {name: value for name, value in {**node.said, **values}.items() if value is not None}
    return edit_node(node, {"said": said}, actor=actor, seen=seen)


@action("Siirrä kohtaa", needs="tos.edit")
def move_node(node: Node, step: int, *, actor: Actor) -> Node:
    """Move a node among its brothers: -1 is one up, 1 one down; past the end it stays."""
    draft = _open(node.revision, actor)
    tree = outline(draft, known())
    brothers = _brothers(tree, node)
    index = next(number for number, place in enumerate(brothers) if place.node.pk == node.pk)
    target = min(max(index + step, 0), len(brothers) - 1)
    order = list(brothers)
    order.insert(target, order.pop(index))
    _write_order(draft, tree, {place.node.pk: number for number, place in enumerate(order)})
    node.refresh_from_db()
    return node


@action("Siirrä toiseen kohtaan", needs="tos.edit")
def put_node(node: Node, parent: Node | None, *, actor: Actor) -> Node:
    """Put a node with all that is below it under another node of the same draft, as its last."""
    draft = _open(node.revision, actor)
    held = draft.nodes.get(pk=node.pk)
    held.parent, held.order = parent, draft.nodes.count()
    _guarded_save(held, ["parent", "order"])
    renumber(draft)
    held.refresh_from_db()
    return held


@action("Kopioi kohta", needs="tos.edit")
def copy_node(node: Node, into: ClassRevision, *, actor: Actor, parent: Node | None = None) -> Node:
    """Copy a node with all that is below it, from any revision, into a draft. Copies get keys of their own."""
    draft = _open(into, actor)
    place = next(one for one in outline(node.revision, known()) if one.node.pk == node.pk)
    taken = {(kind, code) for kind, code in draft.nodes.values_list("kind", "code")}
    copies = _copies([place], draft, parent, keep_keys=False, taken=taken, first=draft.nodes.count())
    _insert(copies)
    renumber(draft)
    return copies[0]


@action("Kopioi prosessi", needs="tos.edit")
def copy_process(source: ClassRevision, into: ClassRevision, *, actor: Actor) -> ClassRevision:
    """Copy the rules and the whole process of a class into an empty draft of another, under keys of its own."""
    draft = _open(into, actor)
    if draft.nodes.exists():
        raise Refused(_("Luonnoksessa on jo käsittelyprosessi. Poista sen kohdat ensin."), code="tos.draft_not_empty")
    draft.rules, draft.template = source.rules, source.template
    draft.save(update_fields=["rules", "template"])
    _insert(_copies(outline(source, known()).roots, draft, None, keep_keys=False))
    renumber(draft)
    return draft


@action("Poista kohta", needs="tos.edit")
def remove_node(node: Node, *, actor: Actor) -> int:
    """Take a node and all that is below it out of a draft; cases that follow older revisions keep theirs. Returns how many went."""
    draft = _open(node.revision, actor)
    place = next(one for one in outline(draft, known()) if one.node.pk == node.pk)
    gone = list(place.walk())
    for depth in sorted({one.depth for one in gone}, reverse=True):
        draft.nodes.filter(pk__in=[one.node.pk for one in gone if one.depth == depth]).delete()
    renumber(draft)
    return len(gone)


@action("Vaihda prosessi", needs="tos.edit")
def replace_nodes(revision: ClassRevision, nodes: Sequence[Node], *, actor: Actor) -> ClassRevision:
    """Put other nodes, not stored yet and parents first, in place of all that a draft holds."""
    draft = _open(revision, actor)
    tree = list(outline(draft, known()))
    for depth in sorted({one.depth for one in tree}, reverse=True):
        draft.nodes.filter(pk__in=[one.node.pk for one in tree if one.depth == depth]).delete()
    for node in nodes:
        node.revision = draft
    _insert(nodes)
    renumber(draft)
    return draft


@action("Poista luonnos", needs="tos.edit")
def discard(revision: ClassRevision, *, actor: Actor) -> None:
    """Delete a draft with its nodes, comments and steps; what was approved is untouched."""
    del actor
    draft = lock(revision, RevisionState.DRAFT)
    function_class = draft.function_class
    tree = list(outline(draft, known()))
    for depth in sorted({one.depth for one in tree}, reverse=True):
        draft.nodes.filter(pk__in=[one.node.pk for one in tree if one.depth == depth]).delete()
    draft.delete()
    if not function_class.revisions.exists():
        function_class.delete()


def stamp(node: Node) -> str:
    """A short mark of what a node says, by which a form knows that it still stands as it was shown."""
    told = {name: getattr(node, name) for name in NODE_FIELDS}
    return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()[:16]


def renumber(draft: ClassRevision) -> None:
    """Number the nodes of a draft from the top, each before what is below it (one statement when anything changes)."""
    _write_order(draft, outline(draft, known()), {})


def _write_order(draft: ClassRevision, tree: Outline, among: Mapping[int, int]) -> None:
    def walk(places: Sequence[Place]) -> Iterable[Place]:
        for place in sorted(places, key=lambda one: among.get(one.node.pk, one.node.order)) if _all_in(places, among) else places:
            yield place
            yield from walk(place.children)

    changed = [(place.node.pk, number) for number, place in enumerate(walk(tree.roots)) if place.node.order != number]
    if not changed:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            'UPDATE tos_node n SET "order" = r.place FROM unnest(%s::bigint[], %s::int[]) AS r(id, place) WHERE n.id = r.id',
            [[pk for pk, _number in changed], [number for _pk, number in changed]],
        )
    running().wrote_many(Node._meta.label_lower, "update:order", [pk for pk, _number in changed])
    del draft


def _all_in(places: Sequence[Place], among: Mapping[int, int]) -> bool:
    return bool(places) and all(place.node.pk in among for place in places)


def _brothers(tree: Outline, node: Node) -> Sequence[Place]:
    if node.parent_id is None:
        return tree.roots
    return next(place.children for place in tree if place.node.pk == node.parent_id)


def _open(revision: ClassRevision, actor: Actor) -> ClassRevision:
    """The draft under its lock, with the actor among those who wrote in it."""
    draft = lock(revision, RevisionState.DRAFT)
    if actor.actor_ref not in draft.edited_by:
        draft.edited_by = [*draft.edited_by, actor.actor_ref]
        draft.save(update_fields=["edited_by"])
    return draft


def _copies(
    places: Sequence[Place],
    draft: ClassRevision,
    parent: Node | None,
    *,
    keep_keys: bool,
    taken: set[tuple[str, str]] | None = None,
    first: int = 0,
) -> list[Node]:
    """Copies of places and all below, in order, not stored; codes that are taken get a number."""
    made: list[Node] = []
    used = taken if taken is not None else set()

    def walk(place: Place, above: Node | None) -> None:
        node = place.node
        code, number = node.code, 2
        while (node.kind, code) in used:
            code, number = f"{node.code}_{number}", number + 1
        used.add((node.kind, code))
        facts = {name: getattr(node, name) for name in NODE_FIELDS if name != "code"}
        made.append(
            Node(
                revision=draft,
                parent=above,
                kind=node.kind,
                order=first + len(made),
                code=code,
                key=node.key if keep_keys else uuid.uuid4(),
                **facts,
            )
        )
        own = made[-1]
        for child in place.children:
            walk(child, own)

    for place in places:
        walk(place, parent)
    return made


def _insert(nodes: Sequence[Node]) -> None:
    """Store new nodes, parents first: one statement for each level."""
    waiting = list(nodes)
    while waiting:
        ready = [node for node in waiting if node.parent is None or not node.parent._state.adding]
        try:
            with transaction.atomic():
                Node.objects.bulk_create(ready)
        except IntegrityError as error:
            raise refusal(error) from error
        waiting = [node for node in waiting if node._state.adding]


def _guarded_save(node: Node, fields: Sequence[str] | None = None) -> None:
    try:
        with transaction.atomic():
            node.save(update_fields=fields)
    except IntegrityError as error:
        raise refusal(error) from error


def _checked_code(code: str) -> str:
    plain = " ".join(code.split())
    if not CODE.fullmatch(plain):
        raise Refused(_("Luokan tunnus on kahden numeron ryhmiä, kuten 07 01 04."), code="tos.class_code", field="code")
    return plain


def _checked_title(title: Mapping[str, str]) -> dict[str, str]:
    plain = {language: " ".join(text.split()) for language, text in title.items() if text and text.strip()}
    if not plain.get("fi"):
        raise Refused(_("Kirjoita nimi suomeksi."), code="tos.title_missing", field="title")
    return plain


def _check_rule(rule: Rule) -> None:
    codes = known()
    for problem in unknown(rule, grounds=codes.ends, triggers=codes.triggers, statutes=codes.statutes):
        raise Refused(pick(problem.text).text, code=f"tos.{problem.code}", field=problem.field)
    for name, value in rule.items():
        if not isinstance(value, type(EMPTY[name])) and EMPTY[name] is not None:
            raise Refused(_("Säännön kohta %s on väärää muotoa.") % name, code="tos.rule_type", field=name)


def _free_code(draft: ClassRevision, kind: NodeKind, title: str) -> str:
    """A code of the title that no brother bears."""
    base = slugify(title).replace("-", "_")[:50] or kind.value
    used = set(draft.nodes.filter(kind=kind).values_list("code", flat=True))
    code, number = base, 2
    while code in used:
        code, number = f"{base}_{number}", number + 1
    return code
