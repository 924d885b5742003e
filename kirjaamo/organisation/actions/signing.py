"""Signing in and out: the password, then the second factor, each counted when it fails."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings

from kirjaamo.kernel.actions import action, running
from kirjaamo.kernel.actors import PUBLIC
from kirjaamo.organisation import second_factor, signing_in
from kirjaamo.organisation.models import SecondFactor, SignInFailure, User
from kirjaamo.organisation.signing_in import Origin, Outcome, Step
from kirjaamo.ui.access import STAFF
from kirjaamo.ui.languages import pick

if TYPE_CHECKING:
    import datetime as dt

    from django.utils.safestring import SafeString

    from kirjaamo.kernel.actors import Actor


@action("Kirjaudu sisään", needs=PUBLIC)
def sign_in(username: str, password: str, address: str, *, actor: Actor) -> Outcome:
    """Try the password. A failure is kept and counted. What comes next: a code, setting up the second factor, or the session."""
    del actor
    origin, at = Origin.of(username, address), running().at
    until = _waits(origin, at)
    if until is not None:
        return Outcome(locked_until=until)
    user = signing_in.account_of(username, password)
    if user is None:
        _failed(origin, at)
        return Outcome()
    factor = SecondFactor.objects.filter(user=user).first()
    if factor is not None and factor.confirmed_at is not None:
        return Outcome(user=user, step=Step.CODE)
    if second_factor.required_of(frozenset(held.role.value for held in user.roles_on(at.date()))):
        return Outcome(user=user, step=Step.SET_UP)
    _signed_in(user, origin, at)
    return Outcome(user=user)


@action("Anna kirjautumiskoodi", needs=PUBLIC)
def give_code(user: User, code: str, address: str, *, actor: Actor) -> Outcome:
    """Try a code of the authenticator app, or a recovery code, which is then used up. A failure counts as one of the password."""
    del actor
    origin, at = Origin.of(user.username, address), running().at
    until = _waits(origin, at)
    if until is not None:
        return Outcome(locked_until=until)
    factor = SecondFactor.objects.select_for_update().filter(user=user).exclude(confirmed_at=None).first()
    if factor is None or not _taken(factor, code, at):
        _failed(origin, at)
        return Outcome()
    _signed_in(user, origin, at)
    return Outcome(user=user)


def _taken(factor: SecondFactor, code: str, at: dt.datetime) -> bool:
    """Whether the code is right; each is good once."""
    plain = code.replace(" ", "")
    step = second_factor.step_of(second_factor.unseal(factor.sealed), plain, at, factor.last_step)
    if step is not None:
        factor.last_step = step
        factor.save(update_fields=["last_step"])
        return True
    known = second_factor.recovery_hash(plain)
    if known not in factor.recovery:
        return False
    factor.recovery = [one for one in factor.recovery if one != known]
    factor.save(update_fields=["recovery"])
    return True


@dataclass(frozen=True)
class SetUp:
    """What a person needs to set the second factor up: the secret as a picture and as text."""

    qr: SafeString
    typed: str


@action("Ota toinen tunniste käyttöön", needs=PUBLIC)
def begin_second_factor(user: User, *, actor: Actor) -> SetUp | None:
    """Make a secret that waits for its first code, or show the one that waits already. None when one is in use."""
    del actor
    factor = SecondFactor.objects.filter(user=user).first()
    if factor is not None and factor.confirmed_at is not None:
        return None
    if factor is None:
        factor = SecondFactor.of(user=user, sealed=second_factor.seal(second_factor.new_secret()))
    secret = second_factor.unseal(factor.sealed)
    issuer = pick(settings.KIRJAAMO_LOOK.get("authority", "Kirjaamo"), user.language).text
    return SetUp(second_factor.qr(secret, user.username, issuer), second_factor.typed(secret))


@action("Vahvista toinen tunniste", needs=PUBLIC)
def confirm_second_factor(user: User, code: str, address: str, *, actor: Actor) -> list[str] | None:
    """Take the first code: the second factor is in use from now on. Return recovery codes, shown once; None when the code is wrong."""
    del actor
    origin, at = Origin.of(user.username, address), running().at
    factor = SecondFactor.objects.select_for_update().filter(user=user, confirmed_at=None).first()
    if factor is None or _waits(origin, at) is not None:
        return None
    step = second_factor.step_of(second_factor.unseal(factor.sealed), code.replace(" ", ""), at, factor.last_step)
    if step is None:
        _failed(origin, at)
        return None
    codes = second_factor.new_recovery_codes()
    factor.confirmed_at, factor.last_step = at, step
    factor.recovery = [second_factor.recovery_hash(one) for one in codes]
    factor.save(update_fields=["confirmed_at", "last_step", "recovery"])
    _signed_in(user, origin, at)
    return codes


def _waits(origin: Origin, at: dt.datetime) -> dt.datetime | None:
    signing_in.take_turn(origin)
    return signing_in.locked_until(origin, at)


def _failed(origin: Origin, at: dt.datetime) -> None:
    SignInFailure.of(at=at, account_hash=origin.account, address_hash=origin.address)
    SignInFailure.objects.filter(at__lt=at - signing_in.WINDOW).delete()


def _signed_in(user: User, origin: Origin, at: dt.datetime) -> None:
    SignInFailure.objects.filter(account_hash=origin.account).delete()
    user.signed_in_at = at
    user.save(update_fields=["signed_in_at"])


@action("Kirjaudu ulos", needs=STAFF)
def sign_out(user: User, *, actor: Actor) -> None:
    """Note in the journal that a person signed out."""
    del actor
    running().wrote(user, "sign_out")
