"""The catalog of the first authority, loaded once for a module; each test sees it as it was loaded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.db import transaction
from django.test import Client
from django.utils import translation

from kirjaamo.catalog.actions import reindex
from kirjaamo.kernel.actors import Machine
from kirjaamo.kernel.packs import Pack, read_pack
from kirjaamo.organisation.actions import create_user
from kirjaamo.organisation.models import User
from kirjaamo.organisation.roles import Role
from kirjaamo.testing import HELSINKI, PASSWORD

if TYPE_CHECKING:
    from pytest_django.plugin import DjangoDbBlocker

ROBOT = Machine("test")


@pytest.fixture(autouse=True)
def _finnish() -> Iterator[None]:
    """Begin every test in Finnish: a page in another language leaves its language behind in the thread."""
    with translation.override("fi"):
        yield


@pytest.fixture(scope="module")
def _indexed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Pack]:  # noqa: ARG001 - order
    """Make the pages of the filled city in a transaction that is undone after the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        reindex(actor=ROBOT)
        yield read_pack(HELSINKI)
        transaction.set_rollback(True)


@pytest.fixture
def helsinki(_indexed: Pack, django_db_blocker: DjangoDbBlocker) -> Iterator[Pack]:
    """Give the pack of the loaded catalog; what a test changes is undone after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield _indexed
        transaction.set_rollback(True)


@pytest.fixture
def manager(helsinki: Pack) -> User:  # noqa: ARG001 - order
    """Return an information manager."""
    return create_user("iida", "Iida Esimerkki", PASSWORD, roles=[Role.INFORMATION_MANAGER], actor=ROBOT, since=dt.date(2026, 1, 1))


@pytest.fixture
def registrar(helsinki: Pack) -> User:  # noqa: ARG001 - order
    """Return someone who may read the catalog and not publish it."""
    return create_user("reino", "Reino Esimerkki", PASSWORD, roles=[Role.REGISTRAR], actor=ROBOT, since=dt.date(2026, 1, 1))


@pytest.fixture
def web() -> Client:
    """Return a visitor."""
    return Client()
