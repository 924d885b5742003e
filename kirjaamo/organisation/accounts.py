"""How a request finds its account: the account with its roles in one statement (setting AUTHENTICATION_BACKENDS)."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from django.db import connection
from django.utils import timezone

from kirjaamo.kernel import kept, prepared
from kirjaamo.organisation.models import Held, User
from kirjaamo.organisation.roles import Role

BACKEND = "kirjaamo.organisation.accounts.Accounts"


class Accounts:
    """Accounts of this program. Passwords are checked by `organisation.actions.sign_in`, which counts failures."""

    def authenticate(self, request: object, **credentials: object) -> None:
        """Nobody signs in past the action."""
        del request, credentials

    def get_user(self, user_id: int) -> User | None:
        """The account of a session with the rights of this day; None ends the session (one statement)."""
        day = timezone.localdate()
        found = prepared.execute(_statement(), [day, day, user_id])
        if not found:
            return None
        *values, held, marks = found[0]
        kept.told(json.loads(marks))
        read = [_read(field, value) for field, value in zip(FIELDS, values, strict=True)]
        user = User.from_db(connection.alias, [field.attname for field in FIELDS], read)
        user.keep_roles(day, [Held(Role(one["role"]), one["unit"], one["code"], one["register"]) for one in json.loads(held)])
        return user


FIELDS = User._meta.concrete_fields


def _read(field: Any, value: Any) -> Any:
    """A value of a column as the field reads it."""
    return field.from_db_value(value, None, connection) if hasattr(field, "from_db_value") else value


@cache
def _statement() -> str:
    """The account, its roles of a day, and the marks of what processes keep."""
    columns = ", ".join(f'u."{field.column}"' for field in FIELDS)
    return f"""
        SELECT {columns}, (
            SELECT coalesce(jsonb_agg(jsonb_build_object('role', role, 'unit', unit_id, 'code', class_code, 'register', register)), '[]')
            FROM organisation_roleassignment WHERE user_id = u.id AND valid_from <= %s::date AND (valid_to IS NULL OR valid_to >= %s::date)
        ), ({kept.MARKS})
        FROM organisation_user u WHERE u.id = %s::bigint AND u.is_active
    """  # noqa: S608 - names of our own columns
