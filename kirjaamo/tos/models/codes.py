"""Code lists of the plan: a stable code apart from its labels, with what other models call the same."""

from __future__ import annotations

from django.db import models

from kirjaamo.kernel.fields import Translated
from kirjaamo.kernel.rows import Row


class CodeValue(Row):
    """One value of a list, with its crosswalk: JHS 191, SÄHKE2, Ahjo, and other names under which files bring it."""

    list_name = models.CharField(max_length=40)
    code = models.CharField(max_length=60)
    label = Translated()
    jhs191 = models.CharField(max_length=200, blank=True)
    sahke2 = models.CharField(max_length=200, blank=True)
    ahjo = models.CharField(max_length=200, blank=True)
    names = models.JSONField(default=list, blank=True)
    note = Translated()
    order = models.PositiveIntegerField(default=0)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        """As the list orders them; one row for a code."""

        ordering = ("list_name", "order")
        constraints = (models.UniqueConstraint(fields=("list_name", "code"), name="one_value_per_list_and_code"),)

    def __str__(self) -> str:
        """List and code."""
        return f"{self.list_name}:{self.code}"
