"""What a case asks of others before it is decided: a supplement, a hearing, a clarification, a statement.

Each is a task that waits for an answer by a day, so worklists and the end of a case know it without knowing what it is.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kirjaamo.cases.models.parties import CaseParty
from kirjaamo.cases.models.tasks import Task
from kirjaamo.documents.models import Document, Way
from kirjaamo.kernel.rows import Row
from kirjaamo.norms.models import ProcedureGround


class EnquiryKind(models.TextChoices):
    """What is asked, each by its section of hallintolaki 434/2003."""

    SUPPLEMENT = "supplement", _("Täydennyspyyntö")
    HEARING = "hearing", _("Asianosaisen kuuleminen")
    CLARIFICATION = "clarification", _("Selvityspyyntö")
    STATEMENT = "statement", _("Lausuntopyyntö")


class EnquiryEnd(models.TextChoices):
    """How an enquiry ended. A hearing that the law lets be left out ends when it is recorded."""

    ANSWERED = "answered", _("Vastaus saatiin")
    MISSED = "missed", _("Vastausta ei saatu määräajassa")
    WITHDRAWN = "withdrawn", _("Pyyntö peruttiin")
    LEFT_OUT = "left_out", _("Kuuleminen jätettiin pois")


class Enquiry(Row):
    """A question to a party or another body, with its answer or the reason for leaving a hearing out (HL 434/2003 § 22, 31, 34)."""

    task = models.OneToOneField(Task, models.PROTECT, related_name="enquiry")
    kind = models.CharField(max_length=20, choices=EnquiryKind)
    party = models.ForeignKey(CaseParty, models.PROTECT, null=True, blank=True, related_name="enquiries")
    recipient = models.CharField(max_length=300, blank=True)
    question = models.TextField(blank=True)
    way = models.CharField(max_length=20, choices=Way, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    letter = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    end = models.CharField(max_length=20, choices=EnquiryEnd, blank=True)
    exception = models.ForeignKey(ProcedureGround, models.PROTECT, null=True, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        """What is asked has an addressee; what is left out has a ground and a reason."""

        constraints = (
            models.CheckConstraint(
                condition=~Q(recipient="") | Q(party__isnull=False) | Q(end="left_out"),
                name="an_enquiry_has_an_addressee",
                violation_error_message=_("Kerro, keneltä kysytään."),
            ),
            models.CheckConstraint(
                condition=~Q(end="left_out") | (Q(kind="hearing") & Q(exception__isnull=False) & ~Q(reason="")),
                name="a_hearing_is_left_out_on_a_ground_with_a_reason",
                violation_error_message=_("Kuulemisen saa jättää pois vain laissa säädetyllä perusteella, joka perustellaan (HL 34 §)."),
            ),
        )
