"""The call by which other systems report: a case, a measure on it or its end, and the documents of each."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from kirjaamo.api import actions
from kirjaamo.api.calls import api, body_of, caller_of
from kirjaamo.api.models import EventKind
from kirjaamo.catalog.models import InformationSystem
from kirjaamo.documents.policy import accept
from kirjaamo.kernel.errors import Refused

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

__all__ = ["api", "events"]


@api.post("/systems/{slug}/events")
def events(request: HttpRequest, slug: str) -> Any:
    """Report a case of an existing system, a measure on it or its end. The same `key` again finds the first.

    The body is JSON; with documents it is `multipart/form-data` with the JSON in `event` and each file in `file`, in the order of
    the event's `documents` (`title`, `type`, `sender`).
    """
    system = InformationSystem.objects.select_related("decided_by").filter(slug=slug).first()
    caller = caller_of(request)
    if system is None or not caller.reaches(slug):
        raise Http404
    made = actions.take_event(system, _event(*_told(request)), token=caller.token, actor=caller)
    told = {"key": made.key, "case": made.case.identifier, "received_at": made.received_at.isoformat()}
    return api.create_response(request, told, status=201)


def _told(request: HttpRequest) -> tuple[Mapping[str, Any], Sequence[UploadedFile[Any]]]:
    """The JSON of the event and the files that came with it."""
    if not (request.content_type or "").startswith("multipart/"):
        return body_of(request), ()
    try:
        body = json.loads(request.POST.get("event", ""))
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise Refused(_("Lähetä tapahtuma JSON-oliona kentässä event."), code="api.json", field="event")
    return body, request.FILES.getlist("file")


def _event(body: Mapping[str, Any], files: Sequence[UploadedFile[Any]]) -> actions.Event:
    for name in ("key", "kind", "case", "at"):
        if not isinstance(body.get(name), str) or not body[name].strip():
            raise Refused(_("Kerro tapahtuman %(name)s.") % {"name": name}, code="api.missing", field=name)
    if body["kind"] not in EventKind.values:
        raise Refused(
            _("Tapahtuman laji on jokin näistä: %(kinds)s.") % {"kinds": ", ".join(EventKind.values)}, code="api.kind", field="kind"
        )
    texts = {name: str(body.get(name, ""))[:300] for name in ("title", "class_code", "initiator")}
    label = {str(key): str(text)[:300] for key, text in dict(body.get("label") or {}).items()}
    documents = _documents(body.get("documents") or [], files)
    return actions.Event(
        body["key"][:100], EventKind(body["kind"]), body["case"][:100], _moment(body["at"]), label=label, documents=documents, **texts
    )


def _moment(text: str) -> dt.datetime:
    try:
        at = dt.datetime.fromisoformat(text)
    except ValueError:
        at = dt.datetime.min  # noqa: DTZ901 - refused below, for it has no zone
    if at.tzinfo is None:
        raise Refused(_("Kerro hetki aikavyöhykkeineen, esimerkiksi 2026-11-22T14:30:00+02:00."), code="api.at", field="at")
    return at


def _documents(told: Any, files: Sequence[UploadedFile[Any]]) -> tuple[actions.FedDocument, ...]:
    """Each file with what the event says of it; as many of the one as of the other."""
    if not isinstance(told, list) or len(told) != len(files) or not all(isinstance(one, dict) and one.get("title") for one in told):
        raise Refused(
            _("Kerro jokaisesta tiedostosta documents-luettelossa title ja type, samassa järjestyksessä kuin tiedostot."),
            code="api.documents",
            field="documents",
        )
    return tuple(
        actions.FedDocument(
            str(one["title"])[:300], str(one.get("type", ""))[:100], str(one.get("sender", ""))[:300], accept(file.name or "", file.read())
        )
        for one, file in zip(told, files, strict=True)
    )
