"""Documents and messages between the official and the asker."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kirjaamo.documents import actions as documents
from kirjaamo.documents.models import Document, File, Way
from kirjaamo.documents.policy import Upload
from kirjaamo.kernel import submissions
from kirjaamo.kernel.actions import action, running
from kirjaamo.kernel.actors import PUBLIC
from kirjaamo.kernel.errors import Refused
from kirjaamo.notices.actions import tell
from kirjaamo.notices.models import NoticeKind
from kirjaamo.requests import checks, sealed
from kirjaamo.requests.models import (
    Delivery,
    InformationRequest,
    Message,
    MessageDirection,
)
from kirjaamo.values.publicity import Publicity

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor
    from kirjaamo.organisation.models import User
from kirjaamo.requests.actions import steps


@action("Lisää asiakirja vastaukseen", needs="requests.answer")
def add_document(
    request: InformationRequest,
    uploads: Sequence[Upload],
    *,
    title: str,
    metadata: documents.Metadata,
    actor: User,
    key: uuid.UUID | None = None,
) -> Document | None:
    """Add a document to what is given, with its publicity as the official decided it. The same form twice adds one (None)."""
    checks.still_open(request)
    if key is not None and submissions.claim(key) is not None:
        return None
    if metadata.publicity.needs_ground and not metadata.grounds:
        raise Refused(
            _("Valitse salassapitoperuste tai merkitse asiakirja julkiseksi."),
            code="requests.ground_missing",
            section="JulkL 621/1999 24 §",
            field="grounds",
        )
    return steps.add_material(request, metadata, title, uploads, actor=actor)


@action("Luovuta asiakirja", needs="requests.answer")
def give(request: InformationRequest, document: Document, *, way: Way, actor: Actor, may_process: bool = False) -> Delivery:
    """Give a document. Through the unguessable address only what is wholly public; the rest to a known person by a safe way.

    `may_process` tells that the receiver may process the personal data of the copy (JulkL 621/1999 § 16.3).
    """
    checks.still_open(request)
    checks.may_give(request, document, way, may_process=may_process)
    file = document.files.order_by("version").first()
    if file is None:
        raise Refused(_("Asiakirjalla ei ole tiedostoa."), code="requests.no_file")
    documents.send(document, way=way, actor=actor)
    public = document.publicity == Publicity.PUBLIC.value
    delivery = Delivery.of(
        request=request,
        document=document,
        open=public and way == Way.E_SERVICE,
        given_at=running().at,
        given_by=actor.actor_ref,
        way=way,
        sha256=file.sha256,
        label=steps.closed_for(request, _label(document, file)) if public else b"",
    )
    steps.step(
        request, "given", ("Asiakirja luovutettiin", "En handling lämnades ut", "A document was given"), actor=actor, document=document
    )
    return delivery


def _label(document: Document, file: File) -> bytes:
    """What a document is called and is, for the page of the one who asked for it."""
    told = {"title": document.title, "identifier": document.identifier, "name": file.name, "media_type": file.media_type}
    return json.dumps(told | {"size": file.size, "sha256": file.sha256}, ensure_ascii=False).encode()


@action("Lähetä viesti pyytäjälle", needs="requests.answer")
def write(request: InformationRequest, text: str, *, actor: Actor, public: bool = True, key: uuid.UUID | None = None) -> Message | None:
    """Send a message to the asker. `public` ones stand behind the unguessable address; the official answers for their content."""
    if key is not None and submissions.claim(key) is not None:
        return None
    message = steps.write_message(request, text, actor=actor, public=public)
    steps.step(
        request, "message", ("Pyytäjälle lähetettiin viesti", "Ett meddelande skickades", "A message was sent to the asker"), actor=actor
    )
    return message


@action("Lähetä lisätietoa", needs=PUBLIC)
def reply(request: InformationRequest, text: str, *, key: uuid.UUID, actor: Actor) -> Message | None:
    """Take a message of the asker; the same form twice makes one message (None the second time)."""
    if submissions.claim(key) is not None:
        return None
    request.asker_wrote_at = running().at
    request.save(update_fields=["asker_wrote_at"])
    message = Message.of(
        request=request,
        direction=MessageDirection.FROM_ASKER,
        at=running().at,
        sealed=sealed.seal({"text": text}),
        open=True,
        author="asker",
    )
    steps.step(request, "asker_wrote", ("Pyytäjä lähetti viestin", "Den som begärt uppgifter skrev", "The asker wrote"), actor=actor)
    if request.case.handler is not None:
        tell([request.case.handler], NoticeKind.REQUEST, about=request.case.identifier, url=_desk(request), actor=actor)
    return message


def _desk(request: InformationRequest) -> str:
    return reverse("request_case", args=[request.pk])


@action("Merkitse noudetuksi", needs=PUBLIC)
def fetched(delivery: Delivery, *, actor: Actor) -> None:
    """Note the first time that a given document was fetched."""
    del actor
    if delivery.fetched_at is None:
        delivery.fetched_at = running().at
        delivery.save(update_fields=["fetched_at"])
