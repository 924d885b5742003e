"""Rotation of keys: new keys first, every sealed value sealed anew in batches, then the old keys go. Safe to stop and repeat."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from django.utils import timezone

from kirjaamo.kernel import vault
from kirjaamo.kernel.actors import Machine
from kirjaamo.kernel.sealed import SealedColumns, older_keys_hold, sealed_tables
from kirjaamo.subjects.actions import keep_check, seal_anew

BATCH = 500
ROTATOR = Machine("key-rotation")
Report = Callable[[int, int, str], None]


def begin() -> Path | None:
    """Put new keys before the old ones, after a copy of the file as it was. None when a rotation is already under way."""
    path, keys = vault.key_file(), vault.keys()
    if len(keys.encrypt) > 1:
        return None
    copy = path.with_name(f"{path.stem}-{timezone.localtime():%Y%m%dT%H%M%S}{path.suffix}")
    keys.write(copy)
    keys.with_new().write(path)
    return copy


def rotate(report: Report, batch: int = BATCH) -> int:
    """Seal anew whatever is not sealed with the newest keys; return how many rows were. What was done before is passed over."""
    done = 0
    for table in sealed_tables():
        done += _table(table, report, batch)
    keep_check(actor=ROTATOR)
    return done


def _table(table: SealedColumns, report: Report, batch: int) -> int:
    total, last, seen, done = table.model._default_manager.count(), 0, 0, 0
    while keys := _next(table, last, batch):
        done += seal_anew(table, keys, actor=ROTATOR)
        last, seen = keys[-1], seen + len(keys)
        report(seen, total, table.model._meta.label_lower)
    return done


def _next(table: SealedColumns, last: int, batch: int) -> Sequence[int]:
    rows = table.model._default_manager.filter(pk__gt=last).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:batch])


def end() -> bool:
    """Let the old keys go; return whether some stay, for opening only, because rows that never change are sealed with them."""
    keep = older_keys_hold()
    vault.keys().newest(keep=keep).write(vault.key_file())
    return keep
