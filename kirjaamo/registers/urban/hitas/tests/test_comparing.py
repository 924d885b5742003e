"""A maximum price beside an earlier one of the same flat: the steps that differ, with their dated rows."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.test import Client

from kirjaamo.organisation.models import User
from kirjaamo.registers.urban.hitas import actions
from kirjaamo.registers.urban.hitas.models import IndexSeries
from kirjaamo.registers.urban.hitas.tests.test_register import CLERK, draft, flat_sold_first, load, today

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("helsinki")]


def text(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).replace("\u00ad", "").split())


def test_two_calculations_of_a_flat_are_compared_step_by_step(register_worker: User) -> None:
    flat = flat_sold_first()
    past = today() - dt.timedelta(days=40)
    for series, value in ((IndexSeries.MARKET_2005, "190"), (IndexSeries.CONSTRUCTION_2005, "140"), (IndexSeries.CEILING, "2900")):
        load(series, (past, value))
    earlier = actions.calculate(flat, past, Decimal(0), past, actor=CLERK)
    later = draft(flat)
    client = Client()
    client.force_login(register_worker)
    page = client.get(later.get_absolute_url()).content.decode()
    link = re.search(rf'href="([^"]+/vertaa/\?kanssa={earlier.pk})"', page)
    assert link
    shown = text(client.get(link[1]).content.decode())
    assert f"Aiempi: {earlier.number} . Myöhempi: {later.number} ." in shown
    assert "190" in shown
    assert "200" in shown
    assert "lähtötieto" in shown
    assert client.get(link[1].replace(f"kanssa={earlier.pk}", f"kanssa={later.pk}")).status_code == 404
