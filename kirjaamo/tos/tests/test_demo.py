"""The demo's own work on the plan: something to approve, something under way."""

from __future__ import annotations

import pytest
from django.utils import timezone

from kirjaamo.tos import demo
from kirjaamo.tos.actions import approve
from kirjaamo.tos.models import ClassRevision, Package, RevisionState
from kirjaamo.tos.packages import actions as packages
from kirjaamo.tos.tests.conftest import APPROVER


@pytest.mark.django_db
def test_the_demo_leaves_a_draft_that_a_records_manager_can_approve_and_a_package_that_is_sound() -> None:
    told: list[tuple[int, int, str]] = []
    demo.make(lambda *step: told.append(step))
    assert told[-1] == (2, 2, "plan")
    waiting = ClassRevision.objects.get(state=RevisionState.IN_REVIEW)
    done = approve(waiting, actor=APPROVER, on=timezone.localdate())
    assert done.nodes.get(code="audit_visit").secrecy_end == "years"
    package = Package.objects.get()
    packages.submit(package, actor=demo.DRAFTER)
    packages.approve(package, actor=APPROVER, on=timezone.localdate())
    years = {node.retention_years for one in package.revisions.all() for node in one.nodes.filter(kind="document")}
    assert 7 in years
    assert 6 not in years
