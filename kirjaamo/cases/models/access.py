"""Who may read a confidential case: which classes are confidential, and the grants that tie a person to a case."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kirjaamo.cases.models.case import Case
from kirjaamo.kernel.rows import Row
from kirjaamo.kernel.scope import Scope
from kirjaamo.organisation.models import User


class ConfidentialClass(Row):
    """A class of the plan whose cases are read only by those who are tied to them, with the act behind it, from a day to a day.

    It holds for the class and all below it. A case is confidential from its opening, for life.
    """

    code = models.CharField(max_length=40)
    source = models.CharField(max_length=200)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        """A class is marked once from a day; a mark has its source."""

        constraints = (
            models.UniqueConstraint(fields=("code", "valid_from"), name="one_mark_of_a_class_from_a_day"),
            models.CheckConstraint(condition=~Q(source=""), name="a_confidential_class_has_its_source"),
            models.CheckConstraint(condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="a_mark_runs_forward"),
        )


class GrantLevel(models.TextChoices):
    """What a grant lets a person do."""

    READ = "read", _("Lukea")
    HANDLE = "handle", _("Käsitellä")


class CaseGrant(Row):
    """A right of one person to one case, from a moment to a moment, with its reason.

    `exceptional` is break-glass: taken by the person in need, read only, short, and reviewed afterwards by the data protection officer.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="grants")
    user = models.ForeignKey(User, models.PROTECT, related_name="case_grants")
    level = models.CharField(max_length=10, choices=GrantLevel, default=GrantLevel.READ)
    reason = models.TextField()
    given_by = models.CharField(max_length=60)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    exceptional = models.BooleanField(default=False)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.CharField(max_length=60, blank=True)
    review = models.TextField(blank=True)

    class Meta:
        """Newest first; a grant has a reason and an end; what is taken is for reading."""

        ordering = ("-id",)
        indexes = (models.Index(fields=("user", "ends_at")), models.Index(fields=("case", "ends_at")))
        constraints = (
            models.CheckConstraint(
                condition=~Q(reason=""), name="a_grant_has_a_reason", violation_error_message=_("Kerro, miksi oikeus tarvitaan.")
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="a_grant_ends_after_it_starts",
                violation_error_message=_("Oikeuden on päätyttävä sen jälkeen, kun se alkaa."),
            ),
            models.CheckConstraint(condition=Q(exceptional=False) | Q(level="read"), name="what_is_taken_is_for_reading"),
        )

    def access_scope(self) -> Scope:
        """The place of its case."""
        return self.case.access_scope()
