"""Numbers that are no case's, or no valid case's: each void with its reason, so that every number of a series is accounted for."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kirjaamo.cases.models.case import Case
from kirjaamo.kernel.rows import Row


class VoidNumber(Row):
    """A number of a series that was made void: a case that was registered by mistake, or a number that no case got. Never given again."""

    series = models.CharField(max_length=80)
    number = models.PositiveIntegerField()
    case = models.OneToOneField(Case, models.PROTECT, null=True, blank=True, related_name="void_number")
    reason = models.TextField()
    at = models.DateTimeField()
    by = models.CharField(max_length=60)

    class Meta:
        """By number; once, and with a reason. The row is never changed or removed (trigger)."""

        ordering = ("series", "number")
        constraints = (
            models.UniqueConstraint(
                fields=("series", "number"), name="a_number_is_void_once", violation_error_message=_("Numero on jo mitätöity.")
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="a_void_number_has_a_reason",
                violation_error_message=_("Kerro, miksi numero mitätöidään. Syy jää numerotilitykseen."),
            ),
        )
