"""The plan in the browser, as the addresses answer: reading for everyone, writing for those who may, nothing lost on errors."""

from __future__ import annotations

from typing import Protocol

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kirjaamo.organisation.roles import Role
from kirjaamo.testing import make_user
from kirjaamo.tos.models import ClassRevision, Package, RevisionState
from kirjaamo.tos.reading import in_force

pytestmark = pytest.mark.usefixtures("plan")
CODE = "90 01 04"


def signed_in(name: str, *roles: Role) -> Client:
    """A browser of an invented official."""
    client = Client()
    client.force_login(make_user(*(roles or (Role.RECORDS_MANAGER,)), name=name))
    return client


@pytest.fixture
def manager() -> Client:
    return signed_in("maarit")


@pytest.fixture
def other() -> Client:
    return signed_in("olli")


def drafted(client: Client) -> ClassRevision:
    held = in_force(CODE, timezone.localdate())
    client.post(reverse("plan_draft", args=[held.pk]))
    return ClassRevision.objects.get(code=CODE, state=RevisionState.DRAFT)


class Answer(Protocol):
    content: bytes


def text(response: Answer) -> str:
    return response.content.decode().replace("\xad", "")


def test_everyone_reads_the_plan_in_plain_language(client: Client) -> None:
    start = text(client.get("/suunnitelma/?q=tietopyyn"))
    assert 'href="/suunnitelma/90-01-04/"' in start
    page = text(client.get("/suunnitelma/90-01-04/"))
    for words in (
        "Vireilletulo",
        "Pyynnön saapuminen",
        "Tietopyyntö",
        "10 vuotta asian lopullisesta ratkaisusta",
        "Pysyvästi",
        "JulkL 24 § 1 mom. 32 kohta",
    ):
        assert words in page
    assert client.get("/suunnitelma/90-01/").status_code == 200
    assert "Luonnos tulee julkiseksi" in text(client.get("/suunnitelma/10-03-03/"))
    assert 'href="/kuvaus/luokat/10-03-03/"' in text(client.get("/suunnitelma/10-03-03/"))
    assert client.get("/suunnitelma/91/").status_code == 404
    for language in ("sv", "en"):
        assert client.get(f"/{language}/suunnitelma/90-01-04/").status_code == 200


def test_a_draft_shows_to_nobody_outside(manager: Client, client: Client) -> None:
    draft = drafted(manager)
    manager.post(reverse("plan_add_node", args=[draft.pk]), {"kind": "stage", "title": "Salainen uusi vaihe"})
    assert "Salainen uusi vaihe" not in text(client.get("/suunnitelma/90-01-04/"))
    assert client.get(reverse("plan_revision", args=[draft.pk])).status_code == 302


def test_the_tree_is_searched_by_code_and_words(manager: Client) -> None:
    assert "90 01 04" in text(manager.get("/tyo/suunnitelma/?q=90 01"))
    found = text(manager.get("/tyo/suunnitelma/?q=TIETOPYYNNÖT"))
    assert "90 01 04" in found
    assert "Tarkastustoimi" not in found
    assert "Yhtään luokkaa ei löytynyt" in text(manager.get("/tyo/suunnitelma/?q=olematonsana"))


def test_the_class_page_says_what_is_inherited(manager: Client) -> None:
    page = text(manager.get(reverse("plan_class", args=["90-01-04"]), follow=True))
    assert '<span class="inherited">Julkinen</span>' in page
    assert '<span class="own">Salassa pidettävä</span>' in page


@pytest.mark.parametrize("form", ["xlsx", "pdf", "csv", "json"])
def test_the_plan_and_a_class_are_fetched_from_links_in_each_form(manager: Client, form: str) -> None:
    held = in_force("90 01 04", timezone.localdate())
    links = {
        reverse("plan"): reverse("plan_export", args=[form]),
        reverse("plan_revision", args=[held.pk]): reverse("plan_export_class", args=[held.pk, form]),
    }
    for page, link in links.items():
        assert f'href="{link}"' in text(manager.get(page))
        assert manager.get(link).status_code == 200


def test_from_the_draft_to_approval_by_another(manager: Client, other: Client) -> None:
    draft = drafted(manager)
    node = draft.nodes.get(code="request")
    opened = manager.get(reverse("plan_revision", args=[draft.pk]), {"muokkaa": node.pk})
    form = opened.context["node_form"]
    data = {name: form[name].value() or "" for name in form.fields if form[name].value() not in (False, None)}
    address = reverse("plan_edit_node", args=[draft.pk, node.pk])
    wrong = manager.post(address, {**data, "title_fi": ""})
    assert wrong.status_code == 422
    refused = manager.post(address, {**data, "r_publicity": "secret", "title_fi": "Pyyntö tiedosta"})
    assert refused.status_code == 302
    review = text(manager.get(reverse("plan_review", args=[draft.pk])))
    assert "Salassa pidettävällä on oltava salassapitoperuste" in review
    fresh = manager.get(reverse("plan_revision", args=[draft.pk]), {"muokkaa": node.pk}).context["node_form"]
    manager.post(
        address,
        {
            **data,
            "seen": fresh["seen"].value(),
            "r_publicity": "",
            "r_retention_years": "12",
            "r_retention_mode": "years",
            "r_retention_trigger": "case_closed",
            "title_fi": "Pyyntö tiedosta",
        },
    )
    manager.post(reverse("plan_submit", args=[draft.pk]), {"note": "Säilytys piteni"})
    draft.refresh_from_db()
    assert draft.state == RevisionState.IN_REVIEW
    day = timezone.localdate().strftime("%d.%m.%Y")
    own = manager.post(reverse("plan_approve", args=[draft.pk]), {"on": day})
    assert own.status_code == 422
    assert "Luonnosta muokannut ei voi hyväksyä" in text(own)
    assert "Säilytysaika vuosina" in text(other.get(reverse("plan_review", args=[draft.pk])))
    assert other.post(reverse("plan_approve", args=[draft.pk]), {"on": day}).status_code == 302
    held = in_force(CODE, timezone.localdate())
    assert held.pk == draft.pk
    assert held.nodes.get(code="request").retention_years == 12
    first = held.function_class.revisions.get(number=1)
    assert "Säilytysaika vuosina: 10 → 12" in text(other.get(reverse("plan_difference", args=[first.pk, held.pk])))
    assert "Hyväksyttiin" in text(other.get(reverse("plan_history", args=[held.pk])))
    assert other.get(reverse("plan_print", args=[held.pk])).status_code == 200


def test_a_form_from_an_old_screen_says_so_and_keeps_what_was_typed(manager: Client) -> None:
    draft = drafted(manager)
    node = draft.nodes.get(code="request")
    form = manager.get(reverse("plan_revision", args=[draft.pk]), {"muokkaa": node.pk}).context["node_form"]
    data = {name: form[name].value() or "" for name in form.fields if form[name].value() not in (False, None)}
    manager.post(reverse("plan_edit_node", args=[draft.pk, node.pk]), {**data, "title_fi": "Ensimmäinen"})
    late = manager.post(reverse("plan_edit_node", args=[draft.pk, node.pk]), {**data, "title_fi": "Myöhästynyt"})
    assert late.status_code == 422
    assert "Toinen käyttäjä ehti muuttaa" in text(late)
    assert "Myöhästynyt" in text(late)


def test_rows_are_moved_copied_removed_and_added(manager: Client) -> None:
    draft = drafted(manager)
    stage = draft.nodes.get(kind="stage", code="decision")
    manager.post(reverse("plan_change_node", args=[draft.pk, stage.pk, "ylos"]))
    assert draft.nodes.order_by("order").first() == stage
    manager.post(reverse("plan_change_node", args=[draft.pk, stage.pk, "kopioi"]))
    assert draft.nodes.filter(code="decision_2").count() == 2
    manager.post(reverse("plan_change_node", args=[draft.pk, stage.pk, "poista"]))
    assert not draft.nodes.filter(pk=stage.pk).exists()
    assert manager.get(reverse("plan_change_node", args=[draft.pk, stage.pk, "poista"])).status_code == 405
    added = manager.post(reverse("plan_add_node", args=[draft.pk]), {"kind": "measure", "title": "Kuuleminen"})
    assert added.status_code == 200
    assert "kuuluvat jonkin kohdan alle" in text(added)
    manager.post(reverse("plan_discard", args=[draft.pk]))
    assert not ClassRevision.objects.filter(pk=draft.pk).exists()


def test_a_new_class_copies_a_process(manager: Client) -> None:
    parent = in_force("90 01", timezone.localdate()).function_class_id
    assert manager.post(reverse("plan_new_class"), {"code": "9", "title": "x"}).status_code == 200
    manager.post(reverse("plan_new_class"), {"code": "90 01 07", "title": "Uusi luokka", "parent": parent})
    draft = ClassRevision.objects.get(code="90 01 07")
    manager.post(reverse("plan_copy_process", args=[draft.pk]), {"code": CODE})
    assert draft.nodes.count() == 6
    form = manager.get(reverse("plan_edit_class", args=[draft.pk])).context["form"]
    data = {name: form[name].value() for name in form.fields if form[name].value() not in (False, None)}
    manager.post(reverse("plan_edit_class", args=[draft.pk]), {**data, "description_fi": "Näin käsitellään.", "r_retention_years": "3"})
    draft.refresh_from_db()
    assert (draft.description, draft.rules["retention_years"]) == ({"fi": "Näin käsitellään."}, 3)


def test_comments_are_left_and_dealt_with(manager: Client, other: Client) -> None:
    draft = drafted(manager)
    other.post(reverse("plan_comment", args=[draft.pk]), {"text": "Miksi näin?"})
    assert "Miksi näin?" in text(manager.get(reverse("plan_review", args=[draft.pk])))
    manager.post(reverse("plan_resolve", args=[draft.pk, draft.comments.get().pk]))
    assert draft.comments.get().resolved_at


def test_a_package_in_the_browser(manager: Client, other: Client) -> None:
    manager.post(reverse("plan_packages"), {"title": "Viisi vuotta", "note": ""})
    package = Package.objects.get()
    manager.post(
        reverse("plan_package_act", args=[package.pk, "muuta"]), {"classes": "90", "node_code": "request", "r_retention_years": "5"}
    )
    assert package.revisions.count() == 1
    assert "90 01 04" in text(manager.get(reverse("plan_package", args=[package.pk])))
    manager.post(reverse("plan_package_act", args=[package.pk, "laheta"]))
    other.post(reverse("plan_package_act", args=[package.pk, "hyvaksy"]), {"on": timezone.localdate().strftime("%d.%m.%Y")})
    assert in_force(CODE, timezone.localdate()).nodes.get(code="request").retention_years == 5


def test_a_class_is_retired_with_its_consequences_told(manager: Client) -> None:
    held = in_force(CODE, timezone.localdate())
    address = reverse("plan_retire", args=[held.pk])
    assert "avointa asiaa käsitellään loppuun" in text(manager.get(address))
    day = timezone.localdate().strftime("%d.%m.%Y")
    successor = in_force("90", timezone.localdate()).function_class_id
    assert manager.post(address, {"on": day, "reason": "Yhdistettiin", "successors": [successor]}).status_code == 302
    held.refresh_from_db()
    assert held.valid_to == timezone.localdate()


def test_who_may_only_read_is_offered_no_writing(manager: Client) -> None:
    draft = drafted(manager)
    reader = signed_in("riitta", Role.INFORMATION_MANAGER)
    page = text(reader.get(reverse("plan_revision", args=[draft.pk])))
    assert "plan_add_node" not in page
    assert "Muokkaa" not in page
    assert reader.post(reverse("plan_submit", args=[draft.pk])).status_code == 403
    assert reader.get("/tyo/suunnitelma/luonnokset/").status_code == 200


def test_pages_cost_a_fixed_number_of_statements(manager: Client, django_assert_max_num_queries: object) -> None:
    held = in_force(CODE, timezone.localdate())
    manager.get("/tyo/suunnitelma/")
    for address, most in (("/tyo/suunnitelma/", 8), (reverse("plan_revision", args=[held.pk]), 24), ("/suunnitelma/90-01-04/", 14)):
        with django_assert_max_num_queries(most):  # type: ignore[operator]
            manager.get(address)
