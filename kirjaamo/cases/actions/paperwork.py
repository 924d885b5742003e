"""What is done to a document of a case, each with its line in the case's history: versions, states, decisions, copies."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import TYPE_CHECKING

from kirjaamo.cases.actions.papers import ADDED
from kirjaamo.cases.actions.steps import record, still_open
from kirjaamo.documents import actions as documents
from kirjaamo.kernel import submissions
from kirjaamo.kernel.actions import action

if TYPE_CHECKING:
    from kirjaamo.cases.models import Case
    from kirjaamo.documents.actions import Draft, Giving
    from kirjaamo.documents.models import Document, File, GivenCopy, Outside, Way
    from kirjaamo.documents.patterns import Head, Written
    from kirjaamo.documents.policy import Upload
    from kirjaamo.kernel.actors import Actor

VERSION = {
    "fi": "Asiakirjasta tehtiin uusi versio",
    "sv": "En ny version av handlingen gjordes",
    "en": "A new version of a document was made",
}
READY = {"fi": "Asiakirja valmistui", "sv": "Handlingen blev färdig", "en": "A document was made ready"}
DRAFT = {
    "fi": "Asiakirja palautettiin luonnokseksi",
    "sv": "Handlingen återfördes till utkast",
    "en": "A document was taken back to a draft",
}
SIGNED = {"fi": "Asiakirja allekirjoitettiin", "sv": "Handlingen undertecknades", "en": "A document was signed"}
SENT = {"fi": "Asiakirja lähetettiin", "sv": "Handlingen avsändes", "en": "A document was sent"}
DECIDED = {
    "fi": "Asiakirjan tiedoista päätettiin",
    "sv": "Beslut fattades om handlingens uppgifter",
    "en": "A document's data was decided on",
}
OUTSIDE = {
    "fi": "Päätettiin, onko kyse viranomaisen asiakirjasta",
    "sv": "Beslut fattades om huruvida det är en myndighetshandling",
    "en": "Decided whether it is an authority's document",
}
COPY = {"fi": "Asiakirjasta annettiin kopio", "sv": "En kopia av handlingen gavs", "en": "A copy of a document was given"}


@action("Lisää asiakirjan versio", needs="documents.write")
def add_version(case: Case, document: Document, upload: Upload, *, on: int, actor: Actor, key: uuid.UUID) -> None:
    """Add a version to a document of a case. One form adds once."""
    still_open(case)
    if submissions.claim(key) is None:
        documents.add_version(document, upload, on=on, actor=actor)
        record(case, actor=actor, kind="document_version", label=VERSION, document=document)


@action("Laadi asian kirje", needs="documents.write")
def write_letter(case: Case, draft: Draft, written: Written, head: Head, *, actor: Actor, key: uuid.UUID) -> Document | None:
    """Make a draft of a letter in a case. One form makes one."""
    still_open(case)
    if submissions.claim(key) is not None:
        return None
    document = documents.write_letter(draft, written, head, actor=actor)
    record(case, actor=actor, kind="document_added", label=ADDED, node=draft.node, document=document)
    return document


@action("Muokkaa asian kirjettä", needs="documents.write")
def rewrite_letter(case: Case, document: Document, written: Written, head: Head, *, on: int, actor: Actor, key: uuid.UUID) -> None:
    """Make the next version of a letter in a case. One form makes one."""
    still_open(case)
    if submissions.claim(key) is None:
        documents.rewrite_letter(document, written, head, on=on, actor=actor)
        record(case, actor=actor, kind="document_version", label=VERSION, document=document)


@action("Vie asiakirjaa eteenpäin", needs="documents.write")
def move_document(case: Case, document: Document, step: str, *, actor: Actor, reason: str = "") -> None:
    """Make a document ready, a draft again, or signed."""
    still_open(case)
    if step == "ready":
        documents.make_ready(document, actor=actor)
    elif step == "draft":
        documents.back_to_draft(document, reason=reason, actor=actor)
    else:
        documents.sign(document, actor=actor)
    label = {"ready": READY, "draft": DRAFT}.get(step, SIGNED)
    record(case, actor=actor, kind=f"document_{step}", label=label, document=document, note=reason)


@action("Merkitse asiakirja lähetetyksi", needs="documents.write")
def send_document(case: Case, document: Document, way: Way, *, actor: Actor, key: uuid.UUID) -> None:
    """Record that a document of a case was sent, and how. One form sends once."""
    if submissions.claim(key) is None:
        documents.send(document, way=way, actor=actor)
        record(case, actor=actor, kind="document_sent", label=SENT, document=document, note=str(way.label))


@action("Päätä asian asiakirjan tiedoista", needs="documents.write")
def decide_document(case: Case, document: Document, changes: Mapping[str, object], *, reason: str, actor: Actor) -> None:
    """Decide metadata of a document otherwise than it is; nothing is recorded when nothing changes."""
    if documents.decide(document, changes, reason=reason, actor=actor):
        record(case, actor=actor, kind="document_decided", label=DECIDED, document=document, note=reason)


@action("Päätä, onko kyse viranomaisen asiakirjasta", needs="documents.write")
def place_document(case: Case, document: Document, why: Outside | None, *, reason: str, actor: Actor) -> None:
    """Say that a writing is not an authority's document, or that it is (`why` None)."""
    if why is None:
        documents.take_inside(document, reason=reason, actor=actor)
    else:
        documents.put_outside(document, why, reason=reason, actor=actor)
    record(case, actor=actor, kind="document_outside", label=OUTSIDE, document=document, note=reason)


@action("Anna kopio asian asiakirjasta", needs="documents.write")
def copy_document(case: Case, file: File, giving: Giving, *, actor: Actor, key: uuid.UUID) -> GivenCopy | None:
    """Give a copy of a document of a case, marked as the law asks. One form gives once."""
    if submissions.claim(key) is not None:
        return None
    row, _data = documents.give_copy(file, giving, case=case.identifier, actor=actor)
    record(case, actor=actor, kind="document_copied", label=COPY, document=file.document, note=giving.purpose)
    return row
