"""How a request finds its account: with its session and its roles in one statement (setting AUTHENTICATION_BACKENDS)."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from contextvars import ContextVar
from functools import cache
from typing import Any

from django.db import connection
from django.utils import timezone

from kirjaamo.kernel import kept, prepared
from kirjaamo.organisation.models import Held, Session, User
from kirjaamo.organisation.roles import Role

BACKEND = "kirjaamo.organisation.accounts.Accounts"


class Accounts:
    """Accounts of this program. Passwords are checked by `organisation.actions.sign_in`, which counts failures."""

    def authenticate(self, request: object, **credentials: object) -> None:
        """Nobody signs in past the action."""
        del request, credentials

    def get_user(self, user_id: int) -> User | None:
        """The account of a session with the rights of this day; None ends the session (no statement beside that of the session)."""
        known = _known.get()
        _known.set(None)
        if known is not None and known.pk == user_id:
            return known
        day = timezone.localdate()
        found = prepared.execute(_of_account(), [day, day, user_id])
        return _account(found[0], day) if found else None


_known: ContextVar[User | None] = ContextVar("kirjaamo_account", default=None)
"""The account that came with the session of this request, until it is asked for."""


def open_session(key: str, now: dt.datetime) -> Session | None:
    """The session of a key that has not ended, with its account kept for the question that follows (one statement)."""
    day = timezone.localdate(now)
    found = prepared.execute(_of_session(), [day, day, key, now])
    _known.set(None)
    if not found:
        return None
    own, account = found[0][: len(SESSION_FIELDS)], found[0][len(SESSION_FIELDS) :]
    if account[0] is not None:
        _known.set(_account(account, day))
    return Session.from_db(connection.alias, [field.attname for field in SESSION_FIELDS], own)


FIELDS, SESSION_FIELDS = User._meta.concrete_fields, Session._meta.concrete_fields


def _account(row: Sequence[Any], day: dt.date) -> User:
    """The account of a row of `_told`; its first column is the key."""
    *values, held, marks = row
    kept.told(json.loads(marks))
    read = [_read(field, value) for field, value in zip(FIELDS, values, strict=True)]
    user = User.from_db(connection.alias, [field.attname for field in FIELDS], read)
    user.keep_roles(day, [Held(Role(one["role"]), one["unit"], one["code"], one["register"]) for one in json.loads(held)])
    return user


def _read(field: Any, value: Any) -> Any:
    """A value of a column as the field reads it."""
    return field.from_db_value(value, None, connection) if hasattr(field, "from_db_value") else value


@cache
def _told() -> str:
    """The columns of an account: its own, its roles of a day, and the marks of what processes keep."""
    columns = ", ".join(f'u."{field.column}"' for field in FIELDS)
    return f"""{columns}, (
        SELECT coalesce(jsonb_agg(jsonb_build_object('role', role, 'unit', unit_id, 'code', class_code, 'register', register)), '[]')
        FROM organisation_roleassignment WHERE user_id = u.id AND valid_from <= %s::date AND (valid_to IS NULL OR valid_to >= %s::date)
    ), ({kept.MARKS})"""  # noqa: S608 - names of our own columns


@cache
def _of_account() -> str:
    return f"SELECT {_told()} FROM organisation_user u WHERE u.id = %s::bigint AND u.is_active"  # noqa: S608 - as above


@cache
def _of_session() -> str:
    columns = ", ".join(f's."{field.column}"' for field in SESSION_FIELDS)
    return f"""SELECT {columns}, {_told()}
        FROM organisation_session s LEFT JOIN organisation_user u ON u.id = s.user_id AND u.is_active
        WHERE s.session_key = %s::text AND s.expire_date > %s::timestamptz"""  # noqa: S608 - names of our own columns
