"""The digest of declared publicity: it follows what a field declares and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kirjaamo.kernel.fingerprint import declarations, fingerprint
from kirjaamo.registers.leisure.swim_cards.models import SwimCard
from kirjaamo.values.publicity import Publicity


def test_the_fields_of_registers_are_among_the_declarations() -> None:
    assert declarations()["swim_cards.swimcard.number"].grounds == SwimCard._meta.get_field("number").facts.grounds


def test_a_changed_publicity_changes_the_digest_and_a_changed_label_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    before = fingerprint()
    field = SwimCard._meta.get_field("number")
    monkeypatch.setattr(field, "verbose_name", "Jotain muuta")
    assert fingerprint() == before
    other = Publicity.PUBLIC if field.facts.publicity != Publicity.PUBLIC else Publicity.SECRET
    monkeypatch.setattr(field, "facts", replace(field.facts, publicity=other))
    assert fingerprint() != before
