"""What belongs together: linked cases, and the records of other rooms that belong to a case."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kirjaamo.cases.models.case import Case
from kirjaamo.kernel.rows import Row


class LinkKind(models.TextChoices):
    """How one case bears on another."""

    AFFECTS = "affects", _("Vaikuttaa ratkaisuun")
    CONTINUES = "continues", _("Jatkaa aiempaa asiaa")
    RELATED = "related", _("Liittyy")


class CaseLink(Row):
    """Two cases that belong together (HL 434/2003 § 25). Written once, seen from both."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="links")
    other = models.ForeignKey(Case, models.PROTECT, related_name="linked_from")
    kind = models.CharField(max_length=20, choices=LinkKind, default=LinkKind.RELATED)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        """Once for a pair; no case is linked to itself."""

        constraints = (
            models.UniqueConstraint(
                fields=("case", "other"), name="one_link_per_pair", violation_error_message=_("Asiat on jo liitetty toisiinsa.")
            ),
            models.CheckConstraint(
                condition=~Q(case=F("other")),
                name="a_case_is_not_linked_to_itself",
                violation_error_message=_("Asiaa ei voi liittää itseensä."),
            ),
        )


class CaseRecord(Row):
    """That a record of a register or of a room above belongs to a case: which source, which kind, which row.

    The source keeps it when it writes the record, so a case page asks only those that hold something of the case.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="records")
    source = models.CharField(max_length=60)
    kind = models.CharField(max_length=60)
    ref = models.BigIntegerField()

    class Meta:
        """Once for a record; a record belongs to one case."""

        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("source", "kind", "ref"), name="a_record_belongs_to_one_case"),)
