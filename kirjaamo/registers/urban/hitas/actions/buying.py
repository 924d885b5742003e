"""The buyers of a sale as they are written on its form, and the shares that they get."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from kirjaamo.contract.actions import party_of
from kirjaamo.contract.typed import Party
from kirjaamo.kernel.errors import BadInput
from kirjaamo.registers.urban.hitas import imports
from kirjaamo.registers.urban.hitas.imports import Buyer

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor
    from kirjaamo.subjects.models import Subject
    from kirjaamo.values.personal_id import PersonalId

WHOLE = 100


def typed(code: PersonalId | None, name: str, percent: Decimal | None, fields: tuple[str, str]) -> Buyer | None:
    """A buyer of the fields of the form, None when they are empty; `fields` are those of the code and the name."""
    name = name.strip()
    if code is None and not name and percent is None:
        return None
    if code is None:
        raise BadInput(_("Ostajan nimi on annettu ilman henkilötunnusta. Anna molemmat."), code="hitas.buyer_halved", field=fields[0])
    if not name:
        raise BadInput(_("Ostajan henkilötunnus on annettu ilman nimeä. Anna molemmat."), code="hitas.buyer_halved", field=fields[1])
    return Buyer(code, name, percent)


def owners(first: Sequence[Buyer], more: str, *, actor: Actor) -> Sequence[tuple[Subject, Fraction]]:
    """The owners with their shares: those of the fields and of the lines; without any percentage all alike."""
    read = imports.read_buyers(more.splitlines())
    if read.faults:
        raise BadInput(read.told(), code="hitas.bad_rows", field="more")
    people = [*first, *read.rows]
    if not people:
        raise BadInput(_("Kauppaan ei ole annettu ostajaa. Anna ainakin yhden nimi ja tunnus."), code="hitas.no_buyer", field="buyer_id")
    shares = _shares(people)
    made = [party_of(Party(one.code, one.name), actor) for one in people]
    _ask_once(made)
    return list(zip(made, shares, strict=True))


def _shares(people: Sequence[Buyer]) -> Sequence[Fraction]:
    told = [one.percent for one in people]
    if all(percent is None for percent in told):
        return [Fraction(1, len(people))] * len(people)
    if lacking := [one.name for one in people if one.percent is None]:
        text = _("Osuus on annettu vain osalle ostajista. Se puuttuu: %(names)s. Anna osuus kaikille tai ei kenellekään.")
        raise BadInput(text % {"names": ", ".join(lacking)}, code="hitas.share_missing", field="share")
    if zero := [one.name for one in people if not one.percent]:
        text = _("Osuuden on oltava yli 0 %%: %(names)s.")
        raise BadInput(text % {"names": ", ".join(zero)}, code="hitas.share_zero", field="share")
    return [Fraction(percent or 0) / WHOLE for percent in told]


def _ask_once(made: Sequence[Subject]) -> None:
    keys = [one.pk for one in made]
    if twice := [one.name for one in made if keys.count(one.pk) > 1]:
        text = _("Sama ostaja on annettu kahdesti: %(name)s. Kirjaa osuudet yhteen.")
        raise BadInput(text % {"name": twice[0]}, code="hitas.buyer_twice", field="second_id")
