"""The words by which people speak of the matters of a class: what a registrar types when the title does not come to mind."""

from __future__ import annotations

from django.db import models

from kirjaamo.kernel.fields import Translated
from kirjaamo.kernel.rows import Row


class ClassWords(Row):
    """Everyday words of a class in each language, separated by commas. They come from the data pack; the plan says nothing of them."""

    class_code = models.CharField(max_length=40, unique=True)
    words = Translated()

    class Meta:
        """In the order of the codes."""

        ordering = ("class_code",)

    def __str__(self) -> str:
        """The class."""
        return self.class_code
