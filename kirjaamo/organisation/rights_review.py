"""What the review of rights looks at: roles that nobody uses, that have ended, and that have no end (TiHL 906/2019 § 16)."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db.models import Q

from kirjaamo.organisation.models import RoleAssignment

if TYPE_CHECKING:
    from django.db.models import QuerySet


class ReviewOfRights(StrEnum):
    """Which roles are looked at: the word of the address."""

    UNUSED = "kayttamattomat"
    ENDED = "paattyneet"
    ENDLESS = "ilman-loppua"


def assignments(look: ReviewOfRights, today: dt.date, used_since: dt.date) -> QuerySet[RoleAssignment]:
    """The roles of a look, newest first. Unused: in force since before `used_since`, and its person has not signed in since then."""
    rows = RoleAssignment.objects.select_related("user", "unit").order_by("-id")
    if look == ReviewOfRights.ENDED:
        return rows.filter(valid_to__lt=today)
    rows = rows.filter(Q(valid_to=None) | Q(valid_to__gte=today), valid_from__lte=today, user__is_active=True)
    if look == ReviewOfRights.ENDLESS:
        return rows.filter(valid_to=None)
    idle = Q(user__signed_in_at=None) | Q(user__signed_in_at__date__lt=used_since)
    return rows.filter(idle, valid_from__lt=used_since)
