"""Tilavaraukset: school premises for evening and weekend use by residents, clubs and other bodies."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kirjaamo.contract.record import OwnColumn
from kirjaamo.contract.register import Register, SearchKey, declare
from kirjaamo.contract.workbench import CommonTask
from kirjaamo.kernel.arriving import takes
from kirjaamo.registers.education.premises import actions, due
from kirjaamo.registers.education.premises.models import (
    Agreement,
    Bill,
    Booking,
    ClosedDays,
    Customer,
    Damage,
    Price,
    PriceList,
    RankOrder,
    Room,
    Season,
    Shift,
    TaxRate,
    TurnApplication,
    UseTerms,
    Wish,
)
from kirjaamo.registers.education.premises.sent_in import applied_of, asked_of
from kirjaamo.ui import wording
from kirjaamo.ui.offered import offer

offer(
    "premises",
    _("Koulujen tilat asukkaiden käyttöön"),
    _("Katso, milloin luokka, auditorio, ruokala tai juhlasali on vapaa, pyydä sitä tai hae vakiovuoroa."),
)
takes("premises.ask", lambda told, at, actor: actions.ask(asked_of(told, at), actor=actor))
takes("premises.turn", lambda told, at, actor: actions.send_turn(applied_of(told, at), actor=actor))

TASKS = (
    CommonTask(
        _("Vastaa pyyntöön"),
        _(
            "1, j vie ensimmäiseen pyyntöön ja Enter avaa sen; 1 vahvistaa tai 2 hylkää, 3 rekisteröi uuden pyytäjän, Ctrl+Enter. "
            "Maksu lasketaan ja vastaus syntyy."
        ),
        verb="confirm",
        where="laji=booking&state=requested",
    ),
    CommonTask(
        _("Varaa puhelimessa"),
        _(
            "2, valitse tila näppäimillä j ja Enter; 1 avaa lomakkeen, täytä asiakas ja aika, Ctrl+Enter. "
            "Kalenterin vapaa aika täyttää ajan valmiiksi."
        ),
        verb="book",
        where="laji=room",
    ),
    CommonTask(
        _("Rekisteröi asiakas"),
        _("3, laji, nimi, maksuryhmä ja vastuuhenkilön henkilötunnus sarkaimella kentästä toiseen, Ctrl+Enter."),
        verb="register_customer",
    ),
    CommonTask(
        _("Peru käyttö"),
        _("4, hae asiakkaan nimellä, j ja Enter avaavat varauksen, 1, kirjoita peruutuspäivä, Ctrl+Enter. Maksu ratkeaa säännöstä."),
        verb="cancel",
        where="laji=booking&state=confirmed",
    ),
    CommonTask(
        _("Jaa kauden vuorot"),
        _("5, j ja Enter avaavat kauden, 2 jakaa vuorot hakuajan päätyttyä, Ctrl+Enter. Jokainen häviö saa perusteensa."),
        verb="allocate",
        where="laji=season&state=open",
    ),
)


def _fee(row: Booking) -> str:
    return wording.euro(row.fee)


register = declare(
    Register(
        slug=actions.SLUG,
        title=_("Toimialan tilojen varausjärjestelmä"),
        purpose=_("Koulujen ja muiden toimialan tilojen luovuttaminen asukkaiden ja yhteisöjen käyttöön"),
        model=Booking,
        also=["agreement__room", "bill__account"],
        others=[
            Agreement,
            Customer,
            Room,
            TurnApplication,
            Wish,
            Season,
            Bill,
            Shift,
            Damage,
            ClosedDays,
            PriceList,
            Price,
            TaxRate,
            RankOrder,
            UseTerms,
        ],
        columns=["starts_at", "room", "customer", "state", OwnColumn("sum", _("Maksu"), _fee, open=True, numeric=True)],
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
        tasks=TASKS,
        actions=[
            actions.register_customer,
            actions.add_room,
            actions.open_season,
            actions.bill_month,
            actions.deliver_bills,
            actions.close_all,
            actions.plan_shifts,
            actions.add_price_list,
            actions.add_tax_rate,
            actions.load_tax_rates,
            actions.add_rank_order,
            actions.add_terms,
            actions.load_terms,
            actions.book,
            actions.agree,
            actions.close_room,
            actions.confirm,
            actions.refuse,
            actions.register_asker,
            actions.cancel,
            actions.move,
            actions.serve,
            actions.report_damage,
            actions.claim_damage,
            actions.settle_damage,
            actions.drop_damage,
            actions.link_customer,
            actions.register_applicant,
            actions.apply_for_turn,
            actions.allocate,
            actions.decide_all,
            actions.announce_all,
            actions.decide,
            actions.make_agreement,
            actions.announce,
            actions.deliver,
            actions.terminate,
            actions.issue,
            actions.correct,
            actions.change_contact,
            actions.add_price,
            actions.end_price_list,
            actions.end_tax_rate,
            actions.end_terms,
        ],
    )
)
