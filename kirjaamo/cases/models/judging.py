"""What was judged of a document for someone who asked, and what a party of a case was given of it. Append-only."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kirjaamo.cases.models.case import Case
from kirjaamo.cases.models.parties import CaseParty
from kirjaamo.documents.models import Document
from kirjaamo.kernel.rows import Row


class HarmJudgement(Row):
    """That giving a document was weighed for who asked for it: what was found, why, by whom and when (JulkL 621/1999 § 17, § 24).

    What the document is from then on stands on the document itself; this row says on what it rests.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="harm_judgements")
    document = models.ForeignKey(Document, models.PROTECT, related_name="harm_judgements")
    harm = models.CharField(max_length=20)
    requester = models.CharField(max_length=300)
    reason = models.TextField()
    by = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        """The newest first; never without a reason."""

        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="a_harm_judgement_has_a_reason",
                violation_error_message=_("Kirjoita, miksi antamisesta aiheutuu tai ei aiheudu haittaa (JulkL 17 §)."),
            ),
        )


class PartyAccess(Row):
    """What a party was given of the documents of the case and what was refused, with its ground (JulkL 621/1999 § 11–12, 14).

    `given` holds the keys of the copies; `refused` tells of each document what is withheld and by which section; `letter` says
    the same to the party.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="party_accesses")
    party = models.ForeignKey(CaseParty, models.PROTECT, related_name="accesses")
    given = models.JSONField(default=list)
    refused = models.JSONField(default=list)
    reason = models.TextField(blank=True)
    letter = models.ForeignKey(Document, models.PROTECT, related_name="+")
    by = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        """The newest first; what is refused has its reason."""

        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(refused=[]) | ~Q(reason=""),
                name="what_a_party_is_refused_has_a_reason",
                violation_error_message=_("Kerro, miksi osaa asiakirjoista ei anneta asianosaiselle (JulkL 14 §)."),
            ),
        )
