"""The yearly report to the committee: how many applications there were, how they ended, and by which kind of proof. Counts only."""

from __future__ import annotations

from collections import Counter

from django.db.models import Count
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext as _

from kirjaamo.registers.leisure.swim_cards.models import Application, Outcome, Proof
from kirjaamo.ui.parts import Cell, Column, Row, Table

SHOWN = 5
"""How many years the table holds, the newest first."""


def by_year() -> Table:
    """The last years in which a proof was seen, each with its counts (one statement)."""
    found = Application.objects.filter(voided_at=None).annotate(year=ExtractYear("seen_on")).order_by()
    counted: dict[int, Counter[str]] = {}
    for year, outcome, proof, count in found.values_list("year", "outcome", "proof").annotate(count=Count("pk")):
        told = counted.setdefault(year, Counter())
        told["all"] += count
        told[outcome] += count
        if outcome == Outcome.GRANTED:
            told[proof] += count
    years = sorted(counted, reverse=True)[:SHOWN]
    columns = [Column("count", _("Lukumäärä")), *(Column(str(year), str(year), numeric=True) for year in years)]
    counts: list[Outcome | Proof] = [Outcome.GRANTED, Outcome.REFUSED, Outcome.PENDING, *list(Proof)]
    labels = [("all", _("Hakemuksia")), *((one.value, one.label) for one in counts)]
    rows = [Row([Cell(label), *(Cell(counted[year][key]) for year in years)]) for key, label in labels] if years else []
    title = _("Vuosiraportti: hakemukset ja myönnetyt kortit todisteen lajeittain")
    return Table(title, columns, rows, empty=_("Hakemuksia ei ole vielä."))
