"""What the pages of records show beside their own facts: who owns a flat, what comes next after a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.translation import gettext as _

from kirjaamo.contract.derived import in_words
from kirjaamo.registers.urban.hitas import workbench
from kirjaamo.registers.urban.hitas.models import Ownership
from kirjaamo.ui.parts import Column, Row, Table

if TYPE_CHECKING:
    from kirjaamo.contract.record import Record
    from kirjaamo.registers.urban.hitas.models import Apartment

register = template.Library()


@register.simple_tag
def owners_of(flat: Apartment) -> Table:
    """Who owns a flat now, with the shares and since when; under non-disclosure the name stays hidden."""
    held = Ownership.objects.filter(apartment=flat, ended_on=None, voided_at=None).select_related("owner", "sale").order_by("id")
    field = Ownership._meta.get_field("owner")
    rows = [
        Row([in_words(one, field) or _("Ei tiedossa"), f"{one.part}/{one.whole}", one.sale.sold_on], one.get_absolute_url()) for one in held
    ]
    columns = [Column("owner", _("Omistaja")), Column("share", _("Osuus")), Column("since", _("Ostettu"), nowrap=True)]
    return Table(_("Omistajat"), columns, rows, caption_hidden=True, empty=_("Omistajaa ei ole kirjattu."))


@register.simple_tag
def next_after(record: Record) -> Record | None:
    """The record that waits next; None when nothing waits."""
    return workbench.next_after(record)
