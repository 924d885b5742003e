"""What breaks a constraint: the sentence says what was given, a law behind it is named, and what comes first is told from what is wrong."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from kirjaamo.contract.actions import create, edit
from kirjaamo.contract.testing import MACHINE
from kirjaamo.kernel.errors import BadInput, OutOfOrder, Refused
from kirjaamo.registers.education.apprenticeships import actions
from kirjaamo.registers.education.apprenticeships.models import TrainingEmployer, TrainingRate
from kirjaamo.registers.education.apprenticeships.tests import made

pytestmark = pytest.mark.django_db
FROM_AUGUST = DateRange(dt.date(2026, 8, 1), None)


def rate(amount: int) -> TrainingRate:
    """A dated row of the per diem from August on."""
    return create(TrainingRate(figure="per_diem", amount=Decimal(amount), valid=FROM_AUGUST, source="asetus", known="read"), actor=MACHINE)


def test_a_value_that_cannot_be_is_told_with_what_was_given() -> None:
    with pytest.raises(BadInput, match=r"Määrä ei voi olla negatiivinen\. Annettu: Määrä −1\.") as told:
        rate(-1)
    assert told.value.section == ""


def test_what_another_record_stands_in_the_way_of_is_told_with_what_was_given() -> None:
    rate(15)
    with pytest.raises(OutOfOrder, match=r"Päätä se ensin\. Annettu: Mitä koskee Päiväraha \(€/päivä\), Voimassa 1\.8\.2026–\."):
        rate(16)


def test_a_value_that_only_one_may_have_is_told_at_its_field() -> None:
    made.workplace()
    with pytest.raises(BadInput, match=r"Y-tunnus on jo käytössä toisella tietueella\. Annettu: Y-tunnus 1234567-1\.") as told:
        made.workplace()
    assert told.value.field == "business_id"
    assert TrainingEmployer.objects.count() == 1


def test_a_law_behind_a_constraint_makes_it_a_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(TrainingRate, "laws", {"a_training_rate_is_not_negative": "679/2017"})
    with pytest.raises(Refused, match="negatiivinen") as told:
        rate(-1)
    assert not isinstance(told.value, BadInput | OutOfOrder)
    assert told.value.told().endswith("(679/2017)")


def test_a_constraint_about_a_person_does_not_repeat_what_is_known_of_them() -> None:
    """The days are open, the student is not."""
    first = made.confirmed()
    other = made.draft(first.study_right, made.agreed(made.workplace(code="2345678-0")))
    with pytest.raises(OutOfOrder, match=r"jo vahvistettu oppisopimus tälle ajalle\. Annettu: Voimassa 1\.1\.2026–31\.12\.2027\.") as told:
        actions.confirm(other, actor=MACHINE)
    assert made.NAME not in str(told.value)


def test_what_is_restricted_is_not_changed_and_the_law_is_named_once() -> None:
    study = made.right()
    study.restricted_at = timezone.now()
    with pytest.raises(Refused, match="rajoitettu") as told:
        edit(study, {"institute": "Muu"}, version=study.version, actor=MACHINE)
    assert told.value.told().count("EU 2016/679 18 art.") == 1
    assert not isinstance(told.value, OutOfOrder)
