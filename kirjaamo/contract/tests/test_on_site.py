"""What the public site reads of registers: fields declared public, of open rows, and nothing else by any column."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from kirjaamo.contract.on_site import OnSite, mirror_of
from kirjaamo.contract.register import REGISTERS
from kirjaamo.face.rights import MIRRORS
from kirjaamo.kernel.facts import facts_of
from kirjaamo.values.publicity import PersonalData

KINDS = [kind for register in REGISTERS.values() for kind in register.models]
SHOWN = [kind for kind in KINDS if kind.on_site]


@pytest.mark.parametrize("kind", SHOWN)
def test_a_mirror_shows_what_is_declared_public_and_empties_the_rest(kind: Any) -> None:
    mirror = next(one for one in MIRRORS if one.table == kind._meta.db_table)
    fields = {field.column: field for field in kind._meta.concrete_fields if not field.primary_key}
    for column in set(fields) - set(mirror.empty):
        facts = facts_of(fields[column])
        assert facts.open
        assert facts.personal == PersonalData.NONE


def test_what_is_not_declared_public_cannot_be_put_on_the_site() -> None:
    closed = [
        (kind, field.name) for kind in KINDS for field in kind._meta.concrete_fields if not facts_of(field).open and field.name != "id"
    ]
    assert closed
    for kind, name in closed:
        with pytest.raises(ImproperlyConfigured, match=name):
            mirror_of(kind, OnSite((name,)))


@pytest.mark.django_db
@pytest.mark.parametrize("kind", SHOWN)
def test_the_emptied_columns_are_of_their_types(kind: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM public_face.{kind._meta.db_table}")  # noqa: S608 - our own name
        assert cursor.fetchone()[0] == 0
