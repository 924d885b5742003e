"""Legal reference data as dated rows with a source: nothing legal is a constant of the program."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kirjaamo.kernel.fields import Translated
from kirjaamo.kernel.rows import Row
from kirjaamo.values.citations import cited


class Sureness(models.TextChoices):
    """How a fact is known."""

    READ = "read", _("Luettu lähteestä")
    MEMORY = "memory", _("Muistinvarainen, tarkistettava")
    OWN_READING = "own_reading", _("Oma tulkinta, tarkistettava")


class Dated(Row):
    """A row that holds from a day to a day, with its source and how sure it is."""

    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    sure = models.CharField(max_length=20, choices=Sureness, default=Sureness.READ)
    source = models.TextField(blank=True)
    note = Translated()

    class Meta:
        """Validity runs forward."""

        abstract = True
        constraints = (
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_from=None) | Q(valid_to__gte=F("valid_from")), name="%(class)s_validity_runs_forward"
            ),
        )


class Statute(Dated):
    """A statute by its number, such as 621/1999."""

    number = models.CharField(max_length=20, unique=True)
    title = Translated()
    short = Translated()
    url = models.URLField(blank=True)


class SecrecyGround(Dated):
    """A ground for secrecy: JulkL 24.1 § by point, or a special act; with clause type and the rule by which secrecy ends."""

    code = models.CharField(max_length=60, unique=True)
    act = models.CharField(max_length=20)
    section = models.CharField(max_length=20)
    subsection = models.CharField(max_length=10, blank=True)
    point = models.CharField(max_length=10, blank=True)
    title = Translated()
    clause = models.CharField(max_length=30)
    end_rule = models.CharField(max_length=20)
    end_years = models.PositiveSmallIntegerField(null=True, blank=True)
    fallback_years = models.PositiveSmallIntegerField(null=True, blank=True)
    end_event = Translated()
    while_in_use = models.BooleanField(default=False)
    relevance = models.CharField(max_length=10, blank=True)

    class Meta(Dated.Meta):
        """A term in years has its years."""

        ordering = ("id",)
        constraints = (models.CheckConstraint(condition=~Q(end_rule="years") | Q(end_years__gt=0), name="a_term_in_years_has_its_years"),)

    def provision(self) -> str:
        """The provision as it is cited in the active language: `621/1999 24 § 1 mom. 32 kohta`, `621/1999 section 24(1)(32)`."""
        parts = (f"{self.act} {self.section} §", self.subsection and f"{self.subsection} mom.", self.point and f"{self.point} kohta")
        return cited(" ".join(filter(None, parts)), (get_language() or "fi")[:2])


class DeadlineTerm(Dated):
    """A statutory time: amount, unit, whether its last day rolls, where it starts and on what it rests."""

    code = models.CharField(max_length=60)
    title = Translated()
    amount = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=20)
    rolls = models.BooleanField(default=True)
    closes = models.CharField(max_length=20, default="end_of_day")
    starts = Translated()
    legal_basis = models.CharField(max_length=120)

    class Meta:
        """One row for a code and a start of validity."""

        constraints = (models.UniqueConstraint(fields=("code", "valid_from"), name="one_term_per_code_and_start", nulls_distinct=False),)


class ServiceTerm(Dated):
    """A presumption of service: after how many days a person is held to know."""

    code = models.CharField(max_length=60)
    title = Translated()
    days = models.PositiveSmallIntegerField()
    legal_basis = models.CharField(max_length=120)


class Fee(Dated):
    """A row of the fee table of information requests (JulkL 621/1999 § 34)."""

    code = models.CharField(max_length=60)
    title = Translated()
    amount = models.DecimalField(max_digits=9, decimal_places=2)
    per = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=20, default="ordinary")
    legal_basis = models.CharField(max_length=120, blank=True)
    proposed = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta(Dated.Meta):
        """As the table lists them."""

        ordering = ("order", "id")


class ProcedureGround(Dated):
    """A ground that the procedure of a case may rest on: leaving a party unheard, or the disqualification of an official."""

    code = models.CharField(max_length=60)
    kind = models.CharField(max_length=40)
    title = Translated()
    legal_basis = models.CharField(max_length=120)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        """As the act lists them; one row for a code and a start of validity."""

        ordering = ("kind", "order", "id")
        constraints = (
            models.UniqueConstraint(fields=("code", "valid_from"), name="one_procedure_ground_per_code_and_start", nulls_distinct=False),
        )


class AppealRoute(Dated):
    """A way to have a decision reviewed, and what its instruction says (HL 434/2003 § 46–49).

    It concerns the classes under `class_prefix` (empty: all). `usual` ones are offered first for those classes. A route without
    a `term` is no way: the instruction tells that the decision is not open to appeal, and by which section. `by_letter` and
    `by_message` are the presumptions of service (`ServiceTerm`) from which its time runs.
    """

    code = models.CharField(max_length=60)
    title = Translated()
    class_prefix = models.CharField(max_length=40, blank=True)
    usual = models.BooleanField(default=False)
    term = models.CharField(max_length=60, blank=True)
    by_letter = models.CharField(max_length=60, default="letter")
    by_message = models.CharField(max_length=60, default="electronic_message")
    addressee = Translated()
    contents = Translated()
    legal_basis = models.CharField(max_length=160)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        """As they are offered; one row for a code, a class and a start of validity."""

        ordering = ("order", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("code", "class_prefix", "valid_from"), name="one_appeal_route_per_code_class_and_start", nulls_distinct=False
            ),
        )
