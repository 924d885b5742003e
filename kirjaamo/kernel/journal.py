"""The journal: what was written, by whom and when, in a form that shows any later change.

An entry and its leaf hash are appended in the transaction of the action. A worker seals what is committed into blocks, each
root over the previous root and the Merkle root of its leaves. Values stand as salted commitments: the salt can be erased
lawfully and the chain still verifies. Tables refuse UPDATE, DELETE and TRUNCATE by trigger.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    import datetime as dt

SEAL_LOCK = 7_210_906
"""The advisory lock of the sealer: one seals at a time."""
BLOCK_SIZE = 10_000


@dataclass(frozen=True)
class Write:
    """One written row: its table, key, verb and the values that went in."""

    label: str
    key: object
    verb: str
    fields: Mapping[str, object]


def append(action: str, actor: str, at: dt.datetime, writes: Sequence[Write], reason: str = "") -> None:
    """Append one entry to the journal in the transaction under way (two statements at most)."""
    uid = uuid.uuid4()
    salt = secrets.token_hex(16)
    body = {"writes": [_committed(write, salt) for write in writes], "reason": _commit(reason, salt) if reason else ""}
    leaf = leaf_hash(str(uid), at.isoformat(), action, actor, body)
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH entry AS (INSERT INTO kernel_journalentry (uid, at, at_text, action, actor, body, leaf)"
            " VALUES (%s, %s, %s, %s, %s, %s::jsonb, %s) RETURNING id)"
            " INSERT INTO kernel_journalsalt (entry_id, salt, reason) SELECT id, %s, %s FROM entry",
            [uid, at, at.isoformat(), action, actor, canonical(body), leaf, salt, reason],
        )


def _committed(write: Write, salt: str) -> dict[str, object]:
    if "rows" in write.fields:
        return {"table": write.label, "verb": write.verb, "rows": [str(key) for key in write.fields["rows"]]}  # type: ignore[attr-defined]
    fields = {name: _commit(value, salt) for name, value in write.fields.items()}
    return {"table": write.label, "key": str(write.key), "verb": write.verb, "fields": fields}


def _commit(value: object, salt: str) -> str:
    """Commit to a value without showing it."""
    return hashlib.sha256(f"{salt}\x1f{value!s}".encode()).hexdigest()[:32]


def canonical(body: object) -> str:
    """Serialise in the one form that hashes are taken over."""
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def leaf_hash(uid: str, at: str, action: str, actor: str, body: object) -> bytes:
    """Hash one entry (domain 0x00, so that a leaf never equals a node)."""
    return hashlib.sha256(b"\x00" + canonical([uid, at, action, actor, body]).encode()).digest()


def merkle_root(leaves: Sequence[bytes]) -> bytes:
    """Combine leaves pairwise (domain 0x01); an odd one moves up as it is. No leaves give the hash of nothing."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    level = list(leaves)
    while len(level) > 1:
        pairs = [hashlib.sha256(b"\x01" + level[i] + level[i + 1]).digest() for i in range(0, len(level) - 1, 2)]
        level = pairs + level[len(level) - len(level) % 2 :]
    return level[0]


def block_root(previous: bytes, merkle: bytes, count: int) -> bytes:
    """Chain one block to the previous (domain 0x02)."""
    return hashlib.sha256(b"\x02" + previous + merkle + count.to_bytes(8, "big")).digest()


class Horizon:
    """Up to which number every entry is sealed that will ever be, so that a sealer need not read the journal from its beginning.

    Whoever appends locks the table before the number is given out, until the end of the transaction. A number that was given out at
    a moment may yet be committed by those who held the lock then; when all of these have ended, nothing comes any more.
    """

    def __init__(self) -> None:
        self.below = 0
        self._settled = 0
        self._given = 0
        self._at_work: frozenset[str] = frozenset()

    def look(self) -> None:
        """See what was given out and then who is at work; to be done before the entries are read."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT coalesce(pg_sequence_last_value(pg_get_serial_sequence('kernel_journalentry', 'id')::regclass), 0)")
            given = cursor.fetchone()[0]
            cursor.execute(
                "SELECT virtualtransaction FROM pg_locks WHERE relation = 'kernel_journalentry'::regclass"
                " AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND mode = 'RowExclusiveLock'"
            )
            at_work = frozenset(row[0] for row in cursor.fetchall())
        if not self._at_work & at_work:
            self._settled, self._given, self._at_work = self._given, given, at_work

    def sealed(self) -> None:
        """Every entry that was committed when it was looked has been sealed."""
        self.below = self._settled


def seal(beyond: int = 0) -> int | None:
    """Seal committed entries above a number into one block; return how many, None when another sealer is at it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [SEAL_LOCK])
        if not cursor.fetchone()[0]:
            return None
        cursor.execute(
            "SELECT e.id, e.leaf FROM kernel_journalentry e WHERE e.id > %s AND NOT EXISTS"
            " (SELECT 1 FROM kernel_journalseal s WHERE s.entry_id = e.id) ORDER BY e.id LIMIT %s",
            [beyond, BLOCK_SIZE],
        )
        rows = cursor.fetchall()
        if not rows:
            return 0
        cursor.execute("SELECT root FROM kernel_journalblock ORDER BY id DESC LIMIT 1")
        previous = cursor.fetchone()
        before = bytes(previous[0]) if previous else b""
        merkle = merkle_root([bytes(leaf) for _, leaf in rows])
        cursor.execute(
            "INSERT INTO kernel_journalblock (sealed_at, count, merkle, previous, root) VALUES (now(), %s, %s, %s, %s) RETURNING id",
            [len(rows), merkle, before, block_root(before, merkle, len(rows))],
        )
        block = cursor.fetchone()[0]
        cursor.execute(
            "INSERT INTO kernel_journalseal (entry_id, block_id, position)"
            " SELECT key, %s, at FROM unnest(%s::bigint[]) WITH ORDINALITY AS t(key, at)",
            [block, [key for key, _ in rows]],
        )
        return len(rows)


@dataclass(frozen=True)
class Verdict:
    """The outcome of a verification: how much was read and the first faults found."""

    entries: int
    blocks: int
    unsealed: int
    faults: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether nothing had been altered."""
        return not self.faults


def verify() -> Verdict:
    """Recompute every leaf, block and link. Entries are read in blocks, so memory stays bounded."""
    faults: list[str] = []
    entries = blocks = 0
    previous = b""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, count, merkle, previous, root FROM kernel_journalblock ORDER BY id")
        for block, count, merkle, before, root in cursor.fetchall():
            blocks += 1
            leaves = _leaves_of(block, faults)
            entries += len(leaves)
            if len(leaves) != count or merkle_root(leaves) != bytes(merkle):
                faults.append(f"block {block}: its entries do not match its seal")
            if bytes(before) != previous or block_root(previous, bytes(merkle), count) != bytes(root):
                faults.append(f"block {block}: the chain is broken before it")
            previous = bytes(root)
        unsealed = _unsealed(faults)
    return Verdict(entries + unsealed, blocks, unsealed, tuple(faults))


def _leaves_of(block: int, faults: list[str]) -> list[bytes]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.id, e.uid, e.at_text, e.action, e.actor, e.body, e.leaf FROM kernel_journalseal s"
            " JOIN kernel_journalentry e ON e.id = s.entry_id WHERE s.block_id = %s ORDER BY s.position",
            [block],
        )
        return _check(cursor.fetchall(), faults)


def _unsealed(faults: list[str]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.id, e.uid, e.at_text, e.action, e.actor, e.body, e.leaf FROM kernel_journalentry e WHERE NOT EXISTS"
            " (SELECT 1 FROM kernel_journalseal s WHERE s.entry_id = e.id)"
        )
        return len(_check(cursor.fetchall(), faults))


def _check(rows: Iterable[tuple[int, uuid.UUID, str, str, str, object, bytes]], faults: list[str]) -> list[bytes]:
    leaves = []
    for key, uid, at, action, actor, body, leaf in rows:
        content = json.loads(body) if isinstance(body, str) else body
        if leaf_hash(str(uid), at, action, actor, content) != bytes(leaf):
            faults.append(f"entry {key}: its content does not match its hash")
        leaves.append(bytes(leaf))
    return leaves
