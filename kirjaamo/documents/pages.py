"""The administrator's page of files: progress, failures to be tried again, and the last check of stored bytes. It shows no content."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kirjaamo.documents import actions, hazards, integrity
from kirjaamo.documents.files_shown import Progress, failed, last_check, progress
from kirjaamo.documents.models import FileText, IntegrityCheck, ScanState, TextState
from kirjaamo.ui.access import actor_of, page
from kirjaamo.ui.parts import Crumb, Fact, Figure
from kirjaamo.ui.wording import moment


@page(needs="organisation.manage")
def files(request: HttpRequest) -> HttpResponse:
    """Show how the reading of files goes."""
    now = progress()
    values = {
        "progress": now,
        "states": [Figure(now.states.get(state, 0), str(state.label)) for state in TextState if now.states.get(state)],
        "scans": _scans(now),
        "failed": [_failed(row) for row in failed()],
        "check": _check(last_check()),
        "crumbs": [Crumb(_("Tiedostot"))],
    }
    return render(request, "documents/files.html", values)


def _scans(now: Progress) -> list[Fact]:
    return [Fact(str(state.label), now.scans[state]) for state in ScanState if now.scans.get(state)]


def _failed(row: FileText) -> dict[str, object]:
    return {
        "key": row.pk,
        "title": _("%(document)s, versio %(version)s") % {"document": row.file.document.identifier, "version": row.file.version},
        "text": hazards.sentence(row.problem),
        "at": row.at,
        "again": row.state == TextState.FAILED,
    }


def _check(row: IntegrityCheck | None) -> dict[str, object]:
    """The last check in words; what did not match is named by document and version."""
    if row is None:
        return {}
    faults = [
        _("%(document)s, versio %(version)s: %(what)s")
        % {"document": fault["document"], "version": fault["version"], "what": integrity.FAULTS[fault["what"]]}
        for fault in row.faults
    ]
    return {"when": moment(row.ended_at), "files": row.files, "faults": faults}


@page(needs="organisation.manage")
@require_POST
def read_again(request: HttpRequest, file: int) -> HttpResponse:
    """Put a file whose reading failed back to wait."""
    actions.read_again(file, actor=actor_of(request))
    messages.success(request, _("Tiedosto luetaan uudelleen."))
    return redirect("files")
