"""Publicity codes and the end of secrecy."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kirjaamo.values import (
    ClauseType,
    EndKind,
    EndRule,
    PersonalData,
    Publicity,
    SecrecyEnd,
    Text3,
    ValueProblem,
    explain_all,
    latest,
    secrecy_end,
)

INCOME = EndRule(EndKind.YEARS, years=25)  # 24.1 § point 23
CLIENT = EndRule(EndKind.FROM_DEATH, years=50, fallback_years=100)  # 24.1 § point 25
COMPLAINT = EndRule(EndKind.EVENT, event=Text3("kantelu on ratkaistu"))  # 24.1 § point 6
PERMANENT = EndRule(EndKind.PERMANENT, law="703/2023 4 §")
SECURITY = EndRule(EndKind.YEARS, years=25, may_continue=True)  # 24.1 § point 7
DATED = date(2001, 3, 1)
days = st.dates(date(1900, 1, 1), date(2100, 12, 31))


def test_income_document_is_secret_through_its_last_day() -> None:
    end = secrecy_end(INCOME, document_date=DATED)
    assert end.last_secret_day == date(2026, 3, 1)
    assert end.secret_on(date(2026, 3, 1))
    assert not end.secret_on(date(2026, 3, 2))
    assert not end.review
    assert explain_all(end.steps) == [
        "Asiakirjan päivä on 1.3.2001; salassapitoaika lasketaan siitä.",
        ("Salassapitoaika on 25 vuotta: viimeinen salassapitopäivä on 1.3.2026. (JulkL 621/1999 31 §)"),
    ]


def test_client_document_of_the_same_day_still_is_secret() -> None:
    end = secrecy_end(CLIENT, document_date=DATED)
    assert end.secret_on(date(2026, 3, 2))
    assert end.last_secret_day == date(2101, 3, 1)
    assert end.steps[0].key == "secrecy_death_unknown"


def test_known_death_counts_fifty_years() -> None:
    end = secrecy_end(CLIENT, document_date=DATED, died_on=date(1970, 2, 28))
    assert end.last_secret_day == date(2020, 2, 28)
    assert end.steps[0].key == "secrecy_death"


def test_event_ends_secrecy_on_its_day() -> None:
    still = secrecy_end(COMPLAINT, document_date=DATED)
    assert still.secret_on(date.max)
    assert explain_all(still.steps)[0].startswith("Salassapito jatkuu, kunnes")
    over = secrecy_end(COMPLAINT, document_date=DATED, event_on=date(2026, 5, 4))
    assert over.secret_on(date(2026, 5, 3))
    assert not over.secret_on(date(2026, 5, 4))


def test_permanent_secrecy_has_no_end() -> None:
    end = secrecy_end(PERMANENT, document_date=DATED, died_on=DATED, event_on=DATED)
    assert end.last_secret_day is None
    assert end.secret_on(date.max)
    assert end.steps[0].law == "703/2023 4 §"


@pytest.mark.parametrize("rule", [INCOME, CLIENT, SECURITY])
def test_unknown_date_keeps_it_secret(rule: EndRule) -> None:
    end = secrecy_end(rule)
    assert end.secret_on(date.max)
    assert end.steps[0].key == "secrecy_date_missing"
    assert not end.review


def test_secrecy_that_may_last_in_use_waits_for_a_person() -> None:
    end = secrecy_end(SECURITY, document_date=DATED)
    assert end.review
    assert end.steps[-1].key == "secrecy_may_continue"


def test_longest_ground_decides() -> None:
    short = secrecy_end(INCOME, document_date=DATED)
    long = secrecy_end(CLIENT, document_date=DATED)
    endless = secrecy_end(PERMANENT)
    assert latest([short, long]) == long
    assert latest([endless, short]) == endless
    with pytest.raises(ValueProblem) as caught:
        latest([])
    assert caught.value.code == "secrecy.no_ground"


@pytest.mark.parametrize(
    "parts",
    [
        {"kind": EndKind.YEARS},
        {"kind": EndKind.YEARS, "years": 0},
        {"kind": EndKind.YEARS, "years": 25, "fallback_years": 100},
        {"kind": EndKind.FROM_DEATH, "years": 50},
        {"kind": EndKind.FROM_DEATH, "years": 50, "fallback_years": 0},
        {"kind": EndKind.EVENT},
        {"kind": EndKind.EVENT, "years": 1, "event": Text3("x")},
        {"kind": EndKind.PERMANENT, "years": 25},
    ],
)
def test_end_rule_says_all_and_only_what_its_kind_needs(parts: dict[str, Any]) -> None:
    with pytest.raises(ValueProblem) as caught:
        EndRule(**parts)
    assert caught.value.code == "secrecy.end_rule"


@given(days, days, st.integers(1, 100))
def test_later_document_is_never_public_earlier(one: date, other: date, years: int) -> None:
    first, second = sorted((one, other))
    rule = EndRule(EndKind.YEARS, years=years)
    ends: list[SecrecyEnd] = [secrecy_end(rule, document_date=day) for day in (first, second)]
    assert ends[0].last_secret_day is not None
    assert ends[1].last_secret_day is not None
    assert ends[0].last_secret_day <= ends[1].last_secret_day
    assert ends[0].secret_on(first)
    assert not ends[0].secret_on(ends[0].last_secret_day + timedelta(days=1))


def test_official_codes_of_publicity() -> None:
    codes = {member: member.official_code for member in Publicity}
    assert list(codes.values()) == ["1", "2", "3", "4"]
    assert all(Publicity.from_official_code(code) is member for member, code in codes.items())
    assert [member.needs_ground for member in Publicity] == [False, True, True, False]


def test_official_codes_of_personal_data() -> None:
    assert [member.official_code for member in PersonalData] == ["1", "2", "3", "3"]
    assert PersonalData.from_official_code("3") is PersonalData.SPECIAL
    assert PersonalData.from_official_code("1") is PersonalData.NONE


@pytest.mark.parametrize("kind", [Publicity, PersonalData])
def test_unknown_official_code_is_refused(kind: type[Publicity | PersonalData]) -> None:
    with pytest.raises(ValueProblem) as caught:
        kind.from_official_code("9")
    assert caught.value.code == "publicity.code"


@pytest.mark.parametrize("kind", [Publicity, PersonalData, ClauseType, EndKind])
def test_every_member_has_a_name_in_three_languages(kind: Any) -> None:
    for member in kind:
        assert len({member.label.fi, member.label.sv, member.label.en}) == 3
