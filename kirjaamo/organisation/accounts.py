"""How a request finds its account: the account with its roles in one statement (setting AUTHENTICATION_BACKENDS)."""

from __future__ import annotations

from django.contrib.postgres.aggregates import JSONBAgg
from django.db.models import F, Q
from django.db.models.functions import JSONObject
from django.utils import timezone

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
        in_force = Q(roles__valid_from__lte=day) & (Q(roles__valid_to=None) | Q(roles__valid_to__gte=day))
        row = JSONObject(role=F("roles__role"), unit=F("roles__unit_id"), code=F("roles__class_code"), register=F("roles__register"))
        user = User.objects.filter(pk=user_id, is_active=True).annotate(held=JSONBAgg(row, filter=in_force, default=[])).first()
        if user is not None:
            user.keep_roles(day, [Held(Role(one["role"]), one["unit"], one["code"], one["register"]) for one in user.held])
        return user
