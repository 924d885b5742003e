"""The choices of the special swimming card. Rules compare codes, never labels."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Proof(models.TextChoices):
    """The kind of proof that was shown. Which of them is enough is said by the terms of the day; no diagnosis is ever asked."""

    PARKING_BADGE = "parking_badge", _("Vammaisen pysäköintitunnus")
    TRANSPORT_CARD = "transport_card", _("Kuljetuspalvelun taksikortti")
    VISUAL_CARD = "visual_card", _("Näkövammaiskortti")
    EU_CARD = "eu_card", _("EU:n vammaiskortti")
    OTHER = "other", _("Muu selvitys (sisältöä ei kirjata)")


class Outcome(models.TextChoices):
    """How an application ended."""

    PENDING = "pending", _("Vireillä")
    GRANTED = "granted", _("Myönnetty")
    REFUSED = "refused", _("Hylätty")
