"""Who holds a right today: whom to tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from kirjaamo.organisation.models import User
from kirjaamo.organisation.roles import RIGHTS

if TYPE_CHECKING:
    from kirjaamo.organisation.models import Unit

MOST = 200


def holders(right: str, unit: Unit | None = None) -> list[User]:
    """The accounts in use whose role of today gives a right; with a unit, those who work in it or whose role is for it."""
    today = timezone.localdate()
    roles = [role for role, rights in RIGHTS.items() if right in rights]
    in_force = Q(roles__valid_to=None) | Q(roles__valid_to__gte=today)
    found = User.objects.filter(in_force, is_active=True, roles__role__in=roles, roles__valid_from__lte=today)
    if unit is not None:
        found = found.filter(Q(unit=unit) | Q(roles__unit=unit))
    return list(found.distinct()[:MOST])
