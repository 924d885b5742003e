"""The reference data as the engines of `values` read it: whole, consistent, and giving the dates of the law."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kirjaamo.values.calendar import FinnishCalendar
from kirjaamo.values.deadlines import ClosingTime, DeadlineRule, Unit, count
from kirjaamo.values.language import Text3
from kirjaamo.values.period import Period
from kirjaamo.values.publicity import ClauseType, EndKind
from kirjaamo.values.secrecy_end import EndRule, secrecy_end

DATA = Path(__file__).parents[1] / "data"
SURE = {"read", "memory", "own_reading"}
KINDS = {"ground": "grounds", "statute": "statutes", "deadline": "deadlines", "presumption": "presumptions", "fee": "fees"}


def rows(kind: str) -> list[dict[str, Any]]:
    """Every row of a kind."""
    found: list[dict[str, Any]] = tomllib.loads((DATA / f"{KINDS[kind]}.toml").read_text(encoding="utf-8"))[kind]
    return found


def ground(code: str) -> dict[str, Any]:
    """The ground of a code."""
    return next(row for row in rows("ground") if row["code"] == code)


def end_rule(row: dict[str, Any]) -> EndRule:
    """The end of secrecy of a ground as the engine takes it; it refuses a rule that lacks its years or event."""
    end = row["end"]
    event = Text3.of(end["event"]) if "event" in end else None
    return EndRule(EndKind(end["rule"]), end.get("years"), end.get("fallback_years"), event, row["while_in_use"])


def rule(code: str, on: date) -> DeadlineRule:
    """The rule of a deadline in force on a day; more or fewer than one is an error."""
    (row,) = [r for r in rows("deadline") if r["code"] == code and on in Period.through(r.get("valid_from"), r.get("valid_to"))]
    return DeadlineRule(code, row["amount"], Unit(row["unit"]), row["legal_basis"], row["rolls"], closes_at=ClosingTime(row["closes"]))


@pytest.mark.parametrize("kind", KINDS)
def test_every_text_stands_in_three_languages_and_every_row_says_how_sure_it_is(kind: str) -> None:
    for row in rows(kind):
        for key in ("title", "short", "note", "starts"):
            if key in row:
                assert set(row[key]) == {"fi", "sv", "en"}, (row, key)
                assert all(text.strip() for text in row[key].values()), (row, key)
        assert row["sure"] in SURE, row
        assert row["source"].strip(), row


@pytest.mark.parametrize("kind", KINDS)
def test_no_two_rows_share_their_identity(kind: str) -> None:
    keys = [(row.get("code") or row["number"], row.get("valid_from")) for row in rows(kind)]
    assert len(keys) == len(set(keys))


def test_all_points_of_the_openness_act_are_there() -> None:
    points = {row["point"] for row in rows("ground") if row["act"] == "621/1999"}
    assert points == {str(number) for number in range(1, 33)} | {"31a", "31b", "31c"}


def test_every_ground_has_a_clause_and_an_end_that_the_engine_accepts() -> None:
    for row in rows("ground"):
        ClauseType(row["clause"])
        end_rule(row)


def test_every_act_of_a_ground_is_a_known_statute() -> None:
    assert {row["act"] for row in rows("ground")} <= {row["number"] for row in rows("statute")}


def test_income_of_2001_is_public_in_2026_while_a_client_document_is_not() -> None:
    dated = date(2001, 3, 1)
    income = secrecy_end(end_rule(ground("JulkL-24-1-23")), document_date=dated)
    client = secrecy_end(end_rule(ground("JulkL-24-1-25")), document_date=dated)
    assert (income.secret_on(date(2026, 3, 1)), income.secret_on(date(2026, 3, 2))) == (True, False)
    assert client.secret_on(date(2026, 3, 2))


def test_client_data_of_social_and_health_care_never_becomes_public() -> None:
    assert secrecy_end(end_rule(ground("703-2023-4-1")), document_date=date(1950, 1, 1)).last_secret_day is None


def test_the_archives_act_ends_where_the_archiving_act_begins() -> None:
    found = {row["number"]: row for row in rows("statute")}
    assert (found["831/1994"]["valid_to"], found["529/2026"]["valid_from"]) == (date(2026, 6, 30), date(2026, 7, 1))


@pytest.mark.parametrize(
    ("code", "start", "strict", "legal"),
    [
        ("julkl-14-ordinary", date(2026, 6, 5), date(2026, 6, 19), date(2026, 6, 22)),
        ("julkl-14-extended", date(2026, 4, 2), date(2026, 5, 2), date(2026, 5, 4)),
        ("julkl-33-fee", date(2026, 1, 31), date(2026, 7, 31), date(2026, 7, 31)),
        ("oikaisuvaatimus-kunta", date(2026, 11, 10), date(2026, 11, 24), date(2026, 11, 24)),
        ("kunnallisvalitus", date(2026, 11, 10), date(2026, 12, 10), date(2026, 12, 10)),
        ("kansarkisto-18-extended", date(2026, 7, 1), date(2026, 9, 1), date(2026, 9, 1)),
    ],
)
def test_deadlines_fall_on_the_dates_of_the_law(code: str, start: date, strict: date, legal: date) -> None:
    counted = count(rule(code, start), start, FinnishCalendar())
    assert (counted.strict_due, counted.legal_last_day) == (strict, legal)


def test_the_two_weeks_were_a_month_before_2003() -> None:
    assert rule("julkl-14-ordinary", date(2002, 12, 31)).unit is Unit.MONTHS
    assert rule("julkl-14-ordinary", date(2003, 1, 1)).unit is Unit.WEEKS


def test_every_deadline_is_a_rule_of_the_engine() -> None:
    for row in rows("deadline"):
        DeadlineRule(row["code"], row["amount"], Unit(row["unit"]), row["legal_basis"], row["rolls"], closes_at=ClosingTime(row["closes"]))


def test_what_the_law_gives_free_costs_nothing_and_no_comparison_is_a_price() -> None:
    for row in rows("fee"):
        amount = Decimal(row["amount"])
        assert amount >= 0
        assert amount == amount.quantize(Decimal("0.01"))
        assert row["kind"] != "free" or amount == 0
        assert row["kind"] in {"free", "comparison"} or row["proposed"], row
