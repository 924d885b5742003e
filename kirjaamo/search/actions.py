"""Keeping a search and letting it go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from kirjaamo.kernel.actions import action
from kirjaamo.kernel.errors import Refused
from kirjaamo.search.models import SavedSearch

if TYPE_CHECKING:
    from kirjaamo.organisation.models import User

MOST = 50
"""So many searches one person may keep."""


@action("Tallenna haku", needs="staff")
def save_search(name: str, address: str, *, actor: User) -> SavedSearch:
    """Keep a search of one's own; the same name replaces the one before, so that a second send makes no second search."""
    told = " ".join(name.split())[:80]
    if not told:
        raise Refused(_("Anna haulle nimi."), code="search.no_name", field="name")
    kept = SavedSearch.objects.filter(user=actor)
    if kept.filter(name=told).exists():
        kept.filter(name=told).update(address=address[:600])
        return kept.get(name=told)
    if kept.count() >= MOST:
        raise Refused(_("Hakuja on jo %s. Poista jokin ennen kuin tallennat uuden.") % MOST, code="search.too_many", field="name")
    return SavedSearch.of(user=actor, name=told, address=address[:600])


@action("Poista tallennettu haku", needs="staff")
def remove_search(key: int, *, actor: User) -> None:
    """Let a search of one's own go; one that is gone already is no error."""
    SavedSearch.objects.filter(pk=key, user=actor).delete()
