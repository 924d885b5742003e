"""The log: an error is found by its place and kind, and nothing that a person typed or a row holds stands in it."""

from __future__ import annotations

import io
import logging
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, connection
from django.utils.module_loading import import_string

from kirjaamo.kernel.errors import Refused

NAME, CODE = "Aino Esimerkki", "150594Y9022"


def logged(error: BaseException) -> str:
    """What the log of the program holds of an error."""
    made: Any = dict(settings.LOGGING["formatters"]["line"])  # type: ignore[index]
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(import_string(made.pop("()"))(made.pop("format"), **made))
    kind = (type(error), error, error.__traceback__)
    handler.emit(logging.LogRecord("x", logging.ERROR, __file__, 1, "An arrival could not be registered: %s", (7,), kind))
    return stream.getvalue()


@pytest.mark.django_db
def test_a_value_that_the_database_repeats_in_its_error_is_not_logged() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE secretive (name text CONSTRAINT no_two_alike UNIQUE)")
        with pytest.raises(IntegrityError, match=NAME) as raised:
            cursor.execute("INSERT INTO secretive VALUES (%s), (%s)", [NAME, NAME])
    told = logged(raised.value)
    assert NAME not in told
    for expected in ("An arrival could not be registered: 7", "IntegrityError", "23505 no_two_alike", "test_logs.py"):
        assert expected in told


def test_neither_the_words_of_an_error_nor_those_of_its_cause_are_logged() -> None:
    def fail() -> None:
        try:
            int(CODE)
        except ValueError as cause:
            raise Refused(f"{NAME} {CODE}", code="cases.wrong") from cause

    with pytest.raises(Refused) as raised:
        fail()
    told = logged(raised.value)
    assert (NAME in told, CODE in told) == (False, False)
    assert ("builtins.ValueError" in told, "Refused: cases.wrong" in told) == (True, True)
