"""The use log (lokirekisteri): who saw secret or personal data, when, what and why. TiHL 906/2019 § 17.

It stands apart from the history of cases and from the journal of writes: its own table, its own right to read it, its own
retention. A page view is one row, whatever it shows; one statement, without a transaction of its own. Pages that show what
everyone may see write nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection

from kirjaamo.kernel.actions import action, because, running
from kirjaamo.kernel.models import Purpose, UseEntry, UseVerb
from kirjaamo.kernel.sight import noted
from kirjaamo.values.personal_id import hide_personal_ids

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from kirjaamo.kernel.actors import Actor

__all__ = ["Purpose", "Use", "UseEntry", "UseVerb", "note", "of_subject", "purge"]


@dataclass(frozen=True)
class Use:
    """One use: the verb, the room or register, the page, the identifier, whose data was in sight, and why."""

    verb: UseVerb
    area: str
    purpose: Purpose
    about: str = ""
    place: str = ""
    subjects: Collection[int] = ()
    count: int = 1
    reason: str = ""


def note(use: Use, *, actor: Actor) -> None:
    """Append one use (one statement). Identity codes that a reason holds are hidden; what visitors see is public and not noted."""
    if actor.actor_ref == "public":
        return
    noted(use.subjects)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kernel_useentry (at, actor, verb, area, place, about, subjects, count, purpose, reason)"
            " VALUES (now(), %s, %s, %s, %s, %s, %s::bigint[], %s, %s, %s)",
            [
                actor.actor_ref,
                use.verb.value,
                use.area,
                use.place[:60],
                use.about[:120],
                sorted(set(use.subjects)),
                use.count,
                use.purpose.value,
                hide_personal_ids(use.reason),
            ],
        )


def of_subject(subject: int, since: dt.datetime) -> QuerySet[UseEntry]:
    """Every use of a party's data since a moment, the newest first."""
    return UseEntry.objects.filter(subjects__contains=[subject], at__gte=since).order_by("-id")


@action("Hävitä vanhentuneet käyttölokin rivit", needs="organisation.manage")
def purge(before: dt.datetime, *, actor: Actor, why: str) -> int:
    """Remove what is older than a moment; return how many rows. The database keeps two years whatever is asked."""
    del actor
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM kernel_useentry WHERE at < %s", [before])
        gone: int = cursor.rowcount
    because(why)
    running().wrote_many("kernel.useentry", "purge", [gone])
    return gone
