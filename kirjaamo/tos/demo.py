"""Invented work on the plan of the demo city: a draft that waits for approval, and one under way in a change package."""

from __future__ import annotations

from collections.abc import Callable

from django.utils import timezone

from kirjaamo.kernel.actors import Machine
from kirjaamo.tos.actions import comment, submit
from kirjaamo.tos.editing import actions as editing
from kirjaamo.tos.models import ClassRevision, NodeKind
from kirjaamo.tos.packages import actions as packages
from kirjaamo.tos.packages.actions import BulkChange

DRAFTER = Machine("demo")
GRANTS, PARKING = "02 05 01 00", "08 03 01"


def make(report: Callable[[int, int, str], None]) -> None:
    """Make a draft in review for a records manager to approve, and a package over the classes of parking."""
    in_force = ClassRevision.objects.in_force(timezone.localdate())
    grants = in_force.filter(code=GRANTS).first()
    if grants is not None:
        _grants(grants)
    report(1, 2, "plan")
    parking = list(in_force.filter(code__startswith=PARKING, nodes__isnull=False).distinct())
    if parking:
        package = packages.create("Pysäköinnin asiakirjat kuudesta vuodesta seitsemään", actor=DRAFTER, note="Keksitty esimerkki.")
        change = BulkChange({"retention_years": 7}, rule={"retention_years": 6}, on_class=True)
        packages.apply_change(package, change, parking, actor=DRAFTER)
    report(2, 2, "plan")


def _grants(held: ClassRevision) -> None:
    draft = editing.draft_of(held, actor=DRAFTER)
    stage = draft.nodes.filter(kind=NodeKind.STAGE, code="monitoring").first()
    visit = editing.add_node(
        draft,
        NodeKind.DOCUMENT,
        {"fi": "Tarkastuskäynnin muistio", "sv": "Promemoria över inspektionsbesök", "en": "Memorandum of an audit visit"},
        parent=stage,
        code="audit_visit",
        type_code="memorandum",
        actor=DRAFTER,
    )
    editing.say(visit, {"publicity": "partly_secret", "grounds": ["JulkL-24-1-15"]}, actor=DRAFTER)
    comment(draft, "Keksitty esimerkki: riittääkö kymmenen vuotta muistiolle?", actor=DRAFTER, node_key=visit.key)
    submit(draft, actor=DRAFTER, note="Avustuksen käytön tarkastuksesta tehdään muistio.")
