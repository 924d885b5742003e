"""What may be changed of the catalog: load a pack, publish the description."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kirjaamo.catalog import loading
from kirjaamo.kernel.actions import action

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor
    from kirjaamo.kernel.packs import Pack


@action("Lataa luettelo", needs="catalog.edit")
def load_catalog(pack: Pack, *, actor: Actor) -> dict[str, int]:
    """Write the catalog entries of a pack; loading again changes what differs and doubles nothing."""
    del actor
    return loading.load(pack)
