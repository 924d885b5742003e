"""What may be done to the plan as a whole: load a pack, submit, comment, reject, approve, retire, publish an edition.

Drafts are written in `tos.editing.actions`, packages in `tos.packages.actions`, imports in `tos.importing.actions`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from kirjaamo.kernel.actions import action, because, running
from kirjaamo.kernel.errors import Refused
from kirjaamo.norms.actions import load_norms
from kirjaamo.norms.models import SecrecyGround
from kirjaamo.organisation.models import Unit
from kirjaamo.tos.guards import refusal, refusal_of
from kirjaamo.tos.importing.classes import read_classes
from kirjaamo.tos.models import (
    ClassRevision,
    CodeValue,
    Comment,
    EditionRow,
    FunctionClass,
    Node,
    PlanEdition,
    Responsible,
    RevisionState,
    RevisionStep,
    StepKind,
)
from kirjaamo.tos.models.editions import EditionKind
from kirjaamo.tos.norms import known
from kirjaamo.tos.outline import Outline, content_hash, findings, outline
from kirjaamo.tos.pack import Templates, nodes_of, revision_of
from kirjaamo.tos.rules import FIELDS
from kirjaamo.ui.languages import pick

if TYPE_CHECKING:
    import uuid
    from collections.abc import Mapping, Sequence

    from kirjaamo.kernel.actors import Actor
    from kirjaamo.kernel.packs import Item, Pack
    from kirjaamo.tos.norms import Known

DATA = Path(__file__).parent / "data"
ONE_DAY = dt.timedelta(days=1)


@action("Lataa koodistot", needs="tos.edit")
def load_codes(*, actor: Actor) -> int:
    """Write the code lists that come with the program; loading again changes what differs. Returns how many values there are."""
    del actor
    lists = tomllib.loads((DATA / "codes.toml").read_text(encoding="utf-8"))
    rows = []
    for name, values in lists.items():
        for order, value in enumerate(values):
            facts = {
                "jhs191": value.get("jhs191", ""),
                "sahke2": value.get("sahke2", ""),
                "ahjo": value.get("ahjo", ""),
                "names": value.get("names", []),
            }
            label = {language: value[language] for language in ("fi", "sv", "en") if language in value}
            rows.append(CodeValue(list_name=name, code=value["code"], label=label, order=order, note=value.get("phrase", {}), **facts))
    CodeValue.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["list_name", "code"],
        update_fields=["label", "jhs191", "sahke2", "ahjo", "names", "note", "order"],
    )
    return len(rows)


@action("Lataa tiedonohjaussuunnitelma", needs="tos.edit")
def load_plan(pack: Pack, *, actor: Actor, on: dt.date) -> int:
    """Bring the classes and processes of a pack in force from a day, as approved by who runs the load; return how many were new.

    A class whose content is as before is left alone, and so is one that the authority has revised itself; a changed one gets a
    new revision and the old one retires. Norms and code lists are loaded when they are not there yet: rules name them by code.
    """
    if not SecrecyGround.objects.exists():
        load_norms(actor=actor)
    load_codes(actor=actor)
    loading = _Loading(pack, known(), actor, on)
    for item in pack.items("class"):
        loading.take(item)
    stray = set(loading.processes) - set(loading.classes)
    if stray:
        first = loading.processes[min(stray)]
        raise first.problem(f"its class {min(stray)} is not in the pack")
    loading.store()
    for item in pack.items("edition"):
        _load_edition(pack, item, actor=actor)
    return len(loading.changes)


def _load_edition(pack: Pack, item: Item, *, actor: Actor) -> None:
    """Keep an edition of a pack to compare with; a file that does not read is named by its first error."""
    read = read_classes((pack.folder / item.need("file")).read_bytes())
    for error in read.errors:
        raise item.problem(f"{item.need('file')} row {error.row}: {error.text['en']}")
    facts = {"title": item.text("title"), "source": item.get("source", ""), "licence": item.get("licence", ""), "on": item.need("on")}
    add_edition(read.content["classes"], **facts, actor=actor)


@dataclass(frozen=True)
class _Change:
    """A revision that a pack brings, what it replaces, and the entry that errors name."""

    tree: Outline
    held: ClassRevision | None
    item: Item


class _Loading:
    """One load of a pack: what is known, and what it changes. Everything is judged before anything is stored."""

    def __init__(self, pack: Pack, codes: Known, actor: Actor, on: dt.date) -> None:
        self.processes: dict[str, Item] = {}
        for item in pack.items("process"):
            if item.need("class") in self.processes:
                raise item.problem(f"two processes belong to class {item.need('class')}")
            self.processes[item.need("class")] = item
        self.templates = Templates.of(pack)
        self.units = {unit.slug: unit for unit in Unit.objects.all()}
        self.codes, self.actor, self.on = codes, actor, on
        self.classes: dict[str, FunctionClass] = {}
        self.held = {row.code: row for row in ClassRevision.objects.in_force(on).select_related("function_class")}
        drafts = ClassRevision.objects.filter(state__in=(RevisionState.DRAFT, RevisionState.IN_REVIEW))
        self.drafted = set(drafts.values_list("function_class_id", flat=True))
        self.changes: list[_Change] = []
        self.responsible: list[Responsible] = []

    def take(self, item: Item) -> None:
        """Judge one class: is it new, changed, or to be left alone because the authority has made it its own or drafts it."""
        code, parent_code = item.need("code"), item.get("parent")
        if code in self.classes:
            raise item.problem("two classes have this code")
        if parent_code is not None and parent_code not in self.classes:
            raise item.problem(f"its parent {parent_code} does not stand before it")
        held = self.held.get(code)
        function_class = self.classes[code] = held.function_class if held else FunctionClass()
        if held is None or (held.drafted_by == "pack" and held.function_class_id not in self.drafted):
            self._revise(item, held, function_class, self.classes.get(parent_code) if parent_code else None)
        missing = set(item.get("units", [])) - set(self.units)
        if missing:
            raise item.problem(f"units that are not in the pack: {', '.join(sorted(missing))}")
        self.responsible += [
            Responsible(function_class=function_class, unit=self.units[slug]) for slug in dict.fromkeys(item.get("units", []))
        ]

    def _revise(self, item: Item, held: ClassRevision | None, function_class: FunctionClass, parent: FunctionClass | None) -> None:
        process = self.processes.get(item.need("code"))
        revision = revision_of(item, process, function_class, parent, self.templates)
        nodes = nodes_of(revision, process, self.templates) if process else []
        tree = outline(revision, self.codes, nodes)
        if held is not None and held.content_hash == content_hash(tree):
            return
        for finding in findings(tree, self.codes):
            where = f"{finding.place.node.kind} '{finding.place.node.code}': " if finding.place else ""
            raise (process or item).problem(f"{where}{finding.problem.code}: {finding.problem.text.en}")
        for place in tree.documents():
            for name in FIELDS:
                setattr(place.node, name, place.rule[name])
        revision.number = held.number + 1 if held else 1
        revision.state = RevisionState.IN_REVIEW
        self.changes.append(_Change(tree, held, process or item))

    def store(self) -> None:
        """Store what changed: one statement for each table and level, and one for each approval."""
        at = running().at
        fresh = [one for code, one in self.classes.items() if code not in self.held]
        FunctionClass.objects.bulk_create(fresh)
        ClassRevision.objects.bulk_create([change.tree.revision for change in self.changes])
        _insert_nodes([change.tree for change in self.changes])
        for change in self.changes:
            self._approve(change)
        kinds = (StepKind.CREATED, StepKind.APPROVED)
        steps = [
            RevisionStep(revision=change.tree.revision, at=at, actor=self.actor.actor_ref, kind=kind)
            for change in self.changes
            for kind in kinds
        ]
        RevisionStep.objects.bulk_create(steps)
        Responsible.objects.filter(function_class__in=[one.pk for one in self.classes.values()]).delete()
        Responsible.objects.bulk_create(self.responsible)

    def _approve(self, change: _Change) -> None:
        try:
            if change.held is not None:
                _end(change.held, self.on, StepKind.SUPERSEDED, self.actor)
            _bring_in_force(change.tree, actor=self.actor, on=self.on)
        except IntegrityError as error:
            raise change.item.problem(str(refusal(error))) from error


def _insert_nodes(trees: Sequence[Outline]) -> None:
    """Store the nodes of trees, one statement for each level."""
    places = [place for tree in trees for place in tree]
    for depth in range(max((place.depth for place in places), default=-1) + 1):
        Node.objects.bulk_create([place.node for place in places if place.depth == depth], batch_size=1000)


@action("Lisää vertailtava laitos", needs="tos.edit")
def add_edition(
    classes: list[Mapping[str, str]], *, title: Mapping[str, str], source: str, licence: str, on: dt.date, actor: Actor
) -> PlanEdition:
    """Store an edition of another's classes: codes and titles."""
    digest = hashlib.sha256(json.dumps(classes, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    known_one = PlanEdition.objects.filter(content_hash=digest).first()
    if known_one is not None:
        return known_one
    edition = PlanEdition.of(
        number=(PlanEdition.objects.order_by("-number").values_list("number", flat=True).first() or 0) + 1,
        kind=EditionKind.COMPARED,
        slug=f"{slugify(title['fi'])[:40]}-{digest[:8]}",
        title=dict(title),
        source=source,
        licence=licence,
        on=on,
        made_at=running().at,
        made_by=actor.actor_ref,
        content_hash=digest,
    )
    EditionRow.objects.bulk_create([EditionRow(edition=edition, code=row["code"], title={"fi": row["title"]}) for row in classes])
    return edition


@action("Julkaise laitos", needs="tos.approve")
def publish_edition(*, title: Mapping[str, str], on: dt.date, actor: Actor) -> PlanEdition:
    """Freeze which revisions are in force on a day as a numbered edition, with one hash over all of them.

    What was in force can thus be proved and cited; the hash is reckoned from the content hashes in the order of codes.
    """
    rows = list(ClassRevision.objects.in_force(on).order_by("code"))
    if not rows:
        raise Refused(_("Suunnitelmassa ei ole yhtään voimassa olevaa luokkaa."), code="tos.nothing_in_force")
    digest = edition_hash(rows)
    if PlanEdition.objects.filter(content_hash=digest).exists():
        raise Refused(_("Suunnitelma ei ole muuttunut edellisen laitoksen jälkeen."), code="tos.edition_unchanged")
    number = (PlanEdition.objects.order_by("-number").values_list("number", flat=True).first() or 0) + 1
    edition = PlanEdition.of(
        number=number,
        kind=EditionKind.OWN,
        slug=f"laitos-{number}",
        title=dict(title),
        on=on,
        made_at=running().at,
        made_by=actor.actor_ref,
        content_hash=digest,
    )
    EditionRow.objects.bulk_create(
        [EditionRow(edition=edition, code=row.code, title=row.title, revision=row, content_hash=row.content_hash) for row in rows]
    )
    return edition


def edition_hash(rows: Sequence[ClassRevision]) -> str:
    """SHA-256 over codes and content hashes, one on a line."""
    return hashlib.sha256("".join(f"{row.code} {row.content_hash}\n" for row in rows).encode()).hexdigest()


@action("Lähetä tarkastettavaksi", needs="tos.edit")
def submit(revision: ClassRevision, *, actor: Actor, note: str = "") -> ClassRevision:
    """Send a draft to review; it must hold what approval will ask for. `Refused` names the first thing that is missing."""
    held = lock(revision, RevisionState.DRAFT)
    codes = known()
    require_sound(outline(held, codes), codes)
    held.state, held.change_note = RevisionState.IN_REVIEW, note or held.change_note
    held.save(update_fields=["state", "change_note"])
    _step(held, StepKind.SUBMITTED, actor, note)
    return held


@action("Palauta luonnokseksi", needs="tos.edit")
def reject(revision: ClassRevision, *, actor: Actor, reason: str) -> ClassRevision:
    """Send a revision in review back to its drafter, with the reason."""
    if not reason.strip():
        raise Refused(_("Kerro, mitä luonnoksessa pitää muuttaa."), code="tos.reason_missing", field="reason")
    because(reason)
    held = lock(revision, RevisionState.IN_REVIEW)
    held.state = RevisionState.DRAFT
    held.save(update_fields=["state"])
    _step(held, StepKind.REJECTED, actor, reason)
    return held


@action("Hyväksy suunnitelma", needs="tos.approve")
def approve(revision: ClassRevision, *, actor: Actor, on: dt.date, note: str = "") -> ClassRevision:
    """Approve a revision in review, in force from the day `on`: rules are resolved and stored, the one in force ends the day before.

    `Refused` for who drafted or edited it, for a rule that does not hold, and for what the database guards (see `guards.SENTENCES`).
    """
    held = lock(revision, RevisionState.IN_REVIEW)
    if held.package_id is not None:
        raise Refused(_("Luonnos kuuluu pakettiin. Hyväksy koko paketti."), code="tos.in_package")
    return approve_locked(held, actor=actor, on=on, note=note)


def approve_locked(held: ClassRevision, *, actor: Actor, on: dt.date, note: str = "") -> ClassRevision:
    """Approve a revision in review whose row is locked; a package does this for each of its drafts."""
    if on < timezone.localdate():
        raise Refused(
            _("Suunnitelma ei voi tulla voimaan takautuvasti. Valitse tämä tai myöhempi päivä."), code="tos.backdated", field="on"
        )
    if actor.actor_ref in {held.drafted_by, *held.edited_by}:
        raise refusal_of("another_person_approves")
    codes = known()
    tree = outline(held, codes)
    require_sound(tree, codes)
    before = ClassRevision.objects.in_force(on).filter(function_class_id=held.function_class_id).first()
    return _approve(tree, before, actor=actor, on=on, note=note)


def _approve(tree: Outline, before: ClassRevision | None, *, actor: Actor, on: dt.date, note: str = "") -> ClassRevision:
    revision = tree.revision
    try:
        with transaction.atomic():
            _store_rules(tree)
            if before is not None:
                _end(before, on, StepKind.SUPERSEDED, actor)
            _bring_in_force(tree, actor=actor, on=on)
    except IntegrityError as error:
        raise refusal(error) from error
    _step(revision, StepKind.APPROVED, actor, note)
    return revision


def _bring_in_force(tree: Outline, *, actor: Actor, on: dt.date) -> None:
    """Approve a revision from a day; the database judges (see `guards`)."""
    revision = tree.revision
    revision.state, revision.valid_from, revision.content_hash = RevisionState.APPROVED, on, content_hash(tree)
    revision.approved_by, revision.approved_at = actor.actor_ref, running().at
    revision.save(update_fields=["state", "valid_from", "content_hash", "approved_by", "approved_at"])


def _store_rules(tree: Outline) -> None:
    """Write the resolved rules of all document types in one statement."""
    documents = tree.documents()
    if not documents:
        return
    rows = [{"id": place.node.pk, **{name: place.rule[name] for name in FIELDS}} for place in documents]
    table = Node._meta.db_table
    columns = {name: Node._meta.get_field(name).db_type(connection) for name in FIELDS}
    declared = ", ".join(f"{name} {kind}" for name, kind in columns.items())
    changes = ", ".join(f"{name} = r.{name}" for name in FIELDS)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} n SET {changes} FROM jsonb_to_recordset(%s::jsonb) AS r(id bigint, {declared}) WHERE n.id = r.id",  # noqa: S608 - names of the model's own columns
            [json.dumps(rows)],
        )
    running().wrote_many(Node._meta.label_lower, "update:rules", [row["id"] for row in rows])


def _end(revision: ClassRevision, next_from: dt.date, kind: StepKind, actor: Actor, note: str = "") -> None:
    """Let a revision end the day before another day; it counts as retired from that day on (see `retire_ended`)."""
    revision.valid_to = next_from - ONE_DAY
    if next_from <= timezone.localdate():
        revision.state = RevisionState.RETIRED
    revision.save(update_fields=["valid_to", "state"])
    _step(revision, kind, actor, note)


@action("Poista luokka käytöstä", needs="tos.approve")
def retire(revision: ClassRevision, *, actor: Actor, on: dt.date, reason: str, successors: Sequence[FunctionClass] = ()) -> ClassRevision:
    """Take a class out of use: `on` is its last day; new cases are refused after it and pointed to the successors.

    Cases that follow the class finish under it. `Refused` when it has subclasses in force or a draft under way.
    """
    if not reason.strip():
        raise Refused(_("Kerro, miksi luokka poistetaan käytöstä."), code="tos.reason_missing", field="reason")
    because(reason)
    held = lock(revision, RevisionState.APPROVED)
    if ClassRevision.objects.in_force(on + ONE_DAY).filter(parent_id=held.function_class_id).exists():
        raise refusal_of("a_class_with_subclasses_stays")
    if held.function_class.revisions.filter(state__in=(RevisionState.DRAFT, RevisionState.IN_REVIEW)).exists():
        raise Refused(_("Luokasta on luonnos. Poista luonnos ennen kuin poistat luokan käytöstä."), code="tos.draft_under_way")
    if held.valid_from is not None and on < held.valid_from - ONE_DAY:
        raise Refused(_("Luokka ei ole vielä tullut voimaan. Valitse myöhempi päivä."), code="tos.not_in_force_yet", field="on")
    if held.function_class_id in {one.pk for one in successors}:
        raise Refused(_("Luokka ei voi olla oma seuraajansa."), code="tos.own_successor", field="successors")
    held.function_class.successors.set(successors)
    _end(held, on + ONE_DAY, StepKind.RETIRED, actor, reason)
    return held


@action("Merkitse päättyneet", needs="tos.approve")
def retire_ended(*, actor: Actor, on: dt.date) -> int:
    """Mark revisions whose last day has passed as retired; a timed job calls this every night. Returns how many."""
    del actor
    return ClassRevision.objects.filter(state=RevisionState.APPROVED, valid_to__lt=on).update(state=RevisionState.RETIRED)


@action("Kommentoi", needs="tos.read")
def comment(revision: ClassRevision, text: str, *, actor: Actor, node_key: uuid.UUID | None = None) -> Comment:
    """Leave a remark on a revision or one of its nodes."""
    if not text.strip():
        raise Refused(_("Kirjoita kommentti."), code="tos.comment_empty", field="text")
    if node_key is not None and not revision.nodes.filter(key=node_key).exists():
        raise Refused(_("Kommentin kohtaa ei enää ole luonnoksessa."), code="tos.node_missing", field="node_key")
    return Comment.of(revision=revision, node_key=node_key, text=text.strip(), at=running().at, author=actor.actor_ref)


@action("Merkitse kommentti käsitellyksi", needs="tos.edit")
def resolve_comment(remark: Comment, *, actor: Actor) -> Comment:
    """Mark a remark as dealt with."""
    remark.resolved_at, remark.resolved_by = running().at, actor.actor_ref
    remark.save(update_fields=["resolved_at", "resolved_by"])
    return remark


def lock(revision: ClassRevision, *states: RevisionState) -> ClassRevision:
    """The revision under its row lock, in one of the states; `Refused` when it has moved on."""
    held = ClassRevision.objects.select_for_update(of=("self",)).select_related("function_class", "parent").get(pk=revision.pk)
    if held.state not in states:
        sentence = _("Luokan %(code)s suunnitelma on tilassa ”%(state)s”, joten tämä ei enää käy. Lataa sivu uudelleen.")
        raise Refused(sentence % {"code": held.code, "state": held.get_state_display()}, code="tos.wrong_state")
    return held


def require_sound(tree: Outline, codes: Known) -> None:
    """Refuse with the first finding, named by its node."""
    for finding in findings(tree, codes):
        where = pick(finding.place.node.title).text if finding.place else tree.revision.code
        raise Refused(f"{where}: {pick(finding.problem.text).text}", code=f"tos.{finding.problem.code}", field=finding.problem.field)


def _step(revision: ClassRevision, kind: StepKind, actor: Actor, note: str) -> RevisionStep:
    return RevisionStep.of(revision=revision, at=running().at, actor=actor.actor_ref, kind=kind, note=note)
