"""Numbers made void: a case that was registered by mistake, and a number that no case got. Neither is ever given again.

Every number of a series is accounted for by that: used, or void with a reason (TiHL 906/2019 § 25–26).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from kirjaamo.cases.actions.opening import index_again
from kirjaamo.cases.actions.steps import close, hold, still_open
from kirjaamo.cases.models import Case, CaseEvent, ClosingGround, NumberSeries, VoidNumber, WebLevel
from kirjaamo.kernel.actions import action, because, running
from kirjaamo.kernel.errors import Refused
from kirjaamo.values.personal_id import hide_personal_ids

if TYPE_CHECKING:
    from kirjaamo.kernel.actors import Actor

VOIDED = {"fi": "Kirjaus mitätöitiin", "sv": "Registreringen makulerades", "en": "The registration was made void"}


@action("Mitätöi kirjaus", needs="cases.register")
def void_case(case: Case, *, reason: str, actor: Actor, version: int | None = None) -> VoidNumber:
    """End a case that was registered by mistake. Its row and number stay, with the reason; the open web shows it no more.

    Refused while it holds documents (they are first put into the right case) and when it has been resolved.
    """
    text = _said(reason)
    hold(case, actor, version)
    still_open(case)
    if case.case_documents.exists():
        sentence = _("Asiassa on asiakirjoja. Siirrä ne ensin oikeaan asiaan: valitse asian sivulla Korjaa kirjausta.")
        raise Refused(sentence, code="cases.void_holds_documents", section="TiHL 906/2019 26 §")
    if case.resolved_at is not None:
        raise Refused(_("Asia on jo ratkaistu, joten kirjaus ei ollut virheellinen."), code="cases.void_resolved")
    because(text)
    close(case, ground=ClosingGround.VOID, actor=actor)
    case.web = WebLevel.NONE
    case.save(update_fields=["web"])
    index_again(Case.objects.filter(pk=case.pk).select_related("revision"))
    CaseEvent.of(case=case, at=running().at, actor=actor.actor_ref, kind="voided", stage=case.stage, label=VOIDED, note=text)
    return VoidNumber.of(series=case.series, number=case.number, case=case, reason=text, at=running().at, by=actor.actor_ref)


@action("Tilitä numero", needs="cases.register")
def void_number(series: NumberSeries, number: int, *, reason: str, actor: Actor) -> VoidNumber:
    """Account for a number of a series that no case got, as after data was brought from an older system."""
    text = _said(reason)
    held = NumberSeries.objects.select_for_update().get(pk=series.pk)
    if not 1 <= number <= held.last:
        raise Refused(_("Numeroa ei ole annettu tästä sarjasta."), code="cases.number_not_taken", field="number")
    if Case.objects.filter(series=held.key, number=number).exists():
        sentence = _("Numerolla on asia. Mitätöi kirjaus asian sivulla.")
        raise Refused(sentence, code="cases.number_has_case", field="number")
    if VoidNumber.objects.filter(series=held.key, number=number).exists():
        raise Refused(_("Numero on jo mitätöity."), code="cases.number_void", field="number")
    because(text)
    return VoidNumber.of(series=held.key, number=number, reason=text, at=running().at, by=actor.actor_ref)


def _said(reason: str) -> str:
    text = hide_personal_ids(reason.strip())
    if not text:
        raise Refused(_("Kerro, miksi numero mitätöidään. Syy jää numerotilitykseen."), code="cases.reason_missing", field="reason")
    return text
