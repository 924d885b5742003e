"""Tags of the description's templates."""

from __future__ import annotations

from typing import Any

from django import template

from kirjaamo.catalog.kinds import entry_address
from kirjaamo.ui.languages import pick

register = template.Library()


@register.simple_tag
def live_address(entry: dict[str, Any]) -> str:
    """Return the address of an entry as it is described now."""
    return entry_address(entry["kind"], entry["slug"])


@register.simple_tag
def class_title(entry: dict[str, Any]) -> str:
    """Return the code and title of a class."""
    return f"{entry['slug']} {pick(entry['title']).text}"
