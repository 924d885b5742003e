"""Erityisuimakorttirekisteri: a cheaper swimming card for residents who show one of four proofs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kirjaamo.cases.models import CaseState
from kirjaamo.contract.record import OwnColumn
from kirjaamo.contract.register import Register, SearchKey, declare
from kirjaamo.contract.workbench import CommonTask, Due, Told, Workbench
from kirjaamo.mechanisms.dated import RowKnown
from kirjaamo.registers.leisure.swim_cards import actions, report
from kirjaamo.registers.leisure.swim_cards.choices import Outcome
from kirjaamo.registers.leisure.swim_cards.models import Application, CardPrice, CardTerms, SwimCard, YearReport
from kirjaamo.ui import wording
from kirjaamo.ui.parts import ListRow

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor

MOST = 20
KIND = OwnColumn("kind", _("Korttilaji"), lambda card: card.kind, numeric=True)
SLUG = "erityisuimakortit"


def start(actor: Actor) -> Workbench:
    """What is due: applications that wait for a decision, and cards and refusals that wait to be handed over; the oldest first."""
    del actor
    waiting = Application.objects.filter(voided_at=None).select_related("holder", "case")
    undecided = waiting.filter(outcome=Outcome.PENDING).order_by("made_at")[:MOST]
    decided = waiting.exclude(outcome=Outcome.PENDING).exclude(case__state=CaseState.CLOSED).order_by("decided_on", "pk")[:MOST]
    return Workbench(
        due=[
            Due(_("Odottaa päätöstä"), [_row(one, str(one.get_proof_display() or _("Ei todistetta"))) for one in undecided],
                empty=_("Yksikään hakemus ei odota päätöstä.")),
            Due(_("Odottaa kassalla"), [_row(one, f"{one.get_outcome_display()} {wording.day(one.decided_on)}") for one in decided]),
        ],
        told=_told(),
        tables=[report.by_year()],
    )  # fmt: skip


def _row(application: Application, meta: str) -> ListRow:
    return ListRow(application.holder.name, application.get_absolute_url(), kind=str(application.case), meta=[meta])


def _told() -> list[Told]:
    """Dated rows that are missing or to be checked (one statement)."""
    here = reverse("register", args=[SLUG])
    prices = CardPrice.objects.filter(voided_at=None).values_list("source", "known").annotate(kind=Value("cardprice"))
    kept = CardTerms.objects.filter(voided_at=None).values_list("source", "known").annotate(kind=Value("cardterms")).union(prices, all=True)
    found = list(kept)
    if not any(kind == "cardterms" for _source, _known, kind in found):
        link = reverse("register-act", args=[SLUG, "load_terms"])
        return [
            Told(_("Ilman kortin ehtoja hakemusta ei kirjata eikä päätetä."), tone="warning", url=link, link=_("Lataa ehdot ja hinnat"))
        ]
    unsure = [source for source, known, _kind in found if known != RowKnown.READ]
    link = f"{here}?laji=cardprice#list"
    return [Told(_("Tarkista nämä ehdot ja hinnat lähteestä."), items=unsure, url=link, link=_("Kortin hinnat"))] if unsure else []


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
        _("3, valitse myönnetty hakemus näppäimillä j ja Enter, 1, Ctrl+Enter."),
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
        slug=SLUG,
        title=_("Erityisuimakorttirekisteri"),
        purpose=_("Alennetun uimakortin myöntäminen asukkaalle, joka osoittaa oikeutensa kortilla tai tunnuksella"),
        model=SwimCard,
        others=[Application, YearReport, CardTerms, CardPrice],
        columns=["number", "holder", KIND, "valid", "sold_on"],
        filters=["assistants"],
        search_keys=[
            SearchKey("number", _("Kortin numero"), _("Mikä on korttisi numero, jos tiedät sen?")),
            SearchKey("holder", _("Haltijan nimi tai henkilötunnus"), _("Kenen kortista on kyse?"), kind="person", secret=True),
            SearchKey(
                "born", _("Haltijan syntymäaika"), _("Mikä on haltijan syntymäaika?"), kind="date", path="holder__birth_date", secret=True
            ),
            SearchKey("sold", _("Kortin myyntipäivä"), _("Minä päivänä kortti ostettiin?"), kind="date", path="sold_on"),
            SearchKey("valid", _("Päivä, jona kortti oli voimassa"), _("Minä päivänä kortti oli voimassa?"), kind="period"),
        ],
        person="holder",
        retention_class="card_decision",
        start=start,
        tasks=TASKS,
        actions=[actions.apply, actions.decide, actions.hand_over, actions.serve, actions.make_report, actions.load_terms],
    )
)
