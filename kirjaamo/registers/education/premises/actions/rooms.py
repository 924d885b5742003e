"""Rooms, closed days, customers."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated

from django.utils.translation import gettext_lazy as _

from kirjaamo.contract.actions import action, create
from kirjaamo.contract.forms import Ask
from kirjaamo.registers.education.premises.checks import days_told, is_let
from kirjaamo.registers.education.premises.choices import (
    RoomKind,
)
from kirjaamo.registers.education.premises.models import (
    ClosedDays,
    Room,
)

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor


@action(_("Lisää tila"), needs="write")
def add_room(
    code: Annotated[str, Ask(_("Tilan tunnus"), hint=_("Esimerkiksi ALPPI-201"))],
    school: Annotated[str, Ask(_("Koulu"))],
    name: Annotated[str, Ask(_("Tilan nimi"))],
    kind: Annotated[RoomKind, Ask(_("Tilan laji"), hint=_("Laji määrää hinnan."))],
    capacity: Annotated[int, Ask(_("Henkilömäärä enintään"), least=1, most=2000)],
    address: Annotated[str, Ask(_("Osoite"))] = "",
    step_free: Annotated[bool, Ask(_("Esteetön"))] = False,  # noqa: FBT002 - a box of the form
    *,
    actor: Actor,
) -> Room:
    """Add a room that is let."""
    return create(
        Room(code=code, school=school, name=name, kind=kind, capacity=capacity, address=address, step_free=step_free), actor=actor
    )


@action(_("Sulje tila joksikin aikaa"), needs="write", when=is_let)
def close_room(
    room: Room,
    title: Annotated[str, Ask(_("Syy"))],
    first: Annotated[dt.date, Ask(_("Ensimmäinen päivä"))],
    last: Annotated[dt.date, Ask(_("Viimeinen päivä"))],
    *,
    actor: Actor,
) -> ClosedDays:
    """Let nobody use a room for some days. Bookings that are already made stay until they are cancelled."""
    return create(ClosedDays(room=room, title=title, days=days_told(first, last)), actor=actor)


@action(_("Lisää loma tai käyttökatko"), needs="write")
def close_all(
    title: Annotated[str, Ask(_("Syy"), hint=_("Esimerkiksi koulun joululoma"))],
    first: Annotated[dt.date, Ask(_("Ensimmäinen päivä"))],
    last: Annotated[dt.date, Ask(_("Viimeinen päivä"))],
    *,
    actor: Actor,
) -> ClosedDays:
    """Let no room for some days."""
    return create(ClosedDays(title=title, days=days_told(first, last)), actor=actor)
