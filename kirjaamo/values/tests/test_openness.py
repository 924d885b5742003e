"""Who may read a document at a moment: the law by examples, and what must hold over all facts."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kirjaamo.values.openness import Harm, Opening, Paper, PartyException, Reader, openness, strictest
from kirjaamo.values.public_start import PublicStart, public_start
from kirjaamo.values.publicity import ClauseType, Publicity

AT = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
OPEN = Paper(Publicity.PUBLIC, public_from=AT - HOUR)
SECRET = Paper(Publicity.SECRET, public_from=AT - HOUR, clause=ClauseType.ABSOLUTE)
moments = st.datetimes(dt.datetime(2026, 2, 27), dt.datetime(2026, 3, 3), timezones=st.just(dt.UTC))  # noqa: DTZ001 - the zone is given beside
papers = st.builds(
    Paper,
    publicity=st.sampled_from(Publicity),
    authoritys=st.booleans(),
    draft=st.booleans(),
    public_from=st.none() | moments,
    clause=st.none() | st.sampled_from(ClauseType),
    harm=st.sampled_from(Harm),
    secret_until=st.none() | st.dates(dt.date(2026, 2, 27), dt.date(2026, 3, 3)),
    confirm=st.booleans(),
    withheld=st.frozensets(st.sampled_from(PartyException)),
    case_closed_at=st.none() | moments,
    sealed_until=st.none() | moments,
)


def told(paper: Paper, reader: Reader = Reader.ANYONE, at: dt.datetime = AT) -> Opening:
    return openness(paper, reader, at).opening


@pytest.mark.parametrize(
    ("type_code", "incoming", "start"),
    [
        ("letter", True, PublicStart.RECEIVED),
        ("tender", True, PublicStart.CONTRACT),
        ("decision", False, PublicStart.SIGNED),
        ("minutes", False, PublicStart.CHECKED),
        ("budget", False, PublicStart.READY),
        ("preparation", False, PublicStart.CASE_CLOSED),
    ],
)
def test_each_kind_of_document_becomes_public_by_its_event(type_code: str, start: PublicStart, *, incoming: bool) -> None:
    assert public_start(type_code, incoming=incoming) is start
    assert ("7 §" in start.law) is (start is PublicStart.RECEIVED)


def test_what_is_held_back_waits_and_what_is_sealed_is_opened() -> None:
    assert public_start("letter", incoming=True, waits=True) is PublicStart.CASE_CLOSED
    assert public_start("letter", incoming=True, sealed=True) is PublicStart.OPENED
    assert public_start("tender", incoming=True, sealed=True) is PublicStart.CONTRACT


def test_before_its_time_of_opening_not_even_a_party_reads_it() -> None:
    paper = replace(OPEN, sealed_until=AT)
    just_before = AT - dt.timedelta(microseconds=1)
    assert [told(paper, reader, just_before) for reader in (Reader.ANYONE, Reader.PARTY)] == [Opening.NOT_YET] * 2
    assert told(paper) is Opening.WHOLE
    assert public_start("letter", incoming=True, sealed=True, waits=True) is PublicStart.CASE_CLOSED  # nobody has judged it yet


def test_it_is_public_from_the_very_moment() -> None:
    paper = replace(OPEN, public_from=AT)
    assert told(paper) is Opening.WHOLE
    assert told(paper, at=AT - dt.timedelta(microseconds=1)) is Opening.NOT_YET
    assert told(replace(OPEN, public_from=None)) is Opening.NOT_YET


def test_the_last_day_of_secrecy_is_secret_to_its_end_in_finland() -> None:
    """An income document of 1.3.2001 is secret through 1.3.2026 (24.1 § item 23, 31 §); the second of March begins at 22 in Greenwich."""
    paper = replace(SECRET, secret_until=dt.date(2026, 3, 1))
    midnight = dt.datetime(2026, 3, 1, 22, tzinfo=dt.UTC)
    assert told(paper, at=midnight - dt.timedelta(microseconds=1)) is Opening.SECRET
    assert told(paper, at=midnight) is Opening.WHOLE
    assert told(replace(paper, confirm=True), at=midnight) is Opening.CONFIRM


def test_a_clause_decides_what_a_judgement_can_do() -> None:
    harm_test = replace(SECRET, clause=ClauseType.HARM_TEST)
    presumed = replace(SECRET, clause=ClauseType.SECRECY_PRESUMPTION)
    assert told(harm_test) is Opening.JUDGE
    assert told(presumed) is Opening.SECRET
    assert [told(replace(one, harm=Harm.NONE)) for one in (harm_test, presumed, SECRET)] == [Opening.WHOLE, Opening.WHOLE, Opening.SECRET]
    assert [told(replace(one, harm=Harm.FOUND)) for one in (harm_test, presumed, SECRET)] == [Opening.SECRET] * 3


def test_the_strictest_ground_decides() -> None:
    assert strictest([ClauseType.HARM_TEST, ClauseType.ABSOLUTE, ClauseType.SECRECY_PRESUMPTION]) is ClauseType.ABSOLUTE
    assert strictest([]) is None


def test_a_party_reads_what_others_do_not_but_for_the_exceptions() -> None:
    assert told(SECRET, Reader.PARTY) is Opening.WHOLE
    assert told(replace(OPEN, public_from=None), Reader.PARTY) is Opening.WHOLE
    assert told(replace(SECRET, withheld=frozenset({PartyException.DISPUTED})), Reader.PARTY) is Opening.SECRET
    assert told(replace(SECRET, withheld=frozenset({PartyException.TENDER_SECRET})), Reader.PARTY) is Opening.PARTS  # the total price
    assert told(replace(OPEN, withheld=frozenset({PartyException.CONTACTS})), Reader.PARTY) is Opening.WHOLE  # public is public


def test_a_preparatory_memo_is_the_partys_when_the_case_has_ended() -> None:
    memo = replace(OPEN, public_from=None, withheld=frozenset({PartyException.MEMO}), case_closed_at=AT)
    assert told(memo, Reader.PARTY, AT - HOUR) is Opening.SECRET
    assert told(memo, Reader.PARTY) is Opening.WHOLE


def test_what_is_no_document_of_the_authority_is_given_to_nobody_outside() -> None:
    for reader in (Reader.ANYONE, Reader.PARTY):
        assert told(replace(OPEN, authoritys=False), reader) is Opening.NO_DOCUMENT
        assert told(replace(OPEN, draft=True), reader) is Opening.NOT_YET
    assert told(replace(OPEN, authoritys=False), Reader.OFFICIAL) is Opening.WHOLE


def test_partly_secret_is_open_in_its_public_parts() -> None:
    assert told(replace(SECRET, publicity=Publicity.PARTLY_SECRET)) is Opening.PARTS


@given(papers, moments)
def test_a_secret_never_leaves_to_anyone(paper: Paper, at: dt.datetime) -> None:
    """Whatever the facts: an absolute ground whose last day has not passed keeps the whole from everyone who is no party."""
    kept = replace(paper, publicity=Publicity.SECRET, clause=ClauseType.ABSOLUTE, secret_until=None)
    assert not openness(kept, Reader.ANYONE, at).whole
    assert not openness(replace(paper, public_from=None), Reader.ANYONE, at).whole


@given(papers, moments, moments)
def test_what_is_open_stays_open(paper: Paper, one: dt.datetime, other: dt.datetime) -> None:
    """Time alone never closes what it has opened, to anyone or to a party."""
    first, later = sorted((one, other))
    for reader in (Reader.ANYONE, Reader.PARTY):
        assert not openness(paper, reader, first).whole or openness(paper, reader, later).whole


@given(papers, moments)
def test_a_party_never_reads_less_than_anyone(paper: Paper, at: dt.datetime) -> None:
    assert not openness(paper, Reader.ANYONE, at).whole or openness(paper, Reader.PARTY, at).whole
    assert openness(paper, Reader.PARTY, at).law.startswith("JulkL 621/1999")


@pytest.mark.parametrize("kind", [Harm, Opening, PartyException, PublicStart])
def test_every_member_has_a_name_in_three_languages(kind: type[Harm | Opening | PartyException | PublicStart]) -> None:
    for member in kind:
        assert len({member.label.fi, member.label.sv, member.label.en}) == 3
