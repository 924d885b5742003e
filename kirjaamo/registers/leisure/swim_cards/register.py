"""Erityisuimakorttirekisteri: a cheaper swimming card for residents who show one of four proofs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from kirjaamo.contract.register import Register, SearchKey, declare
from kirjaamo.registers.leisure.swim_cards import actions
from kirjaamo.registers.leisure.swim_cards.models import Application, Outcome, SwimCard
from kirjaamo.ui.parts import ListRow

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor


def start(actor: Actor) -> Mapping[str, object]:
    """What is due: applications that wait for a decision, the oldest first."""
    del actor
    waiting = Application.objects.filter(outcome=Outcome.PENDING, voided_at=None).select_related("holder", "case").order_by("made_at")[:20]
    rows = [
        ListRow(row.holder.name, row.get_absolute_url(), kind=str(row.case), meta=[row.get_proof_display() or _("Ei todistetta")])
        for row in waiting
    ]
    return {"due": rows, "due_title": _("Odottaa päätöstä")}


register = declare(
    Register(
        slug="erityisuimakortit",
        title=_("Erityisuimakorttirekisteri"),
        purpose=_("Alennetun uimakortin myöntäminen asukkaalle, joka osoittaa oikeutensa kortilla tai tunnuksella"),
        model=SwimCard,
        others=[Application],
        columns=["number", "holder", "valid", "assistants"],
        filters=["assistants"],
        search_keys=[
            SearchKey("number", _("Kortin numero"), _("Mikä on korttisi numero, jos tiedät sen?")),
            SearchKey("holder", _("Haltijan nimi tai henkilötunnus"), _("Kenen kortista on kyse?"), kind="person", secret=True),
            SearchKey("valid", _("Päivä, jona kortti oli voimassa"), _("Minä päivänä kortti oli voimassa?"), kind="period"),
        ],
        person="holder",
        retention_class="card_decision",
        start=start,
        actions=[actions.apply, actions.decide, actions.hand_over],
    )
)
