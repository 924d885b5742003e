"""Whether the sender of an arrival is under non-disclosure for personal safety: then no page shows how they are reached.

Asked in the statement that reads the arrival. What was not read with it counts as hidden, so that a careless page shows nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from kirjaamo.cases.models import CaseParty, PartyRole
from kirjaamo.subjects.models import Subject

if TYPE_CHECKING:
    from django.db.models.expressions import Combinable

    from kirjaamo.cases.models import Arrival

ANNOTATION = "sender_hidden"


def hidden_sender() -> Combinable | Q:
    """The annotation: by the e-mail address of a party under non-disclosure, or as the one who brought up the case (661/2009 § 36)."""
    marked = Subject.objects.filter(safety_non_disclosure=True)
    by_mail = marked.exclude(known_email="").filter(known_email=OuterRef("sender_email"))
    started = CaseParty.objects.filter(case=OuterRef("case"), role=PartyRole.INITIATOR, subject__safety_non_disclosure=True)
    return Q(Exists(by_mail)) | Q(Exists(started))


def is_hidden(row: Arrival) -> bool:
    """Whether the sender's contacts stay hidden; so they do too when it was not asked."""
    return bool(getattr(row, ANNOTATION, True))
