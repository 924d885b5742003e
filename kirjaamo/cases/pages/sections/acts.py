"""Every act that a person may do on a case now, one click from its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from kirjaamo.ui.parts import Action

if TYPE_CHECKING:
    from kirjaamo.cases.models import Case
    from kirjaamo.cases.pages.sections.seen import Seen
    from kirjaamo.kernel.actors import Actor


def section(seen: Seen) -> dict[str, object]:
    """The acts."""
    return {"actions": acts(seen.case, seen.actor)}


def acts(found: Case, actor: Actor) -> list[Action]:
    """Every act that this person may do on this case now."""
    if found.is_closed or not actor.may("cases.handle", found):
        return []

    def to(route: str) -> str:
        return reverse(route, args=[found.address])

    mine = found.handler_id is not None and getattr(actor, "pk", None) == found.handler_id
    made = [] if mine else [Action(_("Ota käsittelyyn"), to("case_take"), kind="primary", icon="check")]
    return [
        *made,
        Action(_("Kirjaa toimenpide"), to("case_record"), kind="primary" if mine else "secondary"),
        Action(_("Lisää asiakirja"), to("case_document")),
        Action(_("Anna tehtävä"), to("case_task")),
        Action(_("Päätä asia"), to("case_close")),
    ]
