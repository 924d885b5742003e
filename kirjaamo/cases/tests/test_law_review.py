"""A change of law in the plan puts the documents of older cases on a worklist; each keeps what it has until a person decides."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kirjaamo.cases.models import Case
from kirjaamo.cases.tests import made
from kirjaamo.documents.models import Document, MetadataDecision
from kirjaamo.kernel.actions import action
from kirjaamo.kernel.actors import Machine
from kirjaamo.organisation.models import User
from kirjaamo.organisation.roles import Role
from kirjaamo.testing import make_user
from kirjaamo.tos import actions as plan_actions
from kirjaamo.tos.editing import actions as editing
from kirjaamo.tos.models import ClassRevision, NodeKind
from kirjaamo.tos.reading import in_force, node

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("helsinki")]
DRAFTER, APPROVER = Machine("laatija"), Machine("hyväksyjä")
SECRET: Mapping[str, object] = {
    "publicity": "secret", "grounds": ["JulkL-24-1-32"], "secrecy_end": "years", "secrecy_years": 25, "secrecy_start": "document_date",
}  # fmt: skip


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def by_plan(case: Case, handler: User) -> Document:
    """A document of the plan's type that has what the plan says."""
    rule = node(case.revision, NodeKind.DOCUMENT, "request")
    document = made.add_document(case, made.draft("Pyyntö"), handler)
    assert isinstance(document, Document)
    told = {"publicity": rule.publicity, "grounds": rule.grounds, "personal": rule.personal, "secrecy_end": rule.secrecy_end}
    with_type = {"node_key": rule.key, "type_code": rule.code}
    return typed(document, told | with_type)


def typed(document: Document, values: Mapping[str, object]) -> Document:
    @action("Aseta", needs="documents.write")
    def put(*, actor: Machine) -> None:
        del actor
        for name, value in values.items():
            setattr(document, name, value)
        document.save(update_fields=list(values))

    put(actor=made.MACHINE)
    return document


def revised(*, law_change: bool) -> ClassRevision:
    """The next revision: the request is secret."""
    draft = editing.draft_of(in_force(made.REQUEST_CLASS, timezone.localdate()), actor=DRAFTER)
    editing.say(draft.nodes.get(code="request", kind="document"), SECRET, actor=DRAFTER)
    if law_change:
        editing.edit_class(draft, {"law_change": True}, actor=DRAFTER)
    return plan_actions.approve(plan_actions.submit(draft, actor=DRAFTER), actor=APPROVER, on=timezone.localdate())


def test_a_change_of_law_puts_older_documents_on_the_worklist_until_each_is_decided(handler: User) -> None:
    case = made.open_case()
    taken, kept = by_plan(case, handler), by_plan(case, handler)
    client = signed_in(handler)
    assert "Mikään ei odota" in client.get(reverse("law_changes")).content.decode()
    revised(law_change=True)
    page = client.get(reverse("law_changes")).content.decode()
    assert page.count(case.identifier) == 2
    taken.refresh_from_db()
    assert taken.publicity != "secret"  # nothing changes by itself

    first, second = (reverse("law_review", args=[case.case_documents.get(document=one).pk]) for one in (taken, kept))
    assert "→ Salassa pidettävä" in client.get(first).content.decode()
    assert client.post(first, {"takes": "yes", "reason": ""}).status_code == 200
    assert client.post(first, {"takes": "yes", "reason": "Laki 1/2026"}).status_code == 302
    assert client.post(second, {"takes": "no", "reason": "Koskee vain uusia pyyntöjä"}).status_code == 302
    taken.refresh_from_db()
    kept.refresh_from_db()
    assert (taken.publicity, taken.grounds) == ("secret", ["JulkL-24-1-32"])
    assert kept.publicity != "secret"
    assert {row.reason for row in MetadataDecision.objects.filter(source="law")} == {"Laki 1/2026", "Koskee vain uusia pyyntöjä"}
    assert "Mikään ei odota" in client.get(reverse("law_changes")).content.decode()
    assert client.get(first).status_code == 404


def test_another_change_of_the_plan_puts_nothing_on_the_worklist(handler: User) -> None:
    by_plan(made.open_case(), handler)
    revised(law_change=False)
    assert "Mikään ei odota" in signed_in(handler).get(reverse("law_changes")).content.decode()


def test_who_only_reads_cases_decides_nothing(handler: User) -> None:
    case = made.open_case()
    document = by_plan(case, handler)
    revised(law_change=True)
    url = reverse("law_review", args=[case.case_documents.get(document=document).pk])
    assert signed_in(make_user(Role.RECORDS_MANAGER)).get(url).status_code == 403


def test_the_report_of_the_plan_tells_overrides_by_rule(handler: User) -> None:
    case = made.open_case()
    typed(by_plan(case, handler), {"personal": "special"})
    page = signed_in(make_user(Role.RECORDS_MANAGER)).get(reverse("plan_reports")).content.decode()
    assert "Henkilötietoluonne" in page
