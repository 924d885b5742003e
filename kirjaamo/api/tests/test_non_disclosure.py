"""The mark of non-disclosure travels with a party's data, and what it hides does not."""

from __future__ import annotations

import pytest

from kirjaamo.api.values import plain
from kirjaamo.contract.derived import in_words
from kirjaamo.kernel.actors import Machine
from kirjaamo.registers.leisure.swim_cards.models import SwimCard
from kirjaamo.registers.urban.hitas.sales import Ownership
from kirjaamo.subjects.actions import add_subject, set_non_disclosure
from kirjaamo.subjects.models import Subject

pytestmark = pytest.mark.django_db
MACHINE = Machine("test")


def holder() -> Subject:
    """A person under non-disclosure."""
    aino = add_subject("Aino Esimerkki", actor=MACHINE, address="Salakatu 7")
    return set_non_disclosure(aino, on=True, reason="DVV", actor=MACHINE)


def test_exports_and_the_interface_carry_the_mark() -> None:
    card, field = SwimCard(holder=holder()), SwimCard._meta.get_field("holder")
    assert in_words(card, field) == "Aino Esimerkki (turvakielto)"  # tables, CSV, XLSX and JSON are made of these words
    assert plain(card, field) == {"id": card.holder_id, "name": "Aino Esimerkki", "safety_non_disclosure": True}


def test_a_party_without_it_bears_no_mark() -> None:
    card, field = SwimCard(holder=add_subject("Eino", actor=MACHINE)), SwimCard._meta.get_field("holder")
    assert in_words(card, field) == "Eino"
    assert "safety_non_disclosure" not in plain(card, field)


def test_a_record_that_tells_where_one_may_live_hides_who() -> None:
    """The address of an owned flat is the flat's own, so under non-disclosure it is the name that stands nowhere beside it."""
    share, field = Ownership(owner=holder()), Ownership._meta.get_field("owner")
    assert in_words(share, field) == "Turvakiellon alainen henkilö"
    assert plain(share, field) == {"safety_non_disclosure": True}
