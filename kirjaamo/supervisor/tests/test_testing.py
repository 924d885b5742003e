"""The databases of tests: migrated, apart, and whole again after a test that commits."""

from __future__ import annotations

import pytest
from django.db import connection
from django.utils import timezone

from kirjaamo.organisation.models import Session


def _leave_a_row(key: str) -> None:
    assert not Session.objects.exists()
    Session.objects.create(session_key=key, session_data="", expire_date=timezone.now())


@pytest.mark.django_db
def test_rows_of_a_test_are_gone_after_it_first() -> None:
    _leave_a_row("first")


@pytest.mark.django_db
def test_rows_of_a_test_are_gone_after_it_second() -> None:
    _leave_a_row("second")


@pytest.mark.django_db(transaction=True)
def test_committed_rows_are_gone_after_the_test_first() -> None:
    _leave_a_row("third")


@pytest.mark.django_db(transaction=True)
def test_committed_rows_are_gone_after_the_test_second() -> None:
    _leave_a_row("fourth")


@pytest.mark.django_db
def test_the_role_of_tests_is_no_superuser() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False,)
