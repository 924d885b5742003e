"""Working a case: who may, who waits for whom, what blocks its end, and that nobody's work is lost."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from kirjaamo.cases import actions
from kirjaamo.cases.models import Case, CaseEvent, CaseLink, CaseState, Deputy, Enquiry, EnquiryKind, Task, TaskState
from kirjaamo.cases.tests import made
from kirjaamo.documents.models import Document, Way
from kirjaamo.kernel.errors import Conflict, Refused
from kirjaamo.norms.models import ProcedureGround
from kirjaamo.organisation.models import Unit, User
from kirjaamo.organisation.roles import Role
from kirjaamo.testing import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("helsinki")]
SOON = timezone.localdate() + dt.timedelta(days=14)


def browser(user: User) -> Client:
    """A browser in which someone is signed in."""
    client = Client()
    client.force_login(user)
    return client


def colleague(name: str = "toinen", unit: str = "kulttuurin-ja-vapaa-ajan-toimiala") -> User:
    """Another handler."""
    return make_user(Role.HANDLER, unit=unit, name=name)


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of a form as a browser would send them."""
    fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)
    return {name: value for name, value in fields if name != "csrfmiddlewaretoken"}


def ask(case: Case, actor: User, kind: EnquiryKind = EnquiryKind.HEARING, due_on: dt.date = SOON) -> Enquiry:
    """A question to the initiator."""
    party = case.parties.get()
    question = actions.Question(kind, "Mitä mieltä olette suunnitelmasta?", due_on, Way.POST, party)
    enquiry = actions.enquire(case, question, actor=actor, key=uuid.uuid4())
    assert enquiry is not None
    return enquiry


def let_time_pass(enquiry: Enquiry) -> None:
    """The day of an answer was yesterday."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_task SET due_on = %s WHERE id = %s", [timezone.localdate() - dt.timedelta(days=1), enquiry.task_id])


def test_two_people_who_act_at_once_both_see_it_and_nothing_typed_is_lost(handler: User) -> None:
    """The second to send sees what the first did, and the form keeps what was typed; sent again it goes through."""
    case, other = made.open_case(), colleague()
    url = f"{case.get_absolute_url()}maarapaiva/"
    mine = browser(handler)
    seen = hidden(mine.get(url).content.decode())
    actions.take(case, user=other, actor=other)
    typed = {"due_on": f"{SOON:%d.%m.%Y}", "note": "Odotetaan kaavaluonnosta"}
    answer = mine.post(url, seen | typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Asia otettiin käsittelyyn" in page
    assert "Toinen" in page
    assert "Odotetaan kaavaluonnosta" in page
    again = mine.post(url, hidden(page) | typed)
    assert again.headers["Location"] == case.get_absolute_url()
    case.refresh_from_db()
    assert (case.due_on, case.handler) == (SOON, other)


def test_an_act_on_an_old_view_is_a_conflict(handler: User) -> None:
    """Each act that changes the case checks the version that its person saw."""
    case = made.open_case()
    seen = case.version
    actions.take(case, user=handler, actor=handler)
    with pytest.raises(Conflict):
        actions.hand_over(case, unit=case.unit, user=None, note="", version=seen, actor=handler)
    with pytest.raises(Conflict):
        actions.close(case, resolved_at=timezone.now(), version=seen, actor=handler)


def test_a_case_is_handed_over_with_its_history(handler: User) -> None:
    """The case moves to the other's list; a person of another unit is refused by name."""
    case, other = made.open_case(), colleague()
    unit = Unit.objects.get(slug="kulttuurin-ja-vapaa-ajan-toimiala")
    actions.hand_over(case, unit=unit, user=other, note="Loman ajaksi", actor=handler)
    case.refresh_from_db()
    assert (case.unit, case.handler) == (unit, other)
    assert "Loman ajaksi" in CaseEvent.objects.filter(case=case).latest("id").note
    with pytest.raises(Refused, match="ei työskentele tässä yksikössä"):
        actions.hand_over(case, unit=Unit.objects.get(slug="oikeuspalvelut"), user=other, note="", actor=handler)


def test_who_declares_disqualification_can_read_and_no_longer_work(handler: User) -> None:
    """The case and its tasks leave the person; every act is refused with the section, and the page offers none (HL § 27–28)."""
    case = made.open_case()
    actions.take(case, user=handler, actor=handler)
    task = actions.assign(case, kind="other", title={"fi": "Selvitä"}, unit=case.unit, user=handler, actor=handler)
    ground = ProcedureGround.objects.filter(kind="disqualification").earliest("order")
    answer = browser(handler).post(f"{case.get_absolute_url()}esteellinen/", {"ground": str(ground.pk), "note": "Naapurini"})
    assert answer.status_code == 302
    case.refresh_from_db()
    assert task is not None
    task.refresh_from_db()
    assert (case.handler, task.user) == (None, None)
    acts: list[Any] = [
        lambda: actions.record(case, kind="note", label={"fi": "Merkintä"}, actor=handler),
        lambda: actions.take(case, user=handler, actor=handler),
        lambda: actions.finish(task, outcome="tehty", actor=handler),
        lambda: made.add_document(case, made.draft(), handler),
        lambda: actions.close(case, resolved_at=timezone.now(), actor=handler),
    ]
    for act in acts:
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.section == "HL 434/2003 27 §"
    page = browser(handler).get(case.get_absolute_url()).content.decode()
    assert "esteellinen" in page
    assert "/kirjaa/" not in page
    assert "Naapurini" not in browser(colleague()).get(case.get_absolute_url()).content.decode()


def test_a_mistaken_declaration_is_put_right_with_a_reason_and_the_right_comes_back(handler: User) -> None:
    """By who declared it, or a colleague of the case; both declarations stay in the history, and it may be declared anew (HL § 27–29)."""
    case, other = made.open_case(), colleague()
    ground = ProcedureGround.objects.filter(kind="disqualification").earliest("order")
    row = actions.declare_disqualified(case, ground=ground, note="", actor=handler)
    page, way = browser(handler), f"{case.get_absolute_url()}esteellinen/{row.pk}/"
    assert way in page.get(case.get_absolute_url()).content.decode()
    assert page.post(way, {"reason": ""}).status_code == 422
    assert page.post(way, {"reason": "Väärä asia: samanniminen hakija"}).status_code == 302
    assert page.post(way, {"reason": "Uudelleen"}).status_code == 404
    row.refresh_from_db()
    assert row.lifted_by == handler.actor_ref
    assert "samanniminen" in case.events.get(kind="qualified").note
    actions.record(case, kind="note", label={"fi": "Merkintä"}, actor=handler)
    again = actions.declare_disqualified(case, ground=ground, note="", actor=handler)
    third = colleague("kolmas")
    actions.declare_disqualified(case, ground=ground, note="", actor=third)
    with pytest.raises(Refused, match="esteellinen"):
        actions.lift_disqualification(again, reason="Erehdys", actor=third)
    assert actions.lift_disqualification(again, reason="Erehdys", actor=other).lifted_by == other.actor_ref


def test_a_disqualified_person_is_not_made_the_handler(handler: User) -> None:
    """Nobody gives the case back to who stepped aside."""
    case, other = made.open_case(), colleague()
    ground = ProcedureGround.objects.filter(kind="disqualification").earliest("order")
    actions.declare_disqualified(case, ground=ground, note="", actor=other)
    with pytest.raises(Refused, match="esteellinen"):
        actions.hand_over(case, unit=other.unit or case.unit, user=other, note="", actor=handler)


def test_a_hearing_blocks_deciding_until_it_ends(handler: User) -> None:
    """An open hearing blocks; an answer, its missed day or a ground of the law ends the block (HL § 34)."""
    case = made.open_case()
    enquiry = ask(case, handler)
    letter = Document.objects.get()
    assert (letter.state, letter.sent_way) == ("sent", "post")
    with pytest.raises(Refused) as refusal:
        actions.may_decide(case)
    assert refusal.value.section == "HL 434/2003 34 §"
    with pytest.raises(Refused, match="Määräaika ei ole vielä päättynyt"):
        actions.missed(enquiry, note="", actor=handler)
    let_time_pass(enquiry)
    actions.missed(enquiry, note="", actor=handler)
    actions.may_decide(case)


def test_other_questions_do_not_block_deciding_and_keep_the_case_open(handler: User) -> None:
    """A supplement that is awaited does not stop a decision, but the case does not end while it is open."""
    case = made.open_case()
    enquiry = ask(case, handler, EnquiryKind.SUPPLEMENT)
    actions.may_decide(case)
    with pytest.raises(Refused, match="pyyntöjä"):
        actions.close(case, resolved_at=timezone.now(), actor=handler)
    actions.answered(enquiry, note="Tuli postissa", actor=handler)
    actions.close(case, resolved_at=timezone.now(), actor=handler)


def test_a_hearing_is_left_out_only_on_a_ground_with_a_reason(handler: User) -> None:
    """The ground and why it applies stay in the history; without a reason it is refused by section."""
    case = made.open_case()
    ground = ProcedureGround.objects.filter(kind="hearing_exception").latest("order")
    with pytest.raises(Refused) as refusal:
        actions.leave_unheard(case, party=None, ground=ground, reason=" ", actor=handler, key=uuid.uuid4())
    assert refusal.value.section == "HL 434/2003 34 §"
    client = browser(handler)
    url = f"{case.get_absolute_url()}kuulematta/"
    told = {"party": "all", "ground": str(ground.pk), "reason": "Hakemus hyväksytään sellaisenaan."}
    assert client.post(url, hidden(client.get(url).content.decode()) | told).status_code == 302
    note = CaseEvent.objects.filter(case=case).latest("id").note
    assert ground.legal_basis in note
    assert "hyväksytään" in note
    actions.may_decide(case)


def test_more_time_may_be_given_and_not_less(handler: User) -> None:
    """A later day is taken, an earlier one refused (HL § 33)."""
    enquiry = ask(made.open_case(), handler, EnquiryKind.CLARIFICATION)
    actions.prolong(enquiry, due_on=SOON + dt.timedelta(days=7), note="Pyydettiin lisäaikaa", actor=handler)
    enquiry.task.refresh_from_db()
    assert enquiry.task.due_on == SOON + dt.timedelta(days=7)
    with pytest.raises(Refused, match="myöhempi"):
        actions.prolong(enquiry, due_on=SOON, note="", actor=handler)


def test_a_request_sent_twice_is_one_request(handler: User) -> None:
    """The form's key makes one letter and one task, however often it is sent; a day that has passed is refused."""
    case = made.open_case()
    client = browser(handler)
    url = f"{case.get_absolute_url()}pyynto/supplement/"
    told = hidden(client.get(url).content.decode()) | {
        "party": str(case.parties.get().pk),
        "text": "Lähetä asemapiirros",
        "due_on": f"{SOON:%d.%m.%Y}",
        "way": "email",
    }
    for _turn in range(2):
        assert client.post(url, told).status_code == 302
    assert (Enquiry.objects.count(), Document.objects.count(), Task.objects.count()) == (1, 1, 1)
    late = client.post(url, told | {"key": str(uuid.uuid4()), "due_on": f"{timezone.localdate():%d.%m.%Y}"})
    assert late.status_code == 422
    assert "riittävän pitkä" in late.content.decode()


def test_divisions_handle_their_parts_at_the_same_time(handler: User) -> None:
    """Each part has its unit, handler, due day and state of its own; the case ends when the last part is done."""
    case, other = made.open_case(), colleague("lakimies", "oikeuspalvelut")
    unit = Unit.objects.get(slug="oikeuspalvelut")
    part = actions.divide(case, unit=unit, what="Sopimuksen tarkistus", due_on=SOON, key=uuid.uuid4(), actor=handler)
    assert part is not None
    second = actions.divide(case, unit=Unit.objects.get(slug="talpa"), what="Kustannusarvio", due_on=None, key=uuid.uuid4(), actor=handler)
    assert second is not None
    actions.start(part, actor=other)
    part.refresh_from_db()
    second.refresh_from_db()
    assert [(one.state, one.user) for one in (part, second)] == [(TaskState.IN_HAND, other), (TaskState.OPEN, None)]
    with pytest.raises(Refused, match="jo ottanut"):
        actions.start(part, actor=handler)
    actions.finish(part, outcome="Sopimus kunnossa", actor=other)
    with pytest.raises(Refused, match="osakäsittelyjä"):
        actions.close(case, resolved_at=timezone.now(), actor=handler)
    actions.finish(second, outcome="12 000 €", actor=handler)
    actions.close(case, resolved_at=timezone.now(), actor=handler)


def test_a_case_that_is_not_ours_is_transferred_and_its_sender_told(handler: User) -> None:
    """A notice is made and sent, and the case ends on the ground of transfer (HL § 21)."""
    case = made.open_case()
    actions.transfer(case, to="Keksityn aluehallinto", note="", way=Way.SECURE_MAIL, actor=handler)
    case.refresh_from_db()
    assert (case.state, case.closing_ground, case.resolved_at) == (CaseState.CLOSED, "transferred", None)
    notice = case.case_documents.get().document
    assert (notice.type_code, notice.sent_way) == ("transfer_notice", "secure_mail")


def test_a_closed_case_opens_again_with_a_reason(handler: User) -> None:
    """How it had ended stays in the history; without a reason it is refused."""
    case = made.open_case()
    with pytest.raises(Refused, match="ei ole päättynyt"):
        actions.reopen(case, reason="Uusi selvitys", actor=handler)
    actions.close(case, resolved_at=timezone.now(), actor=handler)
    with pytest.raises(Refused, match="perustelu"):
        actions.reopen(case, reason=" ", actor=handler)
    actions.reopen(case, reason="Uusi selvitys", actor=handler)
    case.refresh_from_db()
    assert (case.state, case.closed_at, case.resolved_at) == (CaseState.HANDLING, None, None)
    assert {"closed", "reopened"} <= set(CaseEvent.objects.filter(case=case).values_list("kind", flat=True))


def test_linked_cases_are_seen_from_both(handler: User) -> None:
    """A link is found by what was typed, once for a pair; an unknown case is told."""
    case, other = made.open_case(title="Meluaita"), made.open_case(title="Katusuunnitelma")
    client = browser(handler)
    told = {"other": other.identifier.lower(), "kind": "affects", "reason": ""}
    assert client.post(f"{case.get_absolute_url()}liita/", told).status_code == 302
    assert "Katusuunnitelma" in client.get(case.get_absolute_url()).content.decode()
    assert "Meluaita" in client.get(other.get_absolute_url()).content.decode()
    assert "jo liitetty" in client.post(f"{other.get_absolute_url()}liita/", told | {"other": case.identifier}).content.decode()
    assert "ei löydy" in client.post(f"{case.get_absolute_url()}liita/", told | {"other": "HEL 2020-000001"}).content.decode()
    assert CaseLink.objects.count() == 1


def test_a_deputy_is_appointed_for_a_time_and_ends(handler: User) -> None:
    """One's own deputy from a day to a day; backwards is told, and only the one who appointed ends it."""
    other = colleague()
    client = browser(handler)
    today = timezone.localdate()
    told = {"deputy": str(other.pk), "valid_from": f"{today:%d.%m.%Y}", "valid_to": f"{today + dt.timedelta(days=5):%d.%m.%Y}"}
    assert client.post("/tyo/sijaiset/", told).status_code == 302
    assert "päättyä ennen" in client.post("/tyo/sijaiset/", told | {"valid_to": "01.01.2020"}).content.decode()
    row = Deputy.objects.get()
    assert browser(other).post(f"/tyo/sijaiset/{row.pk}/").status_code == 404
    assert "Olet sijaisena" in browser(other).get("/tyo/sijaiset/").content.decode()
    client.post(f"/tyo/sijaiset/{row.pk}/")
    row.refresh_from_db()
    assert row.ended_at is not None
    assert "Olet sijaisena" not in browser(other).get("/tyo/sijaiset/").content.decode()
