"""Documents (asiakirjat) with decided metadata, and files whose bytes lie under their hash before the row names them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kirjaamo.kernel.rows import Row
from kirjaamo.kernel.sight import InSight
from kirjaamo.values.openness import Harm
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


class Outside(models.TextChoices):
    """Why a writing is not an authority's document (JulkL 621/1999 § 5.3–4)."""

    OTHER_TASK = "other_task", _("Lähetetty muun tehtävän tai aseman vuoksi")
    NOTE = "note", _("Muistiinpano tai luonnos, jota ei ole annettu käsiteltäväksi")
    TRAINING = "training", _("Hankittu sisäistä koulutusta tai muuta sisäistä käyttöä varten")
    LOST = "lost", _("Löytötavara")
    PRIVATE_TASK = "private_task", _("Annettu yksityisen lukuun suoritettavaa tehtävää varten")
    INTERNAL = "internal", _("Sisäinen neuvottelu tai yhteydenpito, jota ei arkistoida")


class Document(InSight, Row):
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
    # When it becomes public (JulkL 621/1999 § 6–7): by which event, and when that happened or is set to happen.
    starts = models.CharField(max_length=20, blank=True)
    public_from = models.DateTimeField(null=True, blank=True)
    sealed_until = models.DateTimeField(null=True, blank=True)  # before that its content is opened to nobody
    opened_at = models.DateTimeField(null=True, blank=True)
    # How it is secret and until when (§ 17, § 24, § 31), and what a party does not get (§ 11.2).
    clause = models.CharField(max_length=30, blank=True)
    harm = models.CharField(max_length=20, default=Harm.NOT_JUDGED.value)
    secrecy_end = models.CharField(max_length=20, blank=True)
    secret_until = models.DateField(null=True, blank=True)
    confirm_end = models.BooleanField(default=False)
    withheld = models.JSONField(default=list, blank=True)
    decided_from = models.CharField(max_length=20, default="plan")
    decided_reason = models.TextField(blank=True)
    # The document of which this one is a copy with what is secret masked (JulkL 621/1999 § 10).
    masks = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="masked_copies")
    # What is not an authority's document though it is kept here, and why (JulkL 621/1999 § 5.3–4); empty: it is one.
    outside = models.CharField(max_length=20, choices=Outside, blank=True)
    outside_reason = models.TextField(blank=True)

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
            models.CheckConstraint(
                condition=Q(outside="") | ~Q(outside_reason=""),
                name="what_is_no_authoritys_document_tells_why",
                violation_error_message=_("Kerro, miksi kyse ei ole viranomaisen asiakirjasta (JulkL 5 §)."),
            ),
            models.CheckConstraint(
                condition=Q(publicity__in=("public", "not_yet_public")) | ~Q(secrecy_end=""),
                name="a_secret_document_has_an_end_rule",
                violation_error_message=_("Salassapidolla on oltava tieto siitä, miten se päättyy (JulkL 31 §)."),
            ),
        )
        indexes = (
            models.Index(fields=("sealed_until",), condition=Q(sealed_until__isnull=False), name="documents_sealed"),
            models.Index(fields=("secret_until",), condition=Q(opened_at=None, secret_until__isnull=False), name="documents_secrecy_waits"),
            models.Index(fields=("public_from",), condition=Q(opened_at=None), name="documents_opening_waits"),
        )

    def __str__(self) -> str:
        """Identifier only: a title may not be everyone's to read."""
        return self.identifier

    def is_kept(self) -> bool:
        """What is secret, not yet public or of a person."""
        told = self.__dict__
        return told.get("publicity") != Publicity.PUBLIC.value or told.get("personal") != PersonalData.NONE.value

    def sight_label(self) -> str:
        """Its identifier."""
        return str(self.__dict__.get("identifier", ""))


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

    def __str__(self) -> str:
        """The version by its document's identifier; a file's name may not be everyone's to read."""
        return f"{self.document_id}/{self.version}"


class TextState(models.TextChoices):
    """How far the reading of a file's text is."""

    WAITING = "waiting", _("Odottaa lukemista")
    QUEUED = "queued", _("Jonossa")
    READING = "reading", _("Luetaan")
    READ = "read", _("Teksti luettu")
    PARTLY = "partly", _("Teksti luettu osittain")
    NOTHING = "nothing", _("Ei luettavaa tekstiä")
    REFUSED = "refused", _("Tekstiä ei voi lukea turvallisesti")
    FAILED = "failed", _("Lukeminen epäonnistui")


class ScanState(models.TextChoices):
    """What the virus scanner says of a file."""

    WAITING = "waiting", _("Odottaa virustarkistusta")
    NOT_SCANNED = "not_scanned", _("Ei virustarkistettu")
    CLEAN = "clean", _("Virustarkistus: puhdas")
    INFECTED = "infected", _("Haittaohjelma löytyi")
    FAILED = "failed", _("Virustarkistus epäonnistui")


class FileText(Row):
    """The text of a file for search and preview, and what the scanner said; made with the file's row (trigger), filled by a job.

    `problem` is a code whose sentence stands in `hazards`; `warnings` likewise. `names` are of what a message carries with it.
    """

    file = models.OneToOneField(File, models.PROTECT, primary_key=True, related_name="text")
    state = models.CharField(max_length=20, choices=TextState, default=TextState.WAITING)
    scan = models.CharField(max_length=20, choices=ScanState, default=ScanState.WAITING)
    found = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    pages = models.PositiveIntegerField(null=True, blank=True)
    names = models.JSONField(default=list)
    problem = models.CharField(max_length=40, blank=True)
    warnings = models.JSONField(default=list)
    attempts = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Found by what still waits."""

        indexes = (
            models.Index(
                fields=("state",), condition=Q(state__in=("waiting", "queued", "reading", "failed")), name="documents_text_unfinished"
            ),
        )

    @property
    def finished(self) -> bool:
        """Whether nothing more is to be expected."""
        return self.state not in {TextState.WAITING, TextState.QUEUED, TextState.READING}

    @property
    def infected(self) -> bool:
        """Whether the scanner found something: the bytes are given to nobody."""
        return self.scan == ScanState.INFECTED


class MetadataSource(models.TextChoices):
    """Where a decided value comes from."""

    PLAN = "plan", _("Tiedonohjaussuunnitelma")
    DECISION = "decision", _("Virkamiehen päätös")
    LAW = "law", _("Laki")
    CAMPAIGN = "campaign", _("Muutosajo")


class MetadataDecision(Row):
    """One decided value of a document's metadata: what it was, what it is, from where, why, by whom. Append-only (trigger)."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="metadata_decisions")
    field = models.CharField(max_length=40)
    old = models.JSONField(null=True)
    new = models.JSONField(null=True)
    source = models.CharField(max_length=20, choices=MetadataSource)
    reason = models.TextField()
    norm = models.CharField(max_length=120, blank=True)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        """As decided; never without a reason."""

        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="a_decision_of_metadata_has_a_reason",
                violation_error_message=_("Kirjoita, miksi tieto poikkeaa suunnitelmasta."),
            ),
        )


class GivenCopy(Row):
    """A copy that was given out: which version, to whom, why, and how it was marked (JulkL 621/1999 § 25). Append-only (trigger)."""

    file = models.ForeignKey(File, models.PROTECT, related_name="copies")
    recipient = models.CharField(max_length=300)
    purpose = models.CharField(max_length=300)
    party = models.BooleanField(default=False)
    marking = models.CharField(max_length=20)
    grounds = models.JSONField(default=list)
    parts = models.CharField(max_length=300, blank=True)
    sha256 = models.CharField(max_length=64)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        """As given."""

        ordering = ("id",)


class IntegrityCheck(Row):
    """One round of comparing stored bytes with their hashes: how many, and what did not match."""

    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    files = models.PositiveIntegerField()
    faults = models.JSONField(default=list)

    class Meta:
        """Newest last."""

        ordering = ("id",)


class LetterText(Row):
    """What a letter made here says, so that the next version begins from it: the pattern, the language, to whom, the text."""

    file = models.OneToOneField(File, models.PROTECT, primary_key=True, related_name="letter")
    pattern = models.CharField(max_length=40)
    language = models.CharField(max_length=2)
    title = models.CharField(max_length=300)
    recipient = models.TextField(blank=True)
    text = models.TextField()
