"""Who the authority is: the information management unit, its authorities and units, and the accounts of its people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kirjaamo.kernel.fields import Translated
from kirjaamo.kernel.rows import Row
from kirjaamo.organisation.roles import RIGHTS, Role


class ManagementUnit(Row):
    """The information management unit (tiedonhallintayksikkö, TiHL 906/2019 § 4.1): one city, one row."""

    slug = models.SlugField(unique=True)
    name = Translated()
    business_id = models.CharField(max_length=9, unique=True)
    kind = models.CharField(max_length=40, default="municipality")
    languages = models.JSONField(default=list)
    case_pattern = models.CharField(max_length=60)
    office_hours = Translated()
    look = models.JSONField(default=dict)
    duties = models.JSONField(default=list)
    sources = models.JSONField(default=list)


class Authority(Row):
    """An authority within the unit (TiHL 906/2019 § 26.2 item 2): a board or an office that decides."""

    management_unit = models.ForeignKey(ManagementUnit, models.PROTECT, related_name="authorities")
    identifier = models.CharField(max_length=80, unique=True)
    name = Translated()


class Unit(Row):
    """A division, department or office. What it holds is asked of the nearest unit upward that has contacts."""

    slug = models.SlugField(max_length=80, unique=True)
    title = Translated()
    short = models.CharField(max_length=60, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="units")
    body = Translated()
    tasks = Translated()
    tasks_source = Translated()
    decides = models.BooleanField(default=False)
    is_registry_office = models.BooleanField(default=False)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        """In the order of the data pack; one registry office."""

        ordering = ("order", "slug")
        constraints = (
            models.UniqueConstraint(fields=("is_registry_office",), condition=Q(is_registry_office=True), name="one_registry_office"),
        )


class ContactKind(models.TextChoices):
    """The kinds of contact facts."""

    POSTAL = "postal", _("Postiosoite")
    VISITING = "visiting", _("Käyntiosoite")
    LETTERBOX = "letterbox", _("Postilaatikko")
    TELEPHONE = "telephone", _("Puhelin")
    EMAIL = "email", _("Sähköposti")
    SECURE_MAIL = "secure_mail", _("Suojattu sähköposti")
    E_SERVICE = "e_service", _("Sähköinen asiointi")
    OPENING_HOURS = "opening_hours", _("Aukioloaika")


class Contact(Row):
    """One way to reach a unit, and the kinds of request that it serves (an empty list: anything)."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="contacts")
    kind = models.CharField(max_length=20, choices=ContactKind)
    value = Translated()
    note = Translated()
    serves = models.JSONField(default=list)
    sign_ins = models.JSONField(default=list)
    hours = Translated()
    order = models.PositiveIntegerField(default=0)

    class Meta:
        """As the data pack lists them."""

        ordering = ("order", "id")


class ExternalBody(Row):
    """Another authority or a firm that owns, controls or delivers something."""

    slug = models.SlugField(max_length=80, unique=True)
    title = Translated()
    note = Translated()
    request_contact = Translated()


class UserManager(BaseUserManager["User"]):
    """Finds accounts by user name. Accounts are made by `organisation.actions.create_user`."""

    def get_by_natural_key(self, username: str | None) -> User:
        """Look an account up without regard to case."""
        return self.get(username__iexact=username)


class User(AbstractBaseUser):
    """An account of a person who works here. Rights come from roles with a start and an end."""

    username = models.CharField(max_length=150, unique=True)
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="users")
    language = models.CharField(max_length=2, default="fi")
    is_active = models.BooleanField(default=True)
    signed_in_at = models.DateTimeField(null=True, blank=True)
    unread_notices = models.PositiveIntegerField(default=0)
    wants_mail = models.BooleanField(default=True)

    # Django's own field would be written outside of an action at each sign-in; `signed_in_at` is written by ours.
    last_login = None

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        """`maija` and `Maija` are one account."""

        constraints = (
            models.UniqueConstraint(
                Lower("username"), name="one_account_per_username", violation_error_message=_("Tämä käyttäjätunnus on jo käytössä.")
            ),
        )

    def __str__(self) -> str:
        """The person's name."""
        return self.name

    def get_full_name(self) -> str:
        """The person's name, by the word that page frames use."""
        return self.name

    @property
    def is_staff(self) -> bool:
        """Whether the person works here: every account in use is of one who does."""
        return self.is_active

    @property
    def actor_ref(self) -> str:
        """The lasting reference of the account."""
        return f"user:{self.pk}"

    def keep_roles(self, day: dt.date, roles: Sequence[tuple[Role, int | None]]) -> None:
        """Remember the roles in force on a day with the units they are for, so that a request reads them once."""
        self.__dict__["_roles"] = (day, tuple(roles))

    def roles_on(self, day: dt.date) -> Sequence[tuple[Role, int | None]]:
        """The roles in force on a day, each with the unit that it is for."""
        cached = self.__dict__.get("_roles")
        if cached is None or cached[0] != day:
            rows = self.roles.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day).values_list("role", "unit_id")
            self.keep_roles(day, [(Role(role), unit) for role, unit in rows])
            cached = self.__dict__["_roles"]
        return cached[1]  # type: ignore[no-any-return]

    def rights(self, on: dt.date | None = None) -> frozenset[str]:
        """The rights that the roles in force on a day give (today unless told)."""
        return frozenset(right for role, _unit in self.roles_on(on or timezone.localdate()) for right in RIGHTS[role])

    def units(self) -> frozenset[int]:
        """The units whose work is this person's: their own and those of their roles."""
        told = {self.unit_id, *(unit for _role, unit in self.roles_on(timezone.localdate()))}
        return frozenset(unit for unit in told if unit is not None)

    def may(self, need: str, on: object | None = None) -> bool:
        """Tell whether a role in force gives the right."""
        del on
        return need == "public" or (self.is_active and (need == "staff" or need in self.rights()))


class RoleAssignment(Row):
    """A role of an account, from a day to a day; a post that ends takes its rights the same day (TiHL 906/2019 § 16)."""

    user = models.ForeignKey(User, models.CASCADE, related_name="roles")
    role = models.CharField(max_length=40, choices=Role)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        """A period runs forward."""

        constraints = (
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=models.F("valid_from")),
                name="role_ends_after_it_starts",
                violation_error_message=_("Roolin voimassaolo ei voi päättyä ennen kuin se alkaa."),
            ),
        )


class SignInFailure(Row):
    """A sign-in that failed: of which account name and from which address, as keyed hashes. Rows end with the lockout they count for."""

    at = models.DateTimeField()
    account_hash = models.CharField(max_length=64)
    address_hash = models.CharField(max_length=64)

    class Meta:
        """Counted by account and by address."""

        indexes = (models.Index(fields=("account_hash", "at")), models.Index(fields=("address_hash", "at")))
