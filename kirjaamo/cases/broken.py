"""The sentence of a broken constraint: each constraint is named as the sentence that is broken, and says it to people."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from django.apps import apps
from django.db.models import BaseConstraint
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.db import IntegrityError

BY_TRIGGER: dict[str, object] = {
    "a_case_has_an_initiator": _("Asialla on oltava vireillepanija (TiHL 26 §)."),
    "a_made_decision_stays": _("Tehty päätös ei muutu. Virhe korjataan uudella päätöksellä (hallintolaki 434/2003 50 §)."),
    "a_case_stays": _("Asiaa ei voi poistaa asiarekisteristä: sen asiatunnus on käytetty."),
    "a_case_moves_only_forward": _("Avoimen asian voi siirtää vain saman tehtäväluokan hyväksyttyyn, uudempaan suunnitelmaan."),
    "a_correction_has_its_reason": _("Luokan korjauksella on oltava syy, ja asian on oltava avoin."),
    "a_move_is_recorded": _("Asian suunnitelman vaihtuminen on kirjattava asian historiaan."),
    "a_series_only_grows": _("Asiatunnusten numerosarja etenee numero kerrallaan eikä palaa taaksepäin."),
}


@lru_cache(maxsize=1)
def _sentences() -> dict[str, object]:
    constraints = [constraint for model in apps.get_models() for constraint in model._meta.constraints]
    default = BaseConstraint.default_violation_error_message
    told: dict[str, object] = {c.name: c.violation_error_message for c in constraints if c.violation_error_message != default}
    return told | BY_TRIGGER


def name_of(error: IntegrityError) -> str:
    """The name of the constraint that an error is about; empty when the database names none."""
    diagnosis = getattr(error.__cause__, "diag", None)
    return (diagnosis.constraint_name if diagnosis else None) or ""


def sentence_of(error: IntegrityError) -> str:
    """What to tell a person; empty when the error is none of our constraints."""
    return str(_sentences().get(name_of(error), ""))
