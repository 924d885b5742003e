"""Searches that a person keeps."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kirjaamo.kernel.rows import Row
from kirjaamo.organisation.models import User


class SavedSearch(Row):
    """A search that its maker keeps under a name: the words and the choices as the address has them. Nobody else sees it."""

    user = models.ForeignKey(User, models.CASCADE, related_name="saved_searches")
    name = models.CharField(max_length=80)
    address = models.CharField(max_length=600)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """By name; a name is one search's."""

        ordering = ("name", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("user", "name"),
                name="one_saved_search_per_name",
                violation_error_message=_("Sinulla on jo tämänniminen tallennettu haku. Anna toinen nimi."),
            ),
        )
