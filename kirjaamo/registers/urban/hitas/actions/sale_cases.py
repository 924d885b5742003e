"""The case of a resale: the notice of the sale, the copy of the deed and the redemption are its own matter once the price was sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from kirjaamo.cases import actions as cases
from kirjaamo.cases.models import Case, CaseState, PartyRole, TaskState
from kirjaamo.contract.place import home_of
from kirjaamo.kernel.actions import running
from kirjaamo.registers.urban.hitas import facts
from kirjaamo.registers.urban.hitas.models import MaximumPriceCalculation, Redemption
from kirjaamo.tos.models import NodeKind
from kirjaamo.tos.reading import node
from kirjaamo.values.publicity import Publicity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kirjaamo.kernel.actors import Actor
    from kirjaamo.registers.urban.hitas.models import Apartment, Sale
    from kirjaamo.subjects.models import Subject

TITLE = "Hitas-huoneiston kauppa"
DEED = "sale_deed"
VOID = _("Kauppa mitätöitiin.")


def case_of(flat: Apartment, checked: MaximumPriceCalculation | None, buyers: Sequence[Subject], *, actor: Actor) -> Case | None:
    """The open case of the price that a resale was checked against, else a case of its own; a sale that was not checked has none."""
    if checked is None:
        return None
    if checked.case is not None and checked.case.state != CaseState.CLOSED:
        return checked.case
    place = home_of("hitas", DEED)
    new = cases.NewCase(
        revision=place.revision,
        unit=place.unit,
        management_unit=place.management_unit,
        title=f"{TITLE}: {flat.door}",
        public_title=TITLE,
        publicity=Publicity.PARTLY_SECRET,
        initiated_at=running().at,
        parties=_parties(facts.current_owners(flat), buyers),
        stage=node(place.revision, NodeKind.STAGE, "initiation"),
    )
    return cases.open_case(new, actor=actor)


def _parties(sellers: Sequence[Subject], buyers: Sequence[Subject]) -> Sequence[cases.NewParty]:
    """Who sells gives the notice, who buys is a party. The title tells the flat, so nobody is named who is under non-disclosure."""
    named = [one for one in sellers if not one.safety_non_disclosure]
    first = [cases.NewParty(PartyRole.INITIATOR, one) for one in named] or [cases.NewParty(PartyRole.INITIATOR)]
    return [*first, *(cases.NewParty(PartyRole.PARTY, one) for one in buyers if not one.safety_non_disclosure)]


def end_when_done(sale: Sale, *, actor: Actor) -> None:
    """Close the sale's own case when the deed has come and the redemption is decided, or when the sale is void."""
    case = Case.objects.exclude(state=CaseState.CLOSED).filter(pk=sale.case.pk).first() if sale.case is not None else None
    if case is None or MaximumPriceCalculation.objects.filter(case=case).exists():
        return
    if case.tasks.exclude(state=TaskState.DONE).exists():
        return
    done = sale.deed_on is not None and sale.redemption != Redemption.OPEN
    if done or sale.voided_at is not None:
        cases.close(case, actor=actor, resolved_at=running().at, note="" if done else str(VOID))
