"""Campaigns: a longer rule of a newer revision reaches older cases only by two people; old values and reasons are kept (§ 7.3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kirjaamo.documents.models import MetadataDecision
from kirjaamo.kernel.actors import Machine
from kirjaamo.kernel.errors import Refused
from kirjaamo.organisation.roles import Role
from kirjaamo.retention.campaigns.actions import approve, propose, withdraw
from kirjaamo.retention.campaigns.reading import candidates, wanted
from kirjaamo.retention.jobs import check_clocks, spread
from kirjaamo.retention.models import Campaign, ClockKind, ClockReason, Effect
from kirjaamo.retention.tests.test_clocks import CODE, added, clock, closed, opened, plan, reopen, years_on  # noqa: F401 - a fixture
from kirjaamo.testing import make_user
from kirjaamo.tos import actions as plan_actions
from kirjaamo.tos.editing import actions as editing
from kirjaamo.tos.models import ClassRevision
from kirjaamo.tos.reading import in_force
from kirjaamo.tos.tests.conftest import APPROVER, DRAFTER

pytestmark = pytest.mark.django_db
REASON = "Laki muuttui: pyynnöt säilytetään 15 vuotta."
WRITER, OTHER = Machine("laatija"), Machine("toinen")


def second(**said: Mapping[str, object]) -> ClassRevision:
    """The next revision, with other rules of retention by the code of a document type."""
    draft = editing.draft_of(in_force(CODE, timezone.localdate()), actor=DRAFTER)
    for code, rules in said.items():
        editing.say(draft.nodes.get(code=code, kind="document"), rules, actor=DRAFTER)
    return plan_actions.approve(plan_actions.submit(draft, actor=DRAFTER), actor=APPROVER, on=timezone.localdate())


def proposed(to: ClassRevision, *effects: Effect) -> Campaign:
    chosen = {one.key for one in candidates(to) if one.effect in (effects or (Effect.LONGER, Effect.PERMANENT))}
    found = propose(to, chosen, REASON, norm="Laki 1/2026 1 §", actor=WRITER)
    assert found is not None
    return found


def test_a_longer_rule_reaches_older_cases_only_when_another_person_approves() -> None:
    case = opened()
    request = added(case, "request")
    closed(case)
    before = clock(request)
    to = second(request={"retention_years": 15})
    assert [(one.revision, one.documents) for one in wanted(timezone.localdate())] == [(to, 1)]
    campaign = proposed(to)
    assert clock(request).last_day == before.last_day
    with pytest.raises(Refused, match="ei voi hyväksyä sitä itse"):
        approve(campaign, actor=WRITER)
    done = approve(campaign, actor=OTHER)
    found = clock(request)
    assert done.has_spread
    assert (found.last_day, found.reason, found.campaign) == (years_on(timezone.localdate(), 15), ClockReason.CAMPAIGN, campaign)
    assert found.node == to.nodes.get(code="request")
    assert next((one.last_day, one.node) for one in found.before.all()) == (before.last_day, before.node)
    (decision,) = MetadataDecision.objects.filter(document=request)
    assert (decision.source, decision.reason, decision.norm, decision.by) == ("campaign", REASON, "Laki 1/2026 1 §", OTHER.actor_ref)
    assert [(value or {})["years"] for value in (decision.old, decision.new)] == [10, 15]
    assert wanted(timezone.localdate()) == []
    case.refresh_from_db()
    assert case.revision.number == 1
    assert check_clocks(0) == 0


def test_an_approved_campaign_binds_what_changes_later_too() -> None:
    case = opened()
    request = added(case, "request")
    approve(proposed(second(request={"retention_years": 15})), actor=OTHER)
    closed(case)
    assert clock(request).last_day == years_on(timezone.localdate(), 15)
    reopen(case)
    assert clock(request).state == ClockKind.WAITING


def test_a_shorter_rule_binds_older_cases_only_when_it_was_chosen() -> None:
    case = opened()
    request, note = added(case, "request"), added(case, "note", timezone.now() - dt.timedelta(days=100))
    closed(case)
    kept, longer = clock(request).last_day, clock(note).last_day
    to = second(request={"retention_years": 3}, note={"retention_years": 4})
    assert {(one.node.code, one.effect, one.usual) for one in candidates(to)} == {
        ("request", Effect.SHORTER, False),
        ("note", Effect.LONGER, True),
    }
    approve(proposed(to), actor=OTHER)
    assert clock(request).last_day == kept
    assert clock(note).last_day != longer
    approve(proposed(to, Effect.SHORTER), actor=OTHER)
    assert clock(request).last_day == years_on(timezone.localdate(), 3)


def test_a_decision_on_archiving_reaches_older_documents() -> None:
    case = opened()
    request = added(case, "request")
    to = second(request={"archiving": "archive", "archiving_decision": "AL/1/2026"})
    approve(proposed(to, Effect.ARCHIVING), actor=OTHER)
    node = clock(request).node
    assert node is not None
    assert node.archiving == "archive"


def test_the_worker_goes_on_with_many_cases(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kirjaamo.retention.campaigns.actions.BATCH", 2)
    papers = [added(opened(), "request") for _ in range(5)]
    for_good = {"retention_mode": "permanent", "retention_years": None, "retention_trigger": ""}
    campaign = approve(proposed(second(request=for_good)), actor=OTHER)
    assert (campaign.done, campaign.total, campaign.has_spread) == (2, 5, False)
    spread(0)
    campaign.refresh_from_db()
    assert campaign.has_spread
    assert {clock(paper).state for paper in papers} == {ClockKind.PERMANENT}


def test_the_preview_says_what_applying_will_say_and_withdrawing_changes_nothing() -> None:
    case = opened()
    request = added(case, "request")
    closed(case)
    to = second(request={"retention_years": 15})
    client = Client()
    client.force_login(make_user(Role.RECORDS_MANAGER))
    assert to.code in client.get(reverse("retention_campaigns")).content.decode()
    new = reverse("retention_campaign_new", args=[to.pk])
    assert "10 vuotta" in client.get(new).content.decode()
    assert client.post(new, {"reason": REASON}).status_code == 422
    assert client.post(new, {"reason": REASON, "rules": [candidates(to)[0].key]}).status_code == 302
    campaign = Campaign.objects.get()
    page = client.get(reverse("retention_campaign", args=[campaign.pk])).content.decode()
    assert f"{years_on(timezone.localdate(), 15):%-d.%-m.%Y} saakka" in page
    assert "et voi hyväksyä sitä itse" in page
    own = client.post(reverse("retention_campaign_decide", args=[campaign.pk, "hyvaksy"]))
    assert own.status_code == 422
    withdraw(campaign, note="Laki ei muuttunutkaan.", actor=OTHER)
    assert clock(request).last_day == years_on(timezone.localdate(), 10)
    second_ = Client()
    second_.force_login(make_user(Role.RECORDS_MANAGER, name="toinen"))
    client.post(new, {"reason": REASON, "rules": [candidates(to)[0].key]})
    newest = Campaign.objects.first()
    assert newest is not None
    assert second_.post(reverse("retention_campaign_decide", args=[newest.pk, "hyvaksy"])).status_code == 302
    assert clock(request).last_day == years_on(timezone.localdate(), 15)
    assert "15 vuotta" in second_.get(reverse("retention_campaign", args=[newest.pk])).content.decode()


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE retention_campaign SET state = 'approved', decided_by = drafted_by, decided_at = now() WHERE id = %s", "another_person"),
        ("UPDATE retention_campaign SET reason = 'muu' WHERE id = %s", "a_campaign_stays_as_decided"),
        ("UPDATE retention_campaign SET state = 'withdrawn' WHERE id = %s", "a_decided_campaign_tells_who_and_when"),
        ("DELETE FROM retention_campaign WHERE id = %s", "a_campaign_stays_as_decided"),
        ("DELETE FROM retention_campaignrule WHERE campaign_id = %s", "append_only"),
        (
            "INSERT INTO retention_campaignrule (campaign_id, node_id, effect, shortens) SELECT %s, min(id), 'longer', false FROM tos_node",
            "a_campaign_takes_rules_of_its_revision_until_decided",
        ),
    ],
)
def test_the_database_keeps_campaigns(statement: str, broken: str) -> None:
    added(opened(), "request")
    campaign = proposed(second(request={"retention_years": 15}))
    with pytest.raises(IntegrityError, match=broken), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [campaign.pk])
