"""What belongs to a case: the records that rooms above and registers write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kirjaamo.cases.models import CaseRecord
from kirjaamo.kernel.actions import action

if TYPE_CHECKING:
    from kirjaamo.cases.models import Case
    from kirjaamo.kernel.actors import Actor


@action("Liitä tietue asiaan", needs="cases.handle")
def belongs(case: Case, source: str, kind: str, ref: int, *, actor: Actor) -> None:
    """Tell the case page that a row of a source belongs to the case; a row that moves to another case is told again."""
    del actor
    rows = [CaseRecord(case=case, source=source, kind=kind, ref=ref)]
    CaseRecord.objects.bulk_create(rows, update_conflicts=True, unique_fields=["source", "kind", "ref"], update_fields=["case"])
