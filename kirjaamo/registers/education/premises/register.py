"""Tilavaraukset: school premises for evening and weekend use by residents, clubs and other bodies."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kirjaamo.contract.register import Register, SearchKey, declare
from kirjaamo.registers.education.premises import actions, due
from kirjaamo.registers.education.premises.models import (
    Agreement,
    Bill,
    Booking,
    ClosedDays,
    Customer,
    Price,
    PriceList,
    RankOrder,
    Room,
    Season,
    TurnApplication,
    Wish,
)

register = declare(
    Register(
        slug=actions.SLUG,
        title=_("Toimialan tilojen varausjärjestelmä"),
        purpose=_("Koulujen ja muiden toimialan tilojen luovuttaminen asukkaiden ja yhteisöjen käyttöön"),
        model=Booking,
        others=[Agreement, Customer, Room, TurnApplication, Wish, Season, ClosedDays, PriceList, Price, RankOrder, Bill],
        columns=["room", "starts_at", "ends_at", "customer", "state", "fee"],
        filters=["state"],
        search_keys=[
            SearchKey("customer", _("Rekisteröidyt henkilöasiakkaat"), _("Kenen nimellä tila varattiin?"), kind="person"),
            SearchKey(
                "contact",
                _("Seurojen ja yhteisöjen vastuuhenkilöiden yhteystiedot"),
                _("Minkä seuran tai yhteisön varaus oli ja kuka siitä vastasi?"),
                kind="person",
            ),
            SearchKey("school", _("Koulu"), _("Mitä koulua pyyntö koskee?"), kind="text", path="room__school"),
            SearchKey("day", _("Käyttöpäivä"), _("Minä päivänä tilaa käytettiin tai se oli varattu?"), kind="date", path="starts_at__date"),
        ],
        person="customer",
        retention_class="use_agreement",
        start=due.start,
        actions=[
            actions.register_customer,
            actions.add_room,
            actions.open_season,
            actions.bill_month,
            actions.close_all,
            actions.add_price_list,
            actions.add_rank_order,
            actions.book,
            actions.agree,
            actions.close_room,
            actions.confirm,
            actions.refuse,
            actions.cancel,
            actions.serve,
            actions.apply_for_turn,
            actions.allocate,
            actions.decide,
            actions.make_agreement,
            actions.announce,
            actions.terminate,
            actions.end_price_list,
        ],
    )
)
