"""The organisation and its accounts: units of a data pack, people, their passwords and roles."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from kirjaamo.kernel.actions import action, running
from kirjaamo.kernel.errors import NotAllowed, Refused
from kirjaamo.organisation.models import (
    Authority,
    Contact,
    ExternalBody,
    ManagementUnit,
    RoleAssignment,
    SecondFactor,
    Session,
    Unit,
    User,
)
from kirjaamo.organisation.roles import WHOLE_AUTHORITY, Role
from kirjaamo.ui.access import STAFF
from kirjaamo.values.business_id import BusinessId
from kirjaamo.values.language import base_language

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from kirjaamo.kernel.actors import Actor
    from kirjaamo.kernel.packs import Item, Pack


@action("Luo käyttäjä", needs="organisation.manage")
def create_user(  # noqa: PLR0913 - an account is these facts
    username: str,
    name: str,
    password: str,
    *,
    roles: Sequence[Role],
    actor: Actor,
    since: dt.date,
    unit: Unit | None = None,
    email: str = "",
    language: str = "fi",
    hashed: str = "",
    everywhere: bool = False,
    registers: Sequence[str] = (),
) -> User:
    """Make an account with its roles from the day `since`. The password is checked and stored as a hash only.

    The roles hold in the unit and those below it; with `everywhere`, or for a role that serves the whole authority, in all units.
    A worker of registers works in those that are named.
    `hashed` is the hash of this password, when it was made before: one hash takes about a second of a processor on purpose.
    """
    user = User(username=username.strip().lower(), name=name, unit=unit, email=email, language=language)
    validate_password(password, user)
    user.password = hashed or make_password(password)
    user.save(force_insert=True)
    running().wrote(user, "create", {"username": user.username})
    for role in roles:
        for register in registers if role == Role.REGISTER_WORKER and registers else ("",):
            whole = everywhere or bool(register) or role in WHOLE_AUTHORITY
            RoleAssignment.of(
                user=user, role=role, unit=None if whole else unit, register=register, given_by=actor.actor_ref, valid_from=since
            )
    return user


@action("Vaihda salasana", needs="organisation.manage")
def set_password(user: User, password: str, *, actor: Actor) -> User:
    """Give an account a new password; sessions opened with the old one end, for they are bound to its hash."""
    del actor
    validate_password(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])
    running().wrote(user, "change", {"password": "set"})
    return user


@action("Päätä rooli", needs="organisation.manage")
def end_role(assignment: RoleAssignment, *, actor: Actor, on: dt.date) -> RoleAssignment:
    """End a role: the day `on` is its last."""
    del actor
    assignment.valid_to = on
    assignment.save(update_fields=["valid_to"])
    return assignment


@action("Anna rooli", needs="organisation.manage")
def give_role(
    user: User,
    role: Role,
    *,
    actor: Actor,
    since: dt.date,
    until: dt.date | None = None,
    unit: Unit | None = None,
    class_code: str = "",
    register: str = "",
) -> RoleAssignment:
    """Give a role from a day to a day, for a unit, a class of the plan or a register; empty is no limit.

    Nobody gives a role to themselves. A role that acts in one place names the place (TiHL 906/2019 § 16).
    """
    if user.actor_ref == actor.actor_ref:
        raise Refused(_("Et voi antaa roolia itsellesi. Pyydä toista pääkäyttäjää antamaan se."), code="organisation.own_role")
    if role == Role.REGISTER_WORKER and not register:
        raise Refused(_("Kerro, missä rekisterissä henkilö työskentelee."), code="organisation.no_register", field="register")
    whole = bool(register) or role in WHOLE_AUTHORITY
    return RoleAssignment.of(
        user=user,
        role=role,
        unit=None if whole else unit,
        class_code=class_code,
        register=register,
        given_by=actor.actor_ref,
        valid_from=since,
        valid_to=until,
    )


@action("Ota tunnus käyttöön tai pois käytöstä", needs="organisation.manage")
def set_active(user: User, *, active: bool, actor: Actor) -> User:
    """Take an account out of use, which ends its sessions at once, or back into use."""
    if user.actor_ref == actor.actor_ref:
        raise Refused(_("Et voi poistaa omaa tunnustasi käytöstä."), code="organisation.own_account")
    user.is_active = active
    user.save(update_fields=["is_active"])
    if not active:
        _end(user.sessions.all())
    return user


@action("Poista toinen tunniste", needs="organisation.manage")
def remove_second_factor(user: User, *, actor: Actor) -> None:
    """Remove the second factor of a person who has lost it; their sessions end, and they set up a new one at the next sign-in."""
    del actor
    SecondFactor.objects.filter(user=user).delete()
    _end(user.sessions.all())


@action("Päätä istunnot", needs=STAFF)
def end_sessions(user: User, marks: Sequence[str], *, actor: Actor) -> int:
    """End open sessions by their marks: one's own, or anyone's for who manages accounts. Return how many ended."""
    if user.actor_ref != actor.actor_ref and not actor.may("organisation.manage"):
        raise NotAllowed("organisation.manage")
    keys = [one.pk for one in user.sessions.all() if one.mark in marks]
    return _end(user.sessions.filter(pk__in=keys))


def _end(sessions: QuerySet[Session]) -> int:
    count, _rows = sessions.delete()
    running().wrote_many("organisation.session", "end", [count])
    return count


@action("Valitse kieli", needs=STAFF)
def choose_language(user: User, language: str, *, actor: Actor) -> User:
    """Choose the language in which one works."""
    if user.actor_ref != actor.actor_ref:
        raise NotAllowed(STAFF)
    user.language = base_language(language)
    user.save(update_fields=["language"])
    return user


@action("Lataa organisaatio", needs="organisation.manage")
def load_organisation(pack: Pack, *, actor: Actor) -> ManagementUnit:
    """Write the management unit, authorities, units, contacts and other bodies of a pack. Loading again doubles nothing."""
    del actor
    told = pack.authority
    facts = {
        "name": told["name"],
        "business_id": str(BusinessId.parse(told["business_id"])),
        "kind": told.get("type", "municipality"),
        "languages": [*told.get("languages", ["fi"]), *told.get("also_offered", [])],
        "case_pattern": told["case_pattern"],
        "office_hours": told.get("office_hours", {}),
        "look": told.get("look", {}),
        "duties": told.get("duty", []),
        "sources": told.get("source", []),
    }
    unit, _made = ManagementUnit.objects.update_or_create(slug=told["slug"], defaults=facts)
    for item in pack.items("external"):
        ExternalBody.objects.update_or_create(
            slug=item.need("slug"),
            defaults={"title": item.text("title"), "note": item.text("note"), "request_contact": item.text("request_contact")},
        )
    _load_units(pack, unit, registry=told["registry_unit"])
    return unit


def _load_units(pack: Pack, management_unit: ManagementUnit, *, registry: str) -> None:
    items = {item.need("slug"): item for item in pack.items("unit")}
    made: dict[str, Unit] = {}

    def load(slug: str, item: Item) -> Unit:
        if slug in made:
            return made[slug]
        parent_slug = item.get("parent")
        if parent_slug is not None and parent_slug not in items:
            raise item.problem(f"its parent '{parent_slug}' is not in the pack")
        parent = load(parent_slug, items[parent_slug]) if parent_slug else None
        made[slug], _new = Unit.objects.update_or_create(
            slug=slug,
            defaults={
                "title": item.text("title"),
                "short": item.get("short", ""),
                "parent": parent,
                "authority": _authority(management_unit, item, parent),
                "body": item.text("body"),
                "tasks": item.text("tasks"),
                "tasks_source": item.text("tasks_source"),
                "decides": item.get("decides", False),
                "is_registry_office": slug == registry,
                "order": list(items).index(slug),
            },
        )
        _load_contacts(made[slug], item)
        return made[slug]

    for slug, item in items.items():
        load(slug, item)
    for unit in made.values():
        Unit.objects.filter(pk=unit.pk).update(above=_above(unit))


def _above(unit: Unit) -> list[int]:
    """The unit and those above it, the nearest first."""
    return [unit.pk, *(_above(unit.parent) if unit.parent else [])]


def _authority(management_unit: ManagementUnit, item: Item, parent: Unit | None) -> Authority:
    """The authority of a unit: the body above it, else that of the unit above, else the management unit itself."""
    name = item.text("body") or (management_unit.name if parent is None else {})
    if not name and parent is not None:
        return parent.authority
    identifier = f"{management_unit.business_id}/{slugify(name['fi'])}"
    authority, _made = Authority.objects.update_or_create(
        identifier=identifier, defaults={"management_unit": management_unit, "name": name}
    )
    return authority


def _load_contacts(unit: Unit, item: Item) -> None:
    unit.contacts.all().delete()
    Contact.objects.bulk_create(
        [
            Contact(
                unit=unit,
                kind=contact.need("kind"),
                value=contact.text("value"),
                note=contact.text("note"),
                serves=contact.get("serves", []),
                sign_ins=contact.get("sign_ins", []),
                hours=contact.text("hours"),
                order=order,
            )
            for order, contact in enumerate(item.items("contact"))
        ]
    )
