"""The sentence of a broken constraint: each constraint is named as the sentence that is broken, and says it to people."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from django.apps import apps
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.db import IntegrityError

BY_TRIGGER = {
    "a_case_has_an_initiator": _("Asialla on oltava vireillepanija (TiHL 26 §)."),
    "a_case_stays": _("Asiaa ei voi poistaa asiarekisteristä: sen asiatunnus on käytetty."),
    "a_series_only_grows": _("Asiatunnusten numerosarja etenee numero kerrallaan eikä palaa taaksepäin."),
}


@lru_cache(maxsize=1)
def _sentences() -> dict[str, object]:
    told = {c.name: c.violation_error_message for model in apps.get_models() for c in model._meta.constraints if c.violation_error_message}
    default = "Constraint “%(name)s” is violated."
    return {name: sentence for name, sentence in told.items() if str(sentence) != default} | BY_TRIGGER


def name_of(error: IntegrityError) -> str:
    """The name of the constraint that an error is about; empty when the database names none."""
    diagnosis = getattr(error.__cause__, "diag", None)
    return (diagnosis.constraint_name if diagnosis else None) or ""


def sentence_of(error: IntegrityError) -> str:
    """What to tell a person; empty when the error is none of our constraints."""
    return str(_sentences().get(name_of(error), ""))
