"""Tilavaraukset: school premises for evening and weekend use by residents, clubs and other bodies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kirjaamo.contract import derived
from kirjaamo.contract.languages import in_languages
from kirjaamo.contract.register import Register, SearchKey, declare
from kirjaamo.kernel.registry import Extract
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

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor

PEOPLE = ("customer", "holder", "contact")
"""The fields in which a person may stand: the customer, and the responsible person of a club or another body."""


class NameKey(SearchKey):
    """A key of people and bodies: an identity code finds one person, anything else the parts of a name in any order."""

    def condition(self, value: str) -> Q | None:
        """The condition of the contract, or every part of what was told within the name."""
        found = super().condition(value)
        parts = value.replace("\x00", "").replace(",", " ").split()
        if found is None or not parts:
            return found
        return found | Q(*((f"{self.path or self.name}__name__icontains", part) for part in parts))


class PremisesRegister(Register):
    """The own-data extract holds what concerns a person as the customer and as the responsible person of a body."""

    def extract(self, subject: int, *, actor: Actor) -> Extract:
        """Every record in which the person stands in any role."""
        records = []
        for model in self.models:
            names = [name for name in PEOPLE if name in {field.name for field in derived.own_fields(model)}]
            if names:
                anyone = Q(*((f"{name}_id", subject) for name in names), _connector=Q.OR)
                records += [derived.extract_row(row, actor) for row in model._default_manager.filter(anyone).order_by("id")]
        return Extract(self.slug, in_languages(self.title), tuple(records))


register = declare(
    PremisesRegister(
        slug=actions.SLUG,
        title=_("Toimialan tilojen varausjärjestelmä"),
        purpose=_("Koulujen ja muiden toimialan tilojen luovuttaminen asukkaiden ja yhteisöjen käyttöön"),
        model=Booking,
        others=[Agreement, Customer, Room, TurnApplication, Wish, Season, ClosedDays, PriceList, Price, RankOrder, Bill],
        columns=["room", "starts_at", "ends_at", "customer", "state", "fee"],
        filters=["state"],
        search_keys=[
            NameKey("customer", _("Rekisteröidyt henkilöasiakkaat"), _("Kenen nimellä tila varattiin?"), kind="person"),
            NameKey(
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
