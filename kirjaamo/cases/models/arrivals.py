"""What arrived and has not become a case yet, and what became of it: the queue of the registry office.

The row of an arrival is itself an entry of the register (TiHL 906/2019 § 25.1): arrival and registering have times of their
own, and an arrival that ends otherwise than as a case keeps its row with the reason.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kirjaamo.cases.models.case import Case
from kirjaamo.documents.models import Way
from kirjaamo.kernel.rows import Row
from kirjaamo.kernel.sealed import Sealed
from kirjaamo.kernel.sight import InSight
from kirjaamo.organisation.models import Unit


class ArrivalState(models.TextChoices):
    """What became of an arrival."""

    WAITING = "waiting", _("Odottaa kirjaamista")
    CASE = "case", _("Kirjattu uudeksi asiaksi")
    TO_CASE = "to_case", _("Liitetty vireillä olevaan asiaan")
    ANSWERED = "answered", _("Vastattu heti")
    NOT_REGISTERED = "not_registered", _("Ei kirjata")
    TRANSFERRED = "transferred", _("Siirretty toiselle viranomaiselle")
    SPAM = "spam", _("Roskapostia")


class Mailbox(Row):
    """A shared mailbox that is read over IMAP into the queue. `last_uid` is how far it has been read, under `uid_validity`."""

    name = models.CharField(max_length=80, unique=True)
    host = models.CharField(max_length=200)
    port = models.PositiveIntegerField(default=993)
    tls = models.BooleanField(default=True)
    username = models.CharField(max_length=200)
    password_sealed = Sealed(editable=False)
    folder = models.CharField(max_length=200, default="INBOX")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="mailboxes")
    uid_validity = models.PositiveBigIntegerField(default=0)
    last_uid = models.PositiveBigIntegerField(default=0)
    read_at = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(max_length=300, blank=True)
    in_use = models.BooleanField(default=True)

    class Meta:
        """By name."""

        ordering = ("name",)


class ChannelOutage(Row):
    """When a channel was down, from its start to its end, with the way that served instead (TiHL 906/2019 § 13 a).

    What was provably sent in between counts as arrived when it was sent (13/2003 § 10.2).
    """

    way = models.CharField(max_length=20, choices=Way)
    began_at = models.DateTimeField()
    expected_end = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    what = models.CharField(max_length=300)
    instead = models.CharField(max_length=300, blank=True)
    noted_by = models.CharField(max_length=60)
    noted_at = models.DateTimeField()

    class Meta:
        """The newest first; time runs forward."""

        ordering = ("-began_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gt=F("began_at")),
                name="an_outage_ends_after_it_begins",
                violation_error_message=_("Katko ei voi päättyä ennen kuin se alkaa."),
            ),
        )


class Arrival(InSight, Row):
    """Something that arrived. `source_key` tells it apart: what comes twice is one row.

    `received_at` is when it was in our hands, `sent_at` when the sender sent it as far as can be proved, and `counts_at` the
    time that the law counts by. `version` grows with each change, so that two people at once do not undo each other.
    What came by the e-service has the hash of the address of its receipt; a supplement sent from that address follows the first.
    """

    identifier = models.CharField(max_length=60, unique=True)
    source_key = models.CharField(max_length=100, unique=True)
    way = models.CharField(max_length=20, choices=Way)
    mailbox = models.ForeignKey(Mailbox, models.PROTECT, null=True, blank=True, related_name="arrivals")
    received_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    counts_at = models.DateTimeField()
    outage = models.ForeignKey(ChannelOutage, models.PROTECT, null=True, blank=True, related_name="arrivals")
    taken_at = models.DateTimeField()
    register_by = models.DateField()
    sender_name = models.CharField(max_length=300, blank=True)
    sender_email = models.CharField(max_length=254, blank=True)
    sender_telephone = models.CharField(max_length=60, blank=True)
    sender_address = models.CharField(max_length=500, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    language = models.CharField(max_length=2, default="fi")
    message_id = models.CharField(max_length=300, blank=True)
    answers = models.JSONField(default=list)
    receipt_hash = models.CharField(max_length=64, blank=True)
    follows = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="followed_by")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="arrivals")
    draft_sealed = Sealed(null=True, editable=False)
    edited_by = models.CharField(max_length=60, blank=True)
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=20, choices=ArrivalState, default=ArrivalState.WAITING)
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="arrivals")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=60, blank=True)
    reason = models.TextField(blank=True)
    transferred_to = models.CharField(max_length=300, blank=True)
    sender_told = models.CharField(max_length=300, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """The oldest first; each end has what the law wants to know of it."""

        ordering = ("counts_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(state="waiting", ended_at=None, ended_by="") | (~Q(state="waiting") & ~Q(ended_at=None) & ~Q(ended_by="")),
                name="an_ended_arrival_tells_when_and_by_whom",
                violation_error_message=_("Käsitellystä saapuneesta on kirjattava, milloin ja kuka sen käsitteli."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("case", "to_case")) | ~Q(case=None),
                name="a_registered_arrival_has_its_case",
                violation_error_message=_("Kirjatulla saapuneella on oltava asia (TiHL 25 §)."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("answered", "not_registered", "spam", "transferred")) | ~Q(reason=""),
                name="an_arrival_without_case_has_a_reason",
                violation_error_message=_("Kerro, miksi saapunutta ei kirjata asiaksi (TiHL 25 §)."),
            ),
            models.CheckConstraint(
                condition=~Q(state="transferred") | (~Q(transferred_to="") & ~Q(sender_told="")),
                name="a_transferred_arrival_tells_where_and_that_the_sender_knows",
                violation_error_message=_("Kerro, mille viranomaiselle siirrät ja miten lähettäjä saa siitä tiedon (HL 21 §)."),
            ),
            models.UniqueConstraint(fields=("receipt_hash",), condition=~Q(receipt_hash=""), name="one_arrival_per_receipt"),
            models.CheckConstraint(
                condition=Q(counts_at=F("received_at")) | (Q(counts_at__lt=F("received_at")) & ~Q(outage=None)),
                name="an_arrival_counts_earlier_only_for_an_outage",
                violation_error_message=_("Saapumisaika on aikaisempi vain, kun viestintäkanava oli poikki (13/2003 10 §)."),
            ),
        )
        indexes = (
            models.Index(fields=("counts_at", "id"), condition=Q(state="waiting"), name="cases_arrival_queue"),
            models.Index(fields=("message_id",), condition=~Q(message_id=""), name="cases_arrival_message"),
            models.Index(fields=("sender_email", "-id"), condition=~Q(sender_email=""), name="cases_arrival_sender"),
            models.Index(fields=("state", "-ended_at"), name="cases_arrival_ended"),
        )

    def __str__(self) -> str:
        """The identifier: who sent it and what about is not everyone's."""
        return self.identifier

    def sight_label(self) -> str:
        """Its identifier."""
        return str(self.__dict__.get("identifier", ""))

    def get_absolute_url(self) -> str:
        """The registering page of the arrival."""
        return reverse("arrival", args=[self.pk])

    @property
    def is_waiting(self) -> bool:
        """Whether it still waits for someone to register it."""
        return self.state == ArrivalState.WAITING


class ArrivalFile(InSight, Row):
    """A file that arrived: its bytes lie under their hash. What the policy refuses is kept too, and says why it is no document."""

    arrival = models.ForeignKey(Arrival, models.PROTECT, related_name="files")
    order = models.PositiveIntegerField()
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    refused = models.CharField(max_length=60, blank=True)

    class Meta:
        """The message first, then what was attached."""

        ordering = ("arrival", "order")
        constraints = (models.UniqueConstraint(fields=("arrival", "order"), name="one_file_per_place_of_an_arrival"),)
