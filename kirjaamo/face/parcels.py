"""What lies in a box of the intake: what was told, then the bytes of the files that were sent along."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any

from kirjaamo.cases.eservice.matters import NewMatter
from kirjaamo.documents.models import Way
from kirjaamo.documents.policy import Upload
from kirjaamo.requests.arrivals import NewRequest
from kirjaamo.requests.plan import find_entry

if TYPE_CHECKING:
    import datetime as dt

LENGTH = 4


def packed(told: Mapping[str, Any], files: Sequence[bytes] = ()) -> bytes:
    """One run of bytes: how long what was told is, what was told with the sizes of the files, the files."""
    header = json.dumps({**told, "sizes": [len(one) for one in files]}, ensure_ascii=False).encode()
    return b"".join([len(header).to_bytes(LENGTH), header, *files])


def unpacked(content: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """What `packed` made; `ValueError` when it is none."""
    end = LENGTH + int.from_bytes(content[:LENGTH])
    told, files = json.loads(content[LENGTH:end]), []
    for size in told["sizes"]:
        files.append(content[end : end + size])
        end += size
    if end != len(content):
        raise ValueError
    return told, files


def of_request(new: NewRequest, token: str) -> bytes:
    """A request as it lies in its box."""
    told = asdict(new) | {"entry": [new.entry.kind, new.entry.slug], "key": str(new.key), "way": new.way.value, "token": token}
    return packed(told | {"answers": [dict(answer) for answer in new.answers], "received_at": None})


def to_request(content: bytes, received_at: dt.datetime) -> NewRequest:
    """The request of a box as it came in at a moment; `LookupError` when what it asks about is no longer described."""
    told, _files = unpacked(content)
    kind, slug = told["entry"]
    entry = find_entry(kind, slug)
    if entry is None:
        raise LookupError
    facts = {name: told[name] for name in ("kind", "what", "answers", "name", "email", "address", "language", "token")}
    return NewRequest(entry=entry, key=uuid.UUID(told["key"]), way=Way(told["way"]), received_at=received_at, **facts)


PLAIN = [one.name for one in fields(NewMatter) if one.name not in {"key", "uploads", "received_at", "token"}]


def of_matter(new: NewMatter, token: str) -> bytes:
    """A matter as it lies in its box."""
    told = {name: getattr(new, name) for name in PLAIN} | {"key": str(new.key), "token": token}
    return packed(told | {"files": [[one.name, one.media_type] for one in new.uploads]}, [one.data for one in new.uploads])


def to_matter(content: bytes, received_at: dt.datetime) -> NewMatter:
    """The matter of a box as it came in at a moment."""
    told, files = unpacked(content)
    uploads = [Upload(name, data, kind) for (name, kind), data in zip(told["files"], files, strict=True)]
    facts = {name: told[name] for name in PLAIN}
    return NewMatter(key=uuid.UUID(told["key"]), token=told["token"], uploads=uploads, received_at=received_at, **facts)
