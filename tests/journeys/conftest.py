"""What a journey starts from: a running city, and browsers of people who walk in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from tests.journeys import city as cities
from tests.journeys.walking import Walker

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.journeys.city import City


@pytest.fixture(scope="session")
def city() -> Iterator[City]:
    with cities.shared() as running:
        yield running


@pytest.fixture
def walker(city: City, browser: Browser) -> Iterator[Callable[..., Walker]]:
    """Return a maker of walkers: `walker()` is a resident, `walker("heikki")` signs in; `width` is that of the screen."""
    made: list[Walker] = []

    def make(username: str = "", *, width: int = 1440, script: bool = True) -> Walker:
        context = browser.new_context(
            base_url=city.url,
            locale="fi-FI",
            timezone_id="Europe/Helsinki",
            viewport={"width": width, "height": 900},
            java_script_enabled=script,
        )
        context.set_default_timeout(15_000)
        made.append(Walker(context.new_page()))
        if username:
            made[-1].sign_in(username, city.people[username])
        return made[-1]

    yield make
    faults = [fault for one in made for fault in one.faults]
    for one in made:
        one.page.context.close()
    assert not faults, f"the browser met faults: {faults}"
