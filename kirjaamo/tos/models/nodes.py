"""The nodes of a revision: stages, measures, document types and attachment types in one self-nesting table."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kirjaamo.kernel.fields import Translated
from kirjaamo.kernel.rows import Row
from kirjaamo.tos.models.classes import ClassRevision


class NodeKind(models.TextChoices):
    """What stands in a class's process."""

    STAGE = "stage", _("Käsittelyvaihe")
    MEASURE = "measure", _("Toimenpide")
    DOCUMENT = "document", _("Asiakirjatyyppi")
    ATTACHMENT = "attachment", _("Liitetyyppi")


SECRET = Q(publicity__in=("secret", "partly_secret"))
END_KINDS = ("years", "event", "from_death", "permanent")


class Node(Row):
    """A stage, measure, document type or attachment type. `key` is constant over revisions.

    `said` holds what is said on this node itself; the rule columns are the resolved values (written at approval).
    """

    revision = models.ForeignKey(ClassRevision, models.PROTECT, related_name="nodes")
    key = models.UUIDField(default=uuid.uuid4)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    kind = models.CharField(max_length=20, choices=NodeKind)
    order = models.PositiveIntegerField()
    code = models.CharField(max_length=60)
    title = Translated()
    type_code = models.CharField(max_length=60, blank=True)
    specifier = Translated()
    terminal = models.BooleanField(default=False)
    required = models.BooleanField(default=False)
    deadline = models.CharField(max_length=60, blank=True)
    note = Translated()
    source = models.CharField(max_length=300, blank=True)
    said = models.JSONField(default=dict, blank=True)
    # The resolved rule.
    publicity = models.CharField(max_length=20, blank=True)
    grounds = models.JSONField(default=list, blank=True)
    secrecy_end = models.CharField(max_length=20, blank=True)
    secrecy_years = models.PositiveSmallIntegerField(null=True, blank=True)
    secrecy_fallback_years = models.PositiveSmallIntegerField(null=True, blank=True)
    secrecy_start = models.CharField(max_length=40, blank=True)
    secrecy_event = Translated()
    secrecy_act = models.CharField(max_length=120, blank=True)
    personal = models.CharField(max_length=20, blank=True)
    identity_code = models.BooleanField(default=False)
    retention_mode = models.CharField(max_length=20, blank=True)
    retention_years = models.PositiveSmallIntegerField(null=True, blank=True)
    retention_trigger = models.CharField(max_length=40, blank=True)
    retention_rounding = models.CharField(max_length=20, blank=True)
    retention_basis = models.CharField(max_length=300, blank=True)
    retention_norms = models.JSONField(default=list, blank=True)
    archiving = models.CharField(max_length=20, default="undecided")
    archiving_decision = models.CharField(max_length=200, blank=True)
    after_retention = models.CharField(max_length=20, blank=True)
    systems = models.JSONField(default=list, blank=True)

    class Meta:
        """In the order of the process."""

        ordering = ("revision", "order")
        constraints = (
            models.UniqueConstraint(fields=("revision", "key"), name="one_node_per_key_and_revision"),
            models.UniqueConstraint(
                fields=("revision", "kind", "code"),
                name="one_node_per_code_and_revision",
                violation_error_message=_("Luokassa on jo samanlainen kohta samalla tunnuksella."),
            ),
            models.CheckConstraint(
                condition=~Q(retention_mode="years") | (Q(retention_years__isnull=False) & ~Q(retention_trigger="")),
                name="years_need_a_trigger",
                violation_error_message=_("Vuosina annetulle säilytysajalle on kerrottava vuodet ja mistä ne lasketaan."),
            ),
            models.CheckConstraint(
                condition=~Q(retention_mode="event") | (Q(retention_years=None) & ~Q(retention_trigger="")),
                name="retention_until_an_event_names_the_event",
                violation_error_message=_("Tapahtumaan saakka säilytettävälle on nimettävä tapahtuma, ei vuosia."),
            ),
            models.CheckConstraint(
                condition=~Q(retention_mode="permanent") | (Q(retention_years=None) & Q(retention_trigger="")),
                name="permanent_retention_has_no_years_and_no_trigger",
                violation_error_message=_("Pysyvästi säilytettävällä ei ole vuosia eikä laskentaperustetta."),
            ),
            models.CheckConstraint(
                condition=~SECRET | ~Q(grounds=[]),
                name="a_secret_node_has_a_ground",
                violation_error_message=_("Salassa pidettävällä on oltava salassapitoperuste (JulkL 24 § tai erityislaki)."),
            ),
            models.CheckConstraint(
                condition=~SECRET | (Q(secrecy_end__in=END_KINDS) & ~Q(secrecy_start="")),
                name="a_secret_node_has_a_start_and_an_end",
                violation_error_message=_("Salassapidolla on oltava alku ja tieto siitä, milloin se päättyy (JulkL 31 §)."),
            ),
            models.CheckConstraint(
                condition=~Q(secrecy_end="years") | Q(secrecy_years__isnull=False, secrecy_years__gt=0),
                name="secrecy_in_years_has_its_years",
                violation_error_message=_("Vuosina annetulla salassapidolla on oltava vuodet."),
            ),
            models.CheckConstraint(
                condition=~Q(secrecy_end="from_death")
                | Q(secrecy_years__isnull=False, secrecy_years__gt=0, secrecy_fallback_years__isnull=False, secrecy_fallback_years__gt=0),
                name="secrecy_from_death_has_years_and_a_fallback",
                violation_error_message=_(
                    "Kuolemasta laskettavalla salassapidolla on oltava vuodet ja vuodet sen varalta, ettei kuolinpäivää tiedetä."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(secrecy_end="event") | ~Q(secrecy_event={}),
                name="secrecy_until_an_event_names_the_event",
                violation_error_message=_("Tapahtumaan päättyvälle salassapidolle on kerrottava tapahtuma."),
            ),
            models.CheckConstraint(
                condition=~Q(secrecy_end="permanent") | ~Q(secrecy_act=""),
                name="permanent_secrecy_rests_on_a_special_act",
                violation_error_message=_("Pysyvän salassapidon on perustuttava erityislakiin. Kerro laki ja pykälä."),
            ),
            models.CheckConstraint(
                condition=~Q(archiving="archive") | ~Q(archiving_decision=""),
                name="archiving_rests_on_a_decision",
                violation_error_message=_("Arkistoitavalla on oltava Kansallisarkiston päätös. Ilman sitä arkistointi on ratkaisematta."),
            ),
            models.CheckConstraint(
                condition=Q(archiving__in=("archive", "not", "undecided")),
                name="archiving_is_decided_or_undecided",
            ),
            models.CheckConstraint(
                condition=(Q(kind="stage") & Q(parent=None)) | (~Q(kind="stage") & ~Q(parent=None)),
                name="a_stage_stands_alone_and_the_rest_under_something",
                violation_error_message=_("Toimenpide, asiakirjatyyppi ja liite kuuluvat jonkin kohdan alle."),
            ),
        )

    def __str__(self) -> str:
        """Code and Finnish title."""
        return f"{self.code} {self.title.get('fi', '')}"
