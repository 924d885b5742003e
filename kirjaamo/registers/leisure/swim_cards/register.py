"""Erityisuimakorttirekisteri: a cheaper swimming card for residents who show one of four proofs."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kirjaamo.contract.register import Register, SearchKey, declare
from kirjaamo.registers.leisure.swim_cards import actions
from kirjaamo.registers.leisure.swim_cards.models import Application, SwimCard

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
        actions=[actions.apply, actions.decide, actions.hand_over],
    )
)
