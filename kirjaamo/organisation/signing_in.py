"""Signing in with a local account, and the lockout that slows guessing down.

Failures are counted for the account name and for the address, over a sliding window. What a person is told is the same
whether the account exists or not, and an unknown name costs the same time as a wrong password.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection
from django.db.models import Count, Max, Q
from django.utils.crypto import salted_hmac

from kirjaamo.organisation.models import SignInFailure, User

if TYPE_CHECKING:
    from django.http import HttpRequest

WINDOW = dt.timedelta(minutes=15)
ACCOUNT_FAILURES = 5
"""Failures of one account name within the window that lock it until the window has passed since the last of them."""
ADDRESS_FAILURES = 30
"""The same for one address: more, for a whole office may share it."""
_SALT = "kirjaamo.organisation.signing_in"


class Step(StrEnum):
    """What comes after a right password: the session, a code of the second factor, or setting one up."""

    SESSION = "session"
    CODE = "code"
    SET_UP = "set_up"


@dataclass(frozen=True)
class Outcome:
    """How a sign-in went: the account, or none; `locked_until` when it was not even tried; what comes next."""

    user: User | None = None
    locked_until: dt.datetime | None = None
    step: Step = Step.SESSION


@dataclass(frozen=True)
class Origin:
    """The keyed hashes by which failures are counted. Neither name nor address is stored."""

    account: str
    address: str

    @classmethod
    def of(cls, username: str, address: str) -> Origin:
        """Hash the account name without regard to case, and the address."""
        return cls(_hash("account", username.strip().lower()), _hash("address", address))


def _hash(kind: str, value: str) -> str:
    return salted_hmac(f"{_SALT}.{kind}", value, algorithm="sha256").hexdigest()


def address_of(request: HttpRequest) -> str:
    """The address of the visitor: of the connection, or as the trusted proxies in front of the program tell it.

    KIRJAAMO_PROXIES (setting, default 0) is how many proxies stand in front; what a visitor writes into the header is not believed.
    """
    proxies = int(getattr(settings, "KIRJAAMO_PROXIES", 0))
    told = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    return told[-proxies] if 0 < proxies <= len(told) else str(request.META.get("REMOTE_ADDR", ""))


def take_turn(origin: Origin) -> None:
    """Let the attempts at one account come one at a time, so that a burst counts in full (until the transaction ends)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [origin.account])


def locked_until(origin: Origin, at: dt.datetime) -> dt.datetime | None:
    """Until when the account name or the address has to wait; None when it does not (one statement)."""
    mine, here = Q(account_hash=origin.account), Q(address_hash=origin.address)
    told = SignInFailure.objects.filter(mine | here, at__gt=at - WINDOW).aggregate(
        account=Count("pk", filter=mine),
        account_last=Max("at", filter=mine),
        address=Count("pk", filter=here),
        address_last=Max("at", filter=here),
    )
    ends = [
        told[f"{kind}_last"] + WINDOW for kind, most in (("account", ACCOUNT_FAILURES), ("address", ADDRESS_FAILURES)) if told[kind] >= most
    ]
    return max(ends, default=None)


def account_of(username: str, password: str) -> User | None:
    """The account in use whose password this is. An unknown name is hashed too, so that time tells nothing."""
    user = User.objects.filter(username=username.strip().lower(), is_active=True).first()
    if user is None:
        User().set_password(password)
        return None
    return user if user.check_password(password) else None
