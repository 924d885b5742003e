"""Forms that were taken: a second send of the same form waits for the first and then finds its result."""

from __future__ import annotations

import uuid

from django.db import connection

from kirjaamo.kernel.models import Submission


def claim(key: uuid.UUID) -> str | None:
    """Claim the key of a form. None: it is yours. A text: the result of the send that came before.

    Must run within an action: the claim is undone with its transaction.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kernel_submission (key, result, at) VALUES (%s, '', now()) ON CONFLICT (key) DO NOTHING RETURNING id", [key]
        )
        if cursor.fetchone():
            return None
    return Submission.objects.values_list("result", flat=True).get(key=key)


def result(key: uuid.UUID) -> str:
    """The result of a form that was taken; empty when it was not."""
    return Submission.objects.filter(key=key).values_list("result", flat=True).first() or ""


def settle(key: uuid.UUID, result: str) -> None:
    """Write the result of a claimed form."""
    Submission.objects.filter(key=key).update(result=result)


def claim_row(key: uuid.UUID, table: str) -> tuple[int, bool]:
    """Claim the key of a form that makes one row of a table; return the row's primary key and whether the claim is the first.

    The row's key is taken with the claim, so that nothing has to be written again when the row is there.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kernel_submission (key, result, at) VALUES (%s, nextval(pg_get_serial_sequence(%s, 'id'))::text, now())"
            " ON CONFLICT (key) DO NOTHING RETURNING result",
            [key, table],
        )
        made = cursor.fetchone()
    if made:
        return int(made[0]), True
    return int(Submission.objects.values_list("result", flat=True).get(key=key)), False
