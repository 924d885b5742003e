"""What the one who oversees reading asks of the use log, and what is found: newest first, a page at a time by key."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Self

from django.utils import timezone

from kirjaamo.kernel.use_log import Purpose, Use, UseEntry, UseVerb, note
from kirjaamo.organisation.models import User

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from kirjaamo.kernel.actors import Actor

PAGE = 50


@dataclass(frozen=True)
class Criteria:
    """What is looked for: who looked (reference), at what (identifier), between which days; and why it is asked."""

    reason: str
    actor: str = ""
    about: str = ""
    first: str = ""
    last: str = ""

    @classmethod
    def of(cls, data: dict[str, Any]) -> Self:
        """From plain data, as the session keeps it."""
        return cls(**data)

    def as_data(self) -> dict[str, str]:
        """As plain data, for the session: criteria and reason stand in no address."""
        return asdict(self)

    def rows(self) -> QuerySet[UseEntry]:
        """The uses that meet all criteria, newest first."""
        found = UseEntry.objects.order_by("-id")
        found = found.filter(actor=self.actor) if self.actor else found
        found = found.filter(about=self.about) if self.about else found
        found = found.filter(at__gte=_midnight(self.first)) if self.first else found
        return found.filter(at__lt=_midnight(self.last, 1)) if self.last else found


def _midnight(day: str, later: int = 0) -> dt.datetime:
    on = dt.date.fromisoformat(day) + dt.timedelta(days=later)
    return timezone.make_aware(dt.datetime.combine(on, dt.time.min))


def page_of(criteria: Criteria, after: int | None, *, actor: Actor) -> list[UseEntry]:
    """One page (and one row more, when there is more). That the log was looked into is itself noted, with the reason."""
    rows = criteria.rows()
    found = list((rows.filter(pk__lt=after) if after else rows)[: PAGE + 1])
    use = Use(UseVerb.LOG, "use_log", Purpose.OVERSIGHT, criteria.about, "use_log_found", count=len(found[:PAGE]), reason=criteria.reason)
    note(use, actor=actor)
    return found


def names_of(refs: Iterable[str]) -> dict[str, str]:
    """The names of accounts by reference (one statement); what is no account keeps its reference."""
    keys = {ref: int(ref.removeprefix("user:")) for ref in refs if ref.startswith("user:")}
    people = dict(User.objects.filter(pk__in=keys.values()).values_list("pk", "name"))
    return {ref: people.get(key, ref) for ref, key in keys.items()}


def account_of(text: str) -> list[User]:
    """The accounts that a user name or a whole name means, at most two: one is the answer."""
    named = User.objects.filter(username__iexact=text)
    return list(named[:1]) or list(User.objects.filter(name__iexact=text)[:2])
