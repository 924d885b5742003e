"""Who is told of what: a task, a case handed over, an answer, an arrival, a day that comes near. Nobody of their own act."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.utils import timezone

from kirjaamo.cases import actions
from kirjaamo.cases.actions.deadlines import DAYS_BEFORE, remind
from kirjaamo.cases.models import EnquiryKind
from kirjaamo.cases.tests import made
from kirjaamo.documents.models import Way
from kirjaamo.notices.models import Mail, Notice, NoticeKind
from kirjaamo.organisation.models import User
from kirjaamo.organisation.roles import Role
from kirjaamo.testing import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("helsinki")]


def told(user: User) -> list[str]:
    """The kinds of what a person was told, in order."""
    return list(Notice.objects.filter(user=user).order_by("id").values_list("kind", flat=True))


@pytest.fixture
def other() -> User:
    """A colleague."""
    return make_user(Role.HANDLER, unit="kirjaamo", name="Toinen")


def test_a_task_and_a_case_that_are_given_are_told_of_and_ones_own_are_not(handler: User, other: User) -> None:
    case = made.open_case()
    actions.assign(case, kind="other", title={"fi": "Selvitä"}, unit=case.unit, user=other, actor=handler)
    actions.assign(case, kind="other", title={"fi": "Oma"}, unit=case.unit, user=handler, actor=handler)
    actions.hand_over(case, unit=case.unit, user=other, note="", actor=handler)
    assert told(other) == [NoticeKind.TASK, NoticeKind.CASE]
    assert told(handler) == []
    assert {row.about for row in Notice.objects.all()} == {case.identifier}


def test_an_answer_is_told_to_the_handler(handler: User, other: User) -> None:
    case = made.open_case()
    actions.take(case, user=other, actor=other)
    due = timezone.localdate() + dt.timedelta(days=14)
    question = actions.Question(EnquiryKind.STATEMENT, "Lausunto meluaidasta, kiitos.", due, Way.POST, recipient="Väylävirasto")
    enquiry = actions.enquire(case, question, actor=other, key=uuid.uuid4())
    assert enquiry is not None
    actions.answered(enquiry, note="", actor=handler)
    assert told(other) == [NoticeKind.ANSWER]


def test_a_day_that_comes_near_is_told_once_to_whose_work_it_is(handler: User, other: User) -> None:
    """Of a case to its handler, of a task to who has it; again the same morning nobody, and no e-mail says what it is about."""
    due = timezone.localdate() + dt.timedelta(days=DAYS_BEFORE)
    case = made.open_case(title="Hyvin salainen nimike", due_on=due, handler=handler)
    actions.assign(case, kind="other", title={"fi": "Selvitä"}, unit=case.unit, user=other, due_on=due, actor=handler)
    made.open_case(due_on=due + dt.timedelta(days=1), handler=handler)
    assert remind(timezone.localdate(), actor=made.MACHINE) == 2
    assert remind(timezone.localdate(), actor=made.MACHINE) == 0
    assert (told(handler), told(other)) == ([NoticeKind.DEADLINE], [NoticeKind.TASK, NoticeKind.DEADLINE])
    assert not any("salainen" in f"{row.about}{row.url}" for row in Notice.objects.all())
    assert set(Mail.objects.values_list("about", flat=True)) <= {""}
