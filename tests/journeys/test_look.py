"""Main pages on a phone and a wide screen, with and without script, and for those who do not see or use a mouse."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.journeys.walking import Walker

pytestmark = [pytest.mark.journey, pytest.mark.timeout(900)]  # the first one waits for the whole demo city to be made

PUBLIC = [
    "/",
    "/kuvaus/",
    "/kuvaus/?q=rakennuslupien",
    "/kuvaus/tietojarjestelmat/rakennusluvat/",
    "/kuvaus/tietojarjestelmat/erityisuimakortit/",
    "/kuvaus/luokat/07-01-04/",
    "/kuvaus/yksikot/kaupunginkanslia/",
    "/kuvaus/versiot/",
    "/pyyda/",
    "/pyyda/tietojarjestelma/rakennusluvat/",
    "/pyyda/tietojarjestelma/rakennusluvat/asiakirja/",
    "/asiat/",
    "/kirjaudu/",
    "/sv/",
    "/en/kuvaus/",
]
WORK = {
    "kaisa": ["/tyo/", "/tyo/asiat/", "/tyo/tietopyynnot/"],
    "heikki": ["/tyo/", "/tyo/tietopyynnot/", "/rekisterit/", "/rekisterit/erityisuimakortit/"],
    "iida": ["/tyo/kuvaus/tarkastus/", "/tyo/tuonnit/"],
}


@pytest.mark.parametrize("width", [390, 1440])
def test_no_public_page_is_wider_than_the_screen(walker: Callable[..., Walker], width: int) -> None:
    resident = walker(width=width)
    assert {address: resident.open(address).sticks_out() for address in PUBLIC} == dict.fromkeys(PUBLIC, 0)


@pytest.mark.parametrize("username", sorted(WORK))
def test_no_page_of_work_is_wider_than_a_phone(walker: Callable[..., Walker], username: str) -> None:
    person = walker(username, width=390)
    assert {address: person.open(address).sticks_out() for address in WORK[username]} == dict.fromkeys(WORK[username], 0)


def test_axe_finds_no_serious_barrier_on_the_public_pages(walker: Callable[..., Walker]) -> None:
    resident = walker()
    assert [fault for address in PUBLIC for fault in resident.open(address).barriers()] == []


@pytest.mark.parametrize("username", sorted(WORK))
def test_axe_finds_no_serious_barrier_on_the_pages_of_work(walker: Callable[..., Walker], username: str) -> None:
    person = walker(username)
    assert [fault for address in WORK[username] for fault in person.open(address).barriers()] == []


def test_every_public_page_works_without_script(walker: Callable[..., Walker]) -> None:
    resident = walker(script=False)
    for address in PUBLIC:
        assert resident.open(address).title, address
