"""Who the authority is: the information management unit, its authorities and units, and the accounts of its people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from kirjaamo.kernel.actors import PUBLIC
from kirjaamo.kernel.fields import Translated
from kirjaamo.kernel.rows import Row
from kirjaamo.kernel.scope import NEED_TO_KNOW, PLACED, Scope, scope_of
from kirjaamo.kernel.sealed import Sealed
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
    above = ArrayField(models.BigIntegerField(), default=list, editable=False)
    """The unit itself and every unit above it: a right given for any of them is held here."""

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


@dataclass(frozen=True, slots=True)
class Held:
    """A role in force and what it is for; empty is no limit."""

    role: Role
    unit: int | None = None
    class_code: str = ""
    register: str = ""

    def reaches(self, scope: Scope) -> bool:
        """Whether the role is given where an object stands: each limit that it has must hold."""
        return (
            (self.unit is None or self.unit in scope.units)
            and (not self.class_code or _under(scope.class_code, self.class_code))
            and (not self.register or self.register == scope.register)
        )

    def names_class(self, scope: Scope) -> bool:
        """Whether the role is given for the very class (or one above it) of a confidential object."""
        return bool(self.class_code) and self.reaches(scope)


def _under(code: str, above: str) -> bool:
    """Whether a class code is another one or stands below it."""
    return code == above or code.startswith(f"{above} ")


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
    mail_times = models.JSONField(default=dict, blank=True)  # by kind of notice, when other than at once (`notices.models.MailTime`)

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

    def keep_roles(self, day: dt.date, roles: Sequence[Held]) -> None:
        """Remember the roles in force on a day with what they are for, so that a request reads them once."""
        self.__dict__["_roles"] = (day, tuple(roles))

    def roles_on(self, day: dt.date) -> Sequence[Held]:
        """The roles in force on a day, each with what it is for."""
        cached = self.__dict__.get("_roles")
        if cached is None or cached[0] != day:
            rows = self.roles.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)
            self.keep_roles(day, [Held(Role(row.role), row.unit_id, row.class_code, row.register) for row in rows])
            cached = self.__dict__["_roles"]
        return cached[1]  # type: ignore[no-any-return]

    def rights(self, on: dt.date | None = None) -> frozenset[str]:
        """The rights that the roles in force on a day give (today unless told)."""
        return frozenset(right for held in self.roles_on(on or timezone.localdate()) for right in RIGHTS[held.role])

    def units(self) -> frozenset[int]:
        """The units whose work is this person's: their own and those of their roles."""
        told = {self.unit_id, *(held.unit for held in self.roles_on(timezone.localdate()))}
        return frozenset(unit for unit in told if unit is not None)

    def may(self, need: str, on: object | None = None) -> bool:
        """Tell whether a role in force gives the right, and gives it where the object stands (`kernel.scope`).

        A right to act holds within the unit (and those below it), class or register that the role is given for, or through a
        tie in person: handler, task, grant. A right to read holds everywhere, except that what is confidential asks for a tie.
        """
        if need == PUBLIC:
            return True
        if not self.is_active:
            return False
        if need == "staff":
            return True
        giving = [held for held in self.roles_on(timezone.localdate()) if need in RIGHTS[held.role]]
        scope = scope_of(on) if giving and need in PLACED | NEED_TO_KNOW else None
        if scope is None or (need in NEED_TO_KNOW and not scope.confidential):
            return bool(giving)
        if scope.confidential:
            return bool(scope.units & self.units()) or any(held.names_class(scope) for held in giving) or scope.tied(self, need)
        return any(held.reaches(scope) for held in giving) or scope.tied(self, need)


class RoleAssignment(Row):
    """A role of an account, from a day to a day; a post that ends takes its rights the same day (TiHL 906/2019 § 16).

    It holds in a unit and those below it, in a class of the plan and those below it, in a register: empty is no limit.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="roles")
    role = models.CharField(max_length=40, choices=Role)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True)
    class_code = models.CharField(max_length=40, blank=True)
    register = models.CharField(max_length=80, blank=True)
    given_by = models.CharField(max_length=60, blank=True)
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


class SecondFactor(Row):
    """The second factor of an account: a shared secret, sealed with keys outside the database, and recovery codes as keyed hashes.

    `last_step` is the newest time step whose code was taken: a code works once. One that is not confirmed yet guards nothing.
    """

    user = models.OneToOneField(User, models.CASCADE, related_name="second_factor")
    sealed = Sealed()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    last_step = models.BigIntegerField(default=0)
    recovery = models.JSONField(default=list)


class Session(AbstractBaseSession):
    """An open session: whose, since when, last used when, on what kind of device. Its key stands in the cookie and nowhere else."""

    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="sessions")
    started_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)
    device = models.CharField(max_length=60, blank=True)

    objects: ClassVar[models.Manager[Session]] = models.Manager()  # type: ignore[assignment]

    class Meta:
        """Found by person."""

        indexes = (models.Index(fields=("user", "-seen_at")),)

    @classmethod
    def get_session_store_class(cls) -> type[SessionStore]:
        """How a row is read: as Django writes it."""
        return SessionStore

    @property
    def mark(self) -> str:
        """What names the session on a page; the key itself never leaves the cookie."""
        return salted_hmac("kirjaamo.organisation.session", self.session_key, algorithm="sha256").hexdigest()[:16]
