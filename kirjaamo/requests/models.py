"""Information requests. A request is a case of its class; this row holds what is particular to a request."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kirjaamo.cases.models import Case, Task
from kirjaamo.documents.models import Document, Way
from kirjaamo.kernel.rows import Row
from kirjaamo.kernel.scope import Scope
from kirjaamo.kernel.sealed import Sealed

DISCLOSED = "disclosed"
"""The kind of event by which a register of confidential casework tells a request's case what it gave, left out and why."""
SOURCE = "requests"
"""Under which name a request stands beside its case."""


class RequestKind(models.TextChoices):
    """The kind fixes identity needed, clock, remedy and channel (see `requests.kinds`)."""

    DOCUMENT = "document", _("Asiakirja tai tieto asiakirjasta")
    PARTY = "party", _("Asianosaisen tietopyyntö")
    OWN_DATA = "own_data", _("Omat henkilötietoni")
    RECTIFICATION = "rectification", _("Henkilötiedon oikaiseminen")
    LOG_DATA = "log_data", _("Lokitiedot: kuka on katsonut tietojani")
    COMPILED = "compiled", _("Järjestelmistä koottava aineisto")
    STAGE = "stage", _("Missä vaiheessa asia on")


class Outcome(models.TextChoices):
    """How a request ended."""

    GIVEN = "given", pgettext_lazy("tieto", "Annettu")
    PARTLY_GIVEN = "partly_given", _("Annettu osittain")
    ANSWERED = "answered", _("Vastattu")
    REFUSED = "refused", _("Ei annettu (virkamiehen vastaus)")
    TRANSFERRED = "transferred", _("Siirretty toiselle viranomaiselle")
    NOT_FOUND = "not_found", _("Tietoa ei ole")
    WITHDRAWN = "withdrawn", _("Pyyntö peruttu")


class InformationRequest(Row):
    """A request over the catalog. Contact facts and answers to the questions are encrypted: they are the asker's.

    What the asker may read through the address is closed with `box_key`; only the token of the address opens it.
    """

    case = models.OneToOneField(Case, models.PROTECT, related_name="request")
    kind = models.CharField(max_length=20, choices=RequestKind)
    entry_kind = models.CharField(max_length=20, blank=True)
    entry_slug = models.CharField(max_length=100, blank=True)
    entry_title = models.JSONField(default=dict)
    sealed = Sealed()
    language = models.CharField(max_length=2, default="fi")
    anonymous = models.BooleanField(default=False)
    needs_identity = models.BooleanField(default=False)
    identified_at = models.DateTimeField(null=True, blank=True)
    identified_how = models.CharField(max_length=60, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    box_key = models.BinaryField(default=b"", editable=False)
    way = models.CharField(max_length=20, choices=Way, default=Way.E_SERVICE)
    received_at = models.DateTimeField()
    deadlines = models.JSONField(default=list)
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    asker_wrote_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Newest first."""

        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(identified_at=None) | ~Q(identified_how=""),
                name="an_identified_asker_was_identified_somehow",
                violation_error_message=_("Kerro, miten pyytäjä tunnistettiin."),
            ),
            models.CheckConstraint(condition=Q(outcome="") | ~Q(answered_at=None), name="an_outcome_has_its_time"),
        )

    def access_scope(self) -> Scope:
        """The place of its case."""
        return self.case.access_scope()


class SearchTask(Row):
    """The search in one system as a task of the unit that decides, and the proof of what was searched and found."""

    request = models.ForeignKey(InformationRequest, models.PROTECT, related_name="searches")
    task = models.OneToOneField(Task, models.PROTECT, related_name="search")
    system_slug = models.CharField(max_length=100)
    system_title = models.JSONField(default=dict)
    connection = models.CharField(max_length=10)
    keys = models.JSONField(default=list)
    hits = models.PositiveIntegerField(null=True, blank=True)
    searched_at = models.DateTimeField(null=True, blank=True)
    searched_by = models.CharField(max_length=60, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        """As the catalog orders the systems."""

        ordering = ("id",)
        constraints = (models.CheckConstraint(condition=Q(hits=None) | ~Q(searched_at=None), name="hits_come_of_a_search_with_its_time"),)

    def access_scope(self) -> Scope:
        """The place of its task: that of the request and of the unit that has to search."""
        return self.task.access_scope()


class MessageDirection(models.TextChoices):
    """From whom a message comes."""

    FROM_ASKER = "from_asker", _("Pyytäjältä")
    TO_ASKER = "to_asker", _("Pyytäjälle")


class Message(Row):
    """A message of a request. `open` ones may be read through the unguessable address, for which they are closed in `box`."""

    request = models.ForeignKey(InformationRequest, models.PROTECT, related_name="messages")
    direction = models.CharField(max_length=20, choices=MessageDirection)
    at = models.DateTimeField()
    sealed = Sealed()
    open = models.BooleanField(default=False)
    box = models.BinaryField(default=b"", editable=False)
    author = models.CharField(max_length=60)

    class Meta:
        """As sent."""

        ordering = ("id",)


class Delivery(Row):
    """A document given to the requester: wholly public ones by the address, others after identification or another way.

    `label` tells what it is called and is, closed for the address.
    """

    request = models.ForeignKey(InformationRequest, models.PROTECT, related_name="deliveries")
    document = models.ForeignKey(Document, models.PROTECT, related_name="deliveries")
    open = models.BooleanField(default=False)
    given_at = models.DateTimeField()
    given_by = models.CharField(max_length=60)
    way = models.CharField(max_length=20, choices=Way)
    sha256 = models.CharField(max_length=64)
    label = models.BinaryField(default=b"", editable=False)
    fetched_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """As given; once each."""

        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("request", "document"), name="one_delivery_per_document"),)


class RefusalBasis(models.TextChoices):
    """Why something is not given."""

    SECRET = "secret", _("Tieto on salassa pidettävä")
    NOT_YET_PUBLIC = "not_yet_public", _("Asiakirja ei ole vielä julkinen")
    NOT_FOUND = "not_found", _("Pyydettyä asiakirjaa tai tietoa ei ole")
    NOT_A_DOCUMENT = "not_a_document", _("Kyse ei ole viranomaisen asiakirjasta")
    NOT_COMPILED = "not_compiled", _("Aineistoa ei koota")
    RESTRICTED = "restricted", _("Rekisteröidyn oikeutta on rajoitettu laissa")
    EXCESSIVE = "excessive", _("Pyyntö on ilmeisen perusteeton tai kohtuuton")
    OTHER_LAW = "other_law", _("Muu laissa säädetty syy")


class Refusal(Row):
    """The official's first-line refusal with its statutory content (JulkL 621/1999 § 14.2; GDPR 12(4) for own data)."""

    request = models.ForeignKey(InformationRequest, models.PROTECT, related_name="refusals")
    at = models.DateTimeField()
    by = models.CharField(max_length=60)
    basis = models.CharField(max_length=20, choices=RefusalBasis, default=RefusalBasis.SECRET)
    grounds = models.JSONField(default=list)
    told = Sealed()
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    decision_wanted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """A refusal for secrecy names a ground; `told` is its sealed text, whose parts the form makes sure of."""

        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=~Q(basis="secret") | ~Q(grounds=[]),
                name="a_refusal_for_secrecy_names_its_ground",
                violation_error_message=_("Valitse salassapitoperuste, johon kieltäytyminen perustuu (JulkL 14 ja 24 §)."),
            ),
        )
