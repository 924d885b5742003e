"""The tables of the public face. They stand in a schema of their own; whoever reads it finds public facts and nothing else.

What they hold is said once, in `face.truth`. They are no `Row`s: nobody writes them but `face.actions`, which follows every action
in its transaction, and they can be made anew from the register at any time.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kirjaamo.cases.models import Case
from kirjaamo.kernel.models import TsVectorField
from kirjaamo.kernel.sealed import Sealed
from kirjaamo.requests.models import InformationRequest

SCHEMA = "public_face"


def table(name: str) -> str:
    """The name of a table of the schema, as Django quotes it."""
    return f'{SCHEMA}"."{name}'


class FaceCase(models.Model):
    """The public row of a case (TiHL 906/2019 § 25–26): an empty title is one that the web does not show."""

    case_id = models.BigIntegerField(primary_key=True)
    identifier = models.CharField(max_length=60)
    title = models.CharField(max_length=300)
    language = models.CharField(max_length=2)
    web = models.CharField(max_length=20)
    revision_id = models.BigIntegerField()
    class_code = models.CharField(max_length=40)
    class_title = models.JSONField()
    unit_slug = models.CharField(max_length=80)
    unit_title = models.JSONField()
    unit_short = models.CharField(max_length=60)
    authority = models.JSONField()
    state = models.CharField(max_length=20)
    stage = models.CharField(max_length=60)
    initiated_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closing_ground = models.CharField(max_length=20)
    vector = TsVectorField(default="")

    class Meta:
        """Newest first, found by identifier, class, unit and words."""

        db_table = table("face_case")
        ordering = ("-case_id",)
        indexes = (
            models.Index(fields=("identifier",), name="face_case_identifier"),
            models.Index(fields=("class_code", "-case_id"), name="face_case_class"),
            models.Index(fields=("unit_slug", "-case_id"), name="face_case_unit"),
            models.Index(fields=("state", "-case_id"), name="face_case_state"),
        )

    def as_case(self) -> Case:
        """As a case that holds nothing but public facts, for what is shown of any case. It is never saved."""
        told = {"state": self.state, "stage": self.stage, "closing_ground": self.closing_ground}
        return Case(initiated_at=self.initiated_at, resolved_at=self.resolved_at, closed_at=self.closed_at, **told)


class FaceStage(models.Model):
    """When a stage of a case began."""

    key = models.CharField(max_length=100, primary_key=True)
    case_id = models.BigIntegerField()
    stage = models.CharField(max_length=60)
    began_at = models.DateTimeField()

    class Meta:
        """As they began."""

        db_table = table("face_stage")
        ordering = ("began_at",)
        indexes = (models.Index(fields=("case_id",), name="face_stage_case"),)


class FaceDocument(models.Model):
    """A document in a case: what it is when anyone may read it; only that it is there when it is secret."""

    paper_id = models.BigIntegerField(primary_key=True)
    case_id = models.BigIntegerField()
    opening = models.CharField(max_length=20)
    title = models.CharField(max_length=300)
    kind = models.JSONField(null=True)
    day = models.DateTimeField(null=True)

    class Meta:
        """As they came into the case."""

        db_table = table("face_document")
        ordering = ("paper_id",)
        indexes = (models.Index(fields=("case_id",), name="face_document_case"),)


class FaceReceipt(models.Model):
    """How far something is that was sent by the e-service, for whoever knows its address. What was sent does not stand here.

    `case_id` leads to the public row of its case when there is one; a supplement bears the hash of the receipt that it follows.
    """

    arrival_id = models.BigIntegerField(primary_key=True)
    token_hash = models.CharField(max_length=64)
    follows_hash = models.CharField(max_length=64)
    identifier = models.CharField(max_length=60)
    arrived_at = models.DateTimeField()
    register_by = models.DateField()
    state = models.CharField(max_length=20)
    ended_at = models.DateTimeField(null=True)
    case_id = models.BigIntegerField(null=True)

    class Meta:
        """As they came; found by the hash of an address."""

        db_table = table("face_receipt")
        ordering = ("arrival_id",)
        indexes = (
            models.Index(fields=("token_hash",), name="face_receipt_token"),
            models.Index(fields=("follows_hash",), condition=~Q(follows_hash=""), name="face_receipt_follows"),
        )


class FaceRequest(models.Model):
    """How far an information request is, for whoever knows its address. What was asked and by whom does not stand here."""

    request_id = models.BigIntegerField(primary_key=True)
    token_hash = models.CharField(max_length=64)
    case_id = models.BigIntegerField()
    identifier = models.CharField(max_length=60)
    kind = models.CharField(max_length=20)
    entry_title = models.JSONField()
    language = models.CharField(max_length=2)
    received_at = models.DateTimeField()
    unit_title = models.JSONField()
    state = models.CharField(max_length=20)
    closed_at = models.DateTimeField(null=True)
    deadlines = models.JSONField()
    outcome = models.CharField(max_length=20)
    answered_at = models.DateTimeField(null=True)
    identified = models.BooleanField()
    refused = models.BooleanField()
    wanted_at = models.DateTimeField(null=True)

    class Meta:
        """As they came; found by the hash of an address."""

        db_table = table("face_request")
        ordering = ("request_id",)
        indexes = (models.Index(fields=("token_hash",), name="face_request_token"),)

    def as_request(self) -> InformationRequest:
        """As a request that holds nothing but public facts, for what is shown of any request. It is never saved."""
        case = Case(identifier=self.identifier, state=self.state, closed_at=self.closed_at, initiated_at=self.received_at)
        names = ("kind", "entry_title", "language", "received_at", "deadlines", "outcome", "answered_at")
        return InformationRequest(case=case, **{name: getattr(self, name) for name in names})


class FaceMessage(models.Model):
    """A message of a request. Its text lies closed: only the token of the address opens it. `own`: the asker wrote it."""

    message_id = models.BigIntegerField(primary_key=True)
    request_id = models.BigIntegerField()
    own = models.BooleanField()
    at = models.DateTimeField()
    box = models.BinaryField()

    class Meta:
        """As sent."""

        db_table = table("face_message")
        ordering = ("message_id",)
        indexes = (models.Index(fields=("request_id",), name="face_message_request"),)


class FaceDelivery(models.Model):
    """A document that was given: `open` ones are fetched by the address. What it is called lies closed like a message."""

    delivery_id = models.BigIntegerField(primary_key=True)
    request_id = models.BigIntegerField()
    open = models.BooleanField()
    given_at = models.DateTimeField()
    label = models.BinaryField()

    class Meta:
        """As given."""

        db_table = table("face_delivery")
        ordering = ("delivery_id",)
        indexes = (models.Index(fields=("request_id",), name="face_delivery_request"),)


class FaceFile(models.Model):
    """The bytes of an open delivery, closed for its address. They go with the delivery or with its openness (trigger)."""

    delivery_id = models.BigIntegerField(primary_key=True)
    box = models.BinaryField()

    class Meta:
        """One for each open delivery."""

        db_table = table("face_file")


class FaceNotice(models.Model):
    """A decision on view on the public network until its time of appeal has ended (KuntaL 410/2015 § 140)."""

    publication_id = models.BigIntegerField(primary_key=True)
    identifier = models.CharField(max_length=60)
    title = models.CharField(max_length=300)
    text = models.TextField()
    language = models.CharField(max_length=2)
    unit_title = models.JSONField()
    published_on = models.DateField()
    known_on = models.DateField()
    until = models.DateField()
    ways = models.JSONField()

    class Meta:
        """The newest first."""

        db_table = table("face_notice")
        ordering = ("-published_on", "-publication_id")


class BoxKind(models.TextChoices):
    """What lies in a box of the intake."""

    REQUEST = "request", _("Tietopyyntö")
    RECORD = "record", _("Rekisterin lomake")
    MATTER = "matter", _("Asia tai asiakirja")
    REPLY = "reply", _("Viesti tietopyyntöön")
    WISH = "wish", _("Päätöksen pyytäminen")
    FETCHED = "fetched", _("Asiakirjan noutaminen")


class ArrivalState(models.TextChoices):
    """How far a box of the intake is."""

    WAITING = "waiting", _("Odottaa")
    TAKEN = "taken", _("Kirjattu")
    FAILED = "failed", _("Ei voitu kirjata")


class Arrival(models.Model):
    """A box that the public process put in: closed for the authority, with the time of its arrival. Its content goes when it is taken.

    `identifier` is that of the case that a form of a register became; only who holds the key of the form is told it.
    """

    key = models.UUIDField(unique=True)
    kind = models.CharField(max_length=20, choices=BoxKind)
    token_hash = models.CharField(max_length=64)
    box = models.BinaryField()
    arrived_at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=ArrivalState, default=ArrivalState.WAITING)
    problem = models.TextField(default="")
    identifier = models.CharField(max_length=60, default="", db_default="")

    class Meta:
        """As they came."""

        db_table = 'arrivals"."arrival'
        ordering = ("id",)
        indexes = (
            models.Index(fields=("id",), condition=Q(state="waiting"), name="arrival_waiting"),
            models.Index(fields=("id",), condition=~Q(state="taken"), name="arrival_held"),
        )


class ArrivalKey(models.Model):
    """The key by which boxes are closed; the private half is sealed with the keys of the vault."""

    public = models.BinaryField()
    private_sealed = Sealed()
    made_at = models.DateTimeField()

    class Meta:
        """The newest closes; older ones still open what was closed by them."""

        db_table = 'arrivals"."arrival_key'
        ordering = ("-id",)


class FaceState(models.Model):
    """What the public face was made by: the fingerprint of every declared publicity, and when it was compared last."""

    key = models.CharField(max_length=40, primary_key=True)
    value = models.TextField()
    at = models.DateTimeField()

    class Meta:
        """One row for each fact."""

        db_table = table("face_state")
