"""Parties: natural persons, organisations and estates, each once, with the identity code encrypted and findable only by a keyed hash."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kirjaamo.kernel import vault
from kirjaamo.kernel.rows import Row
from kirjaamo.kernel.sealed import KeyedHash, Sealed
from kirjaamo.kernel.sight import InSight
from kirjaamo.subjects.names import NameWords
from kirjaamo.values.personal_id import PersonalId
from kirjaamo.values.text import sort_key


class SubjectKind(models.TextChoices):
    """What a party is."""

    PERSON = "person", _("Henkilö")
    ORGANISATION = "organisation", _("Organisaatio")
    ESTATE = "estate", _("Kuolinpesä")


class Subject(InSight, Row):
    """A person, an organisation or an estate as a party.

    The identity code (hetu) is stored encrypted; it is compared through a keyed hash of all eleven characters
    (690/2022: the separator is part of the code). Contact facts are read through the properties `email`, `telephone`,
    `address` and `municipality`, which are empty under non-disclosure for personal safety (661/2009 § 36–37): whatever page,
    export or letter reads them shows nothing. `actions.open_contacts` gives them to who needs them, with a trace.
    """

    kind = models.CharField(max_length=20, choices=SubjectKind, default=SubjectKind.PERSON)
    name = models.CharField(max_length=300)
    name_sort = models.CharField(max_length=600, editable=False, db_collation="C")
    personal_id_sealed = Sealed(null=True, editable=False)
    personal_id_hash = KeyedHash(max_length=64, null=True, unique=True, editable=False, of="personal_id_sealed")
    business_id = models.CharField(max_length=9, blank=True)
    birth_date = models.DateField(null=True, blank=True)
    death_date = models.DateField(null=True, blank=True)
    known_email = models.EmailField(blank=True, db_column="email")
    known_telephone = models.CharField(max_length=40, blank=True, db_column="telephone")
    known_address = models.TextField(blank=True, db_column="address")
    known_municipality = models.CharField(max_length=80, blank=True, db_column="municipality")
    language = models.CharField(max_length=2, default="fi")
    safety_non_disclosure = models.BooleanField(default=False)
    safety_until = models.DateField(null=True, blank=True)
    deceased = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="estates")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, editable=False, related_name="merged")

    # What non-disclosure hides.
    CONTACTS: ClassVar[tuple[str, ...]] = ("email", "telephone", "address", "municipality")

    class Meta:
        """Found by name in the Finnish order."""

        ordering = ("name_sort", "id")
        indexes = (
            models.Index(fields=("name_sort",)),
            GinIndex(NameWords("name_sort"), name="subjects_by_name_words"),
            models.Index(fields=("business_id",)),
            models.Index(fields=("known_email",), condition=Q(safety_non_disclosure=True), name="subjects_hidden_by_email"),
            models.Index(fields=("birth_date",), condition=~Q(birth_date=None), name="subjects_by_birth_date"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(kind="person") | Q(personal_id_hash=None),
                name="only_a_person_has_a_personal_id",
                violation_error_message=_("Vain henkilöllä voi olla henkilötunnus."),
            ),
            models.CheckConstraint(
                condition=Q(deceased=None) | Q(kind="estate"),
                name="only_an_estate_is_of_a_deceased",
                violation_error_message=_("Vain kuolinpesällä on vainaja."),
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")),
                name="a_party_is_not_merged_into_itself",
                violation_error_message=_("Osapuolta ei voi yhdistää itseensä."),
            ),
        )

    def __str__(self) -> str:
        """The name; contact facts never."""
        return self.name

    def is_kept(self) -> bool:
        """A person and an estate are; an organisation is nobody's personal data. A row of which only the key was read shows nothing."""
        return "name" in self.__dict__ and self.__dict__.get("kind") != SubjectKind.ORGANISATION

    def sight_subjects(self) -> tuple[int, ...]:
        """Itself."""
        return (self.pk,)

    @property
    def email(self) -> str:
        """The e-mail address; empty under non-disclosure."""
        return "" if self.safety_non_disclosure else self.known_email

    @property
    def telephone(self) -> str:
        """The telephone number; empty under non-disclosure."""
        return "" if self.safety_non_disclosure else self.known_telephone

    @property
    def address(self) -> str:
        """The address; empty under non-disclosure."""
        return "" if self.safety_non_disclosure else self.known_address

    @property
    def municipality(self) -> str:
        """The municipality; empty under non-disclosure."""
        return "" if self.safety_non_disclosure else self.known_municipality

    @property
    def current(self) -> Subject:
        """The party that this one was merged into, else itself."""
        found = self
        while found.merged_into is not None:
            found = found.merged_into
        return found

    def plain(self) -> dict[str, object]:
        """What an export or an interface may say of the party: the mark of non-disclosure goes with it, what it hides does not."""
        return {
            "name": self.name,
            "kind": self.kind,
            "business_id": self.business_id,
            "safety_non_disclosure": self.safety_non_disclosure,
            **{name: getattr(self, name) for name in self.CONTACTS},
        }

    def set_personal_id(self, code: PersonalId) -> None:
        """Seal the code; the birth date follows from it."""
        self.personal_id_sealed = vault.seal(code.reveal())
        self.personal_id_hash = vault.fingerprint(code.reveal())
        self.birth_date = code.birth_date

    def personal_id(self) -> PersonalId | None:
        """Open the code. Only for actions, which log that it was opened and why."""
        if self.personal_id_sealed is None:
            return None
        return PersonalId.parse(vault.unseal(bytes(self.personal_id_sealed)))

    @staticmethod
    def by_personal_id(code: PersonalId) -> Subject | None:
        """Find the one subject of a code; of a merged one, the one that it was merged into."""
        found = Subject.objects.filter(personal_id_hash__in=vault.fingerprints(code.reveal())).first()
        return found.current if found else None

    def sortable(self) -> None:
        """Write the Finnish sort key of the name."""
        self.name_sort = sort_key(self.name)[:600]


class MandateKind(models.TextChoices):
    """On what one party acts for another."""

    AGENT = "agent", _("Asiamies tai valtuutettu")
    GUARDIAN = "guardian", _("Edunvalvoja")
    CUSTODIAN = "custodian", _("Huoltaja")
    SIGNATORY = "signatory", _("Nimenkirjoittaja tai edustaja")
    ESTATE_CONTACT = "estate_contact", _("Kuolinpesän yhteyshenkilö")
    ESTATE_SHARE = "estate_share", _("Kuolinpesän osakas")
    ADMINISTRATOR = "administrator", _("Pesänselvittäjä tai pesänhoitaja")


class Mandate(Row):
    """The right of one party to act for another: what it covers, from when to when, and the document that shows it (HL 434/2003 § 12)."""

    principal = models.ForeignKey(Subject, models.PROTECT, related_name="mandates_given")
    representative = models.ForeignKey(Subject, models.PROTECT, related_name="mandates_held")
    kind = models.CharField(max_length=20, choices=MandateKind)
    scope = models.CharField(max_length=300)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    document = models.ForeignKey(settings.KIRJAAMO_DOCUMENT_MODEL, models.PROTECT, null=True, blank=True, related_name="mandates")
    checked_how = models.CharField(max_length=200)
    ended_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        """The newest first; a period runs forward, and nobody acts for oneself."""

        ordering = ("-valid_from", "-id")
        constraints = (
            models.CheckConstraint(
                condition=~Q(principal=F("representative")),
                name="nobody_is_ones_own_representative",
                violation_error_message=_("Osapuoli ei voi edustaa itseään."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="a_mandate_ends_after_it_starts",
                violation_error_message=_("Valtuutus ei voi päättyä ennen kuin se alkaa."),
            ),
            models.CheckConstraint(
                condition=~Q(scope="") & ~Q(checked_how=""),
                name="a_mandate_tells_what_and_how_it_was_checked",
                violation_error_message=_("Kerro, mitä valtuutus koskee ja miten se tarkistettiin."),
            ),
        )

    def holds_on(self, day: dt.date) -> bool:
        """Whether the mandate is in force on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class SubjectMerge(Row):
    """Two rows of one party made one: which references moved and which facts were taken, so that it can be undone."""

    kept = models.ForeignKey(Subject, models.PROTECT, related_name="merges")
    gone = models.ForeignKey(Subject, models.PROTECT, related_name="merged_by")
    reason = models.CharField(max_length=300)
    moved = models.JSONField(default=list)
    taken = models.JSONField(default=list)
    at = models.DateTimeField()
    by = models.CharField(max_length=60)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.CharField(max_length=60, blank=True)

    class Meta:
        """The newest first."""

        ordering = ("-id",)
