"""The only writers of the public face: they follow every action, fill it anew, and mend what a comparison found."""

from __future__ import annotations

import base64
import logging
from collections import defaultdict
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from django.db import InterfaceError, OperationalError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from kirjaamo.cases.actions import receive_matter
from kirjaamo.documents import blobs
from kirjaamo.face import fingerprint, intake, mirrors, parcels, writing
from kirjaamo.face.comparing import Difference, compare
from kirjaamo.face.models import SCHEMA, Arrival, ArrivalKey, ArrivalState, BoxKind, FaceDelivery, FaceFile, FaceState
from kirjaamo.face.rights import READER, TAKER
from kirjaamo.face.truth import TABLES
from kirjaamo.face.writing import Touched
from kirjaamo.kernel import arriving, boxes, prepared, vault
from kirjaamo.kernel.actions import action, because, running
from kirjaamo.kernel.actors import PUBLIC
from kirjaamo.kernel.errors import KirjaamoError
from kirjaamo.notices.actions import tell
from kirjaamo.notices.models import NoticeKind
from kirjaamo.organisation.holders import holders
from kirjaamo.requests.actions import send_request
from kirjaamo.requests.actions.by_receipt import fetched_by_receipt, reply_by_receipt, want_by_receipt
from kirjaamo.requests.models import Delivery

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    from django.db.backends.utils import CursorWrapper

    from kirjaamo.kernel.actors import Actor
    from kirjaamo.kernel.journal import Write

log = logging.getLogger(__name__)
OWNERS = {
    "cases.case": "cases",
    "cases.casedocument": "papers",
    "documents.document": "documents",
    "organisation.unit": "units",
    "organisation.authority": "authorities",
    "cases.arrival": "arrivals",
    "requests.informationrequest": "requests",
    "decisions.publication": "publications",
}
"""Rows that public facts hang on, each with its name among what was touched."""
OWNED = {"case": "cases", "arrival": "arrivals", "request": "requests", "publication": "publications"}
"""What rows of the public face hang on, each with its name among what was touched."""
BY_CASE = frozenset({"cases.caseevent", "cases.casedocument"})
"""Rows that name their case."""
DELIVERY = "requests.delivery"
BY_REQUEST = frozenset({"requests.message", "requests.refusal", DELIVERY})
"""Rows that name their request."""
CHANGING = {"cases.case": "changed_cases", "documents.document": "changed_documents"}
"""Rows on which a request may hang when they are not new."""
FOLLOWED = frozenset({*OWNERS, *BY_CASE, *BY_REQUEST})
MANY = 20_000
"""A change that touches more rows is followed by filling anew."""


def keep_up(writes: Sequence[Write]) -> None:
    """Bring the public rows of what an action wrote to what they must be now, in its transaction and one statement.

    Now is the end of the action: what it wrote with the time of day, such as a sending, has happened by then.
    """
    touched, at = _touched(writes), timezone.now()
    if len(touched) > MANY:
        _fill(at)
    elif len(touched):
        prepared.execute(*writing.refresh(at, touched))
    if any(write.label == DELIVERY and write.verb == "create" for write in writes):
        _keep_files()


def _keep_files() -> None:
    """Close for its address what may be fetched and is not there yet; what is there and may not goes."""
    fetched = FaceDelivery.objects.filter(open=True).values("delivery_id")
    FaceFile.objects.exclude(delivery_id__in=fetched).delete()
    lacking = Delivery.objects.filter(pk__in=fetched).exclude(pk__in=FaceFile.objects.values("delivery_id"))
    for one in lacking.select_related("request"):
        try:
            FaceFile.objects.create(delivery_id=one.pk, box=boxes.close(blobs.read(one.sha256), bytes(one.request.box_key)))
        except (OSError, KirjaamoError):
            log.exception("A document that was given cannot be fetched: delivery %s", one.pk)


def _touched(writes: Sequence[Write]) -> Touched:
    found: dict[str, set[int]] = defaultdict(set)
    for write in writes:
        case, request = write.fields.get("case_id"), write.fields.get("request_id")
        if write.label in BY_CASE and isinstance(case, int):
            found["cases"].add(case)
        elif write.label in BY_REQUEST and isinstance(request, int):
            found["requests"].add(request)
        elif write.label in OWNERS and write.verb != "read":
            keys = write.fields["rows"] if write.key is None else [write.key]
            found[OWNERS[write.label]].update(keys)  # type: ignore[arg-type]
            if write.label in CHANGING and write.verb != "create":
                found[CHANGING[write.label]].update(keys)  # type: ignore[arg-type]
    return Touched(**found)


def _fill(at: dt.datetime) -> None:
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"TRUNCATE {table.name}")
            cursor.execute(*writing.fill(table, at))
    _keep_files()


@action("Tee julkinen puoli uudelleen", needs="organisation.manage")
def rebuild(*, actor: Actor) -> None:
    """Fill the public face anew from the register, make its mirrors and rights, and keep the fingerprint by which it was made."""
    _fill(running().at)
    with connection.cursor() as cursor:
        for statement in mirrors.make():
            cursor.execute(statement)
    give_rights(actor=actor)
    keep_arrival_key(actor=actor)
    _keep("fingerprint", fingerprint.now())


@action("Anna julkisen puolen oikeudet", needs="organisation.manage")
def give_rights(*, actor: Actor) -> None:
    """Give the reading credential what the list names and nothing else: at every start, since a restored database has lost it."""
    del actor
    with connection.cursor() as cursor:
        for statement in list(_rights(cursor)):
            cursor.execute(statement)


def _rights(cursor: CursorWrapper) -> Iterator[str]:
    """The rights of the reading credential, where the server has it; and that nobody but us makes anything in the database."""
    cursor.execute(
        "SELECT quote_ident(current_database()), array_agg(rolname::text) FROM pg_roles WHERE rolname IN (%s, %s)", [READER, TAKER]
    )
    database, present = cursor.fetchone()
    yield f"REVOKE ALL ON DATABASE {database} FROM PUBLIC"
    for role, grants in ((READER, mirrors.grant), (TAKER, mirrors.grant_intake)):
        if role in (present or ()):
            yield f"GRANT CONNECT ON DATABASE {database} TO {role}"
            yield from grants()


@action("Tee saapuvien avain", needs="organisation.manage")
def keep_arrival_key(*, actor: Actor) -> None:
    """See that there is a key to close arrivals with, and that the public half stands where the public process reads it."""
    del actor
    key = ArrivalKey.objects.first()
    if key is None or not _unsealed(key):
        private, public = boxes.new_keys()
        sealed = vault.seal(base64.b64encode(private).decode())
        key = ArrivalKey.objects.create(public=public, private_sealed=sealed, made_at=running().at)
    _keep(intake.PUBLIC_KEY, base64.b64encode(bytes(key.public)).decode())


@action("Kirjaa saapuneet", needs=PUBLIC)
def take_arrival(*, actor: Actor) -> bool:
    """Open the oldest box that waits and register what is in it; tell whether there was one. A box that cannot be opened says why."""
    arrival = Arrival.objects.select_for_update(skip_locked=True).filter(state=ArrivalState.WAITING).order_by("pk").first()
    if arrival is None:
        return False
    try:
        with transaction.atomic():
            _register(arrival, actor=actor)
    except (vault.KeysMissing, OperationalError, InterfaceError):  # it waits until the key file or the database is there again
        raise
    except Exception as error:
        arrival.state, arrival.problem = ArrivalState.FAILED, type(error).__name__
        log.exception("An arrival could not be registered: %s", arrival.key)
        _tell_of_failed(actor)
    else:
        arrival.state, arrival.box = ArrivalState.TAKEN, b""
    arrival.save(update_fields=["state", "problem", "box", "identifier"])
    return True


def _tell_of_failed(actor: Actor) -> None:
    """Tell those who mind the intake that a box could not be registered: not what is in it, and once until they have looked."""
    looked = [user for user in holders("boxes.mind") if not user.notices.filter(kind=NoticeKind.BOX, read_at=None).exists()]
    tell(looked, NoticeKind.BOX, about="", url=reverse("boxes"), actor=actor)


def _register(arrival: Arrival, *, actor: Actor) -> None:
    content = _opened(bytes(arrival.box))
    if arrival.kind == BoxKind.REQUEST:
        send_request(parcels.to_request(content, arrival.arrived_at), actor=actor)
    elif arrival.kind == BoxKind.RECORD:
        told, _files = parcels.unpacked(content)
        arrival.identifier = arriving.take(told["to"], told["told"], arrival.arrived_at, actor)
    elif arrival.kind == BoxKind.MATTER:
        receive_matter(parcels.to_matter(content, arrival.arrived_at), actor=actor)
    else:
        _of_request(arrival, parcels.unpacked(content)[0], actor=actor)


def _of_request(arrival: Arrival, told: Mapping[str, Any], *, actor: Actor) -> None:
    """Do what the asker of a request did by its address."""
    if arrival.kind == BoxKind.REPLY:
        reply_by_receipt(arrival.token_hash, told["text"], key=arrival.key, actor=actor)
    elif arrival.kind == BoxKind.WISH:
        want_by_receipt(arrival.token_hash, actor=actor)
    else:
        fetched_by_receipt(arrival.token_hash, told["number"], actor=actor)


@action("Yritä kirjata lähetys uudelleen", needs="boxes.mind")
def retry_arrival(arrival: Arrival, *, actor: Actor) -> Arrival:
    """Let a box that could not be registered wait again: the worker takes it within a second."""
    del actor
    held = Arrival.objects.select_for_update().get(pk=arrival.pk)
    if held.state == ArrivalState.FAILED:
        held.state, held.problem = ArrivalState.WAITING, ""
        held.save(update_fields=["state", "problem"])
        running().wrote(held, "retry")
    return held


def _opened(box: bytes) -> bytes:
    """Open a box with the key that it was closed by."""
    halves = [_unsealed(key) for key in ArrivalKey.objects.all()]
    for half in filter(None, halves):
        with suppress(boxes.BoxClosedError):
            return boxes.open_box(box, half)
    raise boxes.BoxClosedError if any(halves) else vault.KeysMissing


def _unsealed(key: ArrivalKey) -> bytes:
    """The private half of a key; nothing when the key file that sealed it is not here."""
    try:
        return base64.b64decode(vault.unseal(bytes(key.private_sealed)))
    except vault.KeysMissing:
        return b""


@action("Irrota julkisen puolen kopiot", needs="organisation.manage")
def loosen(*, actor: Actor) -> None:
    """Take the mirrors away before their tables change; the public face must be filled anew before it serves."""
    del actor
    with connection.cursor() as cursor:
        for statement in mirrors.loosen():
            cursor.execute(statement)
        cursor.execute("DELETE FROM public_face.face_state WHERE key = 'fingerprint'")


def _keep(key: str, value: str) -> None:
    FaceState.objects.update_or_create(key=key, defaults={"value": value, "at": running().at})


@action("Vertaa julkista puolta rekisteriin", needs="organisation.manage")
def mend(*, actor: Actor) -> Sequence[Difference]:
    """Compare the public face with the whole register, close at once what differs, and tell what it was."""
    del actor
    at = running().at
    found = compare(at)
    if found:
        because("; ".join(str(one) for one in found[:20]))
        owners = {of: {key for kind, key in map(_owner, found) if kind == of} for of in OWNED}
        touched = Touched(**{OWNED[of]: keys for of, keys in owners.items()})
        with connection.cursor() as cursor:
            if len(touched):
                cursor.execute(*writing.refresh(at, touched))
            _keep_files()
            for mirror in mirrors.every():
                if any(one.table == mirror.table for one in found):
                    cursor.execute(f"TRUNCATE {SCHEMA}.{mirror.table}")
                    cursor.execute(mirrors.refill(mirror))
    _keep("compared", str(len(found)))
    return found


def _owner(one: Difference) -> tuple[str, int]:
    return one.owner or ("", 0)
