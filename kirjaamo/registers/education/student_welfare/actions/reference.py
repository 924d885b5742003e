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
from kirjaamo.contract.derived import value_in_words
from kirjaamo.contract.forms import Ask
from kirjaamo.kernel.actions import action as kernel_action
from kirjaamo.kernel.errors import OutOfOrder, Refused
from kirjaamo.mechanisms.dated import RowKnown
from kirjaamo.registers.education.student_welfare import access
from kirjaamo.registers.education.student_welfare.calendar import refuse
from kirjaamo.registers.education.student_welfare.choices import DayKind, Holding, Profession
from kirjaamo.registers.education.student_welfare.models import Headcount, Move, SchoolDays, Staffing, StaffingNorm
from kirjaamo.registers.education.student_welfare.rules.problems import order_problem
from kirjaamo.ui import wording
from kirjaamo.values.language import Text3

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor

FIRST = Text3("ensimmäinen päivä", "den första dagen", "the first day")
LAST = Text3("Viimeinen päivä", "Sista dagen", "The last day")
NATIONAL = Path(__file__).resolve().parents[1] / "data" / "norms.toml"
LOCAL = "student-welfare.toml"


def through(first: dt.date, last: dt.date | None) -> DateRange:
    """Days of which the last one belongs to them."""
    if last is not None:
        refuse(order_problem(LAST, last, FIRST, first, field="last"))
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
    row = SchoolDays(kind=kind, title=title, days=through(first, last), school=school.strip(), source=source, known=RowKnown.READ)
    try:
        return create(row, actor=actor)
    except Refused as refusal:
        raise _overlapping(row) or refusal from refusal


def _overlapping(row: SchoolDays) -> Refused | None:
    """The refusal of days that are recorded already, with the row that holds them; None when something else was refused."""
    other = SchoolDays.objects.filter(kind=row.kind, school=row.school, days__overlap=row.days, voided_at=None).first()
    if other is None or row.kind == DayKind.EXTRA:
        return None
    sentence = _("Päiville %(days)s on jo kirjattu %(title)s (%(other)s). Muuta sitä tai valitse muut päivät.")
    told = {"days": value_in_words(row.days), "title": other.title, "other": value_in_words(other.days)}
    return Refused(sentence % told, code="student_welfare.days_overlap", section=other.source, field="first")


@action(_("Kirjaa opiskelijamäärä"), needs=access.LEAD)
def count_students(
    school: Annotated[str, Ask(_("Koulu"))],
    students: Annotated[int, Ask(_("Opiskelijoita"), least=0)],
    counted_on: Annotated[dt.date, Ask(_("Laskettu"))],
    *,
    actor: Actor,
) -> Headcount:
    """Record how many students a school has from a day on."""
    other = Headcount.objects.filter(school=school.strip(), counted_on=counted_on).first()
    if other is not None:
        sentence = _("Koululle %(school)s on jo kirjattu %(students)d opiskelijaa päivältä %(day)s. Muuta sitä riviä.")
        told = {"school": other.school, "students": other.students, "day": wording.day(counted_on)}
        raise OutOfOrder(sentence % told, code="student_welfare.counted", field="counted_on")
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


@action(_("Lataa vertailutiedot"), needs=access.LEAD)
def load_rows(*, actor: Actor) -> StaffingNorm:
    """Add the dated rows of the program and of the data pack that are not there yet."""
    if load_reference(actor=actor) == 0:
        raise OutOfOrder(_("Vertailutiedot on jo ladattu. Lisää uusi rivi, kun jokin muuttuu."), code="student_welfare.rows_loaded")
    return StaffingNorm.objects.filter(voided_at=None).latest("pk")


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
    """Store a row unless the register has one of its own for the same time; return how many were added."""
    same = {
        StaffingNorm: {"profession": "profession", "valid": "valid__overlap"},
        SchoolDays: {"kind": "kind", "school": "school", "days": "days__overlap"},
        Move: {"holding": "holding"},
    }[type(row)]
    held = {path: getattr(row, name) for name, path in same.items()}
    if type(row)._default_manager.filter(**held, voided_at=None).exists():
        return 0
    create(row, actor=actor)
    return 1
