"""Reading the description: a page, the whole, and what a publication froze."""

from __future__ import annotations

from typing import Any

from django.db.models.fields.json import KeyTransform

from kirjaamo.catalog.content import Content, Entries
from kirjaamo.catalog.kinds import Kind
from kirjaamo.catalog.models import Publication, PublicEntry


def entry(kind: str, slug: str) -> Content | None:
    """Return what the page of a thing says, or None (one statement)."""
    found: Content | None = PublicEntry.objects.filter(kind=kind, slug=slug).values_list("content", flat=True).first()
    return found


def everything() -> Entries:
    """Return the whole description as it is now (one statement)."""
    made: Entries = {kind.value: {} for kind in Kind}
    for kind, slug, content in PublicEntry.objects.values_list("kind", "slug", "content"):
        made[kind][slug] = content
    return made


def titles(*kinds: str) -> list[tuple[str, str, dict[str, str]]]:
    """Return kind, slug and title of every page of some kinds, in order (one statement)."""
    rows = PublicEntry.objects.filter(kind__in=kinds).annotate(title=KeyTransform("title", "content"))
    return list(rows.values_list("kind", "slug", "title"))


def publications() -> list[Publication]:
    """Return the frozen versions, newest first, without their content."""
    return list(Publication.objects.defer("content", "gate"))


def publication(number: int) -> Publication | None:
    """Return a frozen version without its content."""
    return Publication.objects.filter(number=number).defer("content").first()


def published_content(number: int) -> dict[str, Any]:
    """Return what a version froze: `authority`, `entries` by kind and slug, `sources`."""
    return dict(Publication.objects.values_list("content", flat=True).get(number=number))


def published_entry(number: int, kind: str, slug: str) -> Content | None:
    """Return the page of a thing as it stood in a version, or None (one statement, the rest of the version is not read)."""
    path = KeyTransform(slug, KeyTransform(kind, KeyTransform("entries", "content")))
    found: Content | None = Publication.objects.filter(number=number).annotate(page=path).values_list("page", flat=True).first()
    return found
