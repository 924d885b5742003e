"""Who may work on a case: who stands in for whom, and who has declared that they may not take part."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kirjaamo.cases.models.case import Case
from kirjaamo.kernel.rows import Row
from kirjaamo.kernel.scope import Scope
from kirjaamo.norms.models import ProcedureGround
from kirjaamo.organisation.models import User


class Deputy(Row):
    """Someone who stands in for another from a day to a day: the tasks and cases of the one are in the worklist of the other."""

    user = models.ForeignKey(User, models.PROTECT, related_name="deputies")
    deputy = models.ForeignKey(User, models.PROTECT, related_name="deputises")
    valid_from = models.DateField()
    valid_to = models.DateField()
    ended_at = models.DateTimeField(null=True, blank=True)
    """When it was ended before its last day; the row stays, for it tells why someone could act."""

    class Meta:
        """A period runs forward, and nobody stands in for themselves."""

        ordering = ("valid_from", "id")
        indexes = (models.Index(fields=("deputy", "valid_to")),)
        constraints = (
            models.CheckConstraint(
                condition=Q(valid_to__gte=F("valid_from")),
                name="a_deputy_ends_after_starting",
                violation_error_message=_("Sijaisuus ei voi päättyä ennen kuin se alkaa."),
            ),
            models.CheckConstraint(
                condition=~Q(user=F("deputy")),
                name="nobody_is_their_own_deputy",
                violation_error_message=_("Kukaan ei voi olla oma sijaisensa."),
            ),
        )


class Disqualification(Row):
    """An official's declaration that they may not handle a case (hallintolaki 434/2003 § 27–28). It takes the right to work on it.

    A mistaken one is put right with a reason (`lifted_at`): the row stays, and the right comes back.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="disqualifications")
    user = models.ForeignKey(User, models.PROTECT, related_name="disqualifications")
    ground = models.ForeignKey(ProcedureGround, models.PROTECT)
    note = models.TextField(blank=True)
    at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.CharField(max_length=60, blank=True)
    lift_reason = models.TextField(blank=True)

    class Meta:
        """Once at a time for a person and a case; one that was put right tells why."""

        constraints = (
            models.UniqueConstraint(
                fields=("case", "user"),
                condition=Q(lifted_at=None),
                name="one_disqualification_per_person_and_case",
                violation_error_message=_("Esteellisyys on jo kirjattu."),
            ),
            models.CheckConstraint(
                condition=Q(lifted_at=None) | (~Q(lift_reason="") & ~Q(lifted_by="")),
                name="a_disqualification_is_put_right_with_a_reason",
                violation_error_message=_("Kerro, miksi ilmoitus oli virheellinen (HL 27–28 §)."),
            ),
        )

    def access_scope(self) -> Scope:
        """The place of its case."""
        return self.case.access_scope()
