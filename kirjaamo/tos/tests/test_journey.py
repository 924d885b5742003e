"""In a real browser: draft → preview → refused by the same person → approved by another → a new case follows it, an old one does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils import timezone

from kirjaamo.organisation.roles import Role
from kirjaamo.tos.models import ClassRevision, NodeKind, RevisionState
from kirjaamo.tos.reading import in_force, next_nodes
from kirjaamo.tos.tests.test_drafts import opened
from kirjaamo.tos.tests.test_pages import signed_in

if TYPE_CHECKING:
    from django.test import Client
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("plan"), pytest.mark.django_db(transaction=True)]
CODE = "90 01 04"


def page_of(browser: Browser, server: LiveServer, client: Client, *, script: bool = True) -> Page:
    """A browser window of someone signed in."""
    context = browser.new_context(locale="fi-FI", timezone_id="Europe/Helsinki", base_url=server.url, java_script_enabled=script)
    context.add_cookies([{"name": "kirjaamo_session", "value": client.cookies["kirjaamo_session"].value, "url": server.url}])
    context.set_default_timeout(20_000)
    return context.new_page()


@pytest.mark.parametrize("script", [True, False])
def test_from_the_draft_to_the_case(browser: Browser, live_server: LiveServer, script: bool) -> None:
    old_case = opened(in_force(CODE, timezone.localdate()))
    writer = page_of(browser, live_server, signed_in("maarit"), script=script)
    writer.goto("/tyo/suunnitelma/?q=90 01 04")
    writer.get_by_role("link", name="90 01 04").click()
    writer.get_by_role("link", name="Tee uusi luonnos").click()
    writer.get_by_role("button", name="Tee luonnos").click()
    writer.get_by_label("Mitä lisätään").select_option("stage")
    writer.get_by_label("Nimi suomeksi").last.fill("Seuranta")
    writer.get_by_role("button", name="Lisää", exact=True).click()
    writer.get_by_role("link", name="Muokkaa Tietopyyntö").click()
    writer.locator("#id_code[value=request]").wait_for()
    writer.get_by_label("Säilytystapa").select_option("years")
    writer.get_by_label("Säilytysaika vuosina").fill("20")
    writer.get_by_label("Säilytysajan laskentaperuste").select_option("case_closed")
    writer.get_by_role("button", name="Tallenna luonnokseen").click()
    writer.get_by_text("20 vuotta asian käsittelyn päättymisestä").first.wait_for()
    writer.get_by_role("link", name="Tarkasta ja lähetä").click()
    writer.get_by_text("+ Käsittelyvaihe: Seuranta").wait_for()
    writer.get_by_text("avointa asiaa").first.wait_for()
    writer.get_by_role("button", name="Lähetä tarkastettavaksi").click()
    writer.get_by_role("button", name="Hyväksy suunnitelma").click()
    writer.get_by_text("Luonnosta muokannut ei voi hyväksyä sitä itse").first.wait_for()
    draft = ClassRevision.objects.get(code=CODE, state=RevisionState.IN_REVIEW)
    other = page_of(browser, live_server, signed_in("olli"), script=script)
    other.goto(reverse("plan_review", args=[draft.pk]))
    other.get_by_role("button", name="Hyväksy suunnitelma").click()
    other.get_by_text("Suunnitelma on hyväksytty").wait_for()
    held = in_force(CODE, timezone.localdate())
    assert held == draft
    old_case.refresh_from_db()
    assert old_case.revision != held
    new_case = opened(held)
    assert new_case.revision == held
    handler = page_of(browser, live_server, signed_in("hilla", Role.HANDLER), script=script)
    for case, offers in ((old_case, False), (new_case, True)):
        handler.goto(case.get_absolute_url())
        handler.get_by_role("button", name="Siirry vaiheeseen: Päätöksenteko").click()
        handler.get_by_text("Toimenpide on kirjattu").wait_for()
        assert handler.get_by_role("button", name="Siirry vaiheeseen: Seuranta").count() == offers
    stages = {
        revision: [one.code for one in next_nodes(revision, "decision") if one.kind == NodeKind.STAGE]
        for revision in (old_case.revision, held)
    }
    assert stages == {old_case.revision: [], held: ["seuranta"]}
