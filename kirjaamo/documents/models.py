"""Documents (asiakirjat) with decided metadata, and files whose bytes lie under their hash before the row names them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kirjaamo.kernel.rows import Row
from kirjaamo.values.publicity import PersonalData, Publicity


class Direction(models.TextChoices):
    """Where a document comes from."""

    INCOMING = "incoming", _("Saapunut")
    OWN = "own", _("Oma")
    INTERNAL = "internal", _("Sisäinen")


class DocumentState(models.TextChoices):
    """How far a document is."""

    DRAFT = "draft", _("Luonnos")
    READY = "ready", _("Valmis")
    SIGNED = "signed", _("Allekirjoitettu")
    SENT = "sent", _("Lähetetty")


class Way(models.TextChoices):
    """How a document came or went (TiHL 906/2019 § 26.3 item 2 and § 26.4 item 4 as amended by 488/2023)."""

    E_SERVICE = "e_service", _("Sähköinen asiointi")
    EMAIL = "email", _("Sähköposti")
    SECURE_MAIL = "secure_mail", _("Suojattu sähköposti")
    POST = "post", _("Posti")
    COUNTER = "counter", _("Asiointipiste")
    TELEPHONE = "telephone", _("Puhelin")
    FEED = "feed", _("Järjestelmästä")
    INTERNAL = "internal", _("Sisäinen")


class Document(Row):
    """One document. What is missing of TiHL 906/2019 § 26.3–4 the database refuses."""

    identifier = models.CharField(max_length=60, unique=True)
    title = models.CharField(max_length=300)
    direction = models.CharField(max_length=20, choices=Direction)
    type_code = models.CharField(max_length=60)
    node_key = models.UUIDField(null=True, blank=True)
    language = models.CharField(max_length=2, default="fi")
    state = models.CharField(max_length=20, choices=DocumentState, default=DocumentState.DRAFT)
    way = models.CharField(max_length=20, choices=Way, blank=True)
    sender = models.CharField(max_length=300, blank=True)
    arrived_at = models.DateTimeField(null=True, blank=True)
    author = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_way = models.CharField(max_length=20, choices=Way, blank=True)
    registered_at = models.DateTimeField(auto_now_add=True)
    # The decided metadata: a copy, with where it came from (plan, decision, law).
    publicity = models.CharField(max_length=20, default=Publicity.SECRET.value)
    grounds = models.JSONField(default=list)
    personal = models.CharField(max_length=20, default=PersonalData.CONTAINS.value)
    public_from = models.DateTimeField(null=True, blank=True)
    secret_until = models.DateField(null=True, blank=True)
    decided_from = models.CharField(max_length=20, default="plan")
    decided_reason = models.TextField(blank=True)

    class Meta:
        """The fields that the law demands, as constraints."""

        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=~Q(direction="incoming") | (~Q(way="") & ~Q(sender="") & ~Q(arrived_at=None)),
                name="an_incoming_document_has_way_sender_and_arrival",
                violation_error_message=_("Saapuneesta asiakirjasta on kirjattava saapumistapa, lähettäjä ja saapumisaika (TiHL 26 §)."),
            ),
            models.CheckConstraint(
                condition=Q(direction="incoming") | (~Q(author="") & ~Q(made_at=None)),
                name="an_own_document_has_author_and_time",
                violation_error_message=_("Omasta asiakirjasta on kirjattava laatija ja laatimisaika (TiHL 26 §)."),
            ),
            models.CheckConstraint(
                condition=~Q(state="sent") | (~Q(sent_at=None) & ~Q(sent_way="")),
                name="a_sent_document_has_time_and_way",
                violation_error_message=_("Lähetetystä asiakirjasta on kirjattava lähettämisaika ja -tapa (TiHL 26 §)."),
            ),
            models.CheckConstraint(
                condition=Q(publicity__in=("public", "not_yet_public")) | ~Q(grounds=[]),
                name="a_secret_document_has_a_ground",
                violation_error_message=_("Salassa pidettävällä asiakirjalla on oltava salassapitoperuste (JulkL 24 § tai erityislaki)."),
            ),
        )

    def __str__(self) -> str:
        """Identifier only: a title may not be everyone's to read."""
        return self.identifier


class File(Row):
    """One version of a document's bytes. The hash names the bytes; they are fsynced before this row commits."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="files")
    version = models.PositiveIntegerField(default=1)
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Versions count up and never change."""

        ordering = ("document", "version")
        constraints = (
            models.UniqueConstraint(fields=("document", "version"), name="one_file_per_version"),
            models.CheckConstraint(condition=Q(size__gte=F("version") * 0), name="a_file_has_a_size"),
        )
