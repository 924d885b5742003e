"""Hitas-asuntojen järjestelmä: price-regulated homes, their maximum prices, sales and release from regulation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kirjaamo.contract.register import Register, SearchKey, declare
from kirjaamo.registers.urban.hitas import actions, workbench
from kirjaamo.registers.urban.hitas.models import (
    Apartment,
    AreaPrice,
    ConstructionInterest,
    HousingCompany,
    Improvement,
    IndexValue,
    MaximumPriceCalculation,
    Ownership,
    RegulationRun,
    RegulationVerdict,
    Sale,
)

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
            MaximumPriceCalculation,
            Sale,
            Ownership,
            Improvement,
            ConstructionInterest,
            IndexValue,
            AreaPrice,
            RegulationRun,
            RegulationVerdict,
        ],
        columns=["door", "company", "area", "share_first", "share_last", "completed_on"],
        search_keys=[
            SearchKey("door", _("Osoite, rappu ja huoneiston numero"), _("Mikä on huoneiston osoite, rappu ja numero?"), kind="text"),
            SearchKey("company", _("Taloyhtiön nimi"), _("Mikä on taloyhtiön nimi?"), kind="text", path="company__name"),
            SearchKey(
                "business_id", _("Taloyhtiön Y-tunnus"), _("Mikä on taloyhtiön Y-tunnus, jos tiedät sen?"), path="company__business_id"
            ),
            SearchKey("postal_code", _("Postinumero"), _("Mikä on huoneiston postinumero?"), path="company__postal_code"),
            SearchKey(
                "share", _("Osakkeen numero"), _("Mikä on huoneiston ensimmäisen osakkeen numero, jos tiedät sen?"), path="share_first"
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
        retention_class="max_price_letter",
        start=workbench.start,
        actions=[
            actions.add_company,
            actions.load_indices,
            actions.load_area_prices,
            actions.compute_ceiling,
            actions.prepare_run,
            actions.calculate,
            actions.record_sale,
            actions.improve_apartment,
            actions.compute_interest,
            actions.add_apartment,
            actions.improve_company,
            actions.release_by_plot,
            actions.confirm,
            actions.send,
            actions.void_calculation,
            actions.void_sale,
            actions.confirm_run,
        ],
    )
)
