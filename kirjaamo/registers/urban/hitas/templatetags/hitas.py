"""What comes next, for the page of a record that is worked through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from kirjaamo.registers.urban.hitas import workbench

if TYPE_CHECKING:
    from kirjaamo.contract.record import Record

register = template.Library()


@register.simple_tag
def next_after(record: Record) -> Record | None:
    """The record that waits next; None when nothing waits."""
    return workbench.next_after(record)
