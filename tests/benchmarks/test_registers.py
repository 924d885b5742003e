"""The harness of registers grows one from its own rows, measures its pages and leaves nothing behind."""

from __future__ import annotations

import datetime as dt
from importlib.util import find_spec

import pytest
from django.apps import apps

from benchmarks import registers
from kirjaamo.contract.register import REGISTERS
from kirjaamo.kernel.actors import Machine
from kirjaamo.organisation.actions import create_user
from kirjaamo.organisation.roles import Role
from kirjaamo.registers.leisure.swim_cards import actions
from kirjaamo.registers.leisure.swim_cards.models import Proof, SwimCard
from kirjaamo.registers.leisure.swim_cards.tests.made import terms
from kirjaamo.testing import PASSWORD, SINCE
from kirjaamo.values.personal_id import PersonalId

CLERK = Machine("clerk")


@pytest.mark.django_db
@pytest.mark.usefixtures("helsinki")
def test_a_register_is_grown_measured_and_left_as_it_was() -> None:
    create_user("heikki", "Heikki", PASSWORD, roles=(Role.REGISTER_WORKER,), since=SINCE, actor=CLERK)
    terms()
    for number, code in enumerate(("150594Y9022", "010100A900F")):
        made = actions.apply(PersonalId.parse(code), f"Henkilö {number}", Proof.EU_CARD, dt.date(2026, 5, 5), resident=True, actor=CLERK)
        actions.decide(made, actor=CLERK, on=dt.date(2026, 5, 5))
    found = registers.measure(["erityisuimakortit"], 60)["erityisuimakortit"]
    assert found["records"] == 60
    assert {"list", "next page", "filter", "search", "calculation", "bulk run"} <= set(found)
    assert found["list"]["statements"] < 20
    assert any("60 records" in value for _label, value in registers.lines({"erityisuimakortit": found}))
    assert SwimCard.objects.count() == 2
    assert SwimCard.objects.filter(number__startswith="b").count() == 0


@pytest.mark.parametrize("slug", sorted(REGISTERS))
def test_a_register_with_rules_says_which_calculation_and_which_bulk_run_are_measured(slug: str) -> None:
    """List, filter and search are measured of every register; what is particular to one it says itself."""
    register = REGISTERS[slug]
    package = apps.get_app_config(register.model._meta.app_label).name
    if find_spec(f"{package}.rules"):
        own = registers.hooks(register)
        assert own is not None
        assert callable(own.calculate)
        assert callable(own.run)
