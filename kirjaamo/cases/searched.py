"""How cases are found by the one search: people who work here find what they may open, everyone else the public rows."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kirjaamo.cases.indexing import PUBLIC_SOURCE, STAFF_SOURCE
from kirjaamo.cases.models import Case
from kirjaamo.cases.visibility import READ, visible_to

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor

KINDS = {"case": _("Asiat")}


class Cases:
    """Cases by their full titles, for those whose work it is."""

    source = STAFF_SOURCE
    kinds = KINDS
    translated = False

    def findable(self, actor: Actor, at: dt.datetime) -> Q | None:
        """The cases whose pages the actor may open."""
        if not actor.may(READ):
            return None
        condition = visible_to(actor, at)
        return Q(key__in=Case.objects.filter(condition).values("identifier")) if condition else Q()


class PublicCases:
    """Rows of the public case register, by what everyone may read of them."""

    source = PUBLIC_SOURCE
    kinds = KINDS
    translated = False

    def findable(self, actor: Actor, at: dt.datetime) -> Q | None:
        """Everyone who does not find the cases themselves."""
        del at
        return None if actor.may(READ) else Q(open=True)
