"""Every exit is listed, and nothing of a confidential case leaves by any of them to a person who has no tie to it.

The case bears one word that stands nowhere else: in its title, the name of its party, a document's title, its file's name and
its content. The walk opens every address as each person and looks for the word in what comes back: body and headers.
"""

from __future__ import annotations

import re
import tomllib
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from kirjaamo.cases import actions
from kirjaamo.cases.actions import NewParty
from kirjaamo.cases.models import PartyRole
from kirjaamo.cases.tests import made
from kirjaamo.documents.actions import Draft, Metadata
from kirjaamo.documents.models import File, Way
from kirjaamo.documents.policy import Upload
from kirjaamo.organisation.roles import Role
from kirjaamo.subjects.actions import add_subject
from kirjaamo.testing import make_user
from kirjaamo.values.publicity import Publicity

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("helsinki")]
LISTED = tomllib.loads(Path(__file__).with_name("exits.toml").read_text("utf-8"))
WORD = "Kvartsihyrrä"
CLASS, UNIT, ELSEWHERE = "05 02 08", "kasvatuksen-ja-koulutuksen-toimiala", "kaupunkiympariston-toimiala"
REGISTER_OF_PARTIES = "/tyo/osapuolet/"
"""Whoever registers parties finds them by name; that a person is a party of a case is not said there to who has no tie to it."""
PEOPLE = ("visitor", "no role", *(role.value for role in Role))
GUESSES = ("1", "system", "tietovarannot", "erityisuimakortit", "asiakirja", "document", "fi", "csv", "pdf", str(uuid.UUID(int=1)))


def routes(patterns: list[Any], prefix: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every address with its name, and what its parameters take."""
    for entry in patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry.url_patterns, route)
        elif isinstance(entry, URLPattern):
            yield f"{entry.name or '-'} {route}", dict(entry.pattern.converters)


ROUTES = dict(routes(get_resolver().url_patterns))


def test_every_exit_is_listed() -> None:
    """A new address says what kind of exit it is; one that is gone leaves the list."""
    listed = [one for kind in LISTED.values() for one in kind]
    assert sorted(set(ROUTES) - set(listed)) == []
    assert sorted(set(listed) - set(ROUTES)) == []
    assert len(listed) == len(set(listed))


@pytest.fixture
def secret() -> dict[str, str]:
    """A confidential case full of the word; return the parameters that lead to it."""
    party = add_subject(f"Aino {WORD}", actor=made.MACHINE)
    case = made.open_case(
        CLASS, unit=UNIT, title=f"Elatusapu {WORD}", public_title="", stage=None, parties=[NewParty(PartyRole.INITIATOR, party)]
    )
    metadata = Metadata(Publicity.SECRET, ("JulkL-24-1-32",), "special", source="decision", reason="testi")
    draft = Draft(f"Sopimus {WORD}", "other", metadata, uploads=[Upload(f"{WORD}.txt", WORD.encode(), "text/plain")])
    incoming = actions.Incoming(Way.POST, f"Aino {WORD}", timezone.now())
    handler = make_user(Role.HANDLER, unit=UNIT, name="oma", everywhere=False)
    (paper,) = actions.add_document(case, draft, incoming=incoming, actor=handler, key=uuid.uuid4())
    task = actions.assign(case, kind="other", title={"fi": f"Soita {WORD}"}, unit=case.unit, actor=handler)
    assert task is not None
    file = File.objects.get(document=paper)
    told = {"identifier": case.address, "file": file.pk, "task": task.pk, "paper": paper.identifier, "version": file.version, "number": 1}
    return {name: str(value) for name, value in told.items()}


def addresses(parameters: dict[str, str]) -> Iterator[str]:
    """Every address that can be filled: with what leads to the case where it can, and with a search for the word."""
    for named, takes in ROUTES.items():
        route = named.split(" ", 1)[1]
        for name, converter in takes.items():
            told = parameters.get(name, "")
            fits = [value for value in (told, *GUESSES) if value and re.fullmatch(converter.regex, value)]
            before, _, rest = route.partition(f"{name}>")
            route = before[: before.rindex("<")] + (fits[0] if fits else "1") + rest
        if "ulos/" not in route:
            yield f"/{route}?q={WORD}"


@pytest.mark.parametrize("person", PEOPLE)
def test_nothing_of_a_confidential_case_leaves_to_who_has_no_tie(secret: dict[str, str], person: str) -> None:
    """By no page, list, count, suggestion, snippet, export, file, file name or header."""
    client = Client(raise_request_exception=False)
    if person != "visitor":
        roles = [] if person == "no role" else [Role(person)]
        client.force_login(make_user(*roles, unit=ELSEWHERE, name=f"{person} muualta", everywhere=False))
    leaks = []
    for address in addresses(secret):
        response = client.get(address)
        body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
        shown = body.replace("\u00ad".encode(), b"").replace(b"&shy;", b"").decode("utf-8", "replace").replace(f"q={WORD}", "")
        asked = re.sub(rf'value="{WORD}"|”{WORD}”|"{WORD}"|“{WORD}”', "", shown)  # what was typed comes back in the search box
        if address.startswith(REGISTER_OF_PARTIES):
            asked = asked.replace(f"Aino {WORD}", "")
        for text in (asked, str(response.headers).replace("q=", "")):
            if re.search(rf"(Aino|Elatusapu|Sopimus|Soita) {WORD}|{WORD}\.txt|^{WORD}$", text):
                leaks.append(address)  # noqa: PERF401
    assert leaks == [], "\n".join(leaks)


def test_the_walk_would_see_a_leak(secret: dict[str, str]) -> None:
    """Whoever handles the case does get the word, by the page and by the file: the walk is not blind."""
    client = Client()
    client.force_login(make_user(Role.HANDLER, unit=UNIT, name="toinen oma", everywhere=False))
    assert f"Elatusapu {WORD}" in client.get(f"/tyo/asiat/{secret['identifier']}/").content.decode().replace("\u00ad", "")
    assert client.get(f"/tyo/asiat/{secret['identifier']}/tiedosto/{secret['file']}/").content.decode() == WORD
