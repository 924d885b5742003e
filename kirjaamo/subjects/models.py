"""Parties: natural persons and organisations, each once, with the identity code encrypted and findable only by a keyed hash."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kirjaamo.kernel import vault
from kirjaamo.kernel.rows import Row
from kirjaamo.values.personal_id import PersonalId
from kirjaamo.values.text import sort_key


class SubjectKind(models.TextChoices):
    """What a party is."""

    PERSON = "person", _("Henkilö")
    ORGANISATION = "organisation", _("Organisaatio")


class Subject(Row):
    """A person or an organisation as a party.

    The identity code (hetu) is stored encrypted; it is compared through a keyed hash of all eleven characters
    (690/2022: the separator is part of the code).
    """

    kind = models.CharField(max_length=20, choices=SubjectKind, default=SubjectKind.PERSON)
    name = models.CharField(max_length=300)
    name_sort = models.CharField(max_length=600, editable=False, db_collation="C")
    personal_id_sealed = models.BinaryField(null=True, editable=False)
    personal_id_hash = models.CharField(max_length=64, null=True, unique=True, editable=False)
    business_id = models.CharField(max_length=9, blank=True)
    birth_date = models.DateField(null=True, blank=True)
    death_date = models.DateField(null=True, blank=True)
    email = models.EmailField(blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    address = models.TextField(blank=True)
    municipality = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=2, default="fi")
    safety_non_disclosure = models.BooleanField(default=False)

    class Meta:
        """Found by name in the Finnish order."""

        ordering = ("name_sort", "id")
        indexes = (models.Index(fields=("name_sort",)), models.Index(fields=("business_id",)))
        constraints = (
            models.CheckConstraint(
                condition=Q(kind="person") | Q(personal_id_hash=None),
                name="only_a_person_has_a_personal_id",
                violation_error_message=_("Vain henkilöllä voi olla henkilötunnus."),
            ),
        )

    def __str__(self) -> str:
        """The name; contact facts never."""
        return self.name

    def set_personal_id(self, code: PersonalId) -> None:
        """Seal the code; the birth date follows from it."""
        self.personal_id_sealed = vault.seal(code.reveal())
        self.personal_id_hash = vault.fingerprint(code.reveal())
        self.birth_date = code.birth_date

    def personal_id(self) -> PersonalId | None:
        """Open the code. Every caller logs that it did and why."""
        if self.personal_id_sealed is None:
            return None
        return PersonalId.parse(vault.unseal(bytes(self.personal_id_sealed)))

    @staticmethod
    def by_personal_id(code: PersonalId) -> Subject | None:
        """Find the one subject of a code."""
        return Subject.objects.filter(personal_id_hash=vault.fingerprint(code.reveal())).first()

    def sortable(self) -> None:
        """Write the Finnish sort key of the name."""
        self.name_sort = sort_key(self.name)[:600]
