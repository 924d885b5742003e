"""Who a case is about: parties in their roles."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kirjaamo.cases.models.case import Case
from kirjaamo.kernel.rows import Row
from kirjaamo.subjects.models import Subject


class PartyRole(models.TextChoices):
    """What a party is in the case."""

    INITIATOR = "initiator", _("Vireillepanija")
    PARTY = "party", _("Asianosainen")
    AGENT = "agent", _("Asiamies")
    GUARDIAN = "guardian", _("Edunvalvoja tai huoltaja")
    REPRESENTATIVE = "representative", _("Yhteisön tai kuolinpesän edustaja")
    MEMBER = "member", _("Kunnan jäsen (ei asianosainen)")


class CaseParty(Row):
    """A subject in a case. The initiator may be unknown by name (an anonymous request) but never missing."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="parties")
    subject = models.ForeignKey(Subject, models.PROTECT, null=True, blank=True, related_name="case_roles")
    role = models.CharField(max_length=20, choices=PartyRole)
    anonymous = models.BooleanField(default=False)

    class Meta:
        """A party is someone, or anonymous on purpose."""

        constraints = (
            models.CheckConstraint(
                condition=Q(anonymous=True) | ~Q(subject=None),
                name="a_party_is_someone_or_anonymous",
                violation_error_message=_("Osapuolella on oltava nimi, tai se on merkittävä nimettömäksi."),
            ),
            models.UniqueConstraint(
                fields=("case", "subject", "role"),
                name="one_role_once_per_case",
                violation_error_message=_("Osapuoli on jo asiassa tässä roolissa."),
            ),
        )
