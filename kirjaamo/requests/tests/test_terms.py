"""The clocks of requests against worked examples: the last day rolls over holidays, the strict day stays beside it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from kirjaamo.kernel.errors import Refused
from kirjaamo.requests import terms
from kirjaamo.requests.kinds import KINDS

pytestmark = pytest.mark.django_db
D = dt.date.fromisoformat


def noon(day: str) -> dt.datetime:
    """Noon of a day in Finland."""
    return timezone.make_aware(dt.datetime.fromisoformat(f"{day}T12:00"))


@pytest.mark.parametrize(
    ("received", "two_weeks", "month"),
    [
        ("2026-04-02", "2026-04-16", "2026-05-04"),
        ("2026-06-05", "2026-06-22", "2026-07-06"),
        ("2025-12-10", "2025-12-29", "2026-01-12"),
        ("2026-01-31", "2026-02-16", "2026-03-02"),
        ("2026-12-11", "2026-12-28", "2027-01-11"),
    ],
)
def test_two_weeks_and_a_month_as_finnish_law_counts_them(received: str, two_weeks: str, month: str) -> None:
    assert terms.first("document", "", noon(received)).legal_last_day == D(two_weeks)
    assert terms.first("own_data", "", noon(received)).legal_last_day == D(month)
    longer = terms.longer("document", "julkl-14-ordinary", noon(received), "many_documents", noon(received))
    assert longer.legal_last_day == D(month)


def test_a_request_near_midnight_belongs_to_the_finnish_day() -> None:
    just_before = dt.datetime(2026, 3, 9, 21, 59, tzinfo=dt.UTC)
    assert terms.first("document", "", just_before).strict_due == D("2026-03-23")
    assert terms.first("document", "", just_before + dt.timedelta(minutes=2)).strict_due == D("2026-03-24")


def test_the_two_further_months_of_own_data_run_on_from_the_first() -> None:
    longer = terms.longer("own_data", "gdpr-12-3", noon("2026-03-10"), "complex", noon("2026-04-01"))
    assert longer.strict_due == D("2026-06-10")
    assert longer.extends is not None
    assert longer.extends.strict_due == D("2026-04-10")


def test_an_extension_of_own_data_after_its_month_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        terms.longer("own_data", "gdpr-12-3", noon("2026-03-10"), "complex", noon("2026-04-11"))
    assert refused.value.code == "requests.extension_late"
    assert "12 art." in refused.value.section


@pytest.mark.parametrize("kind", list(KINDS))
def test_only_the_reasons_of_the_law_extend(kind: str) -> None:
    facts = KINDS[kind]
    for reason in ("busy", "", *({"complex", "secret_parts"} - set(facts.reasons))):
        with pytest.raises(Refused):
            terms.longer(kind, facts.term, noon("2026-03-10"), reason, noon("2026-03-11"))
    for reason in facts.reasons:
        longer = terms.longer(kind, facts.term, noon("2026-03-10"), reason, noon("2026-03-11"))
        assert longer.strict_due > terms.first(kind, "", noon("2026-03-10")).strict_due


def test_log_data_of_social_and_health_care_has_two_months_and_no_more() -> None:
    assert terms.first("log_data", "social_health", noon("2026-03-10")).strict_due == D("2026-05-10")
    assert terms.first("log_data", "urban", noon("2026-03-10")).strict_due == D("2026-04-10")
    with pytest.raises(Refused):
        terms.longer("log_data", "social-log", noon("2026-03-10"), "complex", noon("2026-03-11"))


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_date_is_explained_in_three_languages(kind: str) -> None:
    data = terms.as_data(terms.first(kind, "", noon("2026-06-05")))
    for day, sentence, section in terms.told_steps(data):
        assert day is not None
        assert set(sentence) == {"fi", "sv", "en"}
        assert all(sentence.values())
        assert "{" not in "".join(sentence.values())
        assert section or sentence
    assert any("14 §" in section or "12" in section for _day, _sentence, section in terms.told_steps(data))
