"""Erityisuimakorttirekisteri: a cheaper swimming card for residents who show one of four proofs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from kirjaamo.contract.register import Register, SearchKey, declare
from kirjaamo.contract.workbench import CommonTask, Due, Workbench
from kirjaamo.registers.leisure.swim_cards import actions, report
from kirjaamo.registers.leisure.swim_cards.models import Application, Outcome, SwimCard
from kirjaamo.ui.parts import ListRow

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor


def start(actor: Actor) -> Workbench:
    """What is due: applications that wait for a decision, the oldest first."""
    del actor
    waiting = Application.objects.filter(outcome=Outcome.PENDING, voided_at=None).select_related("holder", "case").order_by("made_at")[:20]
    rows = [
        ListRow(row.holder.name, row.get_absolute_url(), kind=str(row.case), meta=[row.get_proof_display() or _("Ei todistetta")])
        for row in waiting
    ]
    return Workbench(due=[Due(_("Odottaa päätöstä"), rows, empty=_("Yksikään hakemus ei odota päätöstä."))], tables=[report.by_year()])


TASKS = (
    CommonTask(
        _("Kirjaa hakemus"),
        _("1, tunnus ja nimi sarkaimella kentästä toiseen, Ctrl+Enter."),
        verb="apply",
    ),
    CommonTask(
        _("Päätä hakemus"),
        _("2, j vie ensimmäiseen hakemukseen ja Enter avaa sen, 1 avaa päätöksen, Ctrl+Enter."),
        verb="decide",
        where="laji=application&outcome=pending",
    ),
    CommonTask(
        _("Anna kortti"),
        _("3, valitse ratkaistu hakemus näppäimillä j ja Enter, 1, Ctrl+Enter."),
        verb="hand_over",
        where="laji=application&outcome=granted",
    ),
    CommonTask(_("Etsi kortti"), _("Vinoviiva vie hakuun; kirjoita numero, nimi tai henkilötunnus ja paina Enter.")),
    CommonTask(
        _("Vie kortit taulukkona"),
        _("Rajaa luettelo ja valitse sen alta CSV, XLSX tai JSON."),
    ),
)


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
            SearchKey(
                "born", _("Haltijan syntymäaika"), _("Mikä on haltijan syntymäaika?"), kind="date", path="holder__birth_date", secret=True
            ),
            SearchKey("sold", _("Kortin antopäivä"), _("Minä päivänä kortti annettiin?"), kind="date", path="valid__startswith"),
            SearchKey("valid", _("Päivä, jona kortti oli voimassa"), _("Minä päivänä kortti oli voimassa?"), kind="period"),
        ],
        person="holder",
        retention_class="card_decision",
        start=start,
        tasks=TASKS,
        actions=[actions.apply, actions.decide, actions.hand_over],
    )
)
