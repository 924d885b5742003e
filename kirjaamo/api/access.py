"""Who calls: the account of a token, bounded by the token's scope and registers; and how often it may."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from ninja.security import HttpBearer

from kirjaamo.api.actions import count_call
from kirjaamo.api.models import Scope, Token
from kirjaamo.kernel import vault
from kirjaamo.kernel.errors import KirjaamoError

if TYPE_CHECKING:
    from django.http import HttpRequest

    from kirjaamo.organisation.models import User

OPEN_PER_MINUTE = 60


class TooMany(KirjaamoError):
    """The caller has used this minute's calls."""

    code = "api.too_many"
    sentence = _("Kutsuja on liikaa tälle minuutille. Odota minuutin vaihtumista ja yritä uudelleen.")


class Caller:
    """The account of a token as an actor: what the account may, and no more than the token's scope and registers."""

    def __init__(self, token: Token) -> None:
        """Take the token, whose account is in use."""
        self.token = token
        self.user: User = token.user

    def __getattr__(self, name: str) -> Any:
        """Everything else is the account's."""
        return getattr(self.user, name)

    @property
    def actor_ref(self) -> str:
        """The account: who acts by a token is the person whose it is, also where four eyes are asked."""
        return self.user.actor_ref

    def may(self, need: str, on: object | None = None) -> bool:
        """Whether both the account and the token's scope allow it."""
        reading = need.endswith(".read") or need in {"staff", "public"}
        if self.token.scope == Scope.READ and not reading:
            return False
        return self.user.may(need, on)

    def reaches(self, slug: str) -> bool:
        """Whether the token is for this register or system."""
        return not self.token.registers or slug in self.token.registers


class Bearer(HttpBearer):
    """A token in the header `Authorization: Bearer …`; sessions of browsers do not open the API."""

    def authenticate(self, request: HttpRequest, token: str) -> Caller | None:
        """The caller of a token in force; None is answered by 401. Sentences are in the caller's language."""
        translation.activate(translation.get_language_from_request(request))
        found = Token.objects.select_related("user").filter(hash=vault.fingerprint(token), revoked_at=None).first()
        if found is None or found.valid_to < timezone.localdate() or not found.user.is_active:
            return None
        bounded(f"token:{found.pk}", found.per_minute)
        return Caller(found)


def bounded(caller: str, most: int) -> None:
    """Count a call; `TooMany` when the minute is used up."""
    minute = timezone.now().replace(second=0, microsecond=0)
    if count_call(caller, minute) > most:
        raise TooMany


def seconds_left() -> int:
    """How long until the next minute."""
    return 60 - dt.datetime.now(tz=dt.UTC).second
