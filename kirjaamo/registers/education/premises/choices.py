"""The words of this register that are one of a few: stable codes and their labels."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RoomKind(models.TextChoices):
    """What a price list tells rooms apart by."""

    CLASSROOM = "classroom", _("Luokkahuone")
    SPECIAL = "special", _("Aineluokka, auditorio tai ruokala")
    HALL = "hall", _("Juhlasali")


class Group(models.TextChoices):
    """The group of users by which the fee is determined."""

    GENERAL = "general", _("Yleinen")
    EDUCATION = "education", _("Aikuiskoulutus")
    YOUTH = "youth", _("Lapset ja nuoret")


class CustomerKind(models.TextChoices):
    """Who a customer is."""

    PERSON = "person", _("Yksityishenkilö")
    ASSOCIATION = "association", _("Seura tai yhdistys")
    BODY = "body", _("Muu yhteisö")


class Activity(models.TextChoices):
    """What a standing turn is applied for, by which applications are ranked."""

    YOUTH = "youth", _("Lasten ja nuorten toiminta")
    SPECIAL = "special", _("Erityisryhmien toiminta")
    EDUCATION = "education", _("Aikuiskoulutus")
    ASSOCIATION = "association", _("Muu yhdistystoiminta")
    OTHER = "other", _("Muu toiminta")


class Weekday(models.TextChoices):
    """A day of the week; the code counts from Monday, 0."""

    MONDAY = "0", _("maanantai")
    TUESDAY = "1", _("tiistai")
    WEDNESDAY = "2", _("keskiviikko")
    THURSDAY = "3", _("torstai")
    FRIDAY = "4", _("perjantai")
    SATURDAY = "5", _("lauantai")
    SUNDAY = "6", _("sunnuntai")


class BookingState(models.TextChoices):
    """How far a booking is."""

    REQUESTED = "requested", _("Pyydetty")
    CONFIRMED = "confirmed", _("Vahvistettu")
    REFUSED = "refused", _("Hylätty")
    CANCELLED = "cancelled", _("Peruttu")


class AgreementState(models.TextChoices):
    """Whether a use agreement is in force."""

    IN_FORCE = "in_force", _("Voimassa")
    ENDED = "ended", pgettext_lazy("sopimus", "Päätetty")


class RoundState(models.TextChoices):
    """How far a season's allocation is."""

    OPEN = "open", _("Haku avoinna")
    ALLOCATED = "allocated", _("Vuorot jaettu")


class DamageState(models.TextChoices):
    """How far a damage is."""

    REPORTED = "reported", pgettext_lazy("vahinko", "Kirjattu")
    CLAIMED = "claimed", _("Korvausta vaadittu")
    SETTLED = "settled", _("Korvattu")
    DROPPED = "dropped", _("Korvauksesta luovuttu")


class Outcome(models.TextChoices):
    """What became of an application or of a wish."""

    PENDING = "pending", _("Vireillä")
    GRANTED = "granted", _("Myönnetty")
    LOST = "lost", _("Ei myönnetty")
