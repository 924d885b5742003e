"""The dated rows: school days, headcounts, shares of posts, norms, where entries are written. Kept by the responsible person."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from django.conf import settings
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_lazy as _

from kirjaamo.contract.actions import action, create
from kirjaamo.contract.forms import Ask
from kirjaamo.kernel.actions import action as kernel_action
from kirjaamo.registers.education.student_welfare import access
from kirjaamo.registers.education.student_welfare.choices import DayKind, Holding, Known, Profession
from kirjaamo.registers.education.student_welfare.models import Headcount, Move, SchoolDays, Staffing, StaffingNorm

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor

NATIONAL = Path(__file__).resolve().parents[1] / "data" / "norms.toml"
LOCAL = "student-welfare.toml"


def through(first: dt.date, last: dt.date | None) -> DateRange:
    """Days of which the last one belongs to them."""
    return DateRange(first, last + dt.timedelta(days=1) if last else None)


@action(_("Lisää koulupäivien jakso"), needs=access.LEAD)
def add_school_days(
    kind: Annotated[DayKind, Ask(_("Laji"))],
    title: Annotated[str, Ask(_("Nimi"), hint=_("Esimerkiksi syysloma 2026"))],
    first: Annotated[dt.date, Ask(_("Ensimmäinen päivä"))],
    last: Annotated[dt.date, Ask(_("Viimeinen päivä"))],
    source: Annotated[str, Ask(_("Lähde"), hint=_("Päätös, jolla koulupäivät on vahvistettu"))],
    school: Annotated[str, Ask(_("Koulu (tyhjä: kaikki)"))] = "",
    *,
    actor: Actor,
) -> SchoolDays:
    """Add a term, a break or an extra day; of all schools or of one. Contacts are reckoned by the rows of their day."""
    row = SchoolDays(kind=kind, title=title, days=through(first, last), school=school.strip(), source=source, known=Known.READ)
    return create(row, actor=actor)


@action(_("Kirjaa opiskelijamäärä"), needs=access.LEAD)
def count_students(
    school: Annotated[str, Ask(_("Koulu"))],
    students: Annotated[int, Ask(_("Opiskelijoita"), least=0)],
    counted_on: Annotated[dt.date, Ask(_("Laskettu"))],
    *,
    actor: Actor,
) -> Headcount:
    """Record how many students a school has from a day on."""
    return create(Headcount(school=school.strip(), students=students, counted_on=counted_on), actor=actor)


@action(_("Kirjaa työpanos"), needs=access.LEAD)
def staff_school(
    school: Annotated[str, Ask(_("Koulu"))],
    profession: Annotated[Profession, Ask(_("Ammatti"))],
    percent: Annotated[int, Ask(_("Osuus työajasta (%)"), least=1, most=2000)],
    first: Annotated[dt.date, Ask(_("Alkaa"))],
    last: Annotated[dt.date | None, Ask(_("Päättyy"))] = None,
    *,
    actor: Actor,
) -> Staffing:
    """Record which share of a post serves a school."""
    return create(Staffing(school=school.strip(), profession=profession, percent=percent, valid=through(first, last)), actor=actor)


@kernel_action(_("Lataa vertailutiedot"), needs=access.LEAD)
def load_reference(*, actor: Actor) -> int:
    """Add the dated rows that come with the program and the authority's data pack; what is there already stays as it is."""
    told = [tomllib.loads(path.read_text("utf-8")) for path in (NATIONAL, Path(settings.PACK) / LOCAL) if path.is_file()]
    return sum(_add(row, actor=actor) for tables in told for row in _rows(tables))


def _rows(tables: dict[str, list[dict[str, Any]]]) -> list[Any]:
    """The rows of a file as records."""
    norms = [
        StaffingNorm(
            profession=Profession(row["profession"]),
            most=row["most"],
            valid=through(row["from"], row.get("to")),
            source=row["source"],
            known=row["known"],
        )
        for row in tables.get("norm", [])
    ]
    days = [
        SchoolDays(
            kind=DayKind(row["kind"]), title=row["title"], days=through(row["first"], row["last"]), source=row["source"], known=row["known"]
        )
        for row in tables.get("school_days", [])
    ]
    moves = [
        Move(holding=Holding(row["holding"]), moved_on=row["on"], moved_to=row["to"], source=row["source"], known=row["known"])
        for row in tables.get("move", [])
    ]
    return [*norms, *days, *moves]


def _add(row: Any, *, actor: Actor) -> int:
    """Store a row unless the same one is there; return how many were added."""
    same = {
        StaffingNorm: ("profession", "valid"),
        SchoolDays: ("kind", "school", "days"),
        Move: ("holding",),
    }[type(row)]
    if type(row)._default_manager.filter(**{name: getattr(row, name) for name in same}).exists():
        return 0
    create(row, actor=actor)
    return 1
