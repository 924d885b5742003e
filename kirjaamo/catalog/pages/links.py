"""Addresses that pages of the description share."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from kirjaamo.catalog.content import Content
from kirjaamo.catalog.kinds import KINDS, Kind, entry_address
from kirjaamo.ui.parts import Crumb


def link_in(version: int | None = None) -> Callable[[Content], str]:
    """Return how a reference becomes an address: now, or within a frozen version."""

    def link(one: Content) -> str:
        return entry_address(one["kind"], one["slug"], version) if one["kind"] in set(Kind) else ""

    return link


def ask_address(kind: str, slug: str) -> str:
    """Return the address of the request form of an entry; empty when this installation takes no requests."""
    if not KINDS[Kind(kind)].asked:
        return ""
    try:
        return reverse("ask", args=[kind, slug])
    except NoReverseMatch:
        return ""


def crumbs(*last: tuple[str, str], start: bool = True) -> list[Crumb]:
    """Return the path to a public page: start, the description, and what follows as (label, address)."""
    first = [Crumb(_("Etusivu"), reverse("start"))] if start else []
    return [*first, Crumb(_("Mitä tietoa meillä on"), reverse("catalog")), *(Crumb(label, url) for label, url in last)]
