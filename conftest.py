"""What every test may use: a real browser where one is found, and translations compiled from their sources."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from kirjaamo.supervisor.testing import worker_database
from tools.messages import compile_all

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.plugin import DjangoDbBlocker

pytest_plugins = ["kirjaamo.testing"]
# How fast an example is says nothing of whether it is right: a machine that has other work too fails no property.
settings.register_profile("kirjaamo", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("kirjaamo")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> str | None:
    """Return the path of a Chromium: the variable CHROMIUM, else the first one on PATH."""
    return os.environ.get("CHROMIUM") or next((found for name in BROWSERS if (found := shutil.which(name))), None)


def pytest_configure() -> None:
    """Compile translations that are newer than their binary form."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        compile_all()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Name the browser journeys as skipped where no Chromium is found."""
    if chromium():
        return
    skip = pytest.mark.skip(reason="no Chromium found: install one or name it with CHROMIUM=/path")
    for item in items:
        if item.get_closest_marker("journey"):
            item.add_marker(skip)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:  # noqa: ARG001 - order
    """Replace pytest-django's own making of databases (it must stand here: a plugin's would be overridden)."""
    with worker_database(django_db_blocker):
        yield


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return the browser of a journey (mark such tests with `journey`)."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - runtime tests need no browser driver

    # Playwright's synchronous interface runs an event loop in this thread; Django would refuse queries of the test itself.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"] if os.geteuid() == 0 else [])
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Return a fresh page in Finnish; an error in the page's own script fails the test."""
    context = browser.new_context(locale="fi-FI", timezone_id="Europe/Helsinki")
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert not errors, f"the page's script failed: {errors}"
