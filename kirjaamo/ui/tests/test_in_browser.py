"""What only a browser shows: nothing sticks out on a phone, keys move and save, the content policy stops nothing."""

from __future__ import annotations

from collections.abc import Iterator
from socketserver import ThreadingMixIn
from threading import Thread
from typing import TYPE_CHECKING
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.journey


class Quiet(WSGIRequestHandler):
    """A server that does not write its requests into the report of the tests."""

    def log_message(self, *args: object) -> None:
        pass

    def get_environ(self) -> dict[str, str]:
        """Say zero where wsgiref says nothing of the length of a body, as the servers in use do."""
        environ = super().get_environ()
        environ["CONTENT_LENGTH"] = environ["CONTENT_LENGTH"] or "0"
        return environ


class Threaded(ThreadingMixIn, WSGIServer):
    """A browser opens several connections at once."""

    daemon_threads = True


@pytest.fixture
def site() -> Iterator[str]:
    """Serve the pages of this room: they need no database, so neither does the test."""
    server = make_server("127.0.0.1", 0, StaticFilesHandler(WSGIHandler()), Threaded, Quiet)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


PAGES = ["", "julkinen/", "tyotila/", "lomake/", "vahvistus/"]


@pytest.mark.parametrize("width", [390, 1440])
def test_no_page_is_wider_than_the_screen(site: str, page: Page, width: int) -> None:
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    page.set_viewport_size({"width": width, "height": 900})
    for name in PAGES:
        page.goto(f"{site}/ui/tyyliopas/{name}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
    assert refused == []


TABLE = """(width) => {
  document.getElementById("tried")?.remove();
  const box = document.createElement("div");
  box.id = "tried"; box.className = "table-box"; box.style.width = width;
  const cells = ["Opiskelija", "Yhteydenotto kuraattorille ja sovittu keskusteluaika koulupäivän jälkeen", "Vahvistettu"];
  box.innerHTML = `<table class="table"><tbody><tr>${cells.map((text) => `<td><span>${text}</span></td>`).join("")}</tr></tbody></table>`;
  document.querySelector("main").append(box);
  window.dispatchEvent(new Event("resize"));
  return new Promise((told) => requestAnimationFrame(() => requestAnimationFrame(() => told({
    lines: box.querySelector("td:last-child span").getClientRects().length, over: box.scrollWidth - box.clientWidth }))));
}"""


def test_a_table_keeps_its_words_whole_where_they_fit_and_never_sticks_out(site: str, page: Page) -> None:
    """A narrow column gives its room to a word before a sentence beside it; where no word fits, words break."""
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{site}/ui/tyyliopas/tyotila/")
    assert page.evaluate(TABLE, "25rem") == {"lines": 1, "over": 0}
    narrow = page.evaluate(TABLE, "9rem")
    assert narrow["over"] == 0
    assert narrow["lines"] > 1


def test_keys_move_in_a_list_find_the_search_and_can_be_switched_off(site: str, page: Page) -> None:
    page.goto(f"{site}/ui/tyyliopas/tyotila/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.textContent") == "HEL 2026-014519"
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.textContent") == "HEL 2026-014522"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.type") == "search"
    page.keyboard.type("jk/")
    assert page.evaluate("document.activeElement.value") == "jk/"
    page.locator("#keys summary").click()
    page.locator("[data-keys]").uncheck()
    page.reload()
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.tagName") == "BODY"


def test_the_whole_form_is_saved_from_the_keyboard_and_errors_take_the_focus(site: str, page: Page) -> None:
    page.goto(f"{site}/ui/tyyliopas/lomake/")
    page.get_by_label("Mitä asiakirjaa pyydät?").fill("Piirustukset")
    page.keyboard.press("Control+Enter")
    summary = page.get_by_role("alert")
    summary.wait_for()
    assert page.evaluate("document.activeElement.matches('[data-error-summary]')")
    summary.get_by_role("link", name="Sähköposti").click()
    assert page.evaluate("document.activeElement.id") == "id_email"
    assert page.get_by_label("Mitä asiakirjaa pyydät?").input_value() == "Piirustukset"


def test_the_page_works_without_script(site: str, page: Page) -> None:
    browser = page.context.browser
    assert browser is not None
    plain = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800}).new_page()
    plain.goto(f"{site}/ui/tyyliopas/julkinen/")
    plain.locator(".top-menu > summary").click()
    plain.locator(".top-menu").get_by_role("link", name="Lomake").click()
    plain.get_by_role("button", name="Lähetä pyyntö").click()
    links = plain.get_by_role("alert").get_by_role("link")
    links.first.wait_for()  # the page that the form leads to
    assert links.count() == 6
    plain.context.close()
