"""Keys: outside of the database, rotated without losing a value, and missed loudly."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from kirjaamo.config import cli
from kirjaamo.kernel import vault
from kirjaamo.kernel.actors import Machine
from kirjaamo.kernel.models import KeyCheck
from kirjaamo.kernel.sealed import Sealed, SealedForGood, sealed_tables
from kirjaamo.subjects import actions, rotation
from kirjaamo.subjects.models import Subject
from kirjaamo.values.personal_id import PersonalId

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_keys")]
MACHINE = Machine("test")
OPENED_OTHERWISE = {
    "face.Arrival.box", "face.ArrivalKey.public",  # closed with a key of its own, and that key's open half
    "requests.InformationRequest.box_key", "requests.Message.box", "requests.Delivery.label",  # closed for the address of a request
    "face.FaceMessage.box", "face.FaceDelivery.label", "face.FaceFile.box",  # and as the public face holds them
}  # fmt: skip
"""Columns that no key of the vault opens, so that a rotation has nothing to do with them."""
CODES = [PersonalId.parse(code) for code in ("010100A900F", "290204B901D", "150594Y9022", "311299+903B")]


def people() -> list[Subject]:
    """Four people with codes."""
    return [actions.add_subject(f"Henkilö {n}", actor=MACHINE, personal_id=code) for n, code in enumerate(CODES)]


def quiet(*_told: object) -> None:
    """No progress is shown."""


def test_the_file_is_its_owners_and_its_two_kinds_of_keys_differ(own_keys: Path) -> None:
    people()
    keys = vault.Keys.read(own_keys)
    assert own_keys.stat().st_mode & 0o777 == 0o600
    assert not set(keys.encrypt) & set(keys.find)


def test_rotation_seals_everything_anew_and_every_code_still_opens_and_is_found(own_keys: Path, capsys: pytest.CaptureFixture[str]) -> None:
    actions.keep_check(actor=MACHINE)
    before = {row.pk: (bytes(row.personal_id_sealed or b""), row.personal_id_hash) for row in people()}
    old = vault.keys()
    assert cli.call("rotate-keys", ["--batch", "3"], quiet) == 0
    new = vault.keys()
    assert not set(old.encrypt + old.find) & set(new.encrypt + new.find)
    for row, code in zip(Subject.objects.filter(pk__in=before).order_by("pk"), CODES, strict=True):
        assert row.personal_id() == code
        assert Subject.by_personal_id(code) == row
        assert (bytes(row.personal_id_sealed or b""), row.personal_id_hash) != before[row.pk]
    assert vault.fits()
    copies = [path for path in own_keys.parent.iterdir() if path != own_keys]
    assert [vault.Keys.read(path) for path in copies] == [old]
    assert str(copies[0]) in capsys.readouterr().out


def test_a_rotation_that_was_stopped_goes_on_where_it_was(own_keys: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = people()
    rotation.begin()
    done = []

    def stopping(done_rows: int, *_told: object) -> None:
        done.append(done_rows)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rotation.rotate(stopping, batch=2)
    for row, code in zip(rows, CODES, strict=True):  # both old and new keys open and find in between
        assert Subject.by_personal_id(code) == row
    assert rotation.begin() is None
    assert rotation.rotate(quiet, batch=2) == len(rows) - 2
    rotation.end()
    assert [Subject.objects.get(pk=row.pk).personal_id() for row in rows] == CODES
    del own_keys, monkeypatch


def test_rows_that_never_change_keep_the_key_that_opens_them(own_keys: Path) -> None:
    sealed, old = vault.seal("Keksitty kertomus."), vault.keys()
    rotation.begin()
    vault.keys().newest(keep=True).write(own_keys)
    assert vault.keys().kept == old.encrypt
    assert vault.unseal(sealed) == "Keksitty kertomus."
    assert not vault.is_newest(sealed)
    assert rotation.begin() is not None  # a further rotation is not hindered by it
    vault.keys().newest().write(own_keys)
    with pytest.raises(vault.KeysMissing):
        vault.unseal(sealed)


def test_a_database_without_its_keys_refuses_to_go_on(own_keys: Path) -> None:
    actions.keep_check(actor=MACHINE)
    aino = people()[0]
    own_keys.unlink()
    with pytest.raises(vault.KeysMissing):
        aino.personal_id()
    assert not own_keys.exists()
    with pytest.raises(vault.KeysMissing, match=str(own_keys)):
        actions.keep_check(actor=MACHINE)


def test_keys_of_another_database_are_known_as_such(own_keys: Path) -> None:
    actions.keep_check(actor=MACHINE)
    vault.Keys.fresh().write(own_keys)
    assert not vault.fits()
    with pytest.raises(vault.KeysMissing):
        actions.keep_check(actor=MACHINE)


def test_a_database_sealed_before_it_had_a_check_row_is_known_too(own_keys: Path) -> None:
    people()
    vault.Keys.fresh().write(own_keys)
    with pytest.raises(vault.KeysMissing):
        actions.keep_check(actor=MACHINE)
    assert not KeyCheck.objects.exists()


def test_a_file_of_an_older_version_is_read(own_keys: Path) -> None:
    keys = vault.Keys.fresh()
    own_keys.write_text(f'{{"encrypt": ["{keys.encrypt[0]}"], "hash": "{keys.find[0]}"}}')
    assert vault.keys() == keys


def test_every_sealed_column_is_declared_so_that_rotation_finds_it() -> None:
    plain = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("kirjaamo.") and not model.__module__.startswith("kirjaamo.kernel.")
        for field in model._meta.concrete_fields
        if isinstance(field, models.BinaryField) and not isinstance(field, Sealed | SealedForGood)
    ]
    assert set(plain) == OPENED_OTHERWISE
    assert {table.model for table in sealed_tables()} >= {Subject}
