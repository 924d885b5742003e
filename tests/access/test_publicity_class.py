"""Changing a class of publicity: no migration, but the search table and the public face are made anew before anything serves."""

from __future__ import annotations

import argparse
from dataclasses import replace

import pytest
from django.core.management import call_command
from django.test import Client

from kirjaamo.catalog.reading import entry
from kirjaamo.config import commands
from kirjaamo.contract.actions import create
from kirjaamo.face import fingerprint
from kirjaamo.kernel.actors import Machine
from kirjaamo.kernel.facts import facts_of
from kirjaamo.kernel.models import SearchRow
from kirjaamo.registers.education.premises.models import Room
from kirjaamo.values.publicity import Publicity

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("helsinki", "own_keys")]
CLERK = Machine("clerk")
NAME = "Näkymättömäksi muuttuva sali"


def prepare() -> None:
    """What `demo`, `serve` and `migrate` run before anything serves."""
    commands.prepare(argparse.Namespace(demo=None, report=lambda *_told: None))


def words() -> list[str]:
    return [f"{row.title} {row.text}" for row in SearchRow.objects.filter(source="records", kind=Room.register.slug)]


@pytest.fixture
def room() -> Room:
    kind = Room._meta.get_field("kind").flatchoices[0][0]
    room = Room(code="P-1", school="Alppilan koulu", name=NAME, kind=kind, capacity=30)
    return create(room, actor=CLERK)


def test_a_field_that_is_no_longer_public_leaves_every_copy_before_anything_serves(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """Found by its name, told as open data and in the description as public; after the change of one word in the code, none of these."""
    prepare()
    assert any(NAME in told for told in words())
    field = Room._meta.get_field("name")
    monkeypatch.setattr(field, "facts", replace(facts_of(field), publicity=Publicity.SECRET, grounds=("JulkL-24-1-7",)))
    assert not fingerprint.is_current()
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)  # exits when a class of publicity made a migration
    before = facts_told(room)
    prepare()
    assert fingerprint.is_current()
    assert not [told for told in words() if NAME in told]
    assert any("Alppilan koulu" in told for told in words())  # what is still open is still found
    assert "secret" not in before
    assert "secret" in facts_told(room)
    assert NAME not in Client().get(f"/api/v1/open/{Room.register.slug}/room").content.decode()


def test_a_change_of_words_makes_no_migration_and_rebuilds_nothing(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    prepare()
    field = Room._meta.get_field("name")
    monkeypatch.setattr(field, "verbose_name", "Huone")
    monkeypatch.setattr(field, "help_text", "Kuten ovessa lukee")
    monkeypatch.setattr(Room, "label", "Huone")
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
    assert fingerprint.is_current()
    kept = list(SearchRow.objects.filter(source="records").values_list("pk", flat=True))
    prepare()
    assert list(SearchRow.objects.filter(source="records").values_list("pk", flat=True)) == kept
    assert room.name == NAME


def facts_told(room: Room) -> set[str]:
    """What the page of the register in the description says of the publicity of rooms' names."""
    told = entry("system", room.register.slug) or {}
    label = str(Room._meta.get_field("name").verbose_name)
    return {one["publicity"] for one in told["home"]["groups"] if one["title"]["fi"] == label}
