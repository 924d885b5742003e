"""The staffing report: for each school and profession the students, the posts and the norm in force, reckoned by the rule."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Sum
from django.utils.translation import gettext as _

from kirjaamo.mechanisms.dated import RowKnown, holding
from kirjaamo.registers.education.student_welfare.choices import Profession
from kirjaamo.registers.education.student_welfare.models import Headcount, Staffing, StaffingNorm
from kirjaamo.registers.education.student_welfare.rules.staffing import Norm, ratio
from kirjaamo.values.calculation import Calculation, RowUsed
from kirjaamo.values.language import Text3


@dataclass(frozen=True)
class SchoolRatio:
    """The reckoning of one school (or of all) and one profession."""

    school: str
    profession: str
    calculation: Calculation
    of_one_school: bool = True


WORKERS = {
    Profession.SOCIAL_WORKER: Text3("Kuraattorit", "Kuratorer", "School social workers"),
    Profession.PSYCHOLOGIST: Text3("Psykologit", "Psykologer", "Psychologists"),
}


def norms_on(day: dt.date) -> dict[str, Norm]:
    """The norm in force of each profession on a day, with the row that says so."""
    rows = holding(StaffingNorm, day)
    return {row.profession: Norm(row.most, RowUsed(str(row.pk), str(row), f"{row.source} ({RowKnown(row.known).label})")) for row in rows}


def headcounts_on(day: dt.date) -> dict[str, int]:
    """The latest count of each school up to a day (one statement)."""
    rows = Headcount.objects.filter(counted_on__lte=day, voided_at=None).order_by("school", "-counted_on").distinct("school")
    return dict(rows.values_list("school", "students"))


def school_ratios(day: dt.date) -> Sequence[SchoolRatio]:
    """Schools in their order, each profession that has a norm; the sums over all schools last."""
    norms, students = norms_on(day), headcounts_on(day)
    shares: dict[tuple[str, str], int] = {}
    rows = holding(Staffing, day).values_list("school", "profession")
    for school, profession, percent in rows.annotate(together=Sum("percent")).values_list("school", "profession", "together"):
        shares[school, profession] = percent
    found = [
        _one(school, profession, count, shares.get((school, profession), 0), norms[profession])
        for school, count in students.items()
        for profession in WORKERS
        if profession in norms
    ]
    whole = sum(students.values())
    for profession in WORKERS:
        if profession in norms and students:
            posts = sum(percent for (_school, one), percent in shares.items() if one == profession)
            made = _one(_("Kaikki koulut"), profession, whole, posts, norms[profession])
            found.append(SchoolRatio(made.school, made.profession, made.calculation, of_one_school=False))
    return found


def _one(school: str, profession: Profession, students: int, percent: int, norm: Norm) -> SchoolRatio:
    title = WORKERS[profession]
    named = Text3(*(f"{title.pick(language)}: {school}" for language in ("fi", "sv", "en")))
    return SchoolRatio(school, str(profession.label), ratio(named, students, percent, norm))
