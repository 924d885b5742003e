"""Which cases a person who works here may read: all but the confidential ones, and of those the ones they are tied to.

A tie is: handler or who stands in for them today, own unit, an open task, a role for the very class, a grant in force, or having
registered it while nobody has taken it. One condition for the database and one function for a row say the same (JulkL 621/1999
§ 26 a; TiHL 906/2019 § 15; 703/2023 § 9); a property test holds them together. What the public may see is another matter
(`visibility`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from kirjaamo.cases.models.access import CaseGrant
from kirjaamo.cases.models.case import CaseState
from kirjaamo.cases.models.standing_in import absent_for
from kirjaamo.cases.models.tasks import Task, TaskState
from kirjaamo.organisation.models import User
from kirjaamo.organisation.roles import RIGHTS

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from kirjaamo.cases.models import Case
    from kirjaamo.kernel.actors import Actor

READ = "cases.read"


def readable_by(actor: Actor, prefix: str = "") -> Q:
    """The condition on cases that a person with the right to read may read; `prefix` is the path to the case (`case__`)."""
    open_ = Q(**{f"{prefix}confidential": False})
    if not isinstance(actor, User):
        return Q()  # the program itself
    now = timezone.now()
    ties = {
        "handler": actor.pk,
        "handler__in": absent_for(actor, timezone.localdate()),
        "unit__in": actor.units(),
    }
    tied = Q(*((f"{prefix}{path}", value) for path, value in ties.items()), _connector=Q.OR)
    here = OuterRef(f"{prefix}pk")
    granted = CaseGrant.objects.filter(case=here, user=actor, starts_at__lte=now, ends_at__gt=now)
    registered = Q(**{f"{prefix}opened_by": actor.actor_ref, f"{prefix}state": CaseState.PENDING})
    return open_ | tied | Q(Exists(waiting_for(actor).filter(case=here))) | Q(Exists(granted)) | registered | _classes(actor, prefix)


def waiting_for(user: User) -> QuerySet[Task]:
    """The tasks that wait for the person or for a unit of theirs.

    Asked of each confidential case by itself: a list of all of them, made beforehand, costs the more the larger the register is.
    """
    own = Q(user=user) | Q(user__in=absent_for(user, timezone.localdate()))
    return Task.objects.filter(own | Q(unit__in=user.units()), state=TaskState.OPEN)


def _classes(user: User, prefix: str) -> Q:
    """Cases of the very classes for which the person has a role that reads."""
    told = Q(pk__in=[])
    for held in user.roles_on(timezone.localdate()):
        if held.class_code and not held.register and READ in RIGHTS[held.role]:
            path = f"{prefix}revision__code"
            here = Q(**{path: held.class_code}) | Q(**{f"{path}__startswith": f"{held.class_code} "})
            told |= here & Q(**{f"{prefix}unit": held.unit}) if held.unit else here
    return told


def may_read(case: Case, actor: Actor) -> bool:
    """Whether the actor may read a case; says the same as `readable_by` joined with the right itself."""
    return actor.may(READ, case)
