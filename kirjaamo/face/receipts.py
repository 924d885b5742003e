"""What a receipt of the e-service tells whoever knows its address: how far it is, in words, from public rows alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from kirjaamo.cases.models import ArrivalState
from kirjaamo.face.models import FaceCase, FaceReceipt
from kirjaamo.kernel.receipts import token_hash
from kirjaamo.ui.parts import Badge, Fact, StepItem
from kirjaamo.ui.wording import day

if TYPE_CHECKING:
    from kirjaamo.ui.parts import Tone

OPEN_AFTER_END = dt.timedelta(days=180)
"""How long the address works after what it leads to has ended."""
REGISTERED = (ArrivalState.CASE, ArrivalState.TO_CASE)


@dataclass(frozen=True)
class Receipt:
    """What was sent, the public row of its case when there is one, and what was sent to supplement it."""

    sent: FaceReceipt
    case: FaceCase | None
    supplements: Sequence[FaceReceipt]

    @property
    def open_until(self) -> dt.datetime | None:
        """Until when the address works; None while something is going on, or when that is not told in public."""
        registered = self.sent.state in REGISTERED
        of_case = self.case.closed_at if self.case else None
        ended = of_case if registered else self.sent.ended_at
        return ended + OPEN_AFTER_END if ended else None


def find(token: str) -> Receipt | None:
    """The receipt of an address that works still (one statement when there is none, three when there is)."""
    digest = token_hash(token)
    sent = FaceReceipt.objects.filter(token_hash=digest).first()
    if sent is None:
        return None
    case = FaceCase.objects.filter(case_id=sent.case_id).first() if sent.case_id else None
    found = Receipt(sent, case, list(FaceReceipt.objects.filter(follows_hash=digest)))
    return None if found.open_until and found.open_until < timezone.now() else found


def badge_of(found: Receipt) -> Badge:
    """How far it is, in a word."""
    told: dict[str, tuple[str, Tone]] = {
        ArrivalState.WAITING: (_("Odottaa kirjaamista"), "info"),
        ArrivalState.CASE: (_("Kirjattu asiaksi"), "success"),
        ArrivalState.TO_CASE: (_("Liitetty asiaan"), "success"),
        ArrivalState.ANSWERED: (_("Vastattu"), "success"),
        ArrivalState.TRANSFERRED: (_("Siirretty toiselle viranomaiselle"), "info"),
    }
    return Badge(*told.get(found.sent.state, (_("Ei kirjattu asiaksi"), "neutral")))


def sentence_of(found: Receipt) -> str:
    """What that means, and what happens next."""
    by = day(found.sent.register_by)
    told = {
        ArrivalState.WAITING: _("Lähetyksesi on kirjaamossa. Se kirjataan viimeistään %(day)s (tiedonhallintalaki 25 §).") % {"day": by},
        ArrivalState.CASE: _("Lähetyksestäsi tuli asia, ja sen käsittely on alkanut."),
        ArrivalState.TO_CASE: _("Lähetyksesi on liitetty asiaan, jota se koskee."),
        ArrivalState.ANSWERED: _("Lähetykseesi on vastattu, eikä siitä tullut erillistä asiaa."),
        ArrivalState.TRANSFERRED: _("Asia kuuluu toiselle viranomaiselle. Siirrosta on kerrottu sinulle (hallintolaki 21 §)."),
    }
    return told.get(
        ArrivalState(found.sent.state), _("Lähetyksestä ei tullut asiaa. Jos se on mielestäsi väärin, ota yhteyttä kirjaamoon.")
    )


def steps_of(found: Receipt) -> list[StepItem]:
    """Received, registered, ended: the stages of the case itself stand on its public page."""
    waiting = found.sent.state == ArrivalState.WAITING
    steps = [
        StepItem(_("Vastaanotettu"), "done", day(timezone.localtime(found.sent.arrived_at))),
        StepItem(_("Kirjaaminen"), "current" if waiting else "done"),
    ]
    if found.sent.state in REGISTERED or waiting:
        closed = found.case.closed_at if found.case else None
        state = "todo" if waiting else "done" if closed else "current"
        steps.append(StepItem(_("Käsittely"), state, day(timezone.localtime(closed)) if closed else ""))  # type: ignore[arg-type]
    return steps


def facts_of(found: Receipt) -> list[Fact]:
    """The identifier of what was sent, when it came, and its case as far as it is public on the web."""
    facts = [Fact(_("Lähetyksen tunnus"), found.sent.identifier), Fact(_("Saapumisaika"), found.sent.arrived_at)]
    if found.case is not None:
        facts += [Fact(_("Asiatunnus"), found.case.identifier), Fact(_("Käsittelee"), found.case.unit_title)]
    elif found.sent.case_id is not None:
        facts.append(Fact(_("Asia"), _("Asian tietoja ei näytetä verkossa. Kysy niistä kirjaamosta ja kerro lähetyksen tunnus.")))
    return facts
