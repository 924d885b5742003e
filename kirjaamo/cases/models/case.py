"""The case itself: its identifier, its class of the plan, how far it is and how it ended (TiHL 906/2019 § 25–26)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kirjaamo.cases.models.dues import due_or_never
from kirjaamo.cases.models.standing_in import absent_for
from kirjaamo.cases.models.web import USUAL, WebLevel
from kirjaamo.documents.models import Way
from kirjaamo.kernel.rows import Row
from kirjaamo.kernel.scope import NEED_TO_KNOW, Scope
from kirjaamo.kernel.sight import InSight
from kirjaamo.organisation.models import Authority, ManagementUnit, Unit, User
from kirjaamo.tos.models import ClassRevision
from kirjaamo.values.publicity import Publicity

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor


def address_of(identifier: str) -> str:
    """How a case identifier is written in an address: `HEL-2026-000123` (read back by `reading.by_address`)."""
    return identifier.replace(" ", "-").replace("/", "~")


class NumberSeries(Row):
    """A running number of case identifiers. The row is locked in the last statement of a registration."""

    key = models.CharField(max_length=80, unique=True)
    last = models.PositiveIntegerField(default=0)


class CaseState(models.TextChoices):
    """How far a case is."""

    PENDING = "pending", _("Vireillä")
    HANDLING = "handling", _("Käsittelyssä")
    RESOLVED = "resolved", _("Ratkaistu")
    CLOSED = "closed", _("Päättynyt")


class ClosingGround(models.TextChoices):
    """On what a case ends without a decision of its own (law.md C3)."""

    ANSWERED = "answered", _("Vastattu")
    TRANSFERRED = "transferred", _("Siirretty toiselle viranomaiselle")
    WITHDRAWN = "withdrawn", _("Peruttu")
    LAPSED = "lapsed", _("Rauennut")
    VOID = "void", _("Mitätöity virheellisenä kirjauksena")


@dataclass(frozen=True)
class Ties:
    """What ties a person to a case at a moment, read with the row for a page that asks more than once (`whole.on_page`)."""

    actor: int
    deputy: bool
    task: bool
    granted: bool
    granted_to_handle: bool

    def holds(self, *, reading: bool) -> bool:
        """Whether any of them gives the right to read, or to handle."""
        return self.deputy or self.task or (self.granted if reading else self.granted_to_handle)


class Case(InSight, Row):
    """A case (asia). It pins the plan revision by which it was opened."""

    identifier = models.CharField(max_length=60, unique=True)
    series = models.CharField(max_length=80)
    number = models.PositiveIntegerField()
    management_unit = models.ForeignKey(ManagementUnit, models.PROTECT)
    authority = models.ForeignKey(Authority, models.PROTECT)
    revision = models.ForeignKey(ClassRevision, models.PROTECT, related_name="cases")
    title = models.CharField(max_length=300)
    public_title = models.CharField(max_length=300, blank=True)
    publicity = models.CharField(max_length=20, default=Publicity.PUBLIC.value)
    web = models.CharField(max_length=20, choices=WebLevel, default=USUAL)
    language = models.CharField(max_length=2, default="fi")
    initiated_at = models.DateTimeField()
    registered_at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=CaseState, default=CaseState.PENDING)
    stage = models.CharField(max_length=60, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="cases")
    handler = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="cases")
    due_on = models.DateField(null=True, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    closing_ground = models.CharField(max_length=20, choices=ClosingGround, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    service_way = models.CharField(max_length=20, choices=Way, blank=True)
    version = models.PositiveIntegerField(default=1, db_default=1)
    confidential = models.BooleanField(default=False, db_default=False)
    """Of a class that was confidential at its opening: read only by those who are tied to it (`need_to_know`)."""
    opened_by = models.CharField(max_length=60, blank=True, default="", db_default="")

    ties: Ties | None = None

    class Meta:
        """What the law demands, and that every number is one case's."""

        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("series", "number"),
                name="one_case_per_number",
                violation_error_message=_("Asiatunnuksen numero on jo käytössä. Numeroa ei käytetä uudelleen (TiHL 26 §)."),
            ),
            models.CheckConstraint(
                condition=~Q(identifier="") & Q(number__gte=1),
                name="a_case_has_an_identifier",
                violation_error_message=_("Asialla on oltava asiatunnus (TiHL 26 §)."),
            ),
            models.CheckConstraint(
                condition=~Q(title=""), name="a_case_has_a_title", violation_error_message=_("Asialla on oltava nimike.")
            ),
            models.CheckConstraint(
                condition=Q(initiated_at__lte=F("registered_at")),
                name="a_case_starts_before_it_is_registered",
                violation_error_message=_("Asia ei voi tulla vireille sen jälkeen, kun se on kirjattu. Tarkista saapumisaika."),
            ),
            models.CheckConstraint(
                condition=Q(resolved_at=None) | Q(resolved_at__gte=F("initiated_at")),
                name="a_case_is_resolved_after_it_starts",
                violation_error_message=_("Asiaa ei voi ratkaista ennen kuin se on tullut vireille. Tarkista ratkaisun ajankohta."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=("resolved", "closed")) | (Q(closed_at=None) & Q(resolved_at=None)),
                name="an_open_case_has_no_end",
                violation_error_message=_("Keskeneräisellä asialla ei voi olla päättymisaikaa."),
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | (~Q(closed_at=None) & (~Q(resolved_at=None) | ~Q(closing_ground=""))),
                name="a_closed_case_has_a_resolution_or_a_ground",
                violation_error_message=_("Päättyneellä asialla on oltava ratkaisun ajankohta tai päättymisen peruste (TiHL 26 §)."),
            ),
        )
        indexes = (
            models.Index("unit", due_or_never(), "id", condition=Q(handler=None) & ~Q(state="closed"), name="cases_case_free"),
            models.Index("handler", condition=~Q(handler=None) & ~Q(state="closed"), name="cases_case_in_hand"),
            models.Index(fields=("due_on", "id"), condition=~Q(state="closed"), name="cases_case_open_due"),
            models.Index(fields=("revision", "-id"), name="cases_case_class"),
        )

    def __str__(self) -> str:
        """The identifier, which holds no personal data."""
        return self.identifier

    def is_kept(self) -> bool:
        """Whether it is not public as a whole, or read only by who needs to know."""
        told = self.__dict__
        return told.get("publicity") != Publicity.PUBLIC.value or told.get("confidential", True)

    def sight_label(self) -> str:
        """Its identifier."""
        return str(self.__dict__.get("identifier", ""))

    @property
    def address(self) -> str:
        """How the identifier is written in an address."""
        return address_of(self.identifier)

    def get_absolute_url(self) -> str:
        """The case page of people who work here."""
        return reverse("case", args=[self.address])

    def get_public_url(self) -> str:
        """The case's row in the public case register."""
        return reverse("public_case", args=[self.address])

    def access_scope(self) -> Scope:
        """Its place: a confidential case stands in its own unit and in none above."""
        units = frozenset({self.unit_id}) if self.confidential else frozenset(self.unit.above)
        return Scope(units, self.revision.code, confidential=self.confidential, tied=self._tied)

    def _tied(self, actor: Actor, need: str) -> bool:
        """Whether a person is tied to the case itself: its handler or who stands in for them, a task, a grant, a fresh registration."""
        if not isinstance(actor, User):
            return False
        fresh = need == "cases.read" and self.opened_by == actor.actor_ref and self.state == CaseState.PENDING
        if self.handler_id == actor.pk or fresh:
            return True
        if self.ties is not None and self.ties.actor == actor.pk:
            return self.ties.holds(reading=need in NEED_TO_KNOW)
        now, absent = timezone.now(), absent_for(actor, timezone.localdate())
        if self.handler_id is not None and absent.filter(user=self.handler_id).exists():
            return True
        mine = self.tasks.filter(Q(user=actor) | Q(user__in=absent) | Q(unit__in=actor.units()), state="open")
        grants = self.grants.filter(user=actor, starts_at__lte=now, ends_at__gt=now)
        return mine.exists() or (grants if need in NEED_TO_KNOW else grants.filter(level="handle")).exists()

    @property
    def is_closed(self) -> bool:
        """Whether handling has ended."""
        return self.state == CaseState.CLOSED
