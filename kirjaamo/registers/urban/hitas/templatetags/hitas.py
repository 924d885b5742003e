"""What comes next, for the page of a calculation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from kirjaamo.registers.urban.hitas import workbench

if TYPE_CHECKING:
    from kirjaamo.registers.urban.hitas.models import MaximumPriceCalculation

register = template.Library()


@register.simple_tag
def next_after(record: MaximumPriceCalculation) -> MaximumPriceCalculation | None:
    """The calculation that waits next; None when nothing waits."""
    return workbench.next_after(record)
