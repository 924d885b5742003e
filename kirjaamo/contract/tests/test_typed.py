"""Reading text as the value of a field, as people and files write it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange

from kirjaamo.contract import typed
from kirjaamo.kernel import fields
from kirjaamo.registers.leisure.swim_cards.models import Proof

DATE, MONEY, NUMBER = fields.Date("d"), fields.Money("m"), fields.Number("n")
CASES: list[tuple[models.Field[Any, Any], str, object]] = [
    (DATE, "22.11.2026", dt.date(2026, 11, 22)),
    (DATE, "2026-11-22", dt.date(2026, 11, 22)),
    (MONEY, "1 234,50 €", Decimal("1234.50")),
    (MONEY, "−5", Decimal("-5.00")),
    (NUMBER, "1 000", 1000),
    (fields.Flag("f"), "Kyllä", True),
    (fields.Flag("f"), "", False),
    (fields.Choice("c", Proof), "eu_card", "eu_card"),
    (fields.Choice("c", Proof), "EU:n vammaiskortti", "eu_card"),
    (fields.Choice("c", Proof), "EU Disability Card", "eu_card"),
    (fields.Period("p"), "1.1.2026–31.12.2026", DateRange(dt.date(2026, 1, 1), dt.date(2027, 1, 1))),
    (fields.Period("p"), "2026-01-01/", DateRange(dt.date(2026, 1, 1), None)),
    (fields.Text("t"), "  Kuusi\u200b  kuusta ", "Kuusi kuusta"),
    (fields.Text("t", blank=True), "", ""),
    (fields.Date("d", null=True), "", None),
]
WRONG: list[tuple[models.Field[Any, Any], str, str]] = [
    (DATE, "31.2.2026", "22.11.2026"),
    (DATE, "", "puuttuu"),
    (MONEY, "1,234", "desimaaleja"),
    (MONEY, "NaN", "1234,50"),
    (NUMBER, "kaksi", "kokonaisluku"),
    (fields.Flag("f"), "ehkä", "kyllä tai ei"),
    (fields.Choice("c", Proof), "passi", "Näkövammaiskortti"),
    (fields.Period("p"), "31.12.2026–1.1.2026", "1.1.2026–31.12.2026"),
    (fields.Text("t", max_length=3), "neljä", "merkki"),
]


@pytest.mark.parametrize(("field", "text", "value"), CASES)
def test_what_people_write_is_read(field: models.Field[Any, Any], text: str, value: object) -> None:
    assert typed.read(field, text) == value


@pytest.mark.parametrize(("field", "text", "told"), WRONG)
def test_what_is_no_value_is_told_with_how_it_is_written(field: models.Field[Any, Any], text: str, told: str) -> None:
    with pytest.raises(typed.Unread, match=told):
        typed.read(field, text)


def test_a_wrong_identity_code_is_told_without_repeating_it() -> None:
    with pytest.raises(typed.Unread) as told:
        typed.read(fields.Person("h"), "150594Y9023 Maija Meikäläinen")
    assert "150594" not in str(told.value)
    party = typed.read(fields.Person("h"), "150594Y9022 Maija Meikäläinen")
    assert (party.name, party.code.reveal()) == ("Maija Meikäläinen", "150594Y9022")
