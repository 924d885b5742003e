"""Parties: codes that only open with a trace, contacts that non-disclosure hides, mandates, and merging without loss."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from kirjaamo.cases.actions import NewParty
from kirjaamo.cases.models import CaseParty, PartyRole
from kirjaamo.cases.tests.made import open_case
from kirjaamo.kernel.actors import Machine
from kirjaamo.kernel.errors import Refused
from kirjaamo.kernel.models import JournalEntry
from kirjaamo.subjects import actions
from kirjaamo.subjects.duplicates import alike, proposals
from kirjaamo.subjects.models import MandateKind, Subject, SubjectKind
from kirjaamo.values.personal_id import PersonalId

pytestmark = pytest.mark.django_db
MACHINE = Machine("test")
DAY = dt.date(2026, 11, 27)
AINO, EINO = PersonalId.parse("010100A900F"), PersonalId.parse("150594Y9022")


def person(name: str = "Aino Esimerkki", **facts: Any) -> Subject:
    """An invented person."""
    return actions.add_subject(name, actor=MACHINE, **facts)


def mandate(kind: MandateKind = MandateKind.AGENT, **facts: Any) -> actions.NewMandate:
    """A mandate from today."""
    return actions.NewMandate(kind, "Rakennuslupa-asia", DAY, "Valtakirja nähty", **facts)


def test_a_code_is_one_person_and_is_in_no_column_as_it_is() -> None:
    aino = person(personal_id=AINO)
    assert person("Aino E.", personal_id=AINO).pk == aino.pk
    row = Subject.objects.values().get(pk=aino.pk)
    assert not [value for value in row.values() if "010100A900F" in str(value)]


def test_opening_a_code_needs_a_purpose_and_leaves_a_trace() -> None:
    aino = person(personal_id=AINO)
    with pytest.raises(Refused) as refused:
        actions.open_personal_id(aino, purpose=" ", actor=MACHINE)
    assert refused.value.field == "purpose"
    code = actions.open_personal_id(aino, purpose="Tunnistaminen", actor=MACHINE)
    assert code == AINO
    entry = JournalEntry.objects.latest("id")
    assert (entry.action, entry.salt.reason) == ("subjects.open_personal_id", "Tunnistaminen")
    assert entry.body["writes"][0]["verb"] == "read_personal_id"


def test_non_disclosure_hides_contacts_wherever_they_are_read() -> None:
    aino = person(email="a@example.org", telephone="1", address="Katu 1", municipality="Helsinki")
    assert aino.address == "Katu 1"
    actions.set_non_disclosure(aino, on=True, until=dt.date(2031, 1, 1), reason="DVV:n tieto", actor=MACHINE)
    again = Subject.objects.get(pk=aino.pk)
    assert [again.email, again.telephone, again.address, again.municipality] == [""] * 4
    plain = again.plain()
    assert plain["safety_non_disclosure"] is True
    assert not {"a@example.org", "1", "Katu 1", "Helsinki"} & {str(value) for value in plain.values()}
    assert actions.open_contacts(again, purpose="Päätöksen tiedoksianto", actor=MACHINE)["address"] == "Katu 1"
    assert JournalEntry.objects.latest("id").body["writes"][0]["verb"] == "read_contacts"


def test_putting_non_disclosure_on_needs_a_reason() -> None:
    with pytest.raises(Refused):
        actions.set_non_disclosure(person(), on=True, reason="", actor=MACHINE)


def test_a_code_of_another_party_is_refused_with_what_to_do() -> None:
    person(personal_id=AINO)
    with pytest.raises(Refused) as refused:
        actions.identify(person("Aino Toinen"), AINO, actor=MACHINE)
    assert "Yhdistä" in str(refused.value)


def test_a_mandate_tells_what_from_when_to_when_and_ends() -> None:
    given = actions.give_mandate(person(), person("Eino"), mandate(valid_to=dt.date(2027, 1, 1)), actor=MACHINE)
    assert [given.holds_on(day) for day in (dt.date(2026, 11, 26), DAY, dt.date(2027, 1, 2))] == [False, True, False]
    actions.end_mandate(given, on=DAY, reason="Peruutettu", actor=MACHINE)
    assert not given.holds_on(dt.date(2026, 11, 28))
    with pytest.raises(Refused):
        actions.end_mandate(given, on=DAY, reason="Peruutettu", actor=MACHINE)


@pytest.mark.parametrize(
    ("principal", "kind", "fits"),
    [
        (SubjectKind.ESTATE, MandateKind.ESTATE_CONTACT, True),
        (SubjectKind.ESTATE, MandateKind.AGENT, True),
        (SubjectKind.ESTATE, MandateKind.GUARDIAN, False),
        (SubjectKind.PERSON, MandateKind.ESTATE_CONTACT, False),
        (SubjectKind.PERSON, MandateKind.GUARDIAN, True),
        (SubjectKind.PERSON, MandateKind.CUSTODIAN, False),
    ],
)
def test_a_mandate_fits_its_principal(principal: SubjectKind, kind: MandateKind, fits: bool) -> None:
    one = actions.add_subject("Päämies", actor=MACHINE, kind=principal)
    if fits:
        assert actions.give_mandate(one, person(), mandate(kind), actor=MACHINE).pk
        return
    with pytest.raises(Refused):
        actions.give_mandate(one, person(), mandate(kind), actor=MACHINE)


def test_a_custodian_is_a_childs() -> None:
    child = person("Lapsi", birth_date=dt.date(2015, 5, 1))
    assert actions.give_mandate(child, person(), mandate(MandateKind.CUSTODIAN), actor=MACHINE).pk
    with pytest.raises(Refused):
        actions.give_mandate(
            child, person(), actions.NewMandate(MandateKind.CUSTODIAN, "Kaikki", dt.date(2033, 5, 1), "VTJ"), actor=MACHINE
        )


def test_an_estate_is_of_a_deceased_and_only_an_estate_is() -> None:
    deceased = person(death_date=DAY)
    estate = actions.add_subject("Aino Esimerkin kuolinpesä", actor=MACHINE, kind=SubjectKind.ESTATE, deceased=deceased)
    assert deceased.estates.get() == estate
    with pytest.raises(IntegrityError), transaction.atomic():
        person("Elävä", deceased=deceased)


def in_case(subject: Subject, role: PartyRole = PartyRole.INITIATOR) -> Any:
    """A case that a subject brought up."""
    return open_case(
        parties=[NewParty(role, subject)] if role == PartyRole.INITIATOR else [NewParty(PartyRole.INITIATOR), NewParty(role, subject)]
    )


def test_merging_moves_what_referred_and_keeps_the_other_row_as_a_pointer() -> None:
    kept, gone = person(email="a@example.org"), person("Aino Esimerki", personal_id=AINO, address="Katu 1", safety_non_disclosure=True)
    case = in_case(gone)
    estate = actions.add_subject("Pesä", actor=MACHINE, kind=SubjectKind.ESTATE, deceased=gone)
    actions.merge(kept, gone, reason="Sama henkilö, tarkistettu", actor=MACHINE)
    kept.refresh_from_db()
    gone.refresh_from_db()
    assert case.parties.get().subject_id == kept.pk
    assert Subject.objects.get(pk=estate.pk).deceased_id == kept.pk
    assert (gone.merged_into_id, gone.name, gone.known_address) == (kept.pk, "Aino Esimerki", "Katu 1")
    assert (kept.known_email, kept.known_address, kept.safety_non_disclosure) == ("a@example.org", "Katu 1", True)
    assert Subject.by_personal_id(AINO) == kept


def test_a_place_that_the_kept_one_already_has_stays_and_finds_its_way() -> None:
    kept, gone = person(), person("Aino E")
    case = open_case(parties=[NewParty(PartyRole.INITIATOR, kept), NewParty(PartyRole.INITIATOR, gone)])
    actions.merge(kept, gone, reason="Sama", actor=MACHINE)
    rows = CaseParty.objects.filter(case=case).select_related("subject__merged_into")
    assert {row.subject.current.pk for row in rows if row.subject} == {kept.pk}
    assert rows.count() == 2


def test_a_merge_is_undone_wholly() -> None:
    kept, gone = person(), person("Aino E", personal_id=AINO, email="x@example.org")
    case = in_case(gone)
    done = actions.merge(kept, gone, reason="Sama", actor=MACHINE)
    actions.undo_merge(done, reason="Olivat eri henkilöitä", actor=MACHINE)
    kept.refresh_from_db()
    gone.refresh_from_db()
    assert case.parties.get().subject_id == gone.pk
    assert (kept.known_email, kept.personal_id_hash, kept.birth_date) == ("", None, None)
    assert (gone.merged_into_id, gone.personal_id()) == (None, AINO)
    with pytest.raises(Refused):
        actions.undo_merge(done, reason="uudelleen", actor=MACHINE)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"personal_id": AINO}, {"personal_id": EINO}),
        ({"kind": SubjectKind.ORGANISATION, "business_id": "0201256-6"}, {"kind": SubjectKind.ORGANISATION, "business_id": "0112038-9"}),
        ({"birth_date": dt.date(2000, 1, 1)}, {"birth_date": dt.date(2000, 1, 2)}),
        ({}, {"kind": SubjectKind.ORGANISATION}),
    ],
)
def test_two_different_parties_are_not_merged(one: dict[str, Any], other: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        actions.merge(person("A", **one), person("B", **other), reason="Sama", actor=MACHINE)


def test_likely_duplicates_are_proposed_and_siblings_are_not() -> None:
    born = dt.date(1988, 2, 3)
    one, other = person("Aino Virtanen", birth_date=born), person("Wirtanen Aino", birth_date=born)
    twin = person("Eero Virtanen", birth_date=born)
    firms = [person(name, kind=SubjectKind.ORGANISATION, business_id="0201256-6") for name in ("Firma Oy", "Oy Firma Ab")]
    pairs = [{proposal.one.pk, proposal.other.pk} for proposal in proposals()]
    assert {one.pk, other.pk} in pairs
    assert {firm.pk for firm in firms} in pairs
    assert not [pair for pair in pairs if twin.pk in pair]
    actions.merge(one, other, reason="Sama", actor=MACHINE)
    assert {one.pk, other.pk} not in [{proposal.one.pk, proposal.other.pk} for proposal in proposals()]


def test_names_are_alike_in_any_order() -> None:
    assert alike("virtanen aino", "aino virtanen")
    assert not alike("virtanen aino", "korhonen aino")
