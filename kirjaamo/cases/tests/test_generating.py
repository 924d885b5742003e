"""A generated city is one that the register itself would accept, and the same number makes the same city."""

from __future__ import annotations

import pytest
from django.db import connection
from django.utils import timezone

from kirjaamo.cases.actions.generating import PAPERS, generate_cases, setting_of
from kirjaamo.cases.models import Case, CaseParty
from kirjaamo.kernel.actors import Machine
from kirjaamo.kernel.finding import Question, ask

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("helsinki")]
MAKER = Machine("test")


def test_generated_cases_keep_every_constraint_and_are_found() -> None:
    made = generate_cases(setting_of(1, timezone.localdate()), 40, actor=MAKER)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert made == Case.objects.count() == 40
    assert CaseParty.objects.filter(role="initiator").count() == 40
    assert all(case.case_documents.count() == PAPERS for case in Case.objects.all())
    assert len({case.revision_id for case in Case.objects.all()}) > 10
    word = Case.objects.earliest("id").title.split(",")[0]
    assert ask(Question(word), MAKER, timezone.now()).total


def test_the_same_number_makes_the_same_city() -> None:
    titles = []
    for _ in range(2):
        generate_cases(setting_of(7, timezone.localdate()), 10, actor=MAKER)
        titles.append(list(Case.objects.order_by("-id").values_list("title", flat=True)[:10]))
    assert titles[0] == titles[1]
