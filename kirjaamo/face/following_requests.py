"""What the public face tells of a request to whoever knows its address, and what only the token of the address opens."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kirjaamo.face.models import FaceDelivery, FaceFile, FaceMessage, FaceRequest
from kirjaamo.kernel.boxes import open_box
from kirjaamo.kernel.receipts import keys_of, token_hash
from kirjaamo.ui.parts import ListRow, Message

if TYPE_CHECKING:
    from kirjaamo.requests.models import InformationRequest

OPEN_AFTER_END = dt.timedelta(days=180)
"""How long the address works after the case has ended."""


@dataclass(frozen=True)
class Followed:
    """A request by its address: its public row, and the token that opens what lies closed for its holder."""

    row: FaceRequest
    token: str

    @cached_property
    def item(self) -> InformationRequest:
        """As a request that holds nothing but public facts, for what is shown of any request."""
        return self.row.as_request()

    def opened(self, box: bytes | memoryview) -> bytes:
        """What lies in a box that was closed for this address."""
        return open_box(bytes(box), keys_of(self.token)[0])


def find(token: str) -> Followed | None:
    """The request of an address that works still (one statement, whatever the address)."""
    row = FaceRequest.objects.filter(token_hash=token_hash(token)).first()
    ended = row.closed_at if row else None
    if row is None or (ended is not None and ended + OPEN_AFTER_END < timezone.now()):
        return None
    return Followed(row, token)


def messages_of(found: Followed) -> tuple[list[Message], int]:
    """The messages that may be read here; of the asker's own only that they came; and how many wait for another channel."""
    thread, hidden = [], 0
    for one in FaceMessage.objects.filter(request_id=found.row.request_id):
        if one.own:
            thread.append(Message(_("Sinä"), one.at, _("Viestisi on vastaanotettu. Sen sisältöä ei näytetä tällä sivulla."), own=True))
        elif one.box:
            thread.append(Message(found.row.unit_title, one.at, found.opened(one.box).decode()))
        else:
            hidden += 1
    return thread, hidden


def label_of(found: Followed, one: FaceDelivery) -> dict[str, Any]:
    """What a document that may be fetched is called and is."""
    told: dict[str, Any] = json.loads(found.opened(one.label))
    return told


def files_of(found: Followed) -> tuple[list[ListRow], int]:
    """The documents that may be fetched here, and how many are given in another way."""
    rows, elsewhere = [], 0
    for one in FaceDelivery.objects.filter(request_id=found.row.request_id):
        if not one.open:
            elsewhere += 1
            continue
        told = label_of(found, one)
        size = _("%(size)s kt") % {"size": max(1, round(told["size"] / 1000))}
        meta = [PurePath(told["name"]).suffix.lstrip(".").upper(), size, one.given_at]
        rows.append(ListRow(told["title"], reverse("request_file", args=[found.token, one.delivery_id]), meta=meta))  # type: ignore[arg-type]
    return rows, elsewhere


@dataclass(frozen=True)
class Given:
    """The bytes of a document that was given, with the name under which they are saved."""

    data: bytes
    name: str
    media_type: str
    sha256: str


def fetch(found: Followed, number: int) -> Given | None:
    """A document that was given for the address and is wholly public still."""
    one = FaceDelivery.objects.filter(request_id=found.row.request_id, delivery_id=number, open=True).first()
    box = FaceFile.objects.filter(delivery_id=number).values_list("box", flat=True).first() if one else None
    if one is None or box is None:
        return None
    told = label_of(found, one)
    return Given(found.opened(box), told["identifier"] + PurePath(told["name"]).suffix.lower(), told["media_type"], told["sha256"])
