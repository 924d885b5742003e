"""What may be changed of the organisation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.utils.text import slugify

from kirjaamo.kernel.actions import action, running
from kirjaamo.kernel.actors import PUBLIC
from kirjaamo.organisation import signing_in
from kirjaamo.organisation.models import (
    Authority,
    Contact,
    ExternalBody,
    ManagementUnit,
    RoleAssignment,
    SignInFailure,
    Unit,
    User,
)
from kirjaamo.ui.access import STAFF
from kirjaamo.values.business_id import BusinessId

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor
    from kirjaamo.kernel.packs import Item, Pack
    from kirjaamo.organisation.roles import Role


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
) -> User:
    """Make an account with its roles from the day `since`. The password is checked and stored as a hash only.

    `hashed` is the hash of this password, when it was made before: one hash takes about a second of a processor on purpose.
    """
    del actor
    user = User(username=username.strip().lower(), name=name, unit=unit, email=email, language=language)
    validate_password(password, user)
    user.password = hashed or make_password(password)
    user.save(force_insert=True)
    running().wrote(user, "create", {"username": user.username})
    for role in roles:
        RoleAssignment.of(user=user, role=role, unit=unit, valid_from=since)
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


@action("Kirjaudu sisään", needs=PUBLIC)
def sign_in(username: str, password: str, address: str, *, actor: Actor) -> signing_in.Outcome:
    """Try to sign in. A failure is kept and counted; a success clears the failures of the account and notes the time."""
    del actor
    at = running().at
    origin = signing_in.Origin.of(username, address)
    signing_in.take_turn(origin)
    until = signing_in.locked_until(origin, at)
    if until is not None:
        return signing_in.Outcome(locked_until=until)
    user = signing_in.account_of(username, password)
    if user is None:
        SignInFailure.of(at=at, account_hash=origin.account, address_hash=origin.address)
        SignInFailure.objects.filter(at__lt=at - signing_in.WINDOW).delete()
        return signing_in.Outcome()
    SignInFailure.objects.filter(account_hash=origin.account).delete()
    user.signed_in_at = at
    user.save(update_fields=["signed_in_at"])
    running().wrote(user, "change", {"signed_in_at": at})
    return signing_in.Outcome(user=user)


@action("Kirjaudu ulos", needs=STAFF)
def sign_out(user: User, *, actor: Actor) -> None:
    """Note in the journal that a person signed out."""
    del actor
    running().wrote(user, "sign_out")
