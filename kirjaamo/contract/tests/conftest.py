"""What the tests of the contract share: applications of the swimming card register and a worker's browser."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from kirjaamo.kernel.actors import Machine
from kirjaamo.organisation.models import User
from kirjaamo.registers.leisure.swim_cards import actions
from kirjaamo.registers.leisure.swim_cards.models import Application, Proof
from kirjaamo.registers.leisure.swim_cards.tests.made import terms
from kirjaamo.values.personal_id import PersonalId

CODES = ("150594Y9022", "010100A900F", "290204B901D")
CLERK = Machine("clerk")
DAY = dt.date(2026, 5, 5)


@pytest.fixture
def apply(helsinki: None) -> Callable[..., Application]:
    """Make the n-th application."""
    del helsinki

    def made(number: int = 0, **facts: object) -> Application:
        terms()
        told = {"resident": True, **facts}
        code = PersonalId.parse(CODES[number])
        return actions.apply(code, f"Henkilö {number}", Proof.EU_CARD, DAY, actor=CLERK, **told)  # type: ignore[arg-type]

    return made


@pytest.fixture
def worker_client(register_worker: User) -> Client:
    """The browser of someone who works in registers."""
    client = Client()
    client.force_login(register_worker)
    return client
