"""Dates, sums and figures are written as each language writes them; long words get places to break."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from kirjaamo.ui import charts, wording
from kirjaamo.ui.languages import pick
from kirjaamo.ui.parts import Chart, Deadline, Pager, Series, sort_of
from kirjaamo.values.calculation import Workings
from kirjaamo.values.calendar import FinnishCalendar
from kirjaamo.values.deadline_rules import DeadlineRule, Unit
from kirjaamo.values.deadlines import count
from kirjaamo.values.language import Text3
from kirjaamo.values.money import Money


def shown(code: str, **values: Any) -> str:
    return Template("{% load ui %}" + code).render(Context(values))


# 12.30 in world time is 14.30 in Helsinki in winter; 22.30 on the last of May is already June there.
@pytest.mark.parametrize(
    ("moment", "language", "text"),
    [
        (datetime(2026, 11, 22, 12, 30, tzinfo=UTC), "fi", "22.11.2026 klo\u00a014.30"),
        (datetime(2026, 11, 22, 12, 30, tzinfo=UTC), "sv", "22.11.2026 kl.\u00a014.30"),
        (datetime(2026, 11, 22, 12, 30, tzinfo=UTC), "en", "22 November 2026 at\u00a014:30"),
        (datetime(2026, 5, 31, 22, 5, tzinfo=UTC), "fi", "1.6.2026 klo\u00a01.05"),
    ],
)
def test_a_moment_is_written_in_the_time_of_the_authority(moment: datetime, language: str, text: str) -> None:
    with translation.override(language):
        assert shown("{{ at|date_fi }}", at=moment) == text


def test_the_styles_of_a_day() -> None:
    day = date(2026, 12, 6)
    assert (
        shown("{{ on|date_fi }} {{ on|date_fi:'long' }} {{ on|date_fi:'iso' }}", on=day)
        == "6.12.2026 sunnuntai 6. joulukuuta 2026 2026-12-06"
    )
    assert shown("{% when on %}", on=day) == '<time datetime="2026-12-06">6.12.2026</time>'
    assert shown("{{ nothing|date_fi }}{% when nothing %}", nothing=None) == "–"


@pytest.mark.parametrize(
    ("value", "fi", "en"),
    [
        (Decimal("1234.5"), "1\u00a0234,50\u00a0€", "€1,234.50"),
        (Decimal("-0.005"), "\u22120,01\u00a0€", "\u2212€0.01"),
        (0, "0,00\u00a0€", "€0.00"),
        (Money("12345678.90"), "12\u00a0345\u00a0678,90\u00a0€", "€12,345,678.90"),
        (None, "", ""),
    ],
)
def test_a_sum_of_euros(value: Any, fi: str, en: str) -> None:
    assert wording.euro(value) == fi
    with translation.override("en"):
        assert wording.euro(value) == en


@pytest.mark.parametrize(
    ("value", "text"), [(1204, "1\u00a0204"), (0.1, "0,1"), ("31 kpl", "31 kpl"), (float("nan"), "nan"), (-3, "\u22123")]
)
def test_a_figure(value: Any, text: str) -> None:
    assert wording.figure(value) == text


def test_a_language_is_picked_and_named_when_it_is_another() -> None:
    both = {"fi": "Päätös", "sv": "Beslut"}
    assert pick(both, "sv") == ("Beslut", "")
    assert pick(both, "en") == ("Päätös", "fi")
    assert pick(Text3("", "Beslut"), "fi") == ("Beslut", "sv")
    assert pick({}, "fi") == pick(None) == ("", "")
    with translation.override("en"):
        assert shown("{% text3 t %}|{{ t|tr }}", t={"fi": "<i>"}) == '<span lang="fi">&lt;i&gt;</span>|&lt;i&gt;'


def test_values_of_every_kind_are_shown() -> None:
    assert shown("{% shown v %}", v=None) == '<span class="nothing">–</span>'
    assert shown("{% shown v %}", v=False) == "Ei"
    assert shown("{% shown v %}", v=0) == "0"
    assert shown("{% shown v %}", v=["<a>", Money("3")]) == '<ul class="plain"><li>&lt;a&gt;</li><li>3,00\u00a0€</li></ul>'


def test_long_words_may_be_divided_and_short_ones_stay() -> None:
    word = "Asumisoikeusrekisteriseloste"
    softened = wording.soften(f"{word} rakennuslupa")
    assert softened.replace("\u00ad", "") == f"{word} rakennuslupa"
    pieces = softened.split()[0].split("\u00ad")
    assert len(pieces) > 3
    assert len(pieces[0]) >= 4
    assert all(piece[0] in "bcdfghjklmnpqrstvwxz" for piece in pieces[1:])
    assert softened.split()[1] == "rakennuslupa"


def test_an_unknown_tone_is_neutral_and_hostile_tones_do_nothing() -> None:
    html = shown("{% badge 'x' tone %}", tone='"><script>')
    assert "script" not in html
    assert "tone-neutral" in html


def test_block_tags_keep_what_is_escaped() -> None:
    html = shown(
        "{% notice 'warning' title=t %}{{ t }}{% endnotice %}{% card title=t %}{{ t }}{% endcard %}{% details t %}{{ t }}{% enddetails %}",
        t="<b>",
    )
    assert "<b>" not in html
    assert html.count("&lt;b&gt;") == 6


@pytest.mark.parametrize(
    ("largest", "top", "step"), [(0, 1, 1), (3, 3, 1), (9, 10, 2.5), (232, 300, 100), (0.07, 0.08, 0.02), (1_000_000, 1_000_000, 250_000)]
)
def test_the_scale_of_a_chart_is_round_and_holds_all(largest: float, top: float, step: float) -> None:
    assert charts.scale_top(largest) == pytest.approx((top, step))


def test_a_chart_shows_every_figure_in_its_table_and_a_gap_as_a_gap() -> None:
    drawing = charts.draw(Chart("T", ["a", "b", "c"], [Series("S", [1, None, -2.5])], "line", decimals=1))
    assert drawing.rows == [("a", ["1,0"]), ("b", ["–"]), ("c", ["\u22122,5"])]
    assert drawing.lines[0][1].path.count("M") == 2
    with translation.override("fi"):
        assert "," not in "".join(tick.at for tick in drawing.grid), "a comma would break the drawing"


def test_a_chart_that_would_mislead_is_refused() -> None:
    with pytest.raises(ValueError, match="at most 3"):
        charts.draw(Chart("T", ["a"], [Series(str(n), [1]) for n in range(4)]))
    with pytest.raises(ValueError, match="for each label"):
        charts.draw(Chart("T", ["a", "b"], [Series("S", [1])]))


def test_sorting_is_taken_from_the_address_only_when_allowed() -> None:
    def asked(text: str) -> str:
        return sort_of(RequestFactory().get("/", {"sort": text}), ["due", "name"], "due")

    assert [asked(text) for text in ("name", "-name", "--name", "password", "", "-")] == ["name", "-name", "due", "due", "due", "due"]


def test_paging_keeps_the_filters_and_turns_one_way_at_a_time() -> None:
    request = RequestFactory().get("/lista/", {"q": "hitas", "after": "old"})
    pager = Pager.make(request, before="b&1", after="c")
    assert pager.previous_url == "/lista/?q=hitas&before=b%261"
    assert pager.next_url == "/lista/?q=hitas&after=c"
    assert Pager.make(request).next_url == ""


def test_a_counted_deadline_becomes_a_card_with_its_steps() -> None:

    rule = DeadlineRule("answer", 2, Unit.WEEKS, "JulkL 621/1999 § 14")
    counted = count(rule, date(2026, 11, 22), FinnishCalendar())
    card = Deadline.of("Vastaus", counted)
    html = Template("{% include 'ui/deadline.html' with deadline=card only %}").render(Context({"card": card}))
    assert wording.day(counted.legal_last_day) in html
    assert html.count("<li>") == len(counted.steps) > 0


@pytest.mark.parametrize(
    ("code", "language", "text"),
    [
        ("half_up", "fi", "Pyöristetty lähimpään, puolikas ylöspäin"),
        ("half_up_shown", "en", "Shown to the cent, computed without rounding"),
        ("0,01 ↑", "sv", "Avrundning: 0,01 ↑"),
    ],
)
def test_a_calculation_says_how_each_step_was_rounded(code: str, language: str, text: str) -> None:
    work = Workings("Laskelma")
    work.step("plain", "Ilman pyöristystä", 1)
    work.step("rounded", "Pyöristetty", Money("1.00"), rounding=code)
    with translation.override(language):
        page = Template('{% include "ui/calculation.html" %}').render(Context({"calculation": work.result(Money("1.00"))}))
    assert page.count(text) == 1
