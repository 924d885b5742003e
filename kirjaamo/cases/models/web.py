"""What of a case stands on the open web: a rule per class. Public is not the same as fit for the web (JulkL 621/1999 § 16.3)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kirjaamo.kernel.fields import Translated
from kirjaamo.kernel.rows import Row


class WebLevel(models.TextChoices):
    """How much of a case the open web shows; the rest is given on request."""

    NONE = "none", _("Ei verkossa, annetaan pyynnöstä")
    ROW = "row", _("Asiatunnus, luokka ja vaihe")
    TITLE = "title", _("Lisäksi nimike")
    DOCUMENTS = "documents", _("Lisäksi julkisten asiakirjojen luettelo")
    NAMES = "names", _("Lisäksi asiakirjojen nimikkeet, joissa voi olla nimiä")


LEVELS = tuple(WebLevel.values)
USUAL = WebLevel.DOCUMENTS
"""What a class without a rule shows: names of private persons are off."""


class WebRule(Row):
    """The rule of a class and of what stands under it; the rule of the nearest class holds."""

    class_code = models.CharField(max_length=40, unique=True)
    level = models.CharField(max_length=20, choices=WebLevel)
    why = Translated()
    source = models.CharField(max_length=200)

    class Meta:
        """In the order of the codes; each with its ground."""

        ordering = ("class_code",)
        constraints = (
            models.CheckConstraint(condition=Q(level__in=LEVELS), name="a_web_rule_has_a_level"),
            models.CheckConstraint(
                condition=~Q(source=""),
                name="a_web_rule_has_its_ground",
                violation_error_message=_("Kerro, mihin verkossa näyttämistä koskeva sääntö perustuu."),
            ),
        )

    def __str__(self) -> str:
        """Class and level."""
        return f"{self.class_code}: {self.level}"
