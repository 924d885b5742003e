"""What has to be done in a case, by whom and by when."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kirjaamo.cases.models.case import Case
from kirjaamo.cases.models.dues import due_or_never
from kirjaamo.kernel.rows import Row
from kirjaamo.kernel.scope import Scope
from kirjaamo.organisation.models import Unit, User

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor


class TaskState(models.TextChoices):
    """How far a task is."""

    OPEN = "open", _("Avoin")
    IN_HAND = "in_hand", _("Työn alla")
    DONE = "done", _("Tehty")


OPEN = ~Q(state="done")


class Task(Row):
    """Something that a unit or a person has to do in a case by a day."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="tasks")
    kind = models.CharField(max_length=40)
    title = models.JSONField(default=dict)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="case_tasks")
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="case_tasks")
    due_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=20, choices=TaskState, default=TaskState.OPEN)
    detail = models.JSONField(default=dict)
    outcome = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.CharField(max_length=60, blank=True)

    class Meta:
        """The nearest due first."""

        ordering = ("due_on", "id")
        indexes = (
            models.Index("unit", due_or_never(), "id", condition=OPEN & Q(user=None), name="cases_task_free"),
            models.Index("user", due_or_never(), "id", condition=OPEN & ~Q(user=None), name="cases_task_given"),
            models.Index(fields=("due_on", "id"), condition=OPEN, name="cases_task_open"),
        )
        constraints = (
            models.CheckConstraint(
                condition=~Q(state="done") | (~Q(done_at=None) & ~Q(done_by="")),
                name="a_done_task_tells_when_and_by_whom",
                violation_error_message=_("Tehdystä tehtävästä on kirjattava, milloin ja kuka sen teki."),
            ),
        )

    def access_scope(self) -> Scope:
        """Its place: that of its case and of the unit that has to do it; whoever it is given to is tied to it."""
        place = self.case.access_scope()
        own = frozenset({self.unit_id}) if place.confidential else frozenset(self.unit.above)
        return replace(place, units=place.units | own, tied=self._tied)

    def _tied(self, actor: Actor, need: str) -> bool:
        return (self.user_id is not None and self.user_id == getattr(actor, "pk", None)) or self.case.access_scope().tied(actor, need)
