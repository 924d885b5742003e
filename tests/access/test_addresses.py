"""Every address × every role: who gets a page, who is told that the right is missing, who is sent to sign in.

The table is walked, not written: each view says by `needs` which right it takes, and the test holds the answer of every
address to it in both languages. An address whose view says nothing fails. Parameters come from one small case.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from kirjaamo.api.urls import TOKEN
from kirjaamo.cases import actions
from kirjaamo.cases.actions import NewCase, NewParty
from kirjaamo.cases.models import PartyRole
from kirjaamo.documents.actions import Draft, Metadata
from kirjaamo.documents.models import File, Way
from kirjaamo.documents.policy import Upload
from kirjaamo.kernel.actors import PUBLIC
from kirjaamo.organisation.models import ManagementUnit, Unit, User
from kirjaamo.organisation.roles import RIGHTS, Role
from kirjaamo.testing import make_user
from kirjaamo.tos.models import NodeKind
from kirjaamo.tos.reading import in_force, node
from kirjaamo.ui.access import STAFF
from kirjaamo.values.publicity import Publicity

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("helsinki")]
FOREIGN = {"set_language": PUBLIC}
"""Views of libraries that cannot bear our mark, and what they need."""
SHOWN = {200, 302, 301, 404, 405}
KNOWN = frozenset({PUBLIC, STAFF, TOKEN}).union(*RIGHTS.values())


@dataclass(frozen=True)
class Address:
    """One address of the program: where it is, by which view it answers and which parameters it takes."""

    route: str
    name: str
    needs: str | None
    view: str
    parameters: tuple[tuple[str, Any], ...]


def _walk(patterns: list[Any], prefix: str = "") -> Iterator[Address]:
    for entry in patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _walk(entry.url_patterns, route)
        elif isinstance(entry, URLPattern):
            name = getattr(entry.callback, "__name__", entry.name or "")  # a partial of the interface has no name of its own
            needs = getattr(entry.callback, "needs", FOREIGN.get(name))
            view = f"{entry.callback.__module__}.{name}"
            yield Address(route, entry.name or "", needs, view, tuple(entry.pattern.converters.items()))


ADDRESSES = tuple(_walk(get_resolver().url_patterns))


def test_every_view_says_what_it_needs() -> None:
    """No address without the mark, and no right that nobody can hold."""
    assert len(ADDRESSES) > 20
    assert sorted({a.view for a in ADDRESSES if a.needs is None}) == []
    assert {a.needs for a in ADDRESSES} <= KNOWN


@pytest.fixture
def parameters() -> dict[str, str]:
    """One value for each name of a parameter, from a small case; what no room knows gets a value that leads nowhere."""
    handler = make_user(Role.HANDLER, name="käsittelijä")
    revision = in_force("07 01 04", timezone.localdate())
    new = NewCase(
        revision=revision,
        unit=Unit.objects.get(slug="kirjaamo"),
        management_unit=ManagementUnit.objects.get(),
        title="Meluaita",
        public_title="Meluaita",
        initiated_at=timezone.now(),
        parties=[NewParty(PartyRole.INITIATOR)],
        stage=node(revision, NodeKind.STAGE, "initiation"),
    )
    case = actions.open_case(new, actor=make_user(Role.REGISTRAR, name="kirjaaja"))
    draft = Draft("Kirje", "other", Metadata(Publicity.PUBLIC, source="decision"), uploads=[Upload("kirje.txt", b"Hei", "text/plain")])
    actions.add_document(
        case, draft, incoming=actions.Incoming(Way.POST, "Aino Esimerkki", timezone.now()), actor=handler, key=uuid.uuid4()
    )
    task = actions.assign(case, kind="other", title={"fi": "Selvitä"}, unit=case.unit, actor=handler)
    assert task is not None
    return {"identifier": case.address, "file": str(File.objects.get().pk), "task": str(task.pk)}


# What parameters of rooms that the small case does not fill may be: the first that the address takes is used.
GUESSES = ("1", "document", "asiakirja", "resource", "tietovarannot", "tietovaranto", "fi", "pdf", str(uuid.UUID(int=1)))


def _url(address: Address, language: str, parameters: dict[str, str]) -> str:
    """The address with its parameters filled in, under a language; each value is one that its converter takes."""
    route = address.route
    for name, converter in address.parameters:
        told = parameters.get(name) if address.view.startswith(("kirjaamo.cases", "kirjaamo.face.pages.register")) else None
        values = [told] if told is not None else [guess for guess in GUESSES if re.fullmatch(converter.regex, guess)]
        assert values, f"{address.route}: no value for {name} among the guesses of this test ({converter.regex})"
        before, _, rest = route.partition(f"{name}>")
        route = before[: before.rindex("<")] + values[0] + rest
    prefix = "" if language == "fi" or not _under_language(address) else f"{language}/"
    return f"/{prefix}{route.lstrip('/').removeprefix('^')}"


def _under_language(address: Address) -> bool:
    plain = {"ui_style", "set_language"}
    return address.name not in plain and not address.route.startswith(("i18n/", "api/", "static/"))


PEOPLE = ("visitor", "no role", *(role.value for role in Role))


def _client(person: str) -> tuple[Client, User | None]:
    client = Client(raise_request_exception=False)
    if person == "visitor":
        return client, None
    user = make_user(*([Role(person)] if person != "no role" else []), name=f"{person}-kävijä")
    client.force_login(user)
    return client, user


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("language", ["fi", "sv"])
def test_every_address_answers_each_person_by_their_rights(parameters: dict[str, str], person: str, language: str) -> None:
    """With the right: the page, a redirect, nothing found or not by this method. Without it: 403, or signing in for a visitor."""
    client, user = _client(person)
    wrong = []
    for address in ADDRESSES:
        if address.needs is None:
            continue
        url = _url(address, language, parameters)
        if user is not None and address.name == "logout":
            continue
        response = client.get(url)
        if address.needs == TOKEN:  # a session opens nothing here; kirjaamo/api/tests walks them with tokens
            fine = response.status_code in {401, 404, 405}
        elif address.needs == PUBLIC or (user is not None and user.may(address.needs)):
            fine = response.status_code in SHOWN and not _to_sign_in(response)
        elif user is None:
            fine = response.status_code == 302 and _to_sign_in(response)
        else:
            fine = response.status_code == 403
        if not fine:
            wrong.append(f"{url} needs {address.needs}: {response.status_code} {response.headers.get('Location', '')}")
    assert wrong == []


def _to_sign_in(response: Any) -> bool:
    return "kirjaudu" in response.headers.get("Location", "")


def test_the_walk_really_opens_pages(parameters: dict[str, str]) -> None:
    """The parameters of the fixture lead to pages, so that the walk does not merely see pages that are not found."""
    client, _user = _client(Role.HANDLER.value)
    for name in (
        "work",
        "cases",
        "case",
        "case_take",
        "case_record",
        "case_document",
        "case_task",
        "case_task_done",
        "case_close",
        "public_cases",
        "public_case",
    ):
        address = next(a for a in ADDRESSES if a.name == name)
        assert client.get(_url(address, "fi", parameters)).status_code == 200, name
    file = next(a for a in ADDRESSES if a.name == "case_file")
    assert client.get(_url(file, "fi", parameters)).content == b"Hei"
    assert settings.LOGIN_URL == "login"
