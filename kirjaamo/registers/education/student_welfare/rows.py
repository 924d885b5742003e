"""The dated rows that the registers count with: school days, headcounts, shares of posts, norms, where entries are written."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kirjaamo.contract.record import Record
from kirjaamo.kernel import fields
from kirjaamo.mechanisms.dated import RowKnown, one_at_a_time
from kirjaamo.registers.education.student_welfare.access import LEAD
from kirjaamo.registers.education.student_welfare.choices import DayKind, Holding, Profession
from kirjaamo.values.publicity import Publicity

OPEN = Publicity.PUBLIC


class SchoolDays(Record):
    """A period of the school calendar (koulun työpäivät): a term, a break or an extra day; of all schools or of one."""

    label = _("Koulupäivien jakso")
    plural = _("Koulupäivät")
    writes = LEAD
    adds = edits = ("kind", "title", "days", "school", "source", "known")
    kind = fields.Choice(_("Laji"), DayKind, publicity=OPEN)
    title = fields.Text(_("Nimi"), publicity=OPEN)
    days = fields.Period(_("Päivät"), publicity=OPEN)
    school = fields.Text(_("Koulu (tyhjä: kaikki)"), blank=True, publicity=OPEN)
    source = fields.Text(_("Lähde"), publicity=OPEN)
    known = fields.Choice(_("Varmuus"), RowKnown, publicity=OPEN)

    class Meta:
        """Terms of all schools never overlap, and neither do their breaks."""

        constraints = (
            one_at_a_time(
                "terms_of_all_schools_do_not_overlap", _("Osalle näistä päivistä on jo kirjattu lukukausi."), "days", kind="term", school=""
            ),
            one_at_a_time(
                "breaks_of_all_schools_do_not_overlap", _("Osalle näistä päivistä on jo kirjattu loma."), "days", kind="break", school=""
            ),
        )

    def __str__(self) -> str:
        """Its name."""
        return str(self.title)


class Headcount(Record):
    """How many students a school has (opiskelijamäärä) from a day on."""

    label = _("Opiskelijamäärä")
    plural = _("Opiskelijamäärät")
    writes = LEAD
    adds = edits = ("school", "students", "counted_on")
    school = fields.Text(_("Koulu"), publicity=OPEN)
    students = fields.Number(_("Opiskelijoita"), publicity=OPEN)
    counted_on = fields.Date(_("Laskettu"), publicity=OPEN)

    class Meta:
        """One count of a school on a day, and none below zero."""

        constraints = (
            models.UniqueConstraint(
                fields=("school", "counted_on"), name="one_count_of_a_school_on_a_day", violation_error_message=_("Määrä on jo kirjattu.")
            ),
            models.CheckConstraint(
                condition=Q(students__gte=0),
                name="a_headcount_is_not_negative",
                violation_error_message=_("Määrä ei voi olla negatiivinen."),
            ),
        )

    def __str__(self) -> str:
        """The school."""
        return str(self.school)


class Staffing(Record):
    """The share of a post that serves a school (henkilöstömitoitus): profession, hundredths of a post, from when to when."""

    label = _("Työpanos koululla")
    plural = _("Työpanokset")
    writes = LEAD
    adds = edits = ("school", "profession", "percent", "valid")
    school = fields.Text(_("Koulu"), publicity=OPEN)
    profession = fields.Choice(_("Ammatti"), Profession, publicity=OPEN)
    percent = fields.Number(_("Osuus työajasta (%)"), publicity=OPEN)
    valid = fields.Period(_("Voimassa"), publicity=OPEN)

    class Meta:
        """A share is of something."""

        constraints = (
            models.CheckConstraint(
                condition=Q(percent__gte=1, percent__lte=2000),
                name="a_share_of_posts_is_positive",
                violation_error_message=_("Osuuden on oltava 1–2000 prosenttia (yksi työntekijä on 100)."),
            ),
        )

    def __str__(self) -> str:
        """The school and the profession."""
        return f"{self.school}, {self.get_profession_display()}"


class StaffingNorm(Record):
    """The most students of one worker (mitoitus, § 9 a), with its time and source."""

    label = _("Mitoitus")
    plural = _("Mitoitukset")
    profession = fields.Choice(_("Ammatti"), Profession, publicity=OPEN)
    most = fields.Number(_("Opiskelijoita enintään"), publicity=OPEN)
    valid = fields.Period(_("Voimassa"), publicity=OPEN)
    source = fields.Text(_("Lähde"), publicity=OPEN)
    known = fields.Choice(_("Varmuus"), RowKnown, publicity=OPEN)

    class Meta:
        """One norm of a profession at a time."""

        constraints = tuple(
            one_at_a_time(f"one_norm_of_{profession}_at_a_time", _("Toinen mitoitus on voimassa samaan aikaan."), profession=profession)
            for profession in ("social_worker", "psychologist")
        )

    def __str__(self) -> str:
        """Profession and number."""
        return f"{self.get_profession_display()}: {self.most}"


class Move(Record):
    """That a register's entries are written elsewhere from a day on (kirjaamisen siirto), with its source."""

    label = _("Kirjaamisen siirto")
    plural = _("Siirrot")
    holding = fields.Choice(_("Rekisteri"), Holding, unique=True, publicity=OPEN)
    moved_on = fields.Date(_("Siirretty"), publicity=OPEN)
    moved_to = fields.Text(_("Minne"), publicity=OPEN)
    source = fields.Text(_("Lähde"), publicity=OPEN)
    known = fields.Choice(_("Varmuus"), RowKnown, publicity=OPEN)

    def __str__(self) -> str:
        """Which register."""
        return str(self.get_holding_display())
