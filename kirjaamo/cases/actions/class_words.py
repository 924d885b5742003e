"""The everyday words of classes are read from the data pack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kirjaamo.cases.models import ClassWords
from kirjaamo.kernel.actions import action

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor
    from kirjaamo.kernel.packs import Pack


@action("Lataa luokkien arkikielen sanat", needs="organisation.manage")
def load_class_words(pack: Pack, *, actor: Actor) -> int:
    """Write the pack's everyday words of each class in the place of those that it had; return how many classes have some."""
    del actor
    there = {row.class_code: row for row in ClassWords.objects.all()}
    items = pack.items("class_words")
    for item in items:
        code = item.need("class_code")
        row = there[code] if code in there else ClassWords(class_code=code)
        if code not in there or row.words != item.text("words"):
            row.words = item.text("words")
            row.save()
    return len(items)
