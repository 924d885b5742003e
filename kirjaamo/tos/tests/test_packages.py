"""One change over many classes that loses nothing of what it does not name (records.md § 7.8 no. 3)."""

from __future__ import annotations

import pytest
from django.utils import timezone

from kirjaamo.kernel.errors import Refused
from kirjaamo.tos.actions import approve, load_plan
from kirjaamo.tos.difference import difference
from kirjaamo.tos.models import ClassRevision, PackageState
from kirjaamo.tos.norms import known
from kirjaamo.tos.outline import outline
from kirjaamo.tos.packages import actions as packages
from kirjaamo.tos.packages.actions import BulkChange
from kirjaamo.tos.reading import in_force
from kirjaamo.tos.tests.conftest import APPROVER, CLASSES, DRAFTER, LOADER, PROCESS, pack_of

CODES = ("90 01 04", "90 01 05", "90 01 06")


@pytest.fixture
def three(plan: None) -> list[ClassRevision]:
    """Three classes with the same process; the last has nothing that the change names."""
    del plan
    more = [{"code": code, "title": {"fi": code}, "parent": "90 01"} for code in CODES[1:]]
    plain = {**PROCESS, "node": PROCESS["node"][:1]}  # type: ignore[index]
    processes = (PROCESS, {**PROCESS, "class": CODES[1]}, {**plain, "class": CODES[2]})
    today = timezone.localdate()
    load_plan(pack_of(*CLASSES, *more, processes=processes), actor=LOADER, on=today)
    return [in_force(code, today) for code in CODES]


def test_a_bulk_change_touches_what_it_names_and_loses_nothing(three: list[ClassRevision]) -> None:
    package = packages.create("Valtakirjat 20 vuotta", actor=DRAFTER)
    change = BulkChange({"retention_years": 20}, kinds=["attachment"], rule={"retention_years": 10})
    assert packages.apply_change(package, change, three, actor=DRAFTER) == 2
    assert packages.apply_change(package, change, three, actor=DRAFTER) == 0
    packages.submit(package, actor=DRAFTER)
    done = packages.approve(package, actor=APPROVER, on=timezone.localdate())
    assert done.state == PackageState.APPROVED
    for before in three[:2]:
        after = in_force(before.code, timezone.localdate())
        found = difference(outline(before, known()), outline(after, known()))
        assert (found.facts, found.added, found.removed) == ((), (), ())
        assert [(one.after.node.code, [rule.name for rule in one.rules]) for one in found.changed] == [("mandate", ["retention_years"])]
        mandate = after.nodes.get(code="mandate")
        assert mandate.parent is not None
        assert (mandate.retention_years, mandate.parent.code) == (20, "request")
    assert in_force(three[2].code, timezone.localdate()) == three[2]


def test_a_change_on_the_class_is_inherited(three: list[ClassRevision]) -> None:
    package = packages.create("Henkilötiedot", actor=DRAFTER)
    change = BulkChange({"personal": "special"}, on_class=True)
    assert packages.apply_change(package, change, three, actor=DRAFTER) == 3
    packages.submit(package, actor=DRAFTER)
    packages.approve(package, actor=APPROVER, on=timezone.localdate())
    assert {one.personal for one in in_force(CODES[0], timezone.localdate()).nodes.filter(kind__in=("document", "attachment"))} == {
        "special"
    }


def test_a_draft_of_a_package_is_approved_with_it_and_not_by_its_maker(three: list[ClassRevision]) -> None:
    package = packages.create("Yksi", actor=DRAFTER)
    draft = packages.add(package, three[0], actor=DRAFTER)
    packages.submit(package, actor=DRAFTER)
    with pytest.raises(Refused) as caught:
        approve(draft, actor=APPROVER, on=timezone.localdate())
    assert caught.value.code == "tos.in_package"
    with pytest.raises(Refused) as caught:
        packages.approve(package, actor=DRAFTER, on=timezone.localdate())
    assert caught.value.code == "tos.another_person_approves"


def test_one_bad_draft_stops_the_whole_package_and_is_named(three: list[ClassRevision]) -> None:
    package = packages.create("Salaiset", actor=DRAFTER)
    packages.apply_change(package, BulkChange({"publicity": "secret"}, codes=["request"]), three, actor=DRAFTER)
    with pytest.raises(Refused, match="90 01 04: Tietopyyntö"):
        packages.submit(package, actor=DRAFTER)
    assert not package.revisions.filter(state="in_review").exists()
    with pytest.raises(Refused):
        packages.approve(package, actor=APPROVER, on=timezone.localdate())


def test_a_package_is_sent_back_and_discarded(three: list[ClassRevision]) -> None:
    package = packages.create("Turha", actor=DRAFTER)
    packages.add(package, three[0], actor=DRAFTER)
    packages.submit(package, actor=DRAFTER)
    packages.reject(package, actor=APPROVER, reason="Ei näin")
    assert packages.discard(package, actor=DRAFTER, reason="Luovuttiin").state == PackageState.DISCARDED
    assert not package.revisions.exists()
    assert packages.create("x", actor=DRAFTER).state == PackageState.DRAFT
    with pytest.raises(Refused):
        packages.create(" ", actor=DRAFTER)
