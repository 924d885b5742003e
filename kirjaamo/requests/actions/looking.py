"""Answering who has looked: the uses of an identified person's data, collected from the use log into a document."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kirjaamo.documents import actions as documents
from kirjaamo.documents.policy import Upload
from kirjaamo.kernel import submissions, use_log
from kirjaamo.kernel.actions import action, running
from kirjaamo.kernel.errors import Refused
from kirjaamo.kernel.registry import SOURCES
from kirjaamo.kernel.use_log import Purpose, Use, UseVerb
from kirjaamo.norms import clocks
from kirjaamo.requests import checks, log_letters
from kirjaamo.requests.actions import steps
from kirjaamo.requests.actions.own_data import PERSON_KEY
from kirjaamo.requests.actions.searching import searched
from kirjaamo.requests.models import InformationRequest, RequestKind

if TYPE_CHECKING:
    from kirjaamo.documents.models import Document
    from kirjaamo.organisation.models import User
    from kirjaamo.subjects.models import Subject


@action("Kokoa tietojen katsomiset", needs="requests.answer")
def build_log_extract(request: InformationRequest, *, since: dt.date | None, actor: User, key: uuid.UUID) -> Document | None:
    """Collect who has looked at the identified asker's data since a day (None: all that is kept), as PDF and JSON, for review.

    Names of officials are in it only where an act gives them. Sending the form twice makes one: the second time returns None.
    """
    checks.still_open(request)
    subject = steps.initiator(request).subject
    if request.kind != RequestKind.LOG_DATA or request.identified_at is None or subject is None:
        raise Refused(
            _("Katsomiset voi koota vain tunnistetulle pyytäjälle, joka pyytää lokitietoja."),
            code="requests.not_identified",
            section="EU 2016/679 15 art.; 703/2023 11 §",
        )
    if submissions.claim(key) is not None:
        return None
    at, start = running().at, _start(since)
    found = log_letters.looks(request, subject.pk, start)
    _trace(request, subject, len(found), actor=actor)
    uploads = [
        Upload("katsomiset.pdf", log_letters.log_pdf(request, found, since=start, official=actor, at=at), "application/pdf"),
        Upload("katsomiset.json", log_letters.log_json(request, found, since=start, at=at), "application/json"),
    ]
    metadata = documents.Metadata.of(steps.place(request, "material"))
    document = steps.add_material(request, metadata, "Tietojen katsomiset", uploads, actor=actor)
    submissions.settle(key, document.identifier)
    return document


def _start(since: dt.date | None) -> dt.datetime:
    first = clocks.kept_since("use-log-kept", timezone.localdate())
    return timezone.make_aware(dt.datetime.combine(max(first, since or first), dt.time.min))


def _trace(request: InformationRequest, subject: Subject, count: int, *, actor: User) -> None:
    """Note that the log was used, and let it stand as the proof of searching the program's own registers."""
    about = request.case.identifier
    use = Use(UseVerb.EXTRACT, "use_log", Purpose.REQUEST, about, place="request_act", subjects=[subject.pk], count=count)
    use_log.note(use, actor=actor)
    for task in request.searches.select_related("task", "request__case__revision").filter(system_slug__in=SOURCES):
        searched(task, [PERSON_KEY], count, "", actor=actor)
