"""Hitas-asuntojen järjestelmä: price-regulated homes, their maximum prices, sales and release from regulation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kirjaamo.contract.record import OwnColumn
from kirjaamo.contract.register import Register, SearchKey, declare
from kirjaamo.contract.workbench import CommonTask
from kirjaamo.kernel.arriving import takes
from kirjaamo.registers.urban.hitas import actions, workbench
from kirjaamo.registers.urban.hitas.models import (
    Apartment,
    AreaPrice,
    Building,
    ConditionOfSale,
    ConstructionInterest,
    HousingCompany,
    Improvement,
    IndexValue,
    MaximumPriceCalculation,
    Ownership,
    PriceRequest,
    RegulationLetter,
    RegulationRun,
    RegulationVerdict,
    Sale,
)
from kirjaamo.ui.offered import offer

TASKS = (
    CommonTask(
        _("Laske enimmäishinta"),
        _(
            "Vinoviiva vie hakuun: kirjoita osoite ja Enter. j vie huoneistoon ja Enter avaa sen, 1 avaa laskennan, "
            "sarkaimella kentästä toiseen, Ctrl+Enter. Laskelma näkyy vaiheineen."
        ),
        verb="calculate",
    ),
    CommonTask(
        _("Vahvista enimmäishinta"),
        _("2, j vie ensimmäiseen luonnokseen ja Enter avaa sen, 1 avaa vahvistuksen, Ctrl+Enter. n vie seuraavaan."),
        verb="confirm",
        where="laji=maximumpricecalculation&state=draft&sort=valid_until",
    ),
    CommonTask(
        _("Kirjaa kauppa"),
        _(
            "Vinoviiva vie hakuun: kirjoita osoite ja Enter. j ja Enter avaavat huoneiston, 2 avaa kaupan, sarkaimella kentästä "
            "toiseen, Ctrl+Enter. Hinta tarkistetaan enimmäishintaan."
        ),
        verb="record_sale",
    ),
    CommonTask(
        _("Lataa kuukauden indeksit"),
        _("4, valitse sarja, liitä rivit, Ctrl+Enter. Väärät rivit nimetään eikä mitään ladata vajaana."),
        verb="load_indices",
    ),
    CommonTask(
        _("Esikatsele 30 vuoden tarkistus"),
        _("5, kirjoita jokin neljänneksen päivä, Ctrl+Enter. Esikatselu ei muuta yhtiöitä; 1 avaa vahvistuksen."),
        verb="prepare_run",
    ),
)


offer("hitas", _("Hitas-asunnot"), _("Katso säännellyt taloyhtiöt ja rajaneliöhinta, tai pyydä enimmäishintalaskelmaa."))
takes("hitas.ask", lambda told, at, actor: actions.ask_price(actions.asked_of(told, at), actor=actor))


def _rules(row: Apartment) -> str:
    return str(row.company.get_kind_display())


register = declare(
    Register(
        slug="hitas",
        title=_("Hitas-asuntojen järjestelmä"),
        purpose=_(
            "Hitas-asuntojen enimmäishintojen laskeminen ja vahvistaminen, kauppojen tarkistaminen ja sääntelyn päättymisen seuranta"
        ),
        model=Apartment,
        others=[
            HousingCompany,
            PriceRequest,
            MaximumPriceCalculation,
            Sale,
            Ownership,
            ConditionOfSale,
            Improvement,
            ConstructionInterest,
            Building,
            IndexValue,
            AreaPrice,
            RegulationRun,
            RegulationVerdict,
            RegulationLetter,
        ],
        columns=["door", "company", OwnColumn("rules", _("Hitas-tyyppi"), _rules, open=True), "area", "completed_on"],
        filters=["company__status"],
        search_keys=[
            SearchKey("door", _("Osoite, rappu ja huoneiston numero"), _("Mikä on huoneiston osoite, rappu ja numero?"), kind="text"),
            SearchKey("company", _("Taloyhtiön nimi"), _("Mikä on taloyhtiön nimi?"), kind="text", path="company__name"),
            SearchKey(
                "business_id", _("Taloyhtiön Y-tunnus"), _("Mikä on taloyhtiön Y-tunnus, jos tiedät sen?"), path="company__business_id"
            ),
            SearchKey("postal_code", _("Postinumero"), _("Mikä on huoneiston postinumero?"), path="company__postal_code"),
            SearchKey(
                "share",
                _("Osakkeen numero"),
                _("Mikä on jonkin huoneiston osakkeen numero, jos tiedät sen?"),
                path="share_first..share_last",
            ),
            SearchKey(
                "owner",
                _("Omistajan nimi tai henkilötunnus"),
                _("Kenen omistamasta huoneistosta on kyse?"),
                kind="person",
                path="ownerships__owner",
                secret=True,
            ),
            SearchKey("number", _("Laskelman numero"), _("Mikä on enimmäishintalaskelman numero?"), path="calculations__number"),
            SearchKey(
                "calculated_on",
                _("Laskentapäivä"),
                _("Minä päivänä enimmäishinta laskettiin?"),
                kind="date",
                path="calculations__calculated_on",
            ),
            SearchKey("sold_on", _("Kauppapäivä"), _("Minä päivänä huoneisto myytiin?"), kind="date", path="sales__sold_on"),
        ],
        keys_everywhere=True,
        retention_class="max_price_letter",
        start=workbench.start,
        tasks=TASKS,
        actions=[
            actions.load_indices,
            actions.load_area_prices,
            actions.compute_ceiling,
            actions.prepare_run,
            actions.add_company,
            actions.calculate,
            actions.record_sale,
            actions.improve_apartment,
            actions.compute_interest,
            actions.add_apartment,
            actions.improve_company,
            actions.release_by_plot,
            actions.answer_request,
            actions.choose_flat,
            actions.confirm,
            actions.print_draft,
            actions.send,
            actions.void_calculation,
            actions.record_deed,
            actions.decide_redemption,
            actions.exclude_sale,
            actions.include_sale,
            actions.void_sale,
            actions.give_grace,
            actions.fulfil_condition,
            actions.void_index,
            actions.void_area_price,
            actions.confirm_run,
            actions.write_letters,
            actions.write_letter,
            actions.send_letter,
        ],
    )
)
