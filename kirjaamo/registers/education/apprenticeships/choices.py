"""The words of this register that are one of a few: stable codes and their labels."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class TrainingForm(models.TextChoices):
    """What a study right is to."""

    QUALIFICATION = "qualification", _("Tutkinto")
    PART = "part", _("Tutkinnon osa")
    PREPARATORY = "preparatory", _("Valmentava koulutus")
    LABOUR_MARKET = "labour_market", _("Työvoimakoulutus")


class ArrangementState(models.TextChoices):
    """How far the agreement of provider and employer is."""

    IN_FORCE = "in_force", _("Voimassa")
    ENDED = "ended", _("Päättynyt")


class ApprenticeshipState(models.TextChoices):
    """How far an apprenticeship contract is."""

    DRAFT = "draft", _("Valmisteilla")
    IN_FORCE = "in_force", _("Vahvistettu")
    ENDED = "ended", _("Päättynyt")


class ContactRole(models.TextChoices):
    """Who makes contact about an apprenticeship."""

    STUDENT = "student", _("Opiskelija tai opiskelijaksi aikova")
    EMPLOYER = "employer", _("Työnantaja")


class LearningPlace(models.TextChoices):
    """Where a part of the plan is learnt."""

    WORKPLACE = "workplace", _("Työpaikalla")
    PROVIDER = "provider", _("Oppilaitoksessa")


class DemonstrationResult(models.TextChoices):
    """How a demonstration (näyttö) went."""

    PASSED = "passed", _("Osaaminen osoitettu")
    AGAIN = "again", _("Näyttö uusitaan")


class Continuation(models.TextChoices):
    """How a student goes on when an apprenticeship ended before the studies did."""

    PROVIDER = "provider", _("Oppilaitoksessa")
    AGREEMENT = "agreement", _("Koulutussopimuksella")
    APPRENTICESHIP = "apprenticeship", _("Uudella oppisopimuksella")
    NOT = "not", _("Ei jatka opintoja")


class EndingCause(models.TextChoices):
    """Why a contract ended; the codes are those of the rules."""

    COMPLETED = "completed", _("Tutkinto tai osa valmistui")
    PROBATION = "probation", _("Purettiin koeaikana")
    MUTUAL = "mutual", _("Purettiin yhteisestä sopimuksesta")
    TERMINATED = "terminated", _("Irtisanottiin tai purettiin")
    ARRANGEMENT = "arrangement", _("Järjestämissopimus päättyi")
    STUDY_RIGHT = "study_right", _("Opiskeluoikeus päättyi")


class OwnCause(models.TextChoices):
    """Why a contract is ended as such, when nothing that it rests on ended first."""

    COMPLETED = "completed", _("Tutkinto tai osa valmistui")
    PROBATION = "probation", _("Purettiin koeaikana")
    MUTUAL = "mutual", _("Purettiin yhteisestä sopimuksesta")
    TERMINATED = "terminated", _("Irtisanottiin tai purettiin")


class NoticeReceiver(models.TextChoices):
    """Who must be told of an ending; the codes are those of the rules."""

    STUDENT = "student", _("Opiskelija")
    GUARDIAN = "guardian", _("Alaikäisen huoltaja")
    EMPLOYER = "employer", _("Työnantaja")
    STUDIES = "studies", _("Opintohallinto")
    PAYMENTS = "payments", _("Maksatus")


class PaymentState(models.TextChoices):
    """How far a payment or a claim is."""

    DRAFT = "draft", _("Odottaa vahvistamista")
    CONFIRMED = "confirmed", _("Vahvistettu")


class RateFigure(models.TextChoices):
    """What a dated row is of; the codes are those of the rules."""

    AGE = "age", _("Opiskelijan vähimmäisikä (vuotta)")
    HOURS = "hours", _("Viikkotyöaika vähintään (tuntia)")
    MOST_HOURS = "most_hours", _("Viikkotyöaika enintään (tuntia)")
    PROBATION = "probation", _("Koeaika enintään (kuukautta)")
    PER_DIEM = "per_diem", _("Päiväraha (€/päivä)")
    FAMILY = "family", _("Perheavustus (€/päivä)")
    LODGING = "lodging", _("Majoituskorvaus (€/yö)")
    DISTANCE = "distance", _("Matka, jota pidempi korvataan (km suuntaansa)")
    UNDER_TWENTY = "under_twenty", _("Korotus alle 20-vuotiaasta vailla tutkintoa (€/kk)")
