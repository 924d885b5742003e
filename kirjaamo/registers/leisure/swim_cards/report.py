"""The yearly report to the committee: how many applications there were, how they ended, by which kind of proof, and what was sold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, Sum
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext as _

from kirjaamo.registers.leisure.swim_cards.choices import Outcome, Proof
from kirjaamo.registers.leisure.swim_cards.models import Application, SwimCard
from kirjaamo.ui import wording
from kirjaamo.ui.parts import Cell, Column, Row, Table

SHOWN = 5
"""How many years the table holds, the newest first."""


def of_year(year: int) -> Mapping[str, Any]:
    """The counts of a year by the names of the report: applications by the case's start, decisions by their day, sales by theirs."""
    live = Application.objects.filter(voided_at=None)
    decided = Counter(dict(live.filter(decided_on__year=year).order_by().values_list("outcome").annotate(count=Count("pk"))))
    granted = live.filter(decided_on__year=year, outcome=Outcome.GRANTED)
    proofs = dict(granted.order_by().values_list("proof").annotate(count=Count("pk")))
    sold = SwimCard.objects.filter(voided_at=None, sold_on__year=year)
    sums = sold.aggregate(sold=Count("pk"), with_assistant=Count("pk", filter=Q(assistants__gt=0)), paid=Sum("paid"))
    return {
        "applied": live.filter(case__initiated_at__year=year).count(),
        "granted": decided[Outcome.GRANTED],
        "refused": decided[Outcome.REFUSED],
        **sums,
        "paid": sums["paid"] or Decimal(0),
        **{proof: proofs.get(proof, 0) for proof in Proof.values},
    }


def by_year() -> Table:
    """The last years in which something was decided or sold, each with its counts (two statements)."""
    counted: dict[int, Counter[str]] = {}
    decided = Application.objects.filter(voided_at=None, decided_on__isnull=False).annotate(year=ExtractYear("decided_on")).order_by()
    for year, outcome, proof, count in decided.values_list("year", "outcome", "proof").annotate(count=Count("pk")):
        told = counted.setdefault(year, Counter())
        told["all"] += count
        told[outcome] += count
        if outcome == Outcome.GRANTED:
            told[proof] += count
    sales = SwimCard.objects.filter(voided_at=None, sold_on__isnull=False).annotate(year=ExtractYear("sold_on")).order_by()
    paid: dict[int, Decimal] = {}
    for year, assistants, count, total in sales.values_list("year", "assistants").annotate(count=Count("pk"), total=Sum("paid")):
        counted.setdefault(year, Counter())[f"sold{assistants}"] += count
        paid[year] = paid.get(year, Decimal(0)) + total
    return _table(counted, paid)


def _table(counted: Mapping[int, Counter[str]], paid: Mapping[int, Decimal]) -> Table:
    years = sorted(counted, reverse=True)[:SHOWN]
    columns = [Column("count", _("Lukumäärä")), *(Column(str(year), str(year), numeric=True) for year in years)]
    counts: list[Outcome | Proof] = [Outcome.GRANTED, Outcome.REFUSED, *list(Proof)]
    labels = [("all", _("Ratkaistuja hakemuksia")), *((one.value, str(one.label)) for one in counts)]
    labels += [(f"sold{number}", _("Myyty: uimakortti %(kind)d") % {"kind": number + 1}) for number in range(3)]
    rows = [Row([Cell(label), *(Cell(counted[year][key]) for year in years)]) for key, label in labels] if years else []
    if years:
        rows.append(Row([Cell(_("Maksettu yhteensä")), *(Cell(wording.euro(paid.get(year, Decimal(0)))) for year in years)]))
    title = _("Vuosiraportti: hakemukset, myönnetyt kortit todisteen lajeittain ja myynti")
    return Table(title, columns, rows, empty=_("Hakemuksia ei ole vielä."))
