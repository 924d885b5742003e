"""Which document an address means, of which case, for who may see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Prefetch
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone

from kirjaamo.cases.pages.case import case_or_404
from kirjaamo.cases.visibility import documents_visible_to
from kirjaamo.documents.models import Document, File
from kirjaamo.ui.access import actor_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kirjaamo.cases.models import Case


@dataclass(frozen=True)
class Paper:
    """A document in its case, with its versions, newest first."""

    case: Case
    document: Document
    files: Sequence[File]

    @property
    def newest(self) -> File | None:
        """The newest version."""
        return self.files[0] if self.files else None

    def url(self, route: str = "paper", *more: object) -> str:
        """An address of the document."""
        return reverse(route, args=[self.case.address, self.document.identifier, *more])


def paper_or_404(request: HttpRequest, identifier: str, paper: str) -> Paper:
    """The document of an address in a case that the actor may see."""
    case = case_or_404(request, identifier)
    files = File.objects.select_related("text").defer("text__text").order_by("-version")
    rows = Document.objects.filter(in_cases__case=case).prefetch_related(Prefetch("files", files))
    found = rows.filter(documents_visible_to(actor_of(request), timezone.now()), identifier=paper).first()
    if found is None:
        raise Http404
    return Paper(case, found, list(found.files.all()))


def file_or_404(paper: Paper, version: int) -> File:
    """A version of the document."""
    found = next((file for file in paper.files if file.version == version), None)
    if found is None:
        raise Http404
    return found
