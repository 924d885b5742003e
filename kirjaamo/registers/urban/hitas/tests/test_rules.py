"""The rules by tables. Rows marked "by hand" are our own examples with the arithmetic shown; the others are figures of the facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from kirjaamo.registers.urban.hitas.rules import maximum_price
from kirjaamo.registers.urban.hitas.rules.depreciation import DepreciationTable, months_between
from kirjaamo.registers.urban.hitas.rules.flats import Flat, acquisition, company_completion, realised, same_day_acquisition
from kirjaamo.registers.urban.hitas.rules.indices import IndexKind, Indices
from kirjaamo.registers.urban.hitas.rules.interest import Instalment, construction_interest, interest_days
from kirjaamo.registers.urban.hitas.rules.problems import PROBLEMS, HitasProblem
from kirjaamo.registers.urban.hitas.rules.types import Basis, Case, HitasType, RuleFamily, Work, WorkIndex
from kirjaamo.registers.urban.hitas.rules.validity import ceiling_price_until, hitas_quarter, index_price_until
from kirjaamo.registers.urban.hitas.tests.examples import (
    NEW,
    OLD,
    OLD_INDICES,
    ON,
    TABLE,
    figures,
    row,
    with_company_works,
    with_home_works,
    with_loan,
)
from kirjaamo.values.calculation import Calculation
from kirjaamo.values.money import Money


def money(text: str) -> Money:
    return Money(text)


# Facts -------------------------------------------------------------------------------------------------------------------

ANCHORS = (
    (73, "0.9998"),
    (84, "0.9975"),
    (96, "0.9950"),
    (108, "0.9925"),
    (120, "0.9900"),
    (124, "0.9892"),
    (133, "0.9872"),
    (144, "0.9826"),
    (156, "0.9777"),
    (168, "0.9729"),
    (180, "0.9680"),
    (192, "0.9632"),
    (204, "0.9536"),
    (216, "0.9441"),
    (231, "0.9324"),
    (240, "0.9254"),
    (264, "0.9071"),
    (288, "0.8891"),
    (312, "0.8715"),
    (336, "0.8542"),
    (360, "0.8373"),
    (384, "0.8206"),
    (420, "0.7954"),
    (456, "0.7702"),
    (480, "0.7534"),
    (494, "0.7434"),
    (495, "0.7427"),
    (600, "0.6692"),
)


@pytest.mark.parametrize(("months", "multiplier"), ANCHORS)
def test_the_depreciation_multiplier_of_a_month(months: int, multiplier: str) -> None:
    assert TABLE.multiplier(months) == Decimal(multiplier)


@pytest.mark.parametrize(("months", "multiplier"), [(0, "1"), (72, "1"), (1555, "0.0007"), (1556, "0"), (5000, "0")])
def test_the_multiplier_is_one_for_six_years_and_never_below_zero(months: int, multiplier: str) -> None:
    """0.7434 / 0.0007 = 1062 months after the table's last, 494: the 1,556th month is the first without value."""
    assert TABLE.multiplier(months) == Decimal(multiplier)


def test_the_table_has_422_rows_and_a_gap_in_it_is_named() -> None:
    assert len(TABLE.multipliers) == 422
    with pytest.raises(ValueError, match="month 74"):
        DepreciationTable.of_csv(["months,multiplier", "73,0.9998", "75,0.9994"], "x")


@pytest.mark.parametrize(
    ("first", "later", "months"),
    [
        (date(2026, 1, 31), date(2026, 2, 28), 1),  # the fact's own example
        (date(2028, 1, 31), date(2028, 2, 28), 0),  # not the last day of a leap year's February
        (date(2028, 1, 31), date(2028, 2, 29), 1),
        (date(2026, 1, 15), date(2026, 2, 14), 0),
        (date(2026, 1, 15), date(2026, 2, 15), 1),
        (date(2004, 6, 15), date(2026, 3, 10), 260),
    ],
)
def test_months_between(first: date, later: date, months: int) -> None:
    assert months_between(first, later) == months


@pytest.mark.parametrize(
    ("on", "until"),
    [
        (date(2026, 2, 1), date(2026, 5, 31)),
        (date(2026, 4, 30), date(2026, 5, 31)),
        (date(2026, 5, 1), date(2026, 8, 31)),
        (date(2026, 7, 31), date(2026, 8, 31)),
        (date(2026, 8, 1), date(2026, 11, 30)),
        (date(2026, 10, 31), date(2026, 11, 30)),
        (date(2026, 11, 1), date(2027, 2, 28)),
        (date(2027, 11, 1), date(2028, 2, 29)),
        (date(2027, 1, 31), date(2027, 2, 28)),
    ],
)
def test_a_ceiling_price_holds_to_the_end_of_the_quarter_and_a_month(on: date, until: date) -> None:
    assert ceiling_price_until(on) == until


def test_an_index_price_holds_for_three_months() -> None:
    assert index_price_until(date(2026, 3, 10)) == date(2026, 6, 10)
    assert index_price_until(date(2026, 11, 30)) == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("on", "first"), [(date(2026, 1, 31), date(2025, 11, 1)), (date(2026, 2, 1), date(2026, 2, 1)), (date(2026, 12, 24), date(2026, 11, 1))]
)
def test_hitas_quarters_begin_in_february_may_august_and_november(on: date, first: date) -> None:
    assert hitas_quarter(on) == first


# The rules of 2011 -------------------------------------------------------------------------------------------------------


def test_by_the_rules_of_2011_the_highest_of_three_wins() -> None:
    """By hand. Basic 120,000 + 80,000 + 5,000 = 205,000.

    Market 205,000 × 200 / 150 = 273,333.33…, less the loan 2,500 = 270,833.33; construction 205,000 × 150 / 120 = 256,250 − 2,500;
    ceiling 50 × 4,500 = 225,000 − 2,500.
    """
    result = maximum_price(NEW)
    assert (result.price, result.basis, result.family) == (money("270833.33"), Basis.MARKET, RuleFamily.FROM_2011)
    assert result.valid_until == date(2026, 6, 10)
    market = figures(result, Basis.MARKET)
    assert market["acquisition"] == money("200000")
    assert market["basic"] == money("205000")
    assert market["adjustment"] == money("68333.33")
    assert market["debt_free"] == money("273333.33")
    assert market["per_square"] == money("5466.67")
    assert figures(result, Basis.CONSTRUCTION)["price"] == money("253750")
    assert figures(result, Basis.CEILING)["price"] == money("222500")


def test_a_company_improvement_counts_above_thirty_euros_per_square_metre() -> None:
    """By hand. 70,000 − 30 × 1,000 = 40,000; × 200 / 160 = 50,000; / 1,000 × 50 = 2,500. By construction 40,000 × 150 / 125 → 2,400."""
    result = maximum_price(with_company_works(NEW, [Work("w1", "Hissit", Money(70000), date(2020, 5, 4))]))
    market, construction = figures(result, Basis.MARKET), figures(result, Basis.CONSTRUCTION)
    assert (market["w1.work_own"], market["w1.work_company"], market["w1.work_home"]) == (money("40000"), money("50000"), money("2500"))
    assert (construction["w1.work_company"], construction["w1.work_home"]) == (money("48000"), money("2400"))
    assert result.price == money("273333.33")


def test_without_deductions_the_full_value_of_an_improvement_counts() -> None:
    """By hand. 70,000 × 200 / 160 = 87,500; / 1,000 × 50 = 4,375."""
    work = Work("w1", "Hissit", Money(70000), date(2020, 5, 4), no_deductions=True)
    assert figures(maximum_price(with_company_works(NEW, [work])), Basis.MARKET)["w1.work_home"] == money("4375")


def test_improvements_of_the_flat_do_not_count_by_the_rules_of_2011() -> None:
    work = Work("h1", "Sauna", Money(20000), date(2020, 5, 4))
    assert maximum_price(with_home_works(NEW, [work])) == maximum_price(NEW)


def test_an_updated_acquisition_value_takes_the_place_of_the_first_sale() -> None:
    """By hand. (210,000 + 5,000) × 200 / 150 − 2,500 = 284,166.67."""
    home = replace(NEW.home, updated_acquisition=Money(210000))
    assert maximum_price(replace(NEW, home=home)).price == money("284166.67")


def test_the_ceiling_is_rounded_half_up_to_a_whole_euro_and_decides_the_validity() -> None:
    """By hand. 50.5 × 6,001 = 303,050.50 → 303,051; less 2,500 = 300,551. It holds to 31 May."""
    indices = Indices.of([*NEW.indices.rows.values(), row(IndexKind.CEILING, 2026, 3, "6001")])
    result = maximum_price(replace(NEW, home=replace(NEW.home, area=Decimal("50.5")), indices=indices))
    assert (result.price, result.basis, result.valid_until) == (money("300551"), Basis.CEILING, date(2026, 5, 31))


@pytest.mark.parametrize(
    ("kind", "completed", "family"),
    [
        (HitasType.NEW_HITAS_2, date(2011, 1, 1), RuleFamily.FROM_2011),
        (HitasType.RR_NEW_HITAS, date(2015, 6, 30), RuleFamily.FROM_2011),
        (HitasType.NEW_HITAS_1, date(2010, 12, 31), RuleFamily.BEFORE_2011),
        (HitasType.HITAS_2, date(2012, 6, 28), RuleFamily.BEFORE_2011),
        (HitasType.HALF_HITAS, date(2015, 6, 30), RuleFamily.BEFORE_2011),
    ],
)
def test_the_family_of_rules_follows_type_and_completion(kind: HitasType, completed: date, family: RuleFamily) -> None:
    assert replace(NEW, company=replace(NEW.company, type=kind, completed_on=completed)).family is family


# The rules before 2011 ---------------------------------------------------------------------------------------------------


def test_before_2011_by_the_market_price_index() -> None:
    """By hand. 100,000 + 2,000 + 1,000 = 103,000; × 560 / 280 = 206,000."""
    result = maximum_price(OLD)
    market = figures(result, Basis.MARKET)
    assert (market["basic"], market["adjustment"], market["price"]) == (money("103000"), money("103000"), money("206000"))
    assert (result.price, result.family) == (money("206000"), RuleFamily.BEFORE_2011)


def test_before_2011_by_the_construction_price_index() -> None:
    """By hand. 260 full months → 0.9101. 1,000,000 × 400 × 0.9101 / 250 = 1,456,160; × 100,000 / 1,000,000 = 145,616.

    With the interest 4,000 and additional work 1,000 × 400 / 250 = 1,600 it is 151,216.
    """
    construction = figures(maximum_price(OLD), Basis.CONSTRUCTION)
    assert (construction["months"], construction["multiplier"]) == (260, Decimal("0.9101"))
    assert construction["company_adjusted"] == money("1456160")
    assert construction["assets_share"] == money("145616")
    assert construction["extra_work_adjusted"] == money("1600")
    assert construction["interest_percent"] == 14
    assert construction["price"] == money("151216")


def test_a_flat_completed_from_2005_shows_the_lower_interest_rate() -> None:
    indices = Indices.of([*OLD_INDICES.rows.values(), row(IndexKind.MARKET, 2005, 1, "280"), row(IndexKind.CONSTRUCTION, 2005, 1, "250")])
    home = replace(OLD.home, completed_on=date(2005, 1, 1))
    assert figures(maximum_price(replace(OLD, home=home, indices=indices)), Basis.CONSTRUCTION)["interest_percent"] == 6


def test_the_construction_index_starts_from_a_first_sale_after_the_completion() -> None:
    """By hand. Sold in September 2004: 1,000,000 × 400 × 0.9101 / 260 = 1,400,153.85; the market price index stays at completion."""
    case = replace(OLD, home=replace(OLD.home, first_sold_on=date(2004, 9, 2)))
    result = maximum_price(case)
    assert figures(result, Basis.CONSTRUCTION)["company_adjusted"] == money("1400153.85")
    assert figures(result, Basis.MARKET)["price"] == money("206000")


def test_a_company_improvement_counts_by_the_acquisition_values_in_the_construction_run() -> None:
    """By hand. 50,000 × 1,000,000 / 2,000,000 = 25,000 for the flats of the day; (1,456,160 + 25,000) × 100,000 / 1,000,000 = 148,116."""
    work = Work("w1", "Julkisivu", Money(50000), date(2009, 3, 1))
    construction = figures(maximum_price(with_company_works(OLD, [work])), Basis.CONSTRUCTION)
    assert (construction["w1.work_company"], construction["assets_share"]) == (money("25000"), money("148116"))


def test_a_company_improvement_before_2010_falls_evenly_to_nothing_in_fifteen_years() -> None:
    """By hand. 300,000 − 150 × 800 = 180,000. On 15 June 2019 from 15 June 2009: 120 of 180 months → 60,000 left; / 800 × 40 = 3,000."""
    indices = Indices.of(
        [*OLD_INDICES.rows.values(), *(row(kind, 2019, 6, "500") for kind in (IndexKind.MARKET, IndexKind.CONSTRUCTION, IndexKind.CEILING))]
    )
    work = Work("w1", "Julkisivu", Money(300000), date(2009, 6, 15), WorkIndex.MARKET)
    then = figures(maximum_price(replace(with_company_works(OLD, [work]), on=date(2019, 6, 15), indices=indices)), Basis.MARKET)
    assert (then["w1.work_own"], then["w1.work_depreciation"], then["w1.work_home"]) == (money("180000"), money("120000"), money("3000"))
    assert figures(maximum_price(with_company_works(OLD, [work])), Basis.MARKET)["w1.work_home"] == money("0")


def test_a_company_improvement_from_2010_follows_the_thirty_euro_rule() -> None:
    """By hand. 74,000 − 30 × 800 = 50,000; × 560 / 500 = 56,000; / 800 × 40 = 2,800."""
    work = Work("w1", "Putket", Money(74000), date(2020, 3, 1), WorkIndex.MARKET)
    assert figures(maximum_price(with_company_works(OLD, [work])), Basis.MARKET)["w1.work_home"] == money("2800")


def test_without_deductions_a_company_improvement_is_shared_by_shares() -> None:
    """By hand. 80,000 × 560 / 500 = 89,600; / 800 shares × 60 shares = 6,720 (by area it would be 4,480)."""
    work = Work("w1", "Autopaikat", Money(80000), date(2020, 3, 1), WorkIndex.MARKET, no_deductions=True)
    case = replace(with_company_works(OLD, [work]), home=replace(OLD.home, shares=60))
    assert figures(maximum_price(case), Basis.MARKET)["w1.work_home"] == money("6720")


def test_a_flat_improvement_in_the_market_run_is_depreciated_and_not_indexed() -> None:
    """By hand. 10,000 − 100 × 40 = 6,000; from 1 March 2020 to 10 March 2026 72 of 120 months → 3,600 gone, 2,400 left."""
    work = Work("h1", "Keittiö", Money(10000), date(2020, 3, 1), WorkIndex.MARKET)
    market = figures(maximum_price(with_home_works(OLD, [work])), Basis.MARKET)
    assert (market["h1.work_own"], market["h1.work_depreciation"], market["h1.work_home"]) == (money("6000"), money("3600"), money("2400"))


def test_a_flat_improvement_without_deductions_is_indexed() -> None:
    """By hand. 10,000 × 560 / 500 = 11,200."""
    work = Work("h1", "Parveke", Money(10000), date(2020, 3, 1), WorkIndex.MARKET, no_deductions=True)
    assert figures(maximum_price(with_home_works(OLD, [work])), Basis.MARKET)["h1.work_home"] == money("11200")


def test_a_flat_improvement_in_the_construction_run_is_indexed_and_loses_its_percentage() -> None:
    """By hand. 9,000 × 400 / 360 = 10,000; 24 months × 10 % / 12 = 20 % → 2,000 gone, 8,000 left. At 60 % a year nothing is left."""
    work = Work("h1", "Kylpyhuone", Money(9000), date(2024, 3, 1), WorkIndex.CONSTRUCTION, Decimal(10))
    construction = figures(maximum_price(with_home_works(OLD, [work])), Basis.CONSTRUCTION)
    assert (construction["h1.work_adjusted"], construction["h1.work_depreciation"]) == (money("10000"), money("2000"))
    assert construction["h1.work_home"] == money("8000")
    spent = replace(work, yearly_percent=Decimal(60))
    assert figures(maximum_price(with_home_works(OLD, [spent])), Basis.CONSTRUCTION)["h1.work_home"] == money("0")


def test_an_improvement_counts_only_in_the_run_of_its_index() -> None:
    work = Work("w1", "Putket", Money(74000), date(2020, 3, 1), WorkIndex.CONSTRUCTION)
    result = maximum_price(with_company_works(OLD, [work]))
    assert "w1.work_home" not in figures(result, Basis.MARKET)
    assert figures(result, Basis.CONSTRUCTION)["w1.work_company"] == money("37000")


# What is missing is named ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("case", "code"),
    [
        (replace(NEW, company=replace(NEW.company, type=HitasType.NON_HITAS)), "not_hitas"),
        (replace(NEW, company=replace(NEW.company, regulated=False)), "company_released"),
        (replace(NEW, company=replace(NEW.company, completed_on=None)), "company_completion_missing"),
        (replace(NEW, company=replace(NEW.company, completed_on=date(2026, 3, 11))), "completion_in_future"),
        (replace(OLD, home=replace(OLD.home, completed_on=None)), "completion_missing"),
        (replace(NEW, home=replace(NEW.home, area=None)), "area_missing"),
        (replace(NEW, company=replace(NEW.company, area=Decimal(0))), "company_area_missing"),
        (replace(NEW, company=replace(NEW.company, type=HitasType.RR_NEW_HITAS), home=replace(NEW.home, shares=None)), "shares_missing"),
        (replace(NEW, home=replace(NEW.home, first_price=None)), "first_sale_missing"),
        (replace(OLD, company=replace(OLD.company, same_day_acquisition=Money(0))), "acquisition_missing"),
        (replace(NEW, on=date(2026, 4, 1)), "index_missing"),
        (with_home_works(OLD, [Work("h1", "Lattia", Money(9000), date(2024, 3, 1), WorkIndex.CONSTRUCTION)]), "depreciation_missing"),
        (with_company_works(NEW, [Work("w1", "Katto", Money(9000), date(2026, 3, 11))]), "work_in_future"),
        (with_loan(NEW, Money("-0.01")), "loan_negative"),
        (with_loan(NEW, Money("273333.33")), "price_not_positive"),
    ],
)
def test_what_keeps_a_price_from_being_computed_is_named(case: Case, code: str) -> None:
    with pytest.raises(HitasProblem) as caught:
        maximum_price(case)
    assert caught.value.code == code
    for language in ("fi", "sv", "en"):
        told = caught.value.message(language)
        assert told
        assert "{" not in told


def test_a_missing_index_names_the_series_and_the_month() -> None:
    with pytest.raises(HitasProblem) as caught:
        maximum_price(replace(NEW, on=date(2026, 4, 1)))
    assert caught.value.message("fi") == "Markkinahintaindeksi (2005 = 100) kuukaudelta 4/2026 puuttuu. Lataa indeksi ennen laskentaa."
    assert "(2005 = 100) of 4/2026" in caught.value.message("en")


def test_every_problem_speaks_three_languages() -> None:
    for code, text in PROBLEMS.items():
        assert set(text.as_dict()) == {"fi", "sv", "en"}, code


# Over all flats ----------------------------------------------------------------------------------------------------------


def test_a_company_is_completed_with_its_last_flat() -> None:
    flats = [Flat("1", date(2015, 6, 30)), Flat("2", date(2015, 9, 1))]
    assert company_completion(flats, HitasType.NEW_HITAS_1, ON) == date(2015, 9, 1)
    assert company_completion([*flats, Flat("3", None)], HitasType.NEW_HITAS_1, ON) is None
    assert company_completion([], HitasType.NEW_HITAS_1, ON) is None


def test_a_company_of_the_kind_rr_ignores_unfinished_flats() -> None:
    flats = [Flat("1", date(2015, 6, 30)), Flat("2", None), Flat("3", date(2027, 1, 1))]
    assert company_completion(flats, HitasType.RR_NEW_HITAS, ON) == date(2015, 6, 30)


def test_unsold_flats_count_by_the_catalogue_or_as_nothing() -> None:
    day = date(2004, 6, 15)
    flats = [
        Flat("1", day, Money(100)),
        Flat("2", day, None, Money(70)),
        Flat("3", day),
        Flat("4", date(2004, 7, 1), Money(30), Money(999)),
    ]
    assert acquisition(flats) == Money(200)
    assert realised(flats) == Money(130)
    assert same_day_acquisition(flats, day) == Money(170)


# Interest during construction --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("paid", "completed", "days"),
    [
        (date(2022, 1, 1), date(2022, 1, 1), 0),
        (date(2022, 1, 1), date(2022, 1, 2), 0),  # the day before the completion
        (date(2022, 1, 1), date(2022, 1, 3), 2),
        (date(2022, 1, 1), date(2023, 1, 1), 360),
        (date(2022, 3, 31), date(2022, 5, 1), 31),  # 1 month and −30 days, and one for the 31st
        (date(2022, 3, 31), date(2022, 5, 31), 60),
        (date(2022, 6, 1), date(2022, 5, 1), 0),
    ],
)
def test_interest_days_by_months_of_thirty(paid: date, completed: date, days: int) -> None:
    assert interest_days(paid, completed) == days


def test_each_instalment_is_rounded_to_a_whole_euro_before_the_sum() -> None:
    """By hand. 30 % × 90,000 × 6 % / 360 × 45 days = 202.50 → 203; 70 % × … × 15 days = 157.50 → 158; together 361 (not 360)."""
    parts = [Instalment(date(2026, 1, 16), Decimal(30)), Instalment(date(2026, 2, 16), Decimal(70))]
    told = construction_interest(Money(100000), Money(10000), Decimal(6), date(2026, 3, 1), parts)
    assert (told.step("1.interest").value, told.step("2.interest").value) == (money("203"), money("158"))
    assert told.result == money("361")


@pytest.mark.parametrize("percents", [[], [Decimal(0)], [Decimal(60), Decimal("40.01")]])
def test_instalments_sum_to_at_most_the_whole(percents: list[Decimal]) -> None:
    with pytest.raises(HitasProblem) as caught:
        construction_interest(
            Money(1000), Money(0), Decimal(6), date(2026, 3, 1), [Instalment(date(2026, 1, 1), part) for part in percents]
        )
    assert caught.value.code == "payment_share"


# Stored whole ------------------------------------------------------------------------------------------------------------


def test_every_run_is_stored_whole_and_read_back_equal() -> None:
    works = [Work("w1", "Putket", Money(74000), date(2020, 3, 1), WorkIndex.MARKET)]
    result = maximum_price(with_company_works(OLD, works))
    for told in (result.summary, *(run.calculation for run in result.runs)):
        assert Calculation.from_data(told.as_data()) == told


def test_steps_name_their_rows_and_roundings() -> None:
    result = maximum_price(OLD)
    construction = next(run for run in result.runs if run.basis is Basis.CONSTRUCTION).calculation
    assert construction.step("multiplier").rows[0].id == "hitas-depreciation:260"
    assert [used.id for used in construction.step("company_adjusted").rows] == [
        "hitas-index:construction-2026-3",
        "hitas-index:construction-2004-6",
    ]
    assert construction.step("assets_share").rounding == "half_up_shown"
    assert result.summary.step("highest").rounding == "half_up"
    assert {used.source for used in result.runs[0].calculation.rows if "index" in used.id.split(":")[0]} == {"invented (demo)"}
    assert [used.id for used in construction.step("interest_percent").rows] == ["hitas-term:interest-rate:"]
    assert [used.id for used in result.runs[2].calculation.step("valid_until").rows] == [
        "hitas-term:ceiling-quarter:",
        "hitas-term:ceiling-after:",
    ]
