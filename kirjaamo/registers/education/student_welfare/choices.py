"""The choices of student welfare. Rules compare codes, never labels."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Holding(models.TextChoices):
    """Which of the three registers (1287/2013 § 20–21)."""

    SOCIAL_WORK = "social_work", _("Kuraattorien asiakasrekisteri")
    PSYCHOLOGY = "psychology", _("Psykologien potilasrekisteri")
    GROUP = "group", _("Opiskeluhuoltorekisteri")


class Level(models.TextChoices):
    """The form of education."""

    PRE_PRIMARY = "pre_primary", _("Esiopetus")
    BASIC = "basic", _("Perusopetus")
    GENERAL_UPPER = "general_upper", _("Lukiokoulutus")
    VOCATIONAL = "vocational", _("Ammatillinen koulutus")


class ClientState(models.TextChoices):
    """How far the client relation is."""

    WAITING = "waiting", _("Odottaa ottajaa")
    OPEN = "open", _("Avoin")
    CLOSED = "closed", _("Päättynyt")


class ContactBy(models.TextChoices):
    """Who made the contact."""

    STUDENT = "student", _("Opiskelija itse")
    GUARDIAN = "guardian", _("Huoltaja")
    SCHOOL = "school", _("Koulun työntekijä")
    OTHER = "other", _("Muu")


class Channel(models.TextChoices):
    """How the contact came."""

    IN_PERSON = "in_person", _("Käynti")
    TELEPHONE = "telephone", _("Puhelin")
    MESSAGE = "message", _("Viesti")
    REFERRAL = "referral", _("Ohjattu toisesta palvelusta")


class Purpose(models.TextChoices):
    """Why a person may read, or read, a client's narrative."""

    CARE = "care", _("Asiakastyö")
    REQUEST = "request", _("Tietopyyntöön vastaaminen")
    OVERSIGHT = "oversight", _("Rekisterin valvonta")
    BREAK_GLASS = "break_glass", _("Hätäkäyttö")


class StatementKind(models.TextChoices):
    """Statements of will (tahdonilmaus)."""

    GROUP_CONSENT = "group_consent", _("Suostumus asiantuntijaryhmän jäseneen")
    DISCLOSURE_CONSENT = "disclosure_consent", _("Suostumus tietojen antamiseen")
    GUARDIAN_BAR = "guardian_bar", _("Kielto antaa tietoja huoltajalle")


class GivenBy(models.TextChoices):
    """Who gave a statement of will."""

    STUDENT = "student", _("Opiskelija itse")
    GUARDIAN = "guardian", _("Huoltaja")


class NoteKind(models.TextChoices):
    """What an entry of the narrative is."""

    TALK = "talk", _("Keskustelu")
    CALL = "call", _("Puhelu tai viesti")
    MEETING = "meeting", _("Neuvottelu")
    ASSESSMENT = "assessment", _("Arvio")
    PLAN = "plan", _("Sovitut toimet")
    CORRECTION = "correction", _("Oikaisu")


class Profession(models.TextChoices):
    """The profession of who writes or takes part."""

    SOCIAL_WORKER = "social_worker", _("Kuraattori")
    PSYCHOLOGIST = "psychologist", _("Psykologi")
    NURSE = "nurse", _("Terveydenhoitaja")
    TEACHER = "teacher", _("Opettaja")
    PRINCIPAL = "principal", _("Rehtori")
    OTHER = "other", _("Muu asiantuntija")


class Recipient(models.TextChoices):
    """To whom data is given."""

    STUDENT = "student", _("Opiskelija itse")
    GUARDIAN = "guardian", _("Huoltaja")
    AUTHORITY = "authority", _("Toinen viranomainen")
    SCHOOL = "school", _("Koulu")
    OTHER = "other", _("Muu")


class ClosingReason(models.TextChoices):
    """Why a client relation ended."""

    HELPED = "helped", _("Tuen tarve päättyi")
    REFERRED = "referred", _("Ohjattu toiseen palveluun")
    MOVED = "moved", _("Vaihtoi koulua tai opinnot päättyivät")
    WITHDREW = "withdrew", _("Opiskelija ei halunnut jatkaa")


class MeetingKind(models.TextChoices):
    """What an appointment is for."""

    FIRST_TALK = "first_talk", _("Ensimmäinen keskustelu")
    FOLLOW_UP = "follow_up", _("Seurantakeskustelu")
    GUARDIANS = "guardians", _("Tapaaminen huoltajan kanssa")
    GROUP = "group", _("Ryhmän kokous")


class MeetingState(models.TextChoices):
    """What became of an appointment."""

    AGREED = "agreed", _("Sovittu")
    HELD = "held", _("Pidetty")
    MISSED = "missed", _("Opiskelija ei tullut")
    CANCELLED = "cancelled", _("Peruttu")


class DayKind(models.TextChoices):
    """What a period of the school calendar is."""

    TERM = "term", _("Lukukausi")
    BREAK = "break", _("Loma")
    EXTRA = "extra", _("Ylimääräinen koulupäivä")
