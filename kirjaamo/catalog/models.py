"""What the authority holds, typed: resources, datasets, systems, personal-data registers, search keys, and how they relate.

From these rows the description of 906/2019 § 28 is generated; a publication freezes them.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kirjaamo.kernel.fields import Translated
from kirjaamo.kernel.rows import Row
from kirjaamo.organisation.models import ExternalBody, Unit
from kirjaamo.tos.models import FunctionClass


class Controller(models.TextChoices):
    """Who controls the data."""

    OWN = "own", _("Kaupunki itse")
    JOINT = "joint", _("Yhteinen toisen kanssa")
    OTHER = "other", _("Toinen viranomainen")


class Connection(models.TextChoices):
    """How the program reaches the data."""

    HOME = "home", _("Tässä ohjelmassa")
    FED = "fed", _("Järjestelmä syöttää tiedot")
    HAND = "hand", _("Virkailija hakee käsin")


class LifeState(models.TextChoices):
    """Whether the thing is still in use."""

    IN_USE = "in_use", _("Käytössä")
    CLOSED = "closed", _("Suljettu")
    MOVED = "moved", _("Siirtynyt muualle")


class Answer(models.TextChoices):
    """A fact that may not be known: unknown is not no."""

    YES = "yes", _("Kyllä")
    NO = "no", _("Ei")
    PARTLY = "partly", _("Osittain")
    UNKNOWN = "unknown", _("Ei tiedossa")


class Access(models.TextChoices):
    """How public the content is as a whole."""

    PUBLIC = "public", _("Julkinen")
    PARTLY = "partly", _("Osittain salassa pidettävä")
    SECRET = "secret", _("Salassa pidettävä")
    UNKNOWN = "unknown", _("Ei tiedossa")


class Entry(Row):
    """What every catalog entry has: names, a unit that decides, publicity, retention, where the fact stands."""

    slug = models.SlugField(max_length=100, unique=True)
    title = Translated()
    names = models.JSONField(default=list)
    purpose = Translated()
    description = Translated()
    decided_by = models.ForeignKey(Unit, models.PROTECT, related_name="decides_%(class)s_set")
    access = models.CharField(max_length=20, choices=Access, default=Access.UNKNOWN)
    access_grounds = models.JSONField(default=list)
    access_note = Translated()
    retention_note = Translated()
    since = models.CharField(max_length=40, blank=True)
    route = Translated()
    source = models.JSONField(default=dict)
    order = models.PositiveIntegerField(default=0)
    pack_digest = models.CharField(max_length=64, blank=True)

    kind: ClassVar[str]

    class Meta:
        """In the order of the pack."""

        abstract = True
        ordering = ("order", "slug")


class InformationResource(Entry):
    """An information resource (tietovaranto): a whole of datasets, over systems and paper."""

    kind = "resource"
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="resources")
    city_wide = models.BooleanField(default=False)
    stub = models.BooleanField(default=False)
    stub_reason = Translated()
    part_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    feeds = models.ManyToManyField("self", symmetrical=False, related_name="fed_by")
    classes = models.ManyToManyField(FunctionClass, related_name="resources")
    systems: models.ManyToManyField[InformationSystem, models.Model] = models.ManyToManyField("InformationSystem", related_name="resources")
    registers: models.ManyToManyField[PersonalDataRegister, models.Model] = models.ManyToManyField(
        "PersonalDataRegister", related_name="resources"
    )


class Dataset(Entry):
    """A dataset (tietoaineisto) of a resource, by its data groups, and what is expressly not part of it."""

    kind = "dataset"
    resource = models.ForeignKey(InformationResource, models.PROTECT, related_name="datasets")
    left_out = Translated()
    systems: models.ManyToManyField[InformationSystem, models.Model] = models.ManyToManyField("InformationSystem", related_name="datasets")


class DataGroup(Row):
    """A data group (tietoryhmä) of a dataset or of a home register."""

    dataset = models.ForeignKey(Dataset, models.CASCADE, related_name="groups")
    title = Translated()
    publicity = models.CharField(max_length=20, choices=Access, default=Access.UNKNOWN)
    personal = models.CharField(max_length=20, default="unknown")
    order = models.PositiveIntegerField(default=0)

    class Meta:
        """As listed."""

        ordering = ("order", "id")


class InformationSystem(Entry):
    """An information system (tietojärjestelmä) or a register kept in one."""

    kind = "system"
    heading = models.CharField(max_length=40)
    users = Translated()
    controller = models.CharField(max_length=10, choices=Controller, default=Controller.OWN)
    controller_names = models.JSONField(default=list)
    controller_note = Translated()
    connection = models.CharField(max_length=10, choices=Connection, default=Connection.HAND)
    feeder = models.CharField(max_length=200, blank=True)
    last_event_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=LifeState, default=LifeState.IN_USE)
    state_note = Translated()
    feeds_case_register = models.CharField(max_length=10, choices=Answer, default=Answer.UNKNOWN)
    feeds_service_data = models.CharField(max_length=10, choices=Answer, default=Answer.UNKNOWN)
    open_interface = models.CharField(max_length=10, choices=Answer, default=Answer.UNKNOWN)
    interface_url = models.URLField(blank=True, max_length=300)
    interface_note = Translated()
    is_group = models.BooleanField(default=False)
    part_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    feeds = models.ManyToManyField("self", symmetrical=False, related_name="fed_by")
    classes = models.ManyToManyField(FunctionClass, related_name="systems")

    class Meta(Entry.Meta):
        """A fed system names its feeder and its last event; otherwise it is searched by hand."""

        constraints = (
            models.CheckConstraint(
                condition=~Q(connection="fed") | (~Q(feeder="") & Q(last_event_at__isnull=False)),
                name="a_fed_system_names_its_feeder_and_last_event",
                violation_error_message=_("Syötetyllä järjestelmällä on syöttäjä ja viimeisin tapahtuma."),
            ),
        )


class SystemOwner(Row):
    """Who owned a system and when: a unit or another body, alone or jointly."""

    system = models.ForeignKey(InformationSystem, models.CASCADE, related_name="owners")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="owned_systems")
    external = models.ForeignKey(ExternalBody, models.PROTECT, null=True, blank=True, related_name="owned_systems")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    joint = models.BooleanField(default=False)
    note = Translated()
    order = models.PositiveIntegerField(default=0)

    class Meta:
        """An owner is one of two kinds."""

        ordering = ("order", "id")
        constraints = (
            models.CheckConstraint(condition=Q(unit=None) ^ Q(external=None), name="an_owner_is_a_unit_or_another_body"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_from=None) | Q(valid_to__gte=F("valid_from")), name="ownership_runs_forward"
            ),
        )


class PersonalDataRegister(Entry):
    """A personal-data register (henkilörekisteri) with its privacy notice."""

    kind = "register"
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="registers")
    controller = models.CharField(max_length=10, choices=Controller, default=Controller.OWN)
    controller_note = Translated()
    notice = models.CharField(max_length=20, default="unknown")
    notice_url = models.URLField(blank=True, max_length=300)
    state = models.CharField(max_length=10, choices=LifeState, default=LifeState.IN_USE)
    state_note = Translated()
    systems = models.ManyToManyField(InformationSystem, related_name="registers")
    classes = models.ManyToManyField(FunctionClass, related_name="registers")


class About(Row):
    """Something said of exactly one entry."""

    resource = models.ForeignKey(InformationResource, models.CASCADE, null=True, blank=True, related_name="%(class)ss")
    system = models.ForeignKey(InformationSystem, models.CASCADE, null=True, blank=True, related_name="%(class)ss")
    register = models.ForeignKey(PersonalDataRegister, models.CASCADE, null=True, blank=True, related_name="%(class)ss")
    order = models.PositiveIntegerField(default=0)

    class Meta:
        """Of one entry."""

        abstract = True
        ordering = ("order", "id")
        constraints = (
            models.CheckConstraint(
                condition=(Q(resource=None, system=None) | Q(resource=None, register=None) | Q(system=None, register=None))
                & ~Q(resource=None, system=None, register=None),
                name="%(class)s_is_of_one_entry",
            ),
        )


class SearchKey(About):
    """A search key (hakutekijä): what an official searches with, apart from the question put to an asker."""

    kind = models.CharField(max_length=30)
    label = Translated()
    question = Translated()
    origin = models.CharField(max_length=20, default="proposed")
    secret = models.BooleanField(default=False)
    needed = models.BooleanField(default=False)


class GetHere(About):
    """Where the thing can be had at once: an own e-service, open data."""

    title = Translated()
    url = models.URLField(max_length=300)
    kind = models.CharField(max_length=30)
    note = Translated()


class Statement(About):
    """What a published page says of the entry, word for word, with its page."""

    page = models.CharField(max_length=60)
    heading = models.TextField(blank=True)
    description = models.TextField(blank=True)
    owner = models.TextField(blank=True)
    users = models.TextField(blank=True)


class Correction(About):
    """Where the published statement is wrong or outdated: both stand, with the reason."""

    about = models.CharField(max_length=40)
    published = models.TextField()
    corrected = Translated()
    reason = Translated()
    source = models.TextField(blank=True)
    page = models.CharField(max_length=60, blank=True)


class Example(Row):
    """A worked example of a request that the authority publishes."""

    slug = models.SlugField(max_length=100, unique=True)
    title = Translated()
    resource = models.ForeignKey(InformationResource, models.PROTECT, related_name="examples")
    system = models.ForeignKey(InformationSystem, models.PROTECT, related_name="examples")
    register = models.ForeignKey(PersonalDataRegister, models.PROTECT, null=True, blank=True, related_name="examples")
    keys = models.JSONField(default=list)
    channels = models.JSONField(default=list)
    note = Translated()
    source = models.JSONField(default=dict)


class PublicEntry(Row):
    """One page of the description as it is shown: everything that it says, made from the rows above by `actions.reindex`.

    A page, a download, the gate and a publication read this and nothing else, so none of them can say what another does not.
    """

    kind = models.CharField(max_length=20)
    slug = models.CharField(max_length=100)
    order = models.PositiveIntegerField(default=0)
    content = models.JSONField()
    digest = models.CharField(max_length=64)

    class Meta:
        """One for a thing."""

        ordering = ("kind", "order", "slug")
        constraints = (models.UniqueConstraint(fields=("kind", "slug"), name="one_public_entry_per_thing"),)


class Publication(Row):
    """A frozen version of the description. Never changed (trigger)."""

    number = models.PositiveIntegerField(unique=True)
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=60)
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    gate = models.JSONField(default=list)
    acknowledged = models.TextField(blank=True)
    note = models.TextField(blank=True)

    class Meta:
        """Newest first."""

        ordering = ("-number",)


class Draft(Row):
    """An imported page as a reviewable draft. Nothing of it is in the catalog before a person accepts it."""

    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    read = models.JSONField(default=dict)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.CharField(max_length=60)
    lines = models.JSONField()
    accounting = models.JSONField()
    findings = models.JSONField()

    class Meta:
        """Newest first."""

        ordering = ("-id",)


class ItemState(models.TextChoices):
    """What a person did with an imported item."""

    OPEN = "open", _("Tarkistamatta")
    ACCEPTED = "accepted", _("Hyväksytty")
    REJECTED = "rejected", _("Hylätty")
    STANDING = "standing", _("On jo luettelossa")


class Change(models.TextChoices):
    """What an import brings of a thing."""

    NEW = "new", _("Uusi")
    KNOWN = "known", _("Tunnettu")
    CHANGED = "changed", _("Muuttunut")
    GONE = "gone", _("Poistunut sivulta")


class Likeness(models.TextChoices):
    """How surely a thing of a page is one that the catalog has."""

    SAME = "same", _("Sama")
    PROBABLY = "probably_same", _("Luultavasti sama")
    NEW = "new", _("Uusi")


class DraftItem(Row):
    """One recognised thing of a draft: what, from which lines, and what it matches in the catalog.

    `match_slug` is the entry that it is held to be, and after acceptance the entry that it became.
    """

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="items")
    key = models.TextField()
    kind = models.CharField(max_length=30)
    name = models.TextField()
    verbatim = models.TextField(blank=True)
    parent = models.TextField(blank=True)
    group = models.JSONField(default=list)
    fields = models.JSONField(default=list)
    relations = models.JSONField(default=list)
    lines = models.JSONField(default=list)
    change = models.CharField(max_length=20, choices=Change, default=Change.NEW)
    match = models.CharField(max_length=20, choices=Likeness, default=Likeness.NEW)
    match_slug = models.CharField(max_length=100, blank=True)
    match_name = models.TextField(blank=True)
    match_reason = Translated()
    state = models.CharField(max_length=20, choices=ItemState, default=ItemState.OPEN)
    decided_by = models.CharField(max_length=60, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        """As on the page."""

        ordering = ("id",)
