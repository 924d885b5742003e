"""Two at once: the database decides, and the one who came second is told kindly."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import partial

import pytest

from kirjaamo.contract.testing import at_once
from kirjaamo.registers.education.apprenticeships import actions
from kirjaamo.registers.education.apprenticeships.models import Apprenticeship, CompensationPayment
from kirjaamo.registers.education.apprenticeships.tests import made
from kirjaamo.registers.education.apprenticeships.tests.made import CLERK


@pytest.mark.django_db(transaction=True)
def test_of_two_confirmations_one_is_done_and_the_other_is_told() -> None:
    """Of one contract, of two contracts of one student, and of one payment."""
    row = made.draft()
    told = at_once([partial(actions.confirm, row, actor=CLERK) for _ in range(2)])
    assert told.count("ok") == 1, told
    assert any("jo vahvistettu" in one and "ei tarvitse tehdä mitään" in one for one in told), told
    study = made.right(made.MATTI, "Matti Mallikas")
    rivals = [made.draft(study, made.agreed(made.workplace(code=code))) for code in ("2345678-0", "4567890-7")]
    told = at_once([partial(actions.confirm, one, actor=CLERK) for one in rivals])
    assert told.count("ok") == 1, told
    assert any("Opiskelijalla on jo vahvistettu" in one for one in told), told
    assert Apprenticeship.objects.filter(state="in_force").count() == 2
    row.refresh_from_db()
    actions.decide_compensation(row, Decimal(100), made.FIRST, made.LAST, "–", actor=CLERK)
    april = (dt.date(2026, 4, 1), dt.date(2026, 4, 30))
    payments = [actions.compute_payment(Apprenticeship.objects.get(pk=row.pk), *april, actor=CLERK) for _ in range(2)]
    told = at_once([partial(actions.confirm_payment, one, actor=CLERK) for one in payments])
    assert told.count("ok") == 1, told
    assert any("jo vahvistettu" in one for one in told), told
    assert CompensationPayment.objects.filter(state="confirmed").count() == 1
