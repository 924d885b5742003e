"""Documents of a case: what arrived in it and what we made."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kirjaamo.cases.actions.steps import record, still_open
from kirjaamo.documents import actions as documents
from kirjaamo.kernel import submissions
from kirjaamo.kernel.actions import action

if TYPE_CHECKING:
    from kirjaamo.cases.models import Case
    from kirjaamo.documents.models import Document, Way
    from kirjaamo.organisation.models import User


ADDED = {"fi": "Asiakirja lisättiin", "sv": "En handling lades till", "en": "A document was added"}


@dataclass(frozen=True)
class Incoming:
    """What the law asks of a document that arrived in a case (TiHL 906/2019 § 26.3)."""

    way: Way
    sender: str
    arrived_at: dt.datetime


@action("Lisää asiakirja", needs="cases.handle")
def add_document(case: Case, draft: documents.Draft, *, incoming: Incoming | None, actor: User, key: uuid.UUID) -> Sequence[Document]:
    """Add documents to a case, each file as one: what arrived (`incoming`), or what we made. One form adds once."""
    still_open(case)
    if submissions.claim(key) is not None:
        return ()
    made = []
    for one in documents.each_file(draft):
        if incoming is not None:
            document = documents.receive(one, sender=incoming.sender, way=incoming.way, arrived_at=incoming.arrived_at, actor=actor)
        else:
            document = documents.compose(one, author=actor.name, actor=actor)
        record(case, actor=actor, kind="document_added", label=ADDED, node=draft.node, document=document)
        made.append(document)
    submissions.settle(key, case.identifier)
    return made
