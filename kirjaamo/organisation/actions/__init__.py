"""What may be changed of the organisation and its accounts, and how people sign in."""

from __future__ import annotations

from kirjaamo.organisation.actions.people import (
    choose_language,
    create_user,
    end_role,
    end_sessions,
    give_role,
    load_organisation,
    remove_second_factor,
    set_active,
    set_password,
)
from kirjaamo.organisation.actions.signing import (
    SetUp,
    begin_second_factor,
    confirm_second_factor,
    give_code,
    sign_in,
    sign_out,
)

__all__ = [
    "SetUp",
    "begin_second_factor",
    "choose_language",
    "confirm_second_factor",
    "create_user",
    "end_role",
    "end_sessions",
    "give_code",
    "give_role",
    "load_organisation",
    "remove_second_factor",
    "set_active",
    "set_password",
    "sign_in",
    "sign_out",
]
