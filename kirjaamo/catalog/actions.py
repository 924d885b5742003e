"""What may be changed of the catalog: load a pack, make its pages and index anew, publish a version, review an import."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Max
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from kirjaamo.catalog import content, drafting, gate, importing, indexing, loading
from kirjaamo.catalog.accepting import ACCEPTED_KINDS, Accepting
from kirjaamo.catalog.kinds import Kind
from kirjaamo.catalog.models import Change, Connection, Draft, DraftItem, InformationSystem, ItemState, Publication, PublicEntry
from kirjaamo.catalog.reading import published_content
from kirjaamo.kernel.actions import action, because, running
from kirjaamo.kernel.errors import Refused
from kirjaamo.kernel.journal import canonical
from kirjaamo.kernel.models import SearchRow
from kirjaamo.kernel.registry import SOURCES
from kirjaamo.organisation.models import ManagementUnit, Unit
from kirjaamo.ui.languages import LANGUAGES, pick

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from kirjaamo.catalog.content import Content, Entries
    from kirjaamo.catalog.gate import Gate
    from kirjaamo.kernel.actors import Actor
    from kirjaamo.kernel.packs import Pack

SHOWN_ROWS = 5
PUBLISH_LOCK = 7_210_928


@action("Lataa luettelo", needs="catalog.edit")
def load_catalog(pack: Pack, *, actor: Actor) -> dict[str, int]:
    """Write the catalog entries of a pack; loading again changes what differs and doubles nothing."""
    del actor
    return loading.load(pack)


@dataclass(frozen=True)
class Indexed:
    """How many pages were made anew, left as they were and removed."""

    written: int
    same: int
    removed: int


@action("Päivitä kuvaus ja haku", needs="catalog.edit")
def reindex(*, actor: Actor, everything: bool = False) -> Indexed:
    """Make the pages of the description and their search rows anew; what has not changed is left alone.

    `everything` writes all (after a change of the dictionary).
    """
    del actor
    entries = content.build()
    digests = {(kind, slug): _digest(entry) for kind, found in entries.items() for slug, entry in found.items()}
    known = {} if everything else {(kind, slug): digest for kind, slug, digest in PublicEntry.objects.values_list("kind", "slug", "digest")}
    changed = [place for place, digest in digests.items() if known.get(place) != digest]
    gone = [place for place in PublicEntry.objects.values_list("kind", "slug") if place not in digests]
    if not changed and not gone:
        return Indexed(0, len(digests), 0)
    _forget([*changed, *gone])
    PublicEntry.objects.bulk_create(
        [
            PublicEntry(kind=kind, slug=slug, order=entries[kind][slug]["order"], content=entries[kind][slug], digest=digests[kind, slug])
            for kind, slug in changed
        ]
    )
    SearchRow.objects.bulk_create([row for kind, slug in changed for row in _search_rows(kind, slug, entries)])
    return Indexed(len(changed), len(digests) - len(changed), len(gone))


def _digest(entry: Content) -> str:
    return hashlib.sha256(canonical(entry).encode()).hexdigest()


def _forget(places: Iterable[tuple[str, str]]) -> None:
    for kind in Kind:
        slugs = [slug for found, slug in places if found == kind]
        if slugs:
            PublicEntry.objects.filter(kind=kind, slug__in=slugs).delete()
            SearchRow.objects.filter(source=indexing.SOURCE, key__in=[f"{kind}:{slug}" for slug in slugs]).delete()


def _search_rows(kind: str, slug: str, entries: Entries) -> list[SearchRow]:
    entry = entries[kind][slug]
    rows = [indexing.search_row(kind, entry, language, entries) for language in LANGUAGES]
    return [SearchRow(**row, vector=indexing.vector(row, indexing.more(entry, row["language"]))) for row in rows]


@action("Merkitse järjestelmän tapahtuma", needs="cases.register")
def note_event(system: InformationSystem, *, feeder: str, at: dt.datetime, actor: Actor) -> InformationSystem:
    """Keep who feeds a system and when its last event happened.

    From its first event on it is no longer searched by hand alone, and every page that tells of it says so at once.
    """
    held = InformationSystem.objects.select_for_update().get(pk=system.pk)
    held.feeder, held.last_event_at = feeder, max(at, held.last_event_at or at)
    first = held.connection == Connection.HAND
    if first:
        held.connection = Connection.FED
    held.save(update_fields=["feeder", "last_event_at", "connection"])
    if first:
        reindex(actor=actor)
    return held


@action("Julkaise kuvaus", needs="catalog.publish")
def publish(*, actor: Actor, acknowledged: str = "", note: str = "") -> Publication:
    """Freeze the description as a numbered version.

    Refused while the gate names something missing; what is not known must be answered for with a reason, which is stored.
    # TiHL 906/2019 § 28
    """
    entries = content.build()
    judged = gate.judge(entries)
    _check(judged, acknowledged)
    _one_at_a_time()
    frozen = {"authority": _authority(), "entries": entries, "sources": _sources()}
    digest = hashlib.sha256(canonical(frozen).encode()).hexdigest()
    before = Publication.objects.order_by("-number").values("number", "content_hash").first()
    if before and published_content(before["number"])["entries"] == _plain(entries):
        sentence = _("Kuvaus on sama kuin versiossa %(number)s. Uutta versiota ei tarvita.") % {"number": before["number"]}
        raise Refused(sentence, code="catalog.nothing_changed")
    because(acknowledged)
    now = running()
    return Publication.of(
        number=(Publication.objects.aggregate(last=Max("number"))["last"] or 0) + 1,
        published_at=now.at,
        published_by=actor.actor_ref,
        content=frozen,
        content_hash=digest,
        gate=[row.as_dict() for row in judged.rows],
        acknowledged=acknowledged.strip(),
        note=note.strip(),
    )


def _check(judged: Gate, acknowledged: str) -> None:
    if judged.missing:
        named = "; ".join(f"{pick(row.title or {}).text}: {gate.PROBLEMS[row.problem]}" for row in judged.missing[:SHOWN_ROWS])
        count = len(judged.missing)
        sentence = ngettext(
            "Kuvausta ei voi julkaista: %(count)s tieto puuttuu. %(named)s",
            "Kuvausta ei voi julkaista: %(count)s tietoa puuttuu. %(named)s",
            count,
        ) % {"count": count, "named": named}
        raise Refused(sentence, code="catalog.gate_closed", section="TiHL 906/2019 § 28")
    if judged.unknown and not acknowledged.strip():
        sentence = _("Kerro, miksi kuvaus julkaistaan, vaikka %(count)s tietoa ei ole selvitetty.") % {"count": len(judged.unknown)}
        raise Refused(sentence, code="catalog.unknown_not_acknowledged", section="TiHL 906/2019 § 28", field="acknowledged")


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [PUBLISH_LOCK])


def _plain(entries: Entries) -> dict[str, Any]:
    """The entries as they come back from the database: plain keys and lists."""
    return {str(kind): found for kind, found in entries.items()}


def _authority() -> dict[str, Any]:
    unit = ManagementUnit.objects.first()
    return {"name": unit.name, "business_id": unit.business_id} if unit else {}


def _sources() -> list[dict[str, Any]]:
    """The registers of this program as they describe themselves, with how many records each holds on the day."""
    return [content.described(source) | {"records": source.describe().records} for _slug, source in sorted(SOURCES.items())]


@action("Tallenna luettu sivu tarkistettavaksi", needs="catalog.import")
def store_draft(page: importing.Page, read: importing.Draft, matching: importing.Matching, *, actor: Actor) -> Draft:
    """Keep a page that was read as a draft. Nothing of it enters the catalog.

    The same page again gives the same draft; a page whose content has changed gives a draft of what differs.
    """
    before = Draft.objects.filter(name=page.name).first()
    if before is not None and before.sha256 == page.digest:
        return before
    told = read.to_dict()
    draft = Draft.of(
        name=page.name[:200],
        sha256=page.digest,
        read=told,
        made_by=actor.actor_ref,
        lines=[line.text.replace("\x00", "") for line in page.lines],
        accounting=told["accounting"],
        findings=told["findings"],
    )
    earlier = importing.Draft.from_dict(before.read) if before else None
    DraftItem.objects.bulk_create([DraftItem(draft=draft, **values) for values in drafting.items_of(read, matching, earlier)])
    return draft


@dataclass(frozen=True)
class Decided:
    """What a decision did: how many items were settled, and what could not be done, in sentences."""

    settled: int
    problems: Sequence[str]


@action("Hyväksy tuodut tiedot", needs="catalog.import")
def accept_items(
    draft: Draft, items: Iterable[int], *, actor: Actor, decider: Unit | None = None, choices: Mapping[int, str] | None = None
) -> Decided:
    """Write chosen items of a draft into the catalog, then make the pages anew.

    `decider`: the unit that decides where the page names none, the registry office unless told. `choices`: for an item the
    slug of the entry that it is, or ``new``. An item that cannot be accepted stays open and is named in `problems`.
    """
    everything = {item.key: item for item in draft.items.select_for_update()}
    chosen = set(items)
    unit = decider or Unit.objects.filter(is_registry_office=True).first()
    if unit is None:
        raise Refused(_("Valitse yksikkö, joka päättää tietojen antamisesta."), code="catalog.no_decider", field="decider")
    accepting = Accepting(everything, draft.name, draft.read.get("language", "fi"), unit)
    problems: list[str] = []
    settled = 0
    for item in sorted(everything.values(), key=lambda item: (_turn(item), item.pk)):
        if item.pk not in chosen or item.state != ItemState.OPEN or item.change == Change.GONE:
            continue
        try:
            item.match_slug = accepting.accept(item, (choices or {}).get(item.pk, ""))
        except Refused as refused:
            problems.append(str(refused))
            continue
        item.state, item.decided_by, item.note = ItemState.ACCEPTED, actor.actor_ref, " ".join(accepting.notes)
        item.save(update_fields=["state", "decided_by", "match_slug", "note"])
        settled += 1
    if settled:
        reindex(actor=actor)
    return Decided(settled, problems)


def _turn(item: DraftItem) -> int:
    """Units first, then what others refer to, then what refers."""
    order = ("unit", "system", "register", "resource", "dataset", "request_example")
    return order.index(item.kind) if item.kind in order else len(ACCEPTED_KINDS)


@action("Hylkää tuodut tiedot", needs="catalog.import")
def reject_items(draft: Draft, items: Iterable[int], *, actor: Actor) -> Decided:
    """Settle items of a draft without writing anything of them into the catalog."""
    found = draft.items.filter(pk__in=list(items), state=ItemState.OPEN)
    return Decided(found.update(state=ItemState.REJECTED, decided_by=actor.actor_ref), ())
